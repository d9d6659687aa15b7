"""HTML of answers, citation cards and sources; everything that comes from a document or a user is escaped here."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from corpus.document import Document, Section, Span
from corpus.labels import document_label, section_label
from index.types import Filters
from qa.types import INVITATION
from qa.views import day, moment

View = dict[str, Any]
REASONS = ("Sai số liệu", "Sai nguồn", "Thiếu ý", "Không đúng câu hỏi")

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


def drafting_html() -> str:
    """What stands below the documents' own words while a language model drafts."""
    return (
        '<p class="waiting" role="status">Trên đây là nguyên văn trong văn bản. Mô hình ngôn ngữ đang soạn lại; '
        "lời của nó chỉ hiện ra sau khi đã đối chiếu với nguồn.</p>"
    )


def turns_html(views: Sequence[View], contexts: Sequence[Sequence[str]]) -> str:
    """The cards of all turns, newest first; earlier turns are folded.

    Args:
        views: all answers of the conversation.
        contexts: for each of the latest answers, the neighbouring text of each citation as HTML.
    """
    if not views:
        return '<p class="empty">Nguồn của câu trả lời sẽ hiện ở đây: nguyên văn, số văn bản, mục và trang.</p>'
    first = len(views) - len(contexts)
    turns = [_turn(view, n, contexts[n - first] if n >= first else (), len(views)) for n, view in enumerate(views)]
    return "".join(reversed(turns))


def _turn(view: View, turn: int, contexts: Sequence[str], count: int) -> str:
    asked = escape(_shorten(view["question"], 120))
    if view["answer"] == INVITATION:
        # Who only greets wants no source, and there is nothing to judge.
        return ""
    around = [*contexts, *[""] * (len(view["citations"]) - len(contexts))]
    cards = "".join(_card(c, turn, context) for c, context in zip(view["citations"], around, strict=True))
    told = f'<div class="cards">{cards}</div>' if cards else _related_html(view["passages"])
    copy = f'<button type="button" class="copy" data-text="{escape(citable(view))}">Chép câu trả lời kèm nguồn</button>'
    opened = " open" if turn == count - 1 else ""
    return (
        f'<details class="turn"{opened}><summary class="asked">{asked}</summary>{told}'
        f'<div class="tools">{copy if cards else ""}{_rating_html(view, turn)}</div></details>'
    )


def _thumb(way: str) -> str:
    # Drawn, since many office machines have no font with emoji.
    shape = "M7 22V11l4-9a3 3 0 0 1 3 3v4h5.7a2 2 0 0 1 2 2.3l-1.4 9a2 2 0 0 1-2 1.7H7zm0 0H3V11h4"
    return f'<svg class="thumb {way}" viewBox="0 0 24 24" aria-hidden="true"><path d="{shape}"/></svg>'


def suggestions_html(questions: Sequence[str]) -> str:
    """Questions to begin with, as buttons."""
    buttons = "".join(f'<button type="button" class="suggest">{escape(question)}</button>' for question in questions)
    return f'<div class="suggestions" role="group" aria-label="Câu hỏi gợi ý">{buttons}</div>' if buttons else ""


def _rating_html(view: View, turn: int) -> str:
    """Buttons that say whether the answer is right, and why it is not."""
    rated = view.get("rated", "")
    if rated:
        return f'<span class="rated" role="status">Đã ghi nhận: {escape(rated)}</span>'
    press = f'<button type="button" class="rate" data-turn="{turn}"'
    reasons = "".join(f'{press} data-reason="{escape(reason)}">{escape(reason)}</button>' for reason in REASONS)
    return (
        f'{press} data-good="1">{_thumb("up")} Đúng</button>'
        f'<details class="why"><summary>{_thumb("down")} Chưa đúng</summary>{reasons}'
        f'<label>Lý do khác <input type="text" class="reason" maxlength="500" data-turn="{turn}"></label>'
        f'{press} data-own="1">Gửi</button></details>'
    )


def citable(view: View) -> str:
    """An answer and its sources as text that can be pasted into a document."""
    sources = "\n".join(f"[{c['marker']}] {c['label']}" for c in view["citations"])
    return f"{view['answer']}\n{sources}"


