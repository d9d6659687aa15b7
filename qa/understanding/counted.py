"""What a question counts or measures, and what it says of that."""

from __future__ import annotations

import itertools

from corpus.text import fold
from qa.language.words import is_stop, pair_known, tokenise
from qa.understanding.asked import EVENTS, Kind, Term
from qa.understanding.patterns import CLASSIFIERS, COUNTED, MEASURED, PREMISED, QUANTITIES, UNIT_WORDS


def focus_of(
    kind: Kind, terms: tuple[Term, ...], asked: tuple[str, ...], substance: Term | None = None
) -> tuple[Term, ...]:
    """The quantity of an amount question: what is counted, else the measure that it names."""
    if kind not in ("amount", "percent"):
        return ()
    if substance is not None:
        return (substance,)
    if asked and asked[0] not in CLASSIFIERS:
        # "hồi" is no "hội nghị": a word that only begins alike stands back.
        counted = [term for term in terms if term.folded[0] == asked[0]]
        if counted:
            return (next((term for term in counted if term.folded == asked), counted[0]),)
    return tuple(term for term in terms if "_".join(term.folded) in QUANTITIES)[:1]


def substance_of(bare: str, terms: tuple[Term, ...]) -> Term | None:
    """What is measured: "bao nhiêu ha cây mắc ca" asks after "mắc ca", not after any crop."""
    match = MEASURED.search(fold(bare))
    if match is None:
        return None
    behind = [term for term in terms if term.tokens and term.tokens[0].start >= match.end() and not term.name]
    # In "tạ một héc-ta" the second unit is what the first is said of.
    named = next((term for term in behind if not _CROPPED.issuperset(term.folded)), None)
    between = bare[match.end() : named.tokens[0].start] if named else ""
    return named if named and len(between.split()) <= 1 and "(" not in between else None


_CROPPED = frozenset(("cay", "con", "dat", *UNIT_WORDS))


def counted_noun(lowered: str, marked: bool) -> tuple[str, ...]:
    """Folded syllables of what is counted: "bao nhiêu hội nghị" → ("hoi", "nghi")."""
    match = COUNTED.search(lowered, marked)
    if not match:
        return ()
    kept: list[str] = []
    for token in tokenise(match.group(1)):
        if is_stop(token, marked) or token.folded in UNIT_WORDS:
            break
        kept.append(token.folded)
    named = len(kept) > 2 and kept[0] in EVENTS and pair_known(" ".join(kept[1:3]))
    return tuple(kept[1:3] if named else kept[:2])


def predicate_of(lowered: str, marked: bool, terms: tuple[Term, ...], asked: tuple[str, ...]) -> tuple[Term, ...]:
    """What is said of the counted things, or what is measured.

    "Kỷ luật" and more of "bao nhiêu đảng viên bị kỷ luật vì …"; "rừng trồng" of "diện tích rừng trồng".
    """
    match = COUNTED.search(lowered, marked)
    if match is None or not asked:
        return _measured_thing(lowered, terms)
    end = match.start(1) + len(lowered[match.start(1) :].partition(",")[0])
    behind = (term for term in terms if match.start(1) < term.tokens[0].start < end)
    return tuple(term for term in behind if not term.name and term.folded[0] not in asked)


def _measured_thing(lowered: str, terms: tuple[Term, ...]) -> tuple[Term, ...]:
    """The words right behind a measure; what is only done there ("diện tích trồng chè") is none of them."""
    placed = sorted((term for term in terms if term.tokens[0].end), key=lambda term: term.tokens[0].start)
    first = next((i for i, term in enumerate(placed) if "_".join(term.folded) in QUANTITIES), len(placed))
    found: list[Term] = []
    for before, term in itertools.pairwise(placed[first:]):
        if term.name or lowered[before.tokens[-1].end : term.tokens[0].start].strip():
            break
        if found or term.folded not in _DONE_THERE:
            found.append(term)
    return tuple(found)


_DONE_THERE = frozenset(
    (("trong",), ("gieo", "trong"), ("thuc", "hien"), ("dau", "tu"), ("san", "xuat"), ("thu", "hoach"))
)


def premise_of(lowered: str, marked: bool, terms: tuple[Term, ...]) -> tuple[Term, ...]:
    """The words right behind "bị", "phải", "không": what a question why takes to have happened."""
    match = PREMISED.search(lowered, marked)
    if match is None:
        return ()
    return tuple(term for term in terms if not term.name and term.tokens[0].start >= match.end())[:_PREMISE]


_PREMISE = 2
