from __future__ import annotations

from pathlib import Path

from corpus.document import RawLine
from corpus.footnotes import find_markers, match_markers, note_marker
from corpus.pdf_notes import with_notes
from corpus.readers import read_document
from tests.corpus.helpers import document_of_lines


def test_units_are_no_markers() -> None:
    text = "bể 18.000 m³, rộng 5 km² và 20m²; 26 cơ sở¹⁰, xã Nậm²"
    assert find_markers(text) == [("10", text.index("¹⁰")), ("2", len(text) - 1)]
    assert find_markers("¹ chú thích") == []


def test_marker_of_a_note() -> None:
    assert note_marker("¹¹ Công ty") == ("11", 3)
    assert note_marker("Công ty¹") is None


def test_numbers_that_start_anew_on_each_page() -> None:
    markers = [("1", 10, 1), ("2", 50, 1), ("1", 200, 2)]
    assert match_markers(markers, [("1", 60, 1), ("2", 60, 1), ("1", 220, 2), ("9", 230, 2)]) == [10, 50, 200, None]


def test_note_in_the_middle_of_a_sentence_is_taken_out() -> None:
    document = document_of_lines(
        RawLine("1. Kết quả"),
        RawLine(""),
        RawLine("Đã mở 45 lớp¹. Huyện đã xây dựng được"),
        RawLine(""),
        RawLine("¹ Có 1.350 hộ tham gia,"),
        RawLine("trong đó 20 hộ nghèo."),
        RawLine(""),
        RawLine("bảy mô hình mới.", page=2),
    )
    note = document.footnotes[0]
    assert note.text == "Có 1.350 hộ tham gia, trong đó 20 hộ nghèo."
    assert note.section == ("1",)
    assert note.anchor is not None
    assert document.slice(note.anchor) == "Đã mở 45 lớp¹."
    assert "xây dựng được bảy mô hình mới." in document.text
    assert document.page_at(note.span.start) == 1


def test_note_belongs_to_the_section_of_its_marker() -> None:
    document = document_of_lines(
        RawLine("1. Trước", whole=True),
        RawLine("Hội nghị đã họp².", whole=True),
        RawLine("2. Sau", whole=True),
        RawLine("Mười cuộc.", whole=True, note="2"),
    )
    assert document.footnotes[0].section == ("1",)
    assert document.text.endswith("² Mười cuộc.")
    assert document.footnotes[0].text == "Mười cuộc."


def test_anchors_of_the_report(shared: Path) -> None:
    document = read_document(shared / "reports/bao-cao-tam-duong-2022.txt")
    assert [note.marker for note in document.footnotes] == [str(n) for n in range(1, 12)]
    for note in document.footnotes:
        assert note.anchor is not None
        marker = note.marker.translate(str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹"))
        assert marker in document.slice(note.anchor)


def test_a_small_numbered_line_at_the_foot_of_a_page_is_the_note_of_its_marker() -> None:
    lines = [
        RawLine("Tổ làm việc với ba phường¹ trong tuần.", size=14.0),
        RawLine("2. Thời gian", size=14.0),
        RawLine("1. Phường Nà Lũng, phường Bản Mòng", size=10.0),
        RawLine("và phường Thanh Lũng.", size=10.0),
        RawLine("1. Thành phần", page=2, size=14.0),
        RawLine("2. Nơi lưu", page=2, size=10.0),
    ]
    found = list(with_notes(lines))
    assert [(line.note, line.text.split()[0]) for line in found] == [
        (None, "Tổ"), (None, "2."), ("1", "Phường"), (None, "và"), (None, "1."), (None, "2."),
    ]  # fmt: skip
