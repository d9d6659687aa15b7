"""Items of a list within a limit: whole, else their first sentences, else their first clauses."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.sentences import split_clauses, split_sentences
from qa.citations import spoken

LEFT_OUT = re.compile(r"… \(còn \d+ mục, xem nguồn\)")
"""The line that says how many items are left out."""
_NUMBERED = re.compile(r"\(?\d+[.)]|[a-zđ]\)|(?:Một|Hai|Ba|Bốn|Năm|Sáu|Bảy|Tám|Chín|Mười) là")


def shorten(items: Sequence[str], limit: int) -> list[str]:
    """Items within a limit: whole, else their first sentences, else their first clauses; never a cut word.

    Where items are left out, the last line says how many.
    """
    whole = [_bullet(item) for item in items]
    if sum(len(item) + 1 for item in whole) <= limit:
        return whole
    sentences = [_bullet(_first(item, split_sentences)) for item in items]
    if sum(len(item) + 1 for item in sentences) <= limit:
        return sentences
    clauses = [_bullet(_first(item, split_clauses)) for item in items]
    share = max(60, limit // max(1, len(clauses)) - 3)
    short = [clause if len(clause) <= share else f"{clause[:share].rsplit(' ', 1)[0]} …" for clause in clauses]
    if sum(len(item) + 1 for item in short) <= limit:
        return short
    room = limit - len(_left_out(len(short)))
    kept: list[str] = []
    for item in short:
        if kept and sum(len(k) + 1 for k in kept) + len(item) + 1 > room:
            break
        kept.append(item)
    return [*kept, _left_out(len(short) - len(kept))] if len(kept) < len(short) else kept


def _left_out(count: int) -> str:
    return f"… (còn {count} mục, xem nguồn)"


def _first(item: str, split) -> str:  # type: ignore[no-untyped-def]  # noqa: ANN001
    ranges = split(item)
    for start, end in ranges:
        if end - start > 25 or (start, end) == ranges[-1]:
            return item[ranges[0][0] : end]
    return item


def _bullet(item: str) -> str:
    text = spoken(item)
    return text if _NUMBERED.match(text) else f"- {text}"
