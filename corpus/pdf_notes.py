"""Notes at the foot of a PDF page whose number stands on the line like any other: "1. Phường An Phú …"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from corpus.document import RawLine
from corpus.footnotes import find_markers

_NUMBERED = re.compile(r"(?P<marker>\d{1,3})[.)]?\s+(?=\S)")
# Points by which the text of a note is smaller than the words that carry its marker.
_SMALLER = 1.5


def with_notes(lines: Sequence[RawLine]) -> Iterator[RawLine]:
    """The lines; small ones at a page's end that open with the number of a marker on that page are told as notes."""
    for _, group in groupby(lines, key=lambda line: line.page):
        page = list(group)
        sizes = {marker: line.size or 0.0 for line in page for marker, _ in find_markers(line.text)}
        foot = _foot(page, max(sizes.values(), default=0.0) - _SMALLER) if sizes else len(page)
        yield from page[:foot]
        for line in page[foot:]:
            match = _NUMBERED.match(line.text)
            opens = match is not None and match["marker"] in sizes
            yield replace(line, text=line.text[match.end() :], note=match["marker"]) if match and opens else line


def _foot(page: Sequence[RawLine], limit: float) -> int:
    """Where the small lines at the end of a page begin."""
    start = len(page)
    while start and 0.0 < (page[start - 1].size or 0.0) <= limit and page[start - 1].cells is None:
        start -= 1
    return start
