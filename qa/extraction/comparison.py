"""Comparisons: the same question asked of each side, both answers with their sources."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from corpus.labels import document_label
from corpus.text import fold
from index.types import DocumentRecord, Hit
from qa.citations import Found, Pick, spoken
from qa.extraction.lists import SECTION_NOUNS
from qa.extraction.matching import weigh
from qa.extraction.scope import Scope, names_of_place
from qa.extraction.sided import of_side
from qa.extraction.trimming import trim, with_unit
from qa.understanding.asked import Kind
from qa.understanding.parallel import asks_each, sides_of
from qa.understanding.question import Question, understand

if TYPE_CHECKING:
    from qa.extraction.extractive import Extractor

_MOST_SIDES = 5
_SHORT = 30
_COUNTED = frozenset({"amount", "percent", "date", "docnumber"})
_OF_EACH: frozenset[tuple[str, ...]] = frozenset(
    ((), ("signer",), ("signer_role",), ("issued_on",), ("number",), ("issuer",))
)


def compare(
    extractor: Extractor, question: Question, scope: Scope, hits: Sequence[Hit], *, parted: bool
) -> Found | None:
    """Both sides with both sources; None where the question does not set documents, years or things side by side.

    Args:
        parted: whether the question is answered part by part, so that each of two things is asked for there.
    """
    if _compares(question, scope) and (found := _both(extractor, question, scope, hits)):
        return found
    return None if parted else _of_each(extractor, question, scope, hits)


def _compares(question: Question, scope: Scope) -> bool:
    series = len(question.years) > 1 and question.kind in ("amount", "percent")
    if question.kind == "compare" or series or (len(scope.sides) > 1 and question.fields[:1] in _OF_EACH):
        return True
    return question.kind != "yesno" and asks_each(question.text)


def _both(extractor: Extractor, question: Question, scope: Scope, hits: Sequence[Hit]) -> Found | None:
    """Where one side says nothing, there is no comparison and so no answer."""
    single = replace(question, kind=_kind_of_side(question)) if question.kind == "compare" else question
    if not scope.sides and len(question.years) < 2 and (texts := sides_of(question.text)):
        if found := _parallel(extractor, texts, scope, hits):
            return found
    sides = _sides(single, scope, hits)
    if len(sides) < 2 or (len(scope.records) == 1 and len(question.years) < 2):
        return _within_document(extractor, single, scope, hits) if len(scope.records) == 1 else None
    sides = sides[:_MOST_SIDES]
    answers = extractor.settings.answers
    series = question.kind != "compare" and not scope.sides
    limit = (answers.factual_chars if series else answers.long_chars) // len(sides) - (_SHORT if series else 0) - 12
    picks: list[Pick] = []
    why = ""
    for asked, narrowed in sides:
        found = extractor.answer_within(asked, narrowed, extractor.search(asked.text, narrowed.filters))
        if found.picks:
            picks.append(_named(found.picks[0], limit, asked, series))
        else:
            why = found.why
    if len(picks) == len(sides) or (len(picks) > 1 and not (scope.sides or question.years)):
        return Found(tuple(picks), tuple(hits), "\n")
    named = bool(scope.sides) or len(question.years) > 1
    return Found(hits=tuple(hits), why=f"một bên không có: {why}") if named else None


def _of_each(extractor: Extractor, question: Question, scope: Scope, hits: Sequence[Hit]) -> Found | None:
    """Two places for two things that a question names with the same noun ("Ban A và Ban B có mấy thành viên")."""
    # The header of each document would answer for its own number or day.
    asks_figure = question.kind in _COUNTED and not question.fields and not question.confirms
    if not asks_figure or scope.sides or len(question.years) > 1:
        return None
    texts = sides_of(question.text)
    return _parallel(extractor, texts, scope, hits) if texts else None


def _parallel(extractor: Extractor, texts: Sequence[str], scope: Scope, hits: Sequence[Hit]) -> Found | None:
    """What is said of each of two things, in the same documents; None unless two places say it."""
    picks = [pick for text in texts for pick in _of_one(extractor, text, scope)]
    if len(picks) < len(texts) or _overlap(*picks):
        return None
    return Found(tuple(picks), tuple(hits), "\n")


def _of_one(extractor: Extractor, text: str, scope: Scope) -> tuple[Pick, ...]:
    """What is said of one of two things: what is asked of it, or what it is ("A khác B ở chỗ nào")."""
    asked = understand(text, len(text))
    # Letters on two associations are worded alike: each side is looked for in its own.
    own = extractor.retriever.scope(asked, scope.filters)
    if own.foreign:
        return ()
    scope = replace(scope, filters=own.filters, records=own.records or scope.records)
    if asked.kind in ("text", "compare"):
        what = f"{text} là gì?"
        found = extractor.answer_within(understand(what), scope, extractor.search(what, scope.filters))
        if found.picks and fold(text).endswith(_defined(found.picks[0].said)):
            return found.picks[:1]
        asked = replace(asked, kind=_kind_of_side(asked))
    return extractor.answer_within(asked, scope, extractor.search(text, scope.filters)).picks[:1]


def _defined(said: str) -> str:
    """The folded thing that a sentence defines; what no question says where it defines none."""
    match = _DEFINES.match(fold(said))
    return match[1] if match else said


_DEFINES = re.compile(r"(?:\d+\.|[a-z]\))?\s*([^.;]{2,80}?):? la ")


def _overlap(first: Pick, second: Pick) -> bool:
    return first.record.id == second.record.id and first.start < second.end and second.start < first.end


def _within_document(extractor: Extractor, question: Question, scope: Scope, hits: Sequence[Hit]) -> Found | None:
    """Two places of one document that say the same thing: text and annex, text and footnote."""
    weighted = weigh(question, extractor.ranker.rarity)
    ranked = extractor.ranker.rank(question, weighted, scope, hits)
    if not ranked or ranked[0].evidence < extractor.settings.answers.refuse_below:
        return None
    best = ranked[0]
    for other in ranked[1:]:
        apart = other.hit.chunk.section[:1] != best.hit.chunk.section[:1] or other.unit.note != best.unit.note
        if apart and other.covered >= best.covered - 0.3:
            return Found(
                (extractor.picker.pick(question, best), extractor.picker.pick(question, other)), tuple(hits), "\n"
            )
    return None


def _sides(question: Question, scope: Scope, hits: Sequence[Hit]) -> list[tuple[Question, Scope]]:
    """The question of each side: by documents, by years, else by the places of the best passages."""
    if scope.sides:
        names = [sorted({name for record in side for name in names_of_place(record)}) for side in scope.sides]
        texts = [of_side(question.text, names, number) for number in range(len(scope.sides))]
        return [(_asking(question, text), _within(scope, side)) for text, side in zip(texts, scope.sides, strict=True)]
    if len(question.years) > 1:
        return [(_of_year(question, year), scope) for year in question.years]
    return [(question, _within(scope, side)) for side in _found_sides(hits)]


def _asking(question: Question, text: str) -> Question:
    """The question in the words that one side is asked."""
    if text == question.text:
        return question
    own = understand(text)
    return replace(own, kind=question.kind, fields=question.fields, units=question.units, want=question.want)


def _within(scope: Scope, side: tuple[DocumentRecord, ...]) -> Scope:
    return replace(scope, filters=replace(scope.filters, documents=tuple(r.id for r in side)), records=side, sides=())


def _of_year(question: Question, year: int) -> Question:
    """The question with one of its years."""
    text = question.text
    for other in question.years:
        if other != year:
            text = text.replace(str(other), " ")
    return replace(question, years=(year,), text=" ".join(text.split()))


def _named(pick: Pick, limit: int, question: Question, series: bool) -> Pick:
    """The place with its document's name in front, cut at clauses around its figure."""
    label = document_label(pick.record.metadata) if series else _label(pick.record)
    limit -= 0 if series else len(label)
    said = pick.said
    if len(said) > limit:
        anchor = _answer_of(pick) if pick.answers and not pick.text else None
        first, last = trim(pick.quote, limit, anchor, question)
        said = said[:limit].rsplit(" ", 1)[0] + " …" if pick.text else spoken(pick.quote[first:last])
    return replace(pick, text=f"{label}: {said}")


