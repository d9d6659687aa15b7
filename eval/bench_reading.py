"""How fast documents are read: `python -m eval.bench_reading FOLDER...` prints files, pages and seconds by format.

A format without pages counts one page for every 3,000 characters. Old Office files include LibreOffice's start.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.document import CorpusError, Document
from corpus.readers import expand, prepared, read_document

CHARACTERS_A_PAGE = 3_000


@dataclass(slots=True)
class Tally:
    """Sums over the files of one format; `cpu` is our own process, without tesseract and LibreOffice."""

    files: int = 0
    failed: int = 0
    pages: int = 0
    seconds: float = 0.0
    cpu: float = 0.0
    worst: float = 0.0  # milliseconds of our own a page, of the slowest file

    def add(self, pages: int, seconds: float, cpu: float) -> None:
        """One more file."""
        self.files += 1
        self.pages += pages
        self.seconds += seconds
        self.cpu += cpu
        self.worst = max(self.worst, 1000 * cpu / pages)


def pages_of(document: Document) -> int:
    """Pages of a document; by its length where the format has none."""
    return document.pages if document.format == "pdf" else max(1, round(len(document.text) / CHARACTERS_A_PAGE))


def measure(paths: Iterable[Path], *, ocr: bool) -> dict[str, Tally]:
    """Read every file once; "pdf (OCR)" are PDFs of which any page had to be read from its image."""
    tallies: dict[str, Tally] = {}
    for path in paths:
        started, cpu = time.perf_counter(), time.process_time()
        try:
            document = read_document(path, ocr=ocr)
        except CorpusError:
            tallies.setdefault(path.suffix.lower().lstrip("."), Tally()).failed += 1
            continue
        name = "pdf (OCR)" if document.ocr_pages else document.format
        spent = time.perf_counter() - started, time.process_time() - cpu
        tallies.setdefault(name, Tally()).add(pages_of(document), *spent)
    return tallies


def table(tallies: dict[str, Tally]) -> str:
    """The sums as a Markdown table."""
    rows = ["| format | files | unread | pages | seconds | pages/s | ms a page, ours | slowest file |"]
    rows.append("|---|---|---|---|---|---|---|---|")
    for name, tally in sorted(tallies.items()):
        speed = tally.pages / tally.seconds if tally.seconds else 0.0
        own = 1000 * tally.cpu / tally.pages if tally.pages else 0.0
        counts = f"| {name} | {tally.files} | {tally.failed} | {tally.pages} | {tally.seconds:.1f} |"
        rows.append(f"{counts} {speed:.1f} | {own:.1f} | {tally.worst:.1f} |")
    return "\n".join(rows)


def main(arguments: Sequence[str] | None = None) -> int:
    """Read the files under the given folders and print the table."""
    parser = argparse.ArgumentParser(prog="python -m eval.bench_reading", description=__doc__)
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--no-ocr", action="store_true")
    given = parser.parse_args(arguments)
    files = expand(given.paths)
    with prepared(files):
        sys.stdout.write(table(measure(files, ocr=not given.no_ocr)) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
