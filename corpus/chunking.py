"""Retrieval units: whole sentences of one leaf section, rows of one table, and the header."""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass

from corpus.contexts import Region, Topics, context_label, heading_path, is_subheading, regions, shorten
from corpus.document import Block, Chunk, ChunkKind, Document, SectionPath, Table
from corpus.labels import attachment_label, section_label
from corpus.sentences import split_sentences

# Raised whenever chunks or prefixes of the same document come out otherwise: 2 with attached documents in prefixes.
CHUNKING_VERSION = 2
# A heading of this length stands whole in the prefixes of its children and needs no chunk of its own.
_SHORT_HEADING = 100


@dataclass(frozen=True, slots=True)
class ChunkSettings:
    """How a document is divided.

    Args:
        max_chars: a chunk is longer only where a single sentence is.
        min_chars: a sub-heading ("* Nguyên nhân") begins a new chunk when at least so much stands before it.
        table_chars: the same limit for the rows of a table.
        prefix_chars: bound of the heading path; table headers and topics may add as much again.
    """

    max_chars: int = 1200
    min_chars: int = 300
    table_chars: int = 900
    prefix_chars: int = 420

    @property
    def fingerprint(self) -> str:
        """Changes whenever the chunks would."""
        return hashlib.sha256(repr((CHUNKING_VERSION, *astuple(self))).encode()).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class _Piece:
    """A sentence or a short block, the smallest thing that is not cut."""

    start: int
    end: int
    topics: tuple[str, ...]
    opens: bool = False


def chunk_document(document: Document, settings: ChunkSettings | None = None) -> tuple[Chunk, ...]:
    """Divide a document into chunks, in reading order; each holds text of one section only."""
    return tuple(_Chunker(document, settings or ChunkSettings()).run())


