"""The place in its document that a chosen piece answers from, cut to what answers."""

from __future__ import annotations

import re

from corpus.document import Chunk, Document, Footnote, Section, SectionPath, Table
from corpus.numbers import find_numbers, number_key
from index.library import Library
from qa.citations import Pick, spoken
from qa.extraction import lists, tables
from qa.extraction.counting import measured_in
from qa.extraction.fitting import says_wanted
from qa.extraction.named import asks_one
from qa.extraction.scoring import Scored
from qa.extraction.trimming import trim, with_unit
from qa.language.figures import adds_body, measure, names_body
from qa.settings import Settings
from qa.understanding.question import Question
from qa.understanding.wanted import time_beside

LONG_KINDS = frozenset({"list", "reason", "compare"})
_LONGEST_TABLE_QUOTE = 2500
_KNOWN_DOCUMENTS = 64


class Picker:
    """Turns a chosen piece into the place that the answer quotes."""

    def __init__(self, library: Library, settings: Settings) -> None:
        self._library = library
        self._answers = settings.answers
        self._known: dict[str, tuple[Document, tuple[lists.Group, ...]]] = {}

    def groups(self, name: str, document: Document) -> tuple[lists.Group, ...]:
        """The runs of a document, remembered by its id while it stays the same object."""
        known = self._known.get(name)
        if known is None or known[0] is not document:
            if len(self._known) > _KNOWN_DOCUMENTS:
                self._known.clear()
            known = self._known[name] = (document, lists.groups_of(document))
        return known[1]

    def pick(self, question: Question, scored: Scored) -> Pick:
        """The place of a unit in its document, cut to what answers."""
        document = self._library.document(scored.hit.document.id)
        start, end, section, at = _place(document, scored)
        long = question.kind in LONG_KINDS and not asks_one(question)
        limit = self._answers.long_chars if long else self._answers.factual_chars
        if scored.unit.kind == "row" and (found := tables.find_row(document, start)):
            said = tables.row_text(*found, limit - 8)
            first = _labels_start(document, found[0], start, end)
            return Pick(
                scored.hit.document, document, section, first, end, said, ((start, end),), scored.hit.chunk.id, said
            )
        names_it = question.kind == "who" and adds_body(scored.unit.text, question.text)
        if (
            scored.figure is None
            and not names_it
            and document.text[start:end].rstrip(" *").endswith(":")
            and (group := self._led_by(document, scored, start, end))
        ):
            return lists.pick_group(group, self._answers.long_chars if question.kind in LONG_KINDS else limit)
        answers = _answering_words(scored, start, end)
        anchor = _anchor(scored) or _number_at(question, document.text[start:end])
        anchor = anchor or _time_at(question, document.text[start:end])
        first, last = trim(document.text[start:end], limit, anchor, question)
        text = document.text[start + first : start + last]
        title = _title_over(question, document, section, at, text, measured=scored.figure is None)
        said, quoted = f"{title.title.rstrip(' :.')}: {spoken(text)}" if title else "", start + first
        if title and 0 <= start - title.span.start < limit:
            quoted = title.span.start
        elif not said and (subject := _subject_before(question, document, start, text)):
            said, quoted = f"{spoken(document.text[slice(*subject)])}, … {spoken(text)}", subject[0]
        if title and question.want == "person":
            section = title.path
        return Pick(
            scored.hit.document, document, section, quoted, start + last, said, answers, scored.hit.chunk.id, said
        )

    def _led_by(self, document: Document, scored: Scored, start: int, end: int) -> lists.RankedGroup | None:
        """The run that a sentence with a colon leads into."""
        for group in self.groups(document.id, document):
            if group.depth and group.start <= start < group.members[0][0] and group.members[0][0] >= end:
                return lists.RankedGroup(group, document, scored.hit.document, scored.score, scored.covered)
        return None


def _title_over(
    question: Question, document: Document, path: SectionPath, at: int, text: str, *, measured: bool
) -> Section | None:
    """The heading that says what is asked over a sentence that does not: a body, a person, the sum for its items."""
    for depth in range(len(path), max(0, len(path) - _TITLES), -1):
        heading = _section_at(document, path[:depth], at)
        title = heading.title.rstrip(" :.") if heading else ""
        if not 3 <= len(title) <= _LONGEST_TITLE or title in text:
            continue
        named = question.kind == "who" and (
            not says_wanted(question, text) if question.want else len(title) <= _NAME and names_body(title)
        )
        summed = measured and question.kind == "amount" and measured_in(question, title)
        if summed or (named and says_wanted(question, title)):
            return heading
        if title:
            return None
    return None


_TITLES, _LONGEST_TITLE, _NAME = 2, 200, 90


def _subject_before(question: Question, document: Document, start: int, text: str) -> tuple[int, int] | None:
    """For a question after a body: where the sentence that opens the paragraph names it, and the asked one does not."""
    opening = document.text.rfind("\n", 0, start) + 1
    if question.kind != "who" or opening >= start or adds_body(text, question.text):
        return None
    clause = _OPENING.match(document.text[opening:start])
    if clause is None or not adds_body(clause[0], question.text):
        return None
    return opening, opening + clause.end()


# Up to the first mark: a cut elsewhere might take a number apart.
_OPENING = re.compile(r"(?:\d+[.)]\s*)?[^,;:.\n]{8,160}(?=[,;:])")


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


def _time_at(question: Question, text: str) -> tuple[int, int] | None:
    words = frozenset(token.folded for term in question.terms for token in term.tokens)
    return time_beside(question.want, text, words) if question.kind == "date" else None


def _anchor(scored: Scored) -> tuple[int, int] | None:
    """The figures that answer with their units, as a range of the unit's text."""
    if scored.figure is None:
        return None
    figures = (scored.figure, *scored.beside)
    spans = [with_unit(scored.unit.text, figure.start, figure.end) for figure in figures]
    return min(start for start, _ in spans), max(end for _, end in spans)


def _answering_words(scored: Scored, start: int, end: int) -> tuple[tuple[int, int], ...]:
    figure = scored.figure
    if figure is None:
        return ()
    behind = len(measure(figure.unit))
    low, high = figure.start, figure.end + (behind + 1 if behind else 0)
    for ratio in _RATIO.finditer(scored.unit.text):
        if ratio.start() <= figure.start < ratio.end():
            low, high = ratio.start(), max(ratio.end(), high)
    return ((start + low, min(end, start + high)),)


# Of "8/12 xã" neither number answers alone.
_RATIO = re.compile(r"(?<![\w./,-])\d+(?:[.,]\d+)*/\d+(?:[.,]\d+)*(?![\w/-])")


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
