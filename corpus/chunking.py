"""Retrieval units: whole sentences of one leaf section, rows of one table, and the header."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass, field

from corpus.document import Block, Chunk, ChunkKind, Document, Metadata, Section, SectionPath, Span, Table
from corpus.labels import document_label
from corpus.sentences import split_sentences

CHUNKING_VERSION = 1


@dataclass(frozen=True, slots=True)
class ChunkSettings:
    """How a document is divided.

    Args:
        max_chars: a chunk is longer only where a single sentence is.
        min_chars: a sub-heading ("* Nguyên nhân") begins a new chunk when at least so much stands before it.
        table_chars: the same limit for the rows of a table.
        prefix_chars: bound of the heading path and header that are encoded with the text.
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
class _Region:
    """Blocks that stand directly in one section, one after the other."""

    path: SectionPath
    titles: tuple[str, ...]
    blocks: tuple[Block, ...]


@dataclass(slots=True)
class _Piece:
    """A sentence or a short block, the smallest thing that is not cut."""

    start: int
    end: int
    subheading: str = ""
    lead: str = ""
    opens: bool = False
    context: tuple[str, ...] = field(default=())


def chunk_document(document: Document, settings: ChunkSettings | None = None) -> tuple[Chunk, ...]:
    """Divide a document into chunks, in reading order."""
    settings = settings or ChunkSettings()
    label = context_label(document.metadata)
    chunks: list[Chunk] = []
    for region in _regions(document):
        for kind, blocks in _runs(region.blocks):
            if kind == "table":
                chunks += _table_chunks(document, region, blocks, label, settings)
            elif kind == "header":
                chunks.append(_header_chunk(document, blocks, label, settings))
            else:
                chunks += _text_chunks(document, region, blocks, label, settings)
    return tuple(chunks)


def context_label(metadata: Metadata) -> str:
    """What tells a document's chunks from another's: "Báo cáo số 24-BC/HU – Huyện ủy Tam Đường – 2022"."""
    parts = [document_label(metadata)]
    if metadata.issuer and metadata.issuer not in parts[0]:
        parts.append(metadata.issuer)
    if metadata.issued_on and metadata.issued_on[:4] not in parts[0]:
        parts.append(metadata.issued_on[:4])
    return " – ".join(parts)


def _regions(document: Document) -> Iterable[_Region]:
    """Runs of blocks with the same innermost section; footnotes go with their markers instead."""
    bounds, owners = _owners(document)
    current: list[Block] = []
    owner = -2
    for block in document.blocks:
        if block.kind == "footnote":
            continue
        index = bisect_right(bounds, block.span.start) - 1
        here = owners[index] if index >= 0 else ((), ())
        key = index if index >= 0 and here[0] else -1
        if key != owner and current:
            yield _Region(*last, tuple(current))
            current = []
        owner, last = key, here
        current.append(block)
    if current:
        yield _Region(*last, tuple(current))


def _owners(document: Document) -> tuple[list[int], list[tuple[SectionPath, tuple[str, ...]]]]:
    """Offsets from which on the innermost section is another one, and its path and titles."""
    bounds: list[int] = []
    owners: list[tuple[SectionPath, tuple[str, ...]]] = []

    def mark(offset: int, path: SectionPath, titles: tuple[str, ...]) -> None:
        bounds.append(offset)
        owners.append((path, titles))

    def visit(section: Section, above: tuple[str, ...]) -> None:
        titles = (*above, section.title)
        mark(section.span.start, section.path, titles)
        for child in section.children:
            visit(child, titles)

    for section in document.sections:
        visit(section, ())
        mark(section.span.end, (), ())
    return bounds, owners


def _runs(blocks: Sequence[Block]) -> Iterable[tuple[ChunkKind, list[Block]]]:
    """Consecutive blocks that become chunks of one kind."""
    kinds: dict[str, ChunkKind] = {"table_row": "table", "header": "header"}
    current: list[Block] = []
    kind: ChunkKind = "text"
    for block in blocks:
        found = kinds.get(block.kind, "text")
        if current and found != kind:
            yield kind, current
            current = []
        kind = found
        current.append(block)
    if current:
        yield kind, current


def _header_chunk(document: Document, blocks: Sequence[Block], label: str, settings: ChunkSettings) -> Chunk:
    """The header with all that is known of the document, so that questions about it find it."""
    data = document.metadata
    known = (
        ("Loại văn bản", data.kind),
        ("Số, ký hiệu", data.number or ("chưa có số" if data.number_blank else None)),
        ("Cơ quan ban hành", data.issuer),
        ("Nơi ban hành", data.place),
        ("Ngày ban hành", _written_date(data.issued_on)),
        ("Người ký", " ".join(part for part in (data.signer_role, data.signer) if part) or None),
        ("Nơi nhận", "; ".join(data.recipients) or None),
    )
    lines = [label, *(f"{name}: {value}" for name, value in known if value)]
    first = blocks[0].span.start == document.blocks[0].span.start
    prefix = _bounded("\n".join(lines) if first else label, 2 * settings.prefix_chars)
    return _chunk(document, (), blocks[0].span.start, blocks[-1].span.end, prefix, "header", settings)


def _written_date(issued_on: str | None) -> str | None:
    return "/".join(reversed(issued_on.split("-"))) if issued_on else None


