from __future__ import annotations

from pathlib import Path

import pytest

from corpus.document import Document
from corpus.parts import PARTS, heading_parts, parts_at, recipients_span
from corpus.readers import read_document


@pytest.fixture(scope="module")
def report(samples: Path) -> Document:
    return read_document(samples / "bao-cao-512-ubnd-2021.txt")


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Tồn tại, hạn chế và nguyên nhân", {"hạn chế", "nguyên nhân"}),
        ("KẾT QUẢ THỰC HIỆN NHIỆM VỤ NĂM 2023", {"kết quả"}),
        ("Một số bài học kinh nghiệm", {"bài học kinh nghiệm"}),
        ("PHƯƠNG HƯỚNG, NHIỆM VỤ NĂM 2024", {"nhiệm vụ, giải pháp"}),
        ("Mục đích, yêu cầu", {"mục đích, yêu cầu"}),
        ("ĐỀ XUẤT, KIẾN NGHỊ", {"kiến nghị"}),
        ("TO CHUC THUC HIEN", {"tổ chức thực hiện"}),
        ("Trồng trọt", set()),
    ],
)
def test_headings_name_their_parts(title: str, expected: set[str]) -> None:
    assert heading_parts(title) == expected


def test_the_basis_stands_before_the_first_heading(samples: Path) -> None:
    document = read_document(samples / "quyet-dinh-640-quy-che-van-ban-2019.txt")
    start = document.text.index("Căn cứ Luật Tổ chức")
    assert parts_at(document, start, start + 60) == {"căn cứ"}
    motto = document.text.index("Độc lập")
    assert parts_at(document, motto, motto + 30) == frozenset()


def test_an_inner_heading_rules_over_an_outer_one(report: Document) -> None:
    named = [section for section in report.walk() if heading_parts(section.title)]
    assert named
    for section in named:
        middle = section.body.start
        if middle < section.body.end:
            assert parts_at(report, middle, section.body.end) == heading_parts(section.title)


def test_recipients_end_before_the_signature(report: Document) -> None:
    span = recipients_span(report)
    assert span is not None
    words = report.slice(span)
    assert words.startswith("Nơi nhận:")
    assert "- Lưu" in words
    assert "TM. ỦY BAN" not in words
    assert parts_at(report, span.start, span.end) == {"nơi nhận"}


def test_nearly_every_part_stands_in_some_sample(samples: Path) -> None:
    found: set[str] = set()
    for path in samples.iterdir():
        if path.suffix in {".txt", ".docx", ".html", ".md"}:
            document = read_document(path)
            for block in document.blocks:
                found |= parts_at(document, block.span.start, block.span.end)
    assert found >= set(PARTS) - {"mục đích, yêu cầu", "bài học kinh nghiệm"}
