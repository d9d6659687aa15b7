"""The face of this package: a question goes in, an answer with citations comes out."""

from __future__ import annotations

import logging
import time
from collections.abc import Generator, Iterator, Sequence
from dataclasses import replace
from uuid import uuid4

from corpus.sentences import split_sentences
from corpus.text import fold
from index.library import Library
from index.records import passes
from index.types import Filters, Hit
from qa import followup
from qa.citations import Found, join
from qa.extraction import parts
from qa.extraction.extractive import Extractor
from qa.extraction.matching import weigh
from qa.extraction.scope import known_places
from qa.language.words import has_marks
from qa.settings import Settings
from qa.types import INVITATION, REFUSAL, Answer, Citation, Passage, Turn
from qa.understanding.initials import places_written_out
from qa.understanding.openings import is_small_talk, without_opening
from qa.understanding.question import Question, clean_question, understand
from qa.understanding.spelling import Speller
from qa.verification import source_of, verify
from qa.wording import generation, worded

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
        self._speller = Speller(library)

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
        """Answer a question; texts to show until it is whole, and the `Answer` at the end.

        With a language model the first text is the extractive answer; what the model says is shown sentence by
        sentence, each as verified as the whole.

        Raises:
            QuestionError: it is empty, too long, or cannot be read.
        """
        started = time.perf_counter()
        name = id or uuid4().hex[:8]
        longest = self.settings.limits.question_chars
        understand(question, longest)
        if is_small_talk(question):
            yield Answer(name, question, INVITATION, True, "extractive")
            return
        filters = filters or Filters()
        history = tuple(turn for turn in history if not is_small_talk(turn.question))
        standalone, document = self._of_document(question, history, filters)
        if document:
            filters = replace(filters, documents=(document,))
        else:
            standalone = self._standalone(question, history)
        # What is shown is what was typed; what is looked for is what was meant.
        read_as, understood, parted = self._read(standalone, filters)
        retrieved = time.perf_counter()
        answer = self._extractive(name, question, parted)
        if self._generator is not None and (task := self._task(understood, parted.found)):
            answer = yield from self._generated(self._generator, answer, task)
        finished = time.perf_counter()
        timings = {"retrieve": 1000 * (retrieved - started), "answer": 1000 * (finished - retrieved)}
        yield answer.answer
        note = ". ".join(filter(None, (answer.note, _told(standalone, read_as))))
        yield replace(answer, standalone=standalone if standalone != question else "", note=note, timings_ms=timings)

    def retrieve(self, question: str, filters: Filters | None = None) -> list[Hit]:
        """The passages that an answer would be sought in.

        Raises:
            QuestionError: as in `ask`.
        """
        understand(question, self.settings.limits.question_chars)
        meant = self.meant(question)
        understood = understand(meant, len(meant))
        retriever = self._extractor.retriever
        return retriever.search(understood.text, retriever.scope(understood, filters or Filters()).filters)

    def close(self) -> None:
        """Let go of the library."""
        self.library.close()

    def _of_document(self, question: str, history: Sequence[Turn], filters: Filters) -> tuple[str, str]:
        """A question about the document that was cited last, with its name, and the document's id; else nothing."""
        cited = history[-1].document if history else ""
        for record in self.library.find(cited) if cited else ():
            if not passes(record, filters):
                continue
            asked = followup.of_document(question, history, record.metadata, self.settings.limits.question_chars)
            if asked:
                return asked, record.id
        return "", ""

    def _standalone(self, question: str, history: Sequence[Turn]) -> str:
        by_rule = followup.stand_alone(question, history, self.settings.limits.question_chars)
        enough = by_rule != question and not followup.needs_words(question)
        if self._generator is None or enough or not followup.leans(question, history):
            return by_rule
        try:
            rewritten = self._generator.rewrite(question, history)
        except generation.GenerationError:
            return by_rule
        return rewritten if followup.faithful(rewritten, question, history) else by_rule

    def _read(self, text: str, filters: Filters) -> tuple[str, Question, parts.Parted]:
        """The words that were looked for, as a question, and what was found: as typed where only that finds something.

        Which diacritics were meant is a guess, so a question without any may still find its answer as it stands.
        """
        meant = self.meant(text)
        understood = understand(meant, len(meant))
        parted = self._found(understood, filters)
        if parted.found.picks or has_marks(text):
            return meant, understood, parted
        clean = clean_question(text, len(text) + 1)
        typed = understand(clean, len(clean))
        as_typed = self._found(typed, filters)
        return (clean, typed, as_typed) if as_typed.found.picks else (meant, understood, parted)

    def meant(self, text: str) -> str:
        """The question without typing errors and the short forms of chats."""
        clean = without_opening(clean_question(text, len(text) + 1))
        return self._speller.mend(places_written_out(clean, self.library))

    def _found(self, question: Question, filters: Filters) -> parts.Parted:
        """What the documents say to the question, and to the parts that one place leaves out."""
        answers = self.settings.answers
        limit = answers.long_chars if question.kind in worded.LONG_KINDS else answers.factual_chars
        asked = parts.parts_of(question, lambda: known_places(self.library), self._extractor.ranker.rarity)
        alone, back = parts.split_referring(asked)
        whole = self._extractor.answer(alone[0].framed if back and len(alone) == 1 else question, filters, alone)
        parted = parts.answer_parts(alone, whole, lambda part: self._extractor.answer(part, filters), limit)
        return parts.with_headers(parted, back, self._extractor.field) if back else parted

    def _task(self, question: Question, found: Found) -> worded.Task | None:
        weighted = weigh(question, self._extractor.ranker.rarity)
        return worded.task_of(question, weighted, found)

    def _extractive(self, name: str, question: str, parted: parts.Parted) -> Answer:
        """The answer in the documents' words, verified like any other."""
        found = parted.found
        passages = tuple(_passage(hit) for hit in found.hits[: self.settings.answers.passages])
        refusal = Answer(name, question, REFUSAL, True, "extractive", (), passages)
        if not found.picks:
            _log.info("refused: %s", found.why)
            return refusal
        text, citations = join(found.picks, found.separator)
        verified = verify(text, citations, self._sources(citations, found))
        if not verified.citations:
            return replace(refusal, dropped=verified.dropped)
        said, note = found.lead + verified.text, _unanswered(parted.unanswered)
        return Answer(
            name, question, said, False, "extractive", verified.citations, passages, note=note, dropped=verified.dropped
        )

    def _sources(self, citations: Sequence[Citation], found: Found) -> dict[int, str]:
        chunks = {hit.chunk.id: hit.chunk.indexed_text for hit in found.hits}
        rows = {number: pick.context for number, pick in enumerate(found.picks, 1)}
        return {c.marker: source_of(c, "\n".join((chunks.get(c.chunk, ""), rows.get(c.marker, "")))) for c in citations}

    def _generated(
        self, generator: generation.Generator, extractive: Answer, task: worded.Task
    ) -> Generator[str, None, Answer]:
        """The worded answer, or the extractive one with a note; every text on the way is verified like the last."""
        if not extractive.refused:
            yield extractive.answer
        text = shown = ""
        try:
            for piece in generator.stream(task.sources, task.question.text):
                text += piece
                if generation.refuses_already(text):
                    break
                if (whole := _whole_sentences(text)) != shown:
                    shown = whole
                    so_far = worded.settle(whole, task, extractive, self.settings, self.library)
                    if so_far.answerer == "model":
                        yield so_far.answer
        except generation.GenerationError as error:
            note = f"{_opening(str(error))}; đây là câu trả lời trích nguyên văn."
            return replace(extractive, note="" if extractive.refused else note)
        return worded.settle(text, task, extractive, self.settings, self.library)


def _whole_sentences(text: str) -> str:
    """The text without its last sentence, which may still grow."""
    ranges = split_sentences(text)
    return text[: ranges[-2][1]] if len(ranges) > 1 else ""


def _told(typed: str, meant: str) -> str:
    """What a question was read as, so that people see a word that changed; marks that were not typed are no news."""
    typed = without_opening(clean_question(typed, len(typed) + 1))
    only_marks = not has_marks(typed) and fold(meant) == fold(typed)
    return "" if meant == typed or only_marks else f"Câu hỏi được hiểu là: “{meant}”"


def _unanswered(unanswered: Sequence[str]) -> str:
    quoted = ", ".join(f"“{part}”" for part in unanswered)
    return f"Không tìm thấy câu trả lời cho phần {quoted}" if quoted else ""


def _opening(text: str) -> str:
    return text[:1].upper() + text[1:]


def _passage(hit: Hit) -> Passage:
    chunk = hit.chunk
    return Passage(chunk.id, hit.score, chunk.section, chunk.text, hit.document, chunk.span)
