"""Late interaction: every piece of a question looks for the likest piece of a passage, and of each of its sentences.

A mean of pieces forgets which of them were asked for; here each has to be met, by itself or by a word of like meaning
(Khattab and Zaharia 2020 do this with a transformer). docs/model.md has the figures.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from index.embedding import unit
from index.fusion import Scores
from index.readings import Parts
from index.searching import Candidate
from index.types import Vectors
from index.windows import PieceEmbedder, Windows

# The bundled model is trained to be cut (Matryoshka): docs/model.md compares 128, 256 and 512.
_WIDTH = 128
# What is less alike is unrelated, when the rarity of a piece of the question is judged.
_ALIKE = 0.5
_LEAST = 1e-3


def compare(windows: Windows, question: str, found: Sequence[Candidate]) -> list[Candidate]:
    """The candidates with `parts["soft"]` and `parts["soft_sentence"]`: the share (0..1) of the question that is met.

    The second is met by a single sentence.
    """
    asked = np.unique(windows.embedder.pieces([question])[0])
    if not found or not len(asked):
        return list(found)
    scores = met(windows.embedder, windows.embedder.rows(asked), windows.parts_of(found))
    return [
        candidate.told({"soft": whole, "soft_sentence": sentence})
        for candidate, whole, sentence in zip(found, *(part.tolist() for part in scores), strict=True)
    ]


def met(embedder: PieceEmbedder, asked: Vectors, parts: Sequence[Parts]) -> tuple[Scores, Scores]:
    """The share of the question's pieces that each text, and its best sentence, meets; shape (texts,) each.

    Args:
        asked: the vectors of the question's pieces; longer ones weigh more, and so do those that few texts meet.
    """
    sentences = np.array([np.count_nonzero(one.lengths) for one in parts], np.intp)
    filled = sentences > 0
    whole_share, sentence_share = scores = np.zeros(len(parts), np.float32), np.zeros(len(parts), np.float32)
    if filled.any():
        likest = _by_sentence(embedder, asked, parts)
        first = np.cumsum([0, *sentences[filled]])[:-1]
        whole = np.maximum.reduceat(likest, first, axis=0)
        weights = _weights(asked, whole, len(parts))
        whole_share[filled] = np.vecdot(whole, weights)
        sentence_share[filled] = np.maximum.reduceat(np.vecdot(likest, weights), first)
    return scores


def _by_sentence(embedder: PieceEmbedder, asked: Vectors, parts: Sequence[Parts]) -> Vectors:
    """How alike the likest piece of every sentence is, shape (sentences, pieces of the question)."""
    pieces, place = np.unique(np.concatenate([one.pieces for one in parts]), return_inverse=True)
    table, wanted = unit(embedder.rows(pieces, _WIDTH)), unit(asked[:, :_WIDTH])
    # Not `@`: see `Windows.best`.
    alike = np.maximum(np.vecdot(table[:, None], wanted[None]), 0.0)
    lengths = np.concatenate([one.lengths for one in parts])
    starts = np.cumsum([0, *lengths[lengths > 0]])[:-1]
    likest: Vectors = np.maximum.reduceat(alike[place], starts, axis=0)
    return likest


def _weights(asked: Vectors, whole: Vectors, texts: int) -> Vectors:
    """What each piece of the question is worth; they sum to 1."""
    number = np.clip((whole - _ALIKE) / (1.0 - _ALIKE), 0.0, 1.0).sum(axis=0)
    rarity = np.maximum(np.log((texts + 1) / (number + 0.5)), 0.0) + _LEAST
    worth = np.linalg.norm(asked, axis=1) * rarity
    weights: Vectors = (worth / worth.sum()).astype(np.float32)
    return weights
