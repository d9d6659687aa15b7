"""Presentations (.pptx, and .ppt by way of it): a slide is a page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from corpus.document import CorpusError, Merge, RawDocument, RawLine
from corpus.docx_package import Package
from corpus.office import converted
from corpus.text import normalise

Shape = Any  # the library has no types of its own

_SPACES = re.compile(r"\s+")
_MAX_DEPTH = 8


def read_pptx(path: Path) -> RawDocument:
    """A presentation; speaker's notes are left out.

    Raises:
        CorpusError: damaged, too large, or without words.
    """
    from pptx import Presentation

    Package(path).close()  # checks the unpacked size before anything is parsed
    deck = Presentation(str(path))
    lines: list[RawLine] = []
    for page, slide in enumerate(deck.slides, start=1):
        title = slide.shapes.title
        lines += _shape_lines(slide.shapes, page, title.shape_id if title is not None else -1, len(lines))
    if not lines:
        raise CorpusError(f"{path.name}: bài trình chiếu không có chữ. Hãy xuất thành PDF để nhận dạng ảnh.")
    return RawDocument(format="pptx", lines=tuple(lines), pages=max(1, len(deck.slides)))


def read_ppt(path: Path, *, suffix: str = ".ppt") -> RawDocument:
    """A presentation of an older or other program, by way of .pptx.

    Raises:
        CorpusError: see `read_pptx`; LibreOffice is missing or cannot open it.
    """
    with converted(path, suffix) as output:
        return replace(read_pptx(output), format=suffix.lstrip("."))


def _shape_lines(shapes: Iterable[Shape], page: int, title: int, table: int, depth: int = 0) -> Iterator[RawLine]:
    for number, shape in enumerate(shapes, start=1):
        if shape.has_text_frame:
            yield from _text_lines(shape.text_frame, page, "Title" if shape.shape_id == title else "")
        elif getattr(shape, "has_table", False) and shape.has_table:
            yield from _table_lines(shape.table, page, 1000 * page + table + number)
        elif hasattr(shape, "shapes") and depth < _MAX_DEPTH:
            yield from _shape_lines(shape.shapes, page, title, table + number, depth + 1)


def _text_lines(frame: Shape, page: int, style: str) -> Iterator[RawLine]:
    for paragraph in frame.paragraphs:
        text = _tidy("".join(run.text for run in paragraph.runs) or paragraph.text)
        bold = any(run.font.bold for run in paragraph.runs)
        if text:
            yield RawLine(text=text, page=page, whole=True, style=style, bold=bold)


def _table_lines(table: Shape, page: int, number: int) -> Iterator[RawLine]:
    for row in table.rows:
        cells = tuple("" if cell.is_spanned else _tidy(cell.text) for cell in row.cells)
        merged: tuple[Merge, ...] = tuple(map(_covered, row.cells))
        if any(cells):
            text = " | ".join(cell for cell in cells if cell)
            yield RawLine(text, page, whole=True, cells=cells, merged=merged, table=number)


def _covered(cell: Shape) -> Merge:
    """Where the words of a merged cell stand."""
    if not cell.is_spanned:
        return ""
    return "up" if cell._tc.vMerge else "left"  # the library tells only that it is covered


def _tidy(text: str) -> str:
    return _SPACES.sub(" ", normalise(text)).strip()
