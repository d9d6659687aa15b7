"""Documents built from a few lines, for the tests of structure."""

from __future__ import annotations

from corpus.document import Document, RawDocument, RawLine, Section
from corpus.structure import build_document


def document_of(text: str, *, whole: bool = True) -> Document:
    """A document of the lines of `text`; whole paragraphs unless told otherwise."""
    lines = tuple(RawLine(line.strip(), whole=whole and bool(line.strip())) for line in text.strip("\n").split("\n"))
    return document_of_lines(*lines)


def document_of_lines(*lines: RawLine) -> Document:
    """A document of these lines."""
    pages = max((line.page for line in lines), default=1)
    return build_document(RawDocument("txt", lines, pages=pages), id="0123456789abcdef", path="thu.txt")


def paths(document: Document) -> list[str]:
    """The section paths in reading order, labels joined by slashes."""
    return ["/".join(section.path) for section in document.walk()]


def section(document: Document, path: str) -> Section:
    """The section at a path written with slashes."""
    return next(s for s in document.walk() if "/".join(s.path) == path)
