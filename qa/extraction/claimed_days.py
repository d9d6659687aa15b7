"""Days that a question claims, beside those of the place that answers it: the same day on the same side of it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.text import fold
from qa.language.figures import find_years, without_cited_dates
from qa.language.words import has_marks, tokenise

_BOUNDS = frozenset("trước sau từ đến tới hết quá khoảng chậm muộn sớm nhất".split())
_BARE_BOUNDS = frozenset(fold(word) for word in _BOUNDS)
_WITHIN = 6
"""How many words before a day may bound it: "trước 17 giờ 00 phút ngày 05/4"."""
# "4/11 xã" is no day: one has its year, or stands behind "ngày", "đến", "và".
_DAY = re.compile(
    r"(?<![\d/.-])(\d{1,2})(?:\s?[/.-]\s?|\s+thang\s+)(0?[1-9]|1[0-2])(?:\s?[/.-]\s?|\s+nam\s+)(\d{4})(?![\d/])"
    r"|(?:(?<=\bngay )|(?<=\bden )|(?<=\btu )|(?<=\bva ))(\d{1,2})(?:\s?[/.-]\s?|\s+thang\s+)(0?[1-9]|1[0-2])"
    r"(?![\d/%]|,\d)"
)
# "ngày 15-16/7/2021", "ngày 15 và 16/7".
_PARTIAL = re.compile(r"\bngay\s+\d|\b(?:den|va)\s+\d{1,2}/\d|\d\s?[-/.]\s?\d{1,2}\s?[/.-]\s?\d{4}")
NEGATIONS = frozenset("khong chua chang".split())
_CLAUSE = re.compile(r"[,;:.](?=\s)|\n| \| ")
_SENTENCE = re.compile(r"[;.](?=\s)|\n| \| ")


@dataclass(frozen=True, slots=True)
class Day:
    """A day that is named.

    Args:
        year: 0 where none is said.
        bounds: folded words before it that tell the side of it which is meant ("truoc").
    """

    day: int
    month: int
    year: int
    bounds: frozenset[str]

    def same(self, other: Day) -> bool:
        """Whether both are one day, as far as they are said."""
        dated = (self.day, self.month) == (other.day, other.month)
        return dated and (self.year == other.year or 0 in (self.year, other.year))


def days(text: str) -> list[Day]:
    """The days of a text in their order."""
    found: list[Day] = []
    last = 0
    for m in _DAY.finditer(fold(text)):
        bounds = _bounds(_CLAUSE.split(text[last : m.start()])[-1], has_marks(text))
        found.append(Day(int(m[1] or m[4]), int(m[2] or m[5]), int(m[3] or 0), bounds))
        last = m.end()
    return found


def _bounds(before: str, marked: bool) -> frozenset[str]:
    words = _BOUNDS if marked else _BARE_BOUNDS
    return frozenset(token.folded for token in tokenise(before)[-_WITHIN:] if token.exact in words)


def sided(asked: str, said: str, issued_on: str) -> bool:
    """Whether each day that is claimed beside a figure stands in the place on the same side, or dates the document."""
    known = days(said)
    return all(
        any(day.same(other) and day.bounds == other.bounds for other in known)
        or (not day.bounds and issued_on.endswith(f"-{day.month:02d}-{day.day:02d}"))
        for day in days(without_cited_dates(asked))
    )


def agreed(asked: str, wanted: frozenset[str], said: str, issued_on: str) -> bool | None:
    """Whether the days that a question claims are those of the place; None where that is not sure.

    Args:
        wanted: the words of the question.
    """
    claimed, known = days(without_cited_dates(asked)), days(said)
    dates_documents = len(days(without_cited_dates(said))) != len(known)
    if not claimed or len(claimed) != len(known) or dates_documents or _PARTIAL.search(_without_days(said)):
        return None
    if not _in_one_sentence(wanted, said):
        return None
    if all(any(day.same(other) and day.bounds == other.bounds for other in known) for day in claimed):
        years = {year for _, _, year in find_years(asked)}
        return True if not years or all(day.year in years for day in known) else None
    (day, *more), (other, *_) = claimed, known
    issued = issued_on.endswith(f"-{day.month:02d}-{day.day:02d}")
    plain = not (more or day.bounds or other.bounds or issued or _PARTIAL.search(_without_days(asked)))
    return False if plain and not day.same(other) else None


def _without_days(text: str) -> str:
    return _DAY.sub(" ", fold(text))


def _in_one_sentence(wanted: frozenset[str], said: str) -> bool:
    """Whether the sentence of the days holds all words of the question that stand in the place, and denies nothing."""
    dated = {token.folded for piece in _SENTENCE.split(said) if days(piece) for token in tokenise(piece)}
    return not NEGATIONS & dated and wanted & {token.folded for token in tokenise(said)} <= dated
