"""Questions with two parts ("diện tích bao nhiêu và do ai quản lý?"): each part is asked by itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from corpus.text import fold
from qa.citations import Found, Pick
from qa.extraction.matching import match
from qa.extraction.responding import holds_asked
from qa.language.units import Words
from qa.language.words import tokenise
from qa.types import QuestionError
from qa.understanding.question import Question, understand

_ASKS = re.compile(
    r"\b(?:bao nhieu|bao lau|bao gio|khi nao|luc nao|o dau|tai dau|vi sao|tai sao|the nao|ra sao|nhung gi|la gi|gi|ai"
    r"|may|nao)\b"
)
_JOINT = re.compile(r"\?\s+(?=\w)|[,;]?\s+(?:va|dong thoi|con|cung nhu)\s+(?=\w)|[,;]\s+(?=\w)")
_MOST_PARTS = 3
_FEWEST_WORDS = 2
_STANDS_ALONE = 2
_TERM_HELD, _SAID_ENOUGH = 0.6, 0.6


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a question: its own words, and what is asked in its place (with the subject of the first part)."""

    words: str
    asked: str


@dataclass(frozen=True, slots=True)
class Parted:
    """What was found for a question and its parts.

    Args:
        unanswered: parts of the question that nothing answers.
    """

    found: Found
    unanswered: tuple[str, ...] = ()


def split_parts(question: Question) -> list[Part]:
    """The parts that ask by themselves; [] for a question of one part."""
    if question.kind == "compare" or question.confirms:
        return []
    text, folded = question.text, fold(question.text)
    cuts = [0]
    for joint in _JOINT.finditer(folded):
        if _asks(folded[cuts[-1] : joint.start()]) and _asks(folded[joint.end() :]):
            cuts += [joint.start(), joint.end()]
    cuts.append(len(text))
    pieces = [text[a:b].strip(" ?,;") for a, b in zip(cuts[::2], cuts[1::2], strict=True)]
    if not 1 < len(pieces) <= _MOST_PARTS or not all(_says_something(piece) for piece in pieces):
        return []
    return [Part(piece, _with_subject(piece, pieces[0])) for piece in pieces]


def answer_parts(question: Question, whole: Found, answer: Callable[[Question], Found], limit: int) -> Parted:
    """What answers the whole question, and behind it what answers a part that it leaves out.

    Args:
        limit: characters that all places together may take.
    """
    picks, hits = list(whole.picks[:1]), list(whole.hits)
    unanswered: list[str] = []
    for part in split_parts(question):
        if picks and _speaks_of(part, picks):
            continue
        found = answer(understand(part.asked, len(part.asked)))
        if not found.picks or _lacks_focus(part, found.picks[0]):
            unanswered.append(part.words)
        elif not any(_overlap(found.picks[0], pick) for pick in picks):
            if sum(len(pick.said) for pick in (*picks, found.picks[0])) <= limit:
                picks.append(found.picks[0])
                hits += [hit for hit in found.hits if hit not in hits]
    if not picks:
        return Parted(whole)
    if picks == list(whole.picks[:1]):
        return Parted(whole, tuple(unanswered))
    return Parted(replace(whole, picks=tuple(picks), hits=tuple(hits), separator="\n", weak=False), tuple(unanswered))


def _asks(folded: str) -> bool:
    return bool(_ASKS.search(folded)) and len(folded.split()) >= _FEWEST_WORDS


def _says_something(piece: str) -> bool:
    """Whether a part asks after something ("vì sao?" alone does not)."""
    try:
        return bool(understand(piece, len(piece)).terms)
    except QuestionError:
        return False


def _with_subject(piece: str, first: str) -> str:
    """A part with the document, else the place of the first one; a bare quantity with all that the first says."""
    own, before = understand(piece, len(piece)), understand(first, len(first))
    if piece == first or own.numbers or own.mentions or own.places:
        return f"{piece}?"
    few = sum("_".join(term.folded) != "_".join(own.asked) for term in own.terms) < _STANDS_ALONE
    if few or own.fields:  # "ký ngày nào" asks about the document that the first part names
        chars = [" " if blank else char for char, blank in zip(first, _asking(first), strict=True)]
        return f"{' '.join(''.join(chars).split())}, {piece}?"
    documents = (*(f"văn bản số {number}" for number in before.numbers), *(" ".join(m) for m in before.mentions))
    names = (*documents, *(f"{place.level} {place.name}" for place in before.places))
    return f"{piece} [{names[0]}]?" if names else f"{piece}?"


def _asking(text: str) -> list[bool]:
    """For each character whether it belongs to words that only ask."""
    marked = [False] * len(text)
    for asking in _ASKS.finditer(fold(text)):
        marked[asking.start() : asking.end()] = [True] * len(asking[0])
    return marked


def _speaks_of(part: Part, picks: Sequence[Pick]) -> bool:
    """Whether places that answer the whole hold what a part asks after, and the kind of thing that it asks for."""
    question, said = understand(part.words, len(part.words)), " ".join(pick.said for pick in picks)
    words = Words(tokenise(said))
    held = [match(term, words, question.marked) >= _TERM_HELD for term in question.terms]
    return sum(held) >= _SAID_ENOUGH * len(held) and holds_asked(question, said)


def _lacks_focus(part: Part, pick: Pick) -> bool:
    """Whether what a part counts is not said: the subject of the first part alone may have found the place."""
    question = understand(part.words, len(part.words))
    words = Words(tokenise(f"{pick.said} {pick.quote}"))
    return any(match(term, words, question.marked) < _TERM_HELD for term in question.focus)


def _overlap(first: Pick, second: Pick) -> bool:
    return first.record.id == second.record.id and first.start < second.end and second.start < first.end
