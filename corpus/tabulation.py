"""The tables of a document, put together from the rows that stand in its text."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import takewhile

from corpus.document import Document, Span, Table
from corpus.laying import Laid
from corpus.placed import Placed
from corpus.tables import Merged, Row, fill_merged, find_header, section_row

_LONGEST_CAPTION = 200


@dataclass(slots=True)
class _Run:
    """Rows that are being collected under one header."""

    number: int | None = None
    header: Row = ()
    header_rows: tuple[Row, ...] = ()
    caption: str = ""
    rows: list[tuple[Row, Merged, Span]] = field(default_factory=list)
    part: str = ""  # the last section row that is no heading


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
        if cells in run.header_rows:  # once, or at the top of each page
            continue
        if item.heading is not None or section_row(cells):
            tables += _finish(document, run)
            run.rows = []
            run.part = "" if item.heading else " ".join(dict.fromkeys(filter(None, cells)))
        elif any(cells):
            run.rows.append((cells, item.paragraph.merged, document.span(start, end)))
    return (*tables, *_finish(document, run))


def _begin(laid: Laid, index: int, before: _Run) -> _Run:
    """A new table, or the next part of one that a page or a blank line broke."""
    first = laid.placed[index].paragraph
    top = [
        item.paragraph
        for item in takewhile(lambda item: item.paragraph.table == first.table, laid.placed[index : index + 6])
        if item.paragraph.cells is not None
    ]
    rows = [paragraph.cells or () for paragraph in top]
    header, height = find_header(rows, [paragraph.merged for paragraph in top])
    if before.header and len(rows[0]) == len(before.header) and header in ((), before.header):
        return _Run(first.table, before.header, before.header_rows, before.caption, part=before.part)
    return _Run(first.table, header, tuple(rows[:height]), _caption(laid.placed, index))


def _finish(document: Document, run: _Run) -> list[Table]:
    if not run.rows:
        return []
    rows, merged, spans = zip(*run.rows, strict=True)
    whole = document.span(spans[0].start, spans[-1].end)
    caption = " – ".join(part for part in (run.caption, run.part) if part)
    return [Table(caption, document.section_at(whole.start), run.header, fill_merged(rows, merged), whole, spans)]


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
