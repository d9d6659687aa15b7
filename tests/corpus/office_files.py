"""Workbooks and presentations of an invented district, and what LibreOffice makes of them in older formats."""

from __future__ import annotations

import datetime
import io
import subprocess
import tempfile
from pathlib import Path

from tests.conftest import need


def workbook() -> bytes:
    """Two visible sheets and a hidden one: letterhead, merged header, percents, dates, a section row."""
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    sheet.title = "Biểu 01"
    sheet.append(["UBND HUYỆN THANH LŨNG", None, None, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"])
    sheet.append(["KẾT QUẢ TRỒNG CHÈ NĂM 2023"])
    sheet.append([])
    sheet.append(["TT", "Xã", "Diện tích (ha)", None, "Ngày nghiệm thu", "Tỷ lệ"])
    sheet.append([None, None, "Kế hoạch", "Thực hiện", None, None])
    sheet.append(["I", "Vùng cao"])
    sheet.append([1, "Bản Mòng", 1200, 1247, datetime.date(2023, 11, 15), 0.085])
    sheet.append([2, "Nà Lũng", 80.5, 79, datetime.date(2023, 12, 1), 0.981])
    for cell in ("C7", "D7", "C8", "D8"):
        sheet[cell].number_format = "#,##0.0" if cell == "C8" else "#,##0"
    for cell in ("F7", "F8"):
        sheet[cell].number_format = "0.0%"
    for merged in ("A2:F2", "A4:A5", "B4:B5", "C4:D4", "E4:E5", "F4:F5"):
        sheet.merge_cells(merged)
    second = book.create_sheet("Danh bạ")
    for row in (("Họ tên", "Chức vụ", "Đơn vị"), ("Lò Văn Thảo", "Trưởng phòng", "Phòng Nội vụ")):
        second.append(row)
    hidden = book.create_sheet("Nháp")
    hidden.append(["mật"])
    hidden.sheet_state = "hidden"
    return _saved(book)


def slides() -> bytes:
    """A title with two items, and a slide with a table."""
    from pptx import Presentation
    from pptx.util import Inches

    deck = Presentation()
    first = deck.slides.add_slide(deck.slide_layouts[1])
    first.shapes.title.text = "BÁO CÁO CHUYỂN ĐỔI SỐ"
    first.placeholders[1].text = "Tỷ lệ hồ sơ trực tuyến đạt 72,4%\nCòn 03 xã chưa có tổ công nghệ"
    second = deck.slides.add_slide(deck.slide_layouts[6])
    table = second.shapes.add_table(3, 2, Inches(1), Inches(1), Inches(4), Inches(1)).table
    for at, text in enumerate(("Xã", "Hồ sơ", "Bản Mòng", "1.204", "Nà Lũng", "876")):
        table.cell(at // 2, at % 2).text = text
    return _saved(deck)


def convert(source: Path, suffix: str, folder: Path) -> bytes:
    """A file in another format, by LibreOffice; skips where it is missing."""
    need("soffice")
    with tempfile.TemporaryDirectory(dir=folder) as place:
        profile = f"-env:UserInstallation={(Path(place) / 'profile').as_uri()}"
        target = {"xml": "xml:MS Word 2003 XML"}.get(suffix, suffix)
        command = ["soffice", profile, "--headless", "--convert-to", target, "--outdir", place, str(source)]
        subprocess.run(command, check=True, capture_output=True, timeout=100)
        return (Path(place) / f"{source.stem}.{suffix}").read_bytes()


def _saved(book: object) -> bytes:
    out = io.BytesIO()
    book.save(out)  # type: ignore[attr-defined]
    return out.getvalue()
