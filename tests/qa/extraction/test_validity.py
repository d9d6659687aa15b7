"""Whether a document is still in force is told only by what replaces it."""

from __future__ import annotations

import pytest

from qa.assistant import Assistant


@pytest.mark.parametrize(
    "question",
    [
        "Quyết định 640/QĐ-UBND còn hiệu lực không?",
        "Văn bản nào thay thế Quyết định 640/QĐ-UBND?",
        "Quyết định 1190/QĐ-UBND thay thế quyết định nào?",
        "quyet dinh 640/QD-UBND con hieu luc khong",
    ],
)
def test_the_sentence_that_replaces_is_the_answer(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert "thay thế Quyết định số 640/QĐ-UBND" in answer.answer
    assert {citation.document.metadata.number for citation in answer.citations} == {"1190/QĐ-UBND"}


def test_where_nothing_replaces_it_nothing_is_said(assistant: Assistant) -> None:
    assert assistant.ask("Quyết định 1190/QĐ-UBND còn hiệu lực không?").refused
    assert assistant.ask("Văn bản nào bãi bỏ Quyết định 1190/QĐ-UBND?").refused


def test_the_day_of_effect_is_asked_of_the_document_itself(assistant: Assistant) -> None:
    assert "15 tháng 9 năm 2022" in assistant.ask("Quyết định 1190/QĐ-UBND có hiệu lực từ ngày nào?").answer
