"""What people say before they ask: a greeting, what they are busy with, how well they remember."""

from __future__ import annotations

import re

from corpus.text import fold
from qa.language.figures import UPPER

_WHO = r"(?:toi|em|minh|chau|chung toi|ben (?:toi|em|minh))"
_GREETED = r"(?:thua|anh|chi|em|ban|ong|ba|co|chu|thay|bac|moi nguoi|ca nha|ad|oi|a)"
_BUSY = r"(?:soan|viet|lam|chuan bi|tong hop|soat|ra soat)"
_OPENING = re.compile(
    rf"(?:da|vang|thua|kinh thua|chao|xin chao|alo)(?: {_GREETED})*[,.!]\s*|(?:alo|hello|hey)(?: {_GREETED})*[\s,.!]+"
    rf"|(?:cho|xin)(?: phep)?(?: {_WHO})? hoi(?: (?:voi|ti|ty|chut|mot chut|them))+(?: (?:a|nhe|nha))*[,.:!]?\s+"
    rf"|{_WHO} (?:dang|can|phai|vua|sap)(?: [a-z]+)?? {_BUSY}\b[^,.;:?\d]{{0,60}}[,.;:]\s*"
    rf"|(?:{_WHO} )?(?:chi |co )?nho (?:mang mang|lo mo|khong ro|khong nham|khong lam)(?: (?:la|rang|thi))?,?\s+"
)
_ADDRESSED = rf"(?: (?:{_GREETED[3:-1]}|nhe|nha|nhieu|rat nhieu|lam|qua|cac ban|tro ly|bot))*"
_SMALL_TALK = re.compile(
    rf"(?:(?:(?:xin |em |toi )?(?:chao|cam on|tam biet)|alo|hello|hi|hey|thanks?|thank you|bye|ok|oke|vang|da)"
    rf"{_ADDRESSED}[\s,.!?~)]*)+"
)
_NAMES = re.compile(rf"(?<=\s)[{UPPER}]")
_FEWEST_LEFT = 4
_LONGEST_GREETING = 12


def without_opening(text: str) -> str:
    """The question without what is said before it; what names something ("đang soát báo cáo Tam Đường") stays."""
    while match := _OPENING.match(fold(text)):
        rest = text[match.end() :]
        if _NAMES.search(text[: match.end()]) or len(rest.split()) < _FEWEST_LEFT:
            return text
        text = rest[:1].upper() + rest[1:]
    return text


def is_small_talk(text: str) -> bool:
    """Whether a text only greets, thanks or takes leave."""
    words = fold(text).split()
    return len(words) <= _LONGEST_GREETING and _SMALL_TALK.fullmatch(" ".join(words)) is not None
