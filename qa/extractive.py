"""Answers in the documents' own words; no language model."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from corpus.document import Document
from corpus.labels import document_label
from corpus.numbers import number_key
from index.library import Library
from index.types import DocumentRecord, Filters, Hit
from qa import comparison, headers, lists, scoring, tables
from qa.citations import Pick
from qa.figures import measure, number_keys
from qa.question import Question
from qa.scope import Scope, narrow
from qa.scoring import Scored, Weighted
from qa.settings import Settings
from qa.trimming import trim
from qa.units import ChunkUnits, UnitReader, Words

LONG_KINDS = frozenset({"list", "reason", "compare"})
_LIST_DOCUMENTS = 4
_KNOWN_DOCUMENTS = 64


@dataclass(frozen=True, slots=True)
class Found:
    """What the documents say: places that answer (none: nothing does), and the passages that were read."""

    picks: tuple[Pick, ...] = ()
    hits: tuple[Hit, ...] = ()
    separator: str = " "
    lead: str = ""
    why: str = ""


class Extractor:
    """Answers questions from a library."""

    def __init__(self, library: Library, settings: Settings) -> None:
        self.library = library
        self.settings = settings
        self._reader = UnitReader()
        self._known_groups: dict[str, tuple[Document, tuple[lists.Group, ...]]] = {}
        self._header_words = lru_cache(maxsize=2048)(scoring.header_words)

    def rarity(self, folded: tuple[str, ...]) -> float:
        """How rare a word is in the library (IDF)."""
        return scoring.idf(self.library.frequency(folded), max(1, self.library.size))

    def answer(self, question: Question, filters: Filters) -> Found:
        """The places that answer."""
        scope = narrow(question, self.library, filters)
        hits = tuple(self.search(question.text, scope.filters))
        if scope.foreign:
            return Found(hits=hits, why=f"không có trong kho: {scope.foreign}")
        if question.kind == "compare" and (found := comparison.compare(self, question, scope, hits)):
            return found
        return self.answer_within(question, scope, hits)

    def answer_within(self, question: Question, scope: Scope, hits: Sequence[Hit]) -> Found:
        """The places that answer, once it is known where they may stand."""
        header = self._header(question, scope)
        if header is not None:
            return Found((header,), tuple(hits))
        return self._content(question, scope, hits)

    def search(self, text: str, filters: Filters) -> list[Hit]:
        """The passages to read."""
        chosen = self.settings.retrieval
        return self.library.search(text, k=chosen.k, mode=chosen.mode, filters=filters)

    def _header(self, question: Question, scope: Scope) -> Pick | None:
        if scope.cited and is_about_cited(question, scope):
            return None
        records = scope.records or tuple(r for r in self.library.documents() if r.state == "indexed")
        found = headers.answer_header(question, records, self.rarity, bool(scope.records))
        if found is None:
            return None
        record, field = found
        return headers.pick_field(record, self.library.document(record.id), field)

    def _content(self, question: Question, scope: Scope, hits: Sequence[Hit]) -> Found:
        weighted = scoring.weigh(question, self.rarity)
        ranked = self.rank(question, weighted, scope, hits)
        best = ranked[0] if ranked else None
        group = self._best_group(question, weighted, scope, hits)
        if group is not None and (best is None or group.covered >= best.covered - 0.2):
            pick = lists.pick_group(group, self.settings.answers.long_chars)
            return Found((pick,), tuple(hits), why=f"nhóm {group.score:.2f} {group.covered:.2f}")
        if best is None or best.covered < self.settings.answers.refuse_below:
            return Found(hits=tuple(hits), why=_explain(best))
        return Found((self.pick(question, best),), tuple(hits), why=_explain(best))

    def _best_group(
        self, question: Question, weighted: Weighted, scope: Scope, hits: Sequence[Hit]
    ) -> lists.RankedGroup | None:
        """The list or section that is asked for."""
        if question.kind not in ("list", "reason", "text", "definition"):
            return None
        records = {hit.document.id: hit.document for hit in hits}
        found: list[lists.RankedGroup] = []
        for record in list(records.values())[:_LIST_DOCUMENTS]:
            document = self.library.document(record.id)
            words = self._header_words(record)
            groups = self._groups(record.id, document)
            found += lists.rank_groups(question, weighted, groups, document, record, words, scope.satisfied)[:1]
        found = [group for group in found if group.covered >= self.settings.answers.refuse_below]
        return max(found, key=lambda ranked: ranked.score, default=None)

    def _groups(self, name: str, document: Document) -> tuple[lists.Group, ...]:
        """The runs of a document, remembered by its id while it stays the same object."""
        known = self._known_groups.get(name)
        if known is None or known[0] is not document:
            if len(self._known_groups) > _KNOWN_DOCUMENTS:
                self._known_groups.clear()
            known = self._known_groups[name] = (document, lists.groups_of(document))
        return known[1]

    def rank(self, question: Question, weighted: Weighted, scope: Scope, hits: Sequence[Hit]) -> list[Scored]:
        """All units of the passages that hold what is asked, best first."""
        about = (
            frozenset(number_key(number) for number in scope.cited) if is_about_cited(question, scope) else frozenset()
        )
        found: list[Scored] = []
        for hit in hits:
            units = self._reader.read(hit)
            header = self._header_words(hit.document)
            for unit in units.units:
                if unit.heading or (about and not about & number_keys(unit.text)):
                    continue
                if not scoring.years_fit(question, unit, units, hit.document) or not _near(
                    scope.needed, units, unit.words, unit.before
                ):
                    continue
                scored = scoring.score(question, weighted, hit, units, unit, header, scope.satisfied)
                if scored.fits:
                    found.append(scored)
        return sorted(found, key=lambda scored: -scored.score)

    def pick(self, question: Question, scored: Scored) -> Pick:
        """The place of a unit in its document, cut to what answers."""
        document = self.library.document(scored.hit.document.id)
        start, end, section = _place(document, scored)
        limit = self.settings.answers.long_chars if question.kind in LONG_KINDS else self.settings.answers.factual_chars
        if scored.unit.kind == "row" and (found := tables.find_row(document, start)):
            said = tables.row_text(*found, limit - 8)
            return Pick(scored.hit.document, document, section, start, end, said, ((start, end),), scored.hit.chunk.id)
        answers = _answering_words(scored, start, end)
        anchor = answers[0][0] - start if answers else _number_at(question, document.text[start:end])
        first, last = trim(document.text[start:end], limit, anchor, question)
        return Pick(
            scored.hit.document, document, section, start + first, start + last, "", answers, scored.hit.chunk.id
        )


def is_about_cited(question: Question, scope: Scope) -> bool:
    """Whether the question asks about a document that the library only cites, and not about one that cites it.

    The first kind of document that is named is the one that is asked about: "Báo cáo thực hiện Nghị quyết 20-NQ/TW do
    ai ký" asks about the report.
    """
    if not scope.cited:
        return False
    before = question.text[: question.number_at].lower()
    kinds = re.findall(comparison.DOCUMENT_KINDS, before)
    return len(kinds) <= 1


def _near(needed: Sequence[str], units: ChunkUnits, own: Words, before: Words) -> bool:
    """Whether every named place stands in the unit, before it or in its headings."""
    for name in needed:
        pairs = set(zip(name.split(), name.split()[1:], strict=False))
        if not pairs:
            continue
        if not any(pairs <= words.folded_pairs for words in (own, before, units.heading)):
            return False
    return True


def _number_at(question: Question, text: str) -> int | None:
    from corpus.numbers import find_numbers

    for start, _, number in find_numbers(text):
        if number_key(number) in question.keys:
            return start
    return None


def _answering_words(scored: Scored, start: int, end: int) -> tuple[tuple[int, int], ...]:
    figure = scored.figure
    if figure is None:
        return ()
    behind = len(measure(figure.unit))
    return ((start + figure.start, min(end, start + figure.end + (behind + 1 if behind else 0))),)


def _explain(best: Scored | None) -> str:
    if best is None:
        return "không có câu nào đúng loại được hỏi"
    missing = ", ".join(" ".join(term.exact) for term in best.missing)
    return f"{best.score:.2f} phủ {best.covered:.2f} riêng {best.body:.2f} thiếu: {missing}"


def _place(document: Document, scored: Scored) -> tuple[int, int, tuple[str, ...]]:
    chunk, unit = scored.hit.chunk, scored.unit
    if unit.note is None:
        return chunk.span.start + unit.start, chunk.span.start + unit.end, chunk.section
    text = chunk.notes[unit.note]
    for note in document.footnotes:
        if note.text == text:
            return note.span.start + unit.start, note.span.start + unit.end, note.section
    return chunk.span.start, chunk.span.end, chunk.section


def label_of(record: DocumentRecord) -> str:
    """How an answer names a document."""
    return document_label(record.metadata)


__all__ = ["Extractor", "Found", "replace"]
