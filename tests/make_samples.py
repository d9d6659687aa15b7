"""Writes corpus/samples from tests/data/samples (`python -m tests.make_samples`); equal sources give equal bytes."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.samplegen.plain import to_html, to_markdown, to_text
from tests.samplegen.portable import stamp_places, to_pdf
from tests.samplegen.source import Source, read_source
from tests.samplegen.stamps import add_stamps, to_scan
from tests.samplegen.word import to_docx

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ROOT / "tests" / "data" / "samples"
SAMPLES = ROOT / "corpus" / "samples"


def render(source: Source) -> bytes:
    """The file that a source becomes; the suffix of its name chooses the format."""
    suffix = Path(source.out).suffix
    if suffix == ".pdf":
        pdf = to_pdf(source)
        if source.stamp:
            return add_stamps(pdf, source.stamp, stamp_places(source))
        return to_scan(pdf) if source.scan else pdf
    if suffix == ".docx":
        return to_docx(source)
    text = {".txt": to_text, ".md": to_markdown, ".html": to_html}[suffix]
    return text(source).encode("utf-8")


def main(folder: Path = SAMPLES) -> None:
    """Write every sample into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    for path in sorted(SOURCES.glob("*.src")):
        source = read_source(path)
        data = render(source)
        (folder / source.out).write_bytes(data)
        sys.stdout.write(f"{len(data):>8} {source.out}\n")


if __name__ == "__main__":
    main()
