"""Workbooks and presentations."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from corpus.document import CorpusError
from corpus.sheets import format_number, read_xlsx
from corpus.slides import read_pptx


@pytest.mark.parametrize(
    ("value", "form", "shown"),
    [
        (1947, "#,##0", "1.947"), (1947, "General", "1947"), (0.085, "0.0%", "8,5%"), (3.14159, "0.00", "3,14"),
        (1234567.5, "#,##0.00", "1.234.567,50"), (8.5, "General", "8,5"), (0.1 + 0.2, "General", "0,3"),
        (2024, "0", "2024"), (-5.0, "General", "-5"),
    ],
)  # fmt: skip
def test_numbers_stand_as_the_sheet_shows_them(value: float, form: str, shown: str) -> None:
    assert format_number(value, form) == shown


def test_a_sheet_is_title_lines_and_rows(tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    sheet.title = "Biểu 01"
    sheet.append(["UBND HUYỆN A", None, None, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"])
    sheet.append(["KẾT QUẢ TRỒNG CHÈ"])
    sheet.append([])
    sheet.append(["TT", "Xã", "Diện tích (ha)", "Ngày"])
    sheet.append(["I", "Vùng cao", None, None])
    sheet.append([1, "Bản Bo", 1947, datetime.date(2022, 4, 15)])
    sheet["C6"].number_format = "#,##0"
    sheet.merge_cells("A2:D2")
    hidden = book.create_sheet("Nháp")
    hidden.append(["mật"])
    hidden.sheet_state = "hidden"
    path = tmp_path / "a.xlsx"
    book.save(path)
    raw = read_xlsx(path)
    assert [(line.column, line.text) for line in raw.lines if line.cells is None] == [
        ("", "Biểu 01"), ("left", "UBND HUYỆN A"), ("right", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ("", "KẾT QUẢ TRỒNG CHÈ"),
    ]  # fmt: skip
    assert [line.cells for line in raw.lines if line.cells] == [
        ("TT", "Xã", "Diện tích (ha)", "Ngày"), ("I", "Vùng cao", "", ""), ("1", "Bản Bo", "1.947", "15/04/2022"),
    ]  # fmt: skip
    assert raw.warnings == ("Bảng tính có 1 trang ẩn, không được đọc.",)


def test_an_empty_workbook_is_an_error(tmp_path: Path) -> None:
    from openpyxl import Workbook

    Workbook().save(tmp_path / "a.xlsx")
    with pytest.raises(CorpusError, match=r"a\.xlsx: bảng tính không có dữ liệu"):
        read_xlsx(tmp_path / "a.xlsx")


def test_slides_are_pages(tmp_path: Path) -> None:
    from pptx import Presentation
    from pptx.util import Inches

    deck = Presentation()
    first = deck.slides.add_slide(deck.slide_layouts[1])
    first.shapes.title.text = "BÁO CÁO"
    first.placeholders[1].text = "Diện tích chè 1.947 ha\nNăng suất tăng"
    second = deck.slides.add_slide(deck.slide_layouts[6])
    table = second.shapes.add_table(2, 2, Inches(1), Inches(1), Inches(4), Inches(1)).table
    for at, text in enumerate(("Xã", "ha", "Bản Bo", "12")):
        table.cell(at // 2, at % 2).text = text
    deck.save(str(tmp_path / "a.pptx"))
    raw = read_pptx(tmp_path / "a.pptx")
    assert [(line.page, line.text, line.style) for line in raw.lines if line.cells is None] == [
        (1, "BÁO CÁO", "Title"), (1, "Diện tích chè 1.947 ha", ""), (1, "Năng suất tăng", ""),
    ]  # fmt: skip
    assert [(line.page, line.cells) for line in raw.lines if line.cells] == [(2, ("Xã", "ha")), (2, ("Bản Bo", "12"))]
    assert raw.pages == 2
