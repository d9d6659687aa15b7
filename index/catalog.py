"""The catalog in SQLite: documents, paths, chunks, embeddings, references, corrections — the source of truth.

A commit here is the moment a document is in or out. Every change raises the version by one and leaves a row in
`changes`, from which the caches learn what they have missed. Rows of chunks are never used twice, and the chunks of a
document have consecutive rows.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from corpus.document import Chunk, Document, Metadata, Span
from index import storing
from index.corrections import corrected
from index.database import Database
from index.readings import Reading, unpack
from index.storing import Entry
from index.types import DocumentRecord, State, Vectors

_IN_LIMIT = 500


@dataclass(frozen=True, slots=True)
class StoredChunk:
    """A chunk with its row, by which the caches name it."""

    row: int
    chunk: Chunk


@dataclass(frozen=True, slots=True)
class Changes:
    """What happened after a version.

    Args:
        documents: all that were touched; a cache forgets them first.
        present: those of them that the catalog still holds.
        gone, came: closed ranges of chunk rows that left, and that came and are still there.
    """

    documents: tuple[str, ...]
    present: tuple[str, ...]
    gone: tuple[tuple[int, int], ...]
    came: tuple[tuple[int, int], ...]


class Catalog(Database):
    """What the library knows, as rows of its database."""

    @property
    def version(self) -> int:
        """Raised by one with every change."""
        return int(self.meta("version") or 0)

    # --- writing

    def put(self, entry: Entry, paths: Sequence[str], replaces: str | None = None) -> None:
        """Store a document in place of its older self; corrections of the one it `replaces` stay where they fit."""
        with self.transaction() as writer:
            storing.forget(writer, entry.id)
            first, last = storing.insert(writer, entry)
            for path in paths:
                storing.move_path(writer, path, entry.id)
            if replaces and replaces != entry.id:
                storing.inherit(writer, replaces, entry)
            storing.log(writer, entry.id, first, last, present=True)

    def add_path(self, path: str, document: str) -> bool:
        """Note that the bytes of a stored document also stand at `path`; False where that was known."""
        known = self._connection.execute("SELECT document FROM paths WHERE path=?", (path,)).fetchone()
        if known and known[0] == document:
            return False
        with self.transaction() as writer:
            storing.move_path(writer, path, document)
            storing.log(writer, document, None, None, present=True)
        return True

    def remove(self, document: str) -> None:
        """Take a document out, with everything that hangs on it but hand corrections."""
        with self.transaction() as writer:
            writer.execute("DELETE FROM paths WHERE document=?", (document,))
            storing.leave_without_path(writer, document)

    def remove_path(self, path: str) -> bool:
        """Forget a path; whether the document left that stood there and nowhere else. Hand corrections stay."""
        document = self.document_at(path)
        if document is None:
            return False
        with self.transaction() as writer:
            writer.execute("DELETE FROM paths WHERE path=?", (path,))
            if storing.leave_without_path(writer, document):
                return True
            storing.log(writer, document, None, None, present=True)
        return False

    def correct(self, document: str, name: str, value: str) -> None:
        """Keep a hand correction beside what was parsed."""
        parsed = msgspec.json.encode(getattr(self._parsed_metadata(document), name)).decode()
        with self.transaction() as writer:
            writer.execute("INSERT OR REPLACE INTO corrections VALUES (?, ?, ?, ?)", (document, name, value, parsed))

    def uncorrect(self, document: str, name: str | None) -> bool:
        """Forget the hand correction of a field, or all of a document; whether there was one."""
        with self.transaction() as writer:
            which = (document, name, name)
            query = "DELETE FROM corrections WHERE document=? AND (field=? OR ? IS NULL)"
            return writer.execute(query, which).rowcount > 0

    # --- reading

    def records(self) -> list[DocumentRecord]:
        """All documents, hand corrections applied, in the order of their first path."""
        connection = self._connection
        paths: dict[str, list[str]] = {}
        for path, document in connection.execute("SELECT path, document FROM paths ORDER BY path"):
            paths.setdefault(document, []).append(path)
        corrections: dict[str, dict[str, str]] = {}
        for document, name, value in connection.execute("SELECT document, field, value FROM corrections"):
            corrections.setdefault(document, {})[name] = value
        found = connection.execute(
            "SELECT id, metadata, pages, format, state, reason, quality, first_row, last_row, added_at FROM documents"
        )
        records = [_record(row, paths.get(row[0], []), corrections.get(row[0], {})) for row in found]
        return sorted(records, key=lambda record: (record.path, record.id))

    def parsed(self, document: str) -> Document | None:
        """A document as it was parsed; None where it is unknown or was never readable."""
        row = self._connection.execute("SELECT body FROM documents WHERE id=?", (document,)).fetchone()
        if row is None or row[0] is None:
            return None
        return msgspec.json.decode(zlib.decompress(row[0]), type=Document)

    def document(self, document: str) -> Document | None:
        """The parsed document with hand corrections applied, or None."""
        parsed = self.parsed(document)
        if parsed is None:
            return None
        told = corrected(parsed.metadata, self.corrections(document))
        return replace(parsed, path=self._present_path(parsed), metadata=told)

    def _present_path(self, parsed: Document) -> str:
        """Where a document stands now; its file may have been renamed since it was parsed."""
        rows = self._connection.execute("SELECT path FROM paths WHERE document=? ORDER BY path", (parsed.id,))
        paths = [path for (path,) in rows]
        return parsed.path if parsed.path in paths or not paths else paths[0]

    def _parsed_metadata(self, document: str) -> Metadata:
        row = self._connection.execute("SELECT metadata FROM documents WHERE id=?", (document,)).fetchone()
        return msgspec.json.decode(row[0], type=Metadata)

    def corrections(self, document: str) -> dict[str, str]:
        """Hand corrections of a document: field → value."""
        return dict(self._connection.execute("SELECT field, value FROM corrections WHERE document=?", (document,)))

    def paths(self) -> list[str]:
        """Where documents stand, those that could not be read among them."""
        return [path for (path,) in self._connection.execute("SELECT path FROM paths ORDER BY path")]

    def document_at(self, path: str) -> str | None:
        """The id of the document that was last read at a path."""
        row = self._connection.execute("SELECT document FROM paths WHERE path=?", (path,)).fetchone()
        return row[0] if row else None

    def state_of(self, document: str) -> str | None:
        """What is known of a document: "indexed", "needs_ocr", "failed", or None for an unknown one."""
        row = self._connection.execute("SELECT state FROM documents WHERE id=?", (document,)).fetchone()
        return row[0] if row else None

    def chunks_of(self, document: str) -> list[StoredChunk]:
        """The chunks of a document in reading order."""
        return [
            _chunk(row) for row in self._connection.execute(f"{_CHUNKS} WHERE document=? ORDER BY row", (document,))
        ]

    def chunks_at(self, rows: Sequence[int]) -> dict[int, Chunk]:
        """Chunks by row; rows that are gone are missing."""
        return {row[0]: _chunk(row).chunk for row in self._at(_CHUNKS, rows)}

    def readings_at(self, rows: Sequence[int]) -> dict[int, Reading]:
        """Readings by row; rows that are gone, or were stored by an older version, are missing."""
        return {row: _unpacked(words, parts) for row, words, parts in self._at(_READINGS, rows)}

    def _at(self, query: str, rows: Sequence[int]) -> Iterator[Any]:
        for start in range(0, len(rows), _IN_LIMIT):
            part = [int(row) for row in rows[start : start + _IN_LIMIT]]
            marks = ",".join("?" * len(part))
            yield from self._connection.execute(f"{query} WHERE row IN ({marks})", part)

    def embeddings(
        self, dimension: int, ranges: Sequence[tuple[int, int]] | None = None
    ) -> Iterator[tuple[NDArray[np.int64], Vectors]]:
        """Rows and unit vectors in batches: of closed ranges of rows, or of all."""
        query = "SELECT row, vector FROM embeddings WHERE row BETWEEN ? AND ?"
        for first, last in [(0, 1 << 60)] if ranges is None else ranges:
            cursor = self._connection.execute(query, (first, last))
            while batch := cursor.fetchmany(8192):
                rows = np.array([row for row, _ in batch], np.int64)
                joined = np.frombuffer(b"".join(vector for _, vector in batch), np.float16)
                yield rows, joined.reshape(len(batch), dimension).astype(np.float32)

    def chunk_count(self) -> int:
        """Number of chunks."""
        return int(self._connection.execute("SELECT count(*) FROM chunks").fetchone()[0])

    def abbreviations(self) -> list[tuple[str, str]]:
        """(short, long) pairs that the documents explain themselves."""
        return list(self._connection.execute("SELECT DISTINCT short, long FROM abbreviations"))

    def citing(self, key: str) -> list[str]:
        """Ids of the documents that cite a number (as a comparison key)."""
        query = "SELECT DISTINCT document FROM references_ WHERE number_key=?"
        return [row[0] for row in self._connection.execute(query, (key,))]

    def changes_since(self, version: int) -> Changes:
        """What a cache that stands at `version` has to do to be up to date."""
        rows = self._connection.execute(
            "SELECT document, first_row, last_row, present FROM changes WHERE version>? ORDER BY version", (version,)
        ).fetchall()
        state = {document: bool(present) for document, _, _, present in rows}
        gone = {(first, last) for _, first, last, present in rows if first is not None and not present}
        came = {(first, last) for _, first, last, present in rows if first is not None and present}
        kept = tuple(document for document, present in state.items() if present)
        return Changes(tuple(state), kept, tuple(sorted(gone)), tuple(sorted(came - gone)))


# People who ask one after another often ask about the same passages; at 200 words these take 6 MB.
_unpacked = lru_cache(maxsize=2048)(unpack)
_LABELS = msgspec.json.Decoder(tuple[str, ...])
_READINGS = "SELECT row, words, parts FROM readings"
_CHUNKS = "SELECT row, id, document, section, page, start, end, kind, text, prefix, notes FROM chunks"


def _record(
    row: tuple[str, str, int, str, State, str, float | None, int | None, int | None, str],
    paths: Sequence[str],
    corrections: dict[str, str],
) -> DocumentRecord:
    document, metadata, pages, form, state, reason, quality, first, last, added_at = row
    return DocumentRecord(
        id=document,
        paths=tuple(paths),
        metadata=corrected(msgspec.json.decode(metadata, type=Metadata), corrections),
        pages=pages,
        format=form,
        state=state,
        reason=reason,
        quality=quality,
        chunks=0 if first is None or last is None else last - first + 1,
        corrected=tuple(sorted(corrections)),
        added_at=added_at,
    )


def _chunk(row: tuple[int, str, str, str, int, int, int, str, str, str, str]) -> StoredChunk:
    number, name, document, section, page, start, end, kind, text, prefix, notes = row
    chunk = Chunk(
        id=name,
        document_id=document,
        section=_LABELS.decode(section),
        span=Span(page, start, end),
        text=text,
        kind=kind,  # type: ignore[arg-type]
        prefix=prefix,
        notes=_LABELS.decode(notes),
    )
    return StoredChunk(number, chunk)
