"""What the question answerer takes and gives: turns, citations, passages, answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from corpus.document import SectionPath, Span
from index.types import DocumentRecord

Answerer = Literal["extractive", "model"]

REFUSAL = "Không tìm thấy thông tin này trong các văn bản của kho."
"""The one sentence that says that nothing in the library answers."""

INVITATION = (
    "Mời anh, chị hỏi điều có trong các văn bản của kho: một số liệu, ai ký, ban hành ngày nào, gửi cho ai, "
    "nhiệm vụ giao cho ai, vì sao …; câu trả lời dẫn nguyên văn và chỉ rõ nguồn."
)
"""What is said to who only greets or thanks."""


class QuestionError(Exception):
    """A question that cannot be asked; the message is Vietnamese and names the limit and the remedy."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One earlier question of the conversation and what was answered.

    Args:
        standalone: the question as it was understood after the turns before; "" where that is not known.
        document: id of the document that the answer cites first; "" for none.
    """

    question: str
    answer: str = ""
    standalone: str = ""
    document: str = ""

    @classmethod
    def of_view(cls, view: Mapping[str, Any]) -> Turn:
        """The turn of an answer as `Answer.to_json` gives it; of a question and an answer alone, without the rest."""
        cited = next(iter(view.get("citations", ())), None)
        document = str(cited["document"]["id"]) if cited else ""
        return cls(str(view["question"]), str(view.get("answer", "")), str(view.get("standalone", "")), document)


@dataclass(frozen=True, slots=True)
class Citation:
    """Where words of an answer stand.

    Args:
        marker: the number in brackets in the answer.
        span: the quote's place in `Document.text`.
        pages: first and last page.
        quote: exactly `Document.text[span]`.
        answer_spans: character ranges of `quote` that hold the answering words.
        chunk: id of the passage it was found in; "" for header facts.
    """

    marker: int
    document: DocumentRecord
    section: SectionPath
    span: Span
    pages: tuple[int, int]
    label: str
    quote: str
    answer_spans: tuple[tuple[int, int], ...] = ()
    chunk: str = ""

    def to_json(self) -> dict[str, Any]:
        """The citation as `ask --json` prints it."""
        return {
            "marker": self.marker,
            "document": _document_json(self.document),
            "section": list(self.section),
            "pages": list(self.pages),
            "label": self.label,
            "quote": self.quote,
            "span": [self.span.start, self.span.end],
            "answer_spans": [list(span) for span in self.answer_spans],
            "chunk": self.chunk,
        }


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage that was read for the answer, or stands nearest where there is none; `score` grows with fit."""

    id: str
    score: float
    section: SectionPath
    text: str
    document: DocumentRecord
    span: Span

    def to_json(self) -> dict[str, Any]:
        """The passage as `ask --json` prints it."""
        return {
            "id": self.id,
            "score": round(self.score, 4),
            "section": list(self.section),
            "text": self.text,
            "document": _document_json(self.document),
            "span": [self.span.start, self.span.end],
        }


@dataclass(frozen=True, slots=True)
class Answer:
    """What is said to a question.

    Args:
        answer: text with markers ("[1]"), or the refusal.
        note: a Vietnamese sentence for the reader, e.g. that the language model could not be reached; "" for none.
        dropped: sentences that verification took out.
        standalone: the question as it was understood after earlier turns.
    """

    id: str
    question: str
    answer: str
    refused: bool
    answerer: Answerer
    citations: tuple[Citation, ...] = ()
    passages: tuple[Passage, ...] = ()
    timings_ms: Mapping[str, float] = field(default_factory=dict)
    note: str = ""
    dropped: tuple[str, ...] = ()
    standalone: str = ""

    def to_json(self) -> dict[str, Any]:
        """The answer as `ask --json` prints it."""
        return {
            "id": self.id,
            "question": self.question,
            "answer": self.answer,
            "refused": self.refused,
            "answerer": self.answerer,
            "citations": [citation.to_json() for citation in self.citations],
            "passages": [passage.to_json() for passage in self.passages],
            "timings_ms": {name: round(value, 2) for name, value in self.timings_ms.items()},
            "note": self.note,
            "dropped": list(self.dropped),
            "standalone": self.standalone,
        }


def _document_json(record: DocumentRecord) -> dict[str, Any]:
    metadata = record.metadata
    return {
        "id": record.id,
        "number": metadata.number,
        "kind": metadata.kind,
        "issuer": metadata.issuer,
        "issued_on": metadata.issued_on,
        "subject": metadata.subject,
        "path": record.path,
    }
