"""Words of a text."""

from __future__ import annotations

import pytest

from qa.language.words import tokenise
from qa.understanding.question import understand


@pytest.mark.parametrize(
    ("text", "numerals"),
    [
        ("quy mô 3 000 con", ["3000"]),
        ("quy mô 3.000 con", ["3000"]),
        ("năm 2021 300 hộ", ["2021", "300"]),
        ("5 120,5 ha", ["5", "120,5"]),
        ("trên 3 nghìn con", ["3000"]),
        ("500 nghìn đồng", ["500"]),
        ("ngày 05 100 hộ", ["5", "100"]),
    ],
)
def test_thousands_may_be_set_apart_or_spelled(text: str, numerals: list[str]) -> None:
    assert [token.exact for token in tokenise(text) if token.exact[0].isdigit()] == numerals


@pytest.mark.parametrize("number", ["3.000", "3 000", "3 nghìn"])
def test_a_question_claims_them_as_one_number(number: str) -> None:
    assert understand(f"Trại nuôi {number} con lợn ở xã nào?").claims == ("3000",)
