"""What only stands side by side, by a table or by tabs: issuer beside motto, recipients beside signer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.document import Column, Merge, RawLine
from corpus.text import normalise

_HEAD = re.compile(r"CỘNG H(?:ÒA|OÀ) XÃ HỘI CHỦ NGHĨA|ĐẢNG CỘNG SẢN VIỆT NAM|ĐỘC LẬP\s*[-–—]\s*TỰ DO")
_NUMBER = re.compile(r"SỐ\s*:?\s*[\d.…/ ]")
_DATE = re.compile(r"NGÀY.{0,12}THÁNG.{0,12}NĂM")
_DATE_LINE = re.compile(r"[^,]{1,40},\s*NGÀY.{0,12}THÁNG.{0,12}NĂM.{0,8}$")
_RECIPIENTS = re.compile(r"NƠI NHẬN\b")
_SIGNER = re.compile(
    r"(?:T/M|TM|KT|K/T|TL|T/L|TUQ|Q)\s*[./]\s*[A-ZĐ]|"
    r"(?:PHÓ )?(?:CHỦ TỊCH|BÍ THƯ|GIÁM ĐỐC|THỦ TƯỚNG|BỘ TRƯỞNG|TRƯỞNG \w+|CHÁNH \w+|CHỦ NHIỆM|TỔNG BÍ THƯ|THỨ TRƯỞNG)"
)
# Where a form is to be signed: "(Ký và ghi rõ họ và tên)", "(chữ ký)".
_SIGN_HERE = re.compile(r"\((?:chữ )?ký\b", re.IGNORECASE)
_MAX_ROWS = 8
GAP = "\t"  # how readers hand over a tab, or a run of blanks that stands for one
_BLANKS = re.compile(r" *\t[ \t]*| +")
# Room for the clerk's number and the day: "Số:       /BC-UBND", "ngày      tháng 4".
_LEFT_OPEN = re.compile(
    r"(?<=số)\t|(?<=số:)\t|\t(?=/)|(?<=ngày)\t|(?<=tháng)\t|\t(?=tháng\b)|\t(?=năm \d)", re.IGNORECASE
)
_HEAD_LINES = 15
_CLOSING_LINES = 30
_LONG = 150


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell: its lines, how many grid columns it covers, and whether the cell above reaches down into it."""

    lines: tuple[RawLine, ...]
    width: int = 1
    covered: bool = False

    @property
    def text(self) -> str:
        """The words in one line."""
        return " ".join(line.text for line in self.lines)

    @property
    def merged(self) -> tuple[Merge, ...]:
        """What `RawLine.merged` says of the grid columns that it covers."""
        below: list[Merge] = ["up"]
        beside: list[Merge] = ["left"]
        return tuple(below * self.width) if self.covered else ("", *beside * (self.width - 1))


def columns_of(rows: Sequence[Sequence[Cell]]) -> list[tuple[Column, RawLine]] | None:
    """The lines of a letterhead or signature table with the side that they stand on; None for any other table."""
    filled = [[(at, cell) for at, cell in _placed(row) if cell.lines] for row in rows]
    filled = [row for row in filled if row]
    if not filled or len(filled) > _MAX_ROWS or any(len(row) > 2 for row in filled):
        return None
    if not (_is_head(filled) or _is_signature(filled)):
        return None
    middle = max(sum(cell.width for cell in row) for row in rows) / 2
    found: list[tuple[Column, RawLine]] = []
    for row in filled:
        for order, (at, cell) in enumerate(row):
            side: Column = "right" if (order == 1 if len(row) == 2 else at >= middle) else "left"
            found += [(side, line) for line in cell.lines]
    return sorted(found, key=lambda item: item[0])  # all of the left side, then all of the right


def _placed(row: Sequence[Cell]) -> list[tuple[int, Cell]]:
    placed = []
    at = 0
    for cell in row:
        placed.append((at, cell))
        at += cell.width
    return placed


