"""Glyphs to bands: words told by gaps, raised digits as superscripts, one band for each baseline."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from statistics import median

from corpus.document import Column, RawLine
from corpus.pdf_glyphs import Glyph

SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_TO_SUPERSCRIPT = str.maketrans("0123456789", SUPERSCRIPTS)


@dataclass(frozen=True, slots=True)
class Band:
    """Glyphs that stand on one baseline, from left to right."""

    glyphs: tuple[Glyph, ...]

    @property
    def base(self) -> float:
        """Baseline in points from the top."""
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
    def text(self) -> str:
        """The words."""
        return text_of(self.glyphs)

    @property
    def folded(self) -> str:
        """Upper-case letters without diacritics and spaces, one for each glyph."""
        return "".join(_letter(glyph.char) for glyph in self.glyphs)

    def gaps(self, least: float) -> list[tuple[float, float]]:
        """Empty stretches (left, right) between glyphs, at least so many ems wide."""
        wide = least * self.size
        pairs = zip(self.glyphs, self.glyphs[1:], strict=False)
        return [(a.x1, b.x0) for a, b in pairs if b.x0 - a.x1 > wide]

    def split(self, x: float) -> tuple[Band | None, Band | None]:
        """What stands left and right of x."""
        left = tuple(glyph for glyph in self.glyphs if glyph.center < x)
        right = tuple(glyph for glyph in self.glyphs if glyph.center >= x)
        return (Band(left) if left else None), (Band(right) if right else None)

    def segments(self, least: float = 2.0) -> list[Band]:
        """Parts between gaps of at least so many ems."""
        parts: list[list[Glyph]] = [[]]
        for glyph in self.glyphs:
            if parts[-1] and glyph.x0 - parts[-1][-1].x1 > least * self.size:
                parts.append([])
            parts[-1].append(glyph)
        return [Band(tuple(part)) for part in parts]

    def line(self, page: int, column: Column = "") -> RawLine:
        """The line with its words and its place."""
        bold = sum(glyph.bold for glyph in self.glyphs) * 2 > len(self.glyphs)
        return RawLine(
            text=self.text,
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


@lru_cache(maxsize=4096)
def _letter(char: str) -> str:
    return fold(char)[:1] or "?"


def text_of(glyphs: Sequence[Glyph]) -> str:
    """The words of glyphs on one baseline, NFC."""
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
    return gap > (0.04 if right.spaced else 0.17)


def bands_of(glyphs: Sequence[Glyph]) -> list[Band]:
    """Bands from top to bottom."""
    groups = _by_baseline(_raised(glyphs))
    return [Band(tuple(sorted(group, key=lambda glyph: glyph.x0))) for group in groups]


def _by_baseline(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
    groups: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda g: g.base):
        if groups and glyph.base - groups[-1][0].base <= 0.4 * min(glyph.size, groups[-1][0].size):
            groups[-1].append(glyph)
        else:
            groups.append([glyph])
    return groups


def _raised(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """Raised digits as Unicode superscripts, set on the baseline of the word that they belong to."""
    result = list(glyphs)
    for index, glyph in enumerate(result):
        if not ("0" <= glyph.char <= "9"):
            continue
        neighbour = next((other for other in _neighbours(result, index) if _is_raised(glyph, other)), None)
        if neighbour is not None:
            result[index] = replace(glyph, char=glyph.char.translate(_TO_SUPERSCRIPT), base=neighbour.base)
    return result


def _neighbours(glyphs: Sequence[Glyph], index: int) -> list[Glyph]:
    """The glyph before, and after a run of up to three digits the first one that is none."""
    before = [glyphs[index - 1]] if index else []
    after = glyphs[index + 1 : index + 4]
    return before + [glyph for glyph in after if not glyph.char.isdigit()][:1] + list(after[:1])


def _is_raised(glyph: Glyph, other: Glyph) -> bool:
    gap = max(glyph.x0 - other.x1, other.x0 - glyph.x1) / other.size
    if other.char in SUPERSCRIPTS:
        return gap < 0.3 and abs(glyph.size - other.size) < 0.5 and glyph.bottom < other.base + 0.1 * other.size
    rise = (other.base - glyph.base) / other.size
    if not 0.15 < rise < 0.75 or glyph.size > other.size * 1.02:
        return False
    # In a table a digit of full size may stand half a line above the words of the next cell.
    return gap < (1.5 if glyph.size < 0.85 * other.size else 0.3)
