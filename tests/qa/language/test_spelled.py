"""Numbers in words, and numbers that a span holds."""

from __future__ import annotations

import pytest

from qa.language.figures import find_figures
from qa.language.ranges import spans_figure
from qa.language.spelled import find_spelled


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("từ hai mươi ba đến ba mươi bảy ủy viên", [("23", "uy vien"), ("37", "uy vien")]),
        ("ít nhất hai phần ba số đại biểu", [("2/3", "dai bieu")]),
        ("một trăm linh năm hộ", [("105", "ho")]),
        ("trong 20 (hai mươi) ngày", []),
        ("từ ba đến năm người", [("3", "nguoi"), ("5", "nguoi")]),
        ("có một số hạn chế trong năm nay", []),
        ("đến năm học mới", []),
        ("trong thời hạn mười ngày", [("10", "ngay")]),
        ("thứ hai ngày 5, tháng ba năm 2031", []),
        ("ít nhất ba mươi phần trăm số hộ", [("30", "%")]),
    ],
)
def test_words_count_where_they_say_so(text: str, values: list[tuple[str, str]]) -> None:
    assert [(figure.value, figure.unit) for figure in find_spelled(text)] == values


@pytest.mark.parametrize(
    ("asked", "text", "held"),
    [
        ("40 ngày", "chậm trên 30 ngày đến 45 ngày", True),
        ("30 ngày", "chậm trên 30 ngày đến 45 ngày", False),
        ("40 ngày", "từ 30 tháng đến 45 tháng", False),
        ("5 khách", "từ 04 đến 08 người", True),
        ("12 hộ", "từ 10 hộ trở lên", True),
        ("9 hộ", "từ 10 hộ trở lên", False),
    ],
)
def test_a_span_holds_a_number_of_its_unit(asked: str, text: str, held: bool) -> None:
    assert spans_figure(text, find_figures(asked)[0]) is held
