"""Everything that changes a library: reading files in, replacing, correcting, removing, rebuilding."""

from __future__ import annotations

import hashlib
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from corpus.document import Chunk, CorpusError, Document, Metadata, NeedsOcr
from corpus.system_errors import system_reason
from index import manifest
from index.abbreviations import explained
from index.caches import Caches
from index.catalog import Catalog
from index.corrections import correctable, corrected, iso_date
from index.folders import place, withdrawn
from index.locking import write_lock
from index.readings import Reading, read
from index.storing import Entry
from index.types import Embedder, Failure, IndexReport, LibraryError, LibraryLocked, PieceEmbedder, State, Vectors
from index.windows import MOST_CHARACTERS, Windows

_SYNC_SECONDS = 20.0
# The vectors of a million chunks are a file of more than a gigabyte, written whole: no more than a tenth of the time.
_SYNC_SHARE = 10.0


@dataclass(frozen=True, slots=True)
class Progress:
    """One file of a run is done: `state` is "added", "updated", "unchanged", "rebuilt", "failed" or "needs_ocr"."""

    path: str
    done: int
    total: int
    state: str


class Writer:
    """The one who writes: holds the lock, commits each document on its own, then brings the caches up to date."""

    def __init__(
        self,
        home: Path,
        catalog: Catalog,
        caches: Caches,
        embedder: Callable[[], Embedder | None],
        lock_seconds: float,
    ) -> None:
        self._lock_file = home / "write.lock"
        self._catalog = catalog
        self._caches = caches
        self._embedder = embedder
        self._lock_seconds = lock_seconds
        self._threads = threading.RLock()

    @contextmanager
    def batch(self) -> Iterator[None]:
        """Hold the write lock over several `store` calls; the caches follow at the end.

        Raises:
            LibraryLocked: another process is writing.
        """
        with self._threads, write_lock(self._lock_file, self._lock_seconds):
            if not manifest.stored(self._catalog):
                # Caches of a catalog that was moved away are ahead of this one only while it is empty.
                self._caches.synchronise()
                manifest.write(self._catalog, self._embedder())
            try:
                yield
            finally:
                self._caches.synchronise()

    def catch_up(self) -> None:
        """Bring the caches up to date unless somebody is writing, who will do it."""
        if not self._threads.acquire(blocking=False):
            return
        try:
            with write_lock(self._lock_file, 0.0):
                self._caches.synchronise()
        except LibraryLocked:
            return
        finally:
            self._threads.release()

    def add(
        self, files: Sequence[Path], *, progress: Callable[[Progress], None] | None, again: bool, ocr: bool
    ) -> IndexReport:
        """Read files; one that cannot be read does not stop the others. `again` reads unchanged ones too."""
        started = time.monotonic()
        counts: Counter[str] = Counter()
        failures: list[Failure] = []
        synchronised, pause = started, _SYNC_SECONDS
        for done, path in enumerate(files, 1):
            state, reason = self._add_file(path, again=again, ocr=ocr)
            counts[state] += 1
            if reason:
                failures.append(Failure(str(path), reason))
            if progress:
                progress(Progress(str(path), done, len(files), state))
            if (begun := time.monotonic()) - synchronised > pause:
                self._caches.synchronise()
                synchronised = time.monotonic()
                pause = max(_SYNC_SECONDS, _SYNC_SHARE * (synchronised - begun))
        seconds = time.monotonic() - started
        return IndexReport(counts["added"], counts["updated"], counts["unchanged"], tuple(failures), seconds)

    def _add_file(self, path: Path, *, again: bool, ocr: bool) -> tuple[str, str]:
        """Take one file in; what became of it, and why it failed."""
        from corpus.readers import document_id, read_document

        where = place(path)
        before = self._catalog.document_at(where)
        try:
            name = document_id(path)
            if not again and self._catalog.state_of(name) == "indexed":
                moved = self._catalog.add_path(where, name)
                return ("unchanged" if not moved else "updated" if before else "added"), ""
            self.store(replace(read_document(path, ocr=ocr), path=where))
        except OSError as error:
            # What was read before stays: a file that is away or locked for a while has not changed.
            reason = f"không đọc được tệp ({system_reason(error)}). Hãy kiểm tra đường dẫn."
            if before or not path.exists():
                return "failed", reason
            return self._keep_failure(where, _path_id(where), "failed", reason)
        except CorpusError as error:
            reason = str(error).removeprefix(f"{path.name}: ")
            return self._keep_failure(where, name, "needs_ocr" if isinstance(error, NeedsOcr) else "failed", reason)
        return ("updated" if before else "added"), ""

    def _keep_failure(self, where: str, name: str, state: State, reason: str) -> tuple[str, str]:
        form = Path(where).suffix.lower().lstrip(".")
        self._catalog.put(Entry(name, Metadata(), form, state, reason), [where])
        return state, reason

    def store(self, document: Document, chunks: Sequence[Chunk] | None = None) -> None:
        """Commit one parsed document at its path; `chunks` are made from it unless they are given."""
        replaced = self._catalog.document_at(document.path)
        self._catalog.put(self._entry(document, chunks), [document.path], replaces=replaced)

    def _store_again(self, document: Document) -> None:
        """Commit what is stored already; where it was parsed another document may stand by now, so no path moves."""
        self._catalog.put(self._entry(document), [])

    def _entry(self, document: Document, chunks: Sequence[Chunk] | None = None) -> Entry:
        if chunks is None:
            from corpus.chunking import chunk_document

            told = corrected(document.metadata, self._catalog.corrections(document.id))
            chunks = chunk_document(replace(document, metadata=told))
        vectors, readings = self._read(chunks)
        return Entry(
            id=document.id,
            metadata=document.metadata,
            format=document.format,
            document=document,
            chunks=tuple(chunks),
            vectors=vectors,
            readings=readings,
            abbreviations=tuple(explained(document.text)),
        )

    def _read(self, chunks: Sequence[Chunk]) -> tuple[Vectors | None, tuple[Reading, ...]]:
        """The vectors of chunks, and what a search looks at again; texts in pieces are taken apart only once."""
        embedder, texts = self._embedder(), [chunk.indexed_text for chunk in chunks]
        if isinstance(embedder, PieceEmbedder):
            parts = Windows(embedder).read(texts)
            vectors = embedder.means([one.pieces for one in parts])
            if longer := [place for place, text in enumerate(texts) if len(text) > MOST_CHARACTERS]:
                vectors[longer] = embedder.encode_passages([texts[place] for place in longer])
            return vectors, tuple(map(read, chunks, parts))
        return embedder.encode_passages(texts) if embedder else None, tuple(map(read, chunks))

    def rebuild(self, progress: Callable[[Progress], None] | None = None) -> int:
        """Chunk and encode every stored document again, from what was parsed; how many there were."""
        manifest.begin_rebuild(self._catalog)
        self._caches.forget()
        records = [record for record in self._catalog.records() if record.state == "indexed"]
        for done, record in enumerate(records, 1):
            document = self._catalog.parsed(record.id)
            if document is not None:
                self._store_again(document)
            if progress:
                progress(Progress(record.path, done, len(records), "rebuilt"))
        manifest.write(self._catalog, self._embedder())
        return len(records)

    def withdraw(self, folders: Sequence[Path], found: Sequence[Path]) -> int:
        """Take out what was deleted from `folders`, in which `found` was found; how many documents left."""
        return sum(self._catalog.remove_path(path) for path in withdrawn(folders, found, self._catalog.paths()))

    def remove(self, documents: Iterable[str]) -> None:
        """Take documents out."""
        for document in documents:
            self._catalog.remove(document)

    def correct(self, document_id: str, field: str, value: str) -> None:
        """Set a field of the metadata by hand, and make the chunks again, which name the document.

        Raises:
            LibraryError: unknown document or field, or a date that is none.
        """
        if not correctable(field):
            raise LibraryError(f"Không có mục {field!r} để sửa.")
        if field == "issued_on":
            value = iso_date(value)
        parsed = self._parsed(document_id)
        self._catalog.correct(document_id, field, value)
        self._store_again(parsed)

    def uncorrect(self, document_id: str, field: str | None) -> None:
        """Take back the hand correction of a field, or all of them, so that what was read from the file holds again.

        Raises:
            LibraryError: unknown document, or nothing was corrected.
        """
        parsed = self._parsed(document_id)
        if not self._catalog.uncorrect(document_id, field):
            raise LibraryError("Văn bản này chưa được sửa tay ở mục đó, nên không có gì để bỏ.")
        self._store_again(parsed)

    def _parsed(self, document_id: str) -> Document:
        parsed = self._catalog.parsed(document_id)
        if parsed is None:
            raise LibraryError(f"Không sửa được {document_id!r}: không có trong kho, hoặc tệp của nó chưa đọc được.")
        return parsed


def _path_id(where: str) -> str:
    """An id for a file whose bytes cannot be read."""
    return hashlib.sha256(f"path:{where}".encode()).hexdigest()[:16]
