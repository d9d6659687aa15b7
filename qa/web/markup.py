"""HTML of answers, citation cards and sources; everything that comes from a document or a user is escaped here."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from typing import Any

from corpus.document import Document, Section, Span
from corpus.labels import document_label, section_label
from index.types import Filters

View = dict[str, Any]

_MARKER = re.compile(r"\[(\d{1,3})\]")
_CONTEXT_CHARS = 600


def answer_html(view: View, turn: int) -> str:
    """The answer's text with its markers as chips that lead to the cards of the same turn."""
    known = {citation["marker"] for citation in view["citations"]}

    def chip(match: re.Match[str]) -> str:
        number = int(match.group(1))
        if number not in known:
            return match.group(0)
        title = f"Xem nguồn số {number}"
        return f'<a class="chip" href="#nguon-{turn}-{number}" title="{title}" aria-label="{title}">{number}</a>'

    body = _MARKER.sub(chip, escape(view["answer"])).replace("\n", "<br>")
    note = f'<p class="note">{escape(view["note"])}</p>' if view.get("note") else ""
    css = "answer refused" if view["refused"] else "answer"
    return f'<div class="{css}">{body}{note}</div>'


def turns_html(views: Sequence[View], contexts: Sequence[Sequence[str]]) -> str:
    """The cards of the latest turns, newest first.

    Args:
        views: all answers of the conversation.
        contexts: for each of the latest answers, the neighbouring text of each citation as HTML.
    """
    if not views:
        return '<p class="empty">Nguồn của câu trả lời sẽ hiện ở đây.</p>'
    first = len(views) - len(contexts)
    turns = [_turn(views[first + n], first + n, found) for n, found in enumerate(contexts)]
    return "".join(reversed(turns))


def _turn(view: View, turn: int, contexts: Sequence[str]) -> str:
    head = f'<h3 class="asked">{escape(_shorten(view["question"], 120))}</h3>'
    if not view["citations"]:
        return f'<section class="turn">{head}{_related_html(view["passages"])}</section>'
    cards = "".join(_card(c, turn, context) for c, context in zip(view["citations"], contexts, strict=True))
    copy = f'<button type="button" class="copy" data-text="{escape(citable(view))}">Chép câu trả lời kèm nguồn</button>'
    return f'<section class="turn">{head}<div class="cards">{cards}</div>{copy}</section>'


def citable(view: View) -> str:
    """An answer and its sources as text that can be pasted into a document."""
    sources = "\n".join(f"[{c['marker']}] {c['label']}" for c in view["citations"])
    return f"{view['answer']}\n{sources}"


def filters_html(filters: Filters) -> str:
    """What narrows the answers at present; "" when nothing does."""
    told = [*filters.kinds, *filters.issuers, *map(str, filters.years), *([filters.section] if filters.section else [])]
    if not told:
        return ""
    return f'<p class="filters">Đang lọc: {escape(" · ".join(told))}</p>'


def _card(citation: View, turn: int, context: str) -> str:
    number = citation["marker"]
    document = citation["document"]
    subject = f'<p class="subject">{escape(document["subject"])}</p>' if document.get("subject") else ""
    neighbours = f"<details><summary>Xem đoạn xung quanh</summary>{context}</details>" if context else ""
    opener = f'<button type="button" class="open" data-turn="{turn}" data-marker="{number}">Mở văn bản</button>'
    return (
        f'<article class="card" id="nguon-{turn}-{number}" tabindex="-1">'
        f'<h3><span class="chip">{number}</span> {escape(citation["label"])}</h3>{subject}'
        f"<blockquote>{marked(citation['quote'], citation.get('answer_spans', ()))}</blockquote>"
        f"{neighbours}{opener}</article>"
    )


def _related_html(passages: Sequence[View]) -> str:
    if not passages:
        return '<p class="empty">Không có đoạn nào gần với câu hỏi.</p>'
    items = "".join(
        f'<article class="card related"><h3>{escape(_passage_label(passage))}</h3>'
        f"<blockquote>{escape(_shorten(passage['text']))}</blockquote></article>"
        for passage in passages[:5]
    )
    return f'<h3 class="related-title">Có thể liên quan</h3><div class="cards">{items}</div>'


