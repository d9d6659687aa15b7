"""Tables that only place things side by side: issuer beside motto, recipients beside signer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.document import Column, RawLine

_HEAD = re.compile(r"CỘNG H(?:ÒA|OÀ) XÃ HỘI CHỦ NGHĨA|ĐẢNG CỘNG SẢN VIỆT NAM|ĐỘC LẬP\s*[-–—]\s*TỰ DO")
_NUMBER = re.compile(r"SỐ\s*:?\s*[\d.…/ ]")
_DATE = re.compile(r"NGÀY.{0,12}THÁNG.{0,12}NĂM")
_RECIPIENTS = re.compile(r"NƠI NHẬN\b")
_SIGNER = re.compile(
    r"(?:T/M|TM|KT|K/T|TL|T/L|TUQ|Q)\s*[./]\s*[A-ZĐ]|"
    r"(?:PHÓ )?(?:CHỦ TỊCH|BÍ THƯ|GIÁM ĐỐC|THỦ TƯỚNG|BỘ TRƯỞNG|TRƯỞNG \w+|CHÁNH \w+|CHỦ NHIỆM|TỔNG BÍ THƯ|THỨ TRƯỞNG)"
)
_MAX_ROWS = 8


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell: its lines, and how many grid columns it covers."""

    lines: tuple[RawLine, ...]
    width: int = 1

    @property
    def text(self) -> str:
        """The words in one line."""
        return " ".join(line.text for line in self.lines)


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
    if any(_HEAD.search(text) for text in texts):
        return True
    return any(_NUMBER.match(text) for text in texts) and any(_DATE.search(text) and len(text) < 60 for text in texts)


def _is_signature(rows: Sequence[Sequence[tuple[int, Cell]]]) -> bool:
    texts = _texts(rows)
    if any(_RECIPIENTS.match(text) for text in texts):
        return True
    lines = [line.text for row in rows for _, cell in row for line in cell.lines]
    short = all(len(line) < 80 for line in lines) and len(lines) <= 12
    return short and any(_SIGNER.match(line) and line.isupper() for line in lines)
