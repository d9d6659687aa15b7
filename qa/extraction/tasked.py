"""Whose task is asked: what another body has to do is no answer, nor where the asked one only helps."""

from __future__ import annotations

import re
from functools import lru_cache

from corpus.text import fold
from qa.language.bodies import ASSOCIATIONS, OFFICES
from qa.language.figures import UPPER
from qa.language.units import Words

_BODY = (
    rf"(?i:{OFFICES})\s+"
    rf"(?:(?!(?:Huyện|Tỉnh|Thành|Đảng)\s)[{UPPER}]\w*(?:\s+\w+)?(?:\s+(?:Huyện|Tỉnh|Thành|Đảng) [uủ][yỷ])?"
    r"|(?:tỉnh|huyện|xã)\b|(?:Huyện|Tỉnh|Thành|Đảng) [uủ][yỷ])"
)
_TASKED = re.compile(
    rf"(?<!\w)({_BODY})\b[^?,;]{{0,60}}?\s(?:được (?:giao|phân công)|có (?:trách nhiệm|nhiệm vụ)|chịu trách nhiệm"
    r"|phải (?:làm|thực hiện)|phụ trách|chủ trì|đảm nhiệm)\b[^?]*\b(?:gì|nào|ra sao|thế nào)\b"
    r"|\b(?i:nhiệm vụ|trách nhiệm) (?:\w+ )?(?:của|cho) "
    rf"({_BODY})\b"
    rf"|\b(?i:giao)(?: cho)? ({_BODY})\b[^?]*\b(?:gì|nào)\b"
    rf"|({_BODY})\b[^?,;]{{0,60}}? (?:làm|thực hiện)(?: \w+){{0,2}} gì\b"
)
_OTHERS = re.compile(
    rf"[^\w\s]*\s*(?:\w+[.)]\s*)?(?:(?i:giao|đề nghị|yêu cầu)\s+)?(?:{_BODY}"
    rf"|(?i:(?:các|những)\s+(?:sở|phòng|ban|đơn vị|cơ quan)|{ASSOCIATIONS}|ubnd|[uủ][yỷ] ban|đoàn)\s)"
)
"""A text that begins with whom it gives a task."""
_AHEAD, _LABELLED = 4, 1
_GIVEN = frozenset("giao cho nghi cau do".split())
"""Behind these words a body is given its task: "giao", "giao cho", "đề nghị", "yêu cầu"."""


@lru_cache(maxsize=16)
def _tasked_body(question: str) -> tuple[str, ...]:
    """Folded syllables of the body whose task a question asks for; () where it asks for none."""
    found = _TASKED.search(question)
    return tuple(fold(next(filter(None, found.groups()))).split()) if found else ()


def does_task(question: str, text: str, *around: Words) -> bool:
    """Whether a text may tell the task that is asked for: it names the body as the one that acts, or stands below it.

    Args:
        around: headings and lead-in; they count where the text itself begins with no other body.
    """
    body = _tasked_body(question)
    if not body:
        return True
    folded = " ".join(re.findall(r"\w+", fold(text)))
    if folded.endswith(" ".join(body)) and len(folded.split()) - len(body) <= _LABELLED:
        # A line of whom a document is sent to, and the heading alone, only name it.
        return False
    if (place := re.search(rf"(?<!\w){' '.join(body)}(?!\w)", folded)) is not None:
        before = folded[: place.start()].split()
        return "phoi hop" not in " ".join(before) and (len(before) <= _AHEAD or before[-1] in _GIVEN)
    return _OTHERS.match(text) is None and any(_acts(body, words) for words in around)


def _acts(body: tuple[str, ...], words: Words) -> bool:
    """Whether words give a body a task or are headed by it: a heading that only mentions it gives it none."""
    said, size = tuple(token.folded for token in words.tokens), len(body)
    places = (at for at in range(len(said) - size + 1) if said[at : at + size] == body)
    return any(_heads(said[:at], said[at + size :]) for at in places)


def _heads(before: tuple[str, ...], behind: tuple[str, ...]) -> bool:
    """Whether a body between these words is given a task, acts, or ends a heading: "Ý kiến của Sở …" gives none."""
    if before[-1:] == ("cua",):
        return before[-3:-1] in _TASKS
    return not behind or (not before and behind[0] in _ACTING) or not _GIVEN.isdisjoint(before[-1:])


_ACTING = frozenset("chu co chiu phai thuc theo huong".split())
_TASKS = frozenset((("nhiem", "vu"), ("trach", "nhiem")))
