"""Page numbers, running heads and footers: what belongs to the paper and not to the text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from corpus.pdf_layout import Band, fold

_PAGE_NUMBER = re.compile(r"^\W*(?:trang|tr\.?|page)?\s*(\d{1,4})(?:\s*(?:/|of|trên)\s*\d{1,4})?\W*$", re.IGNORECASE)
_GAZETTE = re.compile("CONG ?BAO ?/ ?SO ?[0-9]")
_RULE = re.compile(r"^[\s_\-–—=.…·*]*[_\-–—=.…·]{3}[\s_\-–—=.…·*]*$")
# Bands from the edge in which a running head or a page number is looked for.
_DEPTH = 2
# Share of the page's height that is margin.
_MARGIN = 0.11


def without_furniture(pages: Sequence[Sequence[Band]], heights: Sequence[float]) -> list[list[Band]]:
    """The bands of each page without page numbers, repeated heads and feet, the gazette's head and drawn rules."""
    cleaned = [[band for band in page if not _RULE.match(band.text)] for page in pages]
    repeated = _repeated(cleaned, heights)
    numbers = _numbers(cleaned, heights)
    return [
        [
            band
            for index, band in enumerate(page)
            if not (
                (number, index) in numbers
                or (_at_edge(index, len(page)) and (_pattern(band) in repeated or _GAZETTE.search(fold(band.text))))
            )
        ]
        for number, page in enumerate(cleaned)
    ]


def _at_edge(index: int, count: int) -> bool:
    return index < _DEPTH or index >= count - _DEPTH


def _pattern(band: Band) -> tuple[str, int]:
    """Words without digits, and the height in steps of 6 points."""
    return re.sub("[0-9]+", "#", fold(band.text)), round(band.base / 6)


def _in_margin(band: Band, height: float) -> bool:
    return not _MARGIN < band.base / max(1.0, height) < 1 - _MARGIN


def _repeated(pages: Sequence[Sequence[Band]], heights: Sequence[float]) -> set[tuple[str, int]]:
    seen: Counter[tuple[str, int]] = Counter()
    for page, height in zip(pages, heights, strict=True):
        edge = [band for i, band in enumerate(page) if _at_edge(i, len(page)) and _in_margin(band, height)]
        seen.update({_pattern(band) for band in edge})
    least = max(3, len(pages) // 4)
    return {key for key, count in seen.items() if count >= least and re.search("[A-Z]", key[0])}


def _numbers(pages: Sequence[Sequence[Band]], heights: Sequence[float]) -> set[tuple[int, int]]:
    """(page, band) of the page numbers: numbers alone in the margin that count with the pages."""
    found: list[tuple[int, int, int, int]] = []
    for number, page in enumerate(pages):
        for index in {i for i in range(len(page)) if _at_edge(i, len(page))}:
            match = _PAGE_NUMBER.match(page[index].text)
            if match and _in_margin(page[index], heights[number]):
                found.append((number, index, int(match[1]) - number, round(page[index].base / 12)))
    offsets = Counter(offset for _, _, offset, _ in found)
    places = Counter(place for _, _, _, place in found)
    return {
        (number, index)
        for number, index, offset, place in found
        if offset == 1 or offsets[offset] > 1 or places[place] > 1
    }
