from __future__ import annotations

from pathlib import Path

from corpus.chunking import chunk_document
from corpus.document import Document, RawLine
from corpus.pdf_rows import with_whole_rows
from corpus.readers import read_document
from corpus.tables import Merged, fill_merged, find_header, section_row
from tests.corpus.helpers import document_of_lines, paths
from tests.corpus.pdfs import Item, make_pdf
from tests.corpus.wordfile import p, table, write


def test_header_is_found_where_there_is_one() -> None:
    assert find_header([("TT", "Tên"), ("1", "A")]) == (("TT", "Tên"), 1)
    assert find_header([("1", "A"), ("2", "B")]) == ((), 0)
    assert find_header([("Xã", "Diện tích"), ("Bản Bo", "20")]) == (("Xã", "Diện tích"), 1)
    assert find_header([("Chỉ tiêu", "2021", "2022"), ("Chè (ha)", "20", "30")])[1] == 1
    assert find_header([("Chỉ tiêu", "20", "30"), ("Chè (ha)", "20", "30")])[1] == 0


def test_header_of_several_rows_is_joined() -> None:
    rows = [
        ("TT", "Xã", "Năm 2022", "", "", "Ghi chú"),
        ("", "", "Kế hoạch", "Thực hiện", "", ""),
        ("", "", "", "Số lượng", "%", ""),
        ("1", "2", "3", "4", "5=4:3", "6"),
        ("1", "Bản Bo", "20", "15", "75", ""),
    ]
    merged: list[Merged] = [
        ("", "", "", "left", "left", ""),
        ("up", "up", "", "", "left", "up"),
        ("up", "up", "up", "", "", "up"),
        ("",) * 6,
        ("",) * 6,
    ]
    names = (
        "TT",
        "Xã",
        "Năm 2022 – Kế hoạch",
        "Năm 2022 – Thực hiện – Số lượng",
        "Năm 2022 – Thực hiện – %",
        "Ghi chú",
    )
    assert find_header(rows, merged) == (names, 4)


def test_header_of_several_rows_is_told_by_its_blanks_where_merges_are_unknown() -> None:
    rows = [("TT", "Xã", "2021", "", "2022", ""), ("", "", "KH", "TH", "KH", "TH"), ("1", "Bản Bo", "5", "", "7", "8")]
    assert find_header(rows) == (("TT", "Xã", "2021 – KH", "2021 – TH", "2022 – KH", "2022 – TH"), 2)
    assert find_header([("TT", "Việc", "Ghi chú"), ("", "Làm đường", ""), ("1", "Bản Bo", "")])[1] == 1


def test_rows_below_a_merged_name_are_no_header() -> None:
    rows = [("Lĩnh vực", "Cơ quan", "Việc"), ("Đất đai", "Phòng A", "Đo"), ("", "Phòng B", "Cấp giấy")]
    merged: list[Merged] = [("", "", ""), ("", "", ""), ("up", "", "")]
    assert find_header(rows, merged) == (rows[0], 1)
    assert fill_merged(rows, merged)[2] == ("Đất đai", "Phòng B", "Cấp giấy")


def test_only_merged_cells_are_filled_where_the_reader_knows_them() -> None:
    rows = [("1", "Chè", "20"), ("", "", ""), ("", "Ngô", "")]
    assert fill_merged(rows, [("", "", ""), ("up", "", "up"), ("", "", "up")]) == (
        ("1", "Chè", "20"),
        ("1", "", "20"),
        ("", "Ngô", "20"),
    )


def _shown(document: Document) -> list[tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]]:
    return [(table.header, table.rows) for table in document.tables]


_HEADER = ("TT", "Xã", "Năm 2022 – KH", "Năm 2022 – TH")
_ROWS = (("1", "Bản Bo", "20", "15"), ("1", "Tả Lèng", "20", ""))


def test_merged_cells_of_a_page(tmp_path: Path) -> None:
    page = tmp_path / "bang.html"
    page.write_text(
        """<p>BIỂU SỐ LIỆU</p><table>
        <tr><th rowspan=2>TT<th rowspan=2>Xã<th colspan=2>Năm 2022</tr><tr><th>KH<th>TH</tr>
        <tr><td rowspan=2>1<td>Bản Bo<td rowspan=2>20<td>15</tr><tr><td>Tả Lèng<td></tr></table>""",
        encoding="utf-8",
    )
    assert _shown(read_document(page)) == [(_HEADER, _ROWS)]


