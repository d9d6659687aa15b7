"""What one transaction of the catalog writes, over an open connection."""

from __future__ import annotations

import sqlite3
import zlib
from dataclasses import dataclass

import msgspec
import numpy as np

from corpus.document import Chunk, Document, Metadata
from corpus.numbers import number_key
from index.readings import Reading, pack
from index.types import State, Vectors

SCHEMA_VERSION = 3

READINGS = "CREATE TABLE readings (row INTEGER PRIMARY KEY REFERENCES chunks (row), words BLOB NOT NULL, parts BLOB)"

SCHEMA = f"""
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE documents (
  id TEXT PRIMARY KEY, format TEXT NOT NULL, pages INTEGER NOT NULL, state TEXT NOT NULL, reason TEXT NOT NULL,
  quality REAL, metadata TEXT NOT NULL, body BLOB, first_row INTEGER, last_row INTEGER,
  added_at TEXT NOT NULL
);
CREATE TABLE paths (path TEXT PRIMARY KEY, document TEXT NOT NULL REFERENCES documents (id)) WITHOUT ROWID;
CREATE INDEX paths_by_document ON paths (document);
CREATE TABLE chunks (
  row INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL, document TEXT NOT NULL REFERENCES documents (id),
  section TEXT NOT NULL, page INTEGER NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL, kind TEXT NOT NULL,
  text TEXT NOT NULL, prefix TEXT NOT NULL, notes TEXT NOT NULL
);
CREATE INDEX chunks_by_document ON chunks (document);
CREATE TABLE embeddings (row INTEGER PRIMARY KEY REFERENCES chunks (row), vector BLOB NOT NULL);
{READINGS};
CREATE TABLE references_ (document TEXT NOT NULL, number TEXT NOT NULL, number_key TEXT NOT NULL, relation TEXT);
CREATE INDEX references_by_number ON references_ (number_key);
CREATE INDEX references_by_document ON references_ (document);
CREATE TABLE corrections (
  document TEXT NOT NULL, field TEXT NOT NULL, value TEXT NOT NULL, parsed TEXT NOT NULL, PRIMARY KEY (document, field)
) WITHOUT ROWID;
CREATE TABLE abbreviations (document TEXT NOT NULL, short TEXT NOT NULL, long TEXT NOT NULL);
CREATE INDEX abbreviations_by_document ON abbreviations (document);
CREATE TABLE changes (
  version INTEGER PRIMARY KEY, document TEXT NOT NULL, first_row INTEGER, last_row INTEGER, present INTEGER NOT NULL
);
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """All that is stored of one document in one commit.

    Args:
        document: as parsed; None for a file that did not become one.
        vectors: unit vectors along `chunks`, or None where the library has no embeddings.
        readings: along `chunks`.
        abbreviations: (short, long) pairs that the text itself explains.
    """

    id: str
    metadata: Metadata
    format: str = ""
    state: State = "indexed"
    reason: str = ""
    document: Document | None = None
    chunks: tuple[Chunk, ...] = ()
    vectors: Vectors | None = None
    readings: tuple[Reading, ...] = ()
    abbreviations: tuple[tuple[str, str], ...] = ()


def insert(writer: sqlite3.Connection, entry: Entry) -> tuple[int | None, int | None]:
    """Write a document with its chunks; the first and the last row of these."""
    document = entry.document
    body = zlib.compress(msgspec.json.encode(document), 6) if document else None
    writer.execute(
        "INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?, ?, ?, NULL, NULL, strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))"
        " ON CONFLICT (id) DO UPDATE SET format=excluded.format, pages=excluded.pages, state=excluded.state,"
        " reason=excluded.reason, quality=excluded.quality, metadata=excluded.metadata,"
        " body=excluded.body, first_row=NULL, last_row=NULL, added_at=excluded.added_at",
        (
            entry.id,
            entry.format,
            document.pages if document else 0,
            entry.state,
            entry.reason,
            document.quality if document else None,
            msgspec.json.encode(entry.metadata).decode(),
            body,
        ),
    )
    first, last = _insert_chunks(writer, entry)
    writer.execute("UPDATE documents SET first_row=?, last_row=? WHERE id=?", (first, last, entry.id))
    references = {(r.number, r.relation) for r in document.references} if document else set()
    writer.executemany(
        "INSERT INTO references_ VALUES (?, ?, ?, ?)",
        [(entry.id, number, number_key(number), relation) for number, relation in sorted(references, key=str)],
    )
    pairs = [(entry.id, short, long) for short, long in entry.abbreviations]
    writer.executemany("INSERT INTO abbreviations VALUES (?, ?, ?)", pairs)
    return first, last


def _insert_chunks(writer: sqlite3.Connection, entry: Entry) -> tuple[int | None, int | None]:
    first = last = None
    for chunk in entry.chunks:
        section, notes = msgspec.json.encode(chunk.section).decode(), msgspec.json.encode(chunk.notes).decode()
        span = chunk.span
        last = writer.execute(
            "INSERT INTO chunks (id, document, section, page, start, end, kind, text, prefix, notes)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (chunk.id, entry.id, section, span.page, span.start, span.end, chunk.kind, chunk.text, chunk.prefix, notes),
        ).lastrowid
        first = last if first is None else first
    if entry.vectors is not None and first is not None:
        halves = entry.vectors.astype(np.float16)
        stored = [(first + offset, vector.tobytes()) for offset, vector in enumerate(halves)]
        writer.executemany("INSERT INTO embeddings VALUES (?, ?)", stored)
    if first is not None:
        packed = [(row, *pack(reading)) for row, reading in enumerate(entry.readings, first)]
        writer.executemany("INSERT INTO readings VALUES (?, ?, ?)", packed)
    return first, last


def forget(writer: sqlite3.Connection, document: str) -> None:
    """Remove what hangs on a document, but not its own row, its paths and its corrections."""
    row = writer.execute("SELECT first_row, last_row FROM documents WHERE id=?", (document,)).fetchone()
    if row is None:
        return
    for table in ("embeddings", "readings"):
        writer.execute(f"DELETE FROM {table} WHERE row BETWEEN ? AND ?", row)  # noqa: S608 - a fixed name
    for table in ("chunks", "references_", "abbreviations"):
        writer.execute(f"DELETE FROM {table} WHERE document=?", (document,))  # noqa: S608 - a fixed name
    log(writer, document, *row, present=False)


def move_path(writer: sqlite3.Connection, path: str, document: str) -> None:
    """Note what stands at a path; a document whose last path now holds other bytes is out."""
    before = writer.execute("SELECT document FROM paths WHERE path=?", (path,)).fetchone()
    writer.execute("INSERT OR REPLACE INTO paths VALUES (?, ?)", (path, document))
    if before is not None and before[0] != document:
        leave_without_path(writer, before[0])


def leave_without_path(writer: sqlite3.Connection, document: str) -> bool:
    """Take a document out that stands at no path any more; whether it left."""
    if writer.execute("SELECT 1 FROM paths WHERE document=?", (document,)).fetchone():
        return False
    forget(writer, document)
    writer.execute("DELETE FROM documents WHERE id=?", (document,))
    return True


def inherit(writer: sqlite3.Connection, old: str, entry: Entry) -> None:
    """Corrections of the version before stay where the parser still reads what was corrected."""
    for name, value, parsed in writer.execute(
        "SELECT field, value, parsed FROM corrections WHERE document=?", (old,)
    ).fetchall():
        if parsed == msgspec.json.encode(getattr(entry.metadata, name)).decode():
            writer.execute("INSERT OR IGNORE INTO corrections VALUES (?, ?, ?, ?)", (entry.id, name, value, parsed))


def log(writer: sqlite3.Connection, document: str, first: int | None, last: int | None, *, present: bool) -> None:
    """Raise the version, and tell the caches what came or left."""
    writer.execute("UPDATE meta SET value = CAST(value AS INTEGER) + 1 WHERE key='version'")
    writer.execute(
        "INSERT INTO changes SELECT CAST(value AS INTEGER), ?, ?, ?, ? FROM meta WHERE key='version'",
        (document, first, last, int(present)),
    )
