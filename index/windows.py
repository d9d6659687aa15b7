"""The best few words of a passage: a question is compared with its sentences and short stretches, not only its mean.

One vector blurs a long passage: its mean answers every question a little. docs/model.md has the figures. Only a static
model can do this for the price of a mean.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from index.fusion import Scores
from index.readings import Parts
from index.searching import Candidate
from index.types import Pieces, Vectors

# The stored norms (`index.readings`) depend on these two, `MOST_CHARACTERS` and `_SENTENCE`: with others,
# raise TOKENISER_VERSION.
WIDTH = 16
STRIDE = WIDTH // 2
_COMPARED = 40
MOST_CHARACTERS = 6_000
# Character ranges such as À-Ỹ hold small letters and capitals in turn.
CAPITALS = "".join(chr(code) for code in range(0x41, 0x1EFA) if chr(code).isupper())
_SENTENCE = re.compile(rf"(?<=[.;:!?])\s+(?=[{CAPITALS}]|\d+[.)]\s|[a-zđ]\)\s|[-+*•]\s)|\n+")

# Shares of the whole passage, its best stretch and its best sentence in `blend`; .1 more or less changes little.
_SHARES = {"dense": 0.3, "window": 0.4, "sentence": 0.3}


@runtime_checkable
class PieceEmbedder(Protocol):
    """An embedder whose texts are means of their pieces."""

    def pieces(self, texts: Sequence[str]) -> list[Pieces]:
        """The pieces of each text in order."""

    def rows(self, pieces: Pieces, width: int | None = None) -> Vectors:
        """The vectors of pieces, or their first `width` numbers; shape (pieces, width)."""

    def means(self, pieces: Sequence[Pieces]) -> Vectors:
        """The unit vectors of texts in pieces, shape (texts, dimension)."""


class Windows:
    """Compares questions with parts of passages; safe between threads."""

    def __init__(self, embedder: PieceEmbedder) -> None:
        self.embedder = embedder

    def read(self, texts: Sequence[str]) -> list[Parts]:
        """The parts of the first `MOST_CHARACTERS` of each text, for `best`."""
        split = [[s for s in _SENTENCE.split(text[:MOST_CHARACTERS]) if s] or [""] for text in texts]
        pieces = iter(self.embedder.pieces([sentence for sentences in split for sentence in sentences]))
        return [self._parts([next(pieces) for _ in sentences]) for sentences in split]

    def _parts(self, sentences: Sequence[Pieces]) -> Parts:
        pieces, lengths = np.concatenate(sentences), np.array([len(one) for one in sentences], np.uint32)
        starts, ends = bounds(lengths)
        rows = self.embedder.rows(pieces)
        running = np.concatenate([np.zeros_like(rows, shape=(1, rows.shape[1])), np.cumsum(rows, axis=0)])
        return Parts(pieces, lengths, np.linalg.norm(running[ends] - running[starts], axis=1))

    def best(self, query: Vectors, parts: Sequence[Parts]) -> tuple[Scores, Scores]:
        """The largest cosines of the question with a stretch and with a sentence of each text, shape (texts,) each.

        A sum's product with the question is the sum of its pieces' products, so no vectors are added up here.
        """
        pieces, place = np.unique(np.concatenate([one.pieces for one in parts]), return_inverse=True)
        # Not `@`: BLAS shares even this between threads, which on two busy cores takes 2.9 ms in place of 0.1.
        products = np.vecdot(self.embedder.rows(pieces), query)
        running = np.concatenate([[0.0], np.cumsum(products[place], dtype=np.float64)])
        offsets = np.cumsum([0, *(len(one.pieces) for one in parts)])
        starts, ends = np.concatenate(
            [bounds(one.lengths) + offset for one, offset in zip(parts, offsets, strict=False)], axis=1
        )
        norms = np.maximum(np.concatenate([one.norms for one in parts]), 1e-12)
        sizes = chain.from_iterable((len(one.norms) - len(one.lengths), len(one.lengths)) for one in parts)
        cosines = ((running[ends] - running[starts]) / norms).astype(np.float32)
        best = np.maximum.reduceat(cosines, np.cumsum([0, *sizes])[:-1])
        return best[0::2], best[1::2]

    def compare(self, query: Vectors, found: Sequence[Candidate]) -> list[Candidate]:
        """The candidates; the first ones with their best stretch in `parts["window"]`, best sentence in "sentence"."""
        head = found[:_COMPARED]
        if not head:
            return []
        scores = (part.tolist() for part in self.best(query, self.parts_of(head)))
        told = [
            candidate.told({"window": window, "sentence": sentence})
            for candidate, window, sentence in zip(head, *scores, strict=True)
        ]
        return [*told, *found[_COMPARED:]]

    def parts_of(self, found: Sequence[Candidate]) -> list[Parts]:
        """As they were stored; what an older version stored is read now."""
        stored = [candidate.reading.parts if candidate.reading else None for candidate in found]
        missing = [c.chunk.indexed_text for c, parts in zip(found, stored, strict=True) if parts is None]
        read = iter(self.read(missing))
        return [next(read) if parts is None else parts for parts in stored]


def first_sentence(text: str) -> str:
    """What a text begins with; in a law or a report often a heading."""
    return _SENTENCE.split(text.lstrip(), maxsplit=1)[0]


def bounds(lengths: NDArray[np.uint32]) -> NDArray[np.intp]:
    """Where stretches, then sentences begin and end, shape (2, stretches + sentences); at least one of each.

    A stretch is `WIDTH` neighbouring pieces, `STRIDE` apart.
    """
    stops = np.cumsum(lengths, dtype=np.intp)
    total = int(stops[-1])
    first = np.arange(0, max(1, total - STRIDE), STRIDE)
    return np.array([[*first, 0, *stops[:-1]], [*np.minimum(first + WIDTH, total), *stops]], np.intp)


def blend(parts: Mapping[str, float]) -> float:
    """Whole passage, best stretch and best sentence as one similarity."""
    return sum(share * parts[name] for name, share in _SHARES.items())


def by_windows(found: Sequence[Candidate]) -> list[Candidate]:
    """The compared candidates by whole passage, stretch and sentence together, then the rest as it was."""
    head = [candidate for candidate in found if "window" in candidate.parts]
    worth = {candidate.row: blend(candidate.parts) for candidate in head}
    scores = [candidate.score for candidate in head]
    order = sorted(head, key=lambda candidate: (-worth[candidate.row], candidate.rank))
    dealt = [candidate.told({}, score) for candidate, score in zip(order, scores, strict=True)]
    return [*dealt, *found[len(head) :]]
