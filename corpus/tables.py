"""Tables: rows with header and caption, merged cells filled, section rows found."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from corpus.labels import Label, parse_label

Row = tuple[str, ...]

_ORDER_COLUMN = re.compile(r"(?:S\s*T\s*T|T\s*T|Số TT|Số thứ tự|Stt)\b", re.IGNORECASE)
_FIGURE = re.compile(r"[\d.,%/+()\s-]+$")
_LONGEST_HEADER_CELL = 90


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


def find_header(rows: Sequence[Row]) -> Row:
    """The first row where it names the columns, else ()."""
    if not rows:
        return ()
    first = rows[0]
    filled = [cell for cell in first if cell]
    if len(filled) < 2 or any(len(cell) > _LONGEST_HEADER_CELL for cell in filled):
        return ()
    if _ORDER_COLUMN.match(first[0]):
        return first
    if any(_FIGURE.match(cell) for cell in filled) or len(filled) < len(first) - 1:
        return ()
    return first if len(rows) > 1 else ()


def fill_merged(rows: Iterable[Row]) -> tuple[Row, ...]:
    """Rows in which a blank cell of the leading columns holds what stands above it.

    Only columns before the first filled cell of a row are continued: a blank behind it is a blank.
    """
    filled: list[Row] = []
    above: Row = ()
    for row in rows:
        lead = next((index for index, cell in enumerate(row) if cell), len(row))
        cells = [above[index] if index < lead and index < len(above) else cell for index, cell in enumerate(row)]
        # A numbered row with a blank kind beside its number continues the kind above.
        if lead == 0 and len(row) > 2 and not row[1] and above[1:2] and row[0].rstrip(".").isdigit() and any(row[2:]):
            cells[1] = above[1]
        above = tuple(cells)
        filled.append(above)
    return tuple(filled)
