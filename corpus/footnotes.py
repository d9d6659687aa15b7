"""Footnotes: taken out of the running text, and tied to the sentence that carries their marker."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence

from corpus.paragraphs import Paragraph

# How many markers with the same number are looked at on either side of a note.
_NEAREST = 32
SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_NOTE = re.compile(r"([⁰¹²³⁴-⁹]{1,3})\s*(?=\S)")
_MARKER = re.compile(r"[⁰¹²³⁴-⁹]{1,3}")
_UNIT = re.compile(r"(?:(?<!\w)|(?<=\d))(?:[kcdmhn]?m|dam)$")


def note_marker(text: str) -> tuple[str, int] | None:
    """The marker ("5") of a line that is the text of a note, and the offset behind it."""
    match = _NOTE.match(text)
    return (match[1].translate(DIGITS), match.end()) if match else None


def find_markers(text: str) -> list[tuple[str, int]]:
    """Markers in running text with their offsets; the exponents of m², m³ are none."""
    return [
        (match[0].translate(DIGITS), match.start())
        for match in _MARKER.finditer(text)
        if match.start() > 0 and not (match[0] in "²³" and _UNIT.search(text, max(0, match.start() - 5), match.start()))
    ]


def take_notes(paragraphs: Sequence[Paragraph]) -> tuple[list[Paragraph], list[list[Paragraph]]]:
    """Divide lines into the running text and the lines of each note.

    A note reaches to the next blank line, note or page; where it was cut out, the running text keeps one blank.
    """
    body: list[Paragraph] = []
    notes: list[list[Paragraph]] = []
    open_note: list[Paragraph] | None = None
    for paragraph in paragraphs:
        if paragraph.note is not None or note_marker(paragraph.text):
            open_note = [paragraph]
            notes.append(open_note)
        elif open_note is not None and _goes_on(open_note, paragraph):
            open_note.append(paragraph)
        else:
            body.append(paragraph)
            open_note = None
    return body, notes


def _goes_on(note: Sequence[Paragraph], line: Paragraph) -> bool:
    """Whether a line goes on with the note before it: same page, same size, no blank between."""
    if not line.text or line.whole or note[0].whole or line.cells is not None or line.page != note[-1].page:
        return False
    return line.size is None or note[0].size is None or line.size <= note[0].size + 0.6


def match_markers(markers: Iterable[tuple[str, int, int]], notes: Sequence[tuple[str, int, int]]) -> list[int | None]:
    """For each note the offset of its marker in the running text, or None.

    Args:
        markers: (marker, offset, page) in reading order.
        notes: (marker, offset at which the note's line stood, page) in reading order.

    A marker is used once. Numbers that start anew on every page are told apart by the page, else the nearest marker
    before the note's line is taken, else the first one behind it.
    """
    free: dict[str, list[tuple[int, int]]] = {}
    for marker, offset, page in markers:
        free.setdefault(marker, []).append((offset, page))
    found: list[int | None] = []
    for marker, line, page in notes:
        candidates = free.get(marker, [])
        if not candidates:
            found.append(None)
            continue
        before = bisect_left(candidates, (line + 1, 0))
        nearest = range(max(0, before - _NEAREST), min(len(candidates), before + _NEAREST))
        best = min(nearest, key=lambda at: (candidates[at][1] != page, at >= before, abs(candidates[at][0] - line)))
        found.append(candidates.pop(best)[0])
    return found
