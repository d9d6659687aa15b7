"""Ruled tables: drawn lines to a grid, and the words in it to rows of cells."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.document import Merge, RawLine
from corpus.pdf_aligned import aligned_tables, rows_of
from corpus.pdf_columns import lines_of
from corpus.pdf_glyphs import Box, Page
from corpus.pdf_layout import Band

# Points within which two rules count as one line, or as touching.
_NEAR = 2.5
_LEAST_CELLS = 4


@dataclass(frozen=True, slots=True)
class Grid:
    """Column edges `xs` and row edges `ys` of one table, and its rules."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    rules: tuple[Box, ...]

    def cell(self, x: float, y: float) -> tuple[int, int]:
        """Row and column of a point inside of the table."""
        row = min(max(bisect_right(self.ys, y) - 1, 0), len(self.ys) - 2)
        column = min(max(bisect_right(self.xs, x) - 1, 0), len(self.xs) - 2)
        return row, column

    def owners(self) -> dict[tuple[int, int], tuple[int, int]]:
        """Each cell's first cell (row, column): itself, or the one that it is merged into."""
        owner: dict[tuple[int, int], tuple[int, int]] = {}
        for row in range(len(self.ys) - 1):
            for column in range(len(self.xs) - 1):
                x = (self.xs[column] + self.xs[column + 1]) / 2
                y = (self.ys[row] + self.ys[row + 1]) / 2
                owner[row, column] = (row, column)
                if row and not self._crossed(x, self.ys[row], level=True):
                    owner[row, column] = owner[row - 1, column]
                elif column and not self._crossed(self.xs[column], y, level=False):
                    owner[row, column] = owner[row, column - 1]
        return owner

    def _crossed(self, x: float, y: float, *, level: bool) -> bool:
        """Whether a level (or upright) rule runs through the point."""
        return any(
            left - _NEAR <= x <= right + _NEAR and top - _NEAR <= y <= bottom + _NEAR
            for left, top, right, bottom in self.rules
            if (right - left > bottom - top) == level
        )


def grids_of(rules: Sequence[Box]) -> list[Grid]:
    """The tables that the rules of a page draw, from top to bottom."""
    found = []
    for group in _connected(rules):
        upright = [box for box in group if box[3] - box[1] > box[2] - box[0]]
        level = [box for box in group if box[3] - box[1] <= box[2] - box[0]]
        if not upright or not level:
            continue
        # A border may be missing at the outside (cut off by the page, or too thick): the other rules end there.
        ends = [min(box[0] for box in level), max(box[2] for box in level)]
        xs = _edges([(box[0] + box[2]) / 2 for box in upright] + ends)
        ends = [min(box[1] for box in upright), max(box[3] for box in upright)]
        ys = _edges([(box[1] + box[3]) / 2 for box in level] + ends)
        if len(xs) >= 3 and len(ys) >= 2 and (len(xs) - 1) * (len(ys) - 1) >= _LEAST_CELLS:
            found.append(Grid(xs, ys, tuple(group)))
    return sorted(found, key=lambda grid: grid.ys[0])


def _connected(rules: Sequence[Box]) -> list[list[Box]]:
    """Rules that touch one another, directly or by others."""
    groups: list[tuple[Box, list[Box]]] = []
    for rule in sorted(rules, key=lambda box: (box[1], box[0])):
        hull, members = rule, [rule]
        rest = []
        for other, group in groups:
            if _touch(hull, other):
                hull = (min(hull[0], other[0]), min(hull[1], other[1]), max(hull[2], other[2]), max(hull[3], other[3]))
                members = group + members
            else:
                rest.append((other, group))
        groups = [*rest, (hull, members)]
    return [members for _, members in groups]


def _touch(one: Box, other: Box) -> bool:
    across = one[0] <= other[2] + _NEAR and other[0] <= one[2] + _NEAR
    return across and one[1] <= other[3] + _NEAR and other[1] <= one[3] + _NEAR


def _edges(values: Sequence[float]) -> tuple[float, ...]:
    edges: list[float] = []
    for value in sorted(values):
        if not edges or value - edges[-1] > 2 * _NEAR:
            edges.append(value)
    return tuple(edges)


