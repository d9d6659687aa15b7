"""The best few words of a passage: a question is compared with its sentences and short stretches, not only its mean.

One vector blurs a long passage: its mean answers every question a little. docs/model.md has the figures. Only a static
model can do this for the price of a mean.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import chain
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from index.embedding import unit
from index.fusion import Scores
from index.searching import Candidate
from index.types import Vectors

WIDTH = 16
STRIDE = WIDTH // 2
_COMPARED = 24
_MOST_CHARACTERS = 6_000
_KEPT = 1_024
# Character ranges such as À-Ỹ hold small letters and capitals in turn.
CAPITALS = "".join(chr(code) for code in range(0x41, 0x1EFA) if chr(code).isupper())
_SENTENCE = re.compile(rf"(?<=[.;:!?])\s+(?=[{CAPITALS}]|\d+[.)]\s|[a-zđ]\)\s|[-+*•]\s)|\n+")

# Shares of the whole passage, its best stretch and its best sentence in `blend`; .1 more or less changes little.
_SHARES = {"dense": 0.3, "window": 0.4, "sentence": 0.3}


@runtime_checkable
class PieceEmbedder(Protocol):
    """An embedder whose texts are means of their pieces."""

    def piece_vectors(self, texts: Sequence[str]) -> list[Vectors]:
        """The vectors of each text's pieces in order, shape (pieces, dimension)."""


class Windows:
    """Compares questions with parts of passages, whose vectors are kept for a while; safe between threads."""

    def __init__(self, embedder: PieceEmbedder) -> None:
        self._embedder = embedder
        self._of = lru_cache(maxsize=_KEPT)(self._encode)

    def _encode(self, text: str) -> tuple[NDArray[np.float16], int]:
        """Unit vectors of the stretches, then of the sentences, and how many stretches there are."""
        parts = self._embedder.piece_vectors([s for s in _SENTENCE.split(text[:_MOST_CHARACTERS]) if s] or [""])
        moving = stretches(np.concatenate(parts))
        sentences = unit(np.stack([part.sum(axis=0) for part in parts]))
        return np.concatenate([moving, sentences]).astype(np.float16), len(moving)

    def best(self, query: Vectors, texts: Sequence[str]) -> tuple[Scores, Scores]:
        """The largest cosines of the question with a stretch and with a sentence of each text, shape (texts,) each."""
        found = [self._of(text) for text in texts]
        lengths = [(moving, len(vectors) - moving) for vectors, moving in found]
        starts = np.cumsum([0, *chain.from_iterable(lengths)])[:-1]
        similar = np.concatenate([vectors for vectors, _ in found]).astype(np.float32) @ query
        best = np.maximum.reduceat(similar, starts)
        return best[0::2], best[1::2]

    def compare(self, query: Vectors, found: Sequence[Candidate]) -> list[Candidate]:
        """The candidates; the first ones with their best stretch in `parts["window"]`, best sentence in "sentence"."""
        head = found[:_COMPARED]
        if not head:
            return []
        scores = self.best(query, [candidate.chunk.indexed_text for candidate in head])
        told = [
            replace(candidate, parts={**candidate.parts, "window": window, "sentence": sentence})
            for candidate, window, sentence in zip(head, *(part.tolist() for part in scores), strict=True)
        ]
        return [*told, *found[_COMPARED:]]


def stretches(pieces: Vectors) -> Vectors:
    """Unit vectors of every `WIDTH` neighbouring pieces, `STRIDE` apart, shape (stretches, dimension); at least one."""
    if len(pieces) <= WIDTH:
        return unit(pieces.sum(axis=0, keepdims=True))
    # A stretch is two neighbouring strides; adding these up takes a tenth of the time of running sums.
    steps = np.add.reduceat(pieces, np.arange(0, len(pieces), STRIDE), axis=0)
    return unit(steps[:-1] + steps[1:])


def blend(parts: Mapping[str, float]) -> float:
    """Whole passage, best stretch and best sentence as one similarity."""
    return sum(share * parts[name] for name, share in _SHARES.items())


def by_windows(found: Sequence[Candidate]) -> list[Candidate]:
    """The compared candidates by whole passage, stretch and sentence together, then the rest as it was."""
    head = [candidate for candidate in found if "window" in candidate.parts]
    worth = {candidate.row: blend(candidate.parts) for candidate in head}
    scores = [candidate.score for candidate in head]
    order = sorted(head, key=lambda candidate: (-worth[candidate.row], candidate.rank))
    dealt = [replace(candidate, score=score) for candidate, score in zip(order, scores, strict=True)]
    return [*dealt, *found[len(head) :]]
