"""Plain text and Markdown. Files are read by their content: `.txt` files hold Markdown often enough."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from corpus.document import CorpusError, RawDocument, RawLine
from corpus.letterhead import GAP, split_gaps, with_gaps
from corpus.text import decode, normalise, superscript

_MARKDOWN = re.compile(
    r"^#{1,6} \S|(?<!\w)\*\*[^\s*]|"
    r"(?<![\w*])\*[^\s*),.;:][^*\n]*(?<!\()\*(?![\w*])|^\s*\|?\s*:?-{3,}:?\s*\||^```|\[\^\w+\]",
    re.MULTILINE,
)
_HEADING = re.compile(r"\s{0,3}#{1,6}\s+(.*?)\s*#*\s*$")
_PIPE_RULE = re.compile(r"\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)+\|?$")
_FENCE = re.compile(r"\s*(?:```|~~~)")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_QUOTE = re.compile(r"^\s{0,3}>\s?")
# "* *Lĩnh vực*:", "** Về phát triển*", "*** Nguyên nhân**": the first star is the item's bullet, the others emphasis.
_BULLET_STARS = re.compile(r"\s*(?:\*\s+|\*{2,3}\s+|\\\*\s*)(?=\S)")
# "(*) số ước tính; (*) tạm tính": such stars are marks of notes.
_EMPHASIS = re.compile(r"(?<![\w*\\])(\*{1,3})(?=[^\s*),.;:])([^*\n]*?[^\s*\\(])\1(?!\*)")
_STRONG = re.compile(r"(?<![\w_])(_{1,2})(?=[^\s_])([^_\n]*?[^\s_])\1(?![\w_])")
_OPEN_EDGE = re.compile(r"^\*{2,3}(?=[^\s*])|(?<=[^\s*\\])\*{2,3}$")
_SUP = re.compile(r"<sup>\s*(\d{1,3})\s*</sup>|\$\^\{?(\d{1,3})\}?\$|\[\^(\d{1,3})\](?!:)", re.IGNORECASE)
_NOTE = re.compile(r"\s*\[\^(\w{1,5})\]:\s*")
_TAG = re.compile(r"</?(?:b|i|u|em|strong|span|div|p|center|font|sub|sup)(?:\s[^<>]*)?>", re.IGNORECASE)
_IMAGE = re.compile(r"!\[[^\]\n]*\]\([^)\n]*\)")
_LINK = re.compile(r"(?<!\\)\[([^\]\n]+)\]\((?:https?:|mailto:|#|\./|/)[^)\s]*(?:\s+\"[^\"]*\")?\)")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!>|~$])")
_MAX_BLANKS = 3


def read_text(path: Path) -> RawDocument:
    """A plain text or Markdown file, by its content; one line a row, a blank row is an empty line.

    Raises:
        CorpusError: no words, or bytes that are no text.
    """
    text, _, warnings = decode(path.read_bytes())
    lines = lines_of_text(text)
    if not any(char.isalpha() for line in lines for char in line.text):
        raise CorpusError(f"{path.name}: tệp không có chữ. Hãy kiểm tra lại bản gốc.")
    kind = "md" if path.suffix.lower() == ".md" else "txt"
    return RawDocument(format=kind, lines=tuple(lines), pages=lines[-1].page, warnings=warnings)


def lines_of_text(text: str) -> list[RawLine]:
    """The lines of a text without Markdown's marks; table rows are cells, a form feed starts a page."""
    markdown = bool(_MARKDOWN.search(text))
    if markdown:
        text = _COMMENT.sub("", text)
    rows = _split(text, markdown=markdown)
    pipes = _pipe_rows([row for row, _ in rows])
    lines = [
        _line(row, page, markdown=markdown, pipes=at in pipes)
        for at, (row, page) in enumerate(rows)
        if not (markdown and (_FENCE.match(row) or _PIPE_RULE.match(row.strip())))
    ]
    return _without_blanks(split_gaps(_number_tables(lines)))


def _split(text: str, *, markdown: bool) -> list[tuple[str, int]]:
    text = re.sub(r"\r\n|[\r\x85\u2028\u2029]", "\n", text)
    rows = []
    for page, sheet in enumerate(text.split("\f"), start=1):
        for row in sheet.split("\n"):
            rows += [(part, page) for part in (_BREAK.split(row) if markdown and "|" not in row else [row])]
    return rows


