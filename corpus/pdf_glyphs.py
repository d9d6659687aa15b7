"""What a PDF page shows, as values: glyphs, rules, images, and which glyphs are stamped on it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

# Left, top, right, bottom in points from the page's top left corner.
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Glyph:
    """One character on a page; lengths in points from the page's top left corner.

    Args:
        base: y of the baseline. top, bottom: the font's box, larger than the ink.
        stamp: drawn by an annotation (signature widget, stamp), not by the page itself.
        spaced: a space stands before it, in the file's text or by PDFium's judgement.
    """

    char: str
    x0: float
    x1: float
    base: float
    top: float
    bottom: float
    size: float
    bold: bool = False
    stamp: int = 0
    spaced: bool = False

    @property
    def center(self) -> float:
        """Horizontal centre."""
        return (self.x0 + self.x1) / 2


@dataclass(frozen=True, slots=True)
class Page:
    """What one page shows: its size in points, glyphs in content order, and the share that images cover (0..1)."""

    number: int
    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    stamps: tuple[Glyph, ...] = ()
    images: float = 0.0
    rules: tuple[Box, ...] = ()


class View:
    """Maps user space of a page (origin bottom left, perhaps rotated) to what a reader sees (origin top left)."""

    def __init__(self, box: Box, rotation: int) -> None:
        left, bottom, right, top = box
        self.box = box
        self.turn = rotation % 360
        wide, high = right - left, top - bottom
        self.width, self.height = (high, wide) if self.turn in (90, 270) else (wide, high)

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Where a reader sees the point."""
        left, bottom, right, top = self.box
        if self.turn == 90:
            return y - bottom, x - left
        if self.turn == 180:
            return right - x, y - bottom
        if self.turn == 270:
            return top - y, right - x
        return x - left, top - y

    def rect(self, left: float, bottom: float, right: float, top: float) -> Box:
        """x0, top, x1, bottom as seen."""
        ax, ay = self.point(left, bottom)
        bx, by = self.point(right, top)
        return min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)


def added(before: Sequence[Glyph], after: Sequence[Glyph], boxes: Sequence[Box]) -> tuple[Glyph, ...]:
    """The glyphs that a page has after its annotations (at `boxes`) were drawn, and had not before."""
    known = Counter(_key(glyph) for glyph in before)
    found: list[Glyph] = []
    for glyph in after:
        key = _key(glyph)
        if known[key] > 0:
            known[key] -= 1
        else:
            found.append(_with_stamp(glyph, boxes))
    return tuple(found)


def _key(glyph: Glyph) -> tuple[str, int, int]:
    return glyph.char, round(glyph.x0 * 4), round(glyph.base * 4)


def _with_stamp(glyph: Glyph, boxes: Sequence[Box]) -> Glyph:
    """The glyph with the number (from 1) of the smallest annotation that it stands in."""
    y = (glyph.top + glyph.bottom) / 2
    inside = [
        ((x1 - x0) * (bottom - top), index)
        for index, (x0, top, x1, bottom) in enumerate(boxes, 1)
        if x0 - 2 <= glyph.center <= x1 + 2 and top - 2 <= y <= bottom + 2
    ]
    stamp = min(inside)[1] if inside else len(boxes) + 1
    return replace(glyph, stamp=stamp)


def is_rule(box: tuple[float, ...]) -> bool:
    """Thin, and longer than a letter's stroke or as long as the corner piece of a border."""
    wide, high = box[2] - box[0], box[3] - box[1]
    return min(wide, high) < 3.6 and max(wide, high) > max(2.5, 1.8 * min(wide, high))
