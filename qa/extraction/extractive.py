"""Answers in the documents' own words; no language model."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.text import fold
from index.library import Library
from index.records import passes
from index.types import DocumentRecord, Filters, Hit
from qa.citations import Found, Pick
from qa.extraction import (
    addressed,
    attesting,
    basis,
    cited,
    closings,
    comparison,
    confirming,
    entries,
    headers,
    lists,
    validity,
)
from qa.extraction.beside import beside_rows, conflicting, detailing
from qa.extraction.fitting import says_wanted
from qa.extraction.matching import Weighted, weigh
from qa.extraction.parts import AskedPart, held_figures
from qa.extraction.picking import Picker
from qa.extraction.ranking import Ranker
from qa.extraction.retrieval import Retriever
from qa.extraction.scope import Scope
from qa.extraction.scoring import Scored
from qa.settings import Settings
from qa.understanding.attested import HeaderClaim, claimed_header, names_document
from qa.understanding.catalogues import LISTED
from qa.understanding.patterns import HeaderField
from qa.understanding.people import lacks_person, of_asked_office
from qa.understanding.periods import is_year, own_year
from qa.understanding.question import Question, understand
from qa.understanding.wanted import holds_wanted

_LIST_DOCUMENTS = 8
_HEAD_SAYS = 0.4
_FEWEST_WORDS = 3
_BETTER_SENTENCE, _ALONE_BETTER = 0.1, 0.15
_CLOSE_BEHIND = 0.15
_ALL_WITHIN = 0.4
_PRECISE = 0.5
_SIGNED = re.compile(r"\bky\b")
# Laws say it under a title of their own, whatever words ask.
_ON_EFFECT = " hiệu lực thi hành"


class Extractor:
    """Answers questions from a library."""

    def __init__(self, library: Library, settings: Settings) -> None:
        self.library = library
        self.settings = settings
        self.retriever = Retriever(library, settings.retrieval)
        self.ranker = Ranker(library, settings)
        self.picker = Picker(library, settings)

    def answer(self, question: Question, filters: Filters, parts: Sequence[AskedPart] = ()) -> Found:
        """The places that answer.

        Args:
            parts: of a question with several; one place that holds what all of them want is preferred.
        """
        claim = claimed_header(question) if names_document(question) else None
        if claim and (attested := self._attested(claim, filters)):
            return attested
        scope = self.retriever.scope(question, filters)
        if len(scope.rest.split()) >= _FEWEST_WORDS:
            question = understand(scope.rest, len(scope.rest))
        sought = scope.asked(question) + (_ON_EFFECT if question.effective else "")
        hits = tuple(self.search(sought, scope.filters))
        if (found := cited.answer(self, question, scope, hits)) is not None:
            return found
        if scope.about and question.fields[:1] == ("subject",):
            question = replace(question, kind="text")
        if scope.foreign:
            return Found(hits=hits, why=f"không có trong kho: {scope.foreign}")
        if validity.asks_validity(question):
            told = validity.replacing(question, self.library, scope.records)
            return Found(told, hits, "\n" if len(told) > 1 else " ", why="thay thế, bãi bỏ")
        if found := comparison.compare(self, question, scope, hits, parted=bool(parts)):
            return found
        return self.answer_within(question, scope, hits, parts)

    def _attested(self, claim: HeaderClaim, filters: Filters) -> Found | None:
        """What a header says to a claim about it; None where no document is meant whose header could."""
        asked = understand(claim.asked, len(claim.asked))
        scope = self.retriever.scope(asked, filters)
        found = None if scope.foreign else self._header(asked, scope)
        hits = tuple(self.search(scope.asked(asked), scope.filters))
        if found is None or claim.field not in asked.fields:
            # What a document says elsewhere of somebody tells nothing of who signed it.
            return Found(hits=hits, why="phần đầu văn bản không ghi") if claim.field == "signer" else None
        record = found[0]
        document = self.library.document(record.id)
        written = addressed.pick_addressees(record, document, claim.asked) if claim.field == "recipients" else None
        pick = headers.pick_field(record, document, claim.field)
        if written and (pick is None or attesting.is_named(claim.said, written.said)):
            pick = written
        if pick is None:
            return Found(hits=hits, why="phần đầu văn bản không ghi")
        said = written.said.removeprefix(addressed.LEAD) if written else ""
        return Found((pick,), hits, lead=attesting.verdict(claim, record, said), why="phần đầu, phần ký của văn bản")

    def answer_within(
        self, question: Question, scope: Scope, hits: Sequence[Hit], parts: Sequence[AskedPart] = ()
    ) -> Found:
        """The places that answer, once it is known where they may stand."""
        if (ground := basis.find_basis(question, scope.records, self.library)) is not None:
            return Found((ground,), tuple(hits), why="căn cứ của văn bản")
        closing = closings.find_closing(question, self._left(scope), self.library)
        if closing is not None:
            return Found((closing,), tuple(hits), why="câu kết của văn bản")
        found = self._header(question, scope)
        if found is not None:
            record, field = found
            if field == "signer" and not of_asked_office(question.text, record.metadata.signer_role or ""):
                return Found(hits=tuple(hits), why="người ký giữ chức vụ khác")
            pick = self.field(record, field, question.text)
            if pick is not None:
                if question.want == "place" and not holds_wanted("place", pick.said, question.text):
                    return Found(hits=tuple(hits), why="văn bản không ghi nơi được hỏi")
                return Found((pick,), tuple(hits))
            if field in ("issued_on", "number"):
                # Any other would be that of a document which this one cites.
                return Found(hits=tuple(hits), why="văn bản không ghi ngày hay số của mình")
        read = {hit.document.id for hit in hits}
        left = [record for record in self._left(scope) if record.id in read or record in scope.records]
        form = entries.pick_entries(question, left, self.library, self.ranker.rarity, [part.own.text for part in parts])
        if form is not None:
            return replace(form, hits=tuple(hits))
        elsewhere = entries.to_other_events(question, left, self.library)
        hits = [hit for hit in hits if hit.document.id not in elsewhere]
        if scope.named and len(question.keys) == 1 and question.kind == "date" and "issued_on" in question.fields:
            # The date of another document is none of the one that is named.
            question = replace(question, fields=(), keys=frozenset())
        return self._content(question, scope, hits, parts)

    def field(self, record: DocumentRecord, name: HeaderField, asked: str) -> Pick | None:
        """The place of one header field of a document; None where it does not say it.

        Args:
            asked: the words that ask for it: those to whom a letter is written are no list of copies.
        """
        document = self.library.document(record.id)
        addressees = addressed.pick_addressees(record, document, asked) if name == "recipients" else None
        return addressees or headers.pick_field(record, document, name)

    def search(self, text: str, filters: Filters) -> list[Hit]:
        """The passages to read."""
        return self.retriever.search(text, filters)

    def _header(self, question: Question, scope: Scope) -> tuple[DocumentRecord, HeaderField] | None:
        """The document and the header field that are asked for."""
        if not question.fields or scope.about or LISTED in question.labels or basis.asks_basis(question):
            return None
        readable = tuple(r for r in self.library.documents() if r.state == "indexed")
        left = self._left(scope)
        narrowed = bool(scope.records) or left != readable
        return headers.answer_header(question, left, self.ranker.rarity, narrowed, self.ranker.people_words)

    def _left(self, scope: Scope) -> tuple[DocumentRecord, ...]:
        """The documents that number, place and filters leave."""
        if scope.records:
            return tuple(scope.records)
        return tuple(r for r in self.library.documents() if r.state == "indexed" and passes(r, scope.filters))

    def _content(self, question: Question, scope: Scope, hits: Sequence[Hit], parts: Sequence[AskedPart] = ()) -> Found:
        weighted = weigh(question, self.ranker.rarity)
        ranked = self.ranker.rank(question, weighted, scope, hits)
        if not ranked and question.kind == "docnumber":
            # "theo đề án nào" may be answered by a name without a number: a sentence that speaks of such a document.
            ranked = self.ranker.rank(replace(question, kind="text"), weighted, scope, hits)
            ranked = [scored for scored in ranked if question.document_kind in fold(scored.unit.text)]
        holding = self._holding_all(ranked, parts)
        best = holding or self._borne_out(ranked)
        group = self._best_group(question, weighted, scope, hits)
        if question.ordinal:
            member = lists.pick_member(group, question.ordinal, self.settings.answers.long_chars) if group else None
            return Found((member,) if member else (), tuple(hits), why="mục thứ mấy của một nhóm")
        if group is not None and _prefers(question, group, best):
            pick = lists.pick_group(group, self.settings.answers.long_chars)
            if not says_wanted(question, pick.said) or lacks_person(question.text, pick.quote):
                return Found(hits=tuple(hits), why="nhóm không có thứ được hỏi")
            return Found((pick,), tuple(hits), why=f"nhóm {group.score:.2f} {group.covered:.2f}")
        if best is None or best.evidence < self.settings.answers.refuse_below:
            near = tuple(self.picker.pick(question, scored) for scored in ranked[: self.settings.generation.passages])
            return Found(hits=tuple(hits), why=_explain(best), near=near)
        ranked = [best, *(scored for scored in ranked if scored is not best)]
        chosen = [best, *conflicting(question, ranked), *detailing(question, ranked), *beside_rows(question, ranked)]
        picks = tuple(self.picker.pick(question, scored) for scored in chosen)
        if not says_wanted(question, picks[0].said):
            # It stands too far from what is asked to be shown with it.
            return Found(hits=tuple(hits), why=f"thứ được hỏi không đứng gần: {_explain(best)}")
        if "signer" in question.fields and question.kind == "who" and not _SIGNED.search(fold(picks[0].quote)):
            # Whom a sentence names has signed nothing there.
            return Found(hits=tuple(hits), why=f"không nói ai ký: {_explain(best)}")
        lead = confirming.verdict(question, best, picks[0].said)
        separator = "\n" if len(picks) > 1 else " "
        return Found(picks, tuple(hits), separator, lead, why=_explain(best), whole=holding is not None)

    def _borne_out(self, ranked: Sequence[Scored]) -> Scored | None:
        """The best place; where the question's words do not bear it out, the next one close behind that they do."""
        if not ranked:
            return None
        bound = self.settings.answers.refuse_below
        near = (scored for scored in ranked if scored.score >= ranked[0].score - _CLOSE_BEHIND)
        return next((scored for scored in near if scored.evidence >= bound), ranked[0])

    def _holding_all(self, ranked: Sequence[Scored], parts: Sequence[AskedPart]) -> Scored | None:
        """The best place that holds what each part of a question wants, where it is close behind."""
        if not parts:
            return None
        for scored in ranked:
            if scored.score < ranked[0].score - _ALL_WITHIN:
                return None
            if scored.evidence < self.settings.answers.refuse_below:
                continue
            if (figures := held_figures(parts, scored.unit)) is not None:
                return replace(scored, figure=figures[0] if figures else scored.figure, beside=figures[1:])
        return None

    def _best_group(
        self, question: Question, weighted: Weighted, scope: Scope, hits: Sequence[Hit]
    ) -> lists.RankedGroup | None:
        """The list or section that is asked for."""
        if scope.about or question.kind not in ("list", "reason", "text", "definition", "who", "place", "date"):
            return None
        records = {hit.document.id: hit.document for hit in hits}
        found: list[lists.RankedGroup] = []
        for record in list(records.values())[:_LIST_DOCUMENTS]:
            document = self.library.document(record.id)
            words = self.ranker.header_words(record)
            groups = self.picker.groups(record.id, document)
            found += lists.rank_groups(question, weighted, groups, document, record, words, scope.satisfied)[:2]
        found = [
            group
            for group in found
            if group.covered >= self.settings.answers.refuse_below or (scope.records and group.named)
        ]
        return max(found, key=lambda ranked: ranked.score + _year_worth(question, ranked), default=None)


