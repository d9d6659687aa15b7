"""Exact search beside graphs and cells: build time, size, milliseconds a query and the share of the true neighbours.

`python -m eval.bench_vectors ../shared/training/news.jsonl.xz --chunks 100000`. Vectors are paragraphs of real text
under the bundled model, queries are `eval.bench_scale.questions` of them; one thread, 200 neighbours, as a search asks.
"""

from __future__ import annotations

import argparse
import importlib
import itertools
import json
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from eval.bench_scale import paragraphs, questions
from index.embedding import load_embedder
from index.types import Vectors

_DEPTH = 200
_BATCH = 20_000
_SETTINGS: dict[str, tuple[str, tuple[int, ...]]] = {
    "exact float32": ("Flat", ()),
    "exact float16": ("SQfp16", ()),
    "exact int8": ("SQ8", ()),
    "HNSW32 float16": ("HNSW32_SQfp16", (128, 512, 1024, 2048)),
    "IVF int8": ("IVF{cells},SQ8", (32, 128, 256)),
}


def measure(vectors: Vectors, queries: Vectors) -> list[dict[str, Any]]:
    """A row for each kind of index and each width of its search."""
    faiss: Any = importlib.import_module("faiss")

    faiss.omp_set_num_threads(1)
    truth: NDArray[np.int64] | None = None
    rows: list[dict[str, Any]] = []
    for name, (factory, widths) in _SETTINGS.items():
        started = time.process_time()
        cells = 2 ** round(np.log2(4 * len(vectors) ** 0.5))
        index = faiss.index_factory(vectors.shape[1], factory.format(cells=cells), faiss.METRIC_INNER_PRODUCT)
        index.train(vectors[: 50 * cells])
        index.add(vectors)
        seconds = time.process_time() - started
        size = faiss.serialize_index(index).nbytes / 1e6
        for width in widths or (0,):
            found, spent = _ask(_searcher(index, width), queries)
            truth = found if truth is None else truth
            told: dict[str, Any] = {"index": f"{name}, {width}" if width else name}
            told |= {"build_cpu_seconds": round(seconds, 1), "mb": round(size)}
            rows.append(told | _times(spent) | _recall(found, truth))
            sys.stderr.write(f"{rows[-1]}\n")
    return rows


def _searcher(index: Any, width: int) -> Callable[[Vectors], NDArray[np.int64]]:  # noqa: ANN401 - faiss has no types
    faiss: Any = importlib.import_module("faiss")
    parameters = None
    if width:
        graph = isinstance(faiss.downcast_index(index), faiss.IndexHNSW)
        parameters = faiss.SearchParametersHNSW(efSearch=width) if graph else faiss.SearchParametersIVF(nprobe=width)
    return lambda query: index.search(query, _DEPTH, params=parameters)[1]


def _ask(search: Callable[[Vectors], NDArray[np.int64]], queries: Vectors) -> tuple[NDArray[np.int64], list[float]]:
    found, spent = [], []
    for query in queries:
        started = time.perf_counter()
        found.append(search(query.reshape(1, -1)))
        spent.append((time.perf_counter() - started) * 1000)
    return np.concatenate(found), spent


def _times(spent: Sequence[float]) -> dict[str, float]:
    return {f"p{share}_ms": round(float(np.percentile(spent, share)), 2) for share in (50, 95)}


def _recall(found: NDArray[np.int64], truth: NDArray[np.int64]) -> dict[str, float]:
    def share(depth: int) -> float:
        shared = [len(set(got[:depth]) & set(true[:depth])) for got, true in zip(found, truth, strict=True)]
        return round(float(np.mean(shared)) / depth, 4)

    return {"recall@10": share(10), f"recall@{_DEPTH}": share(_DEPTH)}


def main(arguments: Sequence[str] | None = None) -> int:
    """Print one JSON line for each kind of index."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("archive", type=Path, help="JSON lines with abstract and body, packed by xz")
    parser.add_argument("--chunks", type=int, default=100_000)
    parser.add_argument("--model", default="bundled")
    chosen = parser.parse_args(arguments)
    embedder = load_embedder(chosen.model)
    texts = enumerate(paragraphs(chosen.archive, chosen.chunks))
    kept, parts = [], []
    while batch := list(itertools.islice(texts, _BATCH)):
        kept.extend(batch[:: max(1, chosen.chunks // 600)])
        parts.append(embedder.encode_passages([text for _, text in batch]))
    queries = embedder.encode_queries([text for _, text in questions(kept)])
    for row in measure(np.concatenate(parts), queries):
        sys.stdout.write(json.dumps(row) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
