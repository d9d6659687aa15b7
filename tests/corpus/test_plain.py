"""Text, Markdown and web pages."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from bs4 import Tag
from hypothesis import given
from hypothesis import strategies as st

from corpus.document import CorpusError, RawLine
from corpus.html import lines_of_html, read_html
from corpus.plain import lines_of_text, read_text


def texts(text: str) -> list[str]:
    return [line.text for line in lines_of_text(text)]


def test_marks_are_stripped_and_the_bullets_of_items_stay() -> None:
    text = (
        "## **1. Kết quả**\n\n* *Lĩnh vực y tế*: đạt *85%* (*phụ lục*)\n** Về giáo dục*\n*** Hạn chế**\n"
        "- *Trồng trọt*: 5 ha\n+ lúa\n\\* ghi chú\n**T/M BAN THƯỜNG VỤ\nPHÓ BÍ THƯ**\n2\\. mục [xem](https://a.vn)\n"
    )
    assert texts(text) == [
        "1. Kết quả", "", "* Lĩnh vực y tế: đạt 85% (phụ lục)", "* Về giáo dục", "* Hạn chế", "- Trồng trọt: 5 ha",
        "+ lúa", "* ghi chú", "T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ", "2. mục xem",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "line", ["2*3*4 = 24", "______", "-----", "số_hiệu_văn_bản", "C# và F#", "Giá: 5 * 3", "(*) ước; (*) tạm tính"]
)
def test_signs_that_are_no_marks_stay(line: str) -> None:
    assert texts(f"## Tiêu đề\n{line}")[1] == line
    assert texts(line) == [line]


def test_notes_in_markup_become_superscripts() -> None:
    found = lines_of_text("# A\n214 hội nghị[^1], 5 m<sup>3</sup> và 26 cơ sở$^{10}$\n\n[^1]: Cấp huyện 03.")
    assert found[1].text == "214 hội nghị¹, 5 m³ và 26 cơ sở¹⁰"
    assert (found[-1].text, found[-1].note) == ("Cấp huyện 03.", "1")


def test_pipe_and_tab_tables_become_cells() -> None:
    found = lines_of_text(
        "| TT | Tên |\n|---|:--:|\n| 1 | **Chè** |\n\nlời\n\nSTT\tLoại\tSố\nI. HUYỆN\t\t\n1\tKH\t5\n\n\t\t6\n"
    )
    rows = [(line.table, line.cells) for line in found if line.cells]
    assert rows == [
        (1, ("TT", "Tên")), (1, ("1", "Chè")), (2, ("STT", "Loại", "Số")), (2, ("I. HUYỆN", "", "")),
        (2, ("1", "KH", "5")), (2, ("", "", "6")),
    ]  # fmt: skip


def test_a_tab_that_only_makes_room_is_no_table() -> None:
    found = lines_of_text("\tĐoạn thứ nhất.\n\tĐoạn thứ hai.\nGhi chú:\tđã duyệt\n")
    assert [(line.text, line.cells) for line in found] == [
        ("Đoạn thứ nhất.", None), ("Đoạn thứ hai.", None), ("Ghi chú: đã duyệt", None),
    ]  # fmt: skip


def test_form_feeds_count_pages() -> None:
    assert [(line.text, line.page) for line in lines_of_text("a\fb\nc")] == [("a", 1), ("b", 2), ("c", 2)]


def test_the_reports_keep_their_words_and_lose_their_marks(shared: Path) -> None:
    raw = read_text(shared / "reports/bao-cao-tam-duong-2022.txt")
    lines = [line.text for line in raw.lines]
    assert "* Nguyên nhân" in lines
    assert any(line.startswith("* Lĩnh vực nông nghiệp: ") for line in lines)
    assert any("hội nghị¹" in line for line in lines)
    rows = [line for line in raw.lines if line.cells]
    assert {len(row.cells or ()) for row in rows} == {5}
    assert len({row.table for row in rows}) == 1
    assert (rows[3].cells or ())[:3] == ("", "", "185-KH/HU")
    other = read_text(shared / "reports/bao-cao-tuy-phuoc-2022.txt")
    assert not [line.text for line in other.lines if "#" in line.text or "*" in line.text]


@given(st.text(max_size=300))
def test_any_text_gives_lines_without_line_ends(text: str) -> None:
    for line in lines_of_text(text):
        assert "\n" not in line.text
        assert line.text == line.text.strip()


def test_files_without_words_are_errors(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(" \n 12 \n")
    with pytest.raises(CorpusError, match="tệp không có chữ"):
        read_text(path)


def page(text: str) -> list[RawLine]:
    return lines_of_html(text)


def test_html_paragraphs_lists_and_entities() -> None:
    found = page(
        "<html><head><title>x</title><style>p{}</style></head><body><nav>menu</nav><h2>I. K&#7871;t qu&#7843;</h2>"
        "<p>Diện&nbsp;tích\n 18 m<sup>3</sup><br>dòng hai</p><ol start=3 type=a><li>một<li>hai</ol><ul><li>ba</ul>"
        "<p style='display:none'>ẩn</p><script>1</script><b>đậm</b></body></html>"
    )
    assert [line.text for line in found] == [
        "I. Kết quả", "Diện tích 18 m³", "dòng hai", "c. một", "d. hai", "- ba", "đậm",
    ]  # fmt: skip
    assert found[0].style == "Heading 2"
    assert [line.bold for line in found][-1] is True
    assert all(line.whole for line in found)


def test_numbers_of_html_lists_stay_short_and_follow_the_items() -> None:
    huge = "9" * 5000
    found = page(
        "<ol type=A start=200000000><li>một</ol><ol type=A start=9999><li>hai<li>ba</ol>"
        f"<ol start={huge}><li>bốn<li value={huge}>năm<li value=7>sáu<div><li>bảy</div></ol>"
    )
    labels = [line.text.split()[0] for line in found]
    assert (labels[0], len(labels[1]), labels[2]) == ("200000000.", 386, "10000.")
    assert labels[3:] == ["1.", "2.", "7.", "8."]


def test_a_long_html_list_is_numbered_in_one_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    passes: list[tuple[Any, ...]] = []
    find_all = Tag.find_all

    def counted(tag: Tag, *asked: Any, **options: Any) -> Any:
        passes.append(asked)
        return find_all(tag, *asked, **options)

    monkeypatch.setattr(Tag, "find_all", counted)
    found = page(f"<ol>{'<li>mục' * 500}</ol>")
    assert [found[0].text, found[-1].text] == ["1. mục", "500. mục"]
    assert passes.count(("li",)) == 1


def test_html_tables_keep_their_grid() -> None:
    found = page(
        "<table><tr><th>TT<th>Tên<th>Số</tr><tr><td rowspan=2>1<td>a<td>5</tr><tr><td>b<td>6</tr>"
        "<tr><td colspan=2>Cộng<td>11</tr></table>"
    )
    assert [line.cells for line in found] == [
        ("TT", "Tên", "Số"), ("1", "a", "5"), ("", "b", "6"), ("Cộng", "", "11"),
    ]  # fmt: skip


def test_html_letterhead_and_layout_tables() -> None:
    left, right = "<p>UBND XÃ A</p><p>Số: 5/BC-UBND</p>", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    found = page(f"<table><tr><td><table><tr><td>{left}<td>{right}</table><p>Nội dung</p></td></tr></table>")
    assert [(line.column, line.text) for line in found] == [
        ("left", "UBND XÃ A"), ("left", "Số: 5/BC-UBND"), ("right", right), ("", "Nội dung"),
    ]  # fmt: skip


def test_html_of_word_keeps_notes_and_old_fonts() -> None:
    found = page(
        '<p>214 hội nghị<a href="#_ftn1" name="_ftnref1">[1]</a>.</p><p style="font-family:.VnTime">huyÖn lÖ thuû</p>'
        '<div id="ftn1"><p><a href="#_ftnref1">[1]</a> Cấp huyện 03.</p></div>'
    )
    assert [(line.text, line.note) for line in found] == [
        ("214 hội nghị¹.", None), ("huyện lệ thuỷ", None), ("Cấp huyện 03.", "1"),
    ]  # fmt: skip


def test_html_in_an_old_encoding(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_bytes("<html><body><p>UÛy ban nhaân daân huyeän ban haønh keá hoaïch</p></body></html>".encode("cp1252"))
    raw = read_html(path)
    assert raw.lines[0].text == "Ủy ban nhân dân huyện ban hành kế hoạch"
    assert "VNI" in raw.warnings[0]


@given(st.text(alphabet="<>/abptdrh= 1\"'&;#", max_size=200))
def test_any_markup_is_read(text: str) -> None:
    for line in page(text):
        assert "\n" not in line.text


def test_columns_made_with_tabs_or_blanks_are_divided() -> None:
    text = (
        "UBND HUYỆN A          CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
        "Số:        /BC-UBND\t\tA, ngày       tháng 3 năm 2024\nBÁO CÁO\n"
        "Đoạn     văn\n\nNơi nhận:\t\tKT. CHỦ TỊCH\n- Như trên;\n- Lưu: VT.\tPHÓ CHỦ TỊCH\n\t\tTrần Văn B\n"
    )
    assert [(line.column, line.text) for line in lines_of_text(text)] == [
        ("left", "UBND HUYỆN A"), ("left", "Số: /BC-UBND"), ("right", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ("right", "A, ngày tháng 3 năm 2024"), ("", "BÁO CÁO"), ("", "Đoạn văn"), ("", ""), ("left", "Nơi nhận:"),
        ("left", "- Như trên;"), ("left", "- Lưu: VT."), ("right", "KT. CHỦ TỊCH"), ("right", "PHÓ CHỦ TỊCH"),
        ("right", "Trần Văn B"),
    ]  # fmt: skip


def test_every_word_of_the_reports_survives_in_order(shared: Path) -> None:
    for path in sorted((shared / "reports").glob("*.txt")):
        lines = read_text(path).lines
        read = " ".join(line.text if line.cells is None else " ".join(line.cells) for line in lines)
        assert re.findall(r"\w+", read) == re.findall(r"\w+", path.read_text("utf-8")), path.name


def test_the_declaration_of_a_page_is_no_text(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text("<!DOCTYPE html><html><body><!-- ẩn --><p>Báo cáo</p></body></html>", encoding="utf-8")
    assert [line.text for line in read_html(path).lines] == ["Báo cáo"]