def test_merged_cells_of_a_word_file(tmp_path: Path) -> None:
    def cell(text: str, *properties: str) -> str:
        return f"<w:tc><w:tcPr>{''.join(properties)}</w:tcPr>{p(text)}</w:tc>"

    first, on, wide = '<w:vMerge w:val="restart"/>', "<w:vMerge/>", '<w:gridSpan w:val="2"/>'
    body = table(
        (cell("TT", first), cell("Xã", first), cell("Năm 2022", wide)),
        (cell("", on), cell("", on), "KH", "TH"),
        (cell("1", first), "Bản Bo", cell("20", first), "15"),
        (cell("", on), "Tả Lèng", cell("", on), ""),
    )
    assert _shown(read_document(write(tmp_path / "bang.docx", p("BIỂU SỐ LIỆU") + body))) == [(_HEADER, _ROWS)]


def test_merged_cells_of_a_sheet(tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    rows = [("TT", "Xã", "Năm 2022"), (None, None, "KH", "TH"), (1, "Bản Bo", 20, 15), (None, "Tả Lèng")]
    for row in rows:
        sheet.append(row)
    for area in ("A1:A2", "B1:B2", "C1:D1", "A3:A4", "C3:C4"):
        sheet.merge_cells(area)
    book.save(tmp_path / "bang.xlsx")
    assert _shown(read_document(tmp_path / "bang.xlsx")) == [(_HEADER, _ROWS)]


def test_a_header_repeated_on_the_next_page_is_no_row() -> None:
    rows = [("TT", "Xã", "Số hộ"), ("1", "Bản Bo", "20"), ("TT", "Xã", "Số hộ"), ("2", "Tả Lèng", "30")]
    lines = [RawLine(" | ".join(cells), page=1 + at // 2, cells=cells, table=1) for at, cells in enumerate(rows)]
    assert _shown(document_of_lines(*lines)) == [(rows[0], (rows[1], rows[3]))]


def test_a_table_below_the_letterhead_is_no_header() -> None:
    rows = [("TT", "ĐƠN VỊ", "SỐ LƯỢNG"), ("1", "Văn phòng", "12"), ("I", "Sự nghiệp", ""), ("1", "Trung tâm", "7")]
    document = document_of_lines(
        RawLine("UBND TỈNH A", column="left"),
        RawLine("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", column="right"),
        RawLine("BẢNG TỔNG HỢP", whole=True),
        RawLine("Phân loại cán bộ năm 2011", whole=True),
        *(RawLine(" | ".join(cells), cells=cells, table=1) for cells in rows),
    )
    assert [(found.caption, found.header, found.rows) for found in document.tables] == [
        ("Phân loại cán bộ năm 2011", rows[0], (rows[1],)),
        ("Phân loại cán bộ năm 2011 – I Sự nghiệp", rows[0], (rows[3],)),
    ]


def test_a_question_on_a_row_finds_its_header() -> None:
    rows = [("TT", "Xã", "Năm 2022", ""), ("", "", "KH", "TH"), *((str(n), f"Xã {n}", "9", "8") for n in range(90))]
    document = document_of_lines(*(RawLine(" | ".join(cells), cells=cells, table=1) for cells in rows))
    chunks = chunk_document(document)
    assert len(chunks) > 1
    assert all("Năm 2022 – KH | Năm 2022 – TH" in chunk.prefix for chunk in chunks)


def test_blank_merged_cells_continue_the_one_above() -> None:
    rows = [("1", "Kế hoạch", "37-KH/HU"), ("", "", "185-KH/HU"), ("2", "", "441/KH-UBND"), ("3", "Báo cáo", "")]
    assert fill_merged(rows) == (
        ("1", "Kế hoạch", "37-KH/HU"),
        ("1", "Kế hoạch", "185-KH/HU"),
        ("2", "Kế hoạch", "441/KH-UBND"),
        ("3", "Báo cáo", ""),
    )


def test_section_rows() -> None:
    label = section_row(("II. UBND HUYỆN", "", ""))
    assert label is not None
    assert label.text == "II"
    assert section_row(("1", "Kế hoạch", "")) is None
    assert section_row(("Tổng", "", "")) is None


def test_rows_of_a_section_row_become_a_table_of_their_own() -> None:
    document = document_of_lines(
        RawLine("DANH MỤC", whole=True),
        RawLine("Các văn bản đã ban hành", whole=True),
        RawLine("(Kèm theo Báo cáo số 5-BC/HU)", whole=True),
        *(
            RawLine(" | ".join(cells), cells=cells, table=1)
            for cells in [("TT", "Số"), ("I. HUYỆN ỦY", ""), ("1", "7-KH/HU"), ("II. XÃ", ""), ("1", "8-KH/ĐU")]
        ),
    )
    assert paths(document) == ["DANH MỤC", "DANH MỤC/I", "DANH MỤC/II"]
    assert [(t.section, t.header, t.rows) for t in document.tables] == [
        (("DANH MỤC", "I"), ("TT", "Số"), (("1", "7-KH/HU"),)),
        (("DANH MỤC", "II"), ("TT", "Số"), (("1", "8-KH/ĐU"),)),
    ]
    assert {table.caption for table in document.tables} == {"Các văn bản đã ban hành"}


def test_annex_of_the_report(shared: Path) -> None:
    document = read_document(shared / "reports/bao-cao-tam-duong-2022.txt")
    first, second = document.tables
    assert first.rows[1][:3] == ("1", "Kế hoạch", "185-KH/HU")
    assert second.rows[1][:3] == ("2", "Kế hoạch", "441/KH-UBND")
    for found in document.tables:
        for row, span in zip(found.rows, found.row_spans, strict=True):
            assert document.slice(span).endswith(row[-1])


_ALIGNED: tuple[Item, ...] = tuple(
    (x, 100 + 18 * row, text, 11)
    for row, cells in enumerate(
        ("TT|Xã|Diện tích (ha)|Ghi chú", "1|Bản Mòng|1.247|vượt kế hoạch", "2|Nà Lũng|79|", "|Tổng số|1.326|")
    )
    for x, text in zip((70, 120, 280, 400), cells.split("|"), strict=True)
    if text
)


def _of_page(tmp_path: Path, *items: Item) -> list[tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]]:
    words = (70.0, 60.0, "Ủy ban nhân dân huyện báo cáo diện tích chè của các xã như sau:", 11.0)
    path = tmp_path / "bang.pdf"
    path.write_bytes(make_pdf([[words, *items]]))
    return _shown(read_document(path, ocr=False))


def test_a_table_without_rules_is_told_by_its_order_column(tmp_path: Path) -> None:
    assert _of_page(tmp_path, *_ALIGNED, (70, 190, "Trên đây là diện tích chè của hai xã trong huyện.", 11)) == [
        (
            ("TT", "Xã", "Diện tích (ha)", "Ghi chú"),
            (("1", "Bản Mòng", "1.247", "vượt kế hoạch"), ("2", "Nà Lũng", "79", ""), ("", "Tổng số", "1.326", "")),
        )
    ]


def test_a_line_that_may_belong_to_the_row_above_or_below_leaves_no_table(tmp_path: Path) -> None:
    assert _of_page(tmp_path, *_ALIGNED, (120, 127, "Xã", 11)) == []


def test_a_cell_of_two_lines_is_whole(tmp_path: Path) -> None:
    ((_, rows),) = _of_page(tmp_path, *_ALIGNED, (400, 126.5, "của huyện", 9))
    assert rows[0] == ("1", "Bản Mòng", "1.247", "vượt kế hoạch của huyện")


def test_a_row_that_a_page_cut_in_two_is_whole() -> None:
    first = [("TT", "Việc", "Đầu mối"), ("1", "Cấp giấy cho hộ", "Phòng Nội vụ huyện")]
    second = [("TT", "Việc", "Đầu mối"), ("", "nghèo vùng cao.", "và các xã"), ("2", "Thu phí", "Xã")]
    lines = [
        RawLine(" | ".join(cells), page=page, cells=cells, table=1)
        for page, rows in enumerate((first, second), start=1)
        for cells in rows
    ]
    assert [line.cells for line in with_whole_rows(lines)] == [
        first[0], ("1", "Cấp giấy cho hộ nghèo vùng cao.", "Phòng Nội vụ huyện và các xã"), first[0], second[2],
    ]  # fmt: skip
    lines[3] = RawLine("", page=2, cells=("", "Thu lệ phí", "và các xã"), table=1)
    assert len(list(with_whole_rows(lines))) == 5
