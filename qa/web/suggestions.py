"""Questions to begin with: made from what the documents say, and kept only when the program answers them rightly."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice, zip_longest
from threading import Lock
from typing import Literal

from corpus.document import Document
from corpus.labels import document_label
from corpus.parts import heading_parts
from corpus.sentences import split_sentences
from index.library import Library
from index.types import DocumentRecord, Filters, LibraryError
from qa.assistant import Assistant
from qa.types import QuestionError

# Answered in about 30 ms each; the page opens without waiting for them.
_MOST_ASKED = 24
_DOCUMENTS = 10
_FIGURE = re.compile(
    r"(?P<what>[A-ZĐÂĂÊÔƠƯÁÀẢÃẠ][^,;:.()\d|]{14,80}?)\s+(?:ước\s+)?(?:đạt|là)\s+(?P<figure>\d+(?:[.,]\d+)*)\s*(?P<unit>[^\W\d]+|%)"
)
# Sentences that lean on the one before are no questions of their own.
_LEANING = ("Trong đó", "Cụ thể", "Đã ", "Có ", "Như vậy", "Kết quả", "Đến nay", "Qua đó", "Đây", "Ngoài ra", "Riêng")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A question, the document it was made from, and words that a right answer holds ("" where none are known)."""

    form: Literal["figure", "list", "header"]
    question: str
    document: str
    holds: str = ""


@dataclass
class Suggestions:
    """Suggested questions of a library; asked again when it has changed."""

    library: Library
    assistant: Assistant
    _lock: Lock = field(default_factory=Lock)
    _version: int = -1
    _kept: tuple[str, ...] = ()

    def get(self, limit: int = 4) -> list[str]:
        """Up to `limit` questions that are answered from the document they were made from."""
        with self._lock:
            version = self.library.version
            if version != self._version:
                found = (c.question for c in self._candidates() if self._is_answered(c))
                self._kept, self._version = tuple(islice(found, limit)), version
        return list(self._kept[:limit])

    def _candidates(self) -> Iterator[Candidate]:
        records = [record for record in self.library.documents() if record.state == "indexed"]
        records.sort(key=lambda record: record.metadata.issued_on or "", reverse=True)
        made = [candidate for record in records[:_DOCUMENTS] for candidate in self._of(record)]
        figures = [candidate for candidate in made if candidate.form == "figure"]
        lists = [candidate for candidate in made if candidate.form == "list"]
        headers = [candidate for candidate in made if candidate.form == "header"]
        # From both ends of the list, so that the first questions are about different documents.
        mixed = chain.from_iterable(zip_longest(figures[::2], lists[::-1], figures[1::2], headers))
        return islice((candidate for candidate in mixed if candidate), _MOST_ASKED)

    def _of(self, record: DocumentRecord) -> Iterator[Candidate]:
        try:
            yield from candidates(self.library.document(record.id))
        except LibraryError:
            return

    def _is_answered(self, candidate: Candidate) -> bool:
        try:
            answer = self.assistant.ask(candidate.question, filters=Filters())
        except QuestionError:
            return False
        own = {citation.document.id for citation in answer.citations} == {candidate.document}
        return not answer.refused and own and candidate.holds in answer.answer


def candidates(document: Document) -> list[Candidate]:
    """Questions that a document should answer, one of each form: a figure, a list, its header."""
    label = document_label(document.metadata)
    found = [*islice(_figures(document, label), 1), *islice(_lists(document, label), 1)]
    if document.metadata.signer:
        found.append(Candidate("header", f"{label} do ai ký?", document.id, document.metadata.signer))
    return found


def _figures(document: Document, label: str) -> Iterator[Candidate]:
    for section in document.walk():
        text = document.slice(section.body)
        for start, end in split_sentences(text):
            match = _FIGURE.match(text[start:end])
            if match and not match["what"].startswith(_LEANING):
                what = match["what"][0].lower() + match["what"][1:]
                yield Candidate("figure", f"Theo {_lowered(label)}, {what} là bao nhiêu?", document.id, match["figure"])


def _lists(document: Document, label: str) -> Iterator[Candidate]:
    asked: Sequence[tuple[str, str]] = (
        ("hạn chế", "nêu những hạn chế nào"),
        ("kiến nghị", "kiến nghị những gì"),
        ("nhiệm vụ, giải pháp", "đề ra những nhiệm vụ, giải pháp nào"),
    )
    parts = {part for section in document.walk() for part in heading_parts(section.title)}
    for part, words in asked:
        if part in parts:
            yield Candidate("list", f"{label} {words}?", document.id)


def _lowered(label: str) -> str:
    return label[0].lower() + label[1:]
