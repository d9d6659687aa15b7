"""Numbers that a text gives as the ends of a span: "từ 04 đến 08 người" is said of five people."""

from __future__ import annotations

import re

from corpus.text import fold
from qa.language.figures import Figure, measure
from qa.language.words import numeral

_NUMBER = r"\d+(?:[.,]\d+)*"
_SPAN = re.compile(
    rf"\b(từ|trên)\s+({_NUMBER})(?:\s+([^\W\d_]+)(?:\s+[^\W\d_]+)?)?\s+đến\s+(dưới\s+)?({_NUMBER})\s*([^\W\d_]+|%)?",
    re.IGNORECASE,
)
_FROM = re.compile(rf"\b(từ)\s+({_NUMBER})\s*([^\W\d_]+|%)(?:\s+[^\W\d_]+){{0,2}}?\s+trở lên", re.IGNORECASE)
_TIMES = frozenset("nam thang ngay tuan gio phut".split())


def spans_figure(text: str, figure: Figure) -> bool:
    """Whether a span of numbers in a text holds a figure of the same unit."""
    value = _float(figure.value)
    for match in _SPAN.finditer(text):
        low, high = _float(numeral(match[2])), _float(numeral(match[5]))
        above = low < value if fold(match[1]) == "tren" else low <= value
        below = value < high if match[4] else value <= high
        if above and below and _same_unit(figure.unit, match[6] or match[3] or ""):
            return True
    return any(
        _float(numeral(match[2])) <= value and _same_unit(figure.unit, match[3]) for match in _FROM.finditer(text)
    )


def _same_unit(asked: str, said: str) -> bool:
    """Whether two units may be one: people are called by many nouns, days are no months."""
    first, second = asked.partition(" ")[0], fold(said)
    return first == second or not any(measure(unit) or unit in _TIMES for unit in (first, second))


def _float(value: str) -> float:
    try:
        return float(value.replace(",", "."))
    except ValueError:
        return -1.0
