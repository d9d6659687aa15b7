"""BM25 over our own tokens; the only module that imports tantivy.

A cache of the catalog: it carries the catalog's version that it was brought up to, and can be thrown away.
Documents of the lexical index are chunks, named by their row in the catalog.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import tantivy
from numpy.typing import NDArray

from corpus.text import fold
from index.fusion import Scores
from index.restoring import Frequencies, accented_forms

LEXICAL_FORMAT = 1
Rows = NDArray[np.int64]

_TEXT_FIELDS = ("syllables", "pairs", "folded", "folded_pairs", "heads", "numbers")
_NAME_FIELDS = ("document", "section")
_HEAP_BYTES = 64_000_000
_STATE_FILE = "version.json"


@dataclass(frozen=True, slots=True)
class LexicalEntry:
    """One chunk as tokens: field name → tokens; `section` are the folded words of its headings."""

    row: int
    document: str
    fields: dict[str, list[str]]
    section: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Term:
    """A token looked for in one field, with its weight."""

    field: str
    token: str
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Scope:
    """Where a search may look; None does not narrow. `section` words must all be in the chunk's headings."""

    documents: frozenset[str] | None = None
    sections: tuple[tuple[str, ...], ...] | None = None

    def __bool__(self) -> bool:
        return self.documents is not None or self.sections is not None


class LexicalIndex:
    """A tantivy index in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._index = _open(folder)
        self._index.register_tokenizer("spaces", tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())
        self._index.config_reader("manual")
        self.version = _read_version(folder)
        self._refresh()

    def _refresh(self) -> None:
        self._index.reload()
        self._searcher = self._index.searcher()
        for name in ("_vocabulary", "_accents"):
            self.__dict__.pop(name, None)

    def reload(self) -> None:
        """See what another process has committed."""
        version = _read_version(self._folder)
        if version != self.version:
            self._refresh()
            self.version = version

    @property
    def count(self) -> int:
        """Number of chunks."""
        return int(self._searcher.num_docs)

    def apply(self, removed: Iterable[str], added: Iterable[LexicalEntry], version: int) -> None:
        """Forget documents, take in chunks, and commit; doing it twice has the effect of doing it once."""
        writer = self._index.writer(_HEAP_BYTES, 1)
        for document in removed:
            writer.delete_documents_by_term("document", document)
        for entry in added:
            writer.add_document(_document(entry))
        writer.commit()
        writer.wait_merging_threads()
        _write_version(self._folder, version)
        self._refresh()
        self.version = version

    def search(self, terms: Sequence[Term], limit: int, scope: Scope | None = None) -> tuple[Rows, Scores]:
        """Rows and BM25 scores of the best chunks, best first."""
        if not terms:
            return np.empty(0, np.int64), np.empty(0, np.float32)
        query = tantivy.Query.boolean_query([(tantivy.Occur.Should, self._term(term)) for term in terms])
        if scope:
            query = tantivy.Query.boolean_query([(tantivy.Occur.Must, query), *self._scope(scope)])
        return self._run(query, limit)

    def rows_in(self, scope: Scope) -> Rows:
        """All rows that a scope lets through."""
        query = tantivy.Query.boolean_query(self._scope(scope))
        return np.sort(self._run(query)[0])

    def frequency(self, field: str, token: str) -> int:
        """Number of chunks whose field holds the token."""
        return int(self._searcher.doc_freq(field, token))

    @cached_property
    def _vocabulary(self) -> dict[str, int]:
        return dict(self._searcher.terms_with_prefix("folded", ""))

    def vocabulary(self) -> dict[str, int]:
        """Folded syllable → number of chunks that hold it."""
        return self._vocabulary

    @cached_property
    def _accents(self) -> Frequencies:
        syllables = dict(self._searcher.terms_with_prefix("syllables", ""))
        return Frequencies(accented_forms(syllables, fold), self._together, self.count)

    def _together(self, first: str, second: str) -> int:
        return self.frequency("pairs", f"{first}_{second}")

    def accents(self) -> Frequencies:
        """How often accented syllables stand in chunks, alone and side by side."""
        return self._accents

    def _run(self, query: tantivy.Query, limit: int | None = None) -> tuple[Rows, Scores]:
        # Taken once: another thread may put a newer one in its place, to which these addresses mean nothing.
        searcher = self._searcher
        hits = searcher.search(query, limit or max(1, searcher.num_docs), count=False).hits
        rows = searcher.fast_field_values("row", [address for _, address in hits])
        return np.array(rows, np.int64), np.array([score for score, _ in hits], np.float32)

    def _term(self, term: Term) -> tantivy.Query:
        query = tantivy.Query.term_query(self._index.schema, term.field, term.token, "freq")
        return query if term.weight == 1.0 else tantivy.Query.boost_query(query, term.weight)

    def _scope(self, scope: Scope) -> list[tuple[Any, tantivy.Query]]:
        schema, parts = self._index.schema, []
        if scope.documents is not None:
            parts.append(tantivy.Query.term_set_query(schema, "document", sorted(scope.documents)))
        if scope.sections is not None:
            parts.append(_any([self._all("section", names) for names in scope.sections]))
        return [(tantivy.Occur.Must, tantivy.Query.const_score_query(part, 0.0)) for part in parts]

    def _all(self, field: str, tokens: Sequence[str]) -> tantivy.Query:
        schema = self._index.schema
        terms = [tantivy.Query.term_query(schema, field, token, "basic") for token in tokens]
        return tantivy.Query.boolean_query([(tantivy.Occur.Must, term) for term in terms])


def _open(folder: Path) -> tantivy.Index:
    """The index of a folder; an unreadable one, or one with other fields, is begun anew."""
    folder.mkdir(parents=True, exist_ok=True)
    try:
        return tantivy.Index(_schema(), path=str(folder))
    except ValueError:
        forget(folder)
        folder.mkdir(parents=True)
        return tantivy.Index(_schema(), path=str(folder))


def forget(folder: Path) -> None:
    """Throw the cache away."""
    shutil.rmtree(folder, ignore_errors=True)


def _any(queries: Sequence[tantivy.Query]) -> tantivy.Query:
    return tantivy.Query.boolean_query([(tantivy.Occur.Should, query) for query in queries])


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("row", fast=True)
    for name in _TEXT_FIELDS:
        builder.add_text_field(name, tokenizer_name="spaces", index_option="freq")
    for name in _NAME_FIELDS:
        builder.add_text_field(name, tokenizer_name="spaces", index_option="basic")
    return builder.build()


def _document(entry: LexicalEntry) -> tantivy.Document:
    document = tantivy.Document()
    document.add_unsigned("row", entry.row)
    document.add_text("document", entry.document)
    if entry.section:
        document.add_text("section", " ".join(entry.section))
    for name, tokens in entry.fields.items():
        document.add_text(name, " ".join(tokens))
    return document


def _read_version(folder: Path) -> int:
    """The catalog version of the cache; 0 where there is none or it has another layout."""
    try:
        state = json.loads((folder / _STATE_FILE).read_text("utf-8"))
    except (OSError, ValueError):
        return 0
    return int(state.get("version", 0)) if state.get("format") == LEXICAL_FORMAT else 0


def _write_version(folder: Path, version: int) -> None:
    temporary = folder / f"{_STATE_FILE}.new"
    temporary.write_text(json.dumps({"version": version, "format": LEXICAL_FORMAT}), "utf-8")
    temporary.replace(folder / _STATE_FILE)