class _Chunker:
    """What all chunks of one document share."""

    def __init__(self, document: Document, settings: ChunkSettings) -> None:
        self._document = document
        self._settings = settings
        self._label = context_label(document.metadata)
        anchored = sorted((n.anchor.start, i) for i, n in enumerate(document.footnotes) if n.anchor is not None)
        self._anchors = [start for start, _ in anchored]
        self._notes = [document.footnotes[i].text for _, i in anchored]
        self._tables = sorted(document.tables, key=lambda table: table.span.start)

    def run(self) -> Iterator[Chunk]:
        for region in regions(self._document):
            for kind, blocks in _runs(region.blocks):
                if kind == "table":
                    yield from self._table(region, blocks)
                elif kind == "header":
                    yield self._header(blocks)
                elif not self._is_covered(region, blocks):
                    yield from self._text(region, blocks)
        for note in self._document.footnotes:
            # A note whose marker was not found would be lost.
            if note.anchor is None and note.text:
                prefix = f"{self._label_at(note.span.start)} › {section_label(note.section)}"
                yield self._chunk(note.section, note.span.start, note.span.end, prefix, "text")

    def _label_at(self, offset: int) -> str:
        """The document, and the one attached to it in which a place stands."""
        inside = self._document.attachment_at(offset)
        return f"{self._label} › {attachment_label(inside.metadata)}" if inside else self._label

    def _is_covered(self, region: Region, blocks: Sequence[Block]) -> bool:
        """Whether only a heading stands here that the prefixes of the sections below repeat."""
        if not region.inner or any(block.kind != "heading" for block in blocks):
            return False
        return blocks[-1].span.end - blocks[0].span.start <= _SHORT_HEADING

    def _text(self, region: Region, blocks: Sequence[Block]) -> Iterator[Chunk]:
        for group in _pack(self._pieces(blocks), self._settings):
            start = group[0].start
            first = start == region.blocks[0].span.start
            path = heading_path(self._label_at(start), region, self._settings.prefix_chars, own_title=not first)
            prefix = "\n".join((path, *group[0].topics))
            yield self._chunk(region.path, start, group[-1].end, prefix, "text")

    def _pieces(self, blocks: Sequence[Block]) -> list[_Piece]:
        """Blocks as they are where they are short, else their sentences; each knows its topics."""
        pieces: list[_Piece] = []
        topics = Topics()
        for block in blocks:
            text = self._document.slice(block.span)
            above = topics.enter(block, text)
            opens = block.kind == "item" and is_subheading(text)
            whole = len(text) <= self._settings.max_chars
            for first, last in [(0, len(text))] if whole else split_sentences(text):
                start = block.span.start
                pieces.append(_Piece(start + first, start + last, above, opens and first == 0))
        return pieces

    def _table(self, region: Region, blocks: Sequence[Block]) -> Iterator[Chunk]:
        """A few rows each; a row of headings alone is repeated in every prefix and gets no chunk."""
        table = self._table_at(blocks[-1].span.start)
        rows = {span.start: row for span, row in zip(table.row_spans, table.rows, strict=True)} if table else {}
        if table and table.header and not any(block.span.start in rows for block in blocks):
            return
        current: list[Block] = []
        for block in blocks:
            if current and block.span.end - current[0].span.start > self._settings.table_chars:
                yield self._rows(region, current, table, rows)
                current = []
            current.append(block)
        if current:
            yield self._rows(region, current, table, rows)

    def _rows(
        self, region: Region, blocks: Sequence[Block], table: Table | None, rows: dict[int, tuple[str, ...]]
    ) -> Chunk:
        """Rows with caption, header, and the cells that a merged cell above them continues, in the prefix."""
        start = blocks[0].span.start
        text = self._document.slice(blocks[0].span)
        parts = [heading_path(self._label_at(start), region, self._settings.prefix_chars, own_title=True)]
        if table is not None:
            header = " | ".join(table.header)
            parts += [table.caption] if table.caption not in region.titles else []
            parts += [header] if header != text else []
            cells = text.split(" | ")
            parts.append(" | ".join(cell for cell in rows.get(start, ()) if cell and cell not in cells))
        prefix = shorten("\n".join(part for part in parts if part), 2 * self._settings.prefix_chars)
        return self._chunk(region.path, start, blocks[-1].span.end, prefix, "table")

    def _table_at(self, offset: int) -> Table | None:
        """The table that holds a row, or begins right behind a row of headings."""
        index = bisect_left([table.span.end for table in self._tables], offset + 1)
        found = self._tables[index] if index < len(self._tables) else None
        if found is None or found.span.start <= offset:
            return found
        between = self._document.text[offset : found.span.start]
        return found if between.count("\n") <= 3 else None

    def _header(self, blocks: Sequence[Block]) -> Chunk:
        """The header with all that is known of the document, so that questions about it find it."""
        data = self._document.metadata
        known = (
            ("Loại văn bản", data.kind),
            ("Số, ký hiệu", data.number or ("chưa có số" if data.number_blank else None)),
            ("Cơ quan ban hành", data.issuer),
            ("Nơi ban hành", data.place),
            ("Ngày ban hành", "/".join(reversed(data.issued_on.split("-"))) if data.issued_on else None),
            ("Trích yếu", data.subject),
            ("Người ký", " ".join(part for part in (data.signer_role, data.signer) if part) or None),
            ("Nơi nhận", "; ".join(data.recipients) or None),
        )
        own = blocks[0].span.start == self._document.blocks[0].span.start
        lines = [self._label_at(blocks[0].span.start), *(f"{name}: {value}" for name, value in known if value and own)]
        prefix = shorten("\n".join(lines), 3 * self._settings.prefix_chars)
        return self._chunk((), blocks[0].span.start, blocks[-1].span.end, prefix, "header")

    def _chunk(self, path: SectionPath, start: int, end: int, prefix: str, kind: ChunkKind) -> Chunk:
        span = self._document.span(start, end)
        notes = self._notes[bisect_left(self._anchors, start) : bisect_left(self._anchors, end)]
        key = f"{self._document.id}:{start}:{end}:{self._settings.fingerprint}"
        chunk_id = hashlib.sha256(key.encode()).hexdigest()[:16]
        text = self._document.slice(span)
        return Chunk(chunk_id, self._document.id, path, span, text, kind, prefix, tuple(notes))


def _runs(blocks: Sequence[Block]) -> Iterator[tuple[ChunkKind, list[Block]]]:
    """Consecutive blocks that become chunks of one kind; a heading inside a table goes with its rows."""
    current: list[Block] = []
    kind: ChunkKind = "text"
    for index, block in enumerate(blocks):
        found = _kind(blocks, index)
        if current and found != kind:
            yield kind, current
            current = []
        kind = found
        current.append(block)
    if current:
        yield kind, current


def _kind(blocks: Sequence[Block], index: int) -> ChunkKind:
    kind = blocks[index].kind
    if kind == "heading" and index == 0 and len(blocks) > 1 and blocks[1].kind == "table_row":
        return "table"
    return "table" if kind == "table_row" else "header" if kind == "header" else "text"


def _pack(pieces: Iterable[_Piece], settings: ChunkSettings) -> Iterator[list[_Piece]]:
    """Neighbours together up to the limit; a sub-heading begins anew, and stays with what follows it."""
    current: list[_Piece] = []
    for piece in pieces:
        length = current[-1].end - current[0].start if current else 0
        full = bool(current) and piece.end - current[0].start > settings.max_chars
        if full or (current and piece.opens and length >= settings.min_chars):
            carried = [current.pop()] if len(current) > 1 and current[-1].opens else []
            yield current
            current = carried
        current.append(piece)
    if current:
        yield current