def _prefers(question: Question, group: lists.RankedGroup, best: Scored | None) -> bool:
    """Whether a whole list or section answers better than the best single place."""
    if best is None:
        return True
    if group.named and question.kind == "list":
        # A heading such as "Nhiệm vụ" names every task: the one sentence that speaks of the asked one answers better.
        said = group.own >= _HEAD_SAYS or group.precise == 1.0
        return said or best.covered < group.covered + _BETTER_SENTENCE
    if question.kind in ("reason", "list"):
        # A long head that says much else has to hold more of the question.
        heads = group.named or group.precise >= _PRECISE
        return group.covered >= best.covered - (_ALONE_BETTER if heads else _BETTER_SENTENCE)
    return group.named and group.own >= 0.5


def _year_worth(question: Question, ranked: lists.RankedGroup) -> float:
    """Whether a run is of the asked year: its headings say so, else its document."""
    if not question.years:
        return 0.0
    group = ranked.group
    named = {int(t.folded) for t in (*group.head.tokens, *group.path.tokens) if is_year(t.folded)} or {
        own_year(ranked.record)
    }
    return 0.5 if named & set(question.years) else -0.5


def _explain(best: Scored | None) -> str:
    if best is None:
        return "không có câu nào đúng loại được hỏi"
    missing = ", ".join(" ".join(term.exact) for term in best.missing)
    return f"{best.score:.2f} nghĩa {best.cosine:.2f} phủ {best.covered:.2f} riêng {best.body:.2f} thiếu: {missing}"
