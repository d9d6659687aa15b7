"""Invitations and slips are filled in like forms: the entry "Thời gian: …" answers who asks for its label."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.document import Document
from corpus.text import canonical_tone, fold
from index.library import Library
from index.types import DocumentRecord
from qa.citations import Found, Pick
from qa.extraction.headers import leftover, opening_of
from qa.extraction.matching import Frequency, match
from qa.language.units import Words
from qa.language.words import tokenise
from qa.understanding.patterns import Pattern
from qa.understanding.periods import own_year
from qa.understanding.question import Question

_INVITATIONS = frozenset(("giay moi", "thu moi"))
_SLIPS = frozenset(("phieu trinh", "phieu gui", "phieu chuyen"))
_LABELLED = re.compile(
    r"^[ \t*]*(?:(?:\d{1,2}[.)]|[-+•–]|[IVX]+\.)[ \t*]*)?([^\W\d_][^:.;\n]{1,60}):[ \t*]*", re.MULTILINE
)
_NUMBERED = re.compile(r"(?:\d{1,2}[.)]|[IVX]+\.)\s")
_NO_ENTRY = frozenset(("so", "kinh gui", "noi nhan"))
# What an invitation is asked for, and the labels that say it.
_ASKED = (
    (
        re.compile(r"\bthoi gian\b|\b(?:luc|ngay|hom|gio|thu|buoi) (?:nao|may)|\b(?:khi nao|bao gio|may gio)\b"),
        "thoi gian",
    ),
    (re.compile(r"\bdia diem\b|\b(?:o|tai|dau|cho|noi|phong|hoi truong) (?:dau|nao)\b"), "dia diem"),
    (
        re.compile(r"\bthanh phan\b|\b(?:ai|(?:nguoi|don vi|dai bieu) nao)\b(?! (?:ky|chu tri|gui))"),
        "thanh phan",
    ),
)
_EVENT = Pattern(
    r"\b(?:(?:kỳ |phiên |cuộc )?họp(?! (?:tác|đồng|nhất|pháp|lý|lệ))|đại hội|hội nghị|hội thảo|hội thi|buổi làm việc"
    r"|lễ \w+|tọa đàm|tập huấn|khóa học)\b"
)
_LEADS_TO_EVENT = Pattern(r"\b(?:tổ chức|mở|triệu tập|dự|tham dự|mời)\b")
_NOT = re.compile(r"\bkhong\b")
# What any event does, and what it is called as one.
_EVENTFUL = frozenset(
    "dien ra to chuc hop moi du tham khai mac trieu tap bat dau cuoc thoi gian dia diem thanh phan".split()
)
# "Xử lý trong mấy ngày" says no "thời gian".
_TIMED = frozenset(("span", "length", "day", "time"))
_TIME = frozenset(("thoi", "gian"))
_COVERED, _NAME_HELD = 0.75, 0.5
_SHORTEST = 2


@dataclass(frozen=True, slots=True)
class _Entry:
    """A label with its value: its rest of the line, else the lines below it."""

    label: str
    start: int
    end: int


def pick_entries(
    question: Question,
    records: Sequence[DocumentRecord],
    library: Library,
    rarity: Frequency,
    parts: Sequence[str] = (),
) -> Found | None:
    """The asked entries of the one form that a question means; None where it means none or asks for no entry.

    Where the question calls a form by its kind, one that is of another event, or in which the asked name does not
    stand, answers nothing; else such a form is only none that is meant.

    Args:
        parts: what the question asks, where it asks several things; entries are the whole answer if each asks for one.
    """
    counts = question.kind in ("amount", "percent") and question.want not in _TIMED and not parts
    if question.kind == "yesno" or counts or _NOT.search(fold(question.text)):
        return None
    forms = [(record, library.document(record.id)) for record in records if _is_form(question, record)]
    called = bool(forms) and fold(forms[0][0].metadata.kind or "") in fold(question.text)
    named = [pair for pair in forms if _holds_names(question, *pair)]
    if called and not named:
        return Found(why="không có mẫu nào về tên được hỏi")
    fitting = [pair for pair in named if _means(question, *pair, rarity)]
    if len(fitting) != 1:
        return None
    record, document = fitting[0]
    if _invites(record) and _other_event(question, document):
        return Found(why="giấy mời dự một cuộc khác") if called else None
    asked = _asked_entries(question, record, tuple(_entries(document)))
    if not asked:
        return None
    whole = all(any(pattern.search(fold(part)) for pattern, _ in _ASKED) for part in parts)
    picks = tuple(_pick(record, document, entry) for entry in asked)
    return Found(picks, separator="\n", why="mục của mẫu", whole=whole)


def to_other_events(question: Question, records: Sequence[DocumentRecord], library: Library) -> frozenset[str]:
    """Ids of the invitations to another event than the one whose time or place is asked for."""
    asked = _event_in(question)
    if asked is None or not any(pattern.search(fold(question.text)) for pattern, _ in _ASKED):
        return frozenset()
    invitations = (record for record in records if _invites(record))
    return frozenset(record.id for record in invitations if _other_event(question, library.document(record.id)))


def about_of(record: DocumentRecord, library: Library) -> str:
    """What a form is about: an invitation without a subject says so in the sentence that opens it, a slip first."""
    if fold(record.metadata.kind or "") in _SLIPS:
        document = library.document(record.id)
        entry = next(_entries(document), None)
        return document.text[entry.start : entry.end] if entry else ""
    return "" if record.metadata.subject else opening_of(library.document(record.id))


def _is_form(question: Question, record: DocumentRecord) -> bool:
    """Whether a document is a slip that the question names as one, or an invitation that it may mean."""
    kind, asked = fold(record.metadata.kind or ""), fold(question.text)
    if kind in _SLIPS:
        return kind in asked
    if not _invites(record) or (question.years and own_year(record) not in question.years):
        return False
    return kind in asked or _event_in(question) is not None


def _event_in(question: Question) -> re.Match[str] | None:
    return _EVENT.search(canonical_tone(question.text.lower()) if question.marked else question.text, question.marked)


def _invites(record: DocumentRecord) -> bool:
    return fold(record.metadata.kind or "") in _INVITATIONS


def _words(record: DocumentRecord, document: Document) -> Words:
    metadata = record.metadata
    head = (metadata.kind, metadata.issuer, metadata.place, metadata.issued_on)
    return Words(tokenise(". ".join((*filter(None, head), document.text))))


def _holds_names(question: Question, record: DocumentRecord, document: Document) -> bool:
    """Whether a form says all names of a question, the capital at its beginning aside."""
    words = _words(record, document)
    names = [term for term in leftover(question) if term.name and term.tokens[0].start]
    return all(match(term, words, question.marked) >= _NAME_HELD for term in names)


def _means(question: Question, record: DocumentRecord, document: Document, rarity: Frequency) -> bool:
    """Whether a slip, or the header and the opening of an invitation, say most of what a question says."""
    words = _words(record, document)
    terms = leftover(question)
    if _invites(record):
        head = _words(record, replace(document, text=opening_of(document) or document.slice(document.preamble)))
        words, terms = head, [term for term in terms if not _EVENTFUL.issuperset(term.folded)]
    weights = [(term, rarity(term, question.marked)) for term in terms]
    total = sum(weight for _, weight in weights)
    held = sum(weight * match(term, words, question.marked) for term, weight in weights)
    return len(weights) >= _SHORTEST and held >= _COVERED * total


def _entries(document: Document) -> Iterator[_Entry]:
    """The entries of a form, in their order."""
    limit = document.closing.start if document.closing else len(document.text)
    for found in _LABELLED.finditer(document.text, 0, limit):
        label = fold(found[1]).strip()
        if label in _NO_ENTRY or len(label.split()) > 6:
            continue
        line_end = document.text.find("\n", found.end(), limit)
        line_end = limit if line_end < 0 else line_end
        if document.text[found.end() : line_end].strip():
            yield _Entry(label, found.end(), line_end)
        elif (end := _below(document.text, line_end, limit)) > line_end + 1:
            yield _Entry(label, line_end + 1, end)


def _below(text: str, start: int, limit: int) -> int:
    """The end of the lines below a label, up to the next number or label."""
    end = start
    for line in text[start + 1 : limit].split("\n"):
        item = line.lstrip().startswith(("-", "+", "•", "–"))
        if _NUMBERED.match(line.strip()) or (not item and _LABELLED.match(line)):
            break
        end += len(line) + 1
    return end


def _asked_entries(question: Question, record: DocumentRecord, entries: Sequence[_Entry]) -> list[_Entry]:
    """The entries that are asked for: by what invitations are asked for, else the one whose whole label is said."""
    asked = fold(question.text)
    if _invites(record):
        labels = [label for pattern, label in _ASKED if pattern.search(asked)]
        return [entry for entry in entries if any(label in entry.label for label in labels)]
    said = {token.folded for token in tokenise(asked)} | (_TIME if question.want in _TIMED else set())
    named = [entry for entry in entries if said.issuperset(entry.label.split())]
    return named if len({entry.label for entry in named}) == 1 else []


def _other_event(question: Question, document: Document) -> bool:
    """Whether the event that a question names first is none of those to which the invitation invites."""
    opening = canonical_tone(opening_of(document).lower())
    leads = [found.end() for found in _LEADS_TO_EVENT.finditer(opening, True)]
    asked, invited = _event_in(question), _EVENT.search(opening[leads[-1] :], True) if leads else None
    return asked is not None and invited is not None and _plain(asked[0]) != _plain(invited[0])


def _plain(event: str) -> str:
    return fold(event).removeprefix("cuoc ")


def _pick(record: DocumentRecord, document: Document, entry: _Entry) -> Pick:
    lines = [line for line in document.text[entry.start : entry.end].split("\n") if line.strip()]
    span = (entry.start, entry.end)
    return Pick(record, document, document.section_at(entry.start), *span, "\n".join(lines), (span,))
