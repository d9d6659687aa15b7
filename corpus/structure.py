"""Lines of a reader turned into a document: blocks, section tree, footnotes, tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.document import (
    Block,
    BlockKind,
    Document,
    Footnote,
    RawDocument,
    Reference,
    Section,
    SectionPath,
    Span,
    Table,
)
from corpus.footnotes import SUPERSCRIPTS, find_markers, match_markers, note_marker
from corpus.labels import Label
from corpus.lines import Paragraph, join_lines
from corpus.metadata import extract_metadata
from corpus.outline import Heading, Placed, place_headings
from corpus.references import find_references
from corpus.sentences import split_sentences
from corpus.tables import fill_merged, find_header, section_row


@dataclass(frozen=True, slots=True)
class _Laid:
    """The text of a document and where each paragraph and note stands in it."""

    text: str
    page_breaks: tuple[tuple[int, int], ...]
    starts: tuple[int, ...]
    note_starts: tuple[int, ...]


def build_document(raw: RawDocument, *, id: str, path: str) -> Document:  # noqa: A002 - the field's own name
    """Understand what a reader saw: join lines, find the section tree, tie notes and tables to their sections."""
    paragraphs, notes = join_lines(raw)
    placed = place_headings(paragraphs)
    laid = _lay_out(placed, notes)
    body_end = laid.note_starts[0] - 1 if laid.note_starts else len(laid.text)
    sections = _build_sections(placed, laid.starts, max(body_end, 0), laid.page_breaks)
    document = Document(
        id=id,
        path=path,
        format=raw.format,
        text=laid.text,
        pages=raw.pages,
        page_breaks=laid.page_breaks,
        metadata=extract_metadata(raw),
        preamble=Span(1, 0, 0),
        sections=sections,
        blocks=(),
        ocr_pages=raw.ocr_pages,
        quality=raw.quality,
        warnings=raw.warnings,
    )
    return _completed(document, placed, notes, laid)


def _completed(document: Document, placed: Sequence[Placed], notes: Sequence[Paragraph], laid: _Laid) -> Document:
    """The document with everything that needs its text and its sections."""
    first = min((s.span.start for s in document.sections), default=None)
    closing = _closing_span(document, placed, laid)
    end = min(x for x in (first, closing.start if closing else None, _body_end(laid)) if x is not None)
    references = tuple(
        replace(found, span=document.span(found.span.start, found.span.end)) for found in find_references(document.text)
    )
    return replace(
        document,
        preamble=document.span(0, len(document.text[:end].rstrip())),
        closing=closing,
        blocks=_blocks(document, placed, notes, laid),
        footnotes=_footnotes(document, placed, notes, laid),
        tables=_tables(document, placed, laid),
        references=_without_own(references),
    )


def _without_own(references: tuple[Reference, ...]) -> tuple[Reference, ...]:
    return references


def _body_end(laid: _Laid) -> int:
    return max(laid.note_starts[0] - 1, 0) if laid.note_starts else len(laid.text)


def _lay_out(placed: Sequence[Placed], notes: Sequence[Paragraph]) -> _Laid:
    parts: list[str] = []
    breaks: list[tuple[int, int]] = []
    starts: list[int] = []
    offset = 0
    for paragraph in [*(p.paragraph for p in placed), *(_shown_note(note) for note in notes)]:
        starts.append(offset)
        for inner, page in paragraph.pieces:
            if not breaks or breaks[-1][1] != page:
                breaks.append((offset + inner, page))
        parts.append(paragraph.text)
        offset += len(paragraph.text) + 1
    return _Laid("\n".join(parts), tuple(breaks), tuple(starts[: len(placed)]), tuple(starts[len(placed) :]))


def _shown_note(note: Paragraph) -> Paragraph:
    """The note with its marker before it, as it is printed."""
    if note_marker(note.text) or note.note is None:
        return note
    marker = note.note.translate(SUPERSCRIPTS)
    return replace(note, text=f"{marker} {note.text}")


def _blocks(document: Document, placed: Sequence[Placed], notes: Sequence[Paragraph], laid: _Laid) -> tuple[Block, ...]:
    blocks = [
        Block(item.kind, document.span(start, start + len(item.paragraph.text)))
        for item, start in zip(placed, laid.starts, strict=True)
    ]
    kind: BlockKind = "footnote"
    for note, start in zip(notes, laid.note_starts, strict=True):
        blocks.append(Block(kind, document.span(start, start + len(_shown_note(note).text))))
    return tuple(blocks)


def _closing_span(document: Document, placed: Sequence[Placed], laid: _Laid) -> Span | None:
    """The first closing block; a later one belongs to an annex."""
    start: int | None = None
    end = 0
    for item, offset in zip(placed, laid.starts, strict=True):
        if item.kind == "closing":
            start = offset if start is None else start
            end = offset + len(item.paragraph.text)
        elif start is not None:
            break
    return None if start is None else document.span(start, end)


@dataclass(slots=True)
class _Node:
    """A section that is being built."""

    heading: Heading
    path: SectionPath
    start: int
    body: int
    children: list[_Node]
    end: int = 0


def _build_sections(
    placed: Sequence[Placed], starts: Sequence[int], body_end: int, page_breaks: tuple[tuple[int, int], ...]
) -> tuple[Section, ...]:
    """The tree of headings; a closing block or the header of an attached document ends every open section."""
    roots: list[_Node] = []
    stack: list[_Node] = []
    finished = 0
    for item, start in zip(placed, starts, strict=True):
        if item.ends_sections:
            _close(stack, 0, finished)
        if item.heading is not None and item.kind != "closing":
            _close(stack, item.heading.depth, finished)
            parent = stack[-1].path if stack else ()
            body = start + item.heading.body
            node = _Node(item.heading, (*parent, item.heading.label.text), start, body, [])
            (stack[-1].children if stack else roots).append(node)
            stack.append(node)
        elif item.title_of_previous and stack:
            stack[-1].body = start + len(item.paragraph.text)
        finished = start + len(item.paragraph.text)
    _close(stack, 0, min(finished, body_end))
    shell = _PageMap(page_breaks)
    return tuple(_frozen(node, shell) for node in roots)


class _PageMap:
    """Spans with their pages, before there is a document."""

    def __init__(self, page_breaks: tuple[tuple[int, int], ...]) -> None:
        self._breaks = page_breaks

    def span(self, start: int, end: int) -> Span:
        return Span(_page_at(self._breaks, start), start, end)


def _page_at(breaks: tuple[tuple[int, int], ...], offset: int) -> int:
    low, high = 0, len(breaks)
    while low < high:
        middle = (low + high) // 2
        if breaks[middle][0] <= offset:
            low = middle + 1
        else:
            high = middle
    return breaks[low - 1][1] if low else 1


def _close(stack: list[_Node], depth: int, end: int) -> None:
    while len(stack) > depth:
        stack.pop().end = end


def _frozen(node: _Node, pages: _PageMap) -> Section:
    children = tuple(_frozen(child, pages) for child in node.children)
    body_end = node.children[0].start - 1 if node.children else node.end
    body = pages.span(min(node.body, body_end), body_end)
    return Section(node.path, node.heading.title, pages.span(node.start, node.end), body, children)


def _footnotes(
    document: Document, placed: Sequence[Placed], notes: Sequence[Paragraph], laid: _Laid
) -> tuple[Footnote, ...]:
    markers = [
        (marker, start + offset, document.page_at(start + offset), index)
        for index, (item, start) in enumerate(zip(placed, laid.starts, strict=True))
        for marker, offset in find_markers(item.paragraph.text)
    ]
    wanted = [(_marker_of(note), _stood_at(note, placed, laid), note.page) for note in notes]
    found = match_markers([(m, offset, page) for m, offset, page, _ in markers], wanted)
    owner = {offset: index for _, offset, _, index in markers}
    footnotes = []
    for note, start, offset, (marker, stood, _) in zip(notes, laid.note_starts, found, wanted, strict=True):
        shown = _shown_note(note).text
        opened = note_marker(shown)
        begin = start + (opened[1] if opened else 0)
        span = document.span(begin, start + len(shown))
        anchor = None if offset is None else _sentence_span(document, placed, laid, owner[offset], offset)
        section = document.section_at(stood if offset is None else offset)
        footnotes.append(Footnote(marker, document.slice(span), span, section, anchor))
    return tuple(footnotes)


def _marker_of(note: Paragraph) -> str:
    opened = note_marker(note.text)
    return note.note or (opened[0] if opened else "*")


def _stood_at(note: Paragraph, placed: Sequence[Placed], laid: _Laid) -> int:
    """The offset in the running text at which the note's line stood."""
    low, high = 0, len(placed)
    while low < high:
        middle = (low + high) // 2
        if placed[middle].paragraph.order < note.order:
            low = middle + 1
        else:
            high = middle
    return laid.starts[low - 1] + len(placed[low - 1].paragraph.text) - 1 if low else 0


