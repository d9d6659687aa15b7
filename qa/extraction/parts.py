"""Questions with several parts: the one place that holds all wanted things, else one place a part."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace

from corpus.text import fold
from index.types import DocumentRecord
from qa.citations import Found, Pick
from qa.extraction.counting import counts, fit_figure
from qa.extraction.matching import Frequency, Weighted, match, weigh
from qa.extraction.responding import holds_asked
from qa.language.figures import Figure, find_figures
from qa.language.units import Unit, Words
from qa.language.words import tokenise
from qa.understanding.asked import Term
from qa.understanding.patterns import DOC, HeaderField, Pattern
from qa.understanding.question import Question, understand
from qa.understanding.splitting import Part, split_parts

_TERM_HELD, _SAID_ENOUGH = 0.6, 0.6
_SHOWN = frozenset({"amount", "percent", "date", "docnumber"})
_DEFINITE = _SHOWN | {"who", "place"}


@dataclass(frozen=True, slots=True)
class AskedPart:
    """A part as understood.

    Args:
        own: what its own words ask.
        framed: what is asked in its place, in the frame of the whole question.
        terms: its own words without what it counts and without places that choose the document, with their weights.
    """

    own: Question
    framed: Question
    terms: tuple[tuple[Term, float], ...]


@dataclass(frozen=True, slots=True)
class Parted:
    """What was found for a question and its parts.

    Args:
        unanswered: parts of the question that nothing answers.
    """

    found: Found
    unanswered: tuple[str, ...] = ()


def parts_of(question: Question, places: Callable[[], Collection[str]], rarity: Frequency) -> tuple[AskedPart, ...]:
    """The parts that ask by themselves; () for a question of one part, for which no places are looked up."""
    parts = split_parts(question, places)
    chosen = {syllable for place in (places() if parts else ()) for syllable in place.split()}
    return tuple(_asked(question, part, chosen, rarity) for part in parts)


def _asked(question: Question, part: Part, chosen: Collection[str], rarity: Frequency) -> AskedPart:
    own = understand(part.words, len(part.words))
    framed = replace(understand(part.asked, len(part.asked)), figures=question.figures)
    free = {*chosen, *own.asked}
    terms = tuple(entry for entry in weigh(own, rarity).terms if not free.issuperset(entry[0].folded))
    return AskedPart(own, framed, terms)


def split_referring(parts: Sequence[AskedPart]) -> tuple[tuple[AskedPart, ...], tuple[AskedPart, ...]]:
    """The parts that ask by themselves, and those that ask for a header field of the document that answers these.

    In "… bao nhiêu, và ai ký báo cáo đó?" the report is known once the first part is answered; where the question names
    one itself, the frame of the first part says which.
    """
    named = any(part.own.numbers or part.own.mentions for part in parts)
    back = () if named else tuple(part for part in parts[1:] if part.own.fields and _refers(part.own))
    return tuple(part for part in parts if part not in back), back


def _refers(own: Question) -> bool:
    return _THAT_DOCUMENT.search(own.text.lower(), own.marked) is not None


# Without diacritics, "do" at the end is "đó".
_THAT_DOCUMENT = Pattern(rf"\b({DOC})(?: \w+){{0,4}}? (?:này|đó|đấy|ấy|kia|nói trên|vừa nêu|trên(?! \w)|do(?=\W*$))")


def with_headers(
    parted: Parted, back: Sequence[AskedPart], field: Callable[[DocumentRecord, HeaderField, str], Pick | None]
) -> Parted:
    """The answer with the asked header fields of the document that it cites first."""
    if not parted.found.picks:
        return parted
    picks, unanswered = list(parted.found.picks), list(parted.unanswered)
    for part in back:
        record = picks[0].record
        pick = field(record, part.own.fields[0], part.own.text) if _is_that(part.own, record) else None
        if pick is None:
            unanswered.append(part.own.text)
        else:
            picks.append(pick)
    return Parted(replace(parted.found, picks=tuple(picks), separator="\n"), tuple(unanswered))


def _is_that(own: Question, record: DocumentRecord) -> bool:
    """Whether a document is of the kind that is referred to: "quyết định đó" is no report."""
    named = _THAT_DOCUMENT.search(own.text.lower(), own.marked)
    kinds = ("van ban", "tai lieu", fold(record.metadata.kind or ""))
    return named is not None and fold(named[1]) in kinds


def answer_parts(parts: Sequence[AskedPart], whole: Found, answer: Callable[[Question], Found], limit: int) -> Parted:
    """The place that answers all parts, else what answers each.

    Args:
        limit: characters that all places together may take.
    """
    by_whole = _answered(_borne_out(parts), whole.picks[:1])
    if whole.whole or all(by_whole):
        return Parted(whole)
    founds = [None if held else answer(part.framed) for part, held in zip(parts, by_whole, strict=True)]
    for found in founds:
        if found and all(_answered(parts, found.picks[:1])):
            return Parted(found)
    own = [
        found.picks[0] if found and found.picks and _told_by(part, found.picks[0]) else None
        for part, found in zip(parts, founds, strict=True)
    ]
    if not any(own):
        return _as_whole(parts, whole, by_whole)
    picks: list[Pick] = list(whole.picks[:1]) if any(by_whole) else []
    for pick in own:
        if pick is not None:
            picks = _joined(picks, pick, limit)
    hits = {hit.chunk.id: hit for found in (whole, *founds) if found for hit in found.hits}
    unanswered = [p.own.text for p, held, pick in zip(parts, by_whole, own, strict=True) if not held and pick is None]
    found = replace(whole, picks=tuple(picks), hits=tuple(hits.values()), separator="\n", near=(), lead="")
    return Parted(found, tuple(unanswered))


def _as_whole(parts: Sequence[AskedPart], whole: Found, by_whole: Sequence[bool]) -> Parted:
    """The answer to the whole question; what it leaves out is told only where it surely answers another part."""
    unanswered = [part.own.text for part, held in zip(parts, by_whole, strict=True) if not held]
    return Parted(whole, tuple(unanswered) if any(by_whole) else ())


def _joined(picks: Sequence[Pick], pick: Pick, limit: int) -> list[Pick]:
    """The places with one more; of two of which one holds the other, that one alone."""
    if any(_holds(other, pick) for other in picks):
        return list(picks)
    kept = [other for other in picks if not _holds(pick, other)]
    if kept and sum(len(other.said) for other in (*kept, pick)) > limit:
        return list(picks)
    return [*kept, pick]


def _holds(outer: Pick, inner: Pick) -> bool:
    """Whether one place says what another does; two fields of a header may stand in one line."""
    inside = outer.record.id == inner.record.id and outer.start <= inner.start and inner.end <= outer.end
    return inside and (outer.text == inner.text or not inner.text or inner.text in outer.said)


def held_figures(parts: Sequence[AskedPart], unit: Unit) -> tuple[Figure, ...] | None:
    """The figures by which a piece of text answers all of the parts; None where it leaves one out."""
    found = _held(_borne_out(parts), unit)
    if not all(held for held, _ in found):
        return None
    return tuple(figure for _, figure in found if figure is not None)


def _borne_out(parts: Sequence[AskedPart]) -> tuple[AskedPart, ...]:
    """The parts as the place that was found for the whole question has to hold them.

    That it speaks of the first part, which frames the others, is what it was found by; but only a figure, a day or a
    number shows that it also answers.
    """
    first = [replace(part, terms=()) if part.own.kind in _SHOWN else part for part in parts[:1]]
    return (*first, *parts[1:])


def _answered(parts: Sequence[AskedPart], picks: Sequence[Pick]) -> list[bool]:
    if not picks:
        return [False] * len(parts)
    said = " ".join(pick.said for pick in picks)
    unit = Unit("sentence", said, 0, len(said), Words(tokenise(said)), Words(()))
    return [held for held, _ in _held(parts, unit)]


def _held(parts: Sequence[AskedPart], unit: Unit) -> list[tuple[bool, Figure | None]]:
    """For each part whether a text answers it, and the figure that does; no figure answers two parts."""
    around = Words((*unit.before.tokens, *unit.words.tokens))
    taken: list[Figure] = []
    found: list[tuple[bool, Figure | None]] = []
    for part in parts:
        figure = _figure(part, unit, taken)
        counted = part.own.kind != "amount" or figure is not None
        says = _speaks_of(part, around if part.own.kind in _SHOWN else unit.words)
        found.append((counted and says and holds_asked(part.own, unit.text), figure))
        taken += [figure] if figure else []
    return found


def _speaks_of(part: AskedPart, words: Words) -> bool:
    """Whether a text holds most of the words of a part."""
    if _lacks(part.framed, words) or not (part.terms or part.own.kind in _DEFINITE):
        return False
    held = sum(weight for term, weight in part.terms if match(term, words, part.own.marked) >= _TERM_HELD)
    return held >= _SAID_ENOUGH * sum(weight for _, weight in part.terms)


def _figure(part: AskedPart, unit: Unit, taken: Sequence[Figure]) -> Figure | None:
    """The figure of a text that answers a part: the one beside the part's own words, and none that answers another."""
    if part.own.kind != "amount":
        return None
    if taken and _WHOLE_ASKED.search(fold(part.own.text)) and unit.text[taken[-1].end : taken[-1].end + 1] == "/":
        return next((figure for figure in find_figures(unit.text) if figure.start == taken[-1].end + 1), None)
    question = replace(part.framed, kind="amount", units=part.own.units)
    question = replace(question, figures=question.figures | {figure.value for figure in taken})
    beside = [term for term, _ in part.terms] or part.framed.terms
    weighted = Weighted(tuple((term, 1.0) for term in beside))
    own = {syllable for term in beside for syllable in term.folded}
    _, _, figure = fit_figure(
        question, weighted, unit, frozenset(token.folded for token in tokenise(question.text)) - own
    )
    return figure if figure is not None and counts(question, unit, figure) else None


# "Mấy xã đạt chuẩn, trên tổng số mấy xã" is answered by "10/12 xã".
_WHOLE_ASKED = re.compile(r"\btren (?:tong so )?(?:bao nhieu|may)|\btong (?:so|cong)")


def _told_by(part: AskedPart, pick: Pick) -> bool:
    """Whether a place says what a part counts, and one of its own words: the frame alone may have found it."""
    words = Words(tokenise(f"{pick.said} {pick.quote}"))
    said = not part.terms or any(match(term, words, part.own.marked) >= _TERM_HELD for term, _ in part.terms)
    return said and not _lacks(part.own, words)


def _lacks(question: Question, words: Words) -> bool:
    return any(match(term, words, question.marked) < _TERM_HELD for term in question.focus)