@dataclass(frozen=True, slots=True)
class Tables:
    """What the pages so far held: how many tables, and the one that the last page ended with."""

    count: int = 0
    open: Grid | None = None


def lines_with_tables(page: Page, bands: Sequence[Band], before: Tables) -> tuple[list[RawLine], Tables]:
    """Lines of a page in reading order, rows of tables among them.

    A table that starts a page with the columns of the one that ended the page before is its continuation.
    """
    lines: list[RawLine] = []
    rest, seen = list(bands), before
    for grid in grids_of(page.rules):
        above = [band for band in rest if band.base <= grid.ys[0]]
        inside = [band for band in rest if grid.ys[0] < band.base <= grid.ys[-1] + _NEAR]
        if not inside:
            continue
        continued = not above and not lines and seen.open is not None and _same_columns(seen.open, grid)
        shown, count = _running(page, above, seen.count)
        seen = Tables(count if continued else count + 1, grid)
        lines += shown
        lines += _rows(page.number, grid, inside, seen.count, continued=continued)
        rest = [band for band in rest if band.base > grid.ys[-1] + _NEAR]
    shown, count = _running(page, rest, seen.count)
    return lines + shown, (Tables(count) if rest else seen)


def _running(page: Page, bands: Sequence[Band], count: int) -> tuple[list[RawLine], int]:
    """Lines outside of ruled tables, and how many tables there are with those without rules among them."""
    lines: list[RawLine] = []
    done = 0
    for found in aligned_tables(bands):
        count += 1
        lines += lines_of(page.number, page.width, bands[done : found.start])
        lines += rows_of(bands, found, page.number, count)
        done = found.stop
    return lines + lines_of(page.number, page.width, bands[done:]), count


def _same_columns(one: Grid, other: Grid) -> bool:
    return len(one.xs) == len(other.xs) and all(abs(a - b) < 4 for a, b in zip(one.xs, other.xs, strict=True))


def _rows(page: int, grid: Grid, bands: Sequence[Band], table: int, *, continued: bool) -> list[RawLine]:
    owners = grid.owners()
    texts: dict[tuple[int, int], list[str]] = {}
    for band in bands:
        for owner, part in _parts(band, grid, owners):
            texts.setdefault(owner, []).append(part.text)
    rows: list[RawLine] = []
    for row in range(len(grid.ys) - 1):
        cells = tuple(" ".join(texts.get((row, column), ())) for column in range(len(grid.xs) - 1))
        if any(cells):
            text = " | ".join(cell for cell in cells if cell)
            x, y, width = grid.xs[0], grid.ys[row], grid.xs[-1] - grid.xs[0]
            merged = tuple(_covered(owners[row, column], row, column) for column in range(len(cells)))
            if continued and not rows:
                merged = _from_page_before(cells, merged)
            size = bands[0].size
            rows.append(RawLine(text, page, cells=cells, merged=merged, table=table, x=x, y=y, width=width, size=size))
    return rows


def _covered(owner: tuple[int, int], row: int, column: int) -> Merge:
    """Where the words of a merged cell stand."""
    if owner == (row, column):
        return ""
    return "up" if owner[0] < row else "left"


def _from_page_before(cells: tuple[str, ...], merged: tuple[Merge, ...]) -> tuple[Merge, ...]:
    """The marks of the first row of a page: its first blanks go on with the row at the end of the page before."""
    lead = next((column for column, cell in enumerate(cells) if cell), 0)
    begun: tuple[Merge, ...] = ("up",)
    return begun * lead + merged[lead:]


def _parts(
    band: Band, grid: Grid, owners: dict[tuple[int, int], tuple[int, int]]
) -> list[tuple[tuple[int, int], Band]]:
    """The band cut where one cell ends and another begins."""
    y = band.base - 0.3 * band.size
    parts: dict[tuple[int, int], list[int]] = {}
    for index, glyph in enumerate(band.glyphs):
        parts.setdefault(owners[grid.cell(glyph.center, y)], []).append(index)
    return [(owner, Band(tuple(band.glyphs[index] for index in indices))) for owner, indices in parts.items()]
