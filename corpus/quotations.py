"""Paragraphs whose labels are not the document's own: those that a law quotes, and a table of contents."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.paragraphs import Paragraph, is_contents_line

_OPENS = re.compile(r"[“\"]\s*(?:\(?\w{1,3}[.)/]|Điều|Khoản|Chương|Mục|Phần|Phụ lục|PHỤ LỤC|[A-ZĐÀ-Ỹ])")
_CLOSES = re.compile(r"[”\"]\s*(?:[.;,]|và|;\s*và)?\s*$")
# A quotation that never closes must not swallow the document.
_LONGEST = 600


def find_quoted(paragraphs: Sequence[Paragraph]) -> frozenset[int]:
    """Indices of paragraphs inside a quotation that starts at the start of a paragraph and spans whole ones."""
    quoted: set[int] = set()
    following = _next_closing(paragraphs)
    index = 0
    while index < len(paragraphs):
        if not _OPENS.match(paragraphs[index].text):
            index += 1
            continue
        end = following[index]
        if end is None or end - index > _LONGEST:
            end = index
        quoted.update(range(index, end + 1))
        index = end + 1
    return frozenset(quoted)


def find_contents(paragraphs: Sequence[Paragraph]) -> frozenset[int]:
    """Indices of the lines of a table of contents; an entry may stand on several lines, dots end the last."""
    found: set[int] = set()
    inside = False
    for index, paragraph in enumerate(paragraphs):
        text = paragraph.text
        if is_contents_line(text):
            inside = inside or text[-1].isdigit()
        elif text.strip(" .:").casefold() == "mục lục":
            inside = True
            continue
        else:
            following = paragraphs[index + 1 : index + 4]
            inside = inside and len(text) < 200 and any(is_contents_line(p.text) for p in following)
        if inside:
            found.add(index)
    return frozenset(found)


def _next_closing(paragraphs: Sequence[Paragraph]) -> list[int | None]:
    """For each paragraph the first one, itself included, that ends with an unmatched closing quotation mark."""
    nearest: list[int | None] = [None] * len(paragraphs)
    last: int | None = None
    for index in range(len(paragraphs) - 1, -1, -1):
        text = paragraphs[index].text
        if _CLOSES.search(text[-16:]) and _closes_more(text):
            last = index
        nearest[index] = last
    return nearest


def _closes_more(text: str) -> bool:
    opening, closing = text.count("“"), text.count("”")
    if opening or closing:
        return closing > opening or text.startswith("“")
    return text.count('"') % 2 == 1 or text.startswith('"')
