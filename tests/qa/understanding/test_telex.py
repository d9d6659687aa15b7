"""Keys of Telex typing that were left in a word stand for the marks that they were meant to set."""

from __future__ import annotations

import pytest

from qa.understanding.telex import decoded, toneless


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("naof", "nào"),
        ("đươcj", "được"),
        ("dduwowcj", "được"),
        ("nhieeuf", "nhiều"),
        ("sanr", "sản"),
        ("thoongs", "thống"),
        ("quyeets", "quyết"),
        ("vawn", "văn"),
    ],
)
def test_keys_become_marks(typed: str, meant: str) -> None:
    assert decoded(typed) == toneless(meant)


@pytest.mark.parametrize("word", ["xã", "huyện", "so", "nghe", "d"])
def test_a_word_without_keys_stays(word: str) -> None:
    assert decoded(word) == toneless(word)
