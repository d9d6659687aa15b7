"""Numbers in words, as laws write them: "hai phần ba tổng số thành viên", "từ hai mươi ba đến ba mươi bảy người"."""

from __future__ import annotations

import re

from corpus.text import fold
from qa.language.figures import Figure

_ONES = {
    "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5, "nhăm": 5, "sáu": 6, "bảy": 7,
    "bẩy": 7, "tám": 8, "chín": 9,
}  # fmt: skip
_ONE = "một|hai|ba|bốn|năm|sáu|bảy|bẩy|tám|chín"
_TENS = rf"(?:{_ONE})\s+mươi(?:\s+(?:mốt|tư|lăm|nhăm|{_ONE}))?|mười(?:\s+(?:lăm|{_ONE}))?"
_WORDS = rf"(?:(?:{_ONE})\s+trăm(?:\s+(?:{_TENS}|linh\s+(?:tư|{_ONE})))?|{_TENS}|{_ONE})"
# One word alone may be no count: "một số", "năm nay"; behind such a word it is one.
_COUNTS = re.compile(
    r"(?:ít nhất|tối thiểu|tối đa|không quá|không dưới|gồm|có|từ|đến|hoặc)\s+(?:có\s+)?$", re.IGNORECASE
)
_SPELLED = re.compile(
    rf"(?<!\w)({_WORDS})(?:\s+phần\s+(tư|{_WORDS})(?:\s+(?:tổng\s+)?số\b)?)?(?!\w)"
    rf"(?:(?=(?:\s+đến\s+{_WORDS})?\s+([^\W\d_]+(?:\s+[^\W\d_]+)?)))?",
    re.IGNORECASE,
)
_NO_NOUNS = frozenset(
    "số phần trong vài loạt bên cách nay sau trước học tới qua là và mươi trăm nghìn triệu tỷ".split()
)


def find_spelled(text: str) -> list[Figure]:
    """Numbers in words that count something; a fraction has its value as "2/3"."""
    found: list[Figure] = []
    for match in _SPELLED.finditer(text):
        if _REPEATS.search(text, max(0, match.start() - _BEFORE), match.start()) and text[match.end() :][:1] == ")":
            continue
        noun = (match[3] or "").lower()
        if match[2] is None and " " not in match[1] and not _is_count(text, match, noun, found):
            continue
        value = str(_value(match[1])) + (f"/{_value(match[2])}" if match[2] else "")
        unit = "%" if noun.startswith("phần trăm") else fold(noun)
        found.append(Figure(match.start(), match.end(), value, unit))
    return found


def _is_count(text: str, match: re.Match[str], noun: str, found: list[Figure]) -> bool:
    """Whether a single word counts: behind "ít nhất", "gồm", or as the other end of a span of numbers."""
    if not noun or noun.split()[0] in _NO_NOUNS:
        return False
    if noun.split()[0] in _TIMES:
        # "thứ hai ngày 5", "tháng ba năm 2020" and "năm ngày" may count nothing; "một ngày" is any.
        named = _NAMES_TIME.search(text, max(0, match.start() - _BEFORE), match.start())
        return not (named or _DATED.match(text, match.end())) and match[1].lower() not in ("một", "năm")
    before = _COUNTS.search(text, max(0, match.start() - _BEFORE), match.start())
    if before is None:
        return False
    # "đến năm hai nghìn" is a year: five stands only behind another number.
    return match[1].lower() != "năm" or bool(found and text[found[-1].end : match.start()].strip() == "đến")


_BEFORE = 20
_TIMES = frozenset("năm tháng tuần ngày giờ".split())
_NAMES_TIME = re.compile(r"(?<!\w)(?:thứ|tháng|ngày|quý|khóa|khoá|kỳ)\s+$", re.IGNORECASE)
_DATED = re.compile(r"\s+(?:ngày|tháng|năm)\s+\d")
# "20 (hai mươi) ngày" says one number twice.
_REPEATS = re.compile(r"\d\s?\($")


def _value(words: str) -> int:
    total = 0
    for word in words.lower().split():
        if word in ("mươi", "trăm"):
            total *= 10 if word == "mươi" else 100
        elif word == "mười":
            total += 10
        else:
            total += _ONES.get(word, 0)
    return total
