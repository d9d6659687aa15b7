"""Workbooks (.xlsx, and .xls by way of it): each visible sheet is its title, the lines above its table, and rows."""

from __future__ import annotations

import datetime
import re
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from corpus.document import CorpusError, RawDocument, RawLine
from corpus.docx_package import Package
from corpus.letterhead import Cell, columns_of
from corpus.office import converted
from corpus.text import normalise

MAX_ROWS = 50_000
_MAX_COLUMNS = 100
_DECIMALS = re.compile(r"\.(0+)")
Sheet = Any  # the library has no types of its own

_SPACES = re.compile(r"\s+")


def read_xlsx(path: Path) -> RawDocument:
    """A workbook; numbers and dates are written the Vietnamese way, as the sheet shows them ("1.947", "8,5%").

    Raises:
        CorpusError: damaged, too large, or without words.
    """
    from openpyxl import load_workbook

    Package(path).close()  # checks the unpacked size before anything is parsed
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = load_workbook(path, data_only=True)
    lines: list[RawLine] = []
    hidden = 0
    tables = 0
    for number, sheet in enumerate(book.worksheets, start=1):
        if sheet.sheet_state != "visible":
            hidden += 1
            continue
        rows = [row for row in _rows(sheet) if any(row)]
        lines += _sheet_lines(rows, str(sheet.title), number, tables := tables + 1)
    if not lines:
        raise CorpusError(f"{path.name}: bảng tính không có dữ liệu. Hãy kiểm tra lại bản gốc.")
    notes = (f"Bảng tính có {hidden} trang ẩn, không được đọc.",) if hidden else ()
    return RawDocument(format="xlsx", lines=tuple(lines), pages=len(book.worksheets), warnings=notes)


def read_xls(path: Path, *, suffix: str = ".xls") -> RawDocument:
    """A workbook of an older or other program, by way of .xlsx.

    Raises:
        CorpusError: see `read_xlsx`; LibreOffice is missing or cannot open it.
    """
    with converted(path, suffix) as output:
        return replace(read_xlsx(output), format=suffix.lstrip("."))


def _rows(sheet: Sheet) -> Iterator[tuple[str, ...]]:
    limit = min(sheet.max_column or 1, _MAX_COLUMNS)
    for row in sheet.iter_rows(max_row=min(sheet.max_row or 1, MAX_ROWS), max_col=limit):
        yield tuple(_shown(cell) for cell in row)


def _sheet_lines(rows: list[tuple[str, ...]], title: str, page: int, table: int) -> Iterator[RawLine]:
    if not rows:
        return
    start = next((at for at, row in enumerate(rows) if sum(map(bool, row)) > 2), len(rows))
    if start == len(rows):  # no wide row: a table of two columns starts with its first pair
        start = next((at for at, row in enumerate(rows) if sum(map(bool, row)) == 2 and not _is_head(row)), len(rows))
    if not re.fullmatch(r"(?:Sheet|Trang tính|Trang)\s*\d*", title, re.IGNORECASE):
        yield RawLine(text=normalise(title), page=page, whole=True, style="Title")
    for row in rows[:start]:
        yield from _text_lines(row, page)
    width = max((at + 1 for row in rows[start:] for at, cell in enumerate(row) if cell), default=0)
    for row in rows[start:]:
        text = " | ".join(cell for cell in row if cell)
        yield RawLine(text=text, page=page, whole=True, cells=row[:width], table=table)


def _as_cells(row: Iterable[str], page: int) -> list[Cell]:
    return [Cell((RawLine(text=text, page=page, whole=True),) if text else ()) for text in row]


def _is_head(row: tuple[str, ...]) -> bool:
    return columns_of([_as_cells(row, 1)]) is not None


def _text_lines(row: tuple[str, ...], page: int) -> Iterator[RawLine]:
    cells = _as_cells(row, page)
    sides = columns_of([cells])
    if sides is not None and len(sides) > 1:
        yield from (replace(line, column=side) for side, line in sides)
    else:
        yield from (line for cell in cells for line in cell.lines)


def _shown(cell: Sheet) -> str:
    value, form = cell.value, str(cell.number_format or "")
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Có" if value else "Không"
    if isinstance(value, int | float):
        return format_number(value, form)
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        return f"{value:%d/%m/%Y}"
    if isinstance(value, datetime.datetime):
        return f"{value:%d/%m/%Y %H:%M}"
    if isinstance(value, datetime.date):
        return f"{value:%d/%m/%Y}"
    return _SPACES.sub(" ", normalise(str(value))).strip()


def format_number(value: float, form: str) -> str:
    """A number as a sheet with this number format shows it, with Vietnamese marks: 1947 as "#,##0" → "1.947"."""
    form = form.partition(";")[0]
    percent = "%" in form
    if percent:
        value = value * 100
    decimals = _DECIMALS.search(form)
    if decimals:
        text = f"{value:,.{len(decimals[1])}f}"
    elif "0" in form:
        text = f"{value:,.0f}"
    else:
        text = f"{value:,.10f}".rstrip("0").rstrip(".") if abs(value) < 1e15 else f"{value:g}"
    if "," not in form:
        text = text.replace(",", "")
    return text.translate(str.maketrans(",.", ".,")) + ("%" if percent else "")
