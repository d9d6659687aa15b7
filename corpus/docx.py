"""Word files (.docx): the body in reading order, lists with their numbers, tables, text boxes and real footnotes.

python-docx reads neither footnotes nor list numbers nor text boxes, so the XML is read directly.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from corpus.document import CorpusError, Merge, RawDocument, RawLine
from corpus.docx_numbering import Numbering
from corpus.docx_package import Element, Package, W, child, children, count, local, value
from corpus.docx_runs import RunReader, Words
from corpus.docx_styles import ParagraphStyle, Styles, list_of
from corpus.legacy import repair_lines
from corpus.letterhead import Cell, columns_of, split_gaps, with_gaps
from corpus.text import normalise

_OPEN_END = re.compile(r"[^.!?;:…”\"]$")
_MAX_SPAN = 64
# A cell with so many paragraphs is a column of text.
_COLUMN_LINES = 3
_WRAPPERS = frozenset(("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"))
_LETTERHEAD = re.compile(r"CỘNG H(?:ÒA|OÀ) XÃ HỘI|ĐẢNG CỘNG SẢN VIỆT NAM")
_DRAFT = re.compile(r"(?:BẢN )?DỰ THẢO\b|Dự thảo\b|(?:TUYỆT |TỐI )?MẬT$|(?:THƯỢNG |HỎA |HOẢ )?KHẨN$")


def read_docx(path: Path, *, format: str = "docx") -> RawDocument:
    """A Word file.

    Raises:
        CorpusError: not a Word file, damaged, or without words.
    """
    package = Package(path)
    try:
        root = package.xml(package.main)
        body = child(root, "body")
        if body is None:
            raise CorpusError(f"{path.name}: không có nội dung văn bản Word. Hãy mở bằng Word rồi lưu lại.")
        lines = _Reader(package).document(body)
    finally:
        package.close()
    lines, warnings = repair_lines(lines)
    if not any(line.text.strip() for line in lines):
        raise CorpusError(f"{path.name}: tệp không có chữ. Nếu là ảnh chụp, hãy lưu thành PDF để nhận dạng.")
    return RawDocument(format=format, lines=tuple(lines), warnings=warnings)


@dataclass(slots=True)
class _Notes:
    """Numbers notes by the order of their markers, and holds their parts."""

    parts: dict[str, Element | None]
    numbers: dict[tuple[str, str], str]
    first: int = 1

    def marker(self, kind: str, note: str) -> str:
        """The number of a note: "5"; footnotes and endnotes are counted together."""
        return self.numbers.setdefault((kind, note), str(self.first + len(self.numbers)))

    def element(self, kind: str, note: str) -> Element | None:
        """The note's element, None where the file has none."""
        root = self.parts.get(kind)
        found = (e for e in children(root) if local(e) == kind and e.get(W + "id") == note)
        return next(found, None)


