"""Files to break: the samples, the real documents where they are, and what LibreOffice makes of the samples."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

from corpus.legacy import TCVN3
from tests.conftest import ROOT, SHARED
from tests.corpus.office_files import convert, slides, workbook

SAMPLES = ROOT / "corpus" / "samples"
MADE = {"rtf": "docx", "odt": "docx", "doc": "docx", "xml": "docx", "xls": "xlsx", "ods": "xlsx", "ppt": "pptx",
        "odp": "pptx"}  # fmt: skip
SAME = {"txt": ("txt", "md"), "html": ("html", "htm")}
MAX_BYTES = 1_500_000


def seeds(reader: str, folder: Path) -> list[bytes]:
    """Seeds of one kind ("pdf", "docx", "xls" …); what must be made first is made in `folder`."""
    real = [path.read_bytes() for path in _real(SAME.get(reader, (reader,)))]
    return [data for data in [*real, *_made(reader, folder)] if len(data) <= MAX_BYTES]


def _real(suffixes: tuple[str, ...]) -> Iterator[Path]:
    for place in (SAMPLES, SHARED / "documents", SHARED / "reports"):
        if place.is_dir():
            yield from (path for path in sorted(place.rglob("*")) if path.suffix.lower().lstrip(".") in suffixes)


def _made(reader: str, folder: Path) -> Iterator[bytes]:
    if reader == "xlsx":
        yield workbook()
    elif reader == "pptx":
        yield slides()
    elif reader == "zip":
        yield _archive()
    elif reader == "mhtml":
        yield from map(_web_archive, _real(("html",)))
    elif reader == "txt":
        yield from _old_text()
    elif reader == "pdf":
        yield from _plain_pdfs()
    elif reader in MADE:
        source = folder / f"seed.{MADE[reader]}"
        for data in seeds(MADE[reader], folder)[:4]:
            source.write_bytes(data)
            yield convert(source, reader, folder)


def _archive() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for path in sorted(SAMPLES.glob("*.[tmh]*")):
            file.writestr(f"thư mục/{path.name}", path.read_bytes())
    return out.getvalue()


def _web_archive(page: Path) -> bytes:
    message = EmailMessage()
    message["MIME-Version"] = "1.0"
    message.set_content(page.read_text(encoding="utf-8"), subtype="html", cte="quoted-printable")
    message.make_related()
    return message.as_bytes()


def _old_text() -> Iterator[bytes]:
    back = {ord(new): chr(old) for old, new in TCVN3.items()}
    for path in sorted(SAMPLES.glob("*.txt")):
        yield path.read_text(encoding="utf-8").translate(back).encode("latin-1", errors="ignore")


def _plain_pdfs() -> Iterator[bytes]:
    """Samples with their content streams unpacked, so that mutations reach the operators."""
    from pypdf import PdfReader, PdfWriter

    for path in sorted(SAMPLES.glob("*.pdf"))[:4]:
        writer = PdfWriter(clone_from=PdfReader(path))
        for page in writer.pages:
            content = page.get_contents()
            if content is not None:
                content.set_data(content.get_data())
        out = io.BytesIO()
        writer.write(out)
        yield out.getvalue()
