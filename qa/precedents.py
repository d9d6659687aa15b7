"""Precedent wording: verbatim sentences of earlier documents, grouped by the same wording, newest first.

What two documents say alike is boilerplate; what differs between them, and every number, date and document number, is
marked as what the next writer fills in.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import get_args

from corpus.document import Document, SectionPath, Span
from corpus.labels import citation_label, document_label, parse_label
from corpus.numbers import find_numbers
from corpus.parts import Part, parts_at, recipients_span
from corpus.sentences import split_sentences
from corpus.text import fold
from index.library import Library
from index.tokens import Words, pairs, words
from index.types import DocumentRecord, Filters, Hit

CANDIDATE_CHUNKS = 60
# The index narrows by headings, but basis and recipients stand under none: more chunks are read, and most dropped.
UNNAMED_PARTS: tuple[Part, ...] = ("căn cứ", "nơi nhận")
UNNAMED_CHUNKS = 400
MIN_CHARS, MAX_CHARS = 25, 900
# Two sentences are one wording when they share this much of their pairs; below it readers see two formulas.
SAME_WORDING = 0.55
# A sentence is shown when it holds at least this share (by rarity) of what the best one holds of the query.
ENOUGH_OF_BEST = 0.4

_BULLET = re.compile(r"[-–+•*]+\s+")
_TOKEN = re.compile(r"\w+|[^\w\s]", re.UNICODE)
_FIGURE = re.compile(
    r"ngày\s+\d{1,2}(?:/\d{1,2}/\d{4}|\s+tháng\s+\d{1,2}\s+năm\s+\d{4})|\d+(?:[.,/]\d+)*(?:\s*%)?|[…\.]{3,}",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Use:
    """One place where a wording stands."""

    document: DocumentRecord
    section: SectionPath
    span: Span
    text: str
    label: str


@dataclass(frozen=True, slots=True)
class Precedent:
    """A wording with all its uses, newest first; `variable` are ranges of the newest text that change."""

    uses: tuple[Use, ...]
    variable: tuple[tuple[int, int], ...]
    score: float

    @property
    def text(self) -> str:
        """The newest wording, verbatim."""
        return self.uses[0].text

    @property
    def issuers(self) -> tuple[str, ...]:
        """Who used it, each once."""
        return tuple(dict.fromkeys(use.document.metadata.issuer or use.document.path for use in self.uses))


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A passage; `formula` are the word pairs that stay when figures, dates and document numbers change."""

    use: Use
    words: Words
    formula: frozenset[str]
    score: float


def find_precedents(
    library: Library, query: str, *, filters: Filters | None = None, limit: int = 15
) -> tuple[Precedent, ...]:
    """Wordings that fit an idea or a half sentence, best first.

    Args:
        query: may be empty where `filters.section` names a part of the document; what was used most comes first then.
    """
    filters = filters or Filters()
    part = named_part(filters.section)
    candidates = _candidates(library, query, filters, part)
    if not query.strip():
        return tuple(sorted(map(_precedent, _group(candidates)), key=_by_use, reverse=True)[:limit])
    precedents = map(_precedent, _group(_score(words(query), candidates)))
    return tuple(sorted(precedents, key=lambda p: -p.score)[:limit])


def _by_use(precedent: Precedent) -> tuple[int, str]:
    return len(precedent.uses), precedent.uses[0].document.metadata.issued_on or ""


def named_part(section: str) -> Part | None:
    """The part of a document that a section filter means; None where it is a word of a heading."""
    return next((part for part in get_args(Part) if fold(part) == fold(section)), None)


def _candidates(library: Library, query: str, filters: Filters, part: Part | None) -> list[_Candidate]:
    found: dict[tuple[str, int], _Candidate] = {}
    for hit in _hits(library, query, filters, part):
        if hit.chunk.kind != "text":
            continue
        document = library.document(hit.document.id)
        for span in _passages(document, hit.chunk.span, part):
            tokens = words(document.slice(span))
            use = _use(document, hit.document, hit.chunk.section, span)
            formula = frozenset(pairs(words(_without_figures(use.text)).folded))
            found.setdefault((document.id, span.start), _Candidate(use, tokens, formula, hit.score))
    return list(found.values())


def _hits(library: Library, query: str, filters: Filters, part: Part | None) -> list[Hit]:
    """Chunks to read, narrowed by headings where the part has one of its own."""
    if part is None:
        return library.search(query, k=CANDIDATE_CHUNKS, filters=filters)
    asked = f"{part} {query}"
    if part in UNNAMED_PARTS:
        return library.search(asked, k=UNNAMED_CHUNKS, filters=replace(filters, section=""))
    names = [replace(filters, section=name) for name in part.split(", ")]
    hits = [hit for narrowed in names for hit in library.search(asked, k=CANDIDATE_CHUNKS, filters=narrowed)]
    return list({hit.chunk.id: hit for hit in hits}.values())


