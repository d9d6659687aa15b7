"""What an answer can be cut from: sentences, clauses, items, table rows, footnotes of the passages that were found."""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from corpus.document import Chunk
from corpus.sentences import split_clauses, split_sentences
from corpus.text import fold
from index.types import Hit
from qa.language.words import Token, segment, tokenise

UnitKind = Literal["sentence", "clause", "row", "note"]
_LONG_SENTENCE = 260
_MARKER_AT_END = re.compile(r"(?<![\dmM²³])[⁰¹²³⁴-⁹]+|(?<=[mM])[⁰¹⁴-⁹][⁰¹²³⁴-⁹]*")
_LABEL = re.compile(
    r"^(?:(?:[Đđ]iều|[Cc]hương|[Mm]ục|[Pp]hần)\s+[\dIVX]+[.:]?|(?:\d+\.)+\d*\)?|[IVX]+[.)]|[a-zđ]\))\s+"
)
_ITEM = re.compile(r"[-+*•–]\s")
_TOPIC = 160
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
    def initials(self) -> str:
        """First letters of the syllables in order, without "và": what an acronym is made of."""
        return "".join(token.folded[0] for token in self.tokens if token.exact != "và")

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
        labels: for a row, the words of each column's label.
        lead: words of the line alone that leads into the run ("Chỉ tiêu năm 2024:"); None where there is none.
        marker: for a note, where its marker ends in the chunk's text; -1 where that is not known.
        marked: for a note, words of what stands right before its marker.
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
    labels: tuple[Words, ...] = ()
    lead: Words | None = None
    marker: int = -1
    marked: Words | None = None


@dataclass(frozen=True, slots=True)
class ChunkUnits:
    """The units of a chunk, the words of its heading path, and the words of its document's label."""

    units: tuple[Unit, ...]
    heading: Words


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
    heading = Words(tokenise(_path_of(chunk.prefix)))
    units = _rows(chunk) if chunk.kind == "table" else _sentences(chunk)
    return ChunkUnits(tuple(units), heading)


def _path_of(prefix: str) -> str:
    """The heading path without the document's label in front of it."""
    first, _, rest = prefix.partition("\n")
    return "\n".join((*map(_title_of, first.split(" › ")[1:]), rest))


def _title_of(heading: str) -> str:
    """A heading without its number; one that is only named ("PHỤ LỤC II") is what it is called."""
    return heading.partition(". ")[2] or (heading if " " in heading else "")


def _rows(chunk: Chunk) -> list[Unit]:
    """Rows; a blank cell is merged with the one above, and each cell speaks with the label of its column."""
    units: list[Unit] = []
    lines = chunk.text.split("\n")
    first = lines[0] if not any(char.isdigit() for char in lines[0]) or " | " not in lines[0] else ""
    line_of_labels = first or chunk.prefix.rpartition("\n")[2]
    labels = tuple(Words(tokenise(cell)) for cell in line_of_labels.split(" | ")) if " | " in line_of_labels else ()
    offset = 0
    above: list[str] = []
    for line in lines:
        cells = line.split(" | ")
        filled = [cell if cell.strip() or i >= len(above) else above[i] for i, cell in enumerate(cells)]
        head = line == line_of_labels or not any(char.isdigit() for char in line)
        if line.strip():
            words = Words((*tokenise(" | ".join(filled)), *(token for label in labels for token in label.tokens)))
            units.append(Unit("row", line, offset, offset + len(line), words, Words(()), None, head, labels))
        above = above if head else filled
        offset += len(line) + 1
    return units


def _sentences(chunk: Chunk) -> list[Unit]:
    text = chunk.text
    units: list[Unit] = []
    lead = before = topic = Words(())
    item = False
    anchors: dict[str, tuple[int, Words, Words]] = {}
    titles = fold(" ".join(chunk.prefix.split()))
    for start, end in split_sentences(text):
        sentence = text[start:end]
        words = Words(_unlabelled(sentence))
        if text[:start].rpartition("\n")[2].strip() == "":
            item = bool(_ITEM.match(sentence))
            topic = topic if item else Words(())
        # What a dash adds ("- UBND huyện chủ trì …") is said of the whole paragraph above it.
        context = Words((*lead.tokens, *(topic.tokens if item else ()), *before.tokens))
        topic = topic if item else Words((*topic.tokens, *words.tokens)[:_TOPIC])
        head = _is_heading(sentence, titles)
        units.append(Unit("sentence", sentence, start, end, words, context, None, head, (), lead))
        if end - start > _LONG_SENTENCE:
            units.extend(_clauses(sentence, start, words, context))
        begin = 0
        for match in _MARKER_AT_END.finditer(sentence):
            own = [token for token in words.tokens if begin <= token.start < match.start()]
            anchors[match.group()] = start + match.end(), Words(own), Words((*context.tokens, *own))
            begin = match.end()
        lead, before = _next_context(sentence, words, lead)
    units.extend(_notes(chunk, anchors))
    return units


def _unlabelled(sentence: str) -> list[Token]:
    """The words of a sentence without the label that it begins with: "3. Thư ký" is not about "Tổ số 3"."""
    label = _LABEL.match(sentence)
    return [token for token in tokenise(sentence) if label is None or token.start >= label.end()]


def _is_heading(sentence: str, titles: str) -> bool:
    """A line that the heading path repeats, a short line without an end, or an empty table row."""
    stripped = _LABEL.sub("", sentence.strip(" *|_"))
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


def _notes(chunk: Chunk, anchors: dict[str, tuple[int, Words, Words]]) -> list[Unit]:
    markers = list(anchors.values())
    units: list[Unit] = []
    for number, note in enumerate(chunk.notes):
        at, marked, around = markers[number] if number < len(markers) else (-1, Words(()), Words(()))
        words = Words(tokenise(note))
        whole = Unit("note", note, 0, len(note), words, around, number, marker=at, marked=marked)
        units.append(whole)
        if len(note) > _LONG_SENTENCE:
            opened = Words((*around.tokens, *words.tokens[:16]))
            units.extend(
                replace(whole, text=note[first:last], start=first, end=last,
                        words=Words(tokenise(note[first:last])), before=opened)
                for first, last in split_clauses(note)
            )  # fmt: skip
    return units
