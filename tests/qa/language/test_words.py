"""Words of a text."""

from __future__ import annotations

import pytest

from qa.language.words import tokenise


@pytest.mark.parametrize(
    ("text", "numerals"),
    [
        ("quy mô 3 000 con", ["3000"]),
        ("quy mô 3.000 con", ["3000"]),
        ("năm 2021 300 hộ", ["2021", "300"]),
        ("5 120,5 ha", ["5", "120,5"]),
        ("ngày 05 100 hộ", ["5", "100"]),
    ],
)
def test_thousands_may_be_set_apart_by_a_space(text: str, numerals: list[str]) -> None:
    assert [token.exact for token in tokenise(text) if token.exact[0].isdigit()] == numerals
