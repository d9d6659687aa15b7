"""Questions with two parts are answered in both."""

from __future__ import annotations

import pytest

from qa.assistant import Assistant
from qa.extraction.parts import split_parts
from qa.understanding.question import understand


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        (
            "Diện tích chè huyện Sơn Khê là bao nhiêu và sản lượng đạt mấy tấn?",
            ["Diện tích chè huyện Sơn Khê là bao nhiêu?", "sản lượng đạt mấy tấn [huyện Sơn Khê]?"],
        ),
        (
            "Ai ký Báo cáo 512/BC-UBND? Ai ký Hướng dẫn 12-HD/BTG?",
            ["Ai ký Báo cáo 512/BC-UBND?", "Ai ký Hướng dẫn 12-HD/BTG?"],
        ),
        (
            "Kế hoạch thực hiện Nghị quyết 05 mang số hiệu gì và ký ngày bao nhiêu?",
            [
                "Kế hoạch thực hiện Nghị quyết 05 mang số hiệu gì?",
                "Kế hoạch thực hiện Nghị quyết 05 mang số hiệu, ký ngày bao nhiêu?",
            ],
        ),
        ("Có bao nhiêu doanh nghiệp và hợp tác xã bỏ vốn vào nông nghiệp?", []),
        ("Sơn Khê năm nào có nhiều hộ nghèo hơn và vì sao?", []),
        ("Xã Bản Mòng và xã Tà Sủng có bao nhiêu hộ?", []),
    ],
)
def test_a_question_is_cut_where_both_sides_ask(question: str, asked: list[str]) -> None:
    assert [part.asked for part in split_parts(understand(question))] == asked


def test_both_parts_are_answered_with_their_citations(assistant: Assistant) -> None:
    answer = assistant.ask("Tổng diện tích chè toàn huyện Sơn Khê năm 2021 là bao nhiêu và ai ký Hướng dẫn 12-HD/BTG?")
    assert "1.286 ha" in answer.answer
    assert "Giàng Thị Xuân" in answer.answer
    assert {c.document.metadata.number for c in answer.citations} == {"512/BC-UBND", "12-HD/BTG"}


def test_a_part_that_nothing_answers_is_named(assistant: Assistant) -> None:
    answer = assistant.ask("Tổng diện tích chè toàn huyện Sơn Khê năm 2021 là bao nhiêu và có bao nhiêu sân bay?")
    assert "1.286 ha" in answer.answer
    assert "sân bay" in answer.note
