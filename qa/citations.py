"""From places in documents to numbered citations; markers that point nowhere are dropped."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.document import Document, SectionPath, Span
from corpus.labels import citation_label
from index.types import DocumentRecord, Hit
from qa.types import Citation

MARKER = re.compile(r"\s?\[(\d{1,3})\]")
_MARKER_GROUP = re.compile(r"\[(\d{1,3}(?:\s*[,;]\s*\d{1,3})+)\]")
_PAGED = frozenset({"pdf"})
_RAISED = re.compile(r"(?<![mM])[⁰¹²³⁴-⁹]+|(?<=[mM])[⁰¹⁴-⁹]+")
_LEAD_MARKS = re.compile(r"^(?:[-+*•–]+\s*)+")


@dataclass(frozen=True, slots=True)
class Pick:
    """A place that answers.

    Args:
        start, end: the quote in `Document.text`.
        text: what the answer says of it; "" takes the quote without list marks and note markers.
        answers: character ranges of `Document.text` with the answering words.
        context: words beside the quote that the answer also says (labels and merged cells of a row, a heading).
        section: where the citation points; for a footnote the section of its marker.
    """

    record: DocumentRecord
    document: Document
    section: SectionPath
    start: int
    end: int
    text: str = ""
    answers: tuple[tuple[int, int], ...] = ()
    chunk: str = ""
    context: str = ""

    @property
    def quote(self) -> str:
        """The words of the place."""
        return self.document.text[self.start : self.end]

    @property
    def said(self) -> str:
        """What the answer says of it."""
        return self.text or spoken(self.quote)


@dataclass(frozen=True, slots=True)
class Found:
    """What the documents say: places that answer (none: nothing does), and the passages that were read.

    Args:
        whole: whether the first place answers every part of a question.
        near: places that hold the kind of thing asked for, hardly the rest of the question; a language model may look.
    """

    picks: tuple[Pick, ...] = ()
    hits: tuple[Hit, ...] = ()
    separator: str = " "
    lead: str = ""
    why: str = ""
    near: tuple[Pick, ...] = ()
    whole: bool = False


def spoken(quote: str) -> str:
    """A quote as an answer says it: without list marks, note markers, line ends and a dangling semicolon."""
    text = _RAISED.sub("", " ".join(quote.split()))
    text = text.replace("**", "")
    return _LEAD_MARKS.sub("", text).rstrip(" ;,").strip()


def cite(pick: Pick, marker: int) -> Citation:
    """The citation of a place."""
    span = pick.document.span(pick.start, pick.end)
    pages = pick.document.pages_of(span)
    return Citation(
        marker=marker,
        document=pick.record,
        section=pick.section,
        span=span,
        pages=pages,
        label=_label(pick, pages),
        quote=pick.quote,
        answer_spans=_inside(pick.answers, span),
        chunk=pick.chunk,
    )


def _label(pick: Pick, pages: tuple[int, int]) -> str:
    document, closing = pick.document, pick.document.closing
    signed = not pick.section and closing is not None and closing.start <= pick.start < closing.end
    # A header fact may stand in a section (the last article of a law): the label names it, the path stays empty.
    inside = () if pick.chunk or signed else document.section_at(pick.start)
    label = citation_label(
        pick.record.metadata,
        pick.section or inside,
        pages,
        paged=document.format in _PAGED,
        attachment=document.attachment_at(pick.start),
    )
    return label.replace("phần mở đầu", "phần ký, nơi nhận") if signed else label


def _inside(ranges: Sequence[tuple[int, int]], span: Span) -> tuple[tuple[int, int], ...]:
    clipped = ((max(start, span.start) - span.start, min(end, span.end) - span.start) for start, end in ranges)
    return tuple(sorted((start, end) for start, end in clipped if start < end))


def join(picks: Sequence[Pick], separator: str = " ") -> tuple[str, tuple[Citation, ...]]:
    """Answer text with a marker behind each place, and the citations."""
    said = separator.join(f"{pick.said} [{number}]" for number, pick in enumerate(picks, 1))
    return said, tuple(cite(pick, number) for number, pick in enumerate(picks, 1))


def markers_in(text: str) -> list[int]:
    """Marker numbers of a text in order."""
    return [int(match[1]) for match in MARKER.finditer(spread_markers(text))]


def spread_markers(text: str) -> str:
    """Grouped markers apart: "[1, 2]" becomes "[1][2]"."""
    return _MARKER_GROUP.sub(lambda match: "".join(f"[{number}]" for number in re.findall(r"\d+", match[1])), text)


def drop_unknown(text: str, known: Sequence[int]) -> str:
    """The text without markers that point nowhere."""
    allowed = set(known)
    return MARKER.sub(lambda match: match[0] if int(match[1]) in allowed else "", spread_markers(text))


def renumber(text: str, citations: Sequence[Citation]) -> tuple[str, tuple[Citation, ...]]:
    """Markers counted from 1 in the order in which the text uses them; citations that are not used are left out."""
    by_marker = {citation.marker: citation for citation in citations}
    order = [number for number in dict.fromkeys(markers_in(text)) if number in by_marker]
    new = {old: index for index, old in enumerate(order, 1)}
    text = MARKER.sub(
        lambda match: match[0].replace(match[1], str(new[int(match[1])])) if int(match[1]) in new else "",
        spread_markers(text),
    )
    return text.strip(), tuple(replace(by_marker[old], marker=index) for old, index in new.items())