def _texts(rows: Sequence[Sequence[tuple[int, Cell]]]) -> list[str]:
    return [line.text.upper() for row in rows for _, cell in row for line in cell.lines]


def _is_head(rows: Sequence[Sequence[tuple[int, Cell]]]) -> bool:
    texts = _texts(rows)
    if any(_HEAD.match(text) for text in texts):
        return True
    return any(_NUMBER.match(text) for text in texts) and any(_DATE.search(text) and len(text) < 60 for text in texts)


def _is_signature(rows: Sequence[Sequence[tuple[int, Cell]]]) -> bool:
    texts = _texts(rows)
    if any(_RECIPIENTS.match(text) for text in texts):
        return True
    lines = [line.text for row in rows for _, cell in row for line in cell.lines]
    short = all(len(line) < 80 for line in lines) and len(lines) <= 12
    if not short:
        return False
    signed = all(any(_SIGN_HERE.search(line.text) for line in cell.lines) for row in rows for _, cell in row)
    return signed or any(_SIGNER.match(line) and line.isupper() for line in lines)


def with_gaps(text: str) -> str:
    """One line in normal form with single blanks; a tab, or a run of blanks that stands for one, is a gap."""
    text = GAP.join(normalise(part) for part in text.split(GAP))
    text = _BLANKS.sub(lambda match: GAP if len(match[0]) > 4 or GAP in match[0] else " ", text).strip(" ")
    return _LEFT_OPEN.sub(" ", text)


def split_gaps(lines: Sequence[RawLine]) -> list[RawLine]:
    """Lines whose tabs set a letterhead or a signature in two columns, divided; elsewhere a tab is a blank."""
    found: list[RawLine] = []
    done = 0
    for start, end in _runs(lines):
        found += [_plain(line) for line in lines[done:start]]
        sides = [side for line in lines[start:end] for side in _sides(line)]
        found += sorted(sides, key=lambda line: line.column)  # "left" before "right"
        done = end
    return found + [_plain(line) for line in lines[done:]]


def _runs(lines: Sequence[RawLine]) -> Iterator[tuple[int, int]]:
    """Ranges of lines in two columns: the letterhead at the top, and what follows "Nơi nhận"."""
    top = [at for at, line in enumerate(lines[: 2 * _HEAD_LINES]) if _is_open(line)][:_HEAD_LINES]
    gaps = [at for at in top if GAP in lines[at].text.strip() and _head_part(lines[at])]
    head_end = 0
    if gaps:
        head_end = gaps[-1] + 1
        yield gaps[0], head_end
    at = head_end
    while at < len(lines):
        if _is_open(lines[at]) and _RECIPIENTS.match(lines[at].text.strip().upper()):
            end = at
            while end < min(len(lines), at + _CLOSING_LINES) and _is_open(lines[end]) and len(lines[end].text) < _LONG:
                end += 1
            last = max((k + 1 for k in range(at, end) if GAP in lines[k].text), default=at)
            if last > at:
                yield at, last
            at = max(end, at + 1)
        else:
            at += 1


def _is_open(line: RawLine) -> bool:
    return not line.column and line.cells is None and line.note is None


def _head_part(line: RawLine) -> bool:
    parts = [part.strip().upper() for part in line.text.split(GAP) if part.strip()]
    return len(parts) == 2 and any(_HEAD.match(part) or _DATE_LINE.match(part) for part in parts)


def _sides(line: RawLine) -> Iterator[RawLine]:
    parts = [part.strip() for part in line.text.split(GAP) if part.strip()]
    if not parts:
        yield replace(line, text="")
    elif len(parts) == 1:
        side: Column = "right" if line.text.startswith(GAP) else "left"
        yield replace(line, text=parts[0], column=side, whole=True)
    else:
        yield replace(line, text=parts[0], column="left", whole=True)
        yield replace(line, text=" ".join(parts[1:]), column="right", whole=True)


def _plain(line: RawLine) -> RawLine:
    if GAP not in line.text:
        return line
    return replace(line, text=" ".join(part.strip() for part in line.text.split(GAP) if part.strip()))
