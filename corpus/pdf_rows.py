"""A table row that a page break cut in two, put together again where its words leave no doubt."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby, takewhile

from corpus.document import RawLine
from corpus.paragraphs import is_open, starts_lower

Row = tuple[str, ...]


def with_whole_rows(lines: Sequence[RawLine]) -> Iterator[RawLine]:
    """The lines; the first row of a page that goes on with the last one of the page before is part of that row."""
    for _, group in groupby(lines, key=lambda line: line.table if line.cells is not None else 0):
        run = list(group)
        yield from _whole_rows(run) if run[0].cells is not None else run


def _whole_rows(rows: Sequence[RawLine]) -> list[RawLine]:
    whole: list[RawLine] = []
    for _, group in groupby(rows, key=lambda row: row.page):
        page = list(group)
        # The header may be repeated at the top of the page.
        repeated = sum(
            1 for _ in takewhile(lambda pair: pair[0].cells == pair[1].cells, zip(whole, page, strict=False))
        )
        if whole and repeated < len(page) and _goes_on(whole[-1].cells or (), page[repeated].cells or ()):
            whole[-1] = _joined(whole[-1], page.pop(repeated).cells or ())
        whole += page
    return whole


def _goes_on(row: Row, rest: Row) -> bool:
    """Whether a row without a first cell goes on, in each cell that it has, with what the other left open."""
    if len(row) != len(rest) or not rest or rest[0]:
        return False
    pairs = [(first, second) for first, second in zip(row, rest, strict=True) if second]
    return bool(pairs) and all(first and is_open(first) and starts_lower(second) for first, second in pairs)


def _joined(row: RawLine, rest: Row) -> RawLine:
    cells = tuple(" ".join(filter(None, pair)) for pair in zip(row.cells or (), rest, strict=True))
    return replace(row, cells=cells, text=" | ".join(cell for cell in cells if cell))
