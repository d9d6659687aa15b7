"""Vietnamese sentence boundaries."""

from __future__ import annotations

import re
from collections import Counter

Range = tuple[int, int]

# The look-behind and the possessive repeats keep long runs of dots linear.
_END = re.compile(r"(?<![.!?…])[.!?…]++[\"”’»)\]]*+[⁰¹²³⁴-⁹]*+(?=\s)|\n")
_CLAUSE = re.compile(r";[\"”’)\]]*[⁰¹²³⁴-⁹]*(?=\s)")
_OPENING = "“\"‘(['*+-–— "
_BEFORE = re.compile(r"[\w.&-]*$")
_LABEL = re.compile(r"(?:\d+(?:\.\d+)*|[IVXLC]+|[A-ZĐ]|[a-zđ]|(?:Điều|Chương|Mục|Phần|Khoản)\s+\w+)\.$")
_ABBREVIATIONS = frozenset(
    "tp ts ths pgs gs bs ks cn tt gs.ts pgs.ts gs.tskh v.v v st tr nxb q p tx h đ.c đc ô th mr mrs dr no vs ls cv"
    " kts nsưt nsnd vd cf ncs co ltd jr etc".split()
)
# A quotation or bracket longer than this holds sentences of its own.
_LONG_ASIDE = 600


def split_sentences(text: str) -> list[Range]:
    """Offsets of the sentences of a text, without the white space between them.

    A line end always ends a sentence. An abbreviation, a label at the start of a line ("1. Mục tiêu") and a full
    stop inside brackets or quotation marks do not.
    """
    asides = _asides(text)
    ranges: list[Range] = []
    start = 0
    for match in _END.finditer(text):
        if match.group() != "\n" and not _ends(text, start, match, asides):
            continue
        _append(ranges, text, start, match.end())
        start = match.end()
    _append(ranges, text, start, len(text))
    return ranges


def split_clauses(text: str) -> list[Range]:
    """Offsets of the clauses of a text: its sentences, cut again behind each semicolon outside brackets."""
    asides = _asides(text)
    ranges: list[Range] = []
    for first, last in split_sentences(text):
        start = first
        for match in _CLAUSE.finditer(text, first, last):
            if not _inside(asides, match.start()):
                _append(ranges, text, start, match.end())
                start = match.end()
        _append(ranges, text, start, last)
    return ranges


def _append(ranges: list[Range], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        ranges.append((start, end))


def _ends(text: str, start: int, match: re.Match[str], asides: list[Range]) -> bool:
    """Whether the punctuation that was found ends the sentence begun at `start`."""
    following = text[match.end() : match.end() + 12].lstrip(_OPENING)
    if not following or not (following[0].isupper() or following[0].isdigit()):
        return text[match.end() : match.end() + 1] == "\n"
    if _inside(asides, match.start()):
        return False
    if not match.group().startswith(".") or match.group().startswith(".."):
        return True
    return not _abbreviates(text, start, match.start())


def _abbreviates(text: str, start: int, dot: int) -> bool:
    """Whether the full stop at `dot` belongs to an abbreviation, an initial or a label."""
    head = text[start : dot + 1].lstrip(_OPENING)
    if len(head) < 24 and _LABEL.fullmatch(head):
        return True
    before = _BEFORE.search(text, max(start, dot - 24), dot)
    word = before.group() if before else ""
    return (len(word) == 1 and word.isupper()) or word.casefold() in _ABBREVIATIONS


def _asides(text: str) -> list[Range]:
    """Outermost balanced brackets and quotations, by offset; unbalanced and very long ones are left out."""
    pairs = {"(": ")", "[": "]", "“": "”"}
    found: list[Range] = []
    stack: list[tuple[str, int]] = []
    waiting: Counter[str] = Counter()
    for match in re.finditer(r"[()\[\]“”\n]", text):
        char = match.group()
        if char == "\n":
            stack.clear()
            waiting.clear()
        elif char in pairs:
            stack.append((pairs[char], match.start()))
            waiting[pairs[char]] += 1
        elif waiting[char]:
            while stack[-1][0] != char:
                waiting[stack.pop()[0]] -= 1
            _, begin = stack.pop()
            waiting[char] -= 1
            if match.start() - begin < _LONG_ASIDE:
                while found and found[-1][0] > begin:
                    found.pop()
                found.append((begin, match.start()))
    return found


def _inside(asides: list[Range], offset: int) -> bool:
    low, high = 0, len(asides)
    while low < high:
        middle = (low + high) // 2
        if asides[middle][1] < offset:
            low = middle + 1
        else:
            high = middle
    return low < len(asides) and asides[low][0] < offset < asides[low][1]
