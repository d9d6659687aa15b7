"""The acceptance question on the real reports."""

from __future__ import annotations

import unicodedata

import pytest

from corpus.text import fold
from qa.assistant import Assistant

QUESTION = "Tổng diện tích chè toàn huyện Tam Đường là bao nhiêu?"


@pytest.mark.parametrize("text", [QUESTION, fold(QUESTION), unicodedata.normalize("NFD", QUESTION)])
def test_the_tea_area_is_answered_with_its_section(reporter: Assistant, text: str) -> None:
    answer = reporter.ask(text)
    assert "1.947 ha" in answer.answer
    citation = answer.citations[0]
    assert citation.document.metadata.number == "24-BC/HU"
    assert citation.section == ("B", "I", "2", "2.3")
    assert citation.label == "Báo cáo số 24-BC/HU, mục B.I.2.3"


def test_a_district_is_not_answered_for_by_another(reporter: Assistant) -> None:
    assert reporter.ask("Huyện Tuy Phước có bao nhiêu ha chè?").refused
    assert reporter.ask("Sản lượng chè búp tươi của huyện Than Uyên là bao nhiêu?").refused


def test_a_blank_number_is_said_to_be_blank(reporter: Assistant) -> None:
    answer = reporter.ask("Báo cáo tổng kết của UBND huyện Tuy Phước mang số mấy?")
    assert "chưa có số" in answer.answer
