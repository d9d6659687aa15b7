"""The face of this package: a library of documents in a folder that can be added to, searched and corrected."""

from __future__ import annotations

import hashlib
import json
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from pathlib import Path

from corpus.document import Chunk, CorpusError, Document, Metadata, NeedsOcr
from corpus.numbers import number_key
from corpus.text import fold
from index.abbreviations import Abbreviations, explained, listed
from index.caches import Caches
from index.catalog import Catalog, Entry, correctable
from index.embedding import load_embedder
from index.lexical import Scope
from index.locking import write_lock
from index.queries import Dictionary, Question, analyse, section_names
from index.searching import Candidate, Ordering, candidates, hits, propose
from index.settings import IndexSettings
from index.tokens import TOKENISER_VERSION
from index.types import (
    DocumentRecord,
    Embedder,
    Failure,
    Filters,
    Hit,
    IndexReport,
    LibraryError,
    LibraryLocked,
    LibraryMismatch,
    Mode,
    State,
    Vectors,
)

_SYNC_SECONDS = 20.0
_RETRY_SECONDS = 1.0
_REBUILD = "baocao index --rebuild"


@dataclass(frozen=True, slots=True)
class Progress:
    """One file of an indexing run is done: `state` is "added", "updated", "unchanged", "failed" or "needs_ocr"."""

    path: str
    done: int
    total: int
    state: str


@dataclass(frozen=True, slots=True)
class _Snapshot:
    """The records of one catalog version, and what is derived from them."""

    version: int
    records: tuple[DocumentRecord, ...]
    by_id: Mapping[str, DocumentRecord]
    by_number: Mapping[str, tuple[DocumentRecord, ...]]
    abbreviations: Abbreviations


