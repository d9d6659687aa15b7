"""By order of which document another was made: the sentence that opens it ("Thực hiện Công văn số …")."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.document import Document
from corpus.numbers import find_numbers, kind_of_number
from corpus.sentences import split_sentences
from corpus.text import fold
from index.library import Library
from index.types import DocumentRecord
from qa.citations import Pick
from qa.extraction.headers import leftover
from qa.extraction.matching import header_words
from qa.understanding.patterns import DOC, Pattern
from qa.understanding.question import Question

_ASKED = Pattern(
    rf"(?:căn cứ|dựa (?:trên|vào|theo)|theo|chiểu theo|thực hiện)(?: (?:vào|theo|trên))? (?:những |các )?({DOC[3:-1]})"
    r"(?: số)? (?:nào|gì|mấy|bao nhiêu)"
)
_MADE = Pattern(rf"{DOC}[^?,]{{0,60}}\b(?:này|được|do|là|làm|lập|viết|ra|xây dựng|ban hành|căn cứ|dựa|theo|thực hiện)")
_OPENS = re.compile(r"^(?:thuc hien|can cu|theo)\b")
_OPENING = 6
_FREE = frozenset(
    "can cu dua vao theo chieu thuc hien nay tren lam viet xay dung tong ket so cua tinh trung uong".split()
)


def find_basis(question: Question, records: Sequence[DocumentRecord], library: Library) -> Pick | None:
    """The opening sentence with the document by which the named one was made; None where that is not asked."""
    asked = _asked(question)
    if asked is None or len(records) != 1:
        return None
    record = records[0]
    found = _opening(record, library.document(record.id), fold(asked[1]))
    # Who wrote the other document ("theo công văn nào của Tỉnh ủy") is said by the sentence that names it.
    known = {*_FREE, *header_words(record).folded, *fold(asked[1]).split(), *fold(found.quote if found else "").split()}
    return found if all(known.issuperset(term.folded) for term in leftover(question)) else None


def asks_basis(question: Question) -> bool:
    """Whether a question asks by which document another was made, and so for no number of its own."""
    return _asked(question) is not None


def _asked(question: Question) -> re.Match[str] | None:
    lowered = question.text.lower()
    return _ASKED.search(lowered, question.marked) if _MADE.search(lowered, question.marked) else None


def _opening(record: DocumentRecord, document: Document, kind: str) -> Pick | None:
    """The sentence of the opening that begins with "Thực hiện" or "Căn cứ" and names a document of the kind."""
    for block in [b for b in document.blocks if b.kind == "paragraph"][:_OPENING]:
        text = document.slice(block.span)
        for start, end in split_sentences(text):
            numbers = find_numbers(text[start:end])
            kinds = {fold(kind_of_number(number) or "") for _, _, number in numbers}
            fits = kind in ("van ban", "tai lieu") or kind in kinds
            if numbers and fits and _OPENS.match(fold(text[start:end])):
                low = block.span.start + start
                return Pick(record, document, document.section_at(low), low, block.span.start + end)
    return None