def _sentence_span(document: Document, placed: Sequence[Placed], laid: _Laid, index: int, offset: int) -> Span | None:
    start = laid.starts[index]
    for first, last in split_sentences(placed[index].paragraph.text):
        if start + first <= offset < start + last:
            return document.span(start + first, start + last)
    return None


def _tables(document: Document, placed: Sequence[Placed], laid: _Laid) -> tuple[Table, ...]:
    """Tables, divided at their section rows; the header is repeated in each part."""
    tables: list[Table] = []
    rows: list[tuple[tuple[str, ...], Span]] = []
    header: tuple[str, ...] = ()
    caption = ""
    number: int | None = None

    def flush() -> None:
        if rows:
            filled = fill_merged(cells for cells, _ in rows)
            spans = tuple(span for _, span in rows)
            whole = document.span(spans[0].start, spans[-1].end)
            section = document.section_at(whole.start)
            tables.append(Table(caption, section, header, filled, whole, spans))
        rows.clear()

    for index, (item, start) in enumerate(zip(placed, laid.starts, strict=True)):
        cells = item.paragraph.cells
        if cells is None or item.kind in ("header", "closing"):
            flush()
            number = None
            continue
        if item.paragraph.table != number:
            flush()
            continued = number is not None and len(cells) == len(header)
            number = item.paragraph.table
            if not continued:
                header = find_header(_rows_of(placed, index, number))
                caption = _caption(placed, index)
                if header:
                    continue
        if section_row(cells):
            flush()
        elif any(cells):
            rows.append((cells, document.span(start, start + len(item.paragraph.text))))
    flush()
    return tuple(tables)


def _rows_of(placed: Sequence[Placed], first: int, number: int) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    for item in placed[first : first + 4]:
        if item.paragraph.cells is None or item.paragraph.table != number:
            break
        rows.append(item.paragraph.cells)
    return rows


def _caption(placed: Sequence[Placed], index: int) -> str:
    """The heading or short line above a table; "(Kèm theo …)" and units are none."""
    for item in reversed(placed[max(0, index - 4) : index]):
        text = item.paragraph.text
        if item.paragraph.cells is not None:
            return ""
        if text.startswith("("):
            continue
        if item.heading is not None:
            return item.heading.title or item.heading.label.text
        return text if len(text) < 200 else ""
    return ""


__all__ = ["Label", "build_document"]
