"""The SQLite file of a library: connections, transactions, the manifest's values, the version of the tables."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from index import storing
from index.types import LibraryError

# Tables of these versions differ from the present ones by their readings alone.
_WITH_OTHER_READINGS = ("1", "2")


class Database:
    """One SQLite file; a connection a thread, so that readers never wait for the writer (WAL)."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._local = threading.local()
        self._opened: list[tuple[threading.Thread, sqlite3.Connection]] = []
        self._guard = threading.Lock()
        try:
            self._prepare()
        except sqlite3.OperationalError as error:
            raise LibraryError(
                f"Không mở được danh mục {path} ({error}). Hãy xem thư mục có ghi được không, đĩa còn chỗ không, và có "
                "chương trình nào khác đang giữ tệp không."
            ) from error
        except sqlite3.DatabaseError as error:
            raise LibraryError(
                f"Danh mục {path} bị hỏng ({error}). Hãy chuyển tệp này đi nơi khác rồi lập chỉ mục lại."
            ) from error

    def _prepare(self) -> None:
        self._connection.execute("PRAGMA journal_mode=WAL")
        if not self._has_tables(self._connection):
            with self.transaction() as writer:
                if not self._has_tables(writer):
                    for statement in storing.SCHEMA.split(";\n"):
                        writer.execute(statement)
                    writer.execute(
                        "INSERT INTO meta VALUES ('schema', ?), ('version', '0')", (str(storing.SCHEMA_VERSION),)
                    )
        schema = self.meta("schema")
        if schema not in (str(storing.SCHEMA_VERSION), *_WITH_OTHER_READINGS):
            raise LibraryError(
                f"Danh mục {self._path} thuộc phiên bản {schema}, chương trình này cần phiên bản "
                f"{storing.SCHEMA_VERSION}. Hãy chuyển tệp này đi nơi khác rồi lập chỉ mục lại các thư mục: "
                "baocao index THƯ_MỤC"
            )

    @staticmethod
    def _has_tables(connection: sqlite3.Connection) -> bool:
        return bool(connection.execute("SELECT 1 FROM sqlite_master WHERE name='meta'").fetchone())

    def upgrade(self) -> None:
        """Bring older tables up to the present version; chunks have no readings until they are stored again.

        An older program cannot open them any more, so this comes after the library was found to fit.
        """
        if self.meta("schema") not in _WITH_OTHER_READINGS:
            return
        with self.transaction() as writer:
            if self.meta("schema") in _WITH_OTHER_READINGS:
                writer.execute("DROP TABLE IF EXISTS readings")
                writer.execute(storing.READINGS)
                writer.execute("UPDATE meta SET value=? WHERE key='schema'", (str(storing.SCHEMA_VERSION),))

    @property
    def _connection(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = sqlite3.connect(self._path, timeout=30, isolation_level=None, check_same_thread=False)
            connection.execute("PRAGMA synchronous=NORMAL")
            connection.execute("PRAGMA mmap_size=268435456")
            self._local.connection = connection
            with self._guard:
                self._close_abandoned()
                self._opened.append((threading.current_thread(), connection))
        return connection

    def _close_abandoned(self) -> None:
        """Close the connections of threads that have ended; a server starts many of them."""
        kept = []
        for thread, connection in self._opened:
            if thread.is_alive():
                kept.append((thread, connection))
            else:
                connection.close()
        self._opened = kept

    def close(self) -> None:
        """Close the connections of all threads."""
        with self._guard:
            for _, connection in self._opened:
                connection.close()
            self._opened.clear()
        self._local = threading.local()

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """A write that happens whole or not at all."""
        connection = self._connection
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield connection
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")

    def meta(self, key: str) -> str | None:
        """A value of the manifest."""
        row = self._connection.execute("SELECT value FROM meta WHERE key=?", (key,)).fetchone()
        return row[0] if row else None

    def set_meta(self, key: str, value: str) -> None:
        """Keep a value in the manifest."""
        self._connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))
