"""Answers in the documents' own words; no language model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from corpus.document import Chunk, Document, Footnote, Section, SectionPath, Table
from corpus.numbers import find_numbers, number_key
from corpus.text import fold
from index.library import Library
from index.types import DocumentRecord, Filters, Hit
from qa import cited, comparison, confirming, headers, lists, scoring, tables
from qa.citations import Pick, spoken
from qa.figures import find_dates, measure, names_body, number_keys
from qa.patterns import HeaderField
from qa.question import Question
from qa.retrieval import Retriever
from qa.scope import Scope
from qa.scoring import Scored, Weighted
from qa.settings import Settings
from qa.trimming import trim, with_unit
from qa.units import ChunkUnits, UnitReader, Words

LONG_KINDS = frozenset({"list", "reason", "compare"})
_LIST_DOCUMENTS = 8
_KNOWN_DOCUMENTS = 64
_CONFLICT_MARGIN = 0.12
_COMPARED = 80
_LEAD_COST = 0.3
_NEVER_LEADS = frozenset({"list", "place", "who", "amount", "percent"})
_LONGEST_TABLE_QUOTE = 2500
_BESIDE = 80
_BESIDE_GAIN = 0.4
_UNKNOWN_OF_CITED = frozenset({"signer", "signer_role", "recipients"})
_MEANING = 0.6


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
        self.retriever = Retriever(library, settings.retrieval)
        self._reader = UnitReader()
        self._known_groups: dict[str, tuple[Document, tuple[lists.Group, ...]]] = {}
        self._replacing: dict[str, frozenset[str]] = {}
        self._header_words = lru_cache(maxsize=2048)(scoring.header_words)

    def rarity(self, folded: tuple[str, ...]) -> float:
        """How rare a word is in the library (IDF)."""
        return scoring.idf(self.library.frequency(folded), max(1, self.library.size))

    def answer(self, question: Question, filters: Filters) -> Found:
        """The places that answer."""
        scope = self.retriever.scope(question, filters)
        hits = tuple(self.search(question.text, scope.filters))
        if scope.about and set(question.fields[:1]) & _UNKNOWN_OF_CITED:
            return Found(hits=hits, why="văn bản chỉ được viện dẫn, không có trong kho")
        if scope.about and question.fields[:1] == ("issued_on",):
            records = scope.records or tuple(hit.document for hit in hits)
            if dated := cited.dated_mentions(self.library, records, scope.about):
                return Found(dated, hits, "\n" if len(dated) > 1 else " ", why="ngày ghi kèm số văn bản")
        if scope.about and question.fields[:1] == ("subject",):
            question = replace(question, kind="text")
        if scope.foreign:
            return Found(hits=hits, why=f"không có trong kho: {scope.foreign}")
        series = len(question.years) > 1 and question.kind in ("amount", "percent")
        compares = question.kind == "compare" or series or (len(scope.sides) > 1 and not question.fields)
        if compares and (found := comparison.compare(self, question, scope, hits)):
            return found
        return self.answer_within(question, scope, hits)

    def answer_within(self, question: Question, scope: Scope, hits: Sequence[Hit]) -> Found:
        """The places that answer, once it is known where they may stand."""
        found = self._header(question, scope)
        if found is not None:
            record, field = found
            pick = headers.pick_field(record, self.library.document(record.id), field)
            if pick is not None:
                return Found((pick,), tuple(hits))
            if field == "issued_on" and "hieu luc" not in fold(question.text):
                # Any other date would be that of a document which this one cites.
                return Found(hits=tuple(hits), why="văn bản không ghi ngày ban hành")
        return self._content(question, scope, hits)

    def search(self, text: str, filters: Filters) -> list[Hit]:
        """The passages to read."""
        return self.retriever.search(text, filters)

    def _header(self, question: Question, scope: Scope) -> tuple[DocumentRecord, HeaderField] | None:
        """The document and the header field that are asked for."""
        if scope.about:
            return None
        records = scope.records or tuple(r for r in self.library.documents() if r.state == "indexed")
        return headers.answer_header(question, records, self.rarity, bool(scope.records))

    def _content(self, question: Question, scope: Scope, hits: Sequence[Hit]) -> Found:
        weighted = scoring.weigh(question, self.rarity)
        ranked = self.rank(question, weighted, scope, hits)
        best = ranked[0] if ranked else None
        group = self._best_group(question, weighted, scope, hits)
        if group is not None and _prefers(question, group, best):
            pick = lists.pick_group(group, self.settings.answers.long_chars)
            return Found((pick,), tuple(hits), why=f"nhóm {group.score:.2f} {group.covered:.2f}")
        if best is None or best.evidence < self.settings.answers.refuse_below:
            return Found(hits=tuple(hits), why=_explain(best))
        chosen = [best, *conflicting(question, ranked), *detailing(question, ranked)]
        picks = tuple(self.pick(question, scored) for scored in chosen)
        lead = confirming.verdict(question, best, picks[0].said)
        return Found(picks, tuple(hits), "\n" if len(picks) > 1 else " ", lead, why=_explain(best))

    def _best_group(
        self, question: Question, weighted: Weighted, scope: Scope, hits: Sequence[Hit]
    ) -> lists.RankedGroup | None:
        """The list or section that is asked for."""
        if question.kind not in ("list", "reason", "text", "definition", "who", "place", "date"):
            return None
        records = {hit.document.id: hit.document for hit in hits}
        found: list[lists.RankedGroup] = []
        for record in list(records.values())[:_LIST_DOCUMENTS]:
            document = self.library.document(record.id)
            words = self._header_words(record)
            groups = self._groups(record.id, document)
            found += lists.rank_groups(question, weighted, groups, document, record, words, scope.satisfied)[:2]
        found = [
            group
            for group in found
            if group.covered >= self.settings.answers.refuse_below or (scope.records and group.named)
        ]
        return max(found, key=lambda ranked: ranked.score + lists.year_worth(question, ranked), default=None)

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
        about = scope.about
        found: list[Scored] = []
        newest = max((scoring.own_year(hit.document) for hit in hits), default=0)
        replaced = self._replaced(hits) - question.keys
        for hit in hits:
            if hit.chunk.kind == "header" or not _labelled(question.labels, hit):
                continue
            worth = _worth_of(question, hit.document, newest, replaced)
            units = self._reader.read(hit)
            header = self._header_words(hit.document)
            for unit in units.units:
                if (
                    unit.heading
                    or (question.kind == "list" and unit.kind == "clause")
                    or (about and not about & number_keys(unit.text))
                ):
                    continue
                if not scoring.years_fit(question, unit, units, hit.document) or not _near(
                    scope.needed, units, unit.words, unit.before
                ):
                    continue
                scored = scoring.score(question, weighted, hit, units, unit, header, scope.satisfied)
                scored = _beside_number(question, about, scored)
                if scored.fits and not (question.person and scored.missing):
                    found.append(replace(scored, score=scored.score + worth))
        found.sort(key=lambda scored: -scored.score)
        return self._by_meaning(question, found)

    def _by_meaning(self, question: Question, ranked: list[Scored]) -> list[Scored]:
        """The best units ordered again with their likeness of meaning to the question."""
        embedder = self.library.embedder
        if embedder is None or self.settings.embedding.model != "bundled" or not ranked:
            return ranked
        head, tail = ranked[:_COMPARED], ranked[_COMPARED:]
        cosines = embedder.encode_passages([s.unit.text for s in head]) @ embedder.encode_queries([question.text])[0]
        head = [
            replace(scored, score=scored.score + _MEANING * float(cosine), cosine=float(cosine))
            for scored, cosine in zip(head, cosines, strict=True)
        ]
        return [*sorted(head, key=lambda scored: -scored.score), *tail]

    def _replaced(self, hits: Sequence[Hit]) -> frozenset[str]:
        """Keys of the numbers that documents of the passages replace."""
        keys: set[str] = set()
        for name in dict.fromkeys(hit.document.id for hit in hits):
            if name not in self._replacing:
                references = self.library.document(name).references
                found = {number_key(r.number) for r in references if r.relation in ("thay thế", "bãi bỏ")}
                own = self.library.document(name).metadata.number
                self._replacing[name] = frozenset(found - {number_key(own or "")})
            keys |= self._replacing[name]
        return frozenset(keys)

    def pick(self, question: Question, scored: Scored) -> Pick:
        """The place of a unit in its document, cut to what answers."""
        document = self.library.document(scored.hit.document.id)
        start, end, section, at = _place(document, scored)
        heading = _section_at(document, section, at)
        limit = self.settings.answers.long_chars if question.kind in LONG_KINDS else self.settings.answers.factual_chars
        if scored.unit.kind == "row" and (found := tables.find_row(document, start)):
            said = tables.row_text(*found, limit - 8)
            first = _labels_start(document, found[0], start, end)
            return Pick(
                scored.hit.document, document, section, first, end, said, ((start, end),), scored.hit.chunk.id, said
            )
        if document.text[start:end].rstrip(" *").endswith(":") and (
            group := self._led_by(document, scored, start, end)
        ):
            return lists.pick_group(group, self.settings.answers.long_chars if question.kind in LONG_KINDS else limit)
        answers = _answering_words(scored, start, end)
        anchor = _anchor(scored) or _number_at(question, document.text[start:end])
        first, last = trim(document.text[start:end], limit, anchor, question)
        said = _with_title(question, heading, document.text[start + first : start + last])
        quoted = start + first
        if said and heading and 0 <= start - heading.span.start < limit:
            quoted = heading.span.start
        return Pick(
            scored.hit.document, document, section, quoted, start + last, said, answers, scored.hit.chunk.id, said
        )

    def _led_by(self, document: Document, scored: Scored, start: int, end: int) -> lists.RankedGroup | None:
        """The run that a sentence with a colon leads into."""
        for group in self._groups(document.id, document):
            if group.depth and group.start <= start < group.members[0][0] and group.members[0][0] >= end:
                return lists.RankedGroup(group, document, scored.hit.document, scored.score, scored.covered)
        return None


def _prefers(question: Question, group: lists.RankedGroup, best: Scored | None) -> bool:
    """Whether a whole list or section answers better than the best single place."""
    if best is None or (group.named and question.kind == "list"):
        return True
    if question.kind in ("reason", "list"):
        return group.covered >= best.covered - 0.2
    return group.named and group.own >= 0.5


def conflicting(question: Question, ranked: Sequence[Scored]) -> list[Scored]:
    """Another place of the same document and year that fits as well and gives another figure: both are shown."""
    best = ranked[0]
    if best.figure is None or question.kind not in ("amount", "percent"):
        return []
    unit = measure(best.figure.unit)
    for other in ranked[1:]:
        if other.score < best.score - _CONFLICT_MARGIN or other.figure is None:
            break
        same = other.hit.document.id == best.hit.document.id and other.body >= best.body - 0.02
        if same and measure(other.figure.unit) == unit != "" and other.figure.value != best.figure.value:
            return [other] if not _overlap(best, other) else []
    return []


def detailing(question: Question, ranked: Sequence[Scored]) -> list[Scored]:
    """The footnote that tells where or which, for a sentence that only counts."""
    best = ranked[0]
    if (
        best.unit.note is not None
        or question.kind not in ("place", "list", "text", "who")
        or best.hit.chunk.kind == "table"
    ):
        return []
    for other in ranked[1:]:
        same = other.unit.note is not None and other.hit.chunk.id == best.hit.chunk.id
        if same and other.covered >= best.covered - 0.35 and other.unit.start == 0:
            return [other]
    return []


def _overlap(first: Scored, second: Scored) -> bool:
    if first.hit.chunk.id != second.hit.chunk.id or first.unit.note != second.unit.note:
        return False
    return first.unit.start < second.unit.end and second.unit.start < first.unit.end


def _worth_of(question: Question, record: DocumentRecord, newest: int, replaced: frozenset[str]) -> float:
    """The document of the asked year, else the newest; one that another replaces stands back."""
    own = scoring.own_year(record)
    worth = 0.0
    if question.years:
        worth += 0.15 if own in question.years else 0.0
    elif own and newest:
        worth -= 0.02 * min(5, newest - own)
    if replaced and record.metadata.number and number_key(record.metadata.number) in replaced:
        worth -= 0.2
    return worth


def _labelled(labels: Sequence[str], hit: Hit) -> bool:
    """Whether a passage stands in the section that the question names."""
    if not labels:
        return True
    path = " / ".join(fold(label) for label in hit.chunk.section)
    for label in labels:
        head, _, tail = label.partition(" ") if not label.startswith("phu luc") else ("phu luc", "", "")
        if head in ("muc", "phan"):
            if not path.endswith(tail.split(".")[-1]):
                return False
        elif label not in path and not (label == "phu luc" and "danh muc" in path):
            return False
    return True


def _beside_number(question: Question, about: frozenset[str], scored: Scored) -> Scored:
    """A question about a cited document is answered beside its number; a date stands within a few words of it."""
    leads = scored.unit.text.rstrip(" *").endswith(":") and not scored.hit.chunk.section
    if leads and not about and question.kind in _NEVER_LEADS and not question.alias:
        return replace(scored, fits=False)
    if leads and not about and question.kind != "docnumber":
        scored = replace(scored, score=scored.score - _LEAD_COST)
    if not about or question.kind != "date":
        return scored
    text = scored.unit.text
    places = [start for start, _, number in find_numbers(text) if number_key(number) in about]
    dates = [start for start, _, _ in find_dates(text)]
    beside = any(abs(date - place) <= _BESIDE for date in dates for place in places)
    gain = _BESIDE_GAIN if beside else 0.0
    return replace(scored, score=scored.score + gain, covered=scored.covered + gain, topic=scored.topic + gain)


def _near(needed: Sequence[str], units: ChunkUnits, own: Words, before: Words) -> bool:
    """Whether every named place stands in the unit, before it or in its headings."""
    for name in needed:
        pairs = set(zip(name.split(), name.split()[1:], strict=False))
        if not pairs:
            continue
        if not any(pairs <= words.folded_pairs for words in (own, before, units.heading)):
            return False
    return True


def _with_title(question: Question, heading: Section | None, text: str) -> str:
    """For a question after a body: the heading that names it before a sentence that does not."""
    title = heading.title.rstrip(" :.") if heading else ""
    if question.kind != "who" or not 3 <= len(title) <= 90 or title in text or not names_body(title):
        return ""
    return f"{title}: {spoken(text)}"


def _labels_start(document: Document, table: Table, start: int, end: int) -> int:
    """Where a row's quote begins: at the labels where they hold figures ("Năm 2021") that the answer says."""
    at = table.span.start
    figured = any(char.isdigit() for label in table.header for char in label)
    return at if figured and at < start and end - at <= _LONGEST_TABLE_QUOTE else start


