"""Questions with typing errors, short forms or no diacritics are understood as they were meant."""

from __future__ import annotations

import pytest

from qa.assistant import Assistant
from qa.types import REFUSAL


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Tổng diên tích chè là bao nhiu?", "Tổng diện tích chè là bao nhiêu?"),
        ("Nghị quyêt của Hôi đồng nhân dân", "Nghị quyết của Hội đồng nhân dân"),
        ("Nghị quyeết nào thay thế?", "Nghị quyết nào thay thế?"),
        ("bài hoc về công tac cán bộ", "bài học về công tác cán bộ"),
        ("trình độ ntn", "trình độ như thế nào"),
        ("dien tich che nam 2021 la bao nhieu", "diện tích chè năm 2021 là bao nhiêu"),
    ],
)
def test_what_was_meant_is_found_by_its_neighbours(assistant: Assistant, typed: str, meant: str) -> None:
    assert assistant.meant(typed) == meant


@pytest.mark.parametrize(
    "question",
    [
        "Huyện Sơn La trồng mấy ha chè, đạt bao nhiêu tấn?",
        "Ai ký Báo cáo 512/BC-UBND?",
        "Xã Tà Sủng có bao nhiêu hộ tạm trú?",
        "Nội dung QH15 và NQ-HĐND",
    ],
)
def test_what_is_written_right_stays(assistant: Assistant, question: str) -> None:
    assert assistant.meant(question) == question


def test_a_name_takes_the_marks_with_which_the_library_knows_it(assistant: Assistant) -> None:
    assert assistant.meant("huyện Sơn Khế có mấy xã?") == "huyện Sơn Khê có mấy xã?"


@pytest.mark.parametrize(
    "question",
    ["Tổng diên tich chè huyện Sơn Khê năm 2021 bao nhiu?", "dien tich che huyen son khe nam 2021 la bao nhieu"],
)
def test_it_is_answered_like_the_question_without_errors(assistant: Assistant, question: str) -> None:
    assert "1.286 ha" in assistant.ask(question).answer


def test_another_district_without_diacritics_is_still_another(assistant: Assistant) -> None:
    assert assistant.ask("dien tich che cua huyen phong tho la bao nhieu").answer == REFUSAL
