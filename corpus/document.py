"""The document model: frozen values that every stage passes on, with spans that point at their text.

Two families of types. `RawLine` and `RawDocument` are what a reader of one format saw. `Document` is what the
stages after it (structure, metadata, references) made of that: one `text`, and everything else is a `Span` of it.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import Literal

Column = Literal["", "left", "right"]
Merge = Literal["", "up", "left"]
BlockKind = Literal["header", "paragraph", "heading", "item", "table_row", "footnote", "closing"]
ChunkKind = Literal["text", "table", "header"]
SectionPath = tuple[str, ...]


# A text of so many characters takes about six seconds; the longest statute has a tenth of them.
MAX_CHARS = 5_000_000


class CorpusError(Exception):
    """A file that cannot become a document; the message is Vietnamese and names the reason and the remedy."""


class NeedsOcr(CorpusError):
    """A scan that cannot be read because tesseract is missing."""


def check_length(length: int) -> None:
    """Refuse more text than can be understood in time.

    Raises:
        CorpusError: more than `MAX_CHARS` characters.
    """
    if length > MAX_CHARS:
        raise CorpusError(
            f"văn bản dài {length / 1e6:.1f} triệu ký tự, vượt giới hạn {MAX_CHARS / 1e6:.0f} triệu. Hãy chia nhỏ tệp."
        )


@dataclass(frozen=True, slots=True)
class RawLine:
    """One line (or one whole paragraph) as a reader saw it.

    Args:
        text: NFC text without line ends. Footnote markers are Unicode superscript digits.
        page: 1-based; 1 for formats without pages.
        whole: True when the reader knows that this is a complete paragraph (DOCX, HTML), which is never joined.
        column: which side of a two-column header the line stands in; "" outside of one.
        cells: the cells of a table row, or None; a merged continuation is "".
        merged: along `cells`: "up" where the cell above reaches down into this one, "left" where the one beside
            reaches into it; () where the reader cannot tell a merged cell from an empty one.
        table: rows with the same number belong to one table.
        note: the marker when the reader knows that this line is the text of a footnote ("5"), else None.
        x, y, size, bold: layout hints in points from the page's top left corner; None where unknown.
        style: the reader's own hint: "Title", "Heading 1", "" … Levels are never taken from it.
    """

    text: str
    page: int = 1
    whole: bool = False
    column: Column = ""
    cells: tuple[str, ...] | None = None
    merged: tuple[Merge, ...] = ()
    table: int = 0
    note: str | None = None
    x: float | None = None
    y: float | None = None
    width: float | None = None
    size: float | None = None
    bold: bool = False
    style: str = ""


@dataclass(frozen=True, slots=True)
class Signature:
    """A digital signature: the name in its certificate and the local time it claims, ISO to the minute."""

    name: str
    signed_at: str | None = None


@dataclass(frozen=True, slots=True)
class RawDocument:
    """What a reader made of one file, before anything was understood.

    Args:
        format: "pdf", "docx", "txt", "md", "html", "doc", "rtf", "xlsx", "pptx".
        pages: number of pages; 1 where the format has none.
        ocr_pages: pages that were read by OCR.
        quality: 0..1, how sure the reader is of the words; None when the text is exact.
        warnings: Vietnamese sentences for the person who looks after the documents.
    """

    format: str
    lines: tuple[RawLine, ...]
    pages: int = 1
    ocr_pages: tuple[int, ...] = ()
    quality: float | None = None
    warnings: tuple[str, ...] = ()
    signatures: tuple[Signature, ...] = ()


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open range of `Document.text` in characters, and the page (1-based) on which it starts."""

    page: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the header and the closing block say; None is unknown. `issued_on` is ISO, as far as known ("2022-04").

    `number_unsure`: on a scan the number was filled in by hand; OCR read it doubtfully or, where `number` is None, not.
    `attached`: numbers of the documents that stand behind this one in the same file.
    """

    kind: str | None = None
    number: str | None = None
    number_blank: bool = False
    issuer: str | None = None
    place: str | None = None
    issued_on: str | None = None
    subject: str | None = None
    signer: str | None = None
    signer_role: str | None = None
    signing_for: str | None = None
    recipients: tuple[str, ...] = ()
    level: str | None = None
    period: str | None = None
    number_unsure: bool = False
    attached: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, list item, table row, footnote or line of the header or closing."""

    kind: BlockKind
    span: Span


@dataclass(frozen=True, slots=True)
class Section:
    """A node of the section tree.

    Args:
        path: labels as printed, outermost first, without closing marks: ("B", "I", "2", "2.3").
        title: the heading without its label.
        span: heading, own text and all children.
        body: own text, from the end of the heading to the first child.
    """

    path: SectionPath
    title: str
    span: Span
    body: Span
    children: tuple[Section, ...] = ()


