"""Every number, date, document number, quotation and name stands in what is cited."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from corpus.document import Span
from corpus.readers import read_document
from index.types import DocumentRecord, Metadata
from qa.types import Citation
from qa.verification import source_of, unsupported, verify

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


AMOUNTS = (
    "Giao đất 1.947 ha ở 12 xã năm 2022, chi 18 nghìn đồng và 25 triệu đồng, năng suất 6 tấn, thu 30 tỷ đồng, "
    "dịch Covid-19."
)


@pytest.mark.parametrize(
    "sentence",
    [
        "Chi 500đ.",
        "Chi 5.000đồng.",
        "Giá 50đ/kg.",
        "Mức 50/năm.",
        "Quy mô x50 ha.",
        "Hỗ trợ 9.000.000VNĐ/hộ/năm.",
        "Có 1.947 xã.",
        "Có 2.022 hộ nghèo.",
        "Có 2.022.",
        "Có 2022 hộ.",
        "Chi 18 nghìn tỷ đồng.",
        "Chi 18 nghìn.000 đồng và 18 triệu đồng.",
        "Chi 25 triệu USD.",
        "Chi 25 triệu con.",
        "Năng suất 6 tấn/ha.",
        "Có 19 xã.",
    ],
)
def test_a_figure_with_another_unit_or_glued_to_letters_is_a_claim(sentence: str) -> None:
    assert unsupported(sentence, AMOUNTS) != []


@pytest.mark.parametrize(
    "sentence",
    ["Chi 18.000đ và 25 triệu.", "Thu 30 tỷ.", "Có 12 xã.", "Diện tích là 1947ha.", "Dịch Covid-19.", "Từ 2022."],
)
def test_a_figure_with_its_own_unit_is_supported(sentence: str) -> None:
    assert unsupported(sentence, f"{AMOUNTS} Phí 18.000 đồng.") == []


def test_a_person_s_name_is_a_run_of_words_and_a_body_s_is_not() -> None:
    source = "Đồng chí Nguyễn Văn Bình, bà Lê Thị An; Tam Đường, Huyện ủy"
    assert unsupported("Theo đó, ông Nguyễn Văn An ký.", source) == ["tên nguyen van an"]
    assert unsupported("Theo đó, Bà Lê Thị An ký.", source) == []
    assert unsupported("Theo Huyện ủy Tam Đường thì tốt.", source) == []
    assert unsupported("Theo Huyện Đường Tam thì tốt.", "Tam Đường, huyện") == []


def test_label_and_header_do_not_vouch_for_the_content() -> None:
    metadata = Metadata(number="24-BC/HU", signer="Nguyễn Văn An", issued_on="2022-04-15", recipients=("Như Điều 7",))
    record = DocumentRecord("d", ("d.txt",), metadata, 1, "txt")
    cited = Citation(1, record, ("A",), Span(4, 0, 5), (4, 4), "Báo cáo, mục 9, tr. 4", "", chunk="c")
    told = source_of(cited, "Có nhiều sản phẩm.")
    for sentence in ("Có 4 sản phẩm.", "Có 9 xã.", "Ngày 15/4/2022.", "Do ông Nguyễn Văn An ký.", "Theo Điều 7."):
        assert unsupported(sentence, told) != []
    assert unsupported("Báo cáo số 24-BC/HU nêu nhiều sản phẩm.", told) == []
    header = source_of(replace(cited, section=(), chunk=""), "")
    assert unsupported("Do ông Nguyễn Văn An ký ngày 15/4/2022.", header) == []


def test_the_name_of_the_cited_document_may_stand_in_front() -> None:
    record = DocumentRecord("d", ("d.txt",), Metadata(kind="Báo cáo", issuer="Sở A", issued_on="2022-04"), 1, "txt")
    cited = Citation(1, record, ("A",), Span(1, 0, 5), (1, 1), "nhãn", "Có 12 xã.", chunk="c")
    sources = {1: source_of(cited, "Có 12 xã.")}
    text = "Báo cáo của Sở A, tháng 4/2022: Có 12 xã. [1]"
    assert verify(text, [cited], sources).text == text
    assert verify("Có 12 xã từ tháng 4/2022. [1]", [cited], sources).text == ""


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
