"""Retrieval over public question sets in BEIR folders, through the same library that the program uses."""

from __future__ import annotations

import hashlib
import json
import math
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from corpus.document import Chunk, Document, Metadata, Span
from corpus.text import fold as strip_diacritics
from corpus.text import normalise
from index.library import Library
from index.settings import IndexSettings
from index.types import Embedder, Mode

DEPTH = 10
_WARM_UP = 3


@dataclass(frozen=True, slots=True)
class BeirSet:
    """A question set: passages (title, text) and questions by id, and the relevant passages of each question."""

    passages: Mapping[str, tuple[str, str]]
    queries: Mapping[str, str]
    relevant: Mapping[str, frozenset[str]]


def read_beir(folder: Path) -> BeirSet:
    """Read `corpus.jsonl`, `queries.jsonl` and `qrels/test.tsv`; questions without a relevant passage are left out.

    Raises:
        FileNotFoundError: one of the three is missing.
    """
    passages = {row["_id"]: (row.get("title", ""), row["text"]) for row in _rows(folder / "corpus.jsonl")}
    queries = {row["_id"]: row["text"] for row in _rows(folder / "queries.jsonl")}
    relevant: dict[str, set[str]] = {}
    for line in (folder / "qrels" / "test.tsv").read_text("utf-8").splitlines()[1:]:
        query, passage, score = line.split("\t")
        if int(score) > 0:
            relevant.setdefault(query, set()).add(passage)
    kept = {query: text for query, text in queries.items() if query in relevant}
    return BeirSet(passages, kept, {query: frozenset(found) for query, found in relevant.items()})


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                yield json.loads(line)


def index_passages(library: Library, passages: Mapping[str, tuple[str, str]]) -> None:
    """Store passages as they are, a chunk each; those with one title are one document. Chunk ids are passage ids."""
    titled: dict[str, list[tuple[str, str]]] = {}
    for passage, (title, text) in passages.items():
        titled.setdefault(title, []).append((passage, text))
    with library.batch():
        for title, group in titled.items():
            document, chunks = _as_document(title, group)
            library.store(document, chunks)


def _as_document(title: str, group: Sequence[tuple[str, str]]) -> tuple[Document, list[Chunk]]:
    name = hashlib.sha256(f"beir:{title}:{group[0][0]}".encode()).hexdigest()[:16]
    chunks, texts, offset = [], [], 0
    for passage, raw in group:
        text = normalise(raw).replace("\n", " ")
        chunks.append(Chunk(passage, name, (), Span(1, offset, offset + len(text)), text, prefix=normalise(title)))
        texts.append(text)
        offset += len(text) + 1
    body = "\n".join(texts)
    document = Document(
        id=name,
        path=f"/beir/{name}",
        format="txt",
        text=body,
        pages=1,
        page_breaks=((0, 1),),
        metadata=Metadata(subject=normalise(title) or None),
        preamble=Span(1, 0, len(body)),
        sections=(),
        blocks=(),
    )
    return document, chunks


def run_beir(
    folder: Path,
    *,
    mode: Mode = "hybrid",
    fold: bool = False,
    embedder: Embedder | None = None,
    limit: int | None = None,
    settings: IndexSettings | None = None,
) -> dict[str, float]:
    """Index the passages of a folder in a temporary home, ask all questions, and return the figures of `beir --json`.

    Args:
        fold: strip the diacritics of the questions.
        limit: only the first questions.
    """
    questions = read_beir(folder)
    chosen = settings or IndexSettings(model="none" if mode == "lexical" and embedder is None else "bundled")
    with (
        tempfile.TemporaryDirectory(prefix="baocao-beir-") as home,
        closing(Library.open(Path(home), chosen, embedder)) as library,
    ):
        started = time.perf_counter()
        index_passages(library, questions.passages)
        seconds = time.perf_counter() - started
        ranked, spent = ask_all(library, questions, mode=mode, fold=fold, limit=limit)
    return {
        **scores(ranked, questions.relevant),
        "queries": len(ranked),
        "passages": len(questions.passages),
        "index_seconds": round(seconds, 3),
        "p50_ms": round(float(np.percentile(spent, 50)), 3),
        "p95_ms": round(float(np.percentile(spent, 95)), 3),
    }


def ask_all(
    library: Library, questions: BeirSet, *, mode: Mode, fold: bool = False, limit: int | None = None
) -> tuple[dict[str, list[str]], list[float]]:
    """The first passages of every question, and how many milliseconds each took."""
    texts = list(questions.queries.items())[:limit]
    for _, text in texts[:_WARM_UP]:
        library.search(text, k=DEPTH, mode=mode)
    ranked: dict[str, list[str]] = {}
    spent: list[float] = []
    for query, text in texts:
        asked = strip_diacritics(normalise(text)) if fold else text
        started = time.perf_counter()
        found = library.search(asked, k=DEPTH, mode=mode)
        spent.append((time.perf_counter() - started) * 1000)
        ranked[query] = [hit.chunk.id for hit in found]
    return ranked, spent or [0.0]


def scores(ranked: Mapping[str, Sequence[str]], relevant: Mapping[str, frozenset[str]]) -> dict[str, float]:
    """Means over the questions of hit@1, hit@5, hit@10, recall@10, MRR@10 and nDCG@10."""
    rows = [_score(found, relevant[query]) for query, found in ranked.items()]
    names = ("hit@1", "hit@5", "hit@10", "recall@10", "mrr@10", "ndcg@10")
    means = np.mean(rows, axis=0) if rows else np.zeros(len(names))
    return {name: round(float(value), 4) for name, value in zip(names, means, strict=True)}


def _score(found: Sequence[str], relevant: frozenset[str]) -> tuple[float, ...]:
    ranks = [rank for rank, passage in enumerate(found[:DEPTH], 1) if passage in relevant]
    first = min(ranks, default=DEPTH + 1)
    gain = sum(1 / math.log2(rank + 1) for rank in ranks)
    ideal = sum(1 / math.log2(rank + 1) for rank in range(1, min(len(relevant), DEPTH) + 1))
    return (
        float(first <= 1),
        float(first <= 5),
        float(first <= DEPTH),
        len(ranks) / len(relevant),
        1 / first if ranks else 0.0,
        gain / ideal,
    )
