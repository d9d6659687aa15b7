from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.tokens import acronym_key, has_diacritics, numeral, pairs, words


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("hoà bình, thuỷ lợi", "hòa bình thủy lợi"),
        ("Diện tích 1.947 ha", "diện tích 1947 ha"),
        ("07 sản phẩm", "7 sản phẩm"),
        ("đạt 97.8 %", "đạt 97,8%"),
        (unicodedata.normalize("NFD", "Nghị quyết của Đảng bộ huyện"), "nghị quyết của đảng bộ huyện"),
        ("214 hội nghị¹", "214 hội nghị"),
        ("1.234.567,5", "1234567,5"),
        ("ngày 05/04/2022", "ngày 5/4/2022"),
    ],
)
def test_spellings_of_one_text_have_the_same_tokens(left: str, right: str) -> None:
    assert words(left).syllables == words(right).syllables


def test_folded_runs_along_the_syllables() -> None:
    found = words("Đường bộ ĐÃ mở")
    assert found.syllables == ("đường", "bộ", "đã", "mở")
    assert found.folded == ("duong", "bo", "da", "mo")
    assert has_diacritics(found)
    assert not has_diacritics(words("duong bo da mo 12"))


def test_compound_acronyms_are_also_one_token() -> None:
    assert words("Sở KH&CN và CNH-HĐH").joined == ("khcn", "cnhhđh")
    assert {acronym_key(text) for text in ("KH&CN", "KH-CN", "KHCN", "KH & CN")} == {"khcn"}


def test_decimals_keep_their_value() -> None:
    assert numeral("8,5") == "8,5"
    assert numeral("0,5") == "0,5"
    assert numeral("000") == "0"
    assert numeral("8.500") != numeral("8,5")


def test_pairs_join_neighbours() -> None:
    assert pairs(["dân", "số", "xã"]) == ["dân_số", "số_xã"]
    assert pairs(["dân"]) == []


@given(st.text(max_size=300))
def test_any_text_gives_tokens_without_white_space(text: str) -> None:
    found = words(text)
    assert len(found.syllables) == len(found.folded)
    for token in (*found.syllables, *found.folded, *found.joined):
        assert token
        assert not any(char.isspace() for char in token)
