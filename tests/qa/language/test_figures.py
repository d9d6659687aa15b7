"""Figures, dates and names of a text."""

from __future__ import annotations

import pytest

from qa.language.figures import find_dates, find_figures, find_years, holds_body, holds_person, measure


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("diện tích 1.947 ha, sản lượng 10.200 tấn", [("1947", "ha"), ("10200", "tan")]),
        ("1.902/1.944=97,8% đảng viên", [("1902", ""), ("1944", ""), ("97,8", "%")]),
        ("07 sản phẩm; 18 tỷ đồng; 0,9ha mận", [("7", ""), ("18", "ty"), ("0,9", "ha")]),
        ("Kế hoạch số 37-KH/HU ngày 19/02/2013 năm 2013", []),
        ("giảm 12 phần trăm", [("12", "%")]),
        ("mục 1.2.1 nêu rõ", []),
    ],
)
def test_figures_have_one_spelling_and_a_unit(text: str, values: list[tuple[str, str]]) -> None:
    assert [(figure.value, measure(figure.unit)) for figure in find_figures(text)] == values


def test_a_figure_points_at_its_digits() -> None:
    text = "thể tích bể nuôi 18.000 m³, 26 cơ sở¹⁰"
    assert [text[figure.start : figure.end] for figure in find_figures(text)] == ["18.000", "26"]
    assert measure(find_figures(text)[0].unit) == "m³"


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("ngày 21/3/2022", "2022-03-21"),
        ("ngày 15 tháng 4 năm 2022", "2022-04-15"),
        ("tháng 4 năm 2022", "2022-04"),
        ("tháng 4/2022", "2022-04"),
    ],
)
def test_dates_in_every_spelling(text: str, iso: str) -> None:
    assert [found for _, _, found in find_dates(text)] == [iso]


def test_years_that_are_not_part_of_a_number_or_date() -> None:
    assert [year for _, _, year in find_years("Năm 2021, Luật 30/2020/NĐ-CP ngày 01/3/2019")] == [2021]


def test_bodies_and_people() -> None:
    assert holds_body("Giao Phòng Kinh tế và Hạ tầng chủ trì")
    assert not holds_body("Đẩy mạnh việc trồng chè ở các xã")
    assert holds_person("Người ký là đồng chí Giàng Thị Xuân")
    assert not holds_person("Người ký chưa rõ")
