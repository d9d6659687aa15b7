"""Long sentences are cut at words, never through a figure or between it and its unit."""

from __future__ import annotations

import pytest

from qa.extraction.trimming import trim, with_unit
from qa.understanding.question import understand

QUESTION = understand("Tổng kinh phí giai đoạn là bao nhiêu?")
LEAD = "tổng kinh phí thực hiện các nhiệm vụ được giao trên địa bàn các xã "
FIGURE = "1.947.350 triệu đồng"


@pytest.mark.parametrize("before", range(180, 560, 7))
def test_a_figure_is_never_cut(before: int) -> None:
    head = (LEAD * 10)[:before].rsplit(" ", 1)[0] + " là "
    text = (head + FIGURE + " từ nguồn vốn được phân bổ" + " và vốn của dân" * 40)[:700]
    at = len(head)
    start, end = trim(text, 300, with_unit(text, at, at + len("1.947.350")), QUESTION)
    shown = text[start:end]
    assert FIGURE in shown
    assert len(shown) <= 300
    assert start == 0 or text[start - 1].isspace()
    assert end == len(text) or text[end].isspace()


@pytest.mark.parametrize("before", range(240, 300))
def test_a_cut_without_an_answer_falls_between_words(before: int) -> None:
    text = (LEAD * 10)[:before].rsplit(" ", 1)[0] + f" là {FIGURE} của dân" + " và của dân" * 30
    start, end = trim(text, 300, None, QUESTION)
    assert text[end].isspace()
    assert not text[end - 1].isdigit()
    assert "1.947.350" not in text[start:end] or "1.947.350 triệu" in text[start:end]


def test_a_figure_reaches_to_its_unit() -> None:
    for text, whole in (
        ("5 tỷ đồng", "5 tỷ đồng"), ("97,8% số hộ", "97,8%"), ("3 tấn/ha", "3 tấn/ha"), ("7; còn", "7"),
    ):  # fmt: skip
        digits = len(text) - len(text.lstrip("0123456789,"))
        assert text[slice(*with_unit(text, 0, digits))] == whole
