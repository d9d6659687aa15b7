"""What the library hands out: records of documents, hits, reports, filters, errors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from corpus.document import Chunk, Metadata

Mode = Literal["hybrid", "lexical", "dense"]
State = Literal["indexed", "needs_ocr", "failed"]
Vectors = NDArray[np.float32]
# Rows of the table of a static model.
Pieces = NDArray[np.unsignedinteger[Any]]


class LibraryError(Exception):
    """The library cannot do what was asked; the message is Vietnamese and names the value and the remedy."""


class LibraryMismatch(LibraryError):
    """The library was made with other settings."""


class LibraryLocked(LibraryError):
    """Another process is writing."""


class Embedder(Protocol):
    """Turns texts into unit vectors."""

    @property
    def name(self) -> str:
        """The model as the user names it."""

    @property
    def fingerprint(self) -> str:
        """Changes whenever the vectors would."""

    @property
    def dimension(self) -> int:
        """Width of the vectors."""

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of shape (len(texts), dimension), float32."""

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of shape (len(texts), dimension), float32."""


@runtime_checkable
class PieceEmbedder(Protocol):
    """An embedder whose texts are means of their pieces."""

    def pieces(self, texts: Sequence[str]) -> list[Pieces]:
        """The pieces of each text in order."""

    def rows(self, pieces: Pieces) -> Vectors:
        """The vectors of pieces, shape (pieces, dimension)."""

    def means(self, pieces: Sequence[Pieces]) -> Vectors:
        """The unit vectors of texts in pieces, shape (texts, dimension)."""


@dataclass(frozen=True, slots=True)
class DocumentRecord:
    """A document as the catalog lists it; `paths` holds every place where the same bytes were found."""

    id: str
    paths: tuple[str, ...]
    metadata: Metadata
    pages: int
    format: str
    state: State = "indexed"
    reason: str = ""
    quality: float | None = None
    chunks: int = 0
    corrected: tuple[str, ...] = ()
    added_at: str = ""

    @property
    def path(self) -> str:
        """The first place."""
        return self.paths[0] if self.paths else ""


@dataclass(frozen=True, slots=True)
class Filters:
    """Narrows a search before anything is ranked; an empty field does not narrow.

    Args:
        section: a word of the heading path, or a section kind ("hạn chế", "kiến nghị" …).
        numbers: document numbers in any spelling.
        levels: of the issuing body: "trung ương", "tỉnh", "huyện", "xã".
        places: words of the place of issue.
        periods: words of the period reported: "quý I", "6 tháng", "2021-2025".
    """

    kinds: tuple[str, ...] = ()
    issuers: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    section: str = ""
    numbers: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    periods: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        named = (self.kinds, self.issuers, self.years, self.section, self.numbers, self.documents)
        return any((*named, self.levels, self.places, self.periods))


@dataclass(frozen=True, slots=True)
class Hit:
    """A chunk that was found; `score` grows with fit, `parts` says where it came from ("lexical", "dense", "order").

    `parts["dense"]` is a cosine. `parts["coverage"]` (0..1) is the IDF-weighted share of the question's words
    that the chunk holds, folded; it is what tells an answer from a neighbour.

    `alike` are hits of other documents with nearly the same words, newest first, where a search groups them.
    """

    chunk: Chunk
    document: DocumentRecord
    score: float
    parts: dict[str, float] = field(default_factory=dict)
    alike: tuple[Hit, ...] = ()


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that did not become a document."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class IndexReport:
    """What one `Library.add` did.

    Args:
        failed: each with its path and a reason that does not name it again.
        removed: documents whose files were deleted from a folder.
        rebuilt: stored documents that were made anew with the present settings.
        passed_over: how many files of each suffix that has no reader stand in the folders.
    """

    added: int
    updated: int
    unchanged: int
    failed: tuple[Failure, ...]
    seconds: float
    removed: int = 0
    rebuilt: int = 0
    passed_over: Mapping[str, int] = field(default_factory=dict)
