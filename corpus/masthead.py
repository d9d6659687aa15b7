"""The head of a document: its lines as two columns, and what stands in them (number, date, place, issuer)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from corpus.document import Column, RawDocument, RawLine
from corpus.numbers import UPPER, find_numbers
from corpus.text import fold

_MAX_LINES = 90
_MARKUP = "*_`| "
_WIDE_GAP = re.compile(r"\s{3,}|\t+")
_MOTTO = re.compile(
    r"(?<!\w)(?:c.ng\s*ho?.{0,7}h.i\s*ch.\s*n.{0,2}h|doc\s*l.p\s*[-–—_.]?\s*t.\s*do|dang cong san viet nam)"
)
# OCR leaves marks where a clerk wrote the day by hand ("ngày f6 tháng"): such a day is unknown, not 6.
_PLACE_DATE = re.compile(
    rf"(?<![\w/\-])(?P<place>[{UPPER}][\w.]*(?:[ \-–]+[{UPPER}0-9][\w.]*){{0,5}})\s*[,.;]\s*"
    r"(?P<date>[Nn]g[àaáảã]y(?P<day>[^,;]{0,12}?)\s*th[áaàảẳ]ng(?P<month>[^,;]{0,10}?)n[ăaâ]m[\s.…_]*(?P<year>\d{4})?)"
)
_PART = re.compile(r"[\s.…_/,]*(\d{1,2})[\s.…_/,]*")
_NUMBER_LINE = re.compile(
    r"^(?:[^\w]*\w?[^\w\s]\s)?(?:(?:Bộ |BỘ )?(?:Luật|LUẬT|Lệnh|Pháp lệnh|Nghị quyết|LỆNH|PHÁP LỆNH|NGHỊ "
    r"QUYẾT)\s+)?(?:[Ss][ốỐóÓôÔồổơởớeéê6oO]|SỐ|SÓ|S0|56(?=\s*[:;]))\s*(?P<colon>[:.;]?)\s*(?P<rest>.*)$"
)
_BLANK = re.compile(
    r"^[\s.…_·\-–]*[/\-–]\s*(?:(?:19|20)\d\d\s*/\s*)?(?P<symbol>[A-ZĐÐ][\w&]*(?:\s?[-–/.]\s?[A-ZĐÐ]\w*)*)"
)
_COPY_SYMBOLS = re.compile(r"[-/](?:SY|SL|TrS|TRS|BS|SYB)\b|[-/](?:SY|SL)-")
_RULE = re.compile(r"^[\s\-–—_*=.·~•+]*$")
_FOREIGN = re.compile(
    r"^(?:cong bao|nguoi ky|ky boi|email|co quan\s*:?\s+(?:van phong|cong |so |uy ban|ubnd|bo )|thoi gian ky|ngay ky|"
    r"digitally|signed by|signature|den$|so den|cong van den|sao y|ban sao|trang \d)"
)


@dataclass(frozen=True, slots=True)
class HeadLine:
    """One line of one column, cleaned of markup; `index` is the raw line it came from."""

    text: str
    column: Column
    index: int
    bold: bool = False
    whole: bool = False


@dataclass(frozen=True, slots=True)
class IssueDate:
    """Place and date of issue; `iso` is as far as known; None where even the year is blank."""

    place: str | None
    iso: str | None
    position: int


def clean(text: str) -> str:
    """The line without markup at its ends and with single spaces."""
    return " ".join(text.split()).lstrip(f"#>{_MARKUP}").rstrip(_MARKUP)


def is_rule(text: str) -> bool:
    """A line that only separates: "-----", "*", "_____"."""
    return _RULE.match(text) is not None


def head_lines(raw: RawDocument, limit: int = _MAX_LINES) -> list[HeadLine]:
    """The first lines, columns parted where the reader has not done so."""
    lines: list[HeadLine] = []
    for index, line in enumerate(raw.lines):
        if len(lines) >= limit:
            break
        if line.note is None:
            lines.extend(_parts(line, index))
    return lines


def _parts(line: RawLine, index: int) -> Iterable[HeadLine]:
    for text, column in _columns(line):
        cleaned = clean(text)
        if cleaned and not _FOREIGN.match(fold(cleaned)):
            yield HeadLine(cleaned, column, index, line.bold or "**" in line.text, line.whole)


def _columns(line: RawLine) -> list[tuple[str, Column]]:
    """The pieces of one raw line with their columns."""
    if line.cells is not None:
        return _cells(line.cells)
    if line.column:
        return [(line.text, line.column)]
    pieces = [piece for piece in _WIDE_GAP.split(line.text.strip()) if piece.strip()]
    if len(pieces) == 2 and not pieces[0].endswith((":", "/")) and _is_head_pair(*pieces):
        return [(pieces[0], "left"), (pieces[1], "right")]
    return part_columns(" ".join(pieces))


def _is_head_pair(left: str, right: str) -> bool:
    """Two texts with a wide gap are columns, not a blank that waits for its number."""
    return not re.match(r"\s*(?:/|-\s*[A-ZĐ]|\d*\s*tháng|năm)", right)


def _cells(cells: tuple[str, ...]) -> list[tuple[str, Column]]:
    """The lines of a header table's row; a row of a wider table belongs to no column."""
    filled = [cell for cell in cells if cell.strip()]
    if len(cells) > 3 or len(filled) > 2:
        return [(" | ".join(filled), "")]
    middle = len(cells) // 2 if len(cells) > 1 else 0
    return [
        (piece, "left" if position <= (0 if middle else -1) else "right")
        for position, cell in enumerate(cells)
        for piece in cell.split("\n")
    ]


