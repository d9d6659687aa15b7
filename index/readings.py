"""What a search wants to know of a chunk beside its text: its tokens, and the model's pieces sentence by sentence.

Both are read once, when the chunk is stored: taking the candidates apart again cost two thirds of a search.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from corpus.text import fold
from index.tokens import Words
from index.types import Pieces

_plain = lru_cache(maxsize=200_000)(lambda token: fold(token).lower())


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


@dataclass(frozen=True)
class Reading:
    """The tokens of a chunk's indexed text, and its parts where the model has pieces."""

    words: Words
    parts: Parts | None = None

    @cached_property
    def known(self) -> frozenset[str]:
        """The folded tokens, compound acronyms among them."""
        return frozenset((*self.words.folded, *map(fold, self.words.joined)))


def pack(reading: Reading) -> tuple[str, bytes | None]:
    """A reading as it is stored: syllables and, on a second line, compound acronyms; the parts."""
    words = " ".join(reading.words.syllables) + "\n" + " ".join(reading.words.joined)
    return words, None if reading.parts is None else _pack_parts(reading.parts)


def unpack(words: str, parts: bytes | None) -> Reading:
    """What `pack` was given."""
    syllables, joined = (tuple(line.split()) for line in words.split("\n"))
    folded = tuple([_plain(token) for token in syllables])
    return Reading(Words(syllables, folded, joined), None if parts is None else _unpack_parts(parts))


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
