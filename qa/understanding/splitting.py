"""Questions with several parts ("mang số mấy, đề ngày nào?") cut apart; each part keeps the scope of the whole.

What the first part says beside its asking words is the frame of the others: their place, document and year, and their
subject where they name none of their own.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

from corpus.numbers import find_number_mentions, find_numbers
from corpus.text import canonical_tone, fold
from qa.understanding.claimed import blank
from qa.understanding.patterns import CLAIM, DOC, FULL_DATE, UNIT_WORDS, YEAR, Pattern
from qa.understanding.question import Question, understand

_ASKS = Pattern(
    r"\b(?:bao nhiêu|bao lâu|bao giờ|khi nào|lúc nào|ở đâu|tại đâu|vì sao|tại sao|thế nào|ra sao|những gì|là gì|gì|ai"
    r"|mấy|nào)\b"
)
# "Mấy con ngựa" has no joint, though its "con" is typed as "còn" is; and in "theo công văn số mấy, của cơ quan nào" the
# second asks more of the first's thing.
_JOINT = Pattern(
    r"\?\s+(?=\w)|[,;]?\s+(?:và|đồng thời|(?<!\bmấy )(?<!nhiêu )còn|cũng như)\s+(?=\w)(?!của )|[,;.]\s+(?=\w)(?!của )"
)
# A document that is named last as the place of the answer is the place of all parts.
_SCOPE = re.compile(rf",?\s+(?:theo|trong|tại|ở)\s+(?:bản\s+|cái\s+)?{DOC}\b[^?,;]*(?=\?*\s*$)", re.IGNORECASE)
_MOST_PARTS = 3
_FEWEST_WORDS = 2
_STANDS_ALONE = 2


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a question: its own words, and what is asked in its place, with the frame of the first part."""

    words: str
    asked: str


def split_parts(question: Question, places: Callable[[], Collection[str]] = frozenset) -> list[Part]:
    """The parts that ask by themselves; [] for a question of one part.

    Args:
        places: gives the folded names of places that need no word such as "huyện" before them.
    """
    if question.kind == "compare" or question.confirms:
        return []
    scope = _SCOPE.search(question.text)
    within = scope[0] if scope else ""
    pieces = _pieces(question.text[: scope.start()] if scope else question.text, question.marked)
    if not 1 < len(pieces) <= _MOST_PARTS or not all(_asks_of_something(piece, question.marked) for piece in pieces):
        return []
    first, *others = pieces
    if not understand(first, len(first)).terms:
        return []
    known = places()
    asked = [first, *(framed(piece, first, known) for piece in others)]
    return [Part(piece, f"{text}{within}?") for piece, text in zip(pieces, asked, strict=True)]


def _pieces(text: str, marked: bool) -> list[str]:
    lowered = canonical_tone(text.lower()) if marked else fold(text)
    asking = _asking(text, marked)
    joints = [match.span() for match in _JOINT.finditer(lowered, marked)]
    cuts = [0]
    for (_, end), (start, _) in itertools.pairwise(asking):
        between = [joint for joint in joints if end <= joint[0] and joint[1] <= start]
        if between and (joint := _joint(text, end, between)):
            cuts += joint
    cuts.append(len(text))
    pieces = [text[low:high].strip(" ?,;.") for low, high in zip(cuts[::2], cuts[1::2], strict=True)]
    return pieces if all(len(piece.split()) >= _FEWEST_WORDS for piece in pieces) else []


def _joint(text: str, end: int, joints: list[tuple[int, int]]) -> tuple[int, int]:
    """Where one part ends: at a question mark or right behind its asking word, else before the next one asks.

    In "bao nhiêu máy móc, nông cụ và có mấy công trình" the first joint only adds a thing.
    """
    for start, stop in joints:
        behind = fold(text[end:start]).split()
        if text[start] == "?" or UNIT_WORDS.issuperset(behind):
            return start, stop
    return joints[-1]


def _asks_of_something(piece: str, marked: bool) -> bool:
    """Whether a part says more than that it asks ("vì sao?" alone does not)."""
    return bool(re.search(r"\w", blank(piece, _asking(piece, marked))))


def _asking(text: str, marked: bool) -> list[tuple[int, int]]:
    lowered = canonical_tone(text.lower()) if marked else fold(text)
    return [match.span() for match in _ASKS.finditer(lowered, marked)]


def framed(piece: str, first: str, places: Collection[str], *, leads: bool = False) -> str:
    """A part, or a follow-up, in the frame of the first one: as its subject, or as an aside where it has its own.

    Args:
        leads: whether the first one is its subject in any case ("Trong đó xã Tà Sủng mấy cơ sở?").
    """
    own = understand(piece, len(piece))
    own_places = _places_in(piece, own, places)
    if leads:
        return ", ".join(filter(None, (_frame(first, piece, own_places, places), piece)))
    named = {syllable for start, end in own_places for syllable in fold(piece[start:end]).split()}
    named |= {"nam"} if own.years else set()
    alone = sum(
        not named.issuperset(term.folded) and "_".join(term.folded) != "_".join(own.asked) for term in own.terms
    )
    if (own.numbers or own.mentions) and (alone or own.fields):
        return piece
    if not alone and not own.fields and (named or own.numbers or own.mentions):
        # "Xã Tà Sủng bao nhiêu?" asks what was asked of the first place.
        bare = " ".join(blank(piece, _asking(piece, own.marked)).split())
        return f"{_frame(first, piece, own_places, places, asks=True)} {bare}"
    frame = _frame(first, piece, own_places, places)
    if not frame:
        return piece
    # "Ký ngày nào" asks about the document that the first part names.
    return f"{piece} ({frame})" if alone >= _STANDS_ALONE and not own.fields else f"{frame}, {piece}"


def _frame(
    first: str, piece: str, own_places: list[tuple[int, int]], places: Collection[str], *, asks: bool = False
) -> str:
    """The first part without the place, the year and the figures of another part, and without the words that ask.

    Args:
        asks: whether these are kept.
    """
    asked = understand(first, len(first))
    spans = [] if asks else _asking(first, asked.marked)
    if own_places:
        spans += _places_in(first, asked, places)
    if find_numbers(piece) or find_number_mentions(piece):
        spans += [(start, end) for start, end, _ in find_numbers(first)]
        spans += [(mention.start, mention.end) for mention in find_number_mentions(first)]
    for pattern in (YEAR, CLAIM):
        if next(_stand_alone(pattern, piece), None):
            spans += _stand_alone(pattern, first)
    return " ".join(blank(first, spans).split()).strip(" ,;()?")


def _stand_alone(pattern: re.Pattern[str], text: str) -> Iterator[tuple[int, int]]:
    """Where years or figures stand that are no part of a full date or of a document's number."""
    taken = [match.span() for match in FULL_DATE.finditer(text)]
    taken += [(start, end) for start, end, _ in find_numbers(text)]
    taken += [(mention.start, mention.end) for mention in find_number_mentions(text)]
    taken += [] if pattern is YEAR else [match.span() for match in YEAR.finditer(text)]
    found = (match.span() for match in pattern.finditer(text))
    return (span for span in found if not any(start <= span[0] < end for start, end in taken))


def _places_in(text: str, understood: Question, places: Collection[str]) -> list[tuple[int, int]]:
    """Where places are named: with their level ("huyện Sơn Khê"), or as ones that documents are about."""
    named = [rf"(?:{re.escape(fold(place.level))}\s+)?{re.escape(place.folded)}" for place in understood.places]
    named += [re.escape(name) for name in places]
    folded = fold(text)
    return [match.span() for pattern in named for match in re.finditer(rf"\b{pattern}\b", folded)]
