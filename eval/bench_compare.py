"""Our search beside what people use, in one run: accuracy, milliseconds, build time and memory.

`python -m eval.bench_compare ../shared/benchmarks ../shared/training/news.jsonl.xz --passages 100000`. The passages of
all question sets and so many paragraphs of news as distractors are one library. Beside ours stand `bm25s` alone, and
LangChain's FAISS store with its BM25 retriever in an `EnsembleRetriever`; they get our bundled model and, in place of
splitting at white space, lower case words without punctuation, which does them good. Each system lives in a process
of its own; every question goes to all of them in turn, so that a busy machine slows them alike.

Needs the extra "bench" (bm25s, langchain-community, rank-bm25).
"""

from __future__ import annotations

import argparse
import importlib
import json
import multiprocessing
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import numpy as np

from corpus.text import fold, normalise
from eval.bench_scale import paragraphs, resident_mb
from eval.retrieval import DEPTH, index_passages, read_beir, scores
from index.embedding import load_embedder
from index.library import Library
from index.settings import IndexSettings
from index.tokens import words

Passages = Mapping[str, tuple[str, str]]
Search = Callable[[str], list[str]]
_WARM_UP = ("diện tích chè", "dân số của thành phố", "nghị quyết của hội đồng nhân dân")
_BATCH = 20_000


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of a set, and its relevant passages."""

    set: str
    id: str
    text: str
    relevant: frozenset[str]


def ours(home: Path, passages: Passages, *, learned: bool) -> Search:
    """Our library of a home folder, filled when it is empty."""
    library = Library.open(home, IndexSettings())
    if not library.size:
        rows = list(passages.items())
        for start in range(0, len(rows), _BATCH):
            index_passages(library, dict(rows[start : start + _BATCH]))
    if not learned:
        library.ordering = None
    return lambda query: [hit.chunk.id for hit in library.search(query, k=DEPTH)]


def bm25s_alone(passages: Passages) -> Search:
    """`bm25s` with its own tokenizer, without stop words."""
    bm25s: Any = importlib.import_module("bm25s")
    names = list(passages)
    index = bm25s.BM25()
    index.index(bm25s.tokenize(_texts(passages), stopwords=None, show_progress=False), show_progress=False)

    def search(query: str) -> list[str]:
        tokens = bm25s.tokenize([query], stopwords=None, show_progress=False)
        return [names[row] for row in index.retrieve(tokens, k=DEPTH, show_progress=False)[0][0]]

    return search


def langchain(passages: Passages) -> Search:
    """The retrievers of LangChain's own examples: FAISS and BM25, fused by rank with equal weights."""
    retrievers: Any = importlib.import_module("langchain_community.retrievers")
    stores: Any = importlib.import_module("langchain_community.vectorstores")
    classic: Any = importlib.import_module("langchain_classic.retrievers")
    told = [{"id": name} for name in passages]
    texts = _texts(passages)
    store = stores.FAISS.from_texts(texts, _embeddings(), metadatas=told)
    by_words = retrievers.BM25Retriever.from_texts(texts, told, preprocess_func=lambda text: words(text).syllables)
    by_words.k = DEPTH
    by_meaning = store.as_retriever(search_kwargs={"k": DEPTH})
    both = classic.EnsembleRetriever(retrievers=[by_words, by_meaning], weights=[0.5, 0.5])
    return lambda query: [document.metadata["id"] for document in both.invoke(query)][:DEPTH]


def _embeddings() -> Any:  # noqa: ANN401 - a class of LangChain
    core: Any = importlib.import_module("langchain_core.embeddings")
    embedder = load_embedder("bundled")

    class Bundled(core.Embeddings):  # type: ignore[misc]
        """Our model as LangChain wants it."""

        def embed_documents(self, texts: list[str]) -> list[list[float]]:
            """Vectors of passages."""
            return [vector.tolist() for vector in embedder.encode_passages(texts)]

        def embed_query(self, text: str) -> list[float]:
            """The vector of a question."""
            return list(embedder.encode_queries([text])[0].tolist())

    return Bundled()


def _texts(passages: Passages) -> list[str]:
    return [f"{title}\n{text}".strip() for title, text in passages.values()]


def _make(name: str, home: Path, passages: Passages) -> Search:
    if name == "bm25s":
        return bm25s_alone(passages)
    if name == "langchain":
        return langchain(passages)
    return ours(home, passages, learned=name == "baocao")


