"""Ordinals, asides, claimed counts and the sides of a comparison."""

from __future__ import annotations

import pytest

from qa.assistant import Assistant
from qa.extraction.matching import match
from qa.extraction.sided import of_side
from qa.language.units import Words
from qa.language.words import tokenise
from qa.understanding.ordinals import member_of, ordinal_of
from qa.understanding.question import understand


@pytest.mark.parametrize(
    ("question", "ordinal"),
    [
        ("Bài học thứ tư là gì?", 4),
        ("Giải pháp cuối cùng là gì?", -1),
        ("Điều thứ 3 được nêu ra là gì?", 3),
        ("Kết quả Hội nghị lần thứ sáu là gì?", 0),
        ("Cuộc họp thứ hai hằng tuần bàn việc gì?", 0),
    ],
)
def test_the_asked_one_of_a_run_is_known(question: str, ordinal: int) -> None:
    assert ordinal_of(question)[0] == ordinal


def test_an_item_is_found_by_its_own_label() -> None:
    items = ["Kinh nghiệm rút ra:", "Một là, giữ rừng.", "Hai là, mở đường.", "Ba là, dạy nghề."]
    assert member_of(3, items) == 3
    assert member_of(5, items) is None
    assert member_of(2, ["giữ rừng", "mở đường"]) == 1
    assert member_of(4, ["a) giữ", "b) mở", "c) dạy", "d) trồng", "đ) nuôi"]) == 3
    assert member_of(5, ["a) giữ", "b) mở", "c) dạy", "d) trồng", "đ) nuôi"]) == 4


def test_the_second_lesson_is_given(assistant: Assistant) -> None:
    answer = assistant.ask("Bài học thứ hai trong báo cáo 571/BC-UBND của huyện Sơn Khê là gì?")
    assert answer.answer.startswith("Hai là")


def test_an_aside_does_not_tell_how_a_question_asks() -> None:
    assert understand("Kể giúp em các sản phẩm của huyện (không tính mấy món của hợp tác xã)").kind == "list"


def test_a_wrong_count_brings_the_right_one(assistant: Assistant) -> None:
    answer = assistant.ask("Huyện Sơn Khê có 9/11 xã đạt chuẩn nông thôn mới năm 2021, đúng không?")
    assert "4/11 xã" in answer.answer
    assert not answer.answer.startswith("Đúng")


def test_office_and_name_are_asked_together(assistant: Assistant) -> None:
    assert "Chủ tịch Nông Quốc Hạnh" in assistant.ask("Ai ký bản báo cáo 512/BC-UBND, giữ chức vụ gì?").answer


def test_each_side_is_asked_its_own_words() -> None:
    names = [["son khe"], ["nam vai"]]
    text = "Số lớp mở ở Sơn Khê (từ 2014) so với ngành giáo dục Nậm Vai bên nào nhiều hơn?"
    assert "giáo dục" not in of_side(text, names, 0)
    assert "2014" not in of_side(text, names, 1)
    assert "Số lớp mở" in of_side(text, names, 1)


def test_what_all_sides_are_asked_stays() -> None:
    text = "Sơn Khê và Nậm Vai lập báo cáo theo công văn nào?"
    assert of_side(text, [["son khe"], ["nam vai"]], 0).endswith("lập báo cáo theo công văn nào?")


def test_a_synonym_is_a_word_of_its_own() -> None:
    term = next(term for term in understand("Có bao nhiêu trường học?").terms if term.folded == ("truong", "hoc"))
    assert match(term, Words(tokenise("kinh tế thị trường")), True) < 0.5
    assert match(term, Words(tokenise("các trường trong huyện")), True) > 0.5
