"""What a text layer leaves out although it is printed: stamped numbers that are images, letters of broken fonts.

Only these places are read again from the page's image, and only what agrees with the text around them is taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from corpus import ocr
from corpus.lexicon import is_syllable, plausibility, words
from corpus.pdf_glyphs import Glyph
from corpus.pdf_layout import Band, fold
from corpus.pdf_pages import PdfFile

_DPI = 300
# A stamp's number among the annotations of the page; no page has so many.
_STAMP = 10_000

_BLANKS = (
    (re.compile(r"^[^A-Z]?SO[:.]?(?=[/-])"), 5, 99_999),
    (re.compile(r"NGAY(?=THANG)"), 2, 31),
    (re.compile(r"THANG(?=NAM)"), 2, 12),
)


def with_image_stamps(pdf: PdfFile, number: int, bands: Sequence[Band]) -> list[Band]:
    """The bands of page `number` with numbers that are printed as images in the blanks of its header."""
    return [_filled(pdf, number, band) for band in bands[:12]] + list(bands[12:])


def _filled(pdf: PdfFile, page: int, band: Band) -> Band:
    for pattern, digits, most in _BLANKS:
        match = pattern.search(band.folded)
        if match is None:
            continue
        left, right = band.glyphs[match.end() - 1], band.glyphs[match.end()]
        if right.x0 - left.x1 < 0.8 * band.size:
            continue
        value = _number_between(pdf, page, band, left.x1, right.x0)
        if value and len(value) <= digits and 0 < int(value) <= most:
            fresh = _glyphs(value, left.x1, right.x0, band, stamp=_STAMP)
            band = Band(tuple(sorted((*band.glyphs, *fresh), key=lambda glyph: glyph.center)))
    return band


def _number_between(pdf: PdfFile, page: int, band: Band, left: float, right: float) -> str | None:
    box = (left + 0.5, band.base - 1.15 * band.size, right - 0.5, band.base + 0.4 * band.size)
    image = pdf.image(page, _DPI, box=box)
    ink = sum(image.convert("L").histogram()[:150]) / max(1, image.width * image.height)
    return ocr.read_number(image) if ink > 0.01 else None


def with_whole_letters(pdf: PdfFile, number: int, bands: Sequence[Band], budget: int) -> tuple[list[Band], int]:
    """The bands with lines of which a broken font hides letters ("C N P Ủ") read from the image.

    `budget` is how many lines may be read; what is left of it is returned.
    """
    result = list(bands)
    for index, band in enumerate(bands):
        for part in _damaged(band):
            if budget > 0:
                budget -= 1
                result[index] = _mended(pdf, number, result[index], part)
    return result, budget


def _damaged(band: Band) -> Iterator[Band]:
    """Short parts with a hole as wide as a letter and syllables that are none."""
    for part in band.segments(2.0):
        text = part.text
        if len(text) < 70 and part.gaps(0.55) and _broken_share(text) > 0.15:
            yield part


def _broken_share(text: str) -> float:
    found = words(text)
    letters = sum(len(word) for word in found)
    return sum(len(word) for word in found if not is_syllable(word)) / letters if letters > 2 else 0.0


def _mended(pdf: PdfFile, page: int, band: Band, part: Band) -> Band:
    x0, x1 = part.x0 - 1.2 * part.size, part.x1 + 1.2 * part.size
    image = pdf.image(page, _DPI, box=(x0, part.base - 1.2 * part.size, x1, part.base + 0.45 * part.size))
    read = ocr.read_line(image)
    if not _completes(part.text, read):
        return band
    rest = [glyph for glyph in band.glyphs if not part.x0 <= glyph.center <= part.x1]
    fresh = _glyphs(read, part.x0, part.x1, part, bold=part.glyphs[0].bold)
    return Band(tuple(sorted((*rest, *fresh), key=lambda glyph: glyph.x0)))


def _completes(text: str, read: str) -> bool:
    """Whether `read` is plausible and holds the letters of `text` in order, and at most as many again."""
    letters, more = fold("".join(words(text))), fold("".join(words(read)))
    places = iter(more)
    inside = all(letter in places for letter in letters)
    return inside and len(letters) < len(more) <= 2 * len(letters) and plausibility(read) > 0.9


def _glyphs(text: str, x0: float, x1: float, band: Band, *, stamp: int = 0, bold: bool = False) -> list[Glyph]:
    """The text spread evenly between x0 and x1 on the baseline of the band."""
    step = (x1 - x0) / max(1, len(text))
    model = replace(band.glyphs[0], bold=bold, stamp=stamp)
    return [
        replace(
            model,
            char=char,
            x0=x0 + place * step,
            x1=x0 + (place + 1) * step,
            base=band.base,
            size=band.size,
            spaced=place > 0 and text[place - 1] == " ",
        )
        for place, char in enumerate(text)
        if char != " "
    ]
