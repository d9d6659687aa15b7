"""The learned order of the first candidates: a small LambdaMART model over cheap features."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from index.features import FEATURES, features
from index.queries import Question
from index.searching import Candidate
from index.trees import Trees, read_trees

BUNDLED = Path(__file__).resolve().parent / "model" / "ordering.txt"


class LearnedOrdering:
    """Orders candidates by the trees; to be called like a cross-encoder."""

    def __init__(self, trees: Trees) -> None:
        self._trees = trees

    @classmethod
    def load(cls, path: Path = BUNDLED) -> LearnedOrdering:
        """The model of a file.

        Raises:
            OrderingError: the file does not fit this program.
        """
        return cls(read_trees(path.read_text("utf-8"), FEATURES))

    def __call__(self, question: Question, found: Sequence[Candidate]) -> list[Candidate]:
        """The candidates, best first; the fused scores are dealt out again in the new order, so that scores fall."""
        if len(found) < 2:
            return list(found)
        values = self._trees.predict(features(question, found)).tolist()
        order = sorted(range(len(found)), key=lambda i: (-values[i], found[i].rank))
        fused = sorted((candidate.score for candidate in found), reverse=True)
        return [found[i].told({"order": values[i]}, score) for i, score in zip(order, fused, strict=True)]


def load_ordering(path: Path = BUNDLED) -> LearnedOrdering | None:
    """The learned order; None where there is no model file, so that the order of the fusion stays.

    Raises:
        OrderingError: the file does not fit this program.
    """
    return LearnedOrdering.load(path) if path.is_file() else None
