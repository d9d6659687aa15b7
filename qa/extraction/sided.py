"""What each side of a comparison is asked: not what stands beside the name of another side alone."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from corpus.text import fold
from qa.understanding.claimed import blank

_JOINT = re.compile(r"\b(?:so voi|voi|va|con|hay|hoac)\b|[,;?]")
_ASIDE = re.compile(r"\s*\([^()]*\)")
_FEWEST_WORDS = 3


def of_side(text: str, names: Sequence[Sequence[str]], side: int) -> str:
    """The question with what is said of the other sides blanked out; itself where too little would be left.

    Args:
        names: the folded names of each side.
    """
    folded = fold(text)
    places = {number: _first(folded, own) for number, own in enumerate(names)}
    if any(place is None for place in places.values()):
        return text
    spans = {number: place for number, place in places.items() if place is not None}
    zones = [_zone(folded, spans, number) for number in spans if number != side]
    left = blank(text, zones)
    return " ".join(left.split()) if len(left.split()) >= _FEWEST_WORDS else text


def _first(folded: str, names: Sequence[str]) -> tuple[int, int] | None:
    found = [match.span() for name in names for match in re.finditer(rf"\b{re.escape(name)}\b", folded)]
    return min(found, default=None)


def _zone(folded: str, spans: Mapping[int, tuple[int, int]], number: int) -> tuple[int, int]:
    """From the joint before a side to the one behind it; what stands before or behind all sides is asked of each."""
    start, end = spans[number]
    before = [other for other in spans.values() if other[1] <= start]
    if any(other[0] >= end for other in spans.values()):
        behind = _JOINT.search(folded, end)
        until = behind.start() if behind else end
    else:
        aside = _ASIDE.match(folded, end)
        until = aside.end() if aside else end
    if not before:
        return start, until
    joints = [joint.end() for joint in _JOINT.finditer(folded, max(e for _, e in before), start)]
    return (joints[-1] if joints else start), until
