"""Markers and what an answer says of a quote."""

from __future__ import annotations

import pytest

from qa.citations import drop_unknown, markers_in, spoken, spread_markers


@pytest.mark.parametrize(
    ("quote", "said"),
    [
        ("- 214 hội nghị¹, với 97,8%;", "214 hội nghị, với 97,8%"),
        ("+ Thể tích bể nuôi 18.000 m³, 26 cơ sở¹⁰.", "Thể tích bể nuôi 18.000 m³, 26 cơ sở."),
        ("* Hai\ndòng ", "Hai dòng"),
    ],
)
def test_list_marks_and_note_markers_are_not_spoken(quote: str, said: str) -> None:
    assert spoken(quote) == said


def test_grouped_markers_are_spread_and_unknown_ones_dropped() -> None:
    assert spread_markers("Đúng [1, 2].") == "Đúng [1][2]."
    assert markers_in("Đúng [1; 3] và [2]") == [1, 3, 2]
    assert drop_unknown("Đúng [1][4], sai [9].", [1]) == "Đúng [1], sai."
