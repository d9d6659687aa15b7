"""The lexical and the vector index beside the catalog, brought up to its version when they are behind."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from pathlib import Path

from corpus.document import Document, SectionPath
from corpus.numbers import find_numbers, number_key
from index import lexical, manifest, vectors
from index.catalog import Catalog, StoredChunk
from index.lexical import LexicalEntry, LexicalIndex
from index.tokens import pairs, words
from index.vectors import VectorIndex

# The catalog drops what is found of them, so a few do not matter.
_MOST_DEAD = 0.1


class Caches:
    """Both caches of one library; `guard` is held while vectors are changed or searched."""

    def __init__(self, home: Path, catalog: Catalog, exact_up_to: int) -> None:
        self._catalog = catalog
        self._words_folder = home / "lexical"
        self._vectors_folder = home / "vectors"
        self._exact_up_to = exact_up_to
        self.guard = threading.RLock()
        self.lexical = LexicalIndex(self._words_folder)
        self._vectors: VectorIndex | None = None
        self._unreadable = False

    @property
    def vectors(self) -> VectorIndex | None:
        """The vector index, read when it is first needed; None while there are no vectors.

        A file that cannot be read is left to `synchronise`: somebody may be writing the next one at this moment.
        """
        with self.guard:
            if self._vectors is None:
                self._vectors = VectorIndex.load(self._vectors_folder)
                self._unreadable = self._vectors is None and vectors.stored_version(self._vectors_folder) > 0
            return self._vectors

    @property
    def version(self) -> int:
        """The catalog version that both caches have reached on disk."""
        stored = self._vectors.version if self._vectors else self._stored_vectors
        return min(self.lexical.version, stored) if self._dimension else self.lexical.version

    @property
    def _stored_vectors(self) -> int:
        return 0 if self._unreadable else vectors.stored_version(self._vectors_folder)

    @property
    def _dimension(self) -> int:
        return int(self._catalog.meta("dimension") or 0)

    def reload(self) -> None:
        """See what another process has written."""
        self.lexical.reload()
        with self.guard:
            if self._vectors and vectors.stored_version(self._vectors_folder) > self._vectors.version:
                self._vectors = None

    def forget(self) -> None:
        """Throw both caches away; the catalog holds all that they are made of."""
        lexical.forget(self._words_folder)
        vectors.forget(self._vectors_folder)
        self.lexical = LexicalIndex(self._words_folder)
        with self.guard:
            self._vectors = None

    def synchronise(self) -> None:
        """Bring both caches up to the catalog; only the holder of the write lock may do that."""
        version = self._catalog.version
        if max(self.lexical.version, vectors.stored_version(self._vectors_folder)) > version:
            self.forget()
        if self._unreadable and self.vectors is None:
            vectors.forget(self._vectors_folder)
        if self.lexical.version < version:
            changes = self._catalog.changes_since(self.lexical.version)
            self.lexical.apply(changes.documents, self._entries(changes.present), version)
        if self._dimension and vectors.stored_version(self._vectors_folder) < version:
            with self.guard:
                self._synchronise_vectors(version)

    def _synchronise_vectors(self, version: int) -> None:
        index = self.vectors
        changes = self._catalog.changes_since(index.version if index else 0)
        chunks = self._catalog.chunk_count()
        exact = chunks <= max(self._exact_up_to, vectors.LEAST_SKETCHED)
        if index is None or index.dimension != self._dimension or index.removable != exact or _crowded(index, chunks):
            index, batches = VectorIndex.empty(self._dimension, exact=exact), self._catalog.embeddings(self._dimension)
        else:
            if index.removable:
                index.remove(changes.gone)
            batches = self._catalog.embeddings(self._dimension, changes.came)
        for rows, values in batches:
            index.add(rows, values)
        index.save(self._vectors_folder, version)
        manifest.note_vectors(self._catalog, index.kind)
        self._vectors, self._unreadable = index, False

    def _entries(self, documents: Iterable[str]) -> Iterator[LexicalEntry]:
        for document in documents:
            parsed = self._catalog.document(document)
            titles = {section.path: section.title for section in parsed.walk()} if parsed else {}
            for stored in self._catalog.chunks_of(document):
                yield _entry(stored, parsed, titles)


def _crowded(index: VectorIndex, chunks: int) -> bool:
    """Whether so many vectors that cannot be taken out belong to no chunk that it is better made anew."""
    return not index.removable and index.count > (1.0 + _MOST_DEAD) * chunks


def _entry(stored: StoredChunk, document: Document | None, titles: dict[SectionPath, str]) -> LexicalEntry:
    chunk = stored.chunk
    text = chunk.indexed_text
    body, head = words(text), words(chunk.prefix)
    keys = {number_key(number) for _, _, number in find_numbers(text)}
    if document and document.metadata.number:
        keys.add(number_key(document.metadata.number))
    levels = [chunk.section[:depth] for depth in range(1, len(chunk.section) + 1)]
    headings = " ".join([*chunk.section, *(titles.get(level, "") for level in levels)])
    fields = {
        "syllables": [*body.syllables, *body.joined],
        "pairs": pairs(body.syllables),
        "folded": [*body.folded, *words(" ".join(body.joined)).folded],
        "folded_pairs": pairs(body.folded),
        "heads": [*head.folded, *pairs(head.folded)],
        "numbers": sorted(keys),
    }
    return LexicalEntry(stored.row, chunk.document_id, fields, sorted(set(words(headings).folded)))
