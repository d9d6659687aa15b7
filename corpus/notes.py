"""Notes tied to the sentence that carries their marker."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from functools import lru_cache

from corpus.document import Document, Footnote, Span
from corpus.footnotes import find_markers, match_markers, note_marker
from corpus.laying import Laid
from corpus.paragraphs import Paragraph
from corpus.sentences import Range, split_sentences


def tie_notes(document: Document, laid: Laid) -> tuple[Footnote, ...]:
    """The footnotes of a document, each with the section and the sentence of its marker."""
    if not laid.notes:
        return ()
    markers = [
        (marker, start + offset, document.page_at(start + offset))
        for item, start, _ in laid.items()
        for marker, offset in find_markers(item.paragraph.text)
    ]
    wanted = [(_marker(note), laid.stood_at(note), note.page) for note in laid.notes]
    footnotes = []
    split = lru_cache(maxsize=8)(split_sentences)  # many notes may hang on one paragraph
    for (_, start, end), (marker, stood, _), offset in zip(
        laid.shown_notes(), wanted, match_markers(markers, wanted), strict=True
    ):
        opened = note_marker(document.text[start:end])
        span = document.span(start + (opened[1] if opened else 0), end)
        section = document.section_at(stood if offset is None else offset)
        anchor = None if offset is None else _sentence(document, laid, offset, split)
        footnotes.append(Footnote(marker, document.slice(span), span, section, anchor))
    return tuple(footnotes)


def _marker(note: Paragraph) -> str:
    opened = note_marker(note.text)
    return note.note or (opened[0] if opened else "*")


def _sentence(document: Document, laid: Laid, offset: int, split: Callable[[str], list[Range]]) -> Span:
    """The sentence around an offset of the running text."""
    index = bisect_right(laid.starts, offset) - 1
    start, text = laid.starts[index], laid.placed[index].paragraph.text
    ranges = split(text)
    at = bisect_right(ranges, (offset - start, len(text))) - 1
    first, last = ranges[at] if at >= 0 and offset - start < ranges[at][1] else (0, len(text))
    return document.span(start + first, start + last)
