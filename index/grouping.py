"""Hits with nearly the same words, shown as one: a sentence that comes back in every year's report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from index.tokens import pairs, words
from index.types import Hit

# Two passages of 40 syllables that differ in three figures share 0.73 of their pairs, in two 0.81.
LEAST_SHARED = 0.8


def group_alike(hits: Sequence[Hit]) -> list[Hit]:
    """The hits, one for all that are alike: the newest stands where the best of them stood and holds the others.

    Only hits of different documents are put together; two places of one document are two results.
    """
    groups: list[list[Hit]] = []
    shapes: list[frozenset[str]] = []
    for hit in hits:
        shape = _shape(hit.chunk.text)
        place = next((at for at, other in enumerate(shapes) if _fits(hit, shape, groups[at], other)), None)
        if place is None:
            groups.append([hit])
            shapes.append(shape)
        else:
            groups[place].append(hit)
    return [_shown(group) for group in groups]


def _shape(text: str) -> frozenset[str]:
    folded = words(text).folded
    return frozenset(pairs(folded) or folded)


def _fits(hit: Hit, shape: frozenset[str], group: Sequence[Hit], other: frozenset[str]) -> bool:
    return shared(shape, other) >= LEAST_SHARED and all(hit.document.id != member.document.id for member in group)


def shared(left: frozenset[str], right: frozenset[str]) -> float:
    """Share of the tokens that two sets have in common (Jaccard 1901); 0 for two empty ones."""
    both = len(left & right)
    return both / max(1, len(left) + len(right) - both)


def _shown(group: Sequence[Hit]) -> Hit:
    newest = sorted(group, key=lambda hit: hit.document.metadata.issued_on or "", reverse=True)
    return replace(newest[0], alike=tuple(newest[1:])) if len(newest) > 1 else newest[0]
