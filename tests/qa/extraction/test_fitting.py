"""Whether a piece of text holds the kind of thing that is asked for."""

from __future__ import annotations

import pytest

from qa.extraction.fitting import fit
from qa.extraction.matching import weigh
from qa.language.units import Unit, Words
from qa.language.words import tokenise
from qa.understanding.question import understand


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("Hội Nuôi ong chọn 04 chi hội làm điểm.", False),
        ("Hội Nuôi ong nhân rộng ra bốn (04) chi hội.", False),
        ("Hội Nuôi ong chọn 02 chi hội làm điểm là Nậm Vai và Tà Sủng.", True),
        ("Hội Nuôi ong chọn 02 chi hội, Nậm Vai và Tà Sủng, làm điểm.", True),
        ("Hội Nuôi ong chọn Chi hội Nậm Vai làm điểm.", True),
        ("Hội Nuôi ong chọn 02 chi hội làm điểm:", True),
    ],
)
@pytest.mark.parametrize(
    "asked",
    ["Hội Nuôi ong chọn những chi hội nào làm điểm?", "Hai chi hội làm điểm của Hội Nuôi ong là các chi hội nào?"],
)
def test_what_is_only_counted_is_not_named(asked: str, text: str, fits: bool) -> None:
    question = understand(asked)
    unit = Unit("sentence", text, 0, len(text), Words(tokenise(text)), Words(()))
    assert fit(question, weigh(question, lambda term, marked: 1.0), unit, frozenset(), "")[0] is fits
