"""The face of this package: a library of documents in a folder that can be added to, searched and corrected."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from functools import cached_property, lru_cache
from pathlib import Path

from corpus.document import Chunk, Document
from corpus.numbers import number_key
from index import interaction, manifest
from index.caches import Caches
from index.catalog import Catalog
from index.embedding import load_embedder, unit
from index.grouping import group_alike
from index.queries import Dictionary, Question, analyse
from index.records import Records
from index.searching import Candidate, Ordering, Proposal, candidates, hits, propose
from index.settings import IndexSettings
from index.types import DocumentRecord, Embedder, Filters, Hit, IndexReport, LibraryError, Mode, PieceEmbedder, Vectors
from index.windows import Windows, by_windows
from index.writing import Progress, Writer

__all__ = ["Library", "Progress"]

_RETRY_SECONDS = 1.0
# Fetched beyond what is wanted where some chunks have been removed by another process a moment ago.
_SPARE = 20
# Hits looked at for each result that is wanted, when those alike are shown as one.
_GROUPED_FROM = 3


class Library:
    """Documents of one home folder; may be used by several threads, and read while another process writes."""

    def __init__(self, home: Path, settings: IndexSettings, embedder: Embedder | None) -> None:
        home.mkdir(parents=True, exist_ok=True)
        self.home = home
        self.settings = settings
        self.ordering = _ordering(settings)
        self._given = embedder
        self._catalog = Catalog(home / "catalog.sqlite")
        self._caches = Caches(home, self._catalog, settings.exact_up_to)
        self._writer = Writer(home, self._catalog, self._caches, lambda: self.embedder, settings.lock_seconds)
        self._beside = ThreadPoolExecutor(thread_name_prefix="search")
        self._seen: Records | None = None
        self._tried_at = 0.0
        self._parsed = lru_cache(maxsize=64)(self._load_document)
        self._asked = lru_cache(maxsize=256)(self._encode_question)

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
            LibraryError: the catalog or the model cannot be read.
        """
        library = cls(Path(home), settings or IndexSettings(), embedder)
        try:
            if not rebuild and manifest.stored(library._catalog):
                manifest.check(library._catalog, library.embedder, library.home)
            library._catalog.upgrade()
            library._refresh()
        except BaseException:
            library.close()
            raise
        return library

    def close(self) -> None:
        """Let go of the files."""
        self._beside.shutdown()
        self._catalog.close()

    @cached_property
    def embedder(self) -> Embedder | None:
        """The model; None for a library of words alone."""
        chosen = self.settings
        if self._given is not None or chosen.model == "none":
            return self._given
        return load_embedder(
            chosen.model,
            backend=chosen.backend,
            query_prefix=chosen.query_prefix,
            passage_prefix=chosen.passage_prefix,
            online=chosen.online,
        )

    # --- writing; each raises LibraryLocked when another process goes on writing for too long

    def add(
        self,
        paths: Iterable[Path | str],
        *,
        progress: Callable[[Progress], None] | None = None,
        rebuild: bool = False,
        ocr: bool = True,
    ) -> IndexReport:
        """Read files and folders; a file that cannot be read does not stop the others.

        Documents whose files were deleted from a named folder leave; a folder in which nothing is found loses none.

        Args:
            rebuild: make everything anew with the present settings, also what `paths` does not name.
        """
        from corpus.readers import look_through, prepared

        with self._writer.batch():
            rebuilt = self._writer.rebuild(progress) if rebuild else 0
            named = [Path(path) for path in paths]
            files, others = look_through(named)
            with prepared(files):
                report = self._writer.add(files, progress=progress, again=rebuild, ocr=ocr)
            removed = self._writer.withdraw(named, files)
        return replace(report, removed=removed, rebuilt=rebuilt, passed_over=others)

    @contextmanager
    def batch(self) -> Iterator[None]:
        """Hold the write lock over several `store` calls; they are found when it ends."""
        with self._writer.batch():
            yield

    def store(self, document: Document, chunks: Sequence[Chunk] | None = None) -> None:
        """Commit one parsed document within a `batch`; `chunks` are made from it unless they are given."""
        self._writer.store(document, chunks)

    def remove(self, which: str) -> int:
        """Take documents out, named by number, id or path; how many there were."""
        with self._writer.batch():
            found = self.find(which)
            self._writer.remove(record.id for record in found)
        return len(found)

    def correct(self, document_id: str, field: str, value: str) -> None:
        """Set a field of the metadata by hand; "" says that it is unknown. Re-indexing keeps it.

        Raises:
            LibraryError: unknown document or field, or a date that is none.
        """
        with self._writer.batch():
            self._writer.correct(document_id, field, value)

    def uncorrect(self, document_id: str, field: str | None = None) -> None:
        """Take back the hand correction of a field, or all of a document: what was read from the file holds again.

        Raises:
            LibraryError: unknown document, or nothing was corrected.
        """
        with self._writer.batch():
            self._writer.uncorrect(document_id, field)

    # --- reading

    @property
    def version(self) -> int:
        """Raised by every change of the library."""
        return self._catalog.version

    def fingerprint(self) -> str:
        """Changes whenever the answers might: content, settings or model."""
        told = json.dumps([manifest.stored(self._catalog), repr(self.settings), self.version])
        return hashlib.sha256(told.encode()).hexdigest()[:16]

    def documents(self) -> list[DocumentRecord]:
        """All documents, those that could not be read among them."""
        return list(self._refresh().all)

    def document(self, document_id: str) -> Document:
        """A parsed document, hand corrections applied.

        Raises:
            LibraryError: the library does not hold it, or it was never readable.
        """
        return self._parsed(document_id, self._refresh().version)

    def _load_document(self, document_id: str, version: int) -> Document:
        document = self._catalog.document(document_id)
        if document is None:
            raise LibraryError(f"Không có văn bản {document_id!r} trong kho; có thể nó vừa bị xóa.")
        return document

    def chunks(self, document_id: str) -> list[Chunk]:
        """The chunks of a document in reading order."""
        return [stored.chunk for stored in self._catalog.chunks_of(document_id)]

    def find(self, which: str) -> list[DocumentRecord]:
        """Documents by id, number or path; the end of a path is enough."""
        return self._refresh().find(which)

    def find_by_number(self, number: str) -> list[DocumentRecord]:
        """Documents that carry a number, in whatever spelling; else those behind which one stands that does."""
        seen = self._refresh()
        return seen.numbered(number) or seen.attached(number)

    def cited_by(self, number: str | None) -> list[DocumentRecord]:
        """Documents that name a number, other than the one that carries it."""
        if not number:
            return []
        seen = self._refresh()
        own = {record.id for record in seen.numbered(number)}
        citing = self._catalog.citing(number_key(number))
        return [seen.by_id[name] for name in citing if name in seen.by_id and name not in own]

    @property
    def size(self) -> int:
        """Number of chunks."""
        return self._caches.lexical.count

    def frequency(self, word: Sequence[str], *, marked: bool = False) -> int:
        """Number of chunks that hold a syllable, or two of them side by side; folded unless `marked`."""
        single, pair = ("syllables", "pairs") if marked else ("folded", "folded_pairs")
        return self._caches.lexical.frequency(single if len(word) == 1 else pair, "_".join(word))

    # --- searching

    def search(
        self, query: str, k: int = 10, mode: Mode = "hybrid", filters: Filters | None = None, *, group: bool = False
    ) -> list[Hit]:
        """The chunks that fit a question best, best first; `group` shows those with nearly the same words as one."""
        if group:
            return group_alike(self.search(query, _GROUPED_FROM * k, mode, filters))[:k]
        if k <= 0:
            return []
        seen, question, head = self._refresh(), self.analyse(query), self.settings.ordered
        count = max(k, head)
        proposal = self._propose(question, mode, filters or Filters(), k, seen)
        chunks = self._catalog.chunks_at(proposal.first(count).rows.tolist())
        if len(chunks) < min(count, len(proposal.rows)):
            chunks = self._catalog.chunks_at(proposal.first(count + _SPARE).rows.tolist())
        readings = self._catalog.readings_at(list(chunks))
        found = candidates(question, proposal, chunks, readings, seen.by_id, count)
        return hits([*self._order(question, found[:head], mode), *found[head:]][:k])

    def _order(self, question: Question, found: Sequence[Candidate], mode: Mode) -> Sequence[Candidate]:
        """The first candidates in their last order; the learned one weighs words against meaning, so it needs both."""
        if mode != "lexical" and self._windows and question.text.strip():
            query, pool = self._asked(question.text, question.restored), self._windows.pool(found)
            found = found if query is None else self._windows.compare(query, found, pool)
            if mode == "hybrid" and not self.settings.reranker:
                told = question.restored or question.text
                found = interaction.compare(self._windows.embedder, told, found, pool)
        if mode == "dense" and not self.settings.reranker:
            return by_windows(found)
        ordering = self.ordering if mode == "hybrid" or self.settings.reranker else None
        return ordering(question, found) if ordering else found

    @cached_property
    def _windows(self) -> Windows | None:
        return Windows(self.embedder) if isinstance(self.embedder, PieceEmbedder) else None

    def _propose(self, question: Question, mode: Mode, filters: Filters, k: int, seen: Records) -> Proposal:
        scope = seen.scope(filters)
        if scope.documents is not None and not scope.documents:
            return Proposal.nothing()
        query = self._asked(question.text, question.restored) if mode != "lexical" and question.text.strip() else None
        limit = max(self.settings.candidates, k)
        with self._caches.guard:
            vectors = None if query is None else self._caches.vectors
            lexical, settings = self._caches.lexical, self.settings
            return propose(question, query, lexical, vectors, mode, scope, settings, limit, self._beside)

    def analyse(self, query: str) -> Question:
        """A question as weighted terms, against the words of this library."""
        seen, lexical = self._refresh(), self._caches.lexical
        dictionary = Dictionary(
            seen.abbreviations,
            lambda token: lexical.frequency("folded", token),
            lexical.vocabulary,
            lexical.count,
            lexical.accents,
        )
        return analyse(query, dictionary, self.settings.weights)

    def _encode_question(self, text: str, restored: str | None) -> Vectors | None:
        """The question's vector; of its text with diacritics and, at half weight, without, where they were guessed."""
        if self.embedder is None:
            return None
        if restored is None:
            return self.embedder.encode_queries([text]).reshape(-1)
        typed, guessed = self.embedder.encode_queries([text, restored])
        return unit((guessed + typed / 2).reshape(1, -1)).reshape(-1)

    # --- freshness

    def _refresh(self) -> Records:
        """The present state; caches that are behind are brought up to date unless somebody is writing."""
        version = self._catalog.version
        seen = self._seen
        if seen is None or seen.version != version:
            seen = self._seen = Records.read(self._catalog, version)
            self._caches.reload()
        if self._caches.version < version and time.monotonic() - self._tried_at > _RETRY_SECONDS:
            self._tried_at = time.monotonic()
            self._caches.reload()
            self._writer.catch_up()
        return seen


def _ordering(settings: IndexSettings) -> Ordering | None:
    """How the first candidates are ordered at last: by a cross-encoder where one is set, else as it was learned."""
    if not settings.reranker:
        from index.ordering import load_ordering

        return load_ordering()
    from index.reranking import CrossEncoderOrdering

    return CrossEncoderOrdering(settings.reranker, backend=settings.backend, online=settings.online)
