"""Plain text, Markdown and HTML. Text files are read by their content: `.txt` files hold Markdown often enough."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from corpus.document import CorpusError, RawDocument, RawLine
from corpus.text import decode, normalise, superscript

_HEADING = re.compile(r"^#{1,6}\s+(.*?)\s*#*$")
_PIPE_ROW = re.compile(r"^\s*\|.*\|\s*$")
_PIPE_RULE = re.compile(r"^\s*\|?\s*:?-{2,}:?\s*(\|\s*:?-{2,}:?\s*)*\|?\s*$")
_LONE_STARS = re.compile(r"^\s*(\*{1,3})\s+(?=\S)")
_EMPHASIS = re.compile(r"(?<![\w*\\])(\*{1,3})(?=\S)([^*\n]*?\S)\1(?![\w*])")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!>|])")
_RUNS = re.compile(r" {2,}")


def read_text(path: Path) -> RawDocument:
    """A plain text or Markdown file, by its content."""
    text, _, warnings = decode(path.read_bytes())
    lines = lines_of_text(text)
    if not any(line.text for line in lines):
        raise CorpusError(f"{path.name}: tệp không có chữ. Hãy kiểm tra lại bản gốc.")
    kind = "md" if path.suffix.lower() == ".md" else "txt"
    return RawDocument(format=kind, lines=tuple(lines), pages=lines[-1].page, warnings=warnings)


def lines_of_text(text: str) -> list[RawLine]:
    """The lines of a text; a paragraph break is an empty line."""
    rows = _split(text)
    strip_marks = _is_markdown(text)
    lines = _tables([_line(text, page, strip_marks) for text, page in rows])
    return _merge_blank(lines)


def _split(text: str) -> list[tuple[str, int]]:
    rows = []
    for page, sheet in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\f"), start=1):
        rows += [(row, page) for row in sheet.split("\n")]
    return rows


def _is_markdown(text: str) -> bool:
    return bool(re.search(r"(?m)^#{1,6} \S|\*\*\S|(?<!\w)\*[^\s*][^*\n]*\*|^\s*\|?\s*:?-{3,}:?\s*\|", text))


def _line(row: str, page: int, markdown: bool) -> RawLine:
    if "\t" in row.strip(" "):
        cells = tuple(_tidy(cell, markdown) for cell in row.strip(" ").split("\t"))
        return RawLine(text=" | ".join(cell for cell in cells if cell), page=page, cells=cells)
    heading = _HEADING.match(row) if markdown else None
    bold = markdown and "**" in row
    return RawLine(text=_tidy(heading[1] if heading else row, markdown), page=page, bold=bold)


def _tidy(text: str, markdown: bool) -> str:
    text = normalise(text)
    if markdown:
        text = _strip_marks(text)
    return _RUNS.sub(" ", text).strip()


def _strip_marks(text: str) -> str:
    lead = _LONE_STARS.match(text)
    rest = text[lead.end() :] if lead else text
    closing = "*" * (len(lead[1]) - 1) if lead else ""
    if closing and rest.rstrip().endswith(closing):
        rest = rest.rstrip().removesuffix(closing)
    rest = _EMPHASIS.sub(r"\2", rest)
    rest = re.sub(r"\*\*|__(?=\S)|(?<=\S)__", "", rest)
    return ("* " if lead else "") + _ESCAPE.sub(r"\1", rest)


def _tables(lines: list[RawLine]) -> list[RawLine]:
    number = 0
    inside = False
    found = []
    for line in lines:
        if line.cells is None:
            inside = False
        else:
            number += not inside
            inside = True
            line = replace(line, table=number)
        found.append(line)
    return found


def _merge_blank(lines: list[RawLine]) -> list[RawLine]:
    found: list[RawLine] = []
    for line in lines:
        if line.text or line.cells or (found and found[-1].text):
            found.append(line)
    while found and not found[-1].text and not found[-1].cells:
        found.pop()
    return found


def read_html(path: Path) -> RawDocument:
    """A web page: paragraphs, tables as cells, raised digits as superscripts."""
    from bs4 import BeautifulSoup

    text, _, warnings = decode(path.read_bytes())
    soup = BeautifulSoup(text, "lxml")
    for tag in soup(["script", "style", "noscript", "template", "head"]):
        tag.decompose()
    for tag in soup("sup"):
        tag.replace_with(superscript(tag.get_text()))
    lines = [RawLine(text=_tidy(row, False), whole=True) for row in soup.get_text("\n").split("\n") if row.strip()]
    if not lines:
        raise CorpusError(f"{path.name}: trang không có chữ. Hãy kiểm tra lại bản gốc.")
    return RawDocument(format="html", lines=tuple(lines), warnings=warnings)
