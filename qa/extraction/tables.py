"""Table rows as answers: each cell with the label of its column."""

from __future__ import annotations

import re

from corpus.document import Document, Table

_ORDINAL = re.compile(r"^(?:s\s*t\s*t|tt|số tt|st t)$", re.IGNORECASE)


def find_row(document: Document, offset: int) -> tuple[Table, int] | None:
    """The table row that holds an offset of the text."""
    for table in document.tables:
        for index, span in enumerate(table.row_spans):
            if span.start <= offset < max(span.end, span.start + 1):
                return table, index
    return None


def row_text(table: Table, index: int, limit: int) -> str:
    """Cells with their labels ("Thể loại văn bản: Công văn; …"), without the ordinal, long ones cut at a word."""
    parts: list[tuple[str, str]] = []
    for column, cell in enumerate(table.rows[index]):
        label = table.header[column].strip() if column < len(table.header) else ""
        if cell.strip() and not _ORDINAL.match(label):
            parts.append((label, " ".join(cell.split())))
    spare = limit - sum(len(label) + 4 for label, _ in parts)
    longest = max((len(cell) for _, cell in parts), default=0)
    excess = sum(len(cell) for _, cell in parts) - spare
    if excess > 0:
        room = max(40, longest - excess - 2)
        parts = [(label, _cut(cell, room) if len(cell) == longest else cell) for label, cell in parts]
    return "; ".join(f"{label}: {cell}" if label else cell for label, cell in parts)


def _cut(cell: str, room: int) -> str:
    return cell if len(cell) <= room else f"{cell[:room].rsplit(' ', 1)[0]} …"