@dataclass(frozen=True, slots=True)
class Footnote:
    """A note, and where its marker stands (which may be another section than the note's line).

    Args:
        marker: "5", "*".
        span: the note's text, without the marker.
        section: the section of the marker; of the note where no marker was found.
        anchor: the sentence that carries the marker; None where it was not found.
    """

    marker: str
    text: str
    span: Span
    section: SectionPath
    anchor: Span | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A table.

    Args:
        header: a name for each column; where the header has several rows, joined: "Năm 2022 – Kế hoạch".
        rows: without the header; a cell that is merged with the one above holds the same words.
        row_spans: along `rows`.
    """

    caption: str
    section: SectionPath
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    span: Span
    row_spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Reference:
    """A document number in the text, canonical ("20-NQ/TW", "154/KH-UBND"), with what stands around it.

    Args:
        relation: "thực hiện", "căn cứ", "thay thế", "sửa đổi", "bãi bỏ", "kèm theo", "hướng dẫn" or None.
    """

    number: str
    span: Span
    kind: str | None = None
    issued_on: str | None = None
    body: str | None = None
    relation: str | None = None


@dataclass(frozen=True, slots=True)
class Attachment:
    """A document with a header of its own that stands behind the first one's closing: a statute, a second letter."""

    span: Span
    metadata: Metadata


@dataclass(frozen=True, slots=True)
class Document:
    """One parsed document.

    Args:
        id: 16 hex digits of the SHA-256 of the file's bytes.
        path: where it was read.
        text: NFC; blocks are separated by one line end, a block holds none. Table rows are cells joined by " | ".
            Footnote texts stand after the body, each a block of its own.
        page_breaks: (offset, page), by offset: from this offset on the text stands on that page.
        preamble: the part before the first heading (section path ()).
        closing: "Nơi nhận" and signature, kept apart from the sections; None where there is none.
        attachments: what else the file holds; section paths begin anew in each.
    """

    id: str
    path: str
    format: str
    text: str
    pages: int
    page_breaks: tuple[tuple[int, int], ...]
    metadata: Metadata
    preamble: Span
    sections: tuple[Section, ...]
    blocks: tuple[Block, ...]
    footnotes: tuple[Footnote, ...] = ()
    tables: tuple[Table, ...] = ()
    references: tuple[Reference, ...] = ()
    closing: Span | None = None
    ocr_pages: tuple[int, ...] = ()
    quality: float | None = None
    warnings: tuple[str, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    signatures: tuple[Signature, ...] = ()

    def slice(self, span: Span) -> str:
        """The words of a span."""
        return self.text[span.start : span.end]

    def page_at(self, offset: int) -> int:
        """The page on which the character at `offset` stands."""
        index = bisect_right(self.page_breaks, (offset, 1 << 30)) - 1
        return self.page_breaks[index][1] if index >= 0 else 1

    def span(self, start: int, end: int) -> Span:
        """The span from `start` to `end`, with its page."""
        return Span(self.page_at(start), start, end)

    def pages_of(self, span: Span) -> tuple[int, int]:
        """First and last page of a span."""
        return self.page_at(span.start), self.page_at(max(span.start, span.end - 1))

    def walk(self) -> tuple[Section, ...]:
        """All sections, in reading order."""
        found: list[Section] = []
        stack = list(reversed(self.sections))
        while stack:
            section = stack.pop()
            found.append(section)
            stack.extend(reversed(section.children))
        return tuple(found)

    def attachment_at(self, offset: int) -> Attachment | None:
        """The attached document that holds `offset`; None in the first document."""
        return next((found for found in self.attachments if found.span.start <= offset < found.span.end), None)

    def section_at(self, offset: int) -> SectionPath:
        """The path of the innermost section that holds `offset`; () outside of every section."""
        path: SectionPath = ()
        level = self.sections
        while True:
            inner = next((s for s in level if s.span.start <= offset < s.span.end), None)
            if inner is None:
                return path
            path, level = inner.path, inner.children


@dataclass(frozen=True, slots=True)
class Chunk:
    """A retrieval unit: whole sentences of one leaf section, or rows of one table.

    Args:
        id: derived from document, span and chunking settings.
        text: exactly `Document.text[span]`.
        prefix: document label, heading path and, for table rows, the table's header: encoded with the text.
        notes: texts of the footnotes whose marker stands in this chunk.
    """

    id: str
    document_id: str
    section: SectionPath
    span: Span
    text: str
    kind: ChunkKind = "text"
    prefix: str = ""
    notes: tuple[str, ...] = ()

    @property
    def indexed_text(self) -> str:
        """What is tokenised and encoded."""
        return "\n".join(part for part in (self.prefix, self.text, *self.notes) if part)
