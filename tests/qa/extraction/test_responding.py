"""What a model finds counts only where it answers: the asked thing, of the asked place and time."""

from __future__ import annotations

import pytest

from qa.extraction.matching import weigh
from qa.extraction.responding import holds_asked, speaks_of
from qa.understanding.question import understand


@pytest.mark.parametrize(
    ("question", "said", "holds"),
    [
        ("Diện tích chè là bao nhiêu ha?", "Diện tích chè đạt 1.286 ha.", True),
        ("Diện tích chè là bao nhiêu ha?", "Sản lượng chè đạt 7.840 tấn.", False),
        ("Tỷ lệ hộ nghèo còn bao nhiêu phần trăm?", "Tỷ lệ hộ nghèo còn 12,4%.", True),
        ("Tỷ lệ hộ nghèo còn bao nhiêu phần trăm?", "Còn 310 hộ nghèo.", False),
        ("Sản phẩm OCOP 5 sao có mấy loại?", "Có sản phẩm OCOP 5 sao.", False),
        ("Kế hoạch ban hành ngày nào?", "Ban hành ngày 21/3/2022.", True),
        ("Năm 2022 huyện khởi công nhà máy ngày nào?", "Khởi công trong năm 2022.", False),
        ("Theo công văn số mấy?", "Theo Công văn số 830-CV/TU.", True),
        ("Theo công văn 830-CV/TU, kế hoạch mang số mấy?", "Theo Công văn số 830-CV/TU.", False),
        ("Ai là chủ tịch huyện?", "Chủ tịch huyện chỉ đạo quyết liệt.", False),
        ("Ai là chủ tịch huyện?", "Chủ tịch huyện là ông Lò Văn Tùng.", True),
    ],
)
def test_the_kind_of_thing_that_is_asked_for(question: str, said: str, holds: bool) -> None:
    assert holds_asked(understand(question), said) is holds


@pytest.mark.parametrize(
    ("evidence", "speaks"),
    [
        ("Huyện Sơn Khê năm 2021 trồng 52 ha mắc ca.", True),
        ("Huyện Sơn Khê năm 2022 trồng 52 ha mắc ca.", False),
        ("Huyện Sơn Khê năm 2021 trồng 52 ha chè.", False),
        ("Huyện Sơn Khê trồng 52 ha mắc ca, tăng 12 ha so với năm 2021.", False),
        ("Huyện Sơn Khê trồng 52 ha mắc ca.\nThực hiện Nghị quyết số 12-NQ/TU, ngày 05/6/2021", False),
    ],
)
def test_subject_and_year_have_to_be_those_of_the_question(evidence: str, speaks: bool) -> None:
    question = understand("Huyện Sơn Khê năm 2021 trồng bao nhiêu ha mắc ca?")
    assert speaks_of(question, weigh(question, lambda _, __: 2.0), evidence) is speaks


def test_one_rare_missing_word_is_enough_to_doubt() -> None:
    question = understand("Số điện thoại của xã Bản Mòng là gì?")
    weighted = weigh(question, lambda term, _: 5.0 if term.folded == ("dien", "thoai") else 1.0)
    assert not speaks_of(question, weighted, "Xã Bản Mòng có số hộ nghèo giảm.")
    assert speaks_of(question, weighted, "Số điện thoại của xã Bản Mòng: 0213 …")


def test_what_corrects_a_claim_need_not_say_the_claimed_figure() -> None:
    question = understand("Có phải huyện Sơn Khê trồng 60 ha mắc ca không?")
    weighted, evidence = weigh(question, lambda _, __: 2.0), "Huyện Sơn Khê trồng 52 ha mắc ca."
    assert not speaks_of(question, weighted, evidence)
    assert speaks_of(question, weighted, evidence, corrects=True)
    grew = understand("So với năm 2021, huyện Sơn Khê tăng bao nhiêu ha mắc ca?")
    assert speaks_of(grew, weigh(grew, lambda _, __: 2.0), "Huyện Sơn Khê tăng 12 ha mắc ca so với năm 2021.")
