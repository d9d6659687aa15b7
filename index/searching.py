"""One search: words and vectors propose chunks, fusion orders them, the catalog has the last word."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corpus.document import Chunk
from index.fusion import Scores, coverage, fuse
from index.lexical import LexicalIndex, Scope
from index.queries import Question
from index.readings import Reading, read
from index.settings import IndexSettings
from index.types import DocumentRecord, Hit, Mode, Vectors
from index.vectors import VectorIndex

Rows = NDArray[np.int64]
Ordering = Callable[[Question, Sequence["Candidate"]], Sequence["Candidate"]]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A chunk before the last ordering; `parts` as in `Hit`, `rank` (0 is best) and `score` after fusion."""

    row: int
    chunk: Chunk
    document: DocumentRecord
    rank: int
    score: float
    parts: dict[str, float]
    reading: Reading | None = None

    def told(self, parts: Mapping[str, float], score: float | None = None) -> Candidate:
        """With more parts, and another score; a fifth of the time of `dataclasses.replace`."""
        score = self.score if score is None else score
        return Candidate(self.row, self.chunk, self.document, self.rank, score, {**self.parts, **parts}, self.reading)


@dataclass(frozen=True, slots=True)
class Proposal:
    """Rows with their scores; `fused` orders them, best first."""

    rows: Rows
    lexical: Scores
    dense: Scores
    fused: Scores

    @classmethod
    def nothing(cls) -> Proposal:
        """No chunk."""
        empty = np.empty(0, np.float32)
        return cls(np.empty(0, np.int64), empty, empty, empty)

    def first(self, count: int) -> Proposal:
        """The best of them."""
        return Proposal(self.rows[:count], self.lexical[:count], self.dense[:count], self.fused[:count])


def propose(
    question: Question,
    query: Vectors | None,
    lexical: LexicalIndex,
    vectors: VectorIndex | None,
    mode: Mode,
    scope: Scope,
    settings: IndexSettings,
    limit: int,
    beside: Executor,
) -> Proposal:
    """The best chunks of both sources; without vectors or a query vector the words decide alone.

    The words are looked up by `beside` meanwhile: both libraries work outside the interpreter, a core for each.
    """
    empty = np.empty(0, np.int64), np.empty(0, np.float32)
    looking = beside.submit(lexical.search, question.terms, limit, scope) if mode != "dense" else None
    by_meaning = empty
    if vectors is not None and query is not None and mode != "lexical":
        by_meaning = vectors.search(query, limit, lexical.rows_in(scope) if scope else None)
    by_words = looking.result() if looking else empty
    rows = np.unique(np.concatenate([by_words[0], by_meaning[0]]))
    lexical_scores = _spread(rows, *by_words)
    dense_scores = _spread(rows, *by_meaning)
    if vectors is not None and query is not None and mode == "hybrid":
        missing = ~np.isin(rows, by_meaning[0])
        dense_scores[missing] = np.nan_to_num(vectors.cosines(query, rows[missing]))
    fused = _fused(lexical_scores, dense_scores, mode, settings)
    order = np.lexsort((rows, -fused))
    return Proposal(rows[order], lexical_scores[order], dense_scores[order], fused[order])


def _spread(rows: Rows, found: Rows, scores: Scores) -> Scores:
    """Scores along `rows`; 0 where a source did not propose the row."""
    spread = np.zeros(len(rows), np.float32)
    spread[np.searchsorted(rows, found)] = scores
    return spread


def _fused(lexical: Scores, dense: Scores, mode: Mode, settings: IndexSettings) -> Scores:
    if mode == "lexical":
        return lexical
    if mode == "dense":
        return dense
    return fuse(lexical, dense, settings.weights.lexical, settings.weights.dense)


def candidates(
    question: Question,
    proposal: Proposal,
    chunks: Mapping[int, Chunk],
    readings: Mapping[int, Reading],
    records: Mapping[str, DocumentRecord],
    count: int,
) -> list[Candidate]:
    """The first of what was proposed and still is in the catalog, with the share of the question that each covers.

    A chunk without a reading, which an older version stored, is read now.
    """
    parts = (proposal.lexical.tolist(), proposal.dense.tolist(), proposal.fused.tolist())
    known = [
        (row, chunk, records[chunk.document_id], scores)
        for row, *scores in zip(proposal.rows.tolist(), *parts, strict=True)
        if (chunk := chunks.get(row)) and chunk.document_id in records
    ][:count]
    found = [readings.get(row) or read(chunk) for row, chunk, _, _ in known]
    covered = coverage(question.content.values(), question.held(found)).tolist()
    return [
        Candidate(row, chunk, record, rank, fused, _told(lexical, dense, fused, share), reading)
        for rank, ((row, chunk, record, (lexical, dense, fused)), reading, share) in enumerate(
            zip(known, found, covered, strict=True)
        )
    ]


def _told(lexical: float, dense: float, fused: float, covered: float) -> dict[str, float]:
    return {"lexical": lexical, "dense": dense, "coverage": covered, "fused": fused}


def hits(found: Sequence[Candidate]) -> list[Hit]:
    """Candidates as they are handed out."""
    return [Hit(candidate.chunk, candidate.document, candidate.score, candidate.parts) for candidate in found]
