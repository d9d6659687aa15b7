"""How a number in a question stands to a document: its own, carried out by it, or only cited."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.numbers import find_numbers, number_key
from corpus.text import fold
from index.library import Library
from index.types import DocumentRecord
from qa.language.words import tokenise
from qa.understanding.catalogues import without_catalogue
from qa.understanding.patterns import DOCUMENT_KINDS
from qa.understanding.question import Question


def of_named_kind(question: Question, library: Library, own: Sequence[DocumentRecord]) -> tuple[DocumentRecord, ...]:
    """For a header question, the documents of the kind that is named first whose subject is another's number.

    "Hướng dẫn học tập Nghị quyết 05-NQ/HU đề ngày nào" asks after the guidance.
    """
    first = re.search(rf"\b(?:{DOCUMENT_KINDS})\b", fold(without_catalogue(question.text)[: question.number_at]))
    if not (first and question.fields and own) or any(fold(r.metadata.kind or "") == first[0] for r in own):
        return ()
    carriers = carrying(replace(question, fields=()), library, question.numbers)
    return tuple(record for record in carriers if fold(record.metadata.kind or "") == first[0])


def naming(question: Question) -> frozenset[str]:
    """Folded syllables that only name the document: "kế hoạch thực hiện Thông báo số" before its number."""
    before = fold(question.text[: question.number_at])
    kinds = " ".join(re.findall(DOCUMENT_KINDS, before))
    return frozenset(f"{kinds} so thuc hien trien khai".split()) if kinds else frozenset()


def carrying(question: Question, library: Library, numbers: Sequence[str]) -> tuple[DocumentRecord, ...]:
    """Documents whose subject is to carry out the numbers, where the question asks how, or what they lay down."""
    if question.fields and not carried_out(question):
        return ()
    keys = {number_key(number) for number in numbers}
    citing = [record for number in numbers for record in library.cited_by(number)]
    subjects = ((r, {number_key(n) for _, _, n in find_numbers(r.metadata.subject or "")}) for r in citing)
    return unique([record for record, found in subjects if found & keys])


def carried_out(question: Question) -> bool:
    """Whether the number names what was carried out ("sau khi có Nghị quyết 05"), and not where the answer stands."""
    before = fold(question.text[: question.number_at])
    return bool(_CARRIED_OUT.search(before)) and not question.fields


_CARRIED_OUT = re.compile(
    rf"(?:thuc hien|trien khai|quan triet|sau khi co|sau|tu khi co|hoc tap|so ket|tong ket"
    rf"|hoc tap xong|hoan thanh|thuc hien xong"
    rf"|cu the hoa)\s+(?:noi dung\s+)?(?:{DOCUMENT_KINDS})?\s*(?:so\s*)?(?:\d+)?\s*$"
)


def is_about_cited(question: Question) -> bool:
    """Whether the question asks about a document that the library only cites, and not about one that cites it.

    The first kind of document that is named is the one that is asked about: "Báo cáo thực hiện Nghị quyết 20-NQ/TW do
    ai ký" asks about the report.
    """
    before = _WHERE.sub("", fold(without_catalogue(question.text)[: question.number_at]))
    return len(re.findall(DOCUMENT_KINDS, before)) <= 1


_WHERE = re.compile(r"^\s*(?:trong|theo|tai|o)\b.*,")


def attached_to(library: Library, numbers: Sequence[str]) -> tuple[DocumentRecord, ...]:
    """Files without a number of their own that say under their title that they belong to one of the numbers."""
    keys = {number_key(number) for number in numbers}
    citing = unique([record for number in numbers for record in library.cited_by(number)])
    return tuple(record for record in citing if not record.metadata.number and _belongs_to(library, record, keys))


def titling(question: Question, records: Sequence[DocumentRecord]) -> frozenset[str]:
    """Folded syllables before the number that are of a title: "phụ lục mẫu kê khai kèm Nghị định …" only names it."""
    before = {token.folded for token in tokenise(question.text[: question.number_at])}
    titles = " ".join(f"{record.metadata.kind or ''} {record.metadata.subject or ''}" for record in records)
    return frozenset(before & {token.folded for token in tokenise(titles)})


def _belongs_to(library: Library, record: DocumentRecord, keys: set[str]) -> bool:
    document = library.document(record.id)
    titled = (r for r in document.references if number_key(r.number) in keys and r.span.start < _UNDER_TITLE)
    return any(_ATTACHED.search(document.text, max(0, r.span.start - _BEFORE), r.span.start) for r in titled)


_UNDER_TITLE, _BEFORE = 600, 60
_ATTACHED = re.compile(r"\(\s*(?:ban hành\s+)?kèm theo[^()]*$", re.IGNORECASE)


def unique(records: Sequence[DocumentRecord]) -> tuple[DocumentRecord, ...]:
    """Records without repetition, in their order."""
    return tuple({record.id: record for record in records}.values())
