"""PDF: visual lines in reading order, stamped numbers included; pages without usable text are read by OCR."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from statistics import mean

from corpus import ocr as reader
from corpus.document import CorpusError, RawDocument, RawLine
from corpus.lexicon import plausibility
from corpus.pdf_furniture import without_furniture
from corpus.pdf_layout import Band, bands_of
from corpus.pdf_notes import with_notes
from corpus.pdf_pages import Page, PdfFile, open_pdf
from corpus.pdf_repair import with_image_stamps, with_whole_letters
from corpus.pdf_rows import with_whole_rows
from corpus.pdf_signatures import read_signatures
from corpus.pdf_stamps import kept_stamps, with_stamps, without_seal
from corpus.pdf_tables import Tables, lines_with_tables
from corpus.spacing import repair_spacing

# Text layers here: exact ones 0.92 to 1.0, those that a scanner's OCR left 0.52 to 0.65.
_JUNK_OVER_IMAGE = 0.85
_JUNK = 0.5
# A page-filling image with fewer characters on it is a scan with a seal's or a scanner's words.
_FEW = 250


@dataclass(slots=True)
class _Reading:
    """The pages of one file as they come in."""

    bands: list[list[Band]] = field(default_factory=list)
    ocr_pages: list[int] = field(default_factory=list)
    qualities: list[float] = field(default_factory=list)
    unread: list[int] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    emptied: list[int] = field(default_factory=list)
    filled: list[int] = field(default_factory=list)
    budget: int = 12  # lines that may be read again from the image, 0.2 s each


def read_pdf(path: Path, *, ocr: bool = True) -> RawDocument:
    """Read a PDF; CorpusError (in Vietnamese) for a file that cannot be read, NeedsOcr for a scan without tesseract."""
    ocr = ocr and reader.has_tesseract()
    reading = _Reading()
    pages: list[Page] = []
    with open_pdf(path) as pdf:
        for number in range(1, pdf.pages + 1):
            page = pdf.page(number)
            pages.append(page)
            reading.bands.append(_read(pdf, page, ocr, reading))
    lines = tuple(
        line if line.page in reading.ocr_pages else _with_whole_words(line) for line in _lines(pages, reading.bands)
    )
    if not lines:
        raise _nothing(reading)
    quality = round(mean(reading.qualities), 3) if reading.qualities else None
    return RawDocument(
        "pdf", lines, len(pages), tuple(reading.ocr_pages), quality, _warnings(reading), read_signatures(path)
    )


def _read(pdf: PdfFile, page: Page, ocr: bool, reading: _Reading) -> list[Band]:
    stamps = kept_stamps(page.stamps)
    bands = with_stamps(bands_of(page.glyphs), stamps)
    if not _unusable(page, bands) or pdf.blank(page.number):
        return _repaired(pdf, page.number, bands, reading) if ocr else bands
    if not ocr:
        reading.unread.append(page.number)
        return []
    try:
        # Stamps that are text are known already, and the seal's words are not wanted.
        scanned = reader.read_image(pdf.image(page.number, reader.DPI, stamps=not page.stamps))
    except CorpusError as error:
        reading.unread.append(page.number)
        reading.failed.append(str(error))
        return []
    reading.ocr_pages.append(page.number)
    reading.qualities.append(scanned.quality)
    if scanned.emptied:
        reading.emptied.append(page.number)
    if scanned.filled:
        reading.filled.append(page.number)
    return with_stamps(without_seal(bands_of(scanned.glyphs)), stamps)


def _repaired(pdf: PdfFile, number: int, bands: list[Band], reading: _Reading) -> list[Band]:
    """The bands with what is printed on the page but missing in its text layer; as they are when OCR fails."""
    try:
        if number == 1:
            bands = with_image_stamps(pdf, number, bands)
        budget = reading.budget
        bands, reading.budget = with_whole_letters(pdf, number, bands, budget)
    except CorpusError as error:
        reading.failed.append(str(error))
    return bands


def _unusable(page: Page, bands: Sequence[Band]) -> bool:
    """Whether the page is an image without words or with a junk text layer."""
    count = len(page.glyphs)
    if count < 15 or (page.images > 0.5 and count < _FEW):
        return True
    words = plausibility("\n".join(band.text for band in bands))
    return words < (_JUNK_OVER_IMAGE if page.images > 0.5 else _JUNK)


def _lines(pages: Sequence[Page], bands: Sequence[Sequence[Band]]) -> tuple[RawLine, ...]:
    cleaned = without_furniture(bands, [page.height for page in pages])
    lines: list[RawLine] = []
    tables = Tables()
    for page, part in zip(pages, cleaned, strict=True):
        found, tables = lines_with_tables(page, part, tables)
        lines += found
    return tuple(with_notes(list(with_whole_rows([line for line in lines if line.text]))))


def _with_whole_words(line: RawLine) -> RawLine:
    """Words that a substituted font tore apart ("thẩ m quyề n") put right; what OCR read has been checked already."""
    if line.cells is None:
        return replace(line, text=repair_spacing(line.text))
    cells = tuple(map(repair_spacing, line.cells))
    return line if cells == line.cells else replace(line, cells=cells, text=" | ".join(filter(None, cells)))


def _nothing(reading: _Reading) -> CorpusError:
    if reading.failed:
        return CorpusError(reading.failed[0])
    if reading.unread:
        return reader.needs_ocr(len(reading.unread))
    return CorpusError("tệp PDF không có chữ nào (trang trắng); hãy kiểm tra lại tệp gốc")


def _warnings(reading: _Reading) -> tuple[str, ...]:
    found = []
    if reading.unread:
        reason = reading.failed[0] if reading.failed else str(reader.needs_ocr(len(reading.unread)))
        found.append(f"Trang {_listed(reading.unread)} không đọc được: {reason}")
    if reading.emptied:
        found.append(f"Trang {_listed(reading.emptied)}: số hoặc ngày ở đầu trang viết tay hay mờ, được để trống")
    if reading.filled:
        found.append(
            f"Trang {_listed(reading.filled)}: số hoặc ngày viết tay, đọc bằng OCR; nên kiểm tra lại với bản gốc"
        )
    return tuple(found)


def _listed(numbers: Sequence[int]) -> str:
    return ", ".join(str(number) for number in numbers[:20]) + (" …" if len(numbers) > 20 else "")
