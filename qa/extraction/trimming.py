"""Cutting a long sentence to the part that answers, at clause ends, so that it stays verbatim and within its limit."""

from __future__ import annotations

import re

from qa.language.units import Words
from qa.language.words import tokenise
from qa.understanding.question import Question

_UNIT = re.compile(r"(?:\s*%|(?:\s*(?:nghìn|ngàn|triệu|tỷ|tỉ)\b)*(?:\s*[^\W\d_]+(?:/[^\W\d_]+)*[²³]?)?)", re.IGNORECASE)
_CUT = re.compile(r"[;,:.](?=\s)|\s[-–]\s|\n")


def trim(text: str, limit: int, answer: tuple[int, int] | None, question: Question) -> tuple[int, int]:
    """The range of `text` to show: all of it within `limit`, else whole clauses around the answer.

    Args:
        answer: range that must be inside; None takes the stretch with most words of the question.
    """
    limit -= 12
    if len(text) <= limit:
        return 0, len(text)
    starts, ends = _boundaries(text)
    best = (-1.0, 0, 0)
    words = {token.folded for term in question.terms for token in term.tokens}
    for start in starts:
        fitting = [end for end in ends if start < end <= start + limit]
        end = max(fitting) if fitting else _word_end(text, start, start + limit)
        if answer is not None and not start <= answer[0] < answer[1] <= end:
            continue
        held = Words(tokenise(text[start:end])).folded
        worth = len(words & held) - start / 10_000
        if worth > best[0]:
            best = (worth, start, end)
    if best[0] < 0:
        return (0, _word_end(text, 0, limit)) if answer is None else _around(text, limit, answer)
    return best[1], min(best[2], len(text))


def with_unit(text: str, start: int, end: int) -> tuple[int, int]:
    """The range of a figure with the word of its unit behind it: "5 tỷ đồng" for "5"."""
    return start, _UNIT.match(text, end).end()  # type: ignore[union-attr]


def _around(text: str, limit: int, answer: tuple[int, int]) -> tuple[int, int]:
    """The answer with the words before it, where no clause holds all of it: what a figure counts stands before it."""
    start, end = answer[0], max(answer[1], _word_end(text, answer[0], answer[0] + limit))
    if answer[1] - start <= limit:
        end = answer[1]
        start = max(0, end - limit)
        if start and not text[start - 1].isspace():
            start = next((i + 1 for i in range(start, answer[0]) if text[i].isspace()), answer[0])
    return start, end


def _word_end(text: str, start: int, end: int) -> int:
    """The last end of a word up to `end`, not right behind a number, which would stand without its unit."""
    if end >= len(text):
        return len(text)
    spaces = [i for i in range(start + 1, end + 1) if text[i].isspace() and not text[i - 1].isspace()]
    return next((i for i in reversed(spaces) if not text[i - 1].isdigit()), spaces[-1] if spaces else end)


def _boundaries(text: str) -> tuple[list[int], list[int]]:
    """Where a stretch may begin and end: at marks outside brackets."""
    depth, starts, ends = 0, [0], [len(text)]
    marks = {match.start(): match.end() for match in _CUT.finditer(text)}
    for offset, char in enumerate(text):
        depth += (char in "(“") - (char in ")”")
        if offset in marks and depth <= 0:
            ends.append(offset)
            after = marks[offset]
            while after < len(text) and text[after].isspace():
                after += 1
            starts.append(after)
    return starts, ends
