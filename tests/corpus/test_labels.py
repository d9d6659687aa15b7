from __future__ import annotations

import pytest

from corpus.document import Metadata
from corpus.labels import citation_label, document_label, parse_label, roman_value, section_label


@pytest.mark.parametrize(
    ("text", "family", "label", "values"),
    [
        ("A. CÔNG TÁC", "letter", "A", (1,)),
        ("Đ. KHÁC", "letter", "Đ", (5,)),
        ("IV- NHIỆM VỤ", "roman", "IV", (4,)),
        ("2.3. Về nhiệm vụ", "number", "2.3", (2, 3)),
        ("1/ Mục tiêu", "number", "1", (1,)),
        ("1. 06 định hướng", "number", "1", (1,)),
        ("1) Mục tiêu", "enumeration", "1", (1,)),
        ("đ) Khác", "point", "đ", (5,)),
        ("Điều 12a. Tên", "article", "Điều 12a", (12,)),
        ("CHƯƠNG II", "chapter", "CHƯƠNG II", (2,)),
        ("Phần thứ hai", "part", "Phần thứ hai", (2,)),
        ("Tiểu mục 1. Tên", "subdivision", "Tiểu mục 1", (1,)),
    ],
)
def test_labels(text: str, family: str, label: str, values: tuple[int, ...]) -> None:
    found = parse_label(text)
    assert found is not None
    assert (found.family, found.text, found.values) == (family, label, values)


@pytest.mark.parametrize(
    "text", ["1.947 ha", "26 cơ sở", "437/SNV-TCCC", "V/v gia hạn", "K/T TRƯỞNG BAN", "- 100%", "12/9/2015"]
)
def test_no_labels(text: str) -> None:
    assert parse_label(text) is None


def test_roman_numbers() -> None:
    assert [roman_value(text) for text in ("I", "IV", "IX", "XIV", "XXXIX")] == [1, 4, 9, 14, 39]


def test_document_labels() -> None:
    assert document_label(Metadata(kind="Báo cáo", number="24-BC/HU")) == "Báo cáo số 24-BC/HU"
    blank = Metadata(kind="Báo cáo", number_blank=True, issuer="UBND huyện Tuy Phước", issued_on="2022-04")
    assert document_label(blank) == "Báo cáo chưa có số của UBND huyện Tuy Phước, tháng 4/2022"


@pytest.mark.parametrize(
    ("path", "label"),
    [
        (("B", "I", "2", "2.3"), "mục B.I.2.3"),
        (("Chương II", "Điều 7", "1", "a"), "điểm a khoản 1 Điều 7"),
        (("DANH MỤC", "II"), "DANH MỤC, mục II"),
        (("PHỤ LỤC I",), "PHỤ LỤC I"),
        (("II", "1", "1.2", "1.2.2"), "mục II.1.2.2"),
        ((), "phần mở đầu"),
    ],
)
def test_section_labels(path: tuple[str, ...], label: str) -> None:
    assert section_label(path) == label


def test_citation_labels() -> None:
    metadata = Metadata(kind="Báo cáo", number="24-BC/HU")
    path = ("B", "I", "2", "2.3")
    assert citation_label(metadata, path, (4, 4), paged=True) == "Báo cáo số 24-BC/HU, mục B.I.2.3, tr. 4"
    assert citation_label(metadata, path, (4, 5), paged=True) == "Báo cáo số 24-BC/HU, mục B.I.2.3, tr. 4–5"
    assert citation_label(metadata, path, (1, 1), paged=False) == "Báo cáo số 24-BC/HU, mục B.I.2.3"
