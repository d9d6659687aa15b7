"""Workbooks (.xlsx, and .xls by way of it): each visible sheet is its title, the lines above its table, and rows."""

from __future__ import annotations

import datetime
import re
import warnings
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from corpus.document import CorpusError, Merge, RawDocument, RawLine
from corpus.docx_package import Package
from corpus.letterhead import Cell, columns_of
from corpus.office import converted
from corpus.text import normalise

MAX_ROWS = 50_000
_MAX_COLUMNS = 100
_DECIMALS = re.compile(r"\.(0+)")
Sheet = Any  # the library has no types of its own

_SPACES = re.compile(r"\s+")
_MAX_MERGED = 1_000_000
_MERGED = re.compile(
    rb"<(?:\w+:)?mergeCell\s[^>]*?ref=\"(?P<left>[A-Z]{1,3})(?P<top>\d{1,7}):(?P<right>[A-Z]{1,3})(?P<bottom>\d{1,7})\""
)


@dataclass(frozen=True, slots=True)
class _Row:
    cells: tuple[str, ...]
    merged: tuple[Merge, ...]


def read_xlsx(path: Path) -> RawDocument:
    """A workbook; numbers and dates are written the Vietnamese way, as the sheet shows them ("1.947", "8,5%").

    Raises:
        CorpusError: damaged, too large, or without words.
    """
    from openpyxl import load_workbook

    package = Package(path)  # checks the unpacked size before anything is parsed
    # Read-only: the other mode makes an object of every cell of a merged range, be it 17 thousand million.
    with closing(package), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = load_workbook(path, data_only=True, read_only=True)
        with closing(book):
            sheets = list(book.worksheets)
            shown = [(at, sheet) for at, sheet in enumerate(sheets, start=1) if sheet.sheet_state == "visible"]
            parts = _parts(package)
            lines = [
                line
                for at, sheet in shown
                for line in _sheet_lines(sheet, package.read(parts.get(sheet.title, "")), at)
            ]
    if not lines:
        raise CorpusError(f"{path.name}: bảng tính không có dữ liệu. Hãy kiểm tra lại bản gốc.")
    hidden = len(sheets) - len(shown)
    notes = (f"Bảng tính có {hidden} trang ẩn, không được đọc.",) if hidden else ()
    return RawDocument(format="xlsx", lines=tuple(lines), pages=len(sheets), warnings=notes)


def read_xls(path: Path, *, suffix: str = ".xls") -> RawDocument:
    """A workbook of an older or other program, by way of .xlsx.

    Raises:
        CorpusError: see `read_xlsx`; LibreOffice is missing or cannot open it.
    """
    with converted(path, suffix) as output:
        return replace(read_xlsx(output), format=suffix.lstrip("."))


def _parts(package: Package) -> dict[str, str]:
    """The part of each sheet by its name."""
    targets = package.relations(package.main)
    found = {}
    book = package.xml(package.main)
    for sheet in book.iter("{*}sheet") if book is not None else ():
        relation = next((sheet.get(name) for name in sheet.keys() if name.endswith("}id")), "")
        found[sheet.get("name")] = targets.get(relation, ("", ""))[1]
    return found


def _merges(data: bytes | None) -> dict[int, dict[int, Merge]]:
    """What the merged ranges of a sheet cover: row → column (from 0) → where the words stand."""
    covered: dict[int, dict[int, Merge]] = {}
    cells = 0
    for match in _MERGED.finditer(data or b""):
        left, right = (min(_column(match[name]), _MAX_COLUMNS) for name in ("left", "right"))
        top, bottom = (min(int(match[name]), MAX_ROWS) for name in ("top", "bottom"))
        cells += max(0, right - left + 1) * max(0, bottom - top + 1)
        if cells > _MAX_MERGED:
            break
        for row in range(top, bottom + 1):
            marks = covered.setdefault(row - 1, {})
            marks.update(dict.fromkeys(range(left, right + 1), "up" if row > top else "left"))
            if row == top:
                marks.pop(left, None)
    return covered


def _column(letters: bytes) -> int:
    """The column, from 0, that letters name: "A" → 0, "AA" → 26."""
    number = 0
    for letter in letters:
        number = 26 * number + letter - 64
    return number - 1


def _rows(sheet: Sheet, merges: dict[int, dict[int, Merge]]) -> Iterator[_Row]:
    """The rows that hold something; what stands under a merged cell is not shown and not read."""
    sheet.reset_dimensions()  # some programs write wrong ones
    for at, row in enumerate(sheet.iter_rows(max_row=MAX_ROWS, max_col=_MAX_COLUMNS)):
        covered = merges.get(at, {})
        cells = tuple("" if column in covered else _shown(cell) for column, cell in enumerate(row))
        if any(cells):
            yield _Row(cells, tuple(covered.get(column, "") for column in range(len(cells))))


def _sheet_lines(sheet: Sheet, data: bytes | None, page: int) -> Iterator[RawLine]:
    rows = list(_rows(sheet, _merges(data)))
    if not rows:
        return
    start = next((at for at, row in enumerate(rows) if sum(map(bool, row.cells)) > 2), len(rows))
    if start == len(rows):  # no wide row: a table of two columns starts with its first pair
        pairs = (at for at, row in enumerate(rows) if sum(map(bool, row.cells)) == 2 and not _is_head(row.cells))
        start = next(pairs, len(rows))
    title = normalise(str(sheet.title))
    if not re.fullmatch(r"(?:Sheet|Trang tính|Trang)\s*\d*", title, re.IGNORECASE):
        yield RawLine(text=title, page=page, whole=True, style="Title")
    for row in rows[:start]:
        yield from _text_lines(row.cells, page)
    width = max((at + 1 for row in rows[start:] for at, cell in enumerate(row.cells) if cell), default=0)
    for row in rows[start:]:
        text = " | ".join(cell for cell in row.cells if cell)
        yield RawLine(text, page, whole=True, cells=row.cells[:width], merged=row.merged[:width], table=page)


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
