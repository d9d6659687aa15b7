"""Late interaction: every piece of a question looks for the likest piece of a passage, and of each of its sentences.

A mean of pieces forgets which of them were asked for; here each has to be met, by itself or by a word of like meaning
(Khattab and Zaharia 2020 do this with a transformer). docs/model.md has the figures.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from index.embedding import unit
from index.fusion import Scores
from index.pooling import Pool
from index.searching import Candidate
from index.types import PieceEmbedder, Vectors

# The bundled model is trained to be cut (Matryoshka): docs/model.md compares 128, 256 and 512.
_WIDTH = 128
# What is less alike is unrelated, when the rarity of a piece of the question is judged.
_ALIKE = 0.5
_LEAST = 1e-3
_SHORTEST = 1e-12


def compare(embedder: PieceEmbedder, question: str, found: Sequence[Candidate], pool: Pool) -> list[Candidate]:
    """The candidates; those of the pool with `parts["soft"]` and `parts["soft_sentence"]`.

    They are the share (0..1) of the question that is met, and that a single sentence meets.
    """
    asked = np.unique(embedder.pieces([question])[0])
    if not len(pool) or not len(asked):
        return list(found)
    told = [
        candidate.told({"soft": whole, "soft_sentence": sentence})
        for candidate, whole, sentence in zip(
            found, *(part.tolist() for part in met(embedder.rows(asked), pool)), strict=False
        )
    ]
    return [*told, *found[len(pool) :]]


def met(asked: Vectors, pool: Pool) -> tuple[Scores, Scores]:
    """The share of the question's pieces that each text, and its best sentence, meets; shape (texts,) each.

    Args:
        asked: the vectors of the question's pieces; longer ones weigh more, and so do those that few texts meet.
    """
    sentences = np.array([np.count_nonzero(one.lengths) for one in pool.parts], np.intp)
    filled = sentences > 0
    whole_share, sentence_share = scores = np.zeros(len(pool), np.float32), np.zeros(len(pool), np.float32)
    if filled.any():
        likest = _by_sentence(asked, pool)
        first = np.cumsum([0, *sentences[filled]])[:-1]
        whole = np.maximum.reduceat(likest, first, axis=0)
        weights = _weights(asked, whole, len(pool))
        whole_share[filled] = np.vecdot(whole, weights)
        sentence_share[filled] = np.maximum.reduceat(np.vecdot(likest, weights), first)
    return scores


def _by_sentence(asked: Vectors, pool: Pool) -> Vectors:
    """How alike the likest piece of every sentence is, shape (sentences, pieces of the question)."""
    table, wanted = pool.vectors[:, :_WIDTH], unit(asked[:, :_WIDTH])
    # Not `@`: see `Windows.best`. The products are divided by the lengths: there are fewer of them than numbers.
    lengths = np.maximum(np.sqrt(np.vecdot(table, table)), _SHORTEST)
    alike = np.maximum(np.vecdot(table[:, None], wanted[None]), 0.0) / lengths[:, None]
    pieces = np.concatenate([one.lengths for one in pool.parts])
    starts = np.cumsum([0, *pieces[pieces > 0]])[:-1]
    likest: Vectors = np.maximum.reduceat(alike.take(pool.place, axis=0), starts, axis=0)
    return likest


def _weights(asked: Vectors, whole: Vectors, texts: int) -> Vectors:
    """What each piece of the question is worth; they sum to 1."""
    number = np.clip((whole - _ALIKE) / (1.0 - _ALIKE), 0.0, 1.0).sum(axis=0)
    rarity = np.maximum(np.log((texts + 1) / (number + 0.5)), 0.0) + _LEAST
    worth = np.linalg.norm(asked, axis=1) * rarity
    weights: Vectors = (worth / worth.sum()).astype(np.float32)
    return weights
