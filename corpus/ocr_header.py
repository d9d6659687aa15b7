"""The number and the date of a scan's header: what OCR surely read stays, the rest is read anew or left out.

Handwritten numbers of scans here were misread by tesseract with confidence up to 93 ("115" as "445"); printed ones have
95 and more alone and 90 and more together with their symbol ("3722/VPCP-CN").
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median

from corpus.ocr_words import Box, Word, rows_of

SURE = 95.0
_SURE_JOINED = 88.0
# A reading of tesseract that another reader may complete, but not contradict.
_HEARD = 90.0
# Share of the page's height in which the header stands.
_HEADER = 0.45

_NUMBER = re.compile(
    r"^(?:\S{1,2}\s)?\W*S[ốôóồỗọoỐÔÓO0](?!\w)[\s:;.]*(?P<number>.*?)\s*[/-]\s*(?P<symbol>(?:\d{4}\s*/\s*)?[A-ZĐÐ][\w-])"
)
# A place, a comma and nothing after the year: dates in sentences are not the document's own.
_DATE = re.compile(
    r"[A-ZĐ][\w.\- ]{2,30}[,.] *(?P<from>ng[àa]y)(?P<day>.{0,12}?)(?P<between>th[áa]ng)(?P<month>.{0,12}?)"
    r"(?P<to>n[ăa]m).{0,8}$",
    re.IGNORECASE,
)
_PRINTED = re.compile(r"[^\W\d_]{2,}[:.,]?")

Reread = Callable[[Box], str]
# Name of a blank, box of the printed letters on its line, first letters of the symbol → its digits, or None.
Fill = Callable[[str, Box, str], str | None]


@dataclass(frozen=True, slots=True)
class Header:
    """The words of a page with its header checked.

    Args:
        words: all words of the page.
        emptied: a number or date was unsure and was left out.
        filled: a number or date was read anew; people should check it.
    """

    words: tuple[Word, ...]
    emptied: bool = False
    filled: bool = False


@dataclass(frozen=True, slots=True)
class _Blank:
    """A part of a row's text that is empty or cannot be believed; places in characters.

    Args:
        seen: what tesseract read there.
        around: from the printed word before it to the one behind it.
    """

    name: str
    seen: str
    start: int
    stop: int
    around: tuple[int, int]
    symbol: str = ""


def check_header(words: Sequence[Word], height: int, reread: Reread, fill: Fill) -> Header:
    """The words with the header's number, day and month as far as they are sure.

    Args:
        words: as tesseract saw them.
        height: of the page, in pixels.
        reread: reads a part of the page again, enlarged; a number must be read the same way twice.
        fill: reads digits that were written into a blank.
    """
    result: list[Word] = []
    emptied = filled = False
    for row in rows_of(words):
        if row[0].top < _HEADER * height:
            blanks = list(_blanks(row, reread))
            values = [_value(row, blank, fill) for blank in blanks]
            filled = filled or any(values)
            emptied = emptied or any(blank.seen and not value for blank, value in zip(blanks, values, strict=True))
            row = _with_values(row, blanks, values)
        result += row
    return Header(tuple(result), emptied, filled)


def _blanks(row: list[Word], reread: Reread) -> Iterator[_Blank]:
    text = " ".join(word.text for word in row)
    if (match := _NUMBER.match(text)) and not _is_sure_number(row, match, reread):
        yield _Blank("number", match["number"].strip(), *match.span("number"), match.span(), match["symbol"])
    if match := _DATE.search(text):
        for name, most, first, last in (("day", 31, "from", "between"), ("month", 12, "between", "to")):
            if not _is_sure_date(row, match, name, most):
                yield _Blank(name, match[name].strip(" .,…_"), *match.span(name), (match.start(first), match.end(last)))


def _is_sure_number(row: list[Word], match: re.Match[str], reread: Reread) -> bool:
    number = match["number"].strip()
    if not re.fullmatch(r"\d{1,5}[a-zA-Z]?(?:\s*\+\s*\d{1,5})*", number):
        return False
    parts = _overlapping(row, *match.span("number"))
    joined = any(not re.fullmatch(r"[\d\W]+", word.text) for word in parts)
    if min(word.confidence for word in parts) < (_SURE_JOINED if joined else SURE):
        return False
    return re.sub(r"\s", "", number) in re.sub(r"\s", "", reread(_box(parts)))


def _is_sure_date(row: list[Word], match: re.Match[str], name: str, most: int) -> bool:
    value = match[name].strip(" .,…_")
    parts = [word for word in _overlapping(row, *match.span(name)) if any(char.isdigit() for char in word.text)]
    if not value.isdigit() or not parts or not 0 < int(value) <= most:
        return False
    return min(word.confidence for word in parts) >= SURE - 2


def _value(row: list[Word], blank: _Blank, fill: Fill) -> str | None:
    """The digits of a blank, unless tesseract is fairly sure of others."""
    around = _overlapping(row, *blank.around)
    left, _, right, _ = _box(around, 0)
    letters = _letters(around) or _letters(row) or around
    top, bottom = median(word.top for word in letters), median(word.top + word.height for word in letters)
    value = fill(blank.name, (left, round(top), right, round(bottom)), blank.symbol)
    heard = [word for word in _overlapping(row, blank.start, blank.stop) if word.confidence >= _HEARD]
    return None if any(word.text.isdigit() and word.text != value for word in heard) else value


def _letters(words: Sequence[Word]) -> list[Word]:
    """Printed words that are as high as a line: "ngày", not "năm"."""
    return [word for word in words if _PRINTED.fullmatch(word.text) and re.search(r"[ghklty]|^[A-ZĐ]", word.text)]


def _overlapping(row: list[Word], start: int, stop: int) -> list[Word]:
    """Words of which a character stands in [start, stop) of the row's text."""
    found = []
    place = 0
    for word in row:
        if place < stop and place + len(word.text) > start:
            found.append(word)
        place += len(word.text) + 1
    return found