def _pipe_rows(rows: list[str]) -> set[int]:
    """Rows of Markdown tables: what stands around a rule row, and rows with bars at both ends."""
    found: set[int] = set()
    below_rule = False
    for at, row in enumerate(map(str.strip, rows)):
        bars = row.count("|")
        if _PIPE_RULE.match(row):
            found.add(at - 1)
            below_rule = True
        below_rule = below_rule and bars > 0
        if below_rule or (bars > 2 and row[0] == row[-1] == "|"):
            found.add(at)
    return found


def _line(row: str, page: int, *, markdown: bool, pipes: bool) -> RawLine:
    if pipes or "\t" in row.strip(" "):
        return _table_row(row, page, markdown=markdown, pipes=pipes)
    if not markdown:
        return RawLine(text=with_gaps(row), page=page)
    row = _QUOTE.sub("", row, count=1)
    note = _NOTE.match(row)
    if note:
        return RawLine(text=_plain(row[note.end() :]), page=page, note=note[1], whole=True)
    heading = _HEADING.match(row)
    text = _plain(heading[1] if heading else row)
    return RawLine(text=text, page=page, bold=bool(text) and _is_bold(row))


def _table_row(row: str, page: int, *, markdown: bool, pipes: bool) -> RawLine:
    if pipes:
        parts = re.split(r"(?<!\\)\|", row.strip().removeprefix("|").removesuffix("|"))
        parts = [_BREAK.sub(" ", part) for part in parts]
    else:
        parts = row.strip(" ").split("\t")
    cells = tuple(_tidy(_plain(part) if markdown else part) for part in parts)
    # A line that a tab only indents, or whose only cell is its first, has no columns where it stands alone.
    return RawLine(text=" | ".join(cell for cell in cells if cell), page=page, cells=cells)


def _is_bold(row: str) -> bool:
    return bool(re.match(r"\s*(?:#{1,6}\s+)?\*\*[^\s*].*\*\*\s*$", row))


def _tidy(text: str) -> str:
    return " ".join(normalise(text).split())


def _plain(text: str) -> str:
    """A Markdown line without its marks; a star that is the bullet of an item stays."""
    text = _SUP.sub(lambda match: superscript(match[1] or match[2] or match[3]), with_gaps(text))
    text = _LINK.sub(r"\1", _IMAGE.sub("", _TAG.sub("", text)))
    bullet = _BULLET_STARS.match(text)
    if bullet:
        text = text[bullet.end() :].rstrip()
        if len(bullet[0].strip()) > 1 and bullet[0].strip() != "\\*":
            text = re.sub(r"(?<=[^\s*\\])\*{1,2}$", "", text)
    text = _EMPHASIS.sub(r"\2", _EMPHASIS.sub(r"\2", text.strip()))
    text = _OPEN_EDGE.sub("", _STRONG.sub(r"\2", text))
    return ("* " if bullet else "") + _ESCAPE.sub(r"\1", text)


def _number_tables(lines: list[RawLine]) -> list[RawLine]:
    """Number the tables; one goes on behind a blank line with rows of as many cells.

    A row that only a tab indents, and a lone row of two cells, are lines in which a tab makes room.
    """
    found: list[RawLine] = []
    number = 0
    for at, line in enumerate(lines):
        if line.cells is None:
            found.append(line)
            continue
        above = next((other for other in reversed(found) if other.text or other.cells), None)
        below = next((other for other in lines[at + 1 :] if other.text or other.cells), None)
        goes_on = above is not None and _same_width(above, line)
        if not goes_on and not _opens_table(line, below):
            found.append(replace(line, text=GAP.join(line.cells), cells=None))
            continue
        while goes_on and not found[-1].text and not found[-1].cells:
            found.pop()
        number += not goes_on
        found.append(replace(line, table=number))
    return found


def _same_width(first: RawLine, second: RawLine) -> bool:
    return first.cells is not None and second.cells is not None and len(first.cells) == len(second.cells)


def _filled(line: RawLine) -> int:
    return sum(map(bool, line.cells or ()))


def _opens_table(line: RawLine, below: RawLine | None) -> bool:
    if below is None or not _same_width(line, below) or _filled(below) < 2:
        return _filled(line) > 2
    return _filled(line) > 1 or len(line.cells or ()) > 2


def _without_blanks(lines: list[RawLine]) -> list[RawLine]:
    """No blank lines at the start and the end, and never more than a few together."""
    found: list[RawLine] = []
    blanks = _MAX_BLANKS
    for line in lines:
        empty = not line.text and not line.cells
        blanks = blanks + 1 if empty else 0
        if blanks <= _MAX_BLANKS:
            found.append(line)
    while found and not found[-1].text and not found[-1].cells:
        found.pop()
    return found
