"""Words as tesseract saw them, and what of them may be believed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

# Confidences (0..100): rows below the first were seals and handwriting here, short words at the ends of rows below the
# second were specks and the edges of stamps. A word inside of a row is kept, however unsure: its neighbours need it.
_ROW_LEAST = 45.0
_EDGE_LEAST = 35.0
Box = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Word:
    """A word as tesseract saw it; pixels; `row` is the same for words of one line."""

    text: str
    left: int
    top: int
    width: int
    height: int
    confidence: float
    row: tuple[int, int, int]


def without_specks(words: Sequence[Word]) -> list[Word]:
    """Without rows and ends of rows that are no words."""
    kept: list[Word] = []
    for row in rows_of(words):
        letters = sum(len(word.text) for word in row)
        if sum(word.confidence * len(word.text) for word in row) < _ROW_LEAST * letters:
            continue
        while row and _is_speck(row[0]):
            row.pop(0)
        while row and _is_speck(row[-1]):
            row.pop()
        kept += [word for word in row if word.confidence >= 15 or len(word.text) > 1 or word.text.isdigit()]
    return kept


def rows_of(words: Sequence[Word]) -> list[list[Word]]:
    """Words of the same row together."""
    return [list(row) for _, row in groupby(words, key=lambda word: word.row)]


def _is_speck(word: Word) -> bool:
    letters = sum(char.isalnum() for char in word.text)
    return (letters == 0 and word.text not in "-–+*") or (letters <= 2 and word.confidence < _EDGE_LEAST)


def without_damaged(words: Sequence[Word], seals: Sequence[Box]) -> list[Word]:
    """Without what a black seal has eaten into: half a name ("anh Cường") must not be taken for a whole one."""
    return [word for row in rows_of(words) for word in _whole(row, seals)] if seals else list(words)


def _whole(row: list[Word], seals: Sequence[Box]) -> list[Word]:
    hit = [any(_touches(word, seal) for seal in seals) for word in row]
    if not any(hit):
        return row
    middle = min((seal[1] + seal[3]) / 2 for seal in seals)
    if row[0].top < middle:  # titles stand above the seal's middle, and are long enough to survive a lost word
        return [word for word, bad in zip(row, hit, strict=True) if not bad or word.confidence >= 50]
    for index in [*range(len(row)), *range(len(row) - 1, -1, -1)]:
        near = [other for other in (index - 1, index + 1) if 0 <= other < len(row)]
        hit[index] = hit[index] or any(hit[other] and _adjoin(row[index], row[other]) for other in near)
    return [word for word, bad in zip(row, hit, strict=True) if not bad]


def _touches(word: Word, seal: Box, margin: int = 12) -> bool:
    left, top, right, bottom = seal
    across = word.left < right + margin and word.left + word.width > left - margin
    return across and word.top < bottom + margin and word.top + word.height > top - margin


def _adjoin(one: Word, other: Word) -> bool:
    gap = max(one.left - other.left - other.width, other.left - one.left - one.width)
    return gap < 1.2 * max(one.height, other.height)