def _table_chunks(
    document: Document, region: _Region, blocks: Sequence[Block], label: str, settings: ChunkSettings
) -> list[Chunk]:
    """A few rows each; the header and a kind that a merged cell continues stand in the prefix."""
    chunks: list[Chunk] = []
    table = _table_of(document, blocks[-1])
    rows = {span.start: row for span, row in zip(table.row_spans, table.rows, strict=True)} if table else {}
    current: list[Block] = []
    for block in [*blocks, None]:
        grown = block.span.end - current[0].span.start if block and current else 0
        if current and (block is None or grown > settings.table_chars):
            chunks.append(_rows_chunk(document, region, current, table, rows, label, settings))
            current = []
        if block is not None:
            current.append(block)
    return chunks


def _rows_chunk(
    document: Document,
    region: _Region,
    blocks: Sequence[Block],
    table: Table | None,
    rows: dict[int, tuple[str, ...]],
    label: str,
    settings: ChunkSettings,
) -> Chunk:
    start, end = blocks[0].span.start, blocks[-1].span.end
    parts = [_heading_path(label, region, settings)]
    if table and table.caption and table.caption not in region.titles:
        parts.append(table.caption)
    header = " | ".join(table.header) if table else ""
    if header and header != document.text[start : start + len(header)]:
        parts.append(header)
    filled = rows.get(start, ())
    shown = document.slice(blocks[0].span)
    if filled and " | ".join(filled) != shown:
        parts.append(" | ".join(cell for cell in filled if cell and cell not in shown))
    prefix = _bounded("\n".join(part for part in parts if part), 2 * settings.prefix_chars)
    return _chunk(document, region.path, start, end, prefix, "table", settings)


def _table_of(document: Document, block: Block) -> Table | None:
    return next((t for t in document.tables if t.span.start <= block.span.start < t.span.end), None)


def _text_chunks(
    document: Document, region: _Region, blocks: Sequence[Block], label: str, settings: ChunkSettings
) -> list[Chunk]:
    if region.path and all(block.kind == "heading" for block in blocks) and _has_children(document, region.path):
        return []
    chunks: list[Chunk] = []
    for group in _pack(_pieces(document, blocks, settings), settings):
        path = _heading_path(label, region, settings)
        context = [part for part in dict.fromkeys(group[0].context) if part]
        prefix = _bounded("\n".join([path, *context]), 2 * settings.prefix_chars)
        chunks.append(_chunk(document, region.path, group[0].start, group[-1].end, prefix, "text", settings))
    return chunks


def _has_children(document: Document, path: SectionPath) -> bool:
    level: tuple[Section, ...] = document.sections
    for depth in range(len(path)):
        found = [section for section in level if section.path == path[: depth + 1]]
        if not found:
            return False
        level = found[-1].children
    return bool(level)


def _pieces(document: Document, blocks: Sequence[Block], settings: ChunkSettings) -> list[_Piece]:
    """Blocks as they are where they are short, else their sentences; each knows its sub-heading and lead-in."""
    pieces: list[_Piece] = []
    subheading = lead = ""
    for block in blocks:
        text = document.slice(block.span)
        context = (subheading, lead if block.kind == "item" else "")
        opens = block.kind == "item" and is_subheading(text)
        if opens:
            subheading, lead, context = text, "", ()
        elif text.endswith(":"):
            lead = text[-200:].split(". ")[-1]
        whole = len(text) <= settings.max_chars
        ranges = [(0, len(text))] if whole else split_sentences(text)
        for first, last in ranges:
            start = block.span.start + first
            pieces.append(_Piece(start, block.span.start + last, opens=opens and first == 0, context=context))
    return pieces


def is_subheading(text: str) -> bool:
    """Whether an item is an unlabelled heading of what follows: "* Hạn chế, yếu kém", "- Ưu điểm"."""
    return len(text) < 90 and text[-1:] not in ".;,…" and text[:1] in "*-+–•" and not text.endswith("/.")


def _pack(pieces: Sequence[_Piece], settings: ChunkSettings) -> Iterable[list[_Piece]]:
    """Neighbours together up to the limit; a sub-heading begins anew, and stays with what follows it."""
    current: list[_Piece] = []
    for piece in pieces:
        size = piece.end - current[0].start if current else 0
        before = current[-1].end - current[0].start if current else 0
        if current and (size > settings.max_chars or (piece.opens and before >= settings.min_chars)):
            carried = [current.pop()] if len(current) > 1 and current[-1].opens and not piece.opens else []
            yield current
            current = carried
        current.append(piece)
    if current:
        yield current


def _heading_path(label: str, region: _Region, settings: ChunkSettings) -> str:
    """The document and the headings above, outermost first; titles are shortened to stay within the bound."""
    room = max(40, (settings.prefix_chars - len(label)) // max(1, len(region.path)) - 8)
    parts = [label]
    for text, title in zip(region.path, region.titles, strict=True):
        parts.append(f"{text}. {_bounded(title, room)}" if title else text)
    return " › ".join(parts)


def _bounded(text: str, limit: int) -> str:
    if len(text) <= limit:
        return text
    cut = text.rfind(" ", 0, limit)
    return text[: cut if cut > 0 else limit] + " …"


def _chunk(
    document: Document, path: SectionPath, start: int, end: int, prefix: str, kind: ChunkKind, settings: ChunkSettings
) -> Chunk:
    span = document.span(start, end)
    notes = tuple(note.text for note in document.footnotes if note.anchor and start <= note.anchor.start < end)
    return Chunk(
        _chunk_id(document.id, span, settings), document.id, path, span, document.slice(span), kind, prefix, notes
    )


def _chunk_id(document_id: str, span: Span, settings: ChunkSettings) -> str:
    key = f"{document_id}:{span.start}:{span.end}:{settings.fingerprint}"
    return hashlib.sha256(key.encode()).hexdigest()[:16]
