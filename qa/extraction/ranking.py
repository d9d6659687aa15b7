"""The pieces of the passages that were found, best answer first."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from corpus.numbers import find_numbers, number_key
from corpus.text import fold
from index.library import Library
from index.types import DocumentRecord, Hit
from qa.extraction.belonging import stands_near
from qa.extraction.entries import about_of
from qa.extraction.formulas import NEVER_LEADS, adopted, attaching, led
from qa.extraction.headers import leftover, with_people
from qa.extraction.lists import CLOSING_WORDS
from qa.extraction.matching import Weighted, header_words, idf, match, unusual
from qa.extraction.others import numbered
from qa.extraction.scope import Scope
from qa.extraction.scoring import Scored, score
from qa.extraction.sections import says_labels, stands_in
from qa.extraction.tasked import does_task
from qa.extraction.totals import total_first
from qa.language.figures import find_dates, number_keys, whole_number
from qa.language.units import UnitReader, Words
from qa.settings import Settings
from qa.understanding.asked import Term
from qa.understanding.people import find_people
from qa.understanding.periods import own_year, years_fit
from qa.understanding.question import Question

# A header question compares the headers of all documents.
_HEADERS = 16_384
_NOTE_MARGIN = 0.12
_COMPARED = 80
_NEVER_CLOSES = NEVER_LEADS | {"date"}
_BESIDE = 80
_BESIDE_GAIN = 0.4
_ROW_GAIN = 0.2
_NAMED_GAIN = 0.1
_MEANING = 0.6
_RAREST = 0.1
_FOUND = 0.3
_OLDER = 0.02
_TELLING = 1.5
_ALIKE_WITHIN = 20
_SAID = 0.5
_OTHER_TERM_COST = 0.5


class Ranker:
    """Scores every piece of the passages for a question."""

    def __init__(self, library: Library, settings: Settings) -> None:
        self._library = library
        self._compares = settings.embedding.model == "bundled"
        self._reader = UnitReader()
        self._replacing: dict[str, frozenset[str]] = {}
        self._folded = lru_cache(maxsize=64)(lambda name: fold(library.document(name).text))
        self.header_words = lru_cache(maxsize=_HEADERS)(self._header_words)
        self.people_words = lru_cache(maxsize=_HEADERS)(self._people_words)

    def rarity(self, term: Term, marked: bool) -> float:
        """How rare a word is in the library (IDF); a misspelt one counts by its syllables without diacritics.

        A word that the library never says weighs what it weighs in Vietnamese at large: "muốn" little, a name much.
        """
        known = self._library.frequency(term.exact, marked=True) if marked else 0
        known = known or self._library.frequency(term.folded)
        rare = idf(known, max(1, self._library.size))
        return rare if known or not marked else rare * unusual(term.exact)

    def _header_words(self, record: DocumentRecord) -> Words:
        """Words of a document's header, with what a form says instead of a subject."""
        return header_words(record, about_of(record, self._library))

    def _people_words(self, record: DocumentRecord) -> Words:
        """The same with those of who signed."""
        return with_people(self.header_words(record), record)

    def asks_more(self, question: Question, scope: Scope) -> bool:
        """Whether words are left that are not about a cited document itself: "yêu cầu gửi báo cáo trước ngày nào"."""
        if _ISSUED.search(fold(question.text)):
            return False
        rest = (t for t in leftover(question) if not t.name and not scope.satisfied.issuperset(t.folded))
        return any(self.rarity(term, question.marked) >= _TELLING for term in rest)

    def rank(self, question: Question, weighted: Weighted, scope: Scope, hits: Sequence[Hit]) -> list[Scored]:
        """All units of the passages that hold what is asked, best first."""
        about, more = scope.about, bool(scope.about) and self.asks_more(question, scope)
        found: list[Scored] = []
        top = max((hit.score for hit in hits), default=0.0)
        newest = max((own_year(hit.document) for hit in hits), default=0)
        replaced = self._replaced(hits) - question.keys
        for hit in hits:
            if hit.chunk.kind == "header":
                continue
            labelled = stands_in(question.labels, hit.chunk.section)
            worth = _worth_of(question, hit.document, newest, replaced) + _FOUND * math.exp(hit.score - top)
            units = self._reader.read(hit)
            header = self.header_words(hit.document)
            for unit in units.units:
                if (
                    (unit.heading and not (question.want == "person" and find_people(unit.text)))
                    or (question.kind in _NEVER_CLOSES and CLOSING_WORDS.match(unit.text))
                    or (question.kind == "list" and unit.kind == "clause")
                    or (about and not about & number_keys(unit.text))
                    or not (labelled or says_labels(question.labels, unit.text))
                ):
                    continue
                if not years_fit(question, unit, units, hit.document) or not stands_near(
                    scope.needed, units, unit.words, unit.before
                ):
                    continue
                if not does_task(question.text, unit.text, units.heading, unit.before):
                    continue
                scored = score(question, weighted, hit, units, unit, header, scope.satisfied)
                scored = _beside_number(question, about, more, led(question, about, scored))
                scored = attaching(question, adopted(question, scored))
                scored = self._of_asked_term(_beside_date(question, scored))
                if scored.fits and not _says_nothing(question, scored):
                    found.append(replace(scored, score=scored.score + worth))
        found.sort(key=lambda scored: -scored.score)
        ranked = _whole_first(question, self._by_meaning(scope.asked(question), found))
        ranked = total_first(question, ranked)
        return ranked if question.years else newest_first(ranked)

    def _of_asked_term(self, scored: Scored) -> Scored:
        """A document that never says the asked "khóa XVI" speaks of another one."""
        numerals = numbered(scored.missing)
        if not numerals or all(words in self._folded(scored.hit.document.id) for words in numerals):
            return scored
        return replace(scored, score=scored.score - _OTHER_TERM_COST / 2, covered=scored.covered - _OTHER_TERM_COST)

    def _by_meaning(self, asked: str, ranked: list[Scored]) -> list[Scored]:
        """The best units ordered again with their likeness of meaning to the question."""
        embedder = self._library.embedder
        if embedder is None or not self._compares or not ranked:
            return ranked
        head, tail = ranked[:_COMPARED], ranked[_COMPARED:]
        cosines = embedder.encode_passages([s.unit.text for s in head]) @ embedder.encode_queries([asked])[0]
        head = [
            replace(s, score=s.score + _MEANING * float(cosine) - _RAREST * s.rarest, cosine=float(cosine))
            for s, cosine in zip(head, cosines, strict=True)
        ]
        return [*sorted(head, key=lambda scored: -scored.score), *tail]

    def _replaced(self, hits: Sequence[Hit]) -> frozenset[str]:
        """Keys of the numbers that documents of the passages replace."""
        keys: set[str] = set()
        for name in dict.fromkeys(hit.document.id for hit in hits):
            if name not in self._replacing:
                references = self._library.document(name).references
                found = {number_key(r.number) for r in references if r.relation in ("thay thế", "bãi bỏ")}
                own = self._library.document(name).metadata.number
                self._replacing[name] = frozenset(found - {number_key(own or "")})
            keys |= self._replacing[name]
        return frozenset(keys)


