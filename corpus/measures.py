"""How wide the lines of a text are: what tells a line that was broken at the margin from one that ends a paragraph."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from corpus.paragraphs import Paragraph

# Without positions: below this share of the longest lines a line is short. Letters differ in width.
_SHORT = 0.78
# Points by which a line is indented or a break may miss the margin.
_INDENT = 9.0


@dataclass(frozen=True, slots=True)
class Measures:
    """The column of a text.

    Args:
        characters: of a full line; 0 where lines are whole paragraphs.
        margins: left and right edge by page, in points; empty where positions are unknown.
    """

    characters: int
    margins: dict[int, tuple[float, float]] = field(default_factory=dict)

    @property
    def is_plain(self) -> bool:
        """Whether lines have no positions."""
        return not self.margins

    def breaks_full(self, line: Paragraph, following: Paragraph) -> bool:
        """Whether a line was broken because the next word did not fit."""
        margins = self.margins.get(line.page)
        if margins is None or line.x is None or not line.width or not following.text:
            return self.characters == 0 or len(line.text) >= _SHORT * self.characters
        word = following.text.split()[0]
        letter = line.width / max(len(line.text), 1)
        return line.x + line.width + (len(word) + 1) * letter >= margins[1] - _INDENT

    def are_centred(self, line: Paragraph, following: Paragraph) -> bool:
        """Whether two lines stand in the middle of the column."""
        return self._is_centred(line) and self._is_centred(following)

    def is_indented(self, line: Paragraph, following: Paragraph) -> bool:
        """Whether a line begins further right than the one before it and the margin."""
        margins = self.margins.get(following.page)
        if margins is None or following.x is None or line.x is None:
            return False
        return following.x > margins[0] + _INDENT and abs(following.x - line.x) > 3.0

    def _is_centred(self, line: Paragraph) -> bool:
        margins = self.margins.get(line.page)
        if margins is None or line.x is None or line.width is None:
            return False
        left, right = line.x - margins[0], margins[1] - line.x - line.width
        return left > _INDENT and abs(left - right) < 2.5 * _INDENT


def measure(lines: Sequence[Paragraph]) -> Measures:
    """The measures of a text's visual lines."""
    flowing = [p for p in lines if p.text and not p.whole and p.cells is None and not p.column]
    return Measures(_characters(flowing), _margins(flowing))


def _characters(lines: Iterable[Paragraph]) -> int:
    lengths = sorted(len(line.text) for line in lines)
    if len(lengths) < 3:
        return 0
    width = lengths[int(len(lengths) * 0.9)]
    return width if width < 160 else 0


def _margins(lines: Iterable[Paragraph]) -> dict[int, tuple[float, float]]:
    """The outermost edges that several lines of a page share; of the whole text where a page has few lines."""
    pages: dict[int, list[tuple[float, float]]] = {}
    for line in lines:
        if line.x is not None and line.width:
            pages.setdefault(line.page, []).append((line.x, line.x + line.width))
    everything = [edges for found in pages.values() for edges in found]
    return {page: _edges(found if len(found) >= 12 else everything) for page, found in pages.items()}


def _edges(found: Sequence[tuple[float, float]]) -> tuple[float, float]:
    lefts, rights = sorted(left for left, _ in found), sorted(right for _, right in found)
    return lefts[len(lefts) // 20], rights[min(len(rights) - 1, len(rights) * 19 // 20)]
