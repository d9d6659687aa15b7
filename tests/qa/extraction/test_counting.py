"""What a figure counts."""

from __future__ import annotations

import pytest

from qa.extraction.counting import counts, fit_figure
from qa.extraction.matching import weigh
from qa.language.figures import find_figures
from qa.language.units import Unit, Words
from qa.language.words import tokenise
from qa.understanding.question import understand


def test_a_noun_behind_another_figure_is_not_counted_by_the_next() -> None:
    text = "Mở 14 hội nghị, với 902/944 đại biểu"
    unit = Unit("sentence", text, 0, len(text), Words(tokenise(text)), Words(()))
    question = understand("Mở mấy hội nghị?")
    assert [counts(question, unit, figure) for figure in find_figures(text)] == [True, False, False]


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("“4. Chủ bến đề nghị Hội đồng bến thuyền cử ủy viên.", None),
        ("Bảng 2: Ví dụ về ủy viên tại cột (12) trong bảng sau:", None),
        ("Chủ bến theo Mẫu số 05 đề nghị cử ủy viên.", None),
        ("“4. Chủ bến đề nghị cử 7 ủy viên.", "7"),
    ],
)
def test_what_labels_an_item_a_table_or_a_form_counts_nothing(text: str, figure: str | None) -> None:
    question = understand("Chủ bến đề nghị cử bao nhiêu ủy viên?")
    unit = Unit("sentence", text, 0, len(text), Words(tokenise(text)), Words(()))
    found = fit_figure(question, weigh(question, lambda term, marked: 1.0), unit, frozenset())[2]
    assert (found.value if found else None) == figure
