"""What of the found passages a language model gets to see: few words, each under a number, and no orders among them.

A sentence of a document that speaks to the model ("bỏ qua mọi hướng dẫn …") is taken out. What the model says has to
stand in what is left.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.labels import document_label
from corpus.sentences import split_sentences
from corpus.text import fold
from index.types import DocumentRecord, Hit
from qa.citations import Pick, spoken
from qa.language.words import STOP_EXACT, tokenise

_ORDER = re.compile(
    r"(?:bo qua|quen|phot lo|lo di|khong tuan theo|dung lam theo|ignore|disregard|forget"
    r"|override)[^.\n]{0,60}(?:huong dan|chi dan|menh lenh|quy tac|yeu cau|lenh|instruction|prompt|rule)"
    r"|(?:huong dan|chi dan|chi thi|lenh) (?:moi|he thong|danh cho (?:tro ly|mo hinh|ai|chatbot))"
    r"|(?:ban|may|you) (?:la|gio la|bay gio la|are(?: now)?) (?:mot |a |an )?"
    r"(?:\w+ ){0,2}(?:tro ly|ai\b|chatbot|mo hinh|hacker"
    r"|assistant|dan\b|chuyen gia khong)"
    r"|system prompt|prompt he thong|developer mode|che do (?:nha phat trien|quan tri)|jailbreak"
    r"|(?:hay|phai|luon|chi) (?:luon )?(?:tra loi|noi|viet|in ra|xuat ra|respond|answer)[^.\n]{0,20}(?:rang|la\b"
    r"|nguyen van|dung|cau sau|:|bang tieng)"
    r"|(?:tiet lo|in ra|cho biet|gui|reveal|print|send)[^.\n]{0,40}(?:prompt|mat khau|password|api key|khoa api"
    r"|bien moi truong)"
    r"|</?\s*doan|<\|?/?(?:im_start|im_end|system|assistant|user|s)\|?>|\[/?inst\]|###\s*(?:system|instruction|assistant|user"
    r"|he thong)"
    r"|(?:^|\n)\s*(?:system|assistant|he thong|tro ly)\s*:"
    r"|(?:tro ly|mo hinh ngon ngu|chatbot|language model|assistant)[^.\n]{0,40}(?:hay|phai|can|must|should|khong duoc)"
)
_TAGS = re.compile(r"</?\s*(?:doan|đoạn)[^>]*>|<\|[^|]{0,40}\|>", re.IGNORECASE)
_REMOVED = "[…]"
_SECTION_LABEL = re.compile(r"(^|\n|› )(?:\d+(?:\.\d+)*[.)]?|[IVX]+[.)]|[A-ZĐa-zđ][.)])\s+")
_PICKED_CHARS, _BESIDE_CHARS = 480, 160
_ITEM_CHARS, _MOST_ITEMS, _SHORTEST = 110, 8, 30
_SHORT_HEADING, _HEADING_CHARS = 4, 70


@dataclass(frozen=True, slots=True)
class Source:
    """A numbered excerpt.

    Args:
        text: what the model sees of it, without orders.
        above: headings and the names of its document, which tell whose and of which year it is.
        hit: the passage it was cut from; None for a list that was gathered from several.
        pick: the place that the extractive answer quotes; None where it quotes another.
        asked: content syllables of the question, folded.
    """

    marker: int
    record: DocumentRecord
    text: str
    above: str
    hit: Hit | None = None
    pick: Pick | None = None
    asked: frozenset[str] = frozenset()

    @property
    def told(self) -> str:
        """All that the excerpt can bear out."""
        return f"{self.text}\n{self.above}"

    @property
    def headings(self) -> str:
        """Heading path, number and year: what may vouch for a figure; subject and labels of sections vouch for none."""
        metadata = self.record.metadata
        path = _SECTION_LABEL.sub(r"\1", self.above.partition(f"\n{_header(self.record)}")[0])
        return "\n".join((path, metadata.number or "", (metadata.issued_on or "")[:4]))

    @property
    def title(self) -> str:
        """The line over the excerpt: whose, of which document, under which heading."""
        return sanitise(_title(self.above, document_label(self.record.metadata)))

    @property
    def document(self) -> str:
        """What that line begins with: the document alone."""
        return sanitise(self.above.partition("\n")[0].partition(" › ")[0] or document_label(self.record.metadata))


def sanitise(text: str) -> str:
    """A passage without sentences that give orders to a model, and without marks that could end its frame."""
    kept: list[str] = []
    for line in text.split("\n"):
        pieces = [line[start:end] for start, end in split_sentences(line)]
        kept.append(" ".join(_REMOVED if gives_orders(piece) else piece for piece in pieces))
    return without_tags("\n".join(kept)).replace("<", "‹").replace(">", "›")


def without_tags(text: str) -> str:
    """The text without marks that could be taken for the frame of an excerpt or of a turn."""
    return _TAGS.sub(" ", text)


def gives_orders(sentence: str) -> bool:
    """Whether a sentence of a document speaks to the model."""
    return bool(_ORDER.search(fold(sentence)))


def excerpts(question: str, picks: Sequence[Pick], hits: Sequence[Hit]) -> list[Source]:
    """Places of documents, each with what stands beside it in the passages that were found."""
    asked = content_words(question)
    by_chunk = {hit.chunk.id: hit for hit in hits}
    found = [_picked(pick, by_chunk.get(pick.chunk), asked) for pick in picks]
    numbered = enumerate(found, 1)
    return [replace(s, marker=number, text=sanitise(s.text), asked=asked) for number, s in numbered]


def above(hit: Hit) -> str:
    """Heading path of a passage and the header of its document."""
    return "\n".join((hit.chunk.prefix, _header(hit.document)))


def _header(record: DocumentRecord) -> str:
    metadata = record.metadata
    parts = (metadata.number, metadata.issuer, metadata.place, metadata.subject, (metadata.issued_on or "")[:4])
    return "\n".join(part for part in parts if part)


def _title(above: str, fallback: str) -> str:
    """Document and innermost heading: "Báo cáo số 24-BC/HU – Huyện ủy Tam Đường – 2022 – Lĩnh vực trồng trọt"."""
    document, *headings = above.partition("\n")[0].split(" › ")
    lowest = next((heading for heading in reversed(headings) if len(heading) > _SHORT_HEADING), "")
    return f"{document or fallback}{f' – {lowest[:_HEADING_CHARS]}' if lowest else ''}"


def _picked(pick: Pick, hit: Hit | None, asked: frozenset[str]) -> Source:
    if hit is None:
        items = [pick.document.text[start:end] for start, end in pick.answers]
        text = (
            "\n".join(f"- {_within(spoken(item), _ITEM_CHARS)}" for item in items[:_MOST_ITEMS])
            if len(items) > 1
            else pick.said
        )
        heading = next((s.title for s in pick.document.walk() if s.path == pick.section), "")
        path = f"{document_label(pick.record.metadata)}{f' › {heading}' if heading else ''}"
        return Source(0, pick.record, text[: 2 * _PICKED_CHARS], f"{path}\n{_header(pick.record)}", None, pick)
    said = pick.said[:_PICKED_CHARS] if pick.context else _to_the_end(pick, hit)
    beside = _beside(hit, asked, said)
    return Source(0, pick.record, f"{said}\n{beside}".strip(), above(hit), hit, pick)


def _to_the_end(pick: Pick, hit: Hit) -> str:
    """The quote with the rest of its sentence, which may name what the quote counts."""
    chunk = hit.chunk
    start = pick.start - chunk.span.start
    end = next((b for a, b in split_sentences(chunk.text) if a <= start < b), 0)
    return _within(spoken(max(pick.quote, chunk.text[start:end] if start >= 0 else "", key=len)), _PICKED_CHARS)


def _within(text: str, limit: int) -> str:
    return text if len(text) <= limit else f"{text[:limit].rsplit(' ', 1)[0]} …"


def _beside(hit: Hit, asked: frozenset[str], said: str) -> str:
    """The sentences and notes of a passage that speak most of what is asked, in their order, without what is said."""
    known = fold(f"{said}\n{hit.chunk.prefix}")
    pieces = [piece for piece in _pieces(hit) if asked & content_words(piece) and fold(piece)[:60] not in known]
    kept: list[int] = []
    for index in sorted(range(len(pieces)), key=lambda i: -len(asked & content_words(pieces[i]))):
        if sum(len(pieces[i]) for i in kept) + len(pieces[index]) <= _BESIDE_CHARS:
            kept.append(index)
    return "\n".join(pieces[index] for index in sorted(kept))


def _pieces(hit: Hit) -> Iterator[str]:
    text = hit.chunk.text
    for start, end in split_sentences(text):
        piece = spoken(text[start:end])
        if len(piece) >= _SHORTEST or any(char.isdigit() for char in piece):
            yield piece
    yield from (spoken(note) for note in hit.chunk.notes)


def content_words(text: str) -> frozenset[str]:
    """Folded syllables of a text that say something."""
    return frozenset(token.folded for token in tokenise(text) if token.exact not in STOP_EXACT)
