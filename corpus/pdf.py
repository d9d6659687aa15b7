"""PDF: visual lines in reading order, stamped numbers included; pages without usable text are read by OCR."""

from __future__ import annotations

from pathlib import Path

from corpus.document import CorpusError, RawDocument, RawLine
from corpus.pdf_columns import lines_of
from corpus.pdf_furniture import without_furniture
from corpus.pdf_layout import Band, bands_of
from corpus.pdf_pages import Page, open_pdf
from corpus.pdf_stamps import kept_stamps, with_stamps


def read_pdf(path: Path, *, ocr: bool = True) -> RawDocument:
    """Read a PDF; CorpusError (in Vietnamese) for a file that cannot be read, NeedsOcr for a scan without tesseract."""
    with open_pdf(path) as pdf:
        pages = [pdf.page(number) for number in range(1, pdf.pages + 1)]
        bands = without_furniture([_bands(page) for page in pages], [page.height for page in pages])
        lines: list[RawLine] = []
        for page, part in zip(pages, bands, strict=True):
            lines += lines_of(page.number, page.width, part)
        if not lines:
            raise CorpusError("tệp PDF không có chữ")
        return RawDocument("pdf", tuple(lines), pdf.pages)


def _bands(page: Page) -> list[Band]:
    return with_stamps(bands_of(page.glyphs), kept_stamps(page.stamps))
