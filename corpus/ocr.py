"""Tesseract on page images: words with their places, as the glyphs that the layout stages read."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from functools import lru_cache
from statistics import median
from typing import Any

from PIL import Image

from corpus.document import CorpusError, NeedsOcr
from corpus.ocr_image import prepared
from corpus.pdf_pages import Glyph

DPI = 300
LANGUAGE = "vie"
PAGE_SECONDS = 60
_INSTALL = "sudo apt-get install tesseract-ocr tesseract-ocr-vie"
# Below this confidence (0..100) tesseract's words here were specks, seals and handwriting.
_LEAST = 20.0


@dataclass(frozen=True, slots=True)
class OcrPage:
    """What OCR read on one page; quality is the mean confidence (0..1), weighted by length."""

    glyphs: tuple[Glyph, ...]
    quality: float


@dataclass(frozen=True, slots=True)
class Word:
    """A word as tesseract saw it; pixels; `row` is the same for words of one line."""

    text: str
    left: int
    top: int
    width: int
    height: int
    confidence: float
    row: tuple[int, int, int]


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
    """The error for a scan that cannot be read because tesseract is missing."""
    return NeedsOcr(f"cần OCR: {pages} trang là ảnh quét; hãy cài tesseract: {_INSTALL}")


def read_image(image: Image.Image, dpi: float = DPI, seconds: float = PAGE_SECONDS) -> OcrPage:
    """The words of a page image; places in points. CorpusError when tesseract fails or takes too long."""
    words = [word for word in _words(prepared(image), seconds) if word.confidence >= _LEAST]
    letters = sum(len(word.text) for word in words)
    quality = sum(word.confidence * len(word.text) for word in words) / (100 * letters) if letters else 0.0
    return OcrPage(tuple(_glyphs(words, 72 / dpi)), round(quality, 3))


def _words(image: Image.Image, seconds: float) -> list[Word]:
    import pytesseract

    os.environ.setdefault("OMP_THREAD_LIMIT", "1")
    image.format = "PPM"  # written without compression, 0.3 s a page less than PNG
    try:
        data: dict[str, list[Any]] = pytesseract.image_to_data(
            image, lang=LANGUAGE, config="--oem 1 --psm 3", timeout=seconds, output_type=pytesseract.Output.DICT
        )
    except (RuntimeError, OSError) as error:
        raise CorpusError(f"tesseract không đọc được trang ({str(error)[:120]}); hãy thử bản quét rõ hơn") from error
    return [_word(data, index) for index, text in enumerate(data["text"]) if text.strip()]


def _word(data: dict[str, list[Any]], index: int) -> Word:
    left, top, width, height = (int(data[key][index]) for key in ("left", "top", "width", "height"))
    row = (int(data["block_num"][index]), int(data["par_num"][index]), int(data["line_num"][index]))
    return Word(str(data["text"][index]).strip(), left, top, width, height, float(data["conf"][index]), row)


def _glyphs(words: list[Word], scale: float) -> list[Glyph]:
    rows: dict[tuple[int, int, int], list[Word]] = {}
    for word in words:
        rows.setdefault(word.row, []).append(word)
    return [glyph for row in rows.values() for glyph in _row_glyphs(row, scale)]


def _row_glyphs(row: list[Word], scale: float) -> list[Glyph]:
    """One glyph for each letter; the baseline is where words without descenders end."""
    bottoms = sorted(word.top + word.height for word in row)
    base = bottoms[len(bottoms) // 3] * scale
    size = median(word.height for word in row) * scale
    glyphs = []
    for word in row:
        step = word.width * scale / len(word.text)
        for place, char in enumerate(word.text):
            x0 = word.left * scale + place * step
            glyphs.append(
                Glyph(char, x0, x0 + step, base, base - 0.8 * size, base + 0.2 * size, size, False, 0, not place)
            )
    return glyphs
