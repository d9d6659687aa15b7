"""Glyphs to visual lines in reading order: words, superscripts, the two-column header, the signature block."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from statistics import median

from corpus.document import Column, RawLine
from corpus.pdf_pages import Glyph, Page

_SUPERSCRIPT = str.maketrans("0123456789*", "⁰¹²³⁴⁵⁶⁷⁸⁹*")
_MOTTO = re.compile("CONGHOAXAHOI|CONGHOAXA|DANGCONGSANVIETNAM|CONGOAXAOI|DOANTNCSHOCHIMINH")
_DATE = re.compile(r"ngay.{0,12}thang.{0,10}nam", re.DOTALL)
_NUMBER = re.compile(r"^\W*s[oô06óốộ]?\s*[:.]?|^\W*(số|so)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Band:
    """Glyphs that stand on one baseline, from left to right."""

    glyphs: tuple[Glyph, ...]

    @property
    def base(self) -> float:
        """y of the baseline in points."""
        return median(glyph.base for glyph in self.glyphs)

    @property
    def size(self) -> float:
        """The usual em in points."""
        return median(glyph.size for glyph in self.glyphs)

    @property
    def x0(self) -> float:
        """Left edge."""
        return self.glyphs[0].x0

    @property
    def x1(self) -> float:
        """Right edge."""
        return max(glyph.x1 for glyph in self.glyphs)

    @property
    def center(self) -> float:
        """Horizontal centre."""
        return (self.x0 + self.x1) / 2

    @property
    def folded(self) -> str:
        """Upper-case letters without diacritics and spaces, one for each glyph."""
        return "".join(fold(glyph.char)[:1] or "?" for glyph in self.glyphs)

    def split(self, x: float) -> tuple[Band | None, Band | None]:
        """What stands left and right of x."""
        left = tuple(glyph for glyph in self.glyphs if glyph.center < x)
        right = tuple(glyph for glyph in self.glyphs if glyph.center >= x)
        return (Band(left) if left else None), (Band(right) if right else None)

    def line(self, page: int, column: Column = "") -> RawLine:
        """The line with its words."""
        bold = sum(glyph.bold for glyph in self.glyphs) * 2 > len(self.glyphs)
        return RawLine(
            text=text_of(self.glyphs),
            page=page,
            column=column,
            x=round(self.x0, 1),
            y=round(self.base, 1),
            width=round(self.x1 - self.x0, 1),
            size=round(self.size, 1),
            bold=bold,
        )


def fold(text: str) -> str:
    """Upper case, no diacritics, đ as D."""
    plain = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D").replace("Ð", "D"))
    return "".join(char for char in plain if not unicodedata.combining(char)).upper()


def text_of(glyphs: Sequence[Glyph]) -> str:
    """The words of glyphs on one baseline; spaces are told by gaps and by the space characters of the file."""
    parts: list[str] = []
    previous: Glyph | None = None
    for glyph in glyphs:
        if previous is not None and _apart(previous, glyph):
            parts.append(" ")
        parts.append(glyph.char)
        previous = glyph
    return unicodedata.normalize("NFC", "".join(parts)).strip()


def _apart(left: Glyph, right: Glyph) -> bool:
    """Whether a space stands between two neighbours.

    A space character without room for it ("ĐIỀ U KHO ẢN") is none; a gap without a character ("BANNHÂNDÂN") is one.
    """
    if left.stamp != right.stamp:
        return right.char not in "/-–,.;)" and left.char not in "/-–("
    gap = (right.x0 - left.x1) / max(left.size, right.size)
    return gap > 0.07 if right.spaced else gap > 0.17


def bands_of(page: Page) -> list[Band]:
    """The lines of a page from top to bottom, stamps merged in where they stand."""
    glyphs = _raised(page.glyphs)
    bands = [Band(tuple(sorted(group, key=lambda g: g.x0))) for group in _by_baseline(glyphs)]
    return sorted(bands, key=lambda band: band.base)


def _raised(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """Superscript digits as Unicode superscripts, set on the baseline of the word that they belong to."""
    result = list(glyphs)
    for index, glyph in enumerate(result):
        if not glyph.char.isdigit() or not glyph.char.isascii():
            continue
        for other in (index - 1, index + 1, index + 2):
            if 0 <= other < len(result) and _is_raised(glyph, result[other]):
                base = result[other].base
                result[index] = replace(glyph, char=glyph.char.translate(_SUPERSCRIPT), base=base)
                break
    return result


def _is_raised(glyph: Glyph, other: Glyph) -> bool:
    if other.char in "⁰¹²³⁴⁵⁶⁷⁸⁹":
        return abs(glyph.x0 - other.x1) < 0.3 * glyph.size and glyph.bottom - glyph.top <= other.bottom - other.top + 0.1
    rise = (other.base - glyph.base) / other.size
    near = -0.3 < (glyph.x0 - other.x1) / other.size < 1 or -0.3 < (other.x0 - glyph.x1) / other.size < 1.5
    return near and 0.15 < rise < 0.75 and glyph.size <= other.size * 1.02


def _by_baseline(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
    groups: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda g: g.base):
        if groups and glyph.base - groups[-1][0].base <= 0.4 * min(glyph.size, groups[-1][0].size):
            groups[-1].append(glyph)
        else:
            groups.append([glyph])
    return groups


def lines_of(page: Page, bands: Sequence[Band]) -> list[RawLine]:
    """Lines in reading order; a two-column header and signature block are read column by column."""
    rest = list(bands)
    lines: list[RawLine] = []
    while rest:
        header = _header_at(rest, page.width)
        if header is None:
            break
        start, stop, gutter = header
        lines += _plain(rest[:start], page)
        lines += _header_lines(rest[start:stop], gutter, page.number)
        rest = rest[stop:]
    return lines + _plain(rest, page)


def _header_at(bands: Sequence[Band], width: float) -> tuple[int, int, float] | None:
    """First band, end and gutter of the first two-column header."""
    for index, band in enumerate(bands):
        found = _MOTTO.search(band.folded)
        if found is None:
            continue
        first = band.glyphs[found.start()]
        left_end = band.glyphs[found.start() - 1].x1 if found.start() else min(first.x0 - 4, 0.45 * width)
        if first.x0 < 0.25 * width:
            continue
        start, gutter = _top_of(bands, index, left_end, first.x0)
        stop = _end_of(bands, index, gutter)
        if any(part.split(gutter)[0] for part in bands[start:stop]):
            return start, stop, gutter
    return None


def _top_of(bands: Sequence[Band], index: int, left_end: float, right_start: float) -> tuple[int, float]:
    """Issuer lines that begin above the motto belong to the header too."""
    start = index
    while start and bands[start - 1].x1 < right_start and bands[start].base - bands[start - 1].base < 2.2 * bands[start].size:
        start -= 1
        left_end = max(left_end, bands[start].x1)
    return start, (left_end + right_start) / 2


def _end_of(bands: Sequence[Band], index: int, gutter: float) -> int:
    dated = False
    for stop in range(index + 1, len(bands)):
        left, right = bands[stop].split(gutter)
        if bands[stop].base - bands[stop - 1].base > 5 * bands[stop].size:
            return stop
        if left and right and right.x0 - left.x1 < 0.25 * right.size:
            return stop
        if right and dated:
            return stop
        if right and right.x0 - gutter < -2:
            return stop
        dated = dated or bool(right and _DATE.search(fold(text_of(right.glyphs)).lower()))
        if not dated and stop - index > 9:
            return stop
    return len(bands)


def _header_lines(bands: Sequence[Band], gutter: float, page: int) -> list[RawLine]:
    """Cell by cell as the table behind it: issuer, motto, number and subject, place and date."""
    left: list[RawLine] = []
    right: list[RawLine] = []
    for band in bands:
        a, b = band.split(gutter)
        left += [a.line(page, "left")] if a else []
        right += [b.line(page, "right")] if b else []
    upper = next((i for i, line in enumerate(left) if re.match(r"\W*S[ốoôóỐ]\b", line.text)), len(left))
    date = next((i for i, line in enumerate(right) if _DATE.search(fold(line.text).lower())), len(right))
    return left[:upper] + right[:date] + left[upper:] + right[date:]


def _plain(bands: Sequence[Band], page: Page) -> list[RawLine]:
    return [band.line(page.number) for band in bands]
