"""The best few words of a passage: a question is compared with its sentences and short stretches, not only its mean.

One vector blurs a long passage: its mean answers every question a little. docs/model.md has the figures. Only a static
model can do this for the price of a mean.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from index.fusion import Scores
from index.pooling import Pool
from index.readings import Parts
from index.searching import Candidate
from index.splitting import sentences
from index.types import PieceEmbedder, Pieces, Vectors

# The stored norms (`index.readings`) depend on these two and `MOST_CHARACTERS`: with others, raise TOKENISER_VERSION.
WIDTH = 16
STRIDE = WIDTH // 2
_COMPARED = 40
MOST_CHARACTERS = 6_000

# Shares of the whole passage, its best stretch and its best sentence in `blend`; .1 more or less changes little.
_SHARES = {"dense": 0.3, "window": 0.4, "sentence": 0.3}


class Windows:
    """Compares questions with parts of passages; safe between threads."""

    def __init__(self, embedder: PieceEmbedder) -> None:
        self.embedder = embedder

    def read(self, texts: Sequence[str]) -> list[Parts]:
        """The parts of the first `MOST_CHARACTERS` of each text, for `best`."""
        split = [sentences(text[:MOST_CHARACTERS]) for text in texts]
        pieces = iter(self.embedder.pieces(list(chain.from_iterable(split))))
        return [self._parts([next(pieces) for _ in found]) for found in split]

    def _parts(self, split: Sequence[Pieces]) -> Parts:
        pieces, lengths = np.concatenate(split), np.array([len(one) for one in split], np.uint32)
        rows = self.embedder.rows(pieces)
        running = np.concatenate([np.zeros_like(rows, shape=(1, rows.shape[1])), np.cumsum(rows, axis=0)])
        norms = [np.linalg.norm(running[runs.ends] - running[runs.starts], axis=1) for runs in bounds([lengths])]
        return Parts(pieces, lengths, np.concatenate(norms))

    def pool(self, found: Sequence[Candidate]) -> Pool:
        """The pieces of the first candidates, for `compare` and for `index.interaction`."""
        return Pool.of(self._parts_of(found[:_COMPARED]), self.embedder)

    def best(self, query: Vectors, pool: Pool) -> tuple[Scores, Scores]:
        """The largest cosines of the question with a stretch and with a sentence of each text, shape (texts,) each.

        A sum's product with the question is the sum of its pieces' products, so no vectors are added up here.
        """
        # Not `@`: BLAS shares even this between threads, which on two busy cores takes 2.9 ms in place of 0.1.
        products = np.vecdot(pool.vectors, query)
        running = np.concatenate([[0.0], np.cumsum(products[pool.place], dtype=np.float64)])
        norms = np.maximum(np.concatenate([one.norms for one in pool.parts]), 1e-12)
        stretches, sentences = bounds([one.lengths for one in pool.parts])
        counts = stretches.counts + sentences.counts
        firsts = _before(counts)  # of the norms of each text; those of its sentences stand behind the others
        return stretches.best(running, norms, firsts), sentences.best(running, norms, firsts + stretches.counts)

    def compare(self, query: Vectors, found: Sequence[Candidate], pool: Pool) -> list[Candidate]:
        """The candidates; those of the pool with their best stretch in `parts["window"]`, sentence in "sentence"."""
        if not len(pool):
            return list(found)
        scores = (part.tolist() for part in self.best(query, pool))
        told = [
            candidate.told({"window": window, "sentence": sentence})
            for candidate, window, sentence in zip(found, *scores, strict=False)
        ]
        return [*told, *found[len(pool) :]]

    def _parts_of(self, found: Sequence[Candidate]) -> list[Parts]:
        """As they were stored; what an older version stored is read now."""
        stored = [candidate.reading.parts if candidate.reading else None for candidate in found]
        missing = [c.chunk.indexed_text for c, parts in zip(found, stored, strict=True) if parts is None]
        read = iter(self.read(missing))
        return [next(read) if parts is None else parts for parts in stored]


@dataclass(frozen=True, slots=True, eq=False)
class Ranges:
    """Runs of pieces, one text after the other; pieces of all texts are counted through.

    Args:
        starts, ends: of each run.
        counts: how many runs each text has, at least one.
    """

    starts: NDArray[np.intp]
    ends: NDArray[np.intp]
    counts: NDArray[np.intp]

    def best(self, running: NDArray[np.float64], norms: Scores, firsts: NDArray[np.intp]) -> Scores:
        """The largest cosine of each text's runs, shape (texts,).

        Args:
            running: the sum of the products of all pieces before each.
            norms: of the runs of all kinds.
            firsts: where the norms of the first run of each text stand.
        """
        own = norms[np.arange(len(self.starts)) + np.repeat(firsts - _before(self.counts), self.counts)]
        cosines = ((running[self.ends] - running[self.starts]) / own).astype(np.float32)
        best: Scores = np.maximum.reduceat(cosines, _before(self.counts))
        return best


def bounds(lengths: Sequence[NDArray[np.uint32]]) -> tuple[Ranges, Ranges]:
    """The stretches and the sentences of texts whose sentences have so many pieces; at least one of each.

    A stretch is `WIDTH` neighbouring pieces, `STRIDE` apart.
    """
    numbers = np.array([len(one) for one in lengths], np.intp)
    stops = np.cumsum(np.concatenate(lengths), dtype=np.intp)
    ends = stops[np.cumsum(numbers) - 1]
    begins = np.concatenate([[0], ends[:-1]])
    counts = np.maximum(1, -((begins + STRIDE - ends) // STRIDE))
    at = np.arange(counts.sum()) - np.repeat(_before(counts), counts)
    starts = np.repeat(begins, counts) + STRIDE * at
    stretches = Ranges(starts, np.minimum(starts + WIDTH, np.repeat(ends, counts)), counts)
    return stretches, Ranges(np.concatenate([[0], stops[:-1]]), stops, numbers)


def _before(counts: NDArray[np.intp]) -> NDArray[np.intp]:
    return np.cumsum(counts) - counts


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
