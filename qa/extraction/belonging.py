"""Whose a figure is, where a sentence counts over several names: of one of them, or of all together."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from corpus.text import fold
from qa.language.figures import UPPER, Figure, find_figures
from qa.language.units import ChunkUnits, Words
from qa.understanding.patterns import PROPER_NAME

_MARK = re.compile(r"[,;:()](?=\s|$|[^\d\s])|\n")
_OPENS = re.compile(r"\b(?:cụ thể|gồm|như|trong đó)\b|:", re.IGNORECASE)
_NAME = re.compile(rf"(?<!\w)[{UPPER}][^\W\d_]+\s+[{UPPER}][^\W\d_]+")
_FEWEST = 2


def names_of(text: str, satisfied: frozenset[str]) -> tuple[str, ...]:
    """Folded proper names of a question, without those that the choice of documents answers for."""
    found = (re.sub(rf"^(?:{_LEVELS})\s+", "", fold(match[0])) for match in PROPER_NAME.finditer(text))
    return tuple(name for name in found if " " in name and not satisfied.issuperset(name.split()))


_LEVELS = "xa|huyen|tinh|phuong|thi tran|thanh pho|thon|ban"


def belongs(names: tuple[str, ...], text: str, figure: Figure) -> bool:
    """Whether a figure may be said of all of these names.

    Not where it counts a run of which they are one ("18 tỷ đồng để tu bổ một số di tích, cụ thể: A, B, C"), nor where
    the names of a run have figures each and another stands before it ("A 23 cơ sở, B 02 cơ sở, có 12 hộ …").
    """
    folded = fold(text)
    for name in names:
        places = [match.start() for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", folded)]
        if places and not any(_is_of(text, place, figure) for place in places):
            return False
    return True


def stands_near(needed: Sequence[str], units: ChunkUnits, own: Words, before: Words) -> bool:
    """Whether every named place stands in the unit, before it or in its headings."""
    for name in needed:
        pairs = set(zip(name.split(), name.split()[1:], strict=False))
        if not pairs:
            continue
        if not any(pairs <= words.folded_pairs for words in (own, before, units.heading)):
            return False
    return True


def stands_apart(places: Sequence[tuple[int, int]], text: str, words: frozenset[str]) -> bool:
    """Whether these places are only where something else is done ("trồng chè tại các xã A, B; chè hữu cơ 54 ha").

    Args:
        words: folded syllables of the question; the part between semicolons that holds most of them is meant.
    """
    parts = [match.span() for match in re.finditer(r"[^;]+", text)]
    held = [len(words & set(re.findall(r"[a-z0-9]+", fold(text[start:end])))) for start, end in parts]
    if len(parts) < _FEWEST or held.count(max(held)) > 1:
        return False
    start, end = parts[held.index(max(held))]
    if any(start <= at < end for at, _ in places):
        return False
    return any(_AT.search(text, max(0, at - _AT_REACH), at) for at, _ in places)


_AT = re.compile(r"\b(?:tại|ở)\s(?:(?:các|xã|bản|thôn|thị trấn|huyện)\s)*$")
_AT_REACH = 24


def _is_of(text: str, place: int, figure: Figure) -> bool:
    segments = _segments(text)
    own = next(i for i, (start, end) in enumerate(segments) if start <= place < end)
    counted = next(i for i, (start, end) in enumerate(segments) if start <= figure.start < end)
    if own == counted:
        return True
    figured = {i for i, (start, end) in enumerate(segments) if find_figures(text[start:end])}
    named = {i for i, (start, end) in enumerate(segments) if _NAME.search(text, start, end)} | {own}
    if own in figured:
        run = sorted(named & figured)
        return len(run) < _FEWEST or (counted > own and max(i for i in run if i <= counted) == own)
    if counted > own or not _OPENS.search(text, figure.end, place):
        return True
    beside = [i for i in (own - 2, own - 1, own + 1, own + 2) if i > counted and i in named and i not in figured]
    return len(beside) < _FEWEST


def _segments(text: str) -> list[tuple[int, int]]:
    cuts = [0, *(match.start() + 1 for match in _MARK.finditer(text)), len(text) + 1]
    return list(itertools.pairwise(cuts))
