"""Tables without rules: columns told by the white between them, rows by the numbers that count them.

A wrong table is worse than none. Only what begins with an order column ("TT", "STT"), counts its rows from 1 and keeps
the same white stretches free from its header to its end is taken for a table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.document import Merge, RawLine
from corpus.paragraphs import is_open, starts_lower
from corpus.pdf_layout import Band

_ORDER = re.compile(r"(?:S\s?T\s?T|T\s?T|Số TT)\b", re.IGNORECASE)
_NUMBER = re.compile(r"(\d{1,3})[.)]?$")
_TOTAL = re.compile(r"(?:Tổng(?: số| cộng)?|Cộng)\s*:?$", re.IGNORECASE)
# Ems: white between two columns of the header, what must be left of it further down, distance of lines.
_WHITE, _LEFT, _NEXT = 1.0, 0.6, 3.0
_LEAST_COLUMNS, _LEAST_ROWS = 3, 2
_ALONE: Merge = ""

Row = tuple[str, ...]
Stretch = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Aligned:
    """Bands [start, stop) are a table; along `rows`, the first one the header, the bands on which they begin."""

    start: int
    stop: int
    rows: tuple[Row, ...]
    begins: tuple[int, ...]


def aligned_tables(bands: Sequence[Band]) -> Iterator[Aligned]:
    """The tables among the bands, from top to bottom."""
    done = 0
    for start, band in enumerate(bands):
        if start >= done and _ORDER.match(band.text) and (found := _table(bands, start)):
            yield found
            done = found.stop


def rows_of(bands: Sequence[Band], found: Aligned, page: int, table: int) -> Iterator[RawLine]:
    """The rows as lines; none of their cells is merged."""
    for cells, at in zip(found.rows, found.begins, strict=True):
        band = bands[at]
        text = " | ".join(cell for cell in cells if cell)
        merged: tuple[Merge, ...] = tuple(_ALONE for _ in cells)
        width = band.x1 - band.x0
        yield RawLine(
            text, page, cells=cells, merged=merged, table=table, x=band.x0, y=band.base, width=width, size=band.size
        )


def _table(bands: Sequence[Band], start: int) -> Aligned | None:
    white: list[Stretch] = bands[start].gaps(_WHITE)
    stop = start + 1
    while stop < len(bands) and bands[stop].base - bands[stop - 1].base < _NEXT * bands[stop].size:
        left = _narrowed(white, bands[stop])
        if left is None:
            break
        white, stop = left, stop + 1
    if len(white) + 1 < _LEAST_COLUMNS:
        return None
    edges = [(low + high) / 2 for low, high in white]
    part = bands[start:stop]
    gaps = [0.0, *(below.base - above.base for above, below in pairwise(part))]
    return _rows([_cells(band, edges) for band in part], gaps, start)


def _narrowed(white: Sequence[Stretch], band: Band) -> list[Stretch] | None:
    """What the band leaves of the white stretches; None where one is closed."""
    left = []
    for low, high in white:
        inside = [glyph for glyph in band.glyphs if glyph.x1 > low and glyph.x0 < high]
        edges = [low, *(edge for glyph in inside for edge in (glyph.x0, glyph.x1)), high]
        widest = max(zip(edges[::2], edges[1::2], strict=True), key=lambda gap: gap[1] - gap[0])
        if widest[1] - widest[0] < _LEFT * band.size:
            return None
        left.append(widest)
    return left


def _cells(band: Band, edges: Sequence[float]) -> Row:
    cells = []
    rest: Band | None = band
    for edge in edges:
        first, rest = rest.split(edge) if rest else (None, None)
        cells.append(first.text if first else "")
    return (*cells, rest.text if rest else "")


def _rows(lines: Sequence[Row], gaps: Sequence[float], start: int) -> Aligned | None:
    """The lines as rows; None where one of them belongs to no row for certain.

    Args:
        gaps: along `lines`, points from the line above.
    """
    near = 0.8 * min((gap for gap, cells in zip(gaps, lines, strict=True) if gap and cells[0]), default=0.0)
    rows: list[Row] = []
    begins: list[int] = []
    stop = len(lines)
    for at, cells in enumerate(lines):
        number = _NUMBER.match(cells[0])
        if not rows or (number and int(number[1]) == len(rows)) or (rows[1:] and _TOTAL.match(cells[0] or cells[1])):
            rows.append(cells)
            begins.append(start + at)
        elif cells[0] and rows[1:]:
            stop = at
            break
        elif len(rows) == 1 or gaps[at] < near or _goes_on(rows[-1], cells):
            rows[-1] = tuple(" ".join(filter(None, pair)) for pair in zip(rows[-1], cells, strict=True))
        else:
            return None
    return Aligned(start, start + stop, tuple(rows), tuple(begins)) if len(rows) > _LEAST_ROWS else None


def _goes_on(row: Row, rest: Row) -> bool:
    """Whether a line without a number goes on, in each of its cells, with words that the line above left open."""
    pairs = [(first, second) for first, second in zip(row, rest, strict=True) if second]
    return all(first and is_open(first) and starts_lower(second) for first, second in pairs)
