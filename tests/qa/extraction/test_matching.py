"""How far a text holds a word of a question."""

from __future__ import annotations

import pytest

from qa.extraction.matching import match
from qa.language.units import Words
from qa.language.words import tokenise
from qa.understanding.question import understand


@pytest.mark.parametrize(
    ("text", "share"),
    [("Hội nghị lần thứ bảy Ban Chấp hành Trung ương", 1.0), ("Hội nghị lần thứ tám", 0.0), ("bảy hội nghị", 0.0)],
)
def test_a_numeral_is_held_by_its_ordinal(text: str, share: float) -> None:
    seven = next(term for term in understand("Nghị quyết Trung ương 7 nói gì?").terms if term.folded == ("7",))
    assert match(seven, Words(tokenise(text)), True) == share
