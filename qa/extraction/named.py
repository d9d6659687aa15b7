"""Whether a text that speaks of the asked class of things names any, or only says how many there are."""

from __future__ import annotations

import re
from functools import lru_cache

from corpus.text import fold
from qa.language.figures import UPPER
from qa.language.synonyms import alternatives
from qa.language.words import tokenise
from qa.understanding.asked import Kind
from qa.understanding.question import Question


def only_counts(question: Question, text: str) -> bool:
    """Whether things are counted and none is named: "01 sản phẩm đạt hạng 5 sao", "tại 05 đơn vị điểm".

    Bodies and places are named by their names, other things also behind "gồm", "như", a colon or in brackets.
    """
    if question.kind not in ("list", "text", "definition", "who", "place"):
        return False
    nouns = _asked_classes(question.text, question.kind, question.wh)
    plain = fold(text) if nouns else ""
    patterns = (rf"(?<!\w)(?<!hop tac ){noun}(?!\w)" for noun in nouns)
    found = [place for pattern in patterns for place in re.finditer(pattern, plain)]
    counted = [at.end() for at in found if _COUNTED.search(text[max(0, at.start() - _NUMBER) : at.start()])]
    if not counted:
        return False
    if question.kind in ("who", "place"):
        return len(counted) == len(found) and not _NAMED_BEHIND.search(text[max(counted) :])
    return not any(_is_told(text, end) for end in counted)


def asks_one(question: Question) -> bool:
    """Whether one thing out of many is asked for ("phần mềm gì để quản lý hồ sơ"), and no list of them."""
    return (
        question.kind == "list"
        and not _MANY.search(fold(question.text))
        and bool(_asked_classes(question.text, question.kind, question.wh))
    )


_MANY = re.compile(r"\b(?:nhung|cac|may|gom|liet ke|ke (?:ten|ra)|danh (?:sach|muc)|lan luot|cu the)\b")


# Asked for every unit that is read.
@lru_cache(maxsize=16)
def _asked_classes(asked: str, kind: Kind, wh: frozenset[int]) -> tuple[str, ...]:
    """The folded words of the class that is asked for, and its other names; of bodies only where several are."""
    plain = fold(asked)
    if several := _WHICH_ONES.search(plain):
        return (several[1],)
    if kind in ("who", "place"):
        return ()
    named = _NAMES_OF.search(plain)
    before = [token.folded for token in tokenise(asked) if token.start in wh][-2:]
    noun = tuple(named[1].split() if named else before)
    return tuple(dict.fromkeys(" ".join(words) for words in (noun, *alternatives(noun)) if words))


def _is_told(text: str, end: int) -> bool:
    """Whether the clause around a number of things may tell which they are."""
    start = max(text.rfind(mark, 0, end) for mark in (";", ". ")) + 1
    clause = re.split(r"[;.](?=\s)", text[end:], maxsplit=1)[0]
    if _TELLS.search(text[start:end] + clause):
        return True
    names = (match for match in _NAME.finditer(clause) if fold(match[0]).split()[0] not in _BODIES)
    return any(not _OF_BODY.search(fold(clause[: match.start()])) for match in names)


_WHICH_ONES = re.compile(r"\b(?:nhung|cac|hai|ba|bon|nam|sau|bay|tam|chin|muoi|\d+) ((?:[a-z]+ )?[a-z]+) nao\b")
_NAMES_OF = re.compile(r"\bten (?:goi )?(?:cua )?(?:cac |nhung )?((?!la\b|gi\b)[a-z]+ [a-z]+)")
_COUNTED = re.compile(r"(?:\d|\b(?:hai|ba|bốn|năm|sáu|bảy|tám|chín|mười))\)?\s+\Z", re.IGNORECASE)
_NUMBER = 16
_NAMED_BEHIND = re.compile(
    rf"^(?:\s+[^\W\d_]+){{0,2}}?\s+[{UPPER}]|[:;(]|\b(?:gồm|là|như)\b|,\s+(?:[^\W\d_]+\s+){{0,2}}[{UPPER}]"
)
# A footnote may name them; "bốn (04)" does not.
_TELLS = re.compile(r"[:“\"⁰¹²³⁴⁵⁶⁷⁸⁹]|\((?!\d+\))|\b(?:gồm|như|là|tên|về)\b", re.IGNORECASE)
_NAME = re.compile(rf"(?<!\w)[{UPPER}][^\W\d_{UPPER}]+\s+[{UPPER}][^\W\d_]+")
_OF_BODY = re.compile(
    r"\b(?:ubnd|hdnd|xa|huyen|tinh|phuong|thi tran|thanh pho|thon|ban|so|bo|phong|hoi|cuc|htx|hop tac xa|cong ty|tai|o)"
    r"\s*$"
)
_BODIES = frozenset("ban bo chi cong cuc doan hoi huyen phong so tinh trung uy xa".split())
