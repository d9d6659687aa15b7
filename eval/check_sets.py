"""Checks every label of a set against its documents: facts stand in the evidence, the evidence in the section."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from corpus.document import Document
from eval import metrics
from eval.documents import evidence_text, find_document, find_section, note_text, read_places, section_text
from eval.questions import Question, Source, is_held_out

UNREADABLE = "không đọc được văn bản"


def check_set(questions: Iterable[Question], places: Sequence[Path]) -> list[str]:
    """Vietnamese sentences, one for each fault; documents that cannot be read here (no OCR) are faults too."""
    documents, asked = read_places(places), list(questions)
    # A set that was looked at whole holds nothing out.
    holds_out = any(question.held_out for question in asked)
    faults = []
    for question in asked:
        if holds_out and question.held_out != is_held_out(question.id):
            faults.append(f"{question.id}: held_out không khớp với mã câu hỏi")
        faults += [f"{question.id}: {fault}" for fault in check_question(question, documents)]
    return faults


def check_question(question: Question, documents: tuple[Document, ...]) -> list[str]:
    """The faults of one label."""
    faults = []
    if not question.answerable:
        if question.sources or question.facts or question.kind != "unanswerable":
            faults.append("câu không trả lời được phải có document, section null, facts rỗng và loại unanswerable")
        return faults
    if not question.sources:
        return [*faults, "thiếu document"]
    for source in (*question.sources, *question.alternatives):
        faults += check_source(source, documents)
    if question.kind in ("yesno", "header"):
        return faults
    return faults + [f"evidence không có {fact!r}" for fact in _missing(question, documents)]


def check_source(source: Source, documents: tuple[Document, ...]) -> list[str]:
    """The faults of one place."""
    document = find_document(documents, source.document)
    if document is None:
        return [f"{UNREADABLE} {source.document!r}"]
    if source.section and find_section(document, source.section) is None:
        return [f"{source.document} không có mục {'.'.join(source.section)}"]
    return _check_evidence(source, document)


def _check_evidence(source: Source, document: Document) -> list[str]:
    place = note_text(document, source.note, source.section) if source.note else _whole(document, source)
    if place is None:
        return [f"{source.document} không có chú thích {source.note}"]
    if isinstance(source.evidence, tuple):
        start, end = source.evidence
        return [] if 0 <= start < end <= len(place) else [f"khoảng {start}-{end} nằm ngoài mục ({len(place)} ký tự)"]
    if source.evidence and _plain(source.evidence) not in _plain(place):
        return [f"evidence không nằm trong mục {'.'.join(source.section) or '[]'}: {source.evidence[:60]!r}"]
    return []


def _whole(document: Document, source: Source) -> str | None:
    """Heading and text of a section: a short clause may be a heading and nothing else."""
    section = find_section(document, source.section) if source.section else None
    return document.slice(section.span) if section else section_text(document, source.section)


def _plain(text: str) -> str:
    return " ".join(metrics.words_of(text))


def relocate(question: Question, documents: tuple[Document, ...]) -> Question:
    """The question with its character ranges set anew: the shortest run of sentences that holds the facts.

    A range whose words still hold what the label says is kept. Used when the parser's text of a section changes.
    """
    if not question.answerable or not _missing(question, documents):
        return question
    return replace(question, sources=tuple(_relocated(question, source, documents) for source in question.sources))


def _missing(question: Question, documents: tuple[Document, ...]) -> list[str]:
    """The facts that stand in no evidence of the question."""
    words = " ".join(evidence_text(documents, source) or "" for source in question.sources)
    return [fact[0] for fact in question.facts if not metrics.holds_fact(words, fact)]


def _relocated(question: Question, source: Source, documents: tuple[Document, ...]) -> Source:
    document = find_document(documents, source.document)
    if document is None or isinstance(source.evidence, str):
        return source
    text = note_text(document, source.note, source.section) if source.note else section_text(document, source.section)
    if text is None:
        return source
    place = tightest(text, question.facts, source.evidence[0] if source.evidence else 0)
    return replace(source, evidence=place) if place else source


def tightest(text: str, facts: Iterable[tuple[str, ...]], near: int) -> tuple[int, int] | None:
    """The shortest run of sentences that holds the most facts; of equals the one nearest to `near`."""
    from corpus.sentences import split_sentences

    spans = list(split_sentences(text))
    wanted = list(facts)
    best: tuple[int, int, int, tuple[int, int]] | None = None
    for first in range(len(spans)):
        for last in range(first, min(first + 12, len(spans))):
            start, end = spans[first][0], spans[last][1]
            held = sum(metrics.holds_fact(text[start:end], fact) for fact in wanted)
            key = (-held, end - start, abs(start - near), (start, end))
            if held and (best is None or key < best):
                best = key
    return best[3] if best else None