def _with_values(row: list[Word], blanks: Sequence[_Blank], values: Sequence[str | None]) -> list[Word]:
    """The row with the values in place of what stood in the blanks."""
    for blank, value in sorted(zip(blanks, values, strict=True), key=lambda pair: -pair[0].start):
        before, after = _parted(row, blank.start, blank.stop)
        row = [*before, *([_written(value, before[-1], after[0])] if value else []), *after]
    return row


def _parted(row: list[Word], start: int, stop: int) -> tuple[list[Word], list[Word]]:
    """The words and parts of words before and behind [start, stop) of the row's text; never empty here."""
    before: list[Word] = []
    after: list[Word] = []
    place = 0
    for word in row:
        size = len(word.text)
        head, tail = min(size, max(0, start - place)), min(size, max(0, stop - place))
        before += [_part(word, 0, head)] if head else []
        after += [_part(word, tail, size)] if tail < size else []
        place += size + 1
    return before, after


def _part(word: Word, start: int, stop: int) -> Word:
    size = len(word.text)
    left, right = (word.left + word.width * place // size for place in (start, stop))
    return replace(word, text=word.text[start:stop], left=left, width=right - left)


def _written(value: str, before: Word, after: Word) -> Word:
    """A word between two others, apart from both: a number that was filled in."""
    left = before.left + before.width + before.height // 5
    width = min(after.left - left - before.height // 5, before.height * len(value) // 2)
    return replace(before, text=value, left=left, width=max(width, 1))


def _box(words: Sequence[Word], margin: int = 10) -> Box:
    """Left, top, right, bottom of the words."""
    return (
        min(word.left for word in words) - margin,
        min(word.top for word in words) - margin,
        max(word.left + word.width for word in words) + margin,
        max(word.top + word.height for word in words) + margin,
    )
