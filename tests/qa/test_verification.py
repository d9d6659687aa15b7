"""Every number, date, document number, quotation and name stands in what is cited."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.document import Span
from corpus.readers import read_document
from index.types import DocumentRecord, Metadata
from qa.types import Citation
from qa.verification import unsupported, verify

SOURCE = (
    "Cuối năm, vườn chè của huyện rộng 1.947 ha và cho 10.200 tấn búp; có 07 sản phẩm OCOP, tức 8,5% cả tỉnh. "
    "Việc này làm theo Công văn số 830-CV/TU, ngày 21/3/2022 của Tỉnh ủy bàn về “phát triển khoa học”."
)


@pytest.mark.parametrize(
    "sentence",
    [
        "Diện tích chè là 1947 ha.",
        "Có 7 sản phẩm OCOP.",
        "Chiếm 8,5 %.",
        "Công văn 830-CV/TU ngày 21 tháng 3 năm 2022.",
        "Công văn số 830 - CV/TU của Tỉnh ủy.",
        "Văn bản nói về “phát triển khoa học”.",
        "Có nhiều sản phẩm.",
    ],
)
def test_what_the_source_says_in_another_spelling_is_supported(sentence: str) -> None:
    assert unsupported(sentence, SOURCE) == []


@pytest.mark.parametrize(
    ("sentence", "wrong"),
    [
        ("Diện tích chè là 1.974 ha.", ["số 1974 ha"]),
        ("Diện tích chè là 1.947 tấn.", ["số 1947 tan"]),
        ("Chiếm 7%.", ["số 7 %"]),
        ("Công văn 831-CV/TU.", ["số văn bản 831-cv-tu"]),
        ("Ban hành ngày 22/3/2022.", ["ngày 2022-03-22"]),
        ("Năm 2019 đạt kết quả tốt.", ["năm 2019"]),
        ("Văn bản nói về “phát triển du lịch”.", ["trích dẫn “phát triển du lịch”"]),
        ("Theo huyện Phong Thổ thì tốt.", ["tên phong tho"]),
    ],
)
def test_what_the_source_does_not_say_is_named(sentence: str, wrong: list[str]) -> None:
    assert unsupported(sentence, SOURCE) == wrong


def _citation(marker: int) -> Citation:
    record = DocumentRecord("d", ("d.txt",), Metadata(), 1, "txt")
    return Citation(marker, record, ("A",), Span(1, 0, 5), (1, 1), "nhãn", "quote")


def test_a_failing_sentence_is_dropped_and_markers_are_counted_anew() -> None:
    text = "Huyện có 9.999 ha chè [1]. Sản lượng là 10.200 tấn [2]. Ngoài ra có 05 xã [7]."
    verified = verify(text, [_citation(1), _citation(2)], {1: SOURCE, 2: SOURCE})
    assert verified.text == "Sản lượng là 10.200 tấn [1]."
    assert [citation.marker for citation in verified.citations] == [1]
    assert len(verified.dropped) == 2
    assert "số 9999 ha" in verified.reasons


def test_invented_markers_are_removed() -> None:
    verified = verify("Diện tích chè là 1.947 ha [1][9].", [_citation(1)], {1: SOURCE})
    assert verified.text == "Diện tích chè là 1.947 ha [1]."


def test_a_figure_of_another_passage_does_not_count() -> None:
    verified = verify("Diện tích chè là 1.947 ha [2].", [_citation(1), _citation(2)], {1: SOURCE, 2: "Không có số."})
    assert verified.text == ""
    assert verified.citations == ()


def test_a_marker_covers_the_sentences_before_it() -> None:
    text = "Diện tích chè là 1.947 ha. Sản lượng là 10.200 tấn. [1]"
    assert verify(text, [_citation(1)], {1: SOURCE}).dropped == ()


def test_every_sentence_of_a_document_is_supported_by_itself(samples: Path) -> None:
    from corpus.sentences import split_sentences

    document = read_document(samples / "bao-cao-512-ubnd-2021.txt")
    wrong = [
        document.text[start:end]
        for start, end in split_sentences(document.text)
        if unsupported(document.text[start:end], document.text[start:end])
    ]
    assert wrong == []
