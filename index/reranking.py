"""An optional cross-encoder that reads question and passage together; slow and exact, off by default."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any

from index.embedding import local_folder
from index.queries import Question
from index.searching import Candidate
from index.types import LibraryError


class CrossEncoderOrdering:
    """Orders candidates by the score of a cross-encoder that sentence-transformers loads."""

    def __init__(self, name: str, *, backend: str = "torch", online: bool = False) -> None:
        self._name, self._backend, self._online = name, backend, online

    @cached_property
    def _model(self) -> Any:  # noqa: ANN401 - imported lazily
        folder = local_folder(self._name, online=self._online)
        from sentence_transformers import CrossEncoder

        try:
            return CrossEncoder(str(folder), backend=self._backend, device="cpu")
        except (OSError, ValueError, ImportError) as error:
            raise LibraryError(f"Không mở được mô hình xếp hạng {self._name!r}: {error}") from error

    def __call__(self, question: Question, found: Sequence[Candidate]) -> list[Candidate]:
        """The candidates, best first, with their score in `parts["order"]`."""
        if not found:
            return []
        pairs = [(question.text, candidate.chunk.indexed_text) for candidate in found]
        scores = [float(score) for score in self._model.predict(pairs, show_progress_bar=False)]
        scored = [
            replace(candidate, score=score, parts={**candidate.parts, "order": score})
            for candidate, score in zip(found, scores, strict=True)
        ]
        return sorted(scored, key=lambda candidate: (-candidate.score, candidate.rank))