def _serve(name: str, home: Path, folder: Path, archive: Path, count: int, wire: Connection) -> None:
    """Build one system, tell what that took, then answer the questions that come through the wire."""
    passages = read_passages(folder, archive, count)
    before, started, busy = resident_mb(), time.perf_counter(), time.process_time()
    search = _make(name, home, passages)
    seconds, busy = time.perf_counter() - started, time.process_time() - busy
    if name != "langchain":
        passages = {}
    for query in _WARM_UP:
        search(query)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    wire.send(
        {"build_seconds": seconds, "build_cpu": busy, "passages_mb": before, "mb": resident_mb(), "peak_mb": peak}
    )
    while (query := wire.recv()) is not None:
        started, busy = time.perf_counter(), time.process_time()
        found = search(query)
        wire.send((found, (time.perf_counter() - started) * 1000, (time.process_time() - busy) * 1000))


def read_passages(folder: Path, archive: Path, count: int) -> dict[str, tuple[str, str]]:
    """The passages of all sets, and paragraphs of news up to `count`."""
    passages: dict[str, tuple[str, str]] = {}
    for path in sorted(folder.glob("*/corpus.jsonl")):
        for name, passage in read_beir(path.parent).passages.items():
            passages[f"{path.parent.name}/{name}"] = passage
    for number, text in enumerate(paragraphs([archive], max(0, count - len(passages)))):
        passages[f"news/{number}"] = f"Tin {number // 100}", text
    return passages


def read_questions(folder: Path, most: int) -> Iterator[Asked]:
    """Evenly spread questions of every set."""
    for path in sorted(folder.glob("*/corpus.jsonl")):
        name, questions = path.parent.name, read_beir(path.parent)
        for query, text in list(questions.queries.items())[:: max(1, len(questions.queries) // most)][:most]:
            relevant = frozenset(f"{name}/{passage}" for passage in questions.relevant[query])
            yield Asked(name, f"{name}/{query}", text, relevant)


def compare(
    systems: Sequence[str], folder: Path, archive: Path, count: int, asked: Sequence[Asked]
) -> list[dict[str, Any]]:
    """A row for each system."""
    context = multiprocessing.get_context("spawn")
    rows, wires, workers = [], [], []
    with tempfile.TemporaryDirectory(prefix="baocao-compare-") as home:
        for name in systems:
            near, far = context.Pipe()
            worker = context.Process(target=_serve, args=(name, Path(home), folder, archive, count, far), daemon=True)
            worker.start()
            far.close()
            told = near.recv()
            sys.stderr.write(f"{name}: {told}\n")
            rows.append({"system": name, **{key: round(value, 1) for key, value in told.items()}})
            wires.append(near)
            workers.append(worker)
        for row, figures in zip(rows, _ask(wires, asked), strict=True):
            row.update(figures)
        for worker in workers:
            worker.join(10)
    return rows


def _ask(wires: Sequence[Connection], asked: Sequence[Asked]) -> list[dict[str, Any]]:
    """Every question to every system in turn; the figures of each system."""
    told: list[list[tuple[list[str], float, float]]] = [[] for _ in wires]
    for question in asked:
        for wire, answers in zip(wires, told, strict=True):
            wire.send(question.text)
            answers.append(wire.recv())
    for wire in wires:
        wire.send(None)
    return [_figures(answers, asked) for answers in told]


def _figures(answers: Sequence[tuple[list[str], float, float]], asked: Sequence[Asked]) -> dict[str, Any]:
    figures: dict[str, Any] = {}
    for name in ("", *dict.fromkeys(question.set for question in asked)):
        chosen = [
            (question, found)
            for question, (found, _, _) in zip(asked, answers, strict=True)
            if name in ("", question.set)
        ]
        row = scores({q.id: found for q, found in chosen}, {q.id: q.relevant for q, _ in chosen})
        figures[name or "all"] = {key: row[key] for key in ("hit@1", "hit@10")}
    for label, spent in (("ms", [wall for _, wall, _ in answers]), ("cpu_ms", [busy for _, _, busy in answers])):
        figures |= {f"p{share}_{label}": round(float(np.percentile(spent, share)), 2) for share in (50, 95)}
    return figures


def main(arguments: Sequence[str] | None = None) -> int:
    """Print one JSON line for each system."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="a folder of BEIR folders")
    parser.add_argument("archive", type=Path, help="JSON lines with abstract and body, packed by xz")
    parser.add_argument("--passages", type=int, default=100_000)
    parser.add_argument("--questions", type=int, default=100, help="of each set")
    parser.add_argument("--fold", action="store_true", help="strip the diacritics of the questions")
    parser.add_argument("--systems", nargs="+", default=["baocao", "baocao-fused", "bm25s", "langchain"])
    chosen = parser.parse_args(arguments)
    asked = list(read_questions(chosen.folder, chosen.questions))
    if chosen.fold:
        asked = [replace(question, text=fold(normalise(question.text))) for question in asked]
    for row in compare(chosen.systems, chosen.folder, chosen.archive, chosen.passages, asked):
        sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
