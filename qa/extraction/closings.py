"""The sentence that closes a document ("Trên đây là báo cáo …"), where a question asks what stands there."""

from __future__ import annotations

from collections.abc import Sequence

from index.library import Library
from index.types import DocumentRecord
from qa.citations import Pick
from qa.extraction.lists import CLOSING_WORDS
from qa.understanding.patterns import DOC, Pattern
from qa.understanding.question import Question

# "Đoạn cuối cùng của đường" is no part of a text.
_ASKED = Pattern(
    rf"\b(?:câu|đoạn|dòng) (?:văn )?kết\b|\b(?:câu|đoạn|dòng)(?: văn)? cuối(?: cùng)?(?: của| trong| ở)? (?:{DOC}|\d)"
    r"|\btrên đây là (?:báo cáo|kế hoạch)\b"
)
_NOTES = "nơi nhận"


def find_closing(question: Question, records: Sequence[DocumentRecord], library: Library) -> Pick | None:
    """The closing sentence of the one document that is asked about; None where a question asks for none."""
    if len(records) != 1 or not _ASKED.search(question.text.lower(), question.marked):
        return None
    document = library.document(records[0].id)
    for block in reversed(document.blocks):
        text = document.slice(block.span)
        if CLOSING_WORDS.match(text) and not text.lower().startswith(_NOTES):
            return Pick(records[0], document, document.section_at(block.span.start), block.span.start, block.span.end)
    return None