def _section_at(document: Document, path: SectionPath, offset: int) -> Section | None:
    """The innermost section of this path that holds `offset`; paths begin anew in attachments and may come twice."""
    found = [s for s in document.walk() if s.path == path and s.span.start <= offset < s.span.end]
    return min(found, key=lambda s: s.span.end - s.span.start, default=None)


def _number_at(question: Question, text: str) -> tuple[int, int] | None:
    for start, end, number in find_numbers(text):
        if number_key(number) in question.keys:
            return start, end
    return None


def _anchor(scored: Scored) -> tuple[int, int] | None:
    """The figure that answers with its unit, as a range of the unit's text."""
    return with_unit(scored.unit.text, scored.figure.start, scored.figure.end) if scored.figure else None


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
    return f"{best.score:.2f} nghĩa {best.cosine:.2f} phủ {best.covered:.2f} riêng {best.body:.2f} thiếu: {missing}"


def _place(document: Document, scored: Scored) -> tuple[int, int, SectionPath, int]:
    """Start and end of a unit, its section, and an offset in that section; a note stands outside of its section."""
    chunk, unit = scored.hit.chunk, scored.unit
    start = chunk.span.start
    if unit.note is None:
        return start + unit.start, start + unit.end, chunk.section, start + unit.start
    note = _note_of(document, chunk, unit.note)
    if note is None:
        return start, chunk.span.end, chunk.section, start
    at = note.anchor.start if note.anchor else note.span.start
    return note.span.start + unit.start, note.span.start + unit.end, note.section, at


def _note_of(document: Document, chunk: Chunk, index: int) -> Footnote | None:
    """The note of a chunk by the place of its marker; two notes may have the same words."""
    marked = [note for note in document.footnotes if note.anchor is not None]
    inside = [n for n in marked if n.anchor and chunk.span.start <= n.anchor.start < chunk.span.end]
    inside.sort(key=lambda n: n.anchor.start if n.anchor else 0)
    text = chunk.notes[index]
    if index < len(inside) and inside[index].text == text:
        return inside[index]
    return next((note for note in (*inside, *document.footnotes) if note.text == text), None)