def _passage_label(passage: View) -> str:
    told = passage["document"]
    name = f"{told['kind'] or 'Văn bản'} số {told['number']}" if told["number"] else told["subject"] or told["path"]
    return f"{_shorten(name, 90)}, {section_label(passage['section'])}"


def marked(text: str, marks: Sequence[Sequence[int]]) -> str:
    """Escaped text in which the given ranges (start, end) stand in <mark>; overlapping ranges are merged."""
    parts: list[str] = []
    position = 0
    for start, end in sorted((max(0, s), min(len(text), e)) for s, e in marks):
        start = max(start, position)
        if start < end:
            parts += [escape(text[position:start]), f"<mark>{escape(text[start:end])}</mark>"]
            position = end
    return "".join([*parts, escape(text[position:])])


def context_html(document: Document, start: int, end: int) -> str:
    """The text around a quote, the quote marked."""
    left = max(0, document.text.rfind("\n", 0, max(0, start - _CONTEXT_CHARS)) + 1)
    stop = document.text.find("\n", min(len(document.text), end + _CONTEXT_CHARS))
    right = len(document.text) if stop < 0 else stop
    return _paragraphs(document.text[left:right], start - left, end - left)


def source_html(document: Document, start: int, end: int, *, image_url: str, file_url: str) -> str:
    """A document for reading beside the conversation: header, outline with the cited section open, the quote marked."""
    meta = document.metadata
    facts = (meta.issuer, meta.issued_on, meta.signer)
    page = document.page_at(start)
    picture = (
        f'<details open><summary>Trang {page}</summary><img class="page" loading="lazy" src="{escape(image_url)}" '
        f'alt="Ảnh trang {page} của văn bản"></details>'
        if image_url
        else ""
    )
    outline = "".join(_outline(document, section, start, end) for section in document.sections)
    preamble = _details(document, "Phần mở đầu", document.preamble, start, end, "")
    tail = _details(document, "Nơi nhận, người ký", document.closing, start, end, "") if document.closing else ""
    if document.footnotes:
        spans = [note.span for note in document.footnotes]
        notes = document.span(min(s.start for s in spans), max(s.end for s in spans))
        tail += _details(document, "Chú thích", notes, start, end, "")
    return (
        f'<div class="source"><h3>{escape(document_label(meta))}</h3>'
        f'<p class="subject">{escape(meta.subject or "")}</p>'
        f'<p class="facts">{escape(" · ".join(fact for fact in facts if fact))}</p>'
        f'<p><a class="original" href="{escape(file_url)}" download>Tải tệp gốc</a></p>'
        f"{picture}{preamble}{outline}{tail}</div>"
    )


def _outline(document: Document, section: Section, start: int, end: int) -> str:
    children = "".join(_outline(document, child, start, end) for child in section.children)
    title = f"{section.path[-1]}. {section.title}"
    return _details(document, title, section.body, start, end, children, holds=section.span)


def _details(
    document: Document, title: str, body: Span, start: int, end: int, children: str, holds: Span | None = None
) -> str:
    outer = holds or body
    opened = " open" if outer.start <= start < outer.end else ""
    text = _paragraphs(document.slice(body), start - body.start, end - body.start)
    return f"<details{opened}><summary>{escape(title)}</summary>{text}{children}</details>"


def _paragraphs(text: str, start: int, end: int) -> str:
    html: list[str] = []
    offset = 0
    for line in text.split("\n"):
        mark = [(start - offset, end - offset)] if start < offset + len(line) and end > offset else []
        if line.strip():
            html.append(f"<p>{marked(line, mark)}</p>")
        offset += len(line) + 1
    return "".join(html)


def _shorten(text: str, limit: int = 320) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= limit else flat[:limit].rsplit(" ", 1)[0] + " …"