def _passages(document: Document, chunk: Span, part: Part | None) -> Iterator[Span]:
    """The sentences of a chunk that belong to a part; the recipients are one passage."""
    recipients = recipients_span(document)
    if recipients and chunk.start <= recipients.start < chunk.end:
        if part in {None, "nơi nhận"}:
            yield recipients
        return
    text = document.slice(chunk)
    for first, last in split_sentences(text):
        first += _label_length(text[first:last])
        start, end = chunk.start + first, chunk.start + last
        fits = MIN_CHARS <= last - first <= MAX_CHARS and not _is_heading(document, start, end)
        if fits and (part is None or part in parts_at(document, start, end)):
            yield document.span(start, end)


def _label_length(sentence: str) -> int:
    """How many characters of list mark or number ("- ", "2. ", "a) ") stand before the words."""
    label = parse_label(sentence)
    if label and label.family in {"number", "enumeration", "point"}:
        return label.end
    match = _BULLET.match(sentence)
    return match.end() if match else 0


def _is_heading(document: Document, start: int, end: int) -> bool:
    """Whether a range is the line of a heading; a run-in heading with text behind it is none."""
    at = bisect_right(document.blocks, start, key=lambda block: block.span.start) - 1
    block = document.blocks[at] if at >= 0 else None
    heads = block is not None and block.kind == "heading" and block.span.end >= end
    return heads and not document.text[start:end].rstrip().endswith((".", ";", ":"))


def _use(document: Document, record: DocumentRecord, section: SectionPath, span: Span) -> Use:
    paged = document.format == "pdf"
    attached = document.attachment_at(span.start)
    label = citation_label(record.metadata, section, document.pages_of(span), paged=paged, attachment=attached)
    if "nơi nhận" in parts_at(document, span.start, span.end):
        label = f"{document_label(record.metadata)}, nơi nhận"
    return Use(record, section, span, document.slice(span), label)


def _score(query: Words, candidates: Sequence[_Candidate]) -> list[_Candidate]:
    """Candidates that hold enough of the query, with their rarity-weighted share of it, best first."""
    asked = set(query.folded) | set(pairs(query.folded))
    if not asked or not candidates:
        return []
    held = [(set(c.words.folded) | set(pairs(c.words.folded))) & asked for c in candidates]
    frequency = Counter(token for tokens in held for token in tokens)
    weight = {token: math.log(1 + len(candidates) / (1 + frequency[token])) for token in asked}
    total = sum(weight.values())
    scored = [
        replace(candidate, score=sum(weight[token] for token in tokens) / total)
        for candidate, tokens in zip(candidates, held, strict=True)
    ]
    best = max(candidate.score for candidate in scored)
    kept = [c for c in scored if best > 0 and c.score >= ENOUGH_OF_BEST * best]
    return sorted(kept, key=lambda c: (-c.score, c.use.document.id, c.use.span.start))


def _group(candidates: Iterable[_Candidate]) -> list[list[_Candidate]]:
    groups: list[list[_Candidate]] = []
    for candidate in candidates:
        home = next((group for group in groups if _alike(group[0].formula, candidate.formula)), None)
        if home is None:
            groups.append([candidate])
        else:
            home.append(candidate)
    return groups


def _alike(a: frozenset[str], b: frozenset[str]) -> bool:
    return bool(a and b) and len(a & b) >= SAME_WORDING * len(a | b)


def _precedent(group: list[_Candidate]) -> Precedent:
    newest = sorted(group, key=lambda c: c.use.document.metadata.issued_on or "", reverse=True)
    uses = tuple(candidate.use for candidate in newest)
    # A wording that many used is a better precedent than one that fits a little more closely.
    score = max(c.score for c in group) * (1 + 0.1 * math.log(len(group)))
    return Precedent(uses, variable_ranges(uses[0].text, [use.text for use in uses[1:]]), score)


def variable_ranges(text: str, others: Sequence[str]) -> tuple[tuple[int, int], ...]:
    """Ranges (start, end) of `text` that change: figures, dates, document numbers, and words that others have not."""
    ranges = list(_figures(text))
    tokens = list(_TOKEN.finditer(text))
    mine = [token.group().casefold() for token in tokens]
    for other in others:
        theirs = [token.casefold() for token in _TOKEN.findall(other)]
        for tag, start, end, _, _ in SequenceMatcher(None, mine, theirs, autojunk=False).get_opcodes():
            if tag in {"replace", "delete"}:
                ranges.append((tokens[start].start(), tokens[end - 1].end()))
    return _merged(ranges)


def _without_figures(text: str) -> str:
    for start, end in reversed(_figures(text)):
        text = f"{text[:start]} {text[end:]}"
    return text


def _figures(text: str) -> tuple[tuple[int, int], ...]:
    ranges = [(match.start(), match.end()) for match in _FIGURE.finditer(text)]
    return _merged([*ranges, *((start, end) for start, end, _ in find_numbers(text))])


def _merged(ranges: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(ranges):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)
