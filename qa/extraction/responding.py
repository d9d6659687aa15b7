"""Whether words that stand in the library really answer: the asked thing, of the asked place and time.

A model answers whatever it is asked. Where the extractive answerer found nothing, its words count only if they hold
what is asked for and the excerpt speaks of the question's subject.
"""

from __future__ import annotations

from qa.extraction.matching import Weighted, match
from qa.language.amounts import find_amounts
from qa.language.figures import (
    find_dates,
    find_years,
    holds_body,
    holds_person,
    holds_place,
    number_keys,
    without_bases,
    without_cited_dates,
)
from qa.language.units import Words
from qa.language.words import tokenise
from qa.understanding.periods import asks_change
from qa.understanding.question import Question
from qa.understanding.wanted import holds_wanted
from qa.verification import claims_of

COVERED_ENOUGH = 0.55
"""Share of the question's weighted words that the evidence has to hold."""
_FOCUS_ENOUGH = 0.6
_MOST_MISSING = 0.2


def responds(question: Question, weighted: Weighted, said: str, evidence: str) -> bool:
    """Whether `said`, which stands in `evidence` (a quote with its headings), answers the question."""
    return holds_asked(question, said) and speaks_of(question, weighted, evidence)


def speaks_of(question: Question, weighted: Weighted, evidence: str, corrects: bool = False) -> bool:
    """Whether a text speaks of the question's subject, with every figure, year and document number that it names.

    Args:
        corrects: whether it may say otherwise than the question claims; then the claimed figures need not stand there.
    """
    if not _particulars(question, evidence, corrects and bool(question.claims)):
        return False
    words = Words(tokenise(evidence))
    held = {term: match(term, words, question.marked) for term, _ in weighted.terms}
    if any(held.get(term, 1.0) < _FOCUS_ENOUGH for term in question.focus):
        return False
    if any(held[term] <= 0 and weight > _MOST_MISSING * weighted.total for term, weight in weighted.terms):
        return False
    covered = sum(weight * held[term] for term, weight in weighted.terms)
    return covered >= COVERED_ENOUGH * weighted.total


def _particulars(question: Question, evidence: str, corrects: bool) -> bool:
    # The year that another is compared with is not that of the figure.
    evidence = evidence if asks_change(question) else without_bases(evidence)
    asked, known = claims_of(question.text), claims_of(evidence)
    values = {amount.value for amount in known.figures}
    # Nor is that of a document which is carried out, in headings mostly.
    timed = claims_of(without_cited_dates(evidence)) if question.kind in ("amount", "percent") else known
    years = {*timed.years, *(int(date[:4]) for date in timed.dates)}
    figures = frozenset() if corrects else frozenset(amount.value for amount in asked.figures)
    return figures <= values and asked.years <= years and asked.numbers <= known.numbers


def holds_asked(question: Question, said: str) -> bool:
    """Whether a text holds the kind of thing that is asked for, beyond what the question says itself."""
    asked = claims_of(question.text)
    if question.kind in ("amount", "percent"):
        own = {amount.value for amount in asked.figures}
        units = {amount.unit for amount in find_amounts(said) if amount.value not in own}
        if question.kind == "percent":
            return "%" in units
        return bool(units) and (not question.units or any(_fits(unit, question.units) for unit in units))
    if question.kind == "date":
        dates = [iso for _, _, iso in find_dates(said)] or [str(year) for _, _, year in find_years(said)]
        return bool(set(dates) - asked.dates - {str(year) for year in asked.years})
    if question.kind == "docnumber":
        return bool(number_keys(said) - question.keys)
    if question.want and question.kind != "reason":
        return holds_wanted(question.want, said, question.text)
    if question.kind == "who":
        return holds_person(said) or holds_body(said)
    return holds_place(said) if question.kind == "place" else True


def _fits(unit: str, units: frozenset[str]) -> bool:
    return any(part in units for part in (unit, *unit.split()))
