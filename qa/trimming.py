"""Cutting a long sentence to the part that answers, at clause ends, so that it stays verbatim and within its limit."""

from __future__ import annotations

import re

from qa.question import Question
from qa.units import Words
from qa.words import tokenise

_CUT = re.compile(r"[;,:.](?=\s)|\s[-–]\s|\n")


def trim(text: str, limit: int, answer: int | None, question: Question) -> tuple[int, int]:
    """The range of `text` to show: all of it within `limit`, else whole clauses around the answer.

    Args:
        answer: offset that must be inside; None takes the stretch with most words of the question.
    """
    limit -= 12
    if len(text) <= limit:
        return 0, len(text)
    starts, ends = _boundaries(text)
    best = (-1.0, 0, 0)
    words = {token.folded for term in question.terms for token in term.tokens}
    for start in starts:
        fitting = [end for end in ends if start < end <= start + limit]
        end = max(fitting) if fitting else start + limit
        if answer is not None and not start <= answer < end:
            continue
        held = Words(tokenise(text[start:end])).folded
        worth = len(words & held) - start / 10_000
        if worth > best[0]:
            best = (worth, start, end)
    if best[0] < 0:
        return 0, limit
    return best[1], min(best[2], len(text))


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