class Library:
    """Documents of one home folder; may be used by several threads, and read while another process writes."""

    def __init__(self, home: Path, settings: IndexSettings, embedder: Embedder | None) -> None:
        home.mkdir(parents=True, exist_ok=True)
        self.home = home
        self.settings = settings
        self._given = embedder
        self._catalog = Catalog(home / "catalog.sqlite")
        self._caches = Caches(home, self._catalog, settings.exact_up_to)
        self._writer = threading.RLock()
        self._seen: _Snapshot | None = None
        self._tried_at = 0.0
        self.ordering = _ordering(settings)
        self._documents = lru_cache(maxsize=64)(self._load_document)
        self._questions = lru_cache(maxsize=256)(self._encode_question)

    @classmethod
    def open(
        cls,
        home: Path,
        settings: IndexSettings | None = None,
        embedder: Embedder | None = None,
        *,
        rebuild: bool = False,
    ) -> Library:
        """The library of a folder, made when there is none.

        Args:
            embedder: in place of the model that the settings name.
            rebuild: open it although it was made with other settings; `add(…, rebuild=True)` makes it anew.

        Raises:
            LibraryMismatch: it was made with other settings.
        """
        library = cls(Path(home), settings or IndexSettings(), embedder)
        try:
            if not rebuild:
                library._check_manifest()
            library._refresh()
        except BaseException:
            library.close()
            raise
        return library

    def close(self) -> None:
        """Let go of the files."""
        self._catalog.close()

    # --- manifest

    @cached_property
    def embedder(self) -> Embedder | None:
        """The model; None for a library of words alone."""
        if self._given is not None:
            return self._given
        chosen = self.settings
        if chosen.model == "none":
            return None
        return load_embedder(
            chosen.model,
            backend=chosen.backend,
            query_prefix=chosen.query_prefix,
            passage_prefix=chosen.passage_prefix,
            online=chosen.online,
        )

    def _manifest(self) -> dict[str, str]:
        """What the stored chunks, tokens and vectors depend on."""
        from corpus.chunking import ChunkSettings

        embedder = self.embedder
        return {
            "model": embedder.name if embedder else "none",
            "model_fingerprint": embedder.fingerprint if embedder else "",
            "tokeniser": str(TOKENISER_VERSION),
            "chunking": ChunkSettings().fingerprint,
        }

    def _check_manifest(self) -> None:
        stored = json.loads(self._catalog.meta("manifest") or "{}")
        if not stored:
            return
        mine = self._manifest()
        changed = [name for name in mine if mine[name] != stored.get(name)]
        if changed:
            was = ", ".join(f"{name}: {stored.get(name)} → {mine[name]}" for name in changed)
            raise LibraryMismatch(f"Thư viện {self.home} được lập với cài đặt khác ({was}). Hãy chạy: {_REBUILD}")

    def _write_manifest(self) -> None:
        self._catalog.set_meta("manifest", json.dumps(self._manifest()))
        if self.embedder:
            self._catalog.set_meta("dimension", str(self.embedder.dimension))

    # --- writing

    @contextmanager
    def _writing(self, wait_seconds: float | None = None) -> Iterator[None]:
        wait = self.settings.lock_seconds if wait_seconds is None else wait_seconds
        with self._writer, write_lock(self.home / "write.lock", wait):
            yield

    def add(
        self,
        paths: Iterable[Path | str],
        *,
        progress: Callable[[Progress], None] | None = None,
        rebuild: bool = False,
        ocr: bool = True,
    ) -> IndexReport:
        """Read files and folders; a file that cannot be read does not stop the others.

        Args:
            rebuild: make everything anew with the present settings, also what `paths` does not name.

        Raises:
            LibraryLocked: another process is writing.
        """
        from corpus.readers import expand

        started = time.monotonic()
        counts = dict.fromkeys(("added", "updated", "unchanged", "failed", "needs_ocr"), 0)
        failures: list[Failure] = []
        with self._writing():
            if rebuild:
                self._rebuild()
            elif not self._catalog.meta("manifest"):
                self._write_manifest()
            files = expand([Path(path) for path in paths])
            synchronised = time.monotonic()
            try:
                for done, path in enumerate(files, 1):
                    state, reason = self._add_file(path, again=rebuild, ocr=ocr)
                    counts[state] += 1
                    if reason:
                        failures.append(Failure(str(path), reason))
                    if progress:
                        progress(Progress(str(path), done, len(files), state))
                    if time.monotonic() - synchronised > _SYNC_SECONDS:
                        self._caches.synchronise()
                        synchronised = time.monotonic()
            finally:
                self._caches.synchronise()
        return IndexReport(
            counts["added"], counts["updated"], counts["unchanged"], tuple(failures), time.monotonic() - started
        )

    def _add_file(self, path: Path, *, again: bool, ocr: bool) -> tuple[str, str]:
        """Take one file in; what became of it, and why it failed."""
        from corpus.readers import document_id, read_document

        place = str(path.absolute())
        before = self._catalog.document_at(place)
        try:
            name = document_id(path)
        except OSError as error:
            return self._keep_failure(place, _path_id(place), "failed", f"không đọc được tệp: {error.strerror}")
        if not again and self._catalog.state_of(name) == "indexed":
            return ("updated" if before and before != name else "added") if self._catalog.add_path(
                place, name
            ) and before != name else "unchanged", ""
        try:
            document = read_document(path, ocr=ocr)
            self.store(replace(document, path=place))
        except NeedsOcr as error:
            return self._keep_failure(place, name, "needs_ocr", str(error))
        except (CorpusError, OSError) as error:
            return self._keep_failure(place, name, "failed", str(error))
        return ("updated" if before else "added"), ""

    def _keep_failure(self, place: str, name: str, state: State, reason: str) -> tuple[str, str]:
        form = Path(place).suffix.lower().lstrip(".")
        self._catalog.put(Entry(name, Metadata(), form, state, reason), [place])
        return state, reason

    def store(self, document: Document, chunks: Sequence[Chunk] | None = None) -> None:
        """Commit one parsed document; `chunks` are made from it unless they are given.

        The caches follow with `synchronise`.
        """
        parsed = document
        corrections = self._catalog.corrections(document.id)
        if chunks is None:
            from corpus.chunking import chunk_document
            from index.catalog import corrected

            chunks = chunk_document(replace(document, metadata=corrected(document.metadata, corrections)))
        entry = Entry(
            id=document.id,
            metadata=parsed.metadata,
            format=document.format,
            document=parsed,
            chunks=tuple(chunks),
            vectors=self._encode(chunks),
            abbreviations=tuple(explained(document.text)),
        )
        self._catalog.put(entry, [document.path], replaces=self._catalog.document_at(document.path))

    def _encode(self, chunks: Sequence[Chunk]) -> Vectors | None:
        if self.embedder is None:
            return None
        return self.embedder.encode_passages([chunk.indexed_text for chunk in chunks])

    def _rebuild(self) -> None:
        """Chunk and encode every stored document again; a kill in between leaves a library that asks for it again."""
        self._catalog.set_meta("manifest", json.dumps({"model": "?"}))
        self._caches.forget()
        for record in self._catalog.records():
            document = self._catalog.parsed(record.id)
            if document is not None:
                self.store(document)
        self._write_manifest()

    def synchronise(self) -> None:
        """Bring the caches up to the catalog now."""
        with self._writing():
            self._caches.synchronise()

    @contextmanager
    def batch(self) -> Iterator[None]:
        """Hold the write lock over several `store` calls; the caches follow at the end."""
        with self._writing():
            if not self._catalog.meta("manifest"):
                self._write_manifest()
            try:
                yield
            finally:
                self._caches.synchronise()

    def remove(self, which: str) -> int:
        """Take documents out, named by number, id or path; how many there were."""
        with self._writing():
            found = self.find(which)
            for record in found:
                self._catalog.remove(record.id)
            self._caches.synchronise()
        return len(found)

    def correct(self, document_id: str, field: str, value: str) -> None:
        """Set a field of the metadata by hand; "" says that it is unknown. Re-indexing keeps it.

        Raises:
            LibraryError: unknown document or field.
        """
        if not correctable(field):
            raise LibraryError(f"Không có trường {field!r} để sửa.")
        with self._writing():
            parsed = self._catalog.parsed(document_id)
            if parsed is None:
                raise LibraryError(f"Không có tài liệu {document_id!r} trong thư viện.")
            self._catalog.correct(document_id, field, value)
            self.store(parsed)
            self._caches.synchronise()

    # --- reading

    @property
    def version(self) -> int:
        """Raised by every change of the library."""
        return self._catalog.version

    def fingerprint(self) -> str:
        """Changes whenever the answers might: content, settings or model."""
        told = json.dumps([self._catalog.meta("manifest"), repr(self.settings), sorted(self._refresh().by_id)])
        return hashlib.sha256(told.encode()).hexdigest()[:16]

    def documents(self) -> list[DocumentRecord]:
        """All documents, those that could not be read among them."""
        return list(self._refresh().records)

    def document(self, document_id: str) -> Document:
        """A parsed document, hand corrections applied.

        Raises:
            LibraryError: the library does not hold it, or it was never readable.
        """
        return self._documents(document_id, self._refresh().version)

    def _load_document(self, document_id: str, version: int) -> Document:
        document = self._catalog.document(document_id)
        if document is None:
            raise LibraryError(f"Không có tài liệu {document_id!r} trong thư viện.")
        return document

    def chunks(self, document_id: str) -> list[Chunk]:
        """The chunks of a document in reading order."""
        return [stored.chunk for stored in self._catalog.chunks_of(document_id)]

    def find(self, which: str) -> list[DocumentRecord]:
        """Documents by id, number or path (the end of a path is enough)."""
        seen = self._refresh()
        if which in seen.by_id:
            return [seen.by_id[which]]
        if numbered := self.find_by_number(which):
            return numbered
        place = str(Path(which).absolute())
        exact = [record for record in seen.records if place in record.paths]
        ends = [r for r in seen.records if any(path.endswith(f"/{which}") for path in r.paths)]
        return exact or ends

    def find_by_number(self, number: str) -> list[DocumentRecord]:
        """Documents that carry a number, in whatever spelling."""
        return list(self._refresh().by_number.get(number_key(number), ()))

    def cited_by(self, number: str | None) -> list[DocumentRecord]:
        """Documents that name a number, other than the one that carries it."""
        if not number:
            return []
        key, seen = number_key(number), self._refresh()
        own = {record.id for record in seen.by_number.get(key, ())}
        return [seen.by_id[name] for name in self._catalog.citing(key) if name in seen.by_id and name not in own]

    def search(self, query: str, k: int = 10, mode: Mode = "hybrid", filters: Filters | None = None) -> list[Hit]:
        """The chunks that fit a question best, best first."""
        seen = self._refresh()
        scope = self._scope(filters or Filters(), seen)
        if k <= 0 or (scope.documents is not None and not scope.documents):
            return []
        question = self.analyse(query)
        vector = self._questions(question.text) if mode != "lexical" and question.text.strip() else None
        with self._caches.guard:
            vectors = self._caches.vectors if vector is not None else None
            limit = max(self.settings.candidates, k)
            proposal = propose(
                question, vector, self._caches.lexical, vectors, mode, scope or None, self.settings, limit
            )
        wanted = max(k, self.settings.ordered) * 2
        chunks = self._catalog.chunks_at(proposal.rows[:wanted].tolist())
        found = candidates(question, proposal.first(wanted), chunks, dict(seen.by_id))
        head = max(self.settings.ordered, 0)
        ordered: list[Candidate] = [*self.ordering(question, found[:head]), *found[head:]]
        return hits(ordered[:k])

    def analyse(self, query: str) -> Question:
        """A question as weighted terms, against the words of this library."""
        seen, lexical = self._refresh(), self._caches.lexical
        dictionary = Dictionary(
            seen.abbreviations, lambda token: lexical.frequency("folded", token), lexical.vocabulary, lexical.count
        )
        return analyse(query, dictionary, self.settings.weights)

    @property
    def size(self) -> int:
        """Number of chunks."""
        return self._caches.lexical.count

    def frequency(self, folded: Sequence[str]) -> int:
        """Number of chunks that hold a folded syllable, or two of them side by side."""
        field = "folded" if len(folded) == 1 else "folded_pairs"
        return self._caches.lexical.frequency(field, "_".join(folded))

    def _encode_question(self, text: str) -> Vectors | None:
        return None if self.embedder is None else self.embedder.encode_queries([text])[0]

    def _scope(self, filters: Filters, seen: _Snapshot) -> Scope:
        sections = section_names(filters.section)
        narrowed = replace(filters, section="")
        if not narrowed:
            return Scope(None, sections)
        return Scope(frozenset(r.id for r in seen.records if _passes(r, narrowed)), sections)

    # --- freshness

    def _refresh(self) -> _Snapshot:
        """The present state; caches that are behind are brought up to date unless somebody is writing."""
        version = self._catalog.version
        seen = self._seen
        if seen is None or seen.version != version:
            seen = self._seen = self._snapshot(version)
            self._caches.reload()
        if self._caches.version < version and time.monotonic() - self._tried_at > _RETRY_SECONDS:
            self._catch_up()
        return seen

    def _catch_up(self) -> None:
        self._tried_at = time.monotonic()
        self._caches.reload()
        if self._caches.version < self._catalog.version and self._writer.acquire(blocking=False):
            try:
                with write_lock(self.home / "write.lock", 0.0):
                    self._caches.synchronise()
            except LibraryLocked:
                pass
            finally:
                self._writer.release()

    def _snapshot(self, version: int) -> _Snapshot:
        records = tuple(self._catalog.records())
        by_number: dict[str, tuple[DocumentRecord, ...]] = {}
        for record in records:
            if record.metadata.number:
                key = number_key(record.metadata.number)
                by_number[key] = (*by_number.get(key, ()), record)
        abbreviations = Abbreviations([*listed(), *self._catalog.abbreviations()])
        return _Snapshot(version, records, {record.id: record for record in records}, by_number, abbreviations)


