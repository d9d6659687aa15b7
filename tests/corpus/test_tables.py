from __future__ import annotations

from pathlib import Path

from corpus.document import RawLine
from corpus.readers import read_document
from corpus.tables import fill_merged, find_header, section_row
from tests.corpus.helpers import document_of_lines, paths


def test_header_is_found_where_there_is_one() -> None:
    assert find_header([("TT", "Tên"), ("1", "A")]) == ("TT", "Tên")
    assert find_header([("1", "A"), ("2", "B")]) == ()
    assert find_header([("Xã", "Diện tích"), ("Bản Bo", "20")]) == ("Xã", "Diện tích")


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
    for table in document.tables:
        for row, span in zip(table.rows, table.row_spans, strict=True):
            assert document.slice(span).endswith(row[-1])
