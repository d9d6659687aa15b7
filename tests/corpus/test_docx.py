"""Word files: what a person sees in Word stands in the lines."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.document import CorpusError, RawLine
from corpus.docx import read_docx
from corpus.docx_numbering import format_number
from corpus.readers import read_raw
from tests.conftest import need
from tests.corpus.wordfile import field, item, p, r, table, write

LISTS = """
<w:abstractNum w:abstractNumId="0">
 <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/></w:lvl>
 <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%2."/></w:lvl>
 <w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%2.%3."/></w:lvl>
 <w:lvl w:ilvl="3"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%4)"/></w:lvl>
 <w:lvl w:ilvl="4"><w:numFmt w:val="bullet"/><w:lvlText w:val="-"/></w:lvl>
 <w:lvl w:ilvl="5"><w:numFmt w:val="bullet"/><w:lvlText w:val="&#xF0B7;"/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="1">
 <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="Điều %1."/></w:lvl>
</w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="1"/>
 <w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride></w:num>
"""


def lines(path: Path) -> tuple[RawLine, ...]:
    return read_docx(path).lines


def texts(path: Path) -> list[str]:
    return [line.text for line in lines(path)]


def test_list_numbers_stand_in_the_text_as_word_shows_them(tmp_path: Path) -> None:
    body = "".join((
        item("Kết quả", 1), item("Nông nghiệp", 1, 1), item("Trồng trọt", 1, 2), item("Chăn nuôi", 1, 2),
        item("lợn", 1, 3), item("gà", 1, 3), item("Y tế", 1, 1), item("Tuyến xã", 1, 2), item("Hạn chế", 1),
        item("Vốn", 1, 1), item("gạch", 1, 4), item("chấm", 1, 5), item("Phạm vi", 2), item("Đối tượng", 2),
        item("Hiệu lực", 3), item("Thi hành", 3),
    ))  # fmt: skip
    assert texts(write(tmp_path / "a.docx", body, numbering=LISTS)) == [
        "I. Kết quả", "1. Nông nghiệp", "1.1. Trồng trọt", "1.2. Chăn nuôi", "a) lợn", "b) gà", "2. Y tế",
        "2.1. Tuyến xã", "II. Hạn chế", "1. Vốn", "- gạch", "• chấm", "Điều 1. Phạm vi",
        "Điều 2. Đối tượng", "Điều 7. Hiệu lực", "Điều 8. Thi hành",
    ]  # fmt: skip


def test_a_list_may_come_from_the_style(tmp_path: Path) -> None:
    styles = """<w:style w:type="paragraph" w:styleId="Muc"><w:name w:val="heading 1"/>
      <w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr><w:rPr><w:b/></w:rPr></w:style>
      <w:style w:type="paragraph" w:styleId="Con"><w:basedOn w:val="Muc"/><w:name w:val="con"/></w:style>"""
    off = '<w:pStyle w:val="Con"/><w:numPr><w:numId w:val="0"/></w:numPr>'
    body = (
        p("Phạm vi", properties='<w:pStyle w:val="Muc"/>')
        + p("Đối tượng", properties='<w:pStyle w:val="Con"/>')
        + p("Không số", properties=off)
    )
    found = lines(write(tmp_path / "a.docx", body, numbering=LISTS, styles=styles))
    assert [line.text for line in found] == ["Điều 1. Phạm vi", "Điều 2. Đối tượng", "Không số"]
    assert found[0].style == "heading 1"
    assert found[0].bold


@pytest.mark.parametrize(
    ("number", "kind", "shown"),
    [(4, "upperRoman", "IV"), (29, "lowerRoman", "xxix"), (27, "lowerLetter", "aa"), (3, "decimalZero", "03"),
     (5, "none", ""), (5, "chicago", "5"), (200_000_000, "upperLetter", "200000000")],
)  # fmt: skip
def test_number_formats(number: int, kind: str, shown: str) -> None:
    assert format_number(number, kind) == shown


def test_footnotes_are_marked_and_follow_their_paragraph(tmp_path: Path) -> None:
    mark = '<w:r><w:footnoteReference w:id="{}"/></w:r>'
    notes = "".join(
        f'<w:footnote w:id="{n}"><w:p><w:r><w:footnoteRef/></w:r>{r(text)}</w:p></w:footnote>'
        for n, text in ((2, " Cấp huyện 03 hội nghị."), (5, " Gồm 12 xã."))
    )
    body = f"<w:p>{r('Đã mở 214 hội nghị')}{mark.format(5)}{r(' trong năm')}{mark.format(2)}{r('.')}</w:p>" + p(
        "Sau đó"
    )
    found = lines(write(tmp_path / "a.docx", body, footnotes=notes))
    assert [(line.text, line.note) for line in found] == [
        ("Đã mở 214 hội nghị¹ trong năm².", None),
        ("Gồm 12 xã.", "1"),
        ("Cấp huyện 03 hội nghị.", "2"),
        ("Sau đó", None),
    ]


def test_tracked_changes_are_read_as_accepted(tmp_path: Path) -> None:
    body = (
        f"<w:p>{r('Chỉ tiêu ')}<w:del><w:r><w:delText>50</w:delText></w:r></w:del>"
        f"<w:ins>{r('60')}</w:ins>{r(' hộ')}</w:p>"
        f"<w:p><w:moveFrom>{r('câu đã chuyển')}</w:moveFrom></w:p><w:p><w:moveTo>{r('câu đã chuyển')}</w:moveTo></w:p>"
        f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{r('nửa đầu ')}</w:p><w:p>{r('nửa sau')}</w:p>"
    )
    assert texts(write(tmp_path / "a.docx", body)) == ["Chỉ tiêu 60 hộ", "câu đã chuyển", "nửa đầu nửa sau"]


def test_merged_cells_are_blank_and_nested_tables_follow(tmp_path: Path) -> None:
    def cell(text: str, properties: str) -> str:
        return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(text)}</w:tc>"

    inner = f"<w:tc>{p('ngoài')}{table(('x', 'y'), ('z', 't'))}</w:tc>"
    body = table(
        ("TT", "Tên", "Số"),
        (cell("I. Huyện", '<w:gridSpan w:val="3"/>'),),
        (cell("1", '<w:vMerge w:val="restart"/>'), "a", "5"),
        (cell("", "<w:vMerge/>"), "b", "6"),
        (inner, "c", "7"),
    )
    found = lines(write(tmp_path / "a.docx", body))
    assert [line.cells for line in found] == [
        ("TT", "Tên", "Số"), ("I. Huyện", "", ""), ("1", "a", "5"), ("", "b", "6"), ("ngoài", "c", "7"), ("x", "y"),
        ("z", "t"),
    ]  # fmt: skip
    assert len({line.table for line in found[:5]}) == 1
    assert found[5].table == found[6].table != found[0].table


def test_header_and_signature_tables_become_columns(tmp_path: Path) -> None:
    left = f"<w:tc>{p('UBND HUYỆN A')}{p('Số: 12/BC-UBND')}</w:tc>"
    right = f"<w:tc>{p('CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM')}{p('A, ngày 02 tháng 3 năm 2024')}</w:tc>"
    recipients = f"<w:tc>{p('Nơi nhận:')}{p('- Như trên;')}</w:tc>"
    signer = f"<w:tc>{p('KT. CHỦ TỊCH')}{p('Nguyễn Văn B')}</w:tc>"
    body = table((left, right)) + p("BÁO CÁO") + table((recipients, signer))
    found = lines(write(tmp_path / "a.docx", body))
    assert [(line.column, line.text) for line in found] == [
        ("left", "UBND HUYỆN A"), ("left", "Số: 12/BC-UBND"), ("right", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ("right", "A, ngày 02 tháng 3 năm 2024"), ("", "BÁO CÁO"), ("left", "Nơi nhận:"), ("left", "- Như trên;"),
        ("right", "KT. CHỦ TỊCH"), ("right", "Nguyễn Văn B"),
    ]  # fmt: skip


def test_a_list_of_people_is_a_table_not_a_signature(tmp_path: Path) -> None:
    found = lines(write(tmp_path / "a.docx", table(("Chủ tịch", "Trần A"), ("Phó Chủ tịch", "Lê B"))))
    assert [line.cells for line in found] == [("Chủ tịch", "Trần A"), ("Phó Chủ tịch", "Lê B")]


def test_what_is_not_shown_is_not_read(tmp_path: Path) -> None:
    body = (
        field("TOC \\o", "I. Kết quả 3")
        + field("DATE", "05/3/2024")
        + p("ẩn", run="<w:vanish/>")
        + p("hoa", run="<w:caps/>")
    )
    assert texts(write(tmp_path / "a.docx", body)) == ["05/3/2024", "HOA"]


def test_superscript_digits_symbols_breaks_and_text_boxes(tmp_path: Path) -> None:
    raised = '<w:vertAlign w:val="superscript"/>'
    box = (
        '<w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f"<mc:Choice><w:txbxContent>{p('trong khung')}</w:txbxContent></mc:Choice>"
        f"<mc:Fallback><w:txbxContent>{p('trong khung')}</w:txbxContent></mc:Fallback></mc:AlternateContent></w:r>"
    )
    body = (
        f"<w:p>{r('18.000 m')}{r('3', raised)}{box}</w:p>"
        f"<w:p>{r('V/v báo cáo')}<w:r><w:br/></w:r>{r('kết quả')}<w:r><w:br/></w:r>{r('Kính gửi: A')}</w:p>"
        f'<w:p>{r("Có ")}<w:r><w:sym w:font="Wingdings" w:char="F0A8"/></w:r>{r(" 15")}'
        f"<w:r><w:noBreakHyphen/></w:r>{r('20')}</w:p>"
    )
    assert texts(write(tmp_path / "a.docx", body)) == [
        "18.000 m³", "trong khung", "V/v báo cáo kết quả", "Kính gửi: A", "Có □ 15-20",
    ]  # fmt: skip


def test_fonts_from_before_unicode_are_converted_run_by_run(tmp_path: Path) -> None:
    def font(name: str) -> str:
        return f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}"/>'

    old = font(".VnTime")
    raised = '<w:vertAlign w:val="superscript"/>'
    title = p("ñy ban nh©n d©n", run=font(".VnTimeH"))
    mixed = r("huyÖn LÖ Thuû, sè ", old) + r("5", old + raised) + r(" năm", font("Times New Roman"))
    hyphen = f"<w:r><w:rPr>{old}</w:rPr><w:softHyphen/></w:r>"
    body = f"{title}<w:p>{mixed}</w:p><w:p>{r('h', old)}{hyphen}{r('íng dÉn', old)}</w:p>"
    assert texts(write(tmp_path / "a.docx", body)) == ["ỦY BAN NHÂN DÂN", "huyện Lệ Thuỷ, số ⁵ năm", "hướng dẫn"]


def test_a_letterhead_in_the_page_header_is_read_and_a_running_head_is_not(tmp_path: Path) -> None:
    running = write(tmp_path / "a.docx", p("Nội dung"), header=p("CÔNG BÁO/Số 123 + 124/Ngày 30-4-2022"))
    assert texts(running) == ["Nội dung"]
    head = write(tmp_path / "b.docx", p("Nội dung"), header=p("ĐẢNG CỘNG SẢN VIỆT NAM") + p("Số 15-BC/HU"))
    assert texts(head) == ["ĐẢNG CỘNG SẢN VIỆT NAM", "Số 15-BC/HU", "Nội dung"]


def test_content_controls_and_links_are_read(tmp_path: Path) -> None:
    body = (
        f"<w:sdt><w:sdtContent>{p('trong ô')}</w:sdtContent></w:sdt>"
        f"<w:p><w:sdt><w:sdtContent>{r('một ')}</w:sdtContent></w:sdt><w:hyperlink>{r('liên kết')}</w:hyperlink></w:p>"
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
        f"<w:sdtContent>{p('Mục lục 1')}</w:sdtContent></w:sdt>"
    )
    assert texts(write(tmp_path / "a.docx", body)) == ["trong ô", "một liên kết"]


def test_an_entity_of_the_file_system_is_not_resolved(tmp_path: Path) -> None:
    import zipfile

    path = write(tmp_path / "a.docx", p("x"))
    evil = '<!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/hostname">]>' + (
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>a&e;b</w:t>'
        "</w:r></w:p></w:body></w:document>"
    )
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("[Content_Types].xml", "<Types/>")
        file.writestr("word/document.xml", evil)
    assert texts(path) == ["ab"] or texts(path) == ["a"]


def test_errors_name_the_remedy(tmp_path: Path) -> None:
    empty = write(tmp_path / "rong.docx", "<w:p/>")
    with pytest.raises(CorpusError, match=r"rong\.docx: tệp không có chữ"):
        read_docx(empty)
    broken = tmp_path / "hong.docx"
    broken.write_bytes(b"PK\x03\x04 rac")
    with pytest.raises(CorpusError, match=r"hong\.docx: tệp Office hỏng"):
        read_docx(broken)


def test_every_word_file_of_the_collection_has_its_letterhead_or_title(shared: Path) -> None:
    for path in sorted((shared / "documents/docx").glob("*UBND*.docx")) + sorted(
        (shared / "documents/docx").glob("*CV_*.docx")
    ):
        found = lines(path)
        assert any(line.column == "right" and line.text.startswith("CỘNG H") for line in found[:12]), path.name
        assert any(line.column == "left" and line.text.startswith("Nơi nhận") for line in found[-40:]), path.name


def test_an_old_law_with_tabs_has_its_letterhead_in_columns(shared: Path) -> None:
    need("soffice")
    found = read_raw(shared / "documents/doc/hpbaotho__CT9UB.DOC").lines
    assert ("left", "Số: 09/2009/CT-UBND") in [(line.column, line.text) for line in found]
    assert ("right", "Thủ Dầu Một, ngày 15 tháng 4 năm 2009") in [(line.column, line.text) for line in found]
    assert ("left", "- UBND các huyện, thị xã;") in [(line.column, line.text) for line in found]
    assert ("right", "Nguyễn Văn Hiệp") in [(line.column, line.text) for line in found]


@pytest.mark.parametrize("number", ["-1", "", "²", "99999999999", "x"])
def test_numbers_that_are_none_do_not_stop_the_reader(tmp_path: Path, number: str) -> None:
    listed = f'<w:numPr><w:ilvl w:val="{number}"/><w:numId w:val="{number}"/></w:numPr>'
    cell = f'<w:tc><w:tcPr><w:gridSpan w:val="{number}"/></w:tcPr>{p("ô")}</w:tc>'
    body = p("chữ", properties=listed, run=f'<w:sz w:val="{number}"/>') + table((cell, "hai"))
    assert texts(write(tmp_path / "a.docx", body, numbering=LISTS)) == ["chữ", "ô | hai"]


def test_tables_that_only_set_text_are_no_tables(tmp_path: Path) -> None:
    signed = table(("ĐẠI DIỆN BÊN GIAO (Ký và ghi rõ họ tên)", "ĐẠI DIỆN BÊN NHẬN (Ký và ghi rõ họ tên)"))
    left, right = (f"<w:tc>{p(a)}{p(b)}{p(c)}</w:tc>" for a, b, c in ("ABC", "XYZ"))
    path = write(tmp_path / "a.docx", signed + table((left, right)) + table(("229", "Dịch vụ lưu trữ")))
    lines = read_docx(path).lines
    assert [line.cells for line in lines if line.cells] == [("229", "Dịch vụ lưu trữ")]
    assert [line.column for line in lines[:2]] == ["left", "right"]
    assert [line.text for line in lines[2:-1]] == list("ABCXYZ")
