"""Answers in the documents' own words; no language model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.document import Document
from index.library import Library
from index.types import DocumentRecord, Filters, Hit
from qa import headers, scoring
from qa.citations import Pick
from qa.question import Question
from qa.scope import Scope, narrow, number_in
from qa.scoring import Scored, Weighted
from qa.settings import Settings
from qa.trimming import trim
from qa.units import UnitReader


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
        self._library = library
        self._settings = settings
        self._reader = UnitReader()

    def rarity(self, folded: tuple[str, ...]) -> float:
        """How rare a word is in the library (IDF)."""
        return scoring.idf(self._library.frequency(folded), max(1, self._library.size))

    def answer(self, question: Question, filters: Filters) -> Found:
        """The places that answer."""
        scope = narrow(question, self._library, filters)
        hits = tuple(self.search(question.text, scope.filters))
        if scope.foreign:
            return Found(hits=hits, why=f"lạ: {scope.foreign}")
        header = self._header(question, scope)
        if header is not None:
            return Found((header,), hits)
        return self._content(question, scope, hits)

    def search(self, text: str, filters: Filters) -> list[Hit]:
        """The passages to read."""
        chosen = self._settings.retrieval
        return self._library.search(text, k=chosen.k, mode=chosen.mode, filters=filters)

    def _header(self, question: Question, scope: Scope) -> Pick | None:
        records = scope.records or tuple(r for r in self._library.documents() if r.state == "indexed")
        found = headers.answer_header(question, records, self.rarity, bool(scope.records))
        if found is None:
            return None
        record, field = found
        return headers.pick_field(record, self._library.document(record.id), field)

    def _content(self, question: Question, scope: Scope, hits: Sequence[Hit]) -> Found:
        weighted = scoring.weigh(question, self.rarity)
        ranked = self.rank(question, weighted, scope, hits)
        answering = [scored for scored in ranked if scored.fits]
        if not answering or answering[0].covered < self._settings.answers.refuse_below:
            best = answering[0] if answering else None
            return Found(
                hits=tuple(hits),
                why=f"{best.covered:.2f} {[' '.join(t.exact) for t in best.missing]}" if best else "loại",
            )
        chosen = self._choose(answering)
        return Found(tuple(self.pick(question, scored) for scored in chosen), tuple(hits))

    def rank(self, question: Question, weighted: Weighted, scope: Scope, hits: Sequence[Hit]) -> list[Scored]:
        """All units of the passages, best first."""
        headers_of: dict[str, object] = {}
        found: list[Scored] = []
        for hit in hits:
            units = self._reader.read(hit)
            header = headers_of.setdefault(hit.document.id, scoring.header_words(hit.document))
            for unit in units.units:
                if not scoring.years_fit(question, unit, units, hit.document):
                    continue
                found.append(scoring.score(question, weighted, hit, units, unit, header, scope.satisfied))  # type: ignore[arg-type]
        return sorted(found, key=lambda scored: -scored.score)

    def _choose(self, ranked: Sequence[Scored]) -> list[Scored]:
        """The best unit, and at most a few that say nearly as much and do not overlap it."""
        chosen = [ranked[0]]
        return chosen

    def pick(self, question: Question, scored: Scored) -> Pick:
        """The place of a unit in its document, cut to what answers."""
        document = self._library.document(scored.hit.document.id)
        start, end, section = _place(document, scored)
        figure = scored.figure
        answers: tuple[tuple[int, int], ...] = ()
        if figure is not None:
            behind = len(scoring.measure(figure.unit))
            answers = ((start + figure.start, min(end, start + figure.end + (behind + 1 if behind else 0))),)
        first, last = trim(
            document.text[start:end],
            self._settings.answers.factual_chars,
            answers[0][0] - start if answers else None,
            question,
        )
        return Pick(
            scored.hit.document, document, section, start + first, start + last, "", answers, scored.hit.chunk.id
        )


def _place(document: Document, scored: Scored) -> tuple[int, int, tuple[str, ...]]:
    chunk, unit = scored.hit.chunk, scored.unit
    if unit.note is None:
        return chunk.span.start + unit.start, chunk.span.start + unit.end, chunk.section
    text = chunk.notes[unit.note]
    for note in document.footnotes:
        if note.text == text:
            return note.span.start + unit.start, note.span.start + unit.end, note.section
    return chunk.span.start, chunk.span.end, chunk.section


__all__ = ["DocumentRecord", "Extractor", "Found", "number_in"]
