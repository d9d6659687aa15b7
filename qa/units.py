"""What an answer can be cut from: sentences, clauses, items, table rows, footnotes of the passages that were found."""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from corpus.document import Chunk
from corpus.sentences import split_clauses, split_sentences
from corpus.text import fold
from index.types import Hit
from qa.words import Token, segment, tokenise

UnitKind = Literal["sentence", "clause", "row", "note"]
_LONG_SENTENCE = 260
_MARKER_AT_END = re.compile(r"[⁰¹²³⁴-⁹]+")
_CACHED_CHUNKS = 4096


class Words:
    """Tokens of a text, as sets of syllables and of neighbouring pairs."""

    def __init__(self, tokens: Iterable[Token]) -> None:
        self.tokens = tuple(tokens)

    @cached_property
    def exact(self) -> frozenset[str]:
        """Syllables with diacritics."""
        return frozenset(token.exact for token in self.tokens)

    @cached_property
    def folded(self) -> frozenset[str]:
        """Syllables without diacritics."""
        return frozenset(token.folded for token in self.tokens)

    @cached_property
    def _alone(self) -> tuple[Token, ...]:
        return tuple(word[0] for word in segment(list(self.tokens), True) if len(word) == 1)

    @cached_property
    def exact_alone(self) -> frozenset[str]:
        """Syllables that are words of their own here ("giá", but not the one of "đánh giá")."""
        return frozenset(token.exact for token in self._alone)

    @cached_property
    def folded_alone(self) -> frozenset[str]:
        """The same without diacritics."""
        return frozenset(token.folded for token in self._alone)

    @cached_property
    def exact_pairs(self) -> frozenset[tuple[str, str]]:
        """Neighbours with diacritics."""
        return frozenset((a.exact, b.exact) for a, b in zip(self.tokens, self.tokens[1:], strict=False))

    @cached_property
    def folded_pairs(self) -> frozenset[tuple[str, str]]:
        """Neighbours without diacritics."""
        return frozenset((a.folded, b.folded) for a, b in zip(self.tokens, self.tokens[1:], strict=False))


@dataclass(frozen=True, slots=True)
class Unit:
    """One piece of a passage.

    Args:
        start, end: its place in the chunk's text; for a note, in the note's text.
        words: its own words.
        before: words of what leads into it: the lead-in, the sentence that carries the note's marker, the rest of
            the sentence of a clause, the sentence before.
        note: index of the footnote in `Chunk.notes`; None for the chunk's own text.
        heading: a heading or the labels of a table: says what follows, answers nothing.
    """

    kind: UnitKind
    text: str
    start: int
    end: int
    words: Words
    before: Words
    note: int | None = None
    heading: bool = False


@dataclass(frozen=True, slots=True)
class ChunkUnits:
    """The units of a chunk and the words of its heading path."""

    units: tuple[Unit, ...]
    heading: Words
    all: Words


class UnitReader:
    """Cuts chunks into units; remembers those it has cut."""

    def __init__(self) -> None:
        self._cache: OrderedDict[str, ChunkUnits] = OrderedDict()

    def read(self, hit: Hit) -> ChunkUnits:
        """The units of a hit's chunk."""
        found = self._cache.get(hit.chunk.id)
        if found is None:
            found = self._cache[hit.chunk.id] = cut(hit.chunk)
            while len(self._cache) > _CACHED_CHUNKS:
                self._cache.popitem(last=False)
        return found


def cut(chunk: Chunk) -> ChunkUnits:
    """The units of a chunk: rows of a table; sentences, clauses of long sentences and footnotes of a text."""
    heading = Words(tokenise(chunk.prefix))
    units = _rows(chunk) if chunk.kind == "table" else _sentences(chunk)
    return ChunkUnits(tuple(units), heading, Words(tokenise(chunk.indexed_text)))


def _rows(chunk: Chunk) -> list[Unit]:
    """Rows; a blank cell is merged with the one above, whose words it shares."""
    units: list[Unit] = []
    offset = 0
    labels = chunk.prefix.rpartition("\n")[2]
    above: list[str] = []
    head = True
    for line in chunk.text.split("\n"):
        cells = line.split(" | ")
        filled = [cell if cell.strip() or i >= len(above) else above[i] for i, cell in enumerate(cells)]
        if line.strip():
            head = not any(char.isdigit() for char in line) or line == labels
            words = Words(tokenise(" | ".join(filled)))
            lead = Words(tokenise(labels)) if " | " in labels else Words(())
            units.append(Unit("row", line, offset, offset + len(line), words, lead, None, head))
        if not head:
            above = filled
        offset += len(line) + 1
    return units


def _sentences(chunk: Chunk) -> list[Unit]:
    text = chunk.text
    units: list[Unit] = []
    lead = before = Words(())
    anchors: dict[str, Words] = {}
    titles = fold(" ".join(chunk.prefix.split()))
    for start, end in split_sentences(text):
        sentence = text[start:end]
        words = Words(tokenise(sentence))
        context = Words((*lead.tokens, *before.tokens))
        units.append(Unit("sentence", sentence, start, end, words, context, None, _is_heading(sentence, titles)))
        if end - start > _LONG_SENTENCE:
            units.extend(_clauses(sentence, start, words, context))
        for match in _MARKER_AT_END.finditer(sentence):
            anchors[match.group()] = Words((*context.tokens, *words.tokens))
        lead, before = _next_context(sentence, words, lead)
    units.extend(_notes(chunk, anchors))
    return units


def _is_heading(sentence: str, titles: str) -> bool:
    """A line that the heading path repeats, a short line without an end, or an empty table row."""
    stripped = sentence.strip(" *|_")
    if len(stripped) < 12 or fold(" ".join(stripped.split()))[:120] in titles:
        return True
    return len(stripped) < 70 and not stripped.endswith((".", ";", ",", "/")) and not any(c.isdigit() for c in stripped)


def _next_context(sentence: str, words: Words, lead: Words) -> tuple[Words, Words]:
    """What leads into the next sentence: a line that ends with a colon or has no full stop leads a whole run."""
    stripped = sentence.rstrip(" *")
    if stripped.endswith(":") or (len(sentence) < 120 and not stripped.endswith((".", ";", ","))):
        return words, Words(())
    return lead, words


def _clauses(sentence: str, start: int, words: Words, context: Words) -> list[Unit]:
    ranges = split_clauses(sentence)
    if len(ranges) < 2:
        return []
    around = Words((*context.tokens, *words.tokens[:24]))
    return [
        Unit("clause", sentence[first:last], start + first, start + last, Words(tokenise(sentence[first:last])), around)
        for first, last in ranges
    ]


def _notes(chunk: Chunk, anchors: dict[str, Words]) -> list[Unit]:
    markers = list(anchors.values())
    units: list[Unit] = []
    for number, note in enumerate(chunk.notes):
        anchor = markers[number] if number < len(markers) else Words(())
        words = Words(tokenise(note))
        units.append(Unit("note", note, 0, len(note), words, anchor, number))
        if len(note) > _LONG_SENTENCE:
            units.extend(
                Unit("note", note[first:last], first, last, Words(tokenise(note[first:last])),
                     Words((*anchor.tokens, *words.tokens[:16])), number)
                for first, last in split_clauses(note)
            )  # fmt: skip
    return units
