"""Of a whole and its parts, the whole answers a question that names no part."""

from __future__ import annotations

import re

from corpus.text import fold
from qa.extraction.counting import value_of
from qa.extraction.scoring import Scored
from qa.language.figures import find_years, measure
from qa.language.words import tokenise
from qa.understanding.question import Question

_TOTAL = re.compile(
    r"\b(?:tong(?! (?:giam doc|cong ty|cuc|bi thu|thong|dai|lien doan|thu ky|ket|quan))"
    r"|(?:toan|ca) (?:huyen|tinh|xa|phuong|thi tran|thanh pho|nganh|dia ban))\b"
)
_CLAUSE_ENDS = re.compile(r"[;:(]|[,.](?!\d)")
_RATE = re.compile(r"\s*[^\W\d_]*\s?/\s?[^\W\d_]")
_PLANNED = re.compile(r"\b(?:quy hoach|muc tieu|chi tieu|ke hoach|phan dau|du kien|den nam)\b")
_LEVEL = re.compile(r"\b(?:toan|ca) (tinh|huyen|xa)\b")
# What is done to a thing makes no part of it.
_DONE = frozenset((("trong",), ("gieo", "trong"), ("dat",), ("hien", "co")))
_WITHIN = 0.5


def total_first(question: Question, ranked: list[Scored]) -> list[Scored]:
    """Before a part ("chè hữu cơ 54 ha"), a total of the same document whose clause says all that is asked."""
    if question.kind != "amount" or not ranked or ranked[0].figure is None or says_total(ranked[0]):
        return ranked
    best = ranked[0]
    for other in ranked[1:]:
        if other.score < best.score - _WITHIN:
            break
        if _is_larger(best, other) and says_total(other) and _is_of_what_is_asked(question, other):
            return [other, *(scored for scored in ranked if scored is not other)]
    return ranked


def says_total(scored: Scored) -> bool:
    """Whether the clause of the figure says that it is a total."""
    return scored.figure is not None and bool(_TOTAL.search(fold(_clause(scored))))


def _is_larger(part: Scored, other: Scored) -> bool:
    """Whether another figure of the same document and measure is larger; a rate is no total."""
    if part.figure is None or other.figure is None or part.hit.document.id != other.hit.document.id:
        return False
    rated = any(_RATE.match(each.unit.text, each.figure.end) for each in (part, other) if each.figure)
    return (
        not rated
        and measure(part.figure.unit) == measure(other.figure.unit) != ""
        and value_of(other.figure.value) > value_of(part.figure.value)
    )


def _is_of_what_is_asked(question: Question, total: Scored) -> bool:
    """Whether a total is of the asked thing, year and level, and reached and not planned unless a plan is asked for."""
    said, unit = fold(_clause(total)), fold(total.unit.text)
    held = {token.folded for token in tokenise(said)}
    terms = (term for term in question.terms if not term.name and term.folded[0] not in _LEVELS)
    if not all(held.issuperset(term.folded) or term.folded in _DONE or term.folded[0].isdigit() for term in terms):
        return False
    years = {year for _, _, year in find_years(total.unit.text)}
    if (question.years and years and not years & set(question.years)) or bool(_PLANNED.search(unit)) > question.planned:
        return False
    level, own = _LEVEL.search(said), fold(total.hit.document.metadata.level or "")
    return level is None or level[1] == own or level[1] in fold(question.text)


_LEVELS = frozenset(("huyen", "tinh", "xa", "nam"))


def _clause(scored: Scored) -> str:
    if scored.figure is None:
        return ""
    before = scored.unit.text[: scored.figure.start]
    ends = [match.end() for match in _CLAUSE_ENDS.finditer(before)]
    return scored.unit.text[ends[-1] if ends else 0 : scored.figure.end]
