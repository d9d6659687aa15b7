"""Follow-up questions made to stand alone."""

from __future__ import annotations

import pytest

from qa.followup import faithful, leans, stand_alone
from qa.types import Turn

CASES = [
    ("Diện tích chè huyện Sơn Khê năm 2021 là bao nhiêu?", "Còn năm 2022 thì sao?",
     "Diện tích chè huyện Sơn Khê năm 2022 là bao nhiêu?"),
    ("Diện tích chè huyện Sơn Khê năm 2021 là bao nhiêu?", "con nam 2022 thi sao",
     "Diện tích chè huyện Sơn Khê năm 2022 là bao nhiêu?"),
    ("Diện tích chè huyện Sơn Khê là bao nhiêu?", "Còn năm 2022?",
     "Diện tích chè huyện Sơn Khê là bao nhiêu năm 2022?"),
    ("Huyện Sơn Khê có mấy hợp tác xã?", "Còn huyện Thanh Lũng?", "huyện Thanh Lũng có mấy hợp tác xã?"),
    ("Ai ký Báo cáo 512/BC-UBND?", "Còn 96-BC/HU thì sao?", "Ai ký Báo cáo 96-BC/HU?"),
    ("Liên đoàn Đua thuyền tỉnh Sơn Khê có mấy ủy viên?", "Còn Bắn nỏ?",
     "Liên đoàn Bắn nỏ tỉnh Sơn Khê có mấy ủy viên?"),
    ("Liên đoàn Đua thuyền tỉnh Sơn Khê có mấy ủy viên?", "Còn Hội Nuôi ong thì sao?",
     "Hội Nuôi ong tỉnh Sơn Khê có mấy ủy viên?"),
    ("Sở Nội vụ được giao nhiệm vụ gì?", "Thế còn Sở Kế hoạch và Đầu tư?",
     "Sở Kế hoạch và Đầu tư được giao nhiệm vụ gì?"),
    ("Huyện Sơn Khê có bao nhiêu xã?", "Ở đó ai ký báo cáo?", "Ở đó ai ký báo cáo huyện Sơn Khê?"),
]  # fmt: skip


@pytest.mark.parametrize(("before", "now", "whole"), CASES)
def test_what_is_left_unsaid_is_taken_from_the_question_before(before: str, now: str, whole: str) -> None:
    assert stand_alone(now, [Turn(before)]).lower() == whole.lower()


@pytest.mark.parametrize(
    "text", ["Vì sao sản lượng lúa của huyện Thanh Lũng giảm trong năm 2023?", "Ai ký Quyết định 640/QĐ-UBND?"]
)
def test_a_whole_question_stays_as_it_is(text: str) -> None:
    assert stand_alone(text, [Turn("Diện tích chè huyện Sơn Khê là bao nhiêu?")]) == text


def test_without_earlier_turns_nothing_changes() -> None:
    assert stand_alone("Còn năm 2022 thì sao?", []) == "Còn năm 2022 thì sao?"


def test_another_place_takes_the_place_of_the_one_that_opens_the_question() -> None:
    history = [Turn("Sơn Khê có mấy xã nông thôn mới?")]
    assert stand_alone("Còn Thanh Lũng?", history) == "Thanh Lũng có mấy xã nông thôn mới?"


def test_a_pronoun_leans_and_a_rewriting_invents_nothing() -> None:
    history = [Turn("Diện tích chè Sơn Khê là bao nhiêu?", "1.286 ha.")]
    assert leans("Thế sản lượng của nó là bao nhiêu trong năm qua?", history)
    assert leans("Ai được giao phụ trách việc đó ở các xã?", history)
    assert faithful("Sản lượng chè Sơn Khê là bao nhiêu?", "Thế sản lượng của nó?", history)
    assert not faithful("Sản lượng chè Sơn Khê năm 2030 là bao nhiêu?", "Thế sản lượng của nó?", history)
    assert not faithful(history[0].question, "Thế sản lượng của nó?", history)
    assert not faithful("", "Thế sản lượng của nó?", history)
