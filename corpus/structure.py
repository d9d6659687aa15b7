"""Lines of a reader turned into a document: blocks, section tree, footnotes, tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise

from corpus.document import Attachment, Block, Document, RawDocument, Section, SectionPath, Span
from corpus.laying import Laid, lay_out
from corpus.lines import join_lines
from corpus.metadata import extract_metadata
from corpus.notes import tie_notes
from corpus.outline import place_headings
from corpus.paragraphs import as_line
from corpus.placed import Heading
from corpus.references import find_references
from corpus.tabulation import collect_tables


def build_document(raw: RawDocument, *, id: str, path: str) -> Document:
    """Understand what a reader saw: join lines, find the section tree, tie notes and tables to their sections."""
    paragraphs, notes = join_lines(raw)
    laid = lay_out(place_headings(paragraphs), notes)
    document = Document(
        id=id,
        path=path,
        format=raw.format,
        text=laid.text,
        pages=raw.pages,
        page_breaks=laid.page_breaks,
        metadata=extract_metadata(raw),
        preamble=Span(1, 0, 0),
        sections=(),
        blocks=(),
        ocr_pages=raw.ocr_pages,
        quality=raw.quality,
        warnings=raw.warnings,
        signatures=raw.signatures,
    )
    # Sections need the document's pages, notes and tables need its sections.
    document = replace(document, sections=_sections(document, laid), blocks=tuple(_blocks(document, laid)))
    closing = _closing(document, laid)
    attachments = tuple(_attachments(document, laid))
    return replace(
        document,
        metadata=replace(document.metadata, attached=_attached_numbers(document.metadata.number, attachments)),
        preamble=_preamble(document, laid, closing),
        closing=closing,
        attachments=attachments,
        footnotes=tie_notes(document, laid),
        tables=collect_tables(document, laid),
        references=tuple(
            replace(found, span=document.span(found.span.start, found.span.end))
            for found in find_references(document.text)
        ),
    )


def _blocks(document: Document, laid: Laid) -> Iterator[Block]:
    for item, start, end in laid.items():
        yield Block(item.kind, document.span(start, end))
    for _, start, end in laid.shown_notes():
        yield Block("footnote", document.span(start, end))


def _preamble(document: Document, laid: Laid, closing: Span | None) -> Span:
    """From the start of the text to the first heading or the closing block."""
    ends = [section.span.start for section in document.sections[:1]]
    ends += [closing.start] if closing else []
    end = min([*ends, laid.body_end])
    return document.span(0, len(document.text[:end].rstrip("\n")))


def _closing(document: Document, laid: Laid) -> Span | None:
    """The first closing block; a later one belongs to an attached document."""
    start: int | None = None
    end = 0
    for item, first, last in laid.items():
        if item.kind == "closing":
            start, end = first if start is None else start, last
        elif start is not None:
            break
    return None if start is None else document.span(start, end)


def _attachments(document: Document, laid: Laid) -> Iterator[Attachment]:
    """The documents behind the first: from each header inside the text to the next one."""
    items = list(laid.items())
    starts = [at for at, (item, _, _) in enumerate(items) if item.kind == "header" and item.ends_sections]
    for start, end in pairwise([*starts, len(items)]):
        lines = tuple(as_line(item.paragraph) for item, _, _ in items[start:end])
        metadata = extract_metadata(RawDocument(document.format, lines))
        if metadata.kind is not None or metadata.number is not None:
            yield Attachment(document.span(items[start][1], items[end - 1][2]), metadata)


def _attached_numbers(own: str | None, attachments: Iterable[Attachment]) -> tuple[str, ...]:
    numbers = (attached.metadata.number for attached in attachments)
    return tuple(dict.fromkeys(number for number in numbers if number and number != own))


@dataclass(slots=True)
class _Node:
    """A section that is being built."""

    heading: Heading
    path: SectionPath
    start: int
    body: int
    end: int = 0
    children: list[_Node] = field(default_factory=list)


def _sections(document: Document, laid: Laid) -> tuple[Section, ...]:
    """The tree of headings; a closing block or the header of an attached document ends every open section."""
    roots: list[_Node] = []
    stack: list[_Node] = []
    finished = 0
    for item, start, end in laid.items():
        if item.ends_sections:
            _close(stack, 0, finished)
        if item.closes is not None:
            _close(stack, item.closes, finished)
        if item.heading is not None:
            _close(stack, item.heading.depth, finished)
            path = (*(stack[-1].path if stack else ()), item.heading.label.text)
            node = _Node(item.heading, path, start, start + item.heading.body)
            (stack[-1].children if stack else roots).append(node)
            stack.append(node)
        elif item.title_of_previous and stack:
            stack[-1].body = end
        finished = end
    _close(stack, 0, finished)
    return tuple(_frozen(document, node) for node in roots)


def _close(stack: list[_Node], depth: int, end: int) -> None:
    while len(stack) > depth:
        stack.pop().end = end


def _frozen(document: Document, node: _Node) -> Section:
    body_end = node.children[0].start - 1 if node.children else node.end
    children = tuple(_frozen(document, child) for child in node.children)
    body = document.span(min(node.body, body_end), body_end)
    return Section(node.path, node.heading.title, document.span(node.start, node.end), body, children)