def _ordering(settings: IndexSettings) -> Ordering:
    """How the first candidates are ordered at last: by a cross-encoder where one is set, else as fused."""
    if not settings.reranker:
        return lambda question, found: found
    from index.reranking import CrossEncoderOrdering

    return CrossEncoderOrdering(settings.reranker, backend=settings.backend, online=settings.online)


def _passes(record: DocumentRecord, filters: Filters) -> bool:
    told = record.metadata
    year = int(told.issued_on[:4]) if told.issued_on and told.issued_on[:4].isdigit() else None
    keys = {number_key(number) for number in filters.numbers}
    return all(
        (
            not filters.kinds or _named(told.kind, filters.kinds, whole=True),
            not filters.issuers or _named(told.issuer, filters.issuers, whole=False),
            not filters.years or year in filters.years,
            not keys or (told.number is not None and number_key(told.number) in keys),
            not filters.documents or record.id in filters.documents,
        )
    )


def _named(value: str | None, wanted: Sequence[str], *, whole: bool) -> bool:
    plain = fold(value or "")
    return any(fold(name) == plain if whole else fold(name) in plain for name in wanted)


def _path_id(place: str) -> str:
    """An id for a file whose bytes cannot be read."""
    return hashlib.sha256(f"path:{place}".encode()).hexdigest()[:16]
