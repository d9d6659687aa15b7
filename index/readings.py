"""What a search wants to know of a chunk beside its text: its words, and the model's pieces sentence by sentence.

Both are read once, when the chunk is stored: taking the candidates apart again cost two thirds of a search. Words are
numbers here, so that all candidates are compared with a question at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from corpus.document import Chunk
from corpus.text import fold
from index.splitting import first_sentence
from index.tokens import words
from index.types import Pieces

Numbers = NDArray[np.uint32]

_HALF = np.uint32(0xFFFF)


@dataclass(frozen=True, slots=True, eq=False)
class Parts:
    """A text in the pieces of a model.

    Args:
        pieces: rows of the model's table, in reading order.
        lengths: how many pieces each sentence has; at least one sentence.
        norms: how long the summed vectors of every stretch, then of every sentence are (`index.windows`).
    """

    pieces: Pieces
    lengths: NDArray[np.uint32]
    norms: NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """The words of a chunk's indexed text by their numbers, and its parts where the model has pieces.

    Args:
        exact: in reading order, with diacritics.
        folded: the same without; runs along `exact`.
        joined: compound acronyms ("KH&CN" → "khcn"), folded; they stand outside the order.
        head: how many words the label and the headings have that stand above the chunk.
        opening: how many words follow in its first sentence, which in laws and reports is a heading too.
    """

    exact: Numbers
    folded: Numbers
    joined: Numbers
    head: int
    opening: int
    parts: Parts | None = None


# Two of the 20 words of a question and 8,000 of its candidates share a number once in 30,000 questions.
number_of = lru_cache(maxsize=200_000)(lambda word: crc32(word.encode()))


def numbers_of(tokens: Iterable[str]) -> Numbers:
    """The numbers of words."""
    return np.array([number_of(token) for token in tokens], np.uint32)


def read(chunk: Chunk, parts: Parts | None = None) -> Reading:
    """Read the words of a chunk."""
    found = words(chunk.indexed_text)
    head, opening = (len(words(text).folded) for text in (chunk.prefix, first_sentence(chunk.text)))
    return Reading(
        numbers_of(found.syllables),
        numbers_of(found.folded),
        numbers_of(map(fold, found.joined)),
        head,
        opening,
        parts,
    )


def places(numbers: Numbers, table: Mapping[str, int]) -> NDArray[np.intp]:
    """What a table says of each of the words; -1 for those that are not in it."""
    found = np.full(len(numbers), -1, np.intp)
    if not table:
        return found
    keys, values = numbers_of(table), np.array(list(table.values()), np.intp)
    order = np.argsort(keys)
    keys, values = keys[order], values[order]
    # Nearly all words are told apart by half of their number, which is looked up and not sought.
    halves = np.zeros(_HALF + 1, bool)
    halves[keys & _HALF] = True
    likely = np.flatnonzero(halves[numbers & _HALF])
    at = np.minimum(np.searchsorted(keys, numbers[likely]), len(keys) - 1)
    same = keys[at] == numbers[likely]
    found[likely[same]] = values[at[same]]
    return found


def holding(texts: Sequence[Numbers], table: Mapping[str, int], width: int) -> NDArray[np.bool_]:
    """Which places of a table each text has a word for, shape (texts, width)."""
    held = np.zeros((len(texts), width + 1), bool)  # the last column takes the words that are not in the table
    if texts:
        owners = np.repeat(np.arange(len(texts)), [len(text) for text in texts])
        held[owners, places(np.concatenate(texts), table)] = True
    return held[:, :width]


def pack(reading: Reading) -> tuple[bytes, bytes | None]:
    """A reading as it is stored: its counts and words; its parts."""
    counts = np.array([len(reading.exact), reading.head, reading.opening], "<u4")
    told = np.concatenate([counts, reading.exact, reading.folded, reading.joined]).astype("<u4")
    return told.tobytes(), None if reading.parts is None else _pack_parts(reading.parts)


def unpack(told: bytes, parts: bytes | None) -> Reading:
    """What `pack` was given."""
    counts, stored = np.frombuffer(told, "<u4", 3), np.frombuffer(told, "<u4", offset=12)
    number, head, opening = counts.tolist()
    exact, folded, joined = np.split(stored, (number, 2 * number))
    return Reading(exact, folded, joined, head, opening, None if parts is None else _unpack_parts(parts))


def _pack_parts(parts: Parts) -> bytes:
    """How many sentences and norms there are, both, and the pieces in two or four bytes each."""
    small = not len(parts.pieces) or int(parts.pieces.max()) < 1 << 16
    head = np.array([len(parts.lengths), len(parts.norms), *parts.lengths], "<u4")
    pieces = parts.pieces.astype("<u2" if small else "<u4")
    return head.tobytes() + parts.norms.astype("<f4").tobytes() + pieces.tobytes()


def _unpack_parts(packed: bytes) -> Parts:
    """What `_pack_parts` was given."""
    sentences, sums = np.frombuffer(packed, "<u4", 2).tolist()
    lengths = np.frombuffer(packed, "<u4", sentences, 8)
    norms = np.frombuffer(packed, "<f4", sums, 8 + lengths.nbytes)
    start = 8 + lengths.nbytes + norms.nbytes
    width = "<u4" if len(packed) - start > 2 * int(lengths.sum()) else "<u2"
    return Parts(np.frombuffer(packed, width, offset=start), lengths, norms)
