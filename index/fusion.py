"""Pure arithmetic over scores: normalising, weighting, coverage of a question."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]

# Words that a question is made with; they say what is asked for, not what it is about.
QUESTION_WORDS = frozenset(
    "ai bao nhieu may gi nao dau sao the la co khong cua va voi cho trong ve o tai tu den thi ma nay do nhu duoc bi cac"
    " nhung mot khi hay hoac tren duoi vay ra vao boi theo de se da dang rang hoi biet xin vui long nhe a oi luc the"
    " what who when where which how many much is are was were the of in on and or to for".split()
)


def z_scores(scores: Scores) -> Scores:
    """Scores with mean 0 and deviation 1; zeros where they are all alike."""
    if scores.size == 0:
        return scores
    deviation = float(scores.std())
    if deviation < 1e-9:
        return np.zeros_like(scores)
    normalised: Scores = ((scores - scores.mean()) / deviation).astype(np.float32)
    return normalised


def fuse(lexical: Scores, dense: Scores, lexical_weight: float, dense_weight: float) -> Scores:
    """Weighted sum of the normalised scores of the same candidates, shape (candidates,)."""
    fused: Scores = (lexical_weight * z_scores(lexical) + dense_weight * z_scores(dense)).astype(np.float32)
    return fused


def idf(documents: int, frequency: int) -> float:
    """Inverse document frequency as in BM25 (Robertson and Zaragoza 2009, with 1 added inside the logarithm)."""
    return math.log(1.0 + (documents - frequency + 0.5) / (frequency + 0.5))


def coverage(weights: Iterable[float], held: NDArray[np.bool_]) -> Scores:
    """Share (0..1) of the weight of a question's words that each text holds, shape (texts,); 0 without any weight.

    Args:
        held: shape (texts, words).
    """
    worth = np.fromiter(weights, np.float32)
    total = float(worth.sum())
    return (weighed(held, worth) / total).astype(np.float32) if total > 0.0 else np.zeros(len(held), np.float32)


def weighed(held: NDArray[Any], weights: Scores) -> Scores:
    """The sum of the weights of what each row holds.

    Not `@`: BLAS computes with what lies behind a row and warns of it, though it throws that away.
    """
    found: Scores = (held * weights).sum(axis=-1)
    return found
