"""Whether a text that speaks of the asked class of things names any, or only says how many there are."""

from __future__ import annotations

import re

from corpus.text import fold
from qa.language.figures import UPPER
from qa.language.words import tokenise
from qa.understanding.question import Question


def only_counts(question: Question, text: str) -> bool:
    """Whether things are counted and none is named: "01 sản phẩm đạt hạng 5 sao", "tại 05 đơn vị điểm".

    Bodies and places are named by their names, other things also behind "gồm", "như", a colon or in brackets.
    """
    if question.kind not in ("list", "text", "definition", "who", "place"):
        return False
    plain, noun = fold(text), _asked_class(question)
    found = [*re.finditer(rf"(?<!\w){noun}(?!\w)", plain)] if noun else []
    counted = [place for place in found if _COUNTED.search(text, 0, place.start())]
    if question.kind in ("who", "place"):
        return bool(found) and len(counted) == len(found) and not _NAMED_BEHIND.search(text, found[-1].end())
    return bool(counted) and not (_NAMING.search(text) or _LISTED.search(text, found[-1].end()))


def _asked_class(question: Question) -> str:
    """The folded words of the class that is asked for; of bodies and places only where several are."""
    plain = fold(question.text)
    if several := _WHICH_ONES.search(plain):
        return several[1]
    if question.kind in ("who", "place"):
        return ""
    if named := _NAMES_OF.search(plain):
        return named[1]
    return " ".join([token.folded for token in tokenise(question.text) if token.start in question.wh][-2:])


_WHICH_ONES = re.compile(r"\b(?:nhung|cac|hai|ba|bon|nam|sau|bay|tam|chin|muoi|\d+) ((?:[a-z]+ )?[a-z]+) nao\b")
_NAMES_OF = re.compile(r"\bten (?:goi )?(?:cua )?(?:cac |nhung )?((?!la\b|gi\b)[a-z]+ [a-z]+)")
_COUNTED = re.compile(r"(?:\d|\b(?:hai|ba|bốn|năm|sáu|bảy|tám|chín|mười))\)?\s+\Z", re.IGNORECASE)
_LISTED = re.compile(rf",\s+(?:[^\W\d_]+\s+){{0,2}}[{UPPER}]")
_NAMED_BEHIND = re.compile(rf"[:;(]|\b(?:gồm|là|như)\b|{_LISTED.pattern}")
# A footnote may name them; "bốn (04)" does not.
_NAMING = re.compile(r"[:“\"⁰¹²³⁴⁵⁶⁷⁸⁹]|\((?!\d+\))|\b(?:gồm|như|là|tên)\b", re.IGNORECASE)
