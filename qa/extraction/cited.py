"""The date of a document that the library only cites: the one written with its number, never a neighbour's."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from corpus.document import Document, Reference, SectionPath
from corpus.numbers import find_numbers, number_key
from corpus.text import fold
from index.library import Library
from index.types import DocumentRecord, Hit
from qa.citations import Found, Pick
from qa.extraction.scope import Scope
from qa.extraction.sections import stands_in
from qa.extraction.tables import row_text
from qa.language.figures import find_dates
from qa.understanding.question import Question

if TYPE_CHECKING:
    from qa.extraction.extractive import Extractor

_MOST_DATES = 3
_REACH = 40
_MARKER = 8
_UNKNOWN = frozenset({"signer", "signer_role", "recipients"})


def answer(extractor: Extractor, question: Question, scope: Scope, hits: tuple[Hit, ...]) -> Found | None:
    """What is known of a document that others only cite: its date, as it is written with its number.

    None where something else is asked, which the text around the number may say.
    """
    records = scope.records or tuple(hit.document for hit in hits)
    if scope.about and set(question.fields[:1]) & _UNKNOWN:
        return Found(hits=hits, why="văn bản chỉ được viện dẫn, không có trong kho")
    if scope.about and question.fields[:1] == ("issued_on",) and not extractor.ranker.asks_more(question, scope):
        whole = extractor.settings.answers.factual_chars - _MARKER if "subject" in question.fields else 0
        dated = dated_mentions(extractor.library, records, scope.about, whole)
        dated = tuple(pick for pick in dated if stands_in(question.labels, pick.section)) or dated
        # Without one, any other date would be that of a document beside it.
        return Found(dated, hits, "\n" if len(dated) > 1 else " ", why="ngày ghi kèm số văn bản")
    if question.keys and asks_two_places(question.text):
        dated = dated_mentions(extractor.library, records, scope.about or question.keys)
        return Found(dated, hits, "\n", why="ngày ghi ở từng nơi") if len(dated) > 1 else None
    return None


def dated_mentions(
    library: Library, records: Iterable[DocumentRecord], about: frozenset[str], whole: int = 0
) -> tuple[Pick, ...]:
    """For each date that is written with one of the numbers, the first place that says it; most often said first.

    Args:
        whole: characters of a row that is shown whole, since more of it than the date is asked for; 0 for the date.
    """
    places: dict[str, list[Pick]] = {}
    for record in records:
        document = library.document(record.id)
        for reference in document.references:
            if number_key(reference.number) not in about:
                continue
            pick = _pick(record, document, reference)
            if pick is not None and reference.issued_on:
                places.setdefault(reference.issued_on, []).append(pick)
            if issued := _issued_before(record, document, reference):
                places.setdefault(issued[0], []).append(issued[1])
        for date, pick in _rows(record, document, about, whole):
            places.setdefault(date, []).append(pick)
    said = sorted(places.values(), key=len, reverse=True)
    return tuple(picks[0] for picks in said[:_MOST_DATES])


def asks_two_places(text: str) -> bool:
    """Whether a question asks for a date as two places of a document write it ("ở chú thích … ở danh mục")."""
    folded = fold(text)
    return " ngay " in f" {folded} " and len(set(_PLACES.findall(folded))) > 1


_PLACES = re.compile(r"\b(chu thich|danh muc|phu luc|bang|tieu de|trich yeu|mo dau|cau ket)\b")


def _pick(record: DocumentRecord, document: Document, reference: Reference) -> Pick | None:
    """Number and date as they stand together; None where a line end or another number comes between."""
    span = reference.span
    window = document.text[span.start : span.end + _REACH]
    date = next((found for found in find_dates(window) if found[2] == reference.issued_on), None)
    if date is None or "\n" in window[: date[1]]:
        return None
    start = span.start - len(_name_before(document.text[max(0, span.start - _REACH) : span.start], reference.kind))
    answers = ((span.start + date[0], span.start + date[1]),)
    return Pick(record, document, _section(document, start), start, span.start + date[1], answers=answers)


def _issued_before(record: DocumentRecord, document: Document, reference: Reference) -> tuple[str, Pick] | None:
    """The date that the issuing is told with: "Ngày 05/6/2023, Tỉnh ủy ban hành Thông báo số 12-TB/TU"."""
    low = max(0, reference.span.start - _TOLD)
    before = document.text[low : reference.span.start].rpartition("\n")[2]
    low = reference.span.start - len(before)
    dates = find_dates(before)
    if not dates or not _ISSUES.search(before, dates[-1][1]) or find_numbers(before[dates[-1][0] :]):
        return None
    start, end, iso = dates[-1]
    answers = ((low + start, low + end),)
    named = _DAY_BEFORE.search(before, 0, start)
    start = low + (named.start() if named else start)
    return iso, Pick(record, document, _section(document, start), start, reference.span.end, answers=answers)


_TOLD = 110
_ISSUES = re.compile(r"\bban hành\b|\bký\b", re.IGNORECASE)
_DAY_BEFORE = re.compile(r"ngày\s+$", re.IGNORECASE)


def _rows(record: DocumentRecord, document: Document, about: frozenset[str], whole: int) -> Iterator[tuple[str, Pick]]:
    """Rows of a list of documents that have the number in one cell and its date in another."""
    for table in document.tables:
        for index, (row, span) in enumerate(zip(table.rows, table.row_spans, strict=True)):
            if not any(_is_number(cell, about) for cell in row):
                continue
            dated = [
                (cell, found[0][2]) for cell in row if (found := find_dates(cell)) and found[0][:2] == (0, len(cell))
            ]
            if len(dated) == 1:
                cell, iso = dated[0]
                start = document.text.find(cell, span.start, span.end)
                if start >= 0:
                    end = start + len(cell)
                    last = span.end if whole else end
                    said = row_text(table, index, whole) if whole else ""
                    yield iso, Pick(record, document, table.section, span.start, last, said, ((start, end),))


def _is_number(cell: str, about: frozenset[str]) -> bool:
    """Whether a cell is one of the numbers and nothing else."""
    return any((s, e) == (0, len(cell)) and number_key(number) in about for s, e, number in find_numbers(cell))


def _section(document: Document, offset: int) -> SectionPath:
    """The section of a place; within a footnote that of its marker."""
    note = next((n for n in document.footnotes if n.span.start <= offset < n.span.end), None)
    return note.section if note else document.section_at(offset)


def _name_before(text: str, kind: str | None) -> str:
    """The document's kind where it stands right before its number: "Nghị quyết số "."""
    match = re.search(rf"{re.escape(kind)}\s+(?:số:?\s*)?$", text, re.IGNORECASE) if kind else None
    return match.group() if match else ""
