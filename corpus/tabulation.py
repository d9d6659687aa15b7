"""The tables of a document, put together from the rows that stand in its text."""

from __future__ import annotations

from dataclasses import dataclass, field

from corpus.document import Document, Span, Table
from corpus.laying import Laid
from corpus.outline import Placed
from corpus.tables import Row, fill_merged, find_header, section_row

_LONGEST_CAPTION = 200


@dataclass(slots=True)
class _Run:
    """Rows that are being collected under one header."""

    number: int | None = None
    header: Row = ()
    caption: str = ""
    rows: list[tuple[Row, Span]] = field(default_factory=list)


def collect_tables(document: Document, laid: Laid) -> tuple[Table, ...]:
    """Tables, divided at their section rows ("I. HUYỆN ỦY"); the header is repeated in each part."""
    tables: list[Table] = []
    run = _Run()
    for index, (item, start, end) in enumerate(laid.items()):
        cells = item.paragraph.cells
        if cells is None or item.kind in ("header", "closing"):
            tables += _finish(document, run)
            run = _Run()
            continue
        if item.paragraph.table != run.number:
            tables += _finish(document, run)
            run = _begin(laid, index, run)
            if run.header == cells:
                continue
        if item.heading is not None or section_row(cells):
            tables += _finish(document, run)
            run.rows = []
        elif any(cells):
            run.rows.append((cells, document.span(start, end)))
    return (*tables, *_finish(document, run))


def _begin(laid: Laid, index: int, before: _Run) -> _Run:
    """A new table, or the next part of one that a page or a blank line broke."""
    first = laid.placed[index].paragraph
    rows: list[Row] = []
    for item in laid.placed[index : index + 4]:
        if item.paragraph.cells is None or item.paragraph.table != first.table:
            break
        rows.append(item.paragraph.cells)
    header = find_header(rows)
    if before.header and len(rows[0]) == len(before.header) and header in ((), before.header):
        return _Run(first.table, before.header, before.caption)
    return _Run(first.table, header, _caption(laid.placed, index))


def _finish(document: Document, run: _Run) -> list[Table]:
    if not run.rows:
        return []
    spans = tuple(span for _, span in run.rows)
    whole = document.span(spans[0].start, spans[-1].end)
    filled = fill_merged(cells for cells, _ in run.rows)
    return [Table(run.caption, document.section_at(whole.start), run.header, filled, whole, spans)]


def _caption(placed: tuple[Placed, ...], index: int) -> str:
    """The heading or short line above a table; "(Kèm theo …)" and units are none."""
    for item in reversed(placed[max(0, index - 4) : index]):
        text = item.paragraph.text
        if item.paragraph.cells is not None:
            return ""
        if text.startswith("("):
            continue
        if item.heading is not None:
            return item.heading.title or item.heading.label.text
        return text if len(text) < _LONGEST_CAPTION else ""
    return ""
