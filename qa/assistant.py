"""The face of this package: a question goes in, an answer with citations comes out."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from uuid import uuid4

from index.library import Library
from index.types import Filters, Hit
from qa.citations import join
from qa.extractive import Extractor, Found
from qa.question import understand
from qa.settings import Settings
from qa.types import REFUSAL, Answer, Passage, Turn


class Assistant:
    """Answers questions over a library."""

    def __init__(self, library: Library, settings: Settings) -> None:
        self.library = library
        self.settings = settings
        self._extractor = Extractor(library, settings)

    def ask(
        self,
        question: str,
        history: Sequence[Turn] = (),
        *,
        filters: Filters | None = None,
        id: str | None = None,
    ) -> Answer:
        """Answer a question.

        Raises:
            QuestionError: it is empty, too long, or cannot be read.
        """
        started = time.perf_counter()
        understood = understand(question, self.settings.limits.question_chars)
        found = self._extractor.answer(understood, filters or Filters())
        done = time.perf_counter()
        return self._answer(id or uuid4().hex[:8], question, found, {"answer": 1000 * (done - started)})

    def stream(
        self,
        question: str,
        history: Sequence[Turn] = (),
        *,
        filters: Filters | None = None,
        id: str | None = None,
    ) -> Iterator[str | Answer]:
        """Answer a question; the text so far, again and again, then the whole `Answer`."""
        answer = self.ask(question, history, filters=filters, id=id)
        yield answer.answer
        yield answer

    def close(self) -> None:
        """Let go of the library."""
        self.library.close()

    def _answer(self, name: str, question: str, found: Found, timings: dict[str, float]) -> Answer:
        passages = tuple(_passage(hit) for hit in found.hits[: self.settings.answers.passages])
        if not found.picks:
            return Answer(name, question, REFUSAL, True, "extractive", (), passages, timings)
        text, citations = join(found.picks, found.separator)
        return Answer(name, question, found.lead + text, False, "extractive", citations, passages, timings)


def _passage(hit: Hit) -> Passage:
    chunk = hit.chunk
    return Passage(chunk.id, hit.score, chunk.section, chunk.text, hit.document, chunk.span)
