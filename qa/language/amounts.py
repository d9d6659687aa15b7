"""Amounts as verification reads them: every run of digits with the letters glued to it, its whole unit, its noun.

Nothing that looks like a figure is passed over here: an amount that is read too narrowly is a claim left unchecked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from corpus.numbers import find_numbers
from corpus.text import fold
from qa.language.figures import blank_markers, find_dates, find_years
from qa.language.words import STOP_EXACT, numeral

_DIGITS = re.compile(r"(?<![mM](?=[23](?!\d)))\d+(?:[.,]\d+)*")
_GLUED = re.compile(r"(?:[^\W\d_]+-?)$")
_SCALE = r"nghìn|ngàn|triệu(?!\s+chứng)|tỷ(?!\s+(?:lệ|trọng|suất))|tỉ(?!\s+(?:lệ|trọng|suất))"
_CURRENCY = r"đồng(?!\s+(?:chí|bào|thời|hồ|dân|đội))|vnđ|vnd|đ|usd|euro"
_MEASURE = r"%|ha|km²|km2|m²|m2|m³|m3|km|kg|tấn|tạ|lít|mm|cm|m|kwh|mw"
_CHAIN = re.compile(
    rf"\s*((?:(?:{_SCALE})(?!\w)\s*)*)((?:{_CURRENCY}|{_MEASURE})(?!\w))?((?:\s?/\s?[^\W\d_]+)*)", re.IGNORECASE
)
_NOUN = re.compile(r"\s*([^\W\d_]+)")
_SAME = {
    "m2": "m²", "m3": "m³", "km2": "km²", "ti": "ty", "ngan": "nghin", "d": "dong", "vnd": "dong",
}  # fmt: skip
_SCALES = frozenset(("nghin", "trieu", "ty"))


@dataclass(frozen=True, slots=True)
class Amount:
    """A number of a text.

    Args:
        value: in one spelling.
        unit: the whole chain of units, folded ("nghin ty dong", "tan/ha"); "" where none stands behind it.
        noun: the word behind it ("xa"), folded; "" where there is none that says something.
        glued: letters right before it ("x", "covid-"), folded.
        plain: written as digits alone, as years are.
    """

    value: str
    unit: str = ""
    noun: str = ""
    glued: str = ""
    plain: bool = True


def find_amounts(text: str) -> list[Amount]:
    """Every run of digits that is no part of a date, a year, a document number or a footnote marker."""
    text = blank_markers(text.replace("**", ""))
    taken = [(start, end) for start, end, _ in (*find_numbers(text), *find_dates(text), *find_years(text))]
    return [
        _amount(text, match)
        for match in _DIGITS.finditer(text)
        if not any(match.start() < end and start < match.end() for start, end in taken)
    ]


def _amount(text: str, match: re.Match[str]) -> Amount:
    glued = _GLUED.search(text, max(0, match.start() - 12), match.start())
    chain = _CHAIN.match(text, match.end())
    unit = _unit(chain) if chain else ""
    behind = _NOUN.match(text, chain.end() if chain and unit else match.end())
    noun = fold(behind[1]) if behind and behind[1].lower() not in STOP_EXACT else ""
    return Amount(numeral(match.group()), unit, noun, fold(glued.group()) if glued else "", match.group().isdigit())


def _unit(chain: re.Match[str]) -> str:
    words = [_SAME.get(word, word) for word in fold(f"{chain[1]} {chain[2] or ''}").split()]
    return " ".join(words) + re.sub(r"\s", "", fold(chain[3] or ""))


def holds_amount(claim: Amount, known: Iterable[Amount], years: Iterable[int]) -> bool:
    """Whether a source says the amount: the same value, in the same unit, of no other thing.

    A bare number needs only the value, unless a noun follows it and the source has the value in units of measure
    alone; a year bears out bare digits alone.
    """
    same = [other for other in known if other.value == claim.value and other.glued == claim.glued]
    if claim.unit:
        return any(_same_unit(claim, other) for other in same)
    if same:
        return not claim.noun or any(not other.unit for other in same)
    return claim.plain and not claim.noun and not claim.glued and claim.value in {str(year) for year in years}


def _same_unit(claim: Amount, other: Amount) -> bool:
    """The same chain; the word "đồng" may be left out behind "tỷ" where no other noun takes its place."""
    if claim.unit == other.unit:
        counted = claim.unit.rpartition(" ")[2] in _SCALES
        return not counted or not claim.noun or not other.noun or claim.noun == other.noun
    if claim.unit == f"{other.unit} dong":
        return other.unit.rpartition(" ")[2] in _SCALES and not other.noun
    if other.unit == f"{claim.unit} dong":
        return claim.unit.rpartition(" ")[2] in _SCALES and not claim.noun
    return False
