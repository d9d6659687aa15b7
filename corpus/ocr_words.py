"""Words as tesseract saw them, and what of them may be believed."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

# Confidences (0..100): rows below the first were seals and handwriting here, short words at the ends of rows below the
# second were specks and the edges of stamps. A word inside of a row is kept, however unsure: its neighbours need it.
_ROW_LEAST = 45.0
_EDGE_LEAST = 35.0
# Handwritten numbers of scans here were misread with confidence up to 93 ("115" as "445"); printed ones have 95 and
# more alone and 90 and more together with their symbol ("3722/VPCP-CN").
SURE = 95.0
_SURE_JOINED = 88.0
# Share of the page's height in which the header stands.
_HEADER = 0.45

_NUMBER = re.compile(
    r"^(?:\S{1,2}\s)?\W*S[ốôóồỗọoỐÔÓO0](?!\w)[\s:;.]*(?P<number>.*?)\s*[/-]\s*(?:\d{4}\s*/\s*)?[A-ZĐÐ][\w-]"
)
# A place, a comma and nothing after the year: dates in sentences are not the document's own.
_DATE = re.compile(
    r"[A-ZĐ][\w.\- ]{2,30}[,.] *ng[àa]y(?P<day>.{0,12}?)th[áa]ng(?P<month>.{0,12}?)n[ăa]m.{0,8}$", re.IGNORECASE
)

Box = tuple[int, int, int, int]
Reread = Callable[[Box], str]


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


def without_guesses(words: Sequence[Word], height: int, reread: Reread) -> tuple[list[Word], bool]:
    """The header's number, day and month emptied where they are handwriting or unsure; whether any was.

    Args:
        height: of the page, in pixels.
        reread: reads a part of the page again, enlarged; a number must be read the same way twice.
    """
    result: list[Word] = []
    emptied = False
    for row in rows_of(words):
        if row[0].top < _HEADER * height:
            fresh = _checked(row, reread)
            emptied = emptied or fresh != row
            row = fresh
        result += row
    return result, emptied


def _checked(row: list[Word], reread: Reread) -> list[Word]:
    text = " ".join(word.text for word in row)
    doubtful: list[tuple[int, int]] = []
    if (match := _NUMBER.match(text)) and not _is_sure_number(row, match, reread):
        doubtful.append(match.span("number"))
    if match := _DATE.search(text):
        for name, most in (("day", 31), ("month", 12)):
            if not _is_sure_date(row, match, name, most):
                doubtful.append(match.span(name))
    return _without(row, doubtful)


def _is_sure_number(row: list[Word], match: re.Match[str], reread: Reread) -> bool:
    number = match["number"].strip()
    if not number:
        return True
    if not re.fullmatch(r"\d{1,5}[a-zA-Z]?(?:\s*\+\s*\d{1,5})*", number):
        return False
    parts = _overlapping(row, *match.span("number"))
    joined = any(not re.fullmatch(r"[\d\W]+", word.text) for word in parts)
    if min(word.confidence for word in parts) < (_SURE_JOINED if joined else SURE):
        return False
    return re.sub(r"\s", "", number) in re.sub(r"\s", "", reread(_box(parts)))


def _is_sure_date(row: list[Word], match: re.Match[str], name: str, most: int) -> bool:
    value = match[name].strip(" .,…_")
    if not value:
        return True
    parts = [word for word in _overlapping(row, *match.span(name)) if any(char.isdigit() for char in word.text)]
    if not value.isdigit() or not parts or not 0 < int(value) <= most:
        return False
    return min(word.confidence for word in parts) >= SURE - 2


def _overlapping(row: list[Word], start: int, stop: int) -> list[Word]:
    """Words of which a character stands in [start, stop) of the row's text."""
    found = []
    place = 0
    for word in row:
        if place < stop and place + len(word.text) > start:
            found.append(word)
        place += len(word.text) + 1
    return found


def _without(row: list[Word], spans: Sequence[tuple[int, int]]) -> list[Word]:
    result = []
    place = 0
    for word in row:
        kept = [
            char
            for index, char in enumerate(word.text, place)
            if not any(start <= index < stop for start, stop in spans)
        ]
        if kept:
            result.append(replace(word, text="".join(kept)) if len(kept) < len(word.text) else word)
        place += len(word.text) + 1
    return result


def _box(words: Sequence[Word]) -> Box:
    """Left, top, right, bottom of the words, with a margin."""
    return (
        min(word.left for word in words) - 8,
        min(word.top for word in words) - 12,
        max(word.left + word.width for word in words) + 8,
        max(word.top + word.height for word in words) + 12,
    )
