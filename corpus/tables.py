"""Tables: rows with header and caption, merged cells filled, section rows found."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile

from corpus.document import Merge
from corpus.labels import Label, parse_label

Row = tuple[str, ...]
Merged = tuple[Merge, ...]

_ORDER_COLUMN = re.compile(r"(?:S\s*T\s*T|T\s*T|Số TT|Số thứ tự|Stt)\b", re.IGNORECASE)
_FIGURE = re.compile(r"(?=.*\d)[\d.,%/+()\s-]+$")
_YEAR = re.compile(r"(?:19|20)\d\d$")
# "1", "(2)", "(3)=(1)+(2)", "A": the row that numbers the columns.
_COLUMN_NUMBER = re.compile(r"\(?(\d{1,2}|[A-Z])\)?(?:\s*=.*)?$")
_LONGEST_HEADER_CELL = 90
_MOST_HEADER_ROWS = 4


def section_row(cells: Row) -> Label | None:
    """The label of a row that is a heading within the table ("I. HUYỆN ỦY"), else None."""
    filled = list(dict.fromkeys(cell for cell in cells if cell))
    if len(filled) == 2 and len(cells) > 2:
        # "I" | "HUYỆN ỦY" | "" | "": the label has a cell of its own.
        joined = f"{filled[0]}. {filled[1]}"
        label = parse_label(joined)
        return label if label and label.family in ("roman", "letter") and cells[0] == filled[0] else None
    if len(filled) != 1 or len(cells) < 2:
        return None
    label = parse_label(filled[0])
    return label if label and label.family in ("roman", "letter", "part", "chapter", "division") else None


def find_header(rows: Sequence[Row], merged: Sequence[Merged] = ()) -> tuple[Row, int]:
    """The names of the columns where the first rows give them, else (); and how many rows those are.

    Args:
        rows: the first rows of a table.
        merged: along `rows`, as in `RawLine.merged`.
    """
    marks = list(_known(rows, merged))
    if len(rows) < 1 or not _names_columns(rows, marks[0]):
        return (), 0
    height = 1
    while height < min(len(rows), _MOST_HEADER_ROWS) and _divides(marks[height - 1], rows[height], marks[height]):
        height += 1
    header = tuple(_joined(rows[:height], marks, column) for column in range(len(rows[0])))
    numbered = height < len(rows) and _numbers_columns(rows[height])
    return header, height + numbered


def _known(rows: Sequence[Row], merged: Sequence[Merged]) -> Iterator[Merged]:
    """The marks of each row; where the reader gave none, blanks that the row below names go on with their left."""
    for at, row in enumerate(rows):
        mark: Merged = merged[at] if merged else ()
        if len(mark) == len(row):
            yield mark
        elif at + 1 < len(rows) and _fills_gaps(row, rows[at + 1]):
            yield tuple("" if cell else "left" for cell in row)
        else:
            yield tuple("" for _ in row)


def _names_columns(rows: Sequence[Row], marks: Merged) -> bool:
    """Whether the first row holds names and no data."""
    first = rows[0]
    filled = [cell for cell in first if cell]
    if len(filled) < 2 or any(len(cell) > _LONGEST_HEADER_CELL for cell in filled):
        return False
    if _ORDER_COLUMN.match(first[0]):
        return True
    if _holds_figures(filled):
        return False
    return len(rows) > 1 and len(filled) + marks.count("left") >= len(first) - 1


def _holds_figures(cells: Sequence[str]) -> bool:
    """Whether cells hold figures other than the years that name columns."""
    years = sum(_YEAR.match(cell) is not None for cell in cells)
    figures = sum(_FIGURE.match(cell) is not None for cell in cells)
    return figures > (years if years > 1 else 0)


def _divides(above: Merged, row: Row, marks: Merged) -> bool:
    """Whether a row names the columns below the wide cells of the header's last row, and nothing else."""
    wide = {at for column, mark in enumerate(above) if mark == "left" for at in (column - 1, column)}
    filled = {column for column, cell in enumerate(row) if cell}
    cells = [cell for cell in row if cell]
    if not filled or len(row) != len(above) or not filled <= wide or _holds_figures(cells):
        return False
    return "up" in marks or filled | {column for column, mark in enumerate(marks) if mark == "left"} == wide


def _fills_gaps(above: Row, row: Row) -> bool:
    """Whether a row names just the columns that a blank, or the cell left of a blank, covers in the row above."""
    gaps = {column for column, cell in enumerate(above) if not cell}
    covered = gaps | {column - 1 for column in gaps if column}
    named = {column for column, cell in enumerate(row) if cell}
    return gaps <= named <= covered and bool(gaps) and 0 not in gaps


def _joined(rows: Sequence[Row], marks: Sequence[Merged], column: int) -> str:
    """The names above a column, outermost first."""
    names: list[str] = []
    for row, mark in zip(rows, marks, strict=False):
        at = column
        while at and mark[at] == "left":
            at -= 1
        if row[at] and row[at] not in names:
            names.append(row[at])
    return " – ".join(names)


def _numbers_columns(row: Row) -> bool:
    """Whether a row counts the columns: "1 | 2 | 3", "A | B | 1 | 2"."""
    found = [match[1] for cell in row if (match := _COLUMN_NUMBER.match(cell))]
    letters = list(takewhile(str.isalpha, found))
    numbers = found[len(letters) :]
    counted = [chr(ord("A") + at) for at in range(len(letters))] + [str(at + 1) for at in range(len(numbers))]
    return len(found) == len(row) > 2 and len(numbers) > 1 and found == counted


def fill_merged(rows: Iterable[Row], merged: Iterable[Merged] = ()) -> tuple[Row, ...]:
    """Rows in which a cell that the one above reaches into holds the same words.

    Where the reader cannot tell merged cells from empty ones, blanks before the first filled cell of a row are
    continued: a blank behind it is a blank.
    """
    rows = list(rows)
    filled: list[Row] = []
    for row, mark in zip(rows, list(merged) or [()] * len(rows), strict=True):
        above = filled[-1] if filled else ()
        covered = _covered(row, mark, above)
        filled.append(tuple(above[at] if at in covered and at < len(above) else cell for at, cell in enumerate(row)))
    return tuple(filled)


def _covered(row: Row, mark: Merged, above: Row) -> set[int]:
    """The columns in which a row continues the one above."""
    if mark:
        return {column for column, found in enumerate(mark) if found == "up"}
    covered = set(range(next((column for column, cell in enumerate(row) if cell), len(row))))
    # A numbered row with a blank kind beside its number continues the kind above.
    if len(row) > 2 and row[0].rstrip(".").isdigit() and not row[1] and above[1:2] and any(row[2:]):
        covered.add(1)
    return covered
