"""A sentence of a model stands on an excerpt that bears it out, or it is left out."""

from __future__ import annotations

import pytest

from index.types import DocumentRecord
from qa.assistant import Assistant
from qa.wording.attribution import as_spelled, attribute, compares_rightly, misplaces, mixes, twists
from qa.wording.excerpts import Source

SOURCE = "Huyện trồng mới 280 ha chè. Phấn đấu trồng mới 300 ha mận. Huyện hỗ trợ cây chè."


@pytest.fixture(scope="module")
def record(assistant: Assistant) -> DocumentRecord:
    return next(r for r in assistant.library.documents() if r.metadata.number == "512/BC-UBND")


def sources(record: DocumentRecord, *texts: str) -> list[Source]:
    return [Source(number, record, text, "") for number, text in enumerate(texts, 1)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Huyện hỗ trợ chín triệu đồng cho cây chè.",
        "Huyện không trồng mới 280 ha chè.",
        "Huyện đã trồng 300 ha mận.",
        "Huyện dự kiến trồng mới 280 ha chè.",
    ],
)
def test_number_words_denials_and_plans_are_those_of_the_source(sentence: str) -> None:
    assert twists(SOURCE, sentence)
    assert not twists(SOURCE, "Huyện trồng mới 280 ha chè.")
    assert not twists(SOURCE, "Huyện phấn đấu trồng mới 300 ha mận.")
    assert not twists("Chỉ tiêu phấn đấu:\nTrồng 300 ha mận.", "Phấn đấu trồng 300 ha mận.")
    assert not twists("Có 97% đảng viên; 93% cán bộ chưa là đảng viên.", "Đảng viên đạt 97%.")
    assert twists("Huyện chưa có biên chế chuyên trách.", "Có, huyện chưa có biên chế chuyên trách.")
    assert not twists("Hỗ trợ chín triệu đồng.", "Hỗ trợ chín triệu đồng.")


def test_a_figure_belongs_to_the_name_beside_it() -> None:
    source = "Xã Tà Sủng 03 cơ sở, xã Bản Mòng 02 cơ sở; toàn huyện có 26 cơ sở."
    assert misplaces(source, "Xã Bản Mòng có 03 cơ sở.")
    assert not misplaces(source, "Xã Tà Sủng có 03 cơ sở.")
    assert not misplaces(source, "Toàn huyện có 26 cơ sở.")


def test_figures_of_two_sentences_are_not_put_into_one_clause(record: DocumentRecord) -> None:
    text = "Sản lượng lương thực đạt 32.415 tấn, tăng 545 tấn. Diện tích chè đạt 1.418 ha; sản lượng chè đạt 9.106 tấn."
    (source,) = sources(record, text)
    assert mixes(source, "Sản lượng chè đạt 9.106 tấn, tăng 545 tấn.")
    assert mixes(source, "Sản lượng chè tăng 545 tấn.")
    assert not mixes(source, "Diện tích chè đạt 1.418 ha, sản lượng 9.106 tấn.")
    assert not mixes(source, "Sản lượng lương thực tăng 545 tấn; diện tích chè đạt 1.418 ha.")


@pytest.mark.parametrize(
    ("sentence", "right"),
    [
        ("Sơn Khê đạt 97,8%, cao hơn Thanh Lũng 55%.", True),
        ("Sơn Khê đạt 55%, cao hơn Thanh Lũng 97,8%.", False),
        ("Thanh Lũng có 12 xã, ít hơn Sơn Khê 15 xã.", True),
        ("Sơn Khê có 12 ha, nhiều hơn 3 tấn.", False),
        ("Sơn Khê có 12 ha.", True),
        ("Sơn Khê có 12 xã, bằng nhau với Thanh Lũng 12 xã.", True),
        ("Sơn Khê có 12 xã, giống nhau với Thanh Lũng 15 xã.", False),
        ("Sơn Khê có 12 xã và Thanh Lũng có 15 xã, không bằng nhau.", True),
        ("Sơn Khê có 12 xã và Thanh Lũng có 12 xã, không khác nhau.", True),
        ("Sơn Khê có 12 xã và Thanh Lũng có 15 xã, không khác nhau.", False),
        ("Sơn Khê có 12 xã, chưa khớp với Thanh Lũng 15 xã.", True),
        ("Sơn Khê có 12 xã, chưa khớp với Thanh Lũng 12 xã.", False),
        ("Sơn Khê có 12 xã và Thanh Lũng có 15 xã, chẳng bằng nhau.", True),
        ("Sơn Khê có 15 xã, không ít hơn Thanh Lũng 12 xã.", True),
        ("Ngày ghi ở hai báo cáo khớp nhau.", False),
        ("Thu nhập năm nay cao hơn.", True),
    ],
)
def test_a_comparison_says_what_its_figures_or_its_source_say(sentence: str, right: bool) -> None:
    assert compares_rightly(sentence, "Thu nhập năm nay cao hơn năm trước.") is right


def test_a_sentence_about_two_places_stands_on_both(record: DocumentRecord) -> None:
    both = sources(record, "Huyện Sơn Khê có 1.543 sáng kiến.", "Huyện Thanh Lũng có 2.000 sáng kiến.")
    right = "Huyện Sơn Khê có 1.543 sáng kiến, huyện Thanh Lũng có 2.000 sáng kiến."
    assert attribute(right, both) == f"{right} [1] [2]"
    assert attribute("Huyện Sơn Khê có 2.000 sáng kiến, huyện Thanh Lũng có 1.543 sáng kiến.", both) == ""


def test_a_marker_of_the_model_is_kept_or_mended_and_idle_talk_is_left_out(record: DocumentRecord) -> None:
    two = sources(record, "Huyện có 15 hợp tác xã.", "Huyện trồng mới 280 ha chè.")
    assert attribute("Huyện có 15 hợp tác xã [1].", two) == "Huyện có 15 hợp tác xã. [1]"
    assert attribute("Huyện có 15 hợp tác xã [2].", two) == "Huyện có 15 hợp tác xã. [1]"
    assert attribute("Rất hân hạnh được phục vụ quý khách.", two) == ""


def test_numerals_are_spelled_as_in_the_document() -> None:
    assert (
        as_spelled("Có 01 sản phẩm, 1.947 ha.", "Có 1 sản phẩm, 1947 ha, 12 xã.") == "Có 01 sản phẩm, 1.947 ha, 12 xã."
    )
    assert as_spelled("Mục 1: có 01 lớp.", "Có 1 lớp.") == "Có 1 lớp."
    assert as_spelled("Đầu tư trên 18 tỷ đồng.", "Đã đầu tư 18 tỷ đồng.") == "Đã đầu tư trên 18 tỷ đồng."
    assert as_spelled("Trên 18 tỷ; 18 tỷ.", "Có 18 tỷ.") == "Có 18 tỷ."