def part_columns(text: str) -> list[tuple[str, Column]]:
    """A line in which both columns were merged: "Số: 154/KH-UBND Tam Đường, ngày …" is two."""
    motto = _MOTTO.search(fold(text))
    if motto:
        return [(text[: motto.start()], "left"), (text[motto.start() :], "right")]
    dated = _PLACE_DATE.search(text)
    if dated and _NUMBER_LINE.match(clean(text[: dated.start()])):
        return [(text[: dated.start()], "left"), (text[dated.start() :], "right")]
    return [(text, "")]


def is_motto(text: str) -> bool:
    """A line of the national motto or the Party's name at the head of the right column."""
    return _MOTTO.search(fold(text)) is not None


def is_number_line(text: str) -> bool:
    """A line that begins as a number line does: "Số: …", "Luật số: …"."""
    match = _NUMBER_LINE.match(text)
    return match is not None and bool(match["colon"] or not match["rest"] or re.match(r"[\d\s/\-–….]", match["rest"]))


def own_number(lines: list[HeadLine]) -> tuple[str | None, bool, int | None]:
    """(number, blank, position): the document's own number of these header lines.

    A stamp's "Số: 123" without a symbol, a certified copy's number and the numbers of cited documents are passed over.
    """
    blank_at = None
    for position, line in enumerate(lines):
        match = _NUMBER_LINE.match(line.text)
        if match is None:
            if line.column == "left" and (bare := _bare_number(line.text)):
                return bare, False, position
            continue
        rest = " ".join(match["rest"].split())
        found = [hit for hit in find_numbers(rest) if hit[0] <= 2]
        if found and not _COPY_SYMBOLS.search(found[0][2]) and _is_line(rest[found[0][1] :]):
            return found[0][2], False, position
        if blank_at is None and not found and (_BLANK.match(rest) or (match["colon"] and not rest.strip(" ….·_"))):
            blank_at = position
    return None, blank_at is not None, blank_at


def is_filled_in(line: str) -> bool:
    """A gap between number and symbol ("Số: 46 /QĐ-…"): the number was written or stamped into a form."""
    return re.search(r"\d\s+[/\-–]", line) is not None


def _is_line(after: str) -> bool:
    """The number ends its line; in a sentence ("Số 12/KH-UBND của …") it is a citation."""
    return len(after) < 12 or after.lstrip()[:1] in "(-"


def _bare_number(text: str) -> str | None:
    """A number that stands alone on its line (the word "Số" was lost)."""
    found = find_numbers(text)
    if len(found) == 1 and found[0][0] == 0 and found[0][1] >= len(text) - 1 and not _COPY_SYMBOLS.search(text):
        return found[0][2]
    return None


def blank_symbol(line: HeadLine) -> str | None:
    """The symbol of a blank number: "Số:   /UBND-VX" → "UBND-VX"."""
    match = _NUMBER_LINE.match(line.text)
    blank = _BLANK.match(match["rest"]) if match else None
    return blank["symbol"].replace(" ", "") if blank else None


def issue_date(lines: list[HeadLine]) -> IssueDate | None:
    """Place and date of the first line that reads "Tam Đường, ngày 15 tháng 4 năm 2022", blanks allowed."""
    for position, line in enumerate(lines):
        match = _PLACE_DATE.search(line.text)
        if match and match.start() <= 3:
            day, month = (_part(match[name]) for name in ("day", "month"))
            return IssueDate(match["place"].strip(" .,"), partial_iso(match["year"], month, day), position)
    return None


def _part(text: str) -> str | None:
    """The number between two words of a date; None where it is blank or illegible."""
    match = _PART.fullmatch(text)
    return match[1] if match else None


def partial_iso(year: str | None, month: str | None, day: str | None) -> str | None:
    """ISO as far as known: a blank day gives "2022-04", a blank month "2022"."""
    if not year or not 1900 <= int(year) <= 2100:
        return None
    if not month or not 1 <= int(month) <= 12:
        return year
    if not day or not 1 <= int(day) <= 31:
        return f"{year}-{int(month):02d}"
    return f"{year}-{int(month):02d}-{int(day):02d}"
