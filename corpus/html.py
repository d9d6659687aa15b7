"""Web pages (.html, and .mhtml of Word): paragraphs, lists with their numbers, tables, notes, old fonts."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PreformattedString

from corpus.document import CorpusError, Merge, RawDocument, RawLine
from corpus.docx_numbering import format_number
from corpus.legacy import font_codec, from_font, repair_lines
from corpus.letterhead import Cell, columns_of
from corpus.text import decode, normalise, superscript

_DROPPED = ("script", "style", "noscript", "template", "head", "nav", "aside", "form", "button", "select", "svg",
            "iframe", "object", "textarea", "input", "audio", "video", "canvas", "del")  # fmt: skip
_BLOCKS = frozenset(
    """p div section article main header footer h1 h2 h3 h4 h5 h6 li ul ol dl dt dd blockquote pre center address
    figure figcaption hr body html fieldset details summary""".split()
)
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_LIST_KINDS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_FONT = re.compile(r"font-family\s*:\s*[\"']?([^;\"',]+)", re.IGNORECASE)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_NOTE_LINK = re.compile(r"#_(?:ftn|edn)(\d{1,3})$")
_NOTE_BODY = re.compile(r"(?:ftn|edn)(\d{1,3})$")
_NUMBER = re.compile(r"-?[0-9]{1,9}")
_SPACES = re.compile(r"\s+")
_MAX_SPAN = 64
# Tags that are opened and never closed nest; what lies deeper is read without its marks.
_MAX_DEPTH = 150


def read_html(path: Path) -> RawDocument:
    """A web page.

    Raises:
        CorpusError: no words.
    """
    data = path.read_bytes()
    if re.match(rb"[\w-]+:", data) and b"multipart/related" in data[:4096].lower():
        data = _html_part(data)
    text, _, warnings = decode(data)
    lines, repaired = repair_lines(lines_of_html(text))
    if not any(line.text for line in lines):
        raise CorpusError(f"{path.name}: trang không có chữ. Hãy mở trang và lưu lại đầy đủ.")
    return RawDocument(format="html", lines=tuple(lines), warnings=warnings or repaired)


def _html_part(data: bytes) -> bytes:
    message = email.message_from_bytes(data, policy=email.policy.default)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            content = part.get_payload(decode=True)
            return content if isinstance(content, bytes) else b""
    return b""


def lines_of_html(text: str) -> list[RawLine]:
    """The lines of a page: paragraphs are whole, table rows are cells, raised digits superscripts."""
    soup = BeautifulSoup(text, "lxml")
    for tag in soup(list(_DROPPED)):
        tag.decompose()
    for tag in soup(style=_HIDDEN):
        tag.decompose()
    page = _Page()
    page.walk(soup, "")
    page.flush()
    return page.lines


class _Page:
    """Collects lines while it walks the tree."""

    def __init__(self) -> None:
        self.lines: list[RawLine] = []
        self._buffer: list[tuple[str, str]] = []
        self._bold: list[bool] = []
        self._style = ""
        self._label = ""
        self._note: str | None = None
        self._numbers: dict[int, dict[int, int]] = {}
        self._tables = 0
        self._depth = 0

    def walk(self, parent: Tag, codec: str, *, bold: bool = False) -> None:
        """Read everything below a tag; `codec` is the code table of the font around it."""
        if self._depth == _MAX_DEPTH:
            self._text(parent.get_text(" "), codec, bold=bold)
            return
        self._depth += 1
        for node in parent.children:
            if isinstance(node, Tag):
                self._tag(node, codec, bold=bold)
            elif isinstance(node, NavigableString) and not isinstance(node, PreformattedString):
                self._text(str(node), codec, bold=bold)
        self._depth -= 1

    def _text(self, text: str, codec: str, *, bold: bool) -> None:
        if text:
            self._buffer.append((_SPACES.sub(" ", text), codec))
            if text.strip():
                self._bold.append(bold)

    def _tag(self, tag: Tag, codec: str, *, bold: bool) -> None:
        name = tag.name
        codec = _codec(tag, codec)
        bold = bold or name in ("b", "strong", "th") or name in _HEADINGS
        if name == "br":
            self.flush()
        elif name == "table":
            self.flush()
            self._table(tag, codec)
        elif name == "sup" and tag.get_text().strip().isdigit() and tag.find("a") is None:
            self._text(superscript(tag.get_text().strip()), "", bold=bold)
        elif name == "a" and (match := _NOTE_LINK.search(str(tag.get("href", "")))):
            self._text(superscript(match[1]), "", bold=bold)
        elif name == "a" and re.match("#_(?:ftn|edn)ref", str(tag.get("href", ""))):
            pass  # the marker at the head of a note
        elif name in _BLOCKS:
            self._block(tag, codec, bold=bold)
        else:
            self.walk(tag, codec, bold=bold)

    def _block(self, tag: Tag, codec: str, *, bold: bool) -> None:
        self.flush()
        style, note = self._style, self._note
        if tag.name in _HEADINGS:
            self._style = f"Heading {tag.name[1]}"
        if match := _NOTE_BODY.fullmatch(str(tag.get("id", ""))):
            self._note = match[1]
        if tag.name == "li":
            self._label = self._list_label(tag)
        if tag.name == "pre":
            self._preformatted(tag)
        else:
            self.walk(tag, codec, bold=bold)
        self.flush()
        self._style, self._note, self._label = style, note, ""

    def _list_label(self, item: Tag) -> str:
        """What a browser shows before an item: "1.", "a.", or a dash for a bullet."""
        parent = item.find_parent(("ol", "ul"))
        if parent is None or parent.name == "ul":
            return "" if parent is None else "-"
        if id(parent) not in self._numbers:
            self._numbers[id(parent)] = _item_numbers(parent)
        numbers = self._numbers[id(parent)]
        number = numbers.get(id(item), numbers[0])
        return format_number(number, _LIST_KINDS.get(str(parent.get("type", "1")), "decimal")) + "."

    def _preformatted(self, tag: Tag) -> None:
        for row in tag.get_text().split("\n"):
            self._buffer.append((row, ""))
            self.flush()

    def flush(self) -> None:
        """End the paragraph."""
        text = "".join(from_font(part, codec) for part, codec in self._buffer)
        text = _SPACES.sub(" ", normalise(text)).strip()
        if text:
            bold = bool(self._bold) and all(self._bold)
            label, self._label = self._label, ""
            text = f"{label} {text}" if label else text
            self.lines.append(RawLine(text=text, whole=True, bold=bold, style=self._style, note=self._note))
        self._buffer, self._bold = [], []

    def _table(self, table: Tag, codec: str) -> None:
        rows = [[(cell, *_cell_lines(cell, codec)) for cell in _cells(row)] for row in _rows(table)]
        if table.find("table") is not None:
            self._layout(rows, codec)
            return
        cells = [[Cell(tuple(lines), width) for _, lines, width in row] for row in rows]
        cells = [row for row in cells if any(cell.lines for cell in row)]
        if (sides := columns_of(cells)) is not None:
            self.lines += [replace(line, column=side) for side, line in sides]
        elif all(len(row) == 1 for row in cells):
            self.lines += [line for row in cells for cell in row for line in cell.lines]
        else:
            self._tables += 1
            self.lines += _grid(rows, self._tables)

    def _layout(self, rows: list[list[tuple[Tag, list[RawLine], int]]], codec: str) -> None:
        """A table that holds tables only places things on the page."""
        for row in rows:
            for cell, _, _ in row:
                self.walk(cell, codec)
                self.flush()


def _cell_lines(cell: Tag, codec: str) -> tuple[list[RawLine], int]:
    if cell.find("table") is not None:
        return [], 1
    page = _Page()
    page.walk(cell, _codec(cell, codec), bold=cell.name == "th")
    page.flush()
    return page.lines, _span(cell, "colspan")


def _grid(rows: list[list[tuple[Tag, list[RawLine], int]]], number: int) -> Iterator[RawLine]:
    """Rows as cells; where a cell reaches down or across, the cells that it covers are blank."""
    covered: dict[int, int] = {}  # column → rows still covered from above
    for row in rows:
        cells: list[str] = []
        merged: list[Merge] = []
        below: dict[int, int] = {}
        for cell, lines, width in row:
            _skip(cells, merged, covered)
            below |= dict.fromkeys(range(len(cells), len(cells) + width), _span(cell, "rowspan"))
            cells += [" ".join(line.text for line in lines), *[""] * (width - 1)]
            merged += Cell((), width).merged
        _skip(cells, merged, covered)
        covered = {at: left - 1 for at, left in (covered | below).items() if left > 1}
        if any(cells):
            text = " | ".join(cell for cell in cells if cell)
            bold = all(line.bold for _, lines, _ in row for line in lines)
            yield RawLine(text, whole=True, cells=tuple(cells), merged=tuple(merged), table=number, bold=bold)


def _skip(cells: list[str], merged: list[Merge], covered: dict[int, int]) -> None:
    while covered.get(len(cells), 0) > 0:
        cells.append("")
        merged.append("up")


def _rows(table: Tag) -> list[Tag]:
    return [row for row in table.find_all("tr") if row.find_parent("table") is table]


def _cells(row: Tag) -> list[Tag]:
    return [cell for cell in row.find_all(("td", "th")) if cell.find_parent("tr") is row]


def _span(cell: Tag, name: str) -> int:
    text = str(cell.get(name, "1"))
    return min(max(int(text), 1), _MAX_SPAN) if text.isascii() and text.isdigit() else 1


def _codec(tag: Tag, around: str) -> str:
    face = tag.get("face")
    style = _FONT.search(str(tag.get("style", "")))
    font = str(face) if face else style[1] if style else ""
    return font_codec(font) if font else around


def _item_numbers(parent: Tag) -> dict[int, int]:
    """The number of each item of an ordered list by the item's identity; under 0 the one after its last item."""
    number = _whole(str(parent.get("start", "")), 1)
    numbers: dict[int, int] = {}
    for item in parent.find_all("li", recursive=False):
        number = _whole(str(item.get("value", "")), number)
        numbers[id(item)] = number
        number += 1
    return {**numbers, 0: number}


def _whole(text: str, default: int) -> int:
    return int(text) if _NUMBER.fullmatch(text) else default