def _answer_of(pick: Pick) -> tuple[int, int]:
    """The answering words with their unit, as a range of the quote."""
    start, end = pick.answers[0]
    return with_unit(pick.quote, start - pick.start, end - pick.start)


def _label(record: DocumentRecord) -> str:
    metadata = record.metadata
    label = document_label(metadata)
    place = metadata.issuer or metadata.place or ""
    return label if not place or place in label else f"{label} ({place})"


def _kind_of_side(question: Question) -> Kind:
    """What each side is asked for."""
    folded = f" {fold(question.text)} "
    if question.units or any(word in folded for word in _COUNTS):
        return "amount"
    return "list" if any("_".join(term.folded) in SECTION_NOUNS for term in question.terms) else "text"


_COUNTS = (
    "bao nhieu", "so ", "may ", "nhieu", " it ", "tong", "dien tich", "san luong", "ty le", "cao hon", "thap hon",
)  # fmt: skip


def _found_sides(hits: Sequence[Hit]) -> tuple[tuple[DocumentRecord, ...], ...]:
    """Where the question names no sides: the documents of the best passages, one a place."""
    sides: dict[str, DocumentRecord] = {}
    for hit in hits:
        place = hit.document.metadata.place or hit.document.metadata.issuer or hit.document.id
        sides.setdefault(place, hit.document)
    return tuple((record,) for record in sides.values())
