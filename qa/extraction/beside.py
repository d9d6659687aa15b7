"""Further places that are shown beside the best one: another figure, the note that tells more, the other rows."""

from __future__ import annotations

from collections.abc import Sequence

from qa.extraction.matching import match
from qa.extraction.scoring import Scored
from qa.extraction.totals import says_total
from qa.language.figures import measure
from qa.language.units import Words
from qa.understanding.question import Question

_CONFLICT_MARGIN = 0.12
_ROW_MARGIN = 0.15
_MOST_ROWS = 4


def conflicting(question: Question, ranked: Sequence[Scored]) -> list[Scored]:
    """Another place of the same document and year that fits as well and gives another figure: both are shown.

    Beside a total a part is no other figure.
    """
    best = ranked[0]
    if best.figure is None or question.kind not in ("amount", "percent"):
        return []
    unit = measure(best.figure.unit)
    for other in ranked[1:]:
        if other.score < best.score - _CONFLICT_MARGIN or other.figure is None:
            break
        if says_total(best) and not says_total(other):
            continue
        same = other.hit.document.id == best.hit.document.id and other.body >= best.body - 0.02
        if same and measure(other.figure.unit) == unit != "" and other.figure.value != best.figure.value:
            return [other] if not _overlap(best, other) else []
    return []


def detailing(question: Question, ranked: Sequence[Scored]) -> list[Scored]:
    """The footnote that tells where or which, for a sentence that only counts."""
    best = ranked[0]
    if (
        best.unit.note is not None
        or question.kind not in ("place", "list", "text", "who")
        or best.hit.chunk.kind == "table"
    ):
        return []
    notes = [
        other
        for other in ranked[1:]
        if other.unit.note is not None
        and other.hit.chunk.id == best.hit.chunk.id
        and other.unit.start == 0
        and other.covered >= best.covered - 0.35
        and best.unit.start <= other.unit.marker <= best.unit.end
    ]
    return sorted(notes, key=lambda other: -_held(question, other.unit.marked))[:1]


def _held(question: Question, words: Words | None) -> float:
    return sum(match(term, words, question.marked) for term in question.terms) if words else 0.0


def beside_rows(question: Question, ranked: Sequence[Scored]) -> list[Scored]:
    """The other rows of the table that fit as well, where several things are asked for."""
    best = ranked[0]
    if best.unit.kind != "row" or not question.several:
        return []
    near = (other for other in ranked[1:] if other.score >= best.score - _ROW_MARGIN)
    rows = [o for o in near if o.unit.kind == "row" and o.hit.chunk.section == best.hit.chunk.section]
    return [row for row in rows if not _overlap(row, best)][:_MOST_ROWS]


def _overlap(first: Scored, second: Scored) -> bool:
    if first.hit.chunk.id != second.hit.chunk.id or first.unit.note != second.unit.note:
        return False
    return first.unit.start < second.unit.end and second.unit.start < first.unit.end