def _says_nothing(question: Question, scored: Scored) -> bool:
    """Whether a sentence without a word of the question is to say what something is; a day it may add to the last."""
    unit = scored.unit
    if unit.kind != "sentence" or scored.body > 0.0 or question.kind not in ("list", "text", "definition"):
        return False
    return unit.lead is None or all(match(term, unit.lead, question.marked) < _SAID for term in question.terms)


# "do Tỉnh ủy ban hành ngày nào" asks for the date of the document itself.
_ISSUED = re.compile(r"\b(?:ban hanh|phat hanh|ky|ra doi)\b(?: vao)? (?:ngay|nam|thang|khi nao|bao gio|luc nao)")


def _whole_first(question: Question, ranked: list[Scored]) -> list[Scored]:
    """Before a footnote that counts, the sentence that carries it and counts too: the note takes its sum apart."""
    if not ranked or question.kind != "amount" or ranked[0].unit.note is None:
        return ranked
    best = ranked[0]
    for other in ranked[1:]:
        if other.score < best.score - _NOTE_MARGIN:
            break
        carries = other.hit.chunk.id == best.hit.chunk.id and other.unit.note is None
        if carries and other.body >= best.body - 0.02:
            return [other, *(scored for scored in ranked if scored is not other)]
    return ranked


def newest_first(ranked: list[Scored]) -> list[Scored]:
    """Of one statement in the same place of several years' documents, the newest comes first."""
    if not ranked:
        return ranked
    best = ranked[0]
    alike = [other for other in ranked[1:_ALIKE_WITHIN] if _alike(best, other)]
    newest = max([best, *alike], key=lambda scored: own_year(scored.hit.document))
    return [newest, *(scored for scored in ranked if scored is not newest)]


def _alike(first: Scored, second: Scored) -> bool:
    """The same section of two documents of one kind and issuer, holding the question's words as well."""
    one, two = first.hit.document.metadata, second.hit.document.metadata
    place = first.hit.chunk.section == second.hit.chunk.section and bool(first.hit.chunk.section)
    return place and (one.kind, one.issuer) == (two.kind, two.issuer) and second.body >= first.body - 0.02


def _worth_of(question: Question, record: DocumentRecord, newest: int, replaced: frozenset[str]) -> float:
    """The document of the asked year, else the newest; one that another replaces stands back."""
    own = own_year(record)
    worth = 0.0
    if question.years:
        worth += 0.15 if own in question.years else 0.0
    elif own and newest:
        worth -= _OLDER * min(5, newest - own)
    if replaced and record.metadata.number and number_key(record.metadata.number) in replaced:
        worth -= 0.2
    return worth


def _beside_number(question: Question, about: frozenset[str], more: bool, scored: Scored) -> Scored:
    """A question about a cited document is answered where its number stands, in its own row, beside its date."""
    unit = scored.unit
    if not about:
        named = bool(question.keys & number_keys(unit.text))
        return replace(scored, score=scored.score + _NAMED_GAIN) if named else scored
    row = unit.kind == "row" and any(about & whole_number(cell) for cell in unit.text.split(" | "))
    dated = not more and _dated_beside(question, about, unit.text)
    gain = _BESIDE_GAIN if row or dated or question.fields[:1] == ("subject",) else 0.0
    return replace(
        scored,
        score=scored.score + gain + (_ROW_GAIN if row else 0.0),
        covered=scored.covered + gain,
        topic=scored.topic + gain,
    )


def _beside_date(question: Question, scored: Scored) -> Scored:
    """A document that is named by its day is numbered where that day stands."""
    if question.kind != "docnumber" or question.keys or not (days := {iso for _, _, iso in find_dates(question.text)}):
        return scored
    said = [iso for _, _, iso in find_dates(scored.unit.text)]
    # A month is said by any day of it.
    if all(any(iso.startswith(day) for iso in said) for day in days):
        return replace(scored, score=scored.score + _BESIDE_GAIN, covered=scored.covered + _BESIDE_GAIN)
    return replace(scored, fits=False)


def _dated_beside(question: Question, about: frozenset[str], text: str) -> bool:
    if question.kind != "date":
        return False
    places = [start for start, _, number in find_numbers(text) if number_key(number) in about]
    dates = [start for start, _, _ in find_dates(text)]
    return any(abs(date - place) <= _BESIDE for date in dates for place in places)
