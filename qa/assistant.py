"""The face of this package: a question goes in, an answer with citations comes out."""

from __future__ import annotations

import logging
import time
from collections.abc import Generator, Iterator, Sequence
from dataclasses import replace
from uuid import uuid4

from index.library import Library
from index.types import Filters, Hit
from qa import followup, generation, worded
from qa.citations import Found, join
from qa.extractive import Extractor
from qa.question import Question, understand
from qa.settings import Settings
from qa.types import REFUSAL, Answer, Citation, Passage, Turn
from qa.verification import source_of, verify

_log = logging.getLogger(__name__)


class Assistant:
    """Answers questions over a library; one object may serve several threads.

    Args:
        generator: words the answers; None answers with the documents' own words alone.
    """

    def __init__(self, library: Library, settings: Settings, generator: generation.Generator | None = None) -> None:
        self.library = library
        self.settings = settings
        self._extractor = Extractor(library, settings)
        self._generator = generator

    def ask(
        self,
        question: str,
        history: Sequence[Turn] = (),
        *,
        filters: Filters | None = None,
        id: str | None = None,  # the contract's name
    ) -> Answer:
        """Answer a question.

        Args:
            history: earlier turns, oldest first; a question that leans on them is made to stand alone.

        Raises:
            QuestionError: it is empty, too long, or cannot be read.
        """
        *_, last = self.stream(question, history, filters=filters, id=id)
        if not isinstance(last, Answer):
            raise RuntimeError("stream ended without an answer")
        return last

    def stream(
        self,
        question: str,
        history: Sequence[Turn] = (),
        *,
        filters: Filters | None = None,
        id: str | None = None,
    ) -> Iterator[str | Answer]:
        """Answer a question; the text so far, again and again as it grows, and the whole `Answer` at the end.

        Raises:
            QuestionError: it is empty, too long, or cannot be read.
        """
        started = time.perf_counter()
        name = id or uuid4().hex[:8]
        longest = self.settings.limits.question_chars
        understand(question, longest)
        standalone = self._standalone(question, history)
        understood = understand(standalone, max(longest, len(standalone)))
        found = self._extractor.answer(understood, filters or Filters())
        retrieved = time.perf_counter()
        answer = self._extractive(name, question, understood, found)
        if self._generator is not None and worded.worth_asking(found):
            answer = yield from self._generated(self._generator, answer, understood, found)
        finished = time.perf_counter()
        timings = {"retrieve": 1000 * (retrieved - started), "answer": 1000 * (finished - retrieved)}
        yield answer.answer
        yield replace(answer, standalone=standalone if standalone != question else "", timings_ms=timings)

    def retrieve(self, question: str, filters: Filters | None = None) -> list[Hit]:
        """The passages that an answer would be sought in.

        Raises:
            QuestionError: as in `ask`.
        """
        understood = understand(question, self.settings.limits.question_chars)
        retriever = self._extractor.retriever
        return retriever.search(understood.text, retriever.scope(understood, filters or Filters()).filters)

    def close(self) -> None:
        """Let go of the library."""
        self.library.close()

    def _standalone(self, question: str, history: Sequence[Turn]) -> str:
        rewritten = followup.stand_alone(question, history, self.settings.limits.question_chars)
        if self._generator is None or rewritten != question or not followup.leans(question, history):
            return rewritten
        try:
            return self._generator.rewrite(question, history) or question
        except generation.GenerationError:
            return question

    def _extractive(self, name: str, question: str, understood: Question, found: Found) -> Answer:
        """The answer in the documents' words, verified like any other."""
        passages = tuple(_passage(hit) for hit in found.hits[: self.settings.answers.passages])
        refusal = Answer(name, question, REFUSAL, True, "extractive", (), passages)
        if not found.picks:
            _log.info("refused: %s", found.why)
            return refusal
        text, citations = join(found.picks, found.separator)
        verified = verify(text, citations, self._sources(citations, found))
        if not verified.citations:
            return replace(refusal, dropped=verified.dropped)
        said = found.lead + verified.text
        return Answer(name, question, said, False, "extractive", verified.citations, passages, dropped=verified.dropped)

    def _sources(self, citations: Sequence[Citation], found: Found) -> dict[int, str]:
        chunks = {hit.chunk.id: hit.chunk.indexed_text for hit in found.hits}
        rows = {number: pick.context for number, pick in enumerate(found.picks, 1)}
        return {c.marker: source_of(c, "\n".join((chunks.get(c.chunk, ""), rows.get(c.marker, "")))) for c in citations}

    def _generated(
        self, generator: generation.Generator, extractive: Answer, question: Question, found: Found
    ) -> Generator[str, None, Answer]:
        """The worded answer, or the extractive one with a note."""
        try:
            text = yield from worded.spoken_pieces(generator, self._worded_hits(found), question.text)
        except generation.GenerationError as error:
            return replace(extractive, note=f"{_opening(str(error))}; đây là câu trả lời trích nguyên văn.")
        return worded.settle(text, extractive, question, self._worded_hits(found), self.library)

    def _worded_hits(self, found: Found) -> list[Hit]:
        """The passages put before the model: those of the extractive answer first."""
        first = {pick.chunk for pick in found.picks}
        ordered = sorted(found.hits, key=lambda hit: hit.chunk.id not in first)
        return ordered[: self.settings.generation.passages]


def _opening(text: str) -> str:
    return text[:1].upper() + text[1:]


def _passage(hit: Hit) -> Passage:
    chunk = hit.chunk
    return Passage(chunk.id, hit.score, chunk.section, chunk.text, hit.document, chunk.span)
