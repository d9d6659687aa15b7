"""To whom a letter is written, and fields of the document that answers the other part of a question."""

from __future__ import annotations

import pytest

from qa.assistant import Assistant
from qa.understanding.question import understand

CHIEF = "Nông Quốc Hạnh"


def said(assistant: Assistant, question: str) -> str:
    return assistant.ask(question).answer


@pytest.mark.parametrize("question", ["Công văn 218/UBND-NN gửi cho ai?", "Công văn 218/UBND-NN kính gửi đơn vị nào?"])
def test_a_letter_is_sent_to_whom_it_addresses(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert answer.answer.startswith("Kính gửi: Các phòng, ban, đơn vị thuộc huyện; Ủy ban nhân dân các xã, thị trấn.")
    assert answer.citations[0].quote.startswith("Kính gửi:")


def test_the_list_of_copies_is_another_one(assistant: Assistant) -> None:
    assert said(assistant, "Nơi nhận của Công văn 218/UBND-NN gồm những ai?").startswith("Nơi nhận: Như trên;")


def test_a_part_that_asks_of_that_report_is_answered_from_its_header(assistant: Assistant) -> None:
    answer = assistant.ask("Tổng diện tích chè của huyện Sơn Khê năm 2023 là bao nhiêu, và ai ký báo cáo đó?")
    assert "1.418 ha" in answer.answer and CHIEF in answer.answer
    assert [citation.document.metadata.number for citation in answer.citations] == ["571/BC-UBND"] * 2


def test_two_fields_of_one_line_are_both_told(assistant: Assistant) -> None:
    answer = said(assistant, "Báo cáo năm 2023 của huyện Sơn Khê có số bao nhiêu và ra ngày nào?")
    assert "571/BC-UBND" in answer and "11/12/2023" in answer


def test_a_header_question_keeps_its_year(assistant: Assistant) -> None:
    assert assistant.ask("Báo cáo năm 2019 của huyện Sơn Khê do ai ký?").refused
    assert "Hoàng Thị Mây" in said(assistant, "Báo cáo năm 2022 của UBND huyện Sơn Khê ai ký?")


def test_a_balance_is_no_document_number(assistant: Assistant) -> None:
    question = "Quỹ khuyến học huyện có số dư bao nhiêu tiền?"
    assert "number" not in understand(question).fields
    assert "number" in understand("Quyết định về quỹ khuyến học có số bao nhiêu?").fields
    assert assistant.ask(question).refused
