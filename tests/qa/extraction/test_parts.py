"""Questions with two parts are answered in both."""

from __future__ import annotations

import pytest

from qa.assistant import Assistant
from qa.understanding.question import understand
from qa.understanding.splitting import split_parts


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        (
            "Diện tích chè huyện Sơn Khê là bao nhiêu và sản lượng đạt mấy tấn?",
            ["Diện tích chè huyện Sơn Khê là bao nhiêu?", "sản lượng đạt mấy tấn (Diện tích chè huyện Sơn Khê là)?"],
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
        (
            "Xã Bản Mòng có bao nhiêu hộ, xã Tà Sủng bao nhiêu?",
            ["Xã Bản Mòng có bao nhiêu hộ?", "có bao nhiêu hộ xã Tà Sủng?"],
        ),
        (
            "Có mấy mô hình, bao nhiêu hộ tham gia theo Báo cáo 512/BC-UBND?",
            [
                "Có mấy mô hình theo Báo cáo 512/BC-UBND?",
                "bao nhiêu hộ tham gia (Có mô hình) theo Báo cáo 512/BC-UBND?",
            ],
        ),
        (
            "Xã mua bao nhiêu máy gặt, máy cày và mở mấy lớp?",
            ["Xã mua bao nhiêu máy gặt, máy cày?", "Xã mua máy gặt, máy cày, mở mấy lớp?"],
        ),
        ("Thợ bán máy bơm và tôi đã trả tiền. Được đổi trong mấy ngày?", []),
        ("xa nuoi tat ca bao nhieu con ngua?", []),
        ("Báo cáo làm theo công văn số mấy, của cơ quan nào?", []),
        ("Có bao nhiêu doanh nghiệp và hợp tác xã bỏ vốn vào nông nghiệp?", []),
        ("Sơn Khê năm nào có nhiều hộ nghèo hơn và vì sao?", []),
        ("Xã Bản Mòng và xã Tà Sủng có bao nhiêu hộ?", []),
    ],
)
def test_a_question_is_cut_where_both_sides_ask(question: str, asked: list[str]) -> None:
    assert [part.asked for part in split_parts(understand(question))] == asked


def test_a_part_keeps_a_place_that_is_named_without_its_level() -> None:
    question = understand("Sơn Khê có mấy xã nghèo, còn Thạnh Lũng có mấy xã nghèo?")
    parts = split_parts(question, lambda: {"son khe", "thanh lung"})
    assert parts[1].asked == "Thạnh Lũng có mấy xã nghèo (có xã nghèo)?"
    question = understand("Sơn Khê năm 2022 trồng chè được mấy ha, sản lượng mấy tấn?")
    assert "Sơn Khê năm 2022" in split_parts(question, lambda: {"son khe"})[1].asked


def test_the_second_part_is_never_answered_from_another_place(assistant: Assistant) -> None:
    answer = assistant.ask("Giống lúa ST25 ở Thạnh Lũng trồng được mấy ha, năng suất bao nhiêu tạ một ha?")
    assert answer.refused


def test_one_sentence_that_holds_all_parts_is_shown_once(assistant: Assistant) -> None:
    answer = assistant.ask("Chè của Sơn Khê năm 2022 được mấy ha, sản lượng bao nhiêu tấn?")
    assert "1.352 ha" in answer.answer
    assert "8.415 tấn" in answer.answer
    assert len(answer.citations) == 1
    assert not answer.note


def test_a_share_of_a_whole_answers_after_both(assistant: Assistant) -> None:
    answer = assistant.ask("Năm 2021 Sơn Khê có mấy xã đạt nông thôn mới, trên tổng số bao nhiêu xã?")
    assert "4/11 xã" in answer.answer
    assert len(answer.citations) == 1


def test_both_parts_are_answered_with_their_citations(assistant: Assistant) -> None:
    answer = assistant.ask("Tổng diện tích chè toàn huyện Sơn Khê năm 2021 là bao nhiêu và ai ký Hướng dẫn 12-HD/BTG?")
    assert "1.286 ha" in answer.answer
    assert "Giàng Thị Xuân" in answer.answer
    assert {c.document.metadata.number for c in answer.citations} == {"512/BC-UBND", "12-HD/BTG"}


def test_a_part_that_nothing_answers_is_named(assistant: Assistant) -> None:
    answer = assistant.ask("Tổng diện tích chè toàn huyện Sơn Khê năm 2021 là bao nhiêu và có bao nhiêu sân bay?")
    assert "1.286 ha" in answer.answer
    assert "sân bay" in answer.note


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Năm 2021 Sơn Khê có mấy xã đạt nông thôn mới, và ai ký báo cáo đó?", "Nông Quốc Hạnh"),
        ("Chè của Sơn Khê năm 2022 được mấy ha, và báo cáo ấy mang số bao nhiêu?", "538/BC-UBND"),
        ("Chè của Sơn Khê năm 2022 được mấy ha, sản lượng mấy tấn, ai ký văn bản này?", "Người ký"),
        ("nam 2021 son khe co may xa dat nong thon moi va ai ky bao cao do", "Nông Quốc Hạnh"),
    ],
)
def test_that_document_is_the_one_that_answers_the_first_part(assistant: Assistant, question: str, said: str) -> None:
    answer = assistant.ask(question)
    assert said in answer.answer
    assert not answer.note
    assert len({citation.document.id for citation in answer.citations}) == 1


def test_that_decision_is_no_report(assistant: Assistant) -> None:
    answer = assistant.ask("Năm 2021 Sơn Khê có mấy xã đạt nông thôn mới, và ai ký quyết định đó?")
    assert "4/11 xã" in answer.answer
    assert "ai ký quyết định đó" in answer.note
    assert "Người ký" not in answer.answer
