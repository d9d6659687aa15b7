"""Of a whole and its parts, the whole answers a question that names no part."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.extraction.matching import Weighted, match
from qa.extraction.scoring import Scored
from qa.language.figures import measure
from qa.language.units import Words
from qa.language.words import tokenise
from qa.understanding.question import Question

_TOTAL = re.compile(
    r"\b(?:tổng|(?:toàn|cả) (?:huyện|tỉnh|xã|phường|thị trấn|thành phố|ngành|quốc|nước|đảng bộ))\b", re.IGNORECASE
)
_CLAUSE_ENDS = re.compile(r"[;:(]|[,.](?!\d)")
_WITHIN = 0.5
_AS_COVERED = 0.1
_SPOKEN_OF = 0.5


def says_total(scored: Scored) -> bool:
    """Whether the clause of the figure says that it is a total."""
    return scored.figure is not None and bool(_TOTAL.search(_clause(scored)))


def total_first(question: Question, weighted: Weighted, ranked: list[Scored]) -> list[Scored]:
    """Before a part ("chè hữu cơ 54 ha"), the total of the same thing in the same document that is near as good."""
    if question.kind != "amount" or not ranked or says_total(ranked[0]):
        return ranked
    best = ranked[0]
    for other in ranked[1:]:
        if other.score < best.score - _WITHIN:
            break
        if _is_whole_of(best, other) and _speaks_of(question, weighted, other):
            return [other, *(scored for scored in ranked if scored is not other)]
    return ranked


def _is_whole_of(part: Scored, other: Scored) -> bool:
    if part.figure is None or other.figure is None or part.hit.document.id != other.hit.document.id:
        return False
    unit = measure(part.figure.unit)
    return (
        unit == measure(other.figure.unit) != ""
        and _value(other) > _value(part)
        and other.covered >= part.covered - _AS_COVERED
        and says_total(other)
    )


def _speaks_of(question: Question, weighted: Weighted, scored: Scored) -> bool:
    """Whether the clause of the figure itself holds half of what is asked, by weight and without names."""
    words = Words(tuple(tokenise(_clause(scored))))
    terms: Sequence[tuple[float, float]] = [
        (weight, match(term, words, question.marked)) for term, weight in weighted.terms if not term.name
    ]
    total = sum(weight for weight, _ in terms)
    return total == 0.0 or sum(weight * held for weight, held in terms) / total >= _SPOKEN_OF


def _clause(scored: Scored) -> str:
    if scored.figure is None:
        return ""
    before = scored.unit.text[: scored.figure.start]
    ends = [match.end() for match in _CLAUSE_ENDS.finditer(before)]
    return scored.unit.text[ends[-1] if ends else 0 : scored.figure.end]


def _value(scored: Scored) -> float:
    try:
        return float(scored.figure.value.replace(",", ".")) if scored.figure else 0.0
    except ValueError:
        return 0.0