class _Reader:
    """Walks one document; lists and notes are counted as they come."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._styles = Styles(package.related("styles"))
        self._numbering = Numbering(package.related("numbering"))
        self._notes = _Notes({kind: package.related(f"{kind}s") for kind in ("footnote", "endnote")}, {})
        self._runs = RunReader(self._styles, self._notes.marker)
        self._tables = 0
        self._carried = ""  # words of a paragraph whose mark was deleted: they belong to the next one

    def document(self, body: Element) -> list[RawLine]:
        """Every line of the document."""
        lines = split_gaps(list(self._blocks(body)))
        return [*self._page_headers(body, lines), *lines]

    def _blocks(self, parent: Element) -> Iterator[RawLine]:
        for element in children(parent):
            name = local(element)
            if name == "p":
                yield from self._paragraph(element)
            elif name == "tbl":
                yield from self._table(element)
            elif name in _WRAPPERS and not _is_contents(element):
                yield from self._blocks(element)

    def _paragraph(self, element: Element) -> Iterator[RawLine]:
        style = self._styles.paragraph(value(element, "pPr", "pStyle"))
        words = self._runs.read(element, style.run)
        text = self._carried + words.text
        self._carried = text if _mark_deleted(element) else ""
        if not self._carried:
            label = self._label(element, style)
            yield from _split_lines(text, label, words, style)
        yield from self._note_lines(words.notes)
        for box in words.boxes:
            yield from self._blocks(box)

    def _label(self, element: Element, style: ParagraphStyle) -> str:
        properties = child(element, "pPr")
        num, depth = list_of(properties)
        if num is None:
            num = style.num
            depth = style.depth if depth is None else depth
            if num is not None and depth is None:
                depth = self._numbering.level_of_style(num, value(properties, "pStyle") or "")
        if num is None or num == "0":
            return ""
        return self._numbering.label(num, depth or 0)

    def _note_lines(self, notes: Iterable[tuple[str, str]]) -> Iterator[RawLine]:
        for kind, note in notes:
            element = self._notes.element(kind, note)
            if element is None:
                continue
            texts = []
            for paragraph in element.iter(W + "p"):
                style = self._styles.paragraph(value(paragraph, "pPr", "pStyle"))
                texts.append(_tidy(self._runs.read(paragraph, style.run).text))
            text = " ".join(text for text in texts if text)
            if text:
                yield RawLine(text=text, whole=True, note=self._notes.marker(kind, note))

    def _table(self, table: Element) -> Iterator[RawLine]:
        after: list[RawLine] = []
        rows = [self._row(row, after) for row in _rows(table)]
        rows = [row for row in rows if any(cell.lines for cell in row)]
        if (columns := columns_of(rows)) is not None:
            for column, line in columns:
                yield replace(line, column=column)
        elif _is_frame(rows):
            yield from (line for row in rows for cell in row for line in cell.lines)
        else:
            yield from self._table_rows(rows)
        yield from after

    def _table_rows(self, rows: list[list[Cell]]) -> Iterator[RawLine]:
        self._tables += 1
        number = self._tables
        for row in rows:
            cells: list[str] = []
            merged: list[Merge] = []
            for cell in row:
                cells += [cell.text, *[""] * (cell.width - 1)]
                merged += cell.merged
            bold = all(line.bold for cell in row for line in cell.lines)
            text = " | ".join(cell for cell in cells if cell)
            yield RawLine(text, cells=tuple(cells), merged=tuple(merged), table=number, whole=True, bold=bold)

    def _row(self, row: Element, after: list[RawLine]) -> list[Cell]:
        before = count(row, "trPr", "gridBefore")
        found = [Cell((), min(before, _MAX_SPAN))] if before else []
        for cell in _cells(row):
            found.append(self._cell(cell, after))
        return found

    def _cell(self, cell: Element, after: list[RawLine]) -> Cell:
        properties = child(cell, "tcPr")
        width = min(count(properties, "gridSpan") or 1, _MAX_SPAN)
        merge = child(properties, "vMerge")
        if merge is not None and merge.get(W + "val", "continue") == "continue":
            return Cell((), width, covered=True)
        lines = []
        for line in self._blocks(cell):
            if line.cells is not None or line.note is not None:
                after.append(line)
            elif line.text.strip():
                lines.append(replace(line, text=_tidy(line.text)))
        return Cell(tuple(lines), width)

    def _page_headers(self, body: Element, lines: list[RawLine]) -> Iterator[RawLine]:
        """A letterhead or a draft mark that stands in the page header; running heads and page numbers are left out."""
        has_letterhead = any(_LETTERHEAD.search(line.text.upper()) for line in lines[:40])
        targets = self._package.relations(self._package.main)
        seen: set[str] = set()
        for kind, target in targets.values():
            if kind != "header" or target in seen:
                continue
            seen.add(target)
            found = [line for line in split_gaps(list(self._blocks(self._package.xml(target)))) if line.text]
            if not has_letterhead and any(_LETTERHEAD.search(line.text.upper()) for line in found):
                yield from (replace(line, style="Header") for line in found)
                return
            yield from (
                replace(line, style="Header") for line in found if _DRAFT.match(line.text) and len(line.text) < 40
            )


def _is_frame(rows: Sequence[Sequence[Cell]]) -> bool:
    """Whether a table only sets running text: a frame around it, or one row whose cells hold many lines each."""
    if all(len(row) == 1 for row in rows):
        return True
    return len(rows) == 1 and all(len(cell.lines) >= _COLUMN_LINES for cell in rows[0] if cell.lines)


def _tidy(text: str) -> str:
    return " ".join(normalise(text).split())


def _split_lines(text: str, label: str, words: Words, style: ParagraphStyle) -> Iterator[RawLine]:
    """One line a paragraph; a soft break starts a new one unless the sentence clearly goes on."""
    pieces: list[str] = []
    for piece in map(with_gaps, text.split("\n")):
        if pieces and piece and pieces[-1] and _OPEN_END.search(pieces[-1]) and piece[0].islower():
            pieces[-1] = f"{pieces[-1]} {piece}"
        else:
            pieces.append(piece)
    pieces = [piece for piece in pieces if piece.strip()]
    if label and pieces:
        pieces[0] = f"{label} {pieces[0].lstrip()}"
    name = style.name if style.name.lower().startswith(("heading", "title", "toc")) else ""
    for piece in pieces:
        yield RawLine(text=piece, whole=True, bold=words.bold, style=name, size=words.size)


def _mark_deleted(paragraph: Element) -> bool:
    properties = child(paragraph, "pPr", "rPr")
    return child(properties, "del") is not None or child(properties, "moveFrom") is not None


def _is_contents(element: Element) -> bool:
    return value(element, "sdtPr", "docPartObj", "docPartGallery") == "Table of Contents"


def _unwrapped(parent: Element, wanted: str) -> Iterator[Element]:
    for element in children(parent):
        name = local(element)
        if name == wanted:
            yield element
        elif name in _WRAPPERS:
            yield from _unwrapped(element, wanted)


def _rows(table: Element) -> Iterator[Element]:
    return (row for row in _unwrapped(table, "tr") if child(row, "trPr", "del") is None)


def _cells(row: Element) -> Iterator[Element]:
    return (cell for cell in _unwrapped(row, "tc") if child(cell, "tcPr", "cellDel") is None)
