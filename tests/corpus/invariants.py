"""What holds of every document, whatever it was made of."""

from __future__ import annotations

from collections import Counter

from corpus.chunking import chunk_document
from corpus.document import Document, RawDocument, Section


def check_invariants(document: Document) -> None:
    """Blocks are the text, spans point at what they claim, sections nest, chunks are words of the document."""
    ends = 0
    covered = []
    for block in document.blocks:
        assert ends <= block.span.start <= block.span.end
        assert "\n" not in document.slice(block.span)
        assert block.span.page == document.page_at(block.span.start)
        ends = block.span.end
        covered.append(document.slice(block.span))
    assert "\n".join(covered) == document.text
    _check_sections(document.sections, (), 0, len(document.text))
    _check_parts(document)
    for chunk in chunk_document(document):
        assert chunk.text == document.slice(chunk.span)


def check_nothing_lost(raw: RawDocument, document: Document) -> None:
    """Every letter that a reader handed over stands in the document's text, and no other does."""
    seen = "".join("".join(line.text if line.cells is None else "".join(line.cells)) for line in raw.lines)
    rows = sum(len(line.cells or ()) - 1 for line in raw.lines if line.cells)
    before, after = _letters(seen), _letters(document.text)
    markers = sum(len(line.note) for line in raw.lines if line.note)
    assert len(before) <= len(after) <= len(before) + max(rows, 0) + markers, (len(before), len(after), rows, markers)
    missing = _counted(before) - _counted(after)
    assert not missing, missing.most_common(5)


def _letters(text: str) -> str:
    return "".join(text.replace("\u00ad", "").split())


def _counted(text: str) -> Counter[str]:
    return Counter(text)


def _check_parts(document: Document) -> None:
    size = len(document.text)
    assert 0 <= document.preamble.start <= document.preamble.end <= size
    assert document.closing is None or 0 <= document.closing.start < document.closing.end <= size
    for note in document.footnotes:
        assert document.slice(note.span) == note.text
        assert note.anchor is None or 0 <= note.anchor.start <= note.anchor.end <= size
    for table in document.tables:
        assert len(table.rows) == len(table.row_spans)
        assert all(table.span.start <= row.start <= row.end <= table.span.end for row in table.row_spans)
    for found in document.references:
        assert 0 <= found.span.start < found.span.end <= size
    for attached in document.attachments:
        assert 0 <= attached.span.start < attached.span.end <= size


def _check_sections(sections: tuple[Section, ...], above: tuple[str, ...], start: int, end: int) -> None:
    for found in sections:
        assert start <= found.span.start <= found.body.start <= found.body.end <= found.span.end <= end
        assert found.path[:-1] == above
        _check_sections(found.children, found.path, found.body.end, found.span.end)
        start = found.span.end
