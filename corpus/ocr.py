"""Tesseract on page images: words with their places, as the glyphs that the layout stages read."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby
from statistics import median
from typing import Any

from PIL import Image

from corpus.document import CorpusError, NeedsOcr
from corpus.ocr_image import prepared
from corpus.ocr_spelling import mended
from corpus.pdf_pages import Glyph

DPI = 300
LANGUAGE = "vie"
PAGE_SECONDS = 60
_INSTALL = "sudo apt-get install tesseract-ocr tesseract-ocr-vie"
# Confidences (0..100): rows below the first were seals and handwriting here, short words at the ends of rows below the
# second were specks and the edges of stamps. A word inside of a row is kept, however unsure: its neighbours need it.
_ROW_LEAST = 45.0
_EDGE_LEAST = 35.0


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
    words = _spelled(_clean(_words(prepared(image), seconds)))
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


def _clean(words: Sequence[Word]) -> list[Word]:
    """Without rows and ends of rows that are no words."""
    kept: list[Word] = []
    for _, group in groupby(words, key=lambda word: word.row):
        row = list(group)
        letters = sum(len(word.text) for word in row)
        if sum(word.confidence * len(word.text) for word in row) < _ROW_LEAST * letters:
            continue
        while row and _is_speck(row[0]):
            row.pop(0)
        while row and _is_speck(row[-1]):
            row.pop()
        kept += [word for word in row if word.confidence >= 15 or len(word.text) > 1 or word.text.isdigit()]
    return kept


def _is_speck(word: Word) -> bool:
    letters = sum(char.isalnum() for char in word.text)
    return (letters == 0 and word.text not in "-–+*") or (letters <= 2 and word.confidence < _EDGE_LEAST)


def _spelled(words: Sequence[Word]) -> list[Word]:
    texts = mended([word.text for word in words], [word.confidence for word in words])
    return [replace(word, text=text) for word, text in zip(words, texts, strict=True)]


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