def filters_html(filters: Filters, documents: Sequence[str] = ()) -> str:
    """What narrows the answers at present; "" when nothing does. `documents` are the names of the chosen ones."""
    told = [*filters.kinds, *filters.issuers, *map(str, filters.years), *documents]
    if filters.section:
        told.append(filters.section)
    if not told:
        return ""
    return f'<p class="filters">Đang lọc: {escape(" · ".join(told))}</p>'


def _card(citation: View, turn: int, context: str) -> str:
    number = int(citation["marker"])
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
        f"<blockquote>{escape(_shorten(passage['text']))}</blockquote>{_passage_opener(passage)}</article>"
        for passage in passages[:5]
    )
    return f'<h3 class="related-title">Có thể liên quan</h3><div class="cards">{items}</div>'


def _passage_opener(passage: View) -> str:
    start, end = (int(value) for value in passage.get("span") or (0, 0))
    return opener_html(str(passage["document"]["id"]), start, end)


def opener_html(document_id: str, start: int, end: int) -> str:
    """A button that opens a document at a range of its text."""
    place = f'data-document="{escape(document_id)}" data-start="{start}" data-end="{end}"'
    return f'<button type="button" class="open" {place}>Mở văn bản</button>'


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


@dataclass(frozen=True, slots=True)
class Place:
    """A range of a document to show, and where its file and the picture of its page are served.

    Args:
        image_url: "" where the format has no pages to draw.
        at: how far down the page (0..1) the range stands.
    """

    start: int
    end: int
    file_url: str
    image_url: str = ""
    at: float = 0.0


def source_html(document: Document, place: Place) -> str:
    """A document for reading: header, outline with the section of the place open, its words marked, its page."""
    meta = document.metadata
    facts = (meta.issuer, day(meta.issued_on), meta.signer, _ocr_note(document))
    name = escape(document_label(meta))
    return (
        f'<section class="source" tabindex="-1" aria-label="{name}"><div class="bar"><h3>{name}</h3>'
        '<button type="button" class="close" data-close="1">Đóng</button></div>'
        f'<p class="subject">{escape(meta.subject or "")}</p>'
        f'<p class="facts">{escape(" · ".join(fact for fact in facts if fact))}</p>{signatures_html(document)}'
        f'<p><a class="original" href="{escape(place.file_url)}" target="_blank" rel="noopener">Mở tệp gốc</a></p>'
        f"{_words(document, place)}{_picture(document, place)}</section>"
    )


def signatures_html(document: Document) -> str:
    """Who signed the file digitally, and when; "" where nobody did."""
    if not document.signatures:
        return ""
    told = [", ".join(part for part in (s.name, moment(s.signed_at)) if part) for s in document.signatures]
    return f'<p class="facts">Chữ ký số: {escape("; ".join(told))}</p>'


def _ocr_note(document: Document) -> str:
    if not document.ocr_pages or document.quality is None:
        return ""
    return f"bản quét, nhận dạng chữ đạt {document.quality:.0%}"


def _words(document: Document, place: Place) -> str:
    start, end = place.start, place.end
    outline = "".join(_outline(document, section, start, end) for section in document.sections)
    preamble = _details(document, "Phần mở đầu", document.preamble, start, end, "")
    tail = _details(document, "Nơi nhận, người ký", document.closing, start, end, "") if document.closing else ""
    if document.footnotes:
        spans = [note.span for note in document.footnotes]
        notes = document.span(min(s.start for s in spans), max(s.end for s in spans))
        tail += _details(document, "Chú thích", notes, start, end, "")
    return f'<div class="words" tabindex="0" role="region" aria-label="Nguyên văn">{preamble}{outline}{tail}</div>'


def _picture(document: Document, place: Place) -> str:
    if not place.image_url:
        return ""
    page = document.page_at(place.start)
    return (
        f"<details open><summary>Ảnh trang {page}</summary>"
        f'<div class="page-frame" tabindex="0" role="region" aria-label="Ảnh trang {page}">'
        f'<img class="page" src="{escape(place.image_url)}" data-place="{place.at:.3f}" '
        f'alt="Ảnh trang {page} của văn bản, chỗ trích được tô vàng"></div></details>'
    )


def _outline(document: Document, section: Section, start: int, end: int) -> str:
    children = "".join(_outline(document, child, start, end) for child in section.children)
    title = f"{section.path[-1]}. {section.title}" if section.path[-1] != section.title else section.title
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
