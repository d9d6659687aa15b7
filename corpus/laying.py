"""The text of a document, and where each paragraph and note stands in it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.footnotes import SUPERSCRIPTS, note_marker
from corpus.paragraphs import Paragraph
from corpus.placed import Placed


@dataclass(frozen=True, slots=True)
class Laid:
    """Paragraphs in their places.

    Args:
        page_breaks: (offset, page), by offset.
        starts: offset of each paragraph.
        note_starts: offset of each note, with its marker before it.
    """

    text: str
    page_breaks: tuple[tuple[int, int], ...]
    placed: tuple[Placed, ...]
    starts: tuple[int, ...]
    notes: tuple[Paragraph, ...]
    note_starts: tuple[int, ...]

    @property
    def body_end(self) -> int:
        """Where the running text ends and the notes begin."""
        return max(self.note_starts[0] - 1, 0) if self.note_starts else len(self.text)

    def items(self) -> Iterator[tuple[Placed, int, int]]:
        """Each paragraph with its start and end."""
        for item, start in zip(self.placed, self.starts, strict=True):
            yield item, start, start + len(item.paragraph.text)

    def shown_notes(self) -> Iterator[tuple[Paragraph, int, int]]:
        """Each note with its start and end."""
        for note, start in zip(self.notes, self.note_starts, strict=True):
            yield note, start, start + len(note.text)

    def stood_at(self, note: Paragraph) -> int:
        """The offset in the running text at which a note's line stood."""
        index = bisect_left(self.placed, note.order, key=lambda item: item.paragraph.order)
        return self.starts[index - 1] + len(self.placed[index - 1].paragraph.text) - 1 if index else 0


def lay_out(placed: Sequence[Placed], notes: Sequence[Paragraph]) -> Laid:
    """Paragraphs one a line, the notes behind them."""
    shown = tuple(_with_marker(note) for note in notes)
    paragraphs = [*(item.paragraph for item in placed), *shown]
    breaks: list[tuple[int, int]] = []
    starts: list[int] = []
    offset = 0
    for paragraph in paragraphs:
        starts.append(offset)
        for inner, page in paragraph.pieces:
            if not breaks or breaks[-1][1] != page:
                breaks.append((offset + inner, page))
        offset += len(paragraph.text) + 1
    text = "\n".join(paragraph.text for paragraph in paragraphs)
    count = len(placed)
    return Laid(text, tuple(breaks), tuple(placed), tuple(starts[:count]), shown, tuple(starts[count:]))


def _with_marker(note: Paragraph) -> Paragraph:
    """The note with its marker before it, as it is printed."""
    if note_marker(note.text) or note.note is None:
        return note
    return replace(note, text=f"{note.note.translate(SUPERSCRIPTS)} {note.text}")
