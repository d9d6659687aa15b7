"""Tesseract on page images: words with their places, as the glyphs that the layout stages read."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from statistics import median
from typing import Any

from PIL import Image, ImageOps

from corpus import ocr_recogniser as recogniser
from corpus.document import CorpusError, NeedsOcr
from corpus.ocr_digits import Line, read_blank
from corpus.ocr_header import SURE, check_header
from corpus.ocr_image import prepared
from corpus.ocr_spelling import mended
from corpus.ocr_words import Box, Word, rows_of, without_damaged, without_specks
from corpus.pdf_pages import Glyph

DPI = 300
LANGUAGE = "vie"
PAGE_SECONDS = 60
_INSTALL = "sudo apt-get install tesseract-ocr tesseract-ocr-vie"


@dataclass(frozen=True, slots=True)
class OcrPage:
    """What OCR read on one page; quality is the mean confidence (0..1), weighted by length.

    Args:
        emptied: a number or date of the header was handwriting or unsure and was left out.
        filled: a number or date of the header was handwriting and was read by the recogniser.
    """

    glyphs: tuple[Glyph, ...]
    quality: float
    emptied: bool = False
    filled: bool = False


@lru_cache(maxsize=1)
def has_tesseract() -> bool:
    """Whether tesseract and its Vietnamese model are installed."""
    if not shutil.which("tesseract"):
        return False
    import pytesseract

    try:
        return LANGUAGE in pytesseract.get_languages()
    except (pytesseract.TesseractError, OSError):
        return False


def needs_ocr(pages: int) -> NeedsOcr:
    """The error for a scan that is not read: OCR was not wanted, or tesseract is missing."""
    remedy = "hãy bỏ tùy chọn --no-ocr" if has_tesseract() else f"hãy cài tesseract: {_INSTALL}"
    return NeedsOcr(f"cần OCR: {pages} trang là ảnh quét; {remedy}")


def read_image(image: Image.Image, dpi: float = DPI, seconds: float = PAGE_SECONDS) -> OcrPage:
    """The words of a page image; places in points. CorpusError when tesseract fails or takes too long."""
    page = prepared(image)

    def reread(box: Box) -> str:
        part = page.clean.crop(box)
        larger = part.resize((part.width * 3 // 2, part.height * 3 // 2), Image.Resampling.LANCZOS)
        return " ".join(word.text for word in _words(larger, seconds, layout=7))

    def fill(name: str, box: Box, symbol: str) -> str | None:
        return read_blank(Line(page.straight, *box), name, symbol) if recogniser.is_installed() else None

    words = without_damaged(without_specks(_words(page.clean, seconds)), page.seals)
    header = check_header(words, page.clean.height, reread, fill)
    words = _spelled(header.words)
    letters = sum(len(word.text) for word in words)
    quality = sum(word.confidence * len(word.text) for word in words) / (100 * letters) if letters else 0.0
    return OcrPage(tuple(_glyphs(words, 72 / dpi)), round(quality, 3), header.emptied, header.filled)


def read_line(image: Image.Image) -> str:
    """The words of an image that holds one line; "" where tesseract is unsure."""
    words = _words(image.convert("L"), PAGE_SECONDS, layout=7)
    if not words or min(word.confidence for word in words) < 60:
        return ""
    return " ".join(word.text for word in words)


def read_number(image: Image.Image) -> str | None:
    """The digits of an image that holds one number, when they are read twice the same way and surely."""
    framed = ImageOps.expand(image.convert("L"), border=40, fill=255)
    larger = framed.resize((framed.width * 3 // 2, framed.height * 3 // 2), Image.Resampling.LANCZOS)
    found = [_words(part, PAGE_SECONDS, layout=7) for part in (framed, larger)]
    texts = {" ".join(word.text for word in words).strip(" .,") for words in found}
    value = texts.pop() if len(texts) == 1 else ""
    sure = all(word.confidence >= SURE for words in found for word in words)
    return value if sure and re.fullmatch(r"\d{1,5}", value) else None


def _words(image: Image.Image, seconds: float, layout: int = 3) -> list[Word]:
    """Tesseract's words; layout is its page segmentation mode (3: find columns, 7: one line)."""
    import pytesseract

    os.environ.setdefault("OMP_THREAD_LIMIT", "1")
    image.format = "PPM"  # written without compression, 0.3 s a page less than PNG
    config = f"--oem 1 --psm {layout}"
    try:
        data: dict[str, list[Any]] = pytesseract.image_to_data(
            image, lang=LANGUAGE, config=config, timeout=seconds, output_type=pytesseract.Output.DICT
        )
    except (RuntimeError, OSError) as error:
        raise CorpusError(f"tesseract không đọc được trang ({str(error)[:120]}); hãy thử bản quét rõ hơn") from error
    return [_word(data, index) for index, text in enumerate(data["text"]) if text.strip()]


def _word(data: dict[str, list[Any]], index: int) -> Word:
    left, top, width, height = (int(data[key][index]) for key in ("left", "top", "width", "height"))
    row = (int(data["block_num"][index]), int(data["par_num"][index]), int(data["line_num"][index]))
    return Word(str(data["text"][index]).strip(), left, top, width, height, float(data["conf"][index]), row)


def _spelled(words: Sequence[Word]) -> list[Word]:
    texts = mended([word.text for word in words], [word.confidence for word in words])
    return [replace(word, text=text) for word, text in zip(words, texts, strict=True)]


def _glyphs(words: Sequence[Word], scale: float) -> list[Glyph]:
    return [glyph for row in rows_of(words) for glyph in _row_glyphs(row, scale)]


def _row_glyphs(row: list[Word], scale: float) -> list[Glyph]:
    """One glyph for each letter; the baseline is where words without descenders end."""
    bottoms = sorted(word.top + word.height for word in row)
    base = bottoms[len(bottoms) // 3] * scale
    size = median(word.height for word in row) * scale
    glyphs: list[Glyph] = []
    for word in row:
        # Boxes of neighbours may overlap; the space between words must not be lost by that.
        left = max(word.left * scale, glyphs[-1].x1 + 0.1 * size if glyphs else 0.0)
        step = max(0.1 * size, (word.left + word.width) * scale - left) / len(word.text)
        for place, char in enumerate(word.text):
            x0 = left + place * step
            glyphs.append(
                Glyph(char, x0, x0 + step, base, base - 0.8 * size, base + 0.2 * size, size, False, 0, not place)
            )
    return glyphs
