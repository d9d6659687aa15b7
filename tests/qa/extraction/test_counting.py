"""What a figure counts."""

from __future__ import annotations

from qa.extraction.counting import counts
from qa.language.figures import find_figures
from qa.language.units import Unit, Words
from qa.language.words import tokenise
from qa.understanding.question import understand


def test_a_noun_behind_another_figure_is_not_counted_by_the_next() -> None:
    text = "Mở 14 hội nghị, với 902/944 đại biểu"
    unit = Unit("sentence", text, 0, len(text), Words(tokenise(text)), Words(()))
    question = understand("Mở mấy hội nghị?")
    assert [counts(question, unit, figure) for figure in find_figures(text)] == [True, False, False]
