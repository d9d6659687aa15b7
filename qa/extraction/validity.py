"""Whether a document is still in force, and what replaced it: told only by the sentence that replaces or repeals it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.document import Document, Reference
from corpus.numbers import number_key
from corpus.sentences import split_sentences
from corpus.text import fold
from index.library import Library
from index.types import DocumentRecord
from qa.citations import Pick
from qa.understanding.question import Question

_KINDS = "van ban|quyet dinh|nghi dinh|thong tu|nghi quyet|quy dinh|quy che|luat|ke hoach|chi thi|cong van"
_IN_FORCE = re.compile(
    r"\b(?:con|het|mat) (?:hieu luc|gia tri|ap dung|duoc ap dung)\b(?!.*\b(?:ngay|khi|nam) nao)"
    rf"|\b(?:{_KINDS}) nao\b.{{0,12}}\b(?:thay the|thay cho|bai bo)|\bbi (?:thay the|bai bo)\b"
)
_REPLACES = re.compile(
    rf"\b(?:thay the|thay cho|thay|bai bo)(?: cho)? (?:nhung |cac )?(?:{_KINDS}) (?:nao|so (?:nao|may|bao nhieu))\b"
)
_ENDS = re.compile(r"[^.;]{0,80}?\b(?:het hieu luc|bi bai bo|duoc thay the|khong con hieu luc)\b")
_RELATIONS = ("thay thế", "bãi bỏ")
_MOST = 2


def asks_validity(question: Question) -> bool:
    """Whether a question asks if a document is in force, or what replaced it or was replaced by it."""
    folded = fold(question.text)
    return bool(question.numbers or question.mentions) and bool(_IN_FORCE.search(folded) or _REPLACES.search(folded))


def replacing(question: Question, library: Library, records: Sequence[DocumentRecord]) -> tuple[Pick, ...]:
    """The sentences that replace or repeal: those of the document itself, or those of others about it.

    Args:
        records: the documents that the question means.
    """
    own = {number_key(record.metadata.number) for record in records if record.metadata.number}
    keys = frozenset(question.keys | (own if question.mentions else set()))
    if _REPLACES.search(fold(question.text)):
        return _unique(
            pick for record in records for pick in _picks(record, library.document(record.id), frozenset(), own)
        )
    numbers = [*question.numbers, *(r.metadata.number for r in records if question.mentions and r.metadata.number)]
    citing = dict.fromkeys(record for number in numbers for record in (*library.cited_by(number), *records))
    return _unique(pick for record in citing for pick in _picks(record, library.document(record.id), keys, set()))


def _picks(record: DocumentRecord, document: Document, keys: frozenset[str], others: set[str]) -> Iterator[Pick]:
    """The sentences of a document that end one of these numbers; any but `others` where there are none."""
    for reference in document.references:
        key = number_key(reference.number)
        if (key in keys if keys else key not in others) and _ended(document, reference):
            start, end = _sentence(document, reference)
            yield Pick(record, document, document.section_at(start), start, end)


def _ended(document: Document, reference: Reference) -> bool:
    behind = document.text[reference.span.end : reference.span.end + _REACH].partition("\n")[0]
    return reference.relation in _RELATIONS or bool(_ENDS.match(fold(behind)))


_REACH = 200


def _sentence(document: Document, reference: Reference) -> tuple[int, int]:
    """The sentence around a reference, inside of its paragraph."""
    start = document.text.rfind("\n", 0, reference.span.start) + 1
    end = document.text.find("\n", reference.span.end)
    end = len(document.text) if end < 0 else end
    for first, last in split_sentences(document.text[start:end]):
        if start + first <= reference.span.start < start + last:
            return start + first, start + last
    return start, end


def _unique(picks: Iterator[Pick]) -> tuple[Pick, ...]:
    return tuple({(pick.record.id, pick.start): pick for pick in picks}.values())[:_MOST]
