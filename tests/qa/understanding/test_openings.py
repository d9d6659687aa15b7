"""What is said before a question is no part of it."""

from __future__ import annotations

import pytest

from qa.understanding.openings import is_small_talk, without_opening
from qa.understanding.question import understand


@pytest.mark.parametrize(
    "opening",
    [
        "Cho em hỏi với ạ, ",
        "Dạ thưa anh, ",
        "Tôi đang soạn báo cáo cuối năm, nhớ mang máng là ",
        "Em nhớ không nhầm thì ",
        "Bên em đang tổng hợp số liệu, ",
    ],
)
def test_an_opening_is_left_out(opening: str) -> None:
    assert without_opening(f"{opening}huyện có 12 ha chè, đúng không?") == "Huyện có 12 ha chè, đúng không?"


@pytest.mark.parametrize(
    "question",
    [
        "Tôi đang soát báo cáo của Sơn Khê, chè có mấy ha?",
        "Ai soạn báo cáo tổng kết, ai ký?",
        "Đã trồng mấy ha, ở đâu?",
    ],
)
def test_what_names_something_stays(question: str) -> None:
    assert without_opening(question) == question


def test_a_time_and_words_that_count_are_no_content() -> None:
    question = understand("Hồi tuyên truyền, huyện mở cả thảy bao nhiêu cuộc hội nghị?")
    assert {"hồi", "cả thảy"}.isdisjoint(" ".join(term.exact) for term in question.terms)
    assert [term.exact for term in question.focus] == [("hội", "nghị")]


@pytest.mark.parametrize("text", ["Xin chào", "chào bạn nhé!", "Cảm ơn bạn nhiều", "cam on", "Dạ, cảm ơn ạ.", "hello"])
def test_who_only_greets_or_thanks_asks_nothing(text: str) -> None:
    assert is_small_talk(text)


@pytest.mark.parametrize("text", ["Chào bạn, ai ký báo cáo?", "Cảm ơn ai trong báo cáo?", "Đá bóng", "Đã ký chưa?"])
def test_what_asks_beside_a_greeting_is_a_question(text: str) -> None:
    assert not is_small_talk(text)
