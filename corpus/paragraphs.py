"""A paragraph, and what its words tell of it: item, rule, capitals, number line, beginning of the closing."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from corpus.document import Column, Merge, RawLine
from corpus.labels import parse_label

_ENDS = re.compile(r"(?:[.!?;:…]|\./\.)[\"”’)\]]*[⁰¹²³⁴-⁹]*$")
_ITEM = re.compile(r"(?:[*+•●○▪▫■►✓]|[-–—](?=\s|\w))\s*\S|\((?:\d{1,2}|[a-zđ]|[ivx]+)\)\s")
_ORDINAL_ITEM = re.compile(
    r"(?:Một|Hai|Ba|Bốn|Năm|Sáu|Bảy|Tám|Chín|Mười|Thứ \w+) là\b|Thứ (?:nhất|hai|ba|tư|năm|sáu)\b"
)
_RULE = re.compile(r"[-–—_*=.\s]{3,}$|[*_-]$")
_NUMBER_LINE = re.compile(r"(?:Số|SỐ|Só)\s*:?\s*[\d\s.…+-]*[/-]\s*[A-ZĐ]{2}.{0,24}$")
_DATE_LINE = re.compile(r"(?:[A-ZĐ][^,;:()]{1,34},\s*)?[Nn]gày\b.{0,12}\btháng\b.{0,12}\bnăm\b.{0,8}$")
_MOTTO = re.compile(r"CỘNG HÒA XÃ HỘI|CỘNG HOÀ XÃ HỘI|Độc lập\s*[-–]\s*Tự do|ĐẢNG CỘNG SẢN VIỆT NAM")
_CLOSING = re.compile(r"Nơi\s+nhận\b|NƠI\s+NHẬN\b")
# The last words of a letter or report, which belong to none of its sections.
_FAREWELL = re.compile(
    r"Trên đây là\b|Kính (?:trình|đề nghị|mong)\b|Trân trọng\b|Yêu cầu (?:các|Thủ trưởng)\b|"
    r"(?:Trong )?[Qq]uá trình (?:tổ chức |triển khai )?thực hiện\b|"
    r"(?=.*\./\.$)(?:\w+ ){2,12}(?:thông báo|kính trình|trân trọng|yêu cầu|đề nghị)\b"
)
_CAPACITY = re.compile(r"(?:T\s*/\s*M|TM|KT|K/T|TL|T/L|TUQ|Q)\s*[./]?\s+[A-ZĐ]{2}")
# How much of a line's end tells how it ends; keeps the patterns below linear.
_TAIL = 24
# How much of a line tells whether it is in capitals.
_CAPS_REACH = 400
# A line of a table of contents.
_LEADER = re.compile(r"(?:\.{4,}|…{2,}|_{4,})\s*\d*$")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A whole paragraph or one table row.

    Args:
        pieces: (offset, page): from this offset of the text on it stands on that page.
        order: index of its first raw line, to tell what stands before what.
        gap: a blank line or a page break stands before it.
    """

    text: str
    pieces: tuple[tuple[int, int], ...]
    order: int
    gap: bool = False
    whole: bool = False
    column: Column = ""
    cells: tuple[str, ...] | None = None
    merged: tuple[Merge, ...] = ()
    table: int = 0
    note: str | None = None
    bold: bool = False
    x: float | None = None
    width: float | None = None
    size: float | None = None

    @property
    def page(self) -> int:
        """The page on which it starts."""
        return self.pieces[0][1]


def is_item(text: str) -> bool:
    """Whether a line starts an item of a list: `*`, `-`, `+`, `(1)`, "Một là"."""
    return bool(_ITEM.match(text) or _ORDINAL_ITEM.match(text))


def is_rule(text: str) -> bool:
    """Whether a line is only drawn: "-----", "*", "___"."""
    return bool(_RULE.match(text))


def is_caps(text: str) -> bool:
    """Whether the letters of a line are capitals."""
    letters = [char for char in text[:_CAPS_REACH] if char.isalpha()]
    return len(letters) >= 2 and sum(char.isupper() for char in letters) >= 0.9 * len(letters)


def starts_closing(text: str) -> bool:
    """Whether a line opens the closing block: "Nơi nhận:", "T/M BAN THƯỜNG VỤ", "KT. CHỦ TỊCH"."""
    return bool(_CLOSING.match(text.lstrip("* ")) or (_CAPACITY.match(text) and is_caps(text) and len(text) < 90))


def is_farewell(text: str) -> bool:
    """Whether a paragraph ends a letter or report: "Trên đây là báo cáo …", "Kính trình …"."""
    return bool(_FAREWELL.match(text)) and parse_label(text) is None and not is_item(text)


def is_contents_line(text: str) -> bool:
    """Whether a line belongs to a table of contents or is a form's blank: "1. Mục đích ........ 7"."""
    return bool(_LEADER.search(text[-_TAIL:]))


def is_number_line(text: str) -> bool:
    """Whether a line of the header holds the document's number: "Số 24-BC/HU", "Số:      /BC-UBND"."""
    return len(text) < 70 and bool(_NUMBER_LINE.match(text))


def is_atomic(text: str) -> bool:
    """Whether a line of the header stands for itself: number, place and date, motto."""
    return bool(
        is_rule(text) or (len(text) < 70 and (_NUMBER_LINE.match(text) or _DATE_LINE.match(text))) or _MOTTO.match(text)
    )


def extend(current: Paragraph, following: Paragraph) -> Paragraph:
    """Two lines of one paragraph as one; a space goes between them but at a soft hyphen, a slash or a bracket."""
    first, second = current.text, following.text
    if first.endswith("\u00ad"):
        first, space = first[:-1], ""
    else:
        glued = first.endswith(("/", "“", "(")) or second.startswith((")", ",", ".", ";", "”"))
        space = "" if glued else " "
    pieces = current.pieces
    if following.page != pieces[-1][1]:
        pieces = (*pieces, (len(first) + len(space), following.page))
    return replace(current, text=f"{first}{space}{second}", pieces=pieces)


def as_line(paragraph: Paragraph) -> RawLine:
    """A paragraph as a reader would hand it over."""
    column, cells, table = paragraph.column, paragraph.cells, paragraph.table
    return RawLine(paragraph.text, paragraph.page, True, column, cells, table=table, bold=paragraph.bold)


def starts_lower(text: str) -> bool:
    """Whether the first letter of a line is small."""
    return text.lstrip('“"‘(')[:1].islower()


def is_open(text: str) -> bool:
    """Whether a line leaves its sentence open."""
    return not _ENDS.search(text[-_TAIL:]) and not _LEADER.search(text[-_TAIL:])
