"""Follow-up questions made to stand alone."""

from __future__ import annotations

import pytest

from qa.followup import stand_alone
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
