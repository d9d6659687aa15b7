"""Exact search beside sketches, graphs and cells: build time, size, time a query and the share of the true neighbours.

`python -m eval.bench_vectors ../shared/training/news.jsonl.xz --chunks 100000`. Vectors are paragraphs of real text
under the bundled model, queries are `eval.bench_scale.questions` of them; one thread, 200 neighbours, as a search asks.
"""

from __future__ import annotations

import argparse
import importlib
import itertools
import json
import sys
import tempfile
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
    "sketches, float16": ("PQ{half}x4fs,Refine(SQfp16)", (400, 800, 1600)),
    "HNSW32 float16": ("HNSW32_SQfp16", (128, 512, 1024, 2048)),
    "IVF int8": ("IVF{cells},SQ8", (32, 128, 256)),
}


def measure(vectors: Vectors, queries: Vectors, only: Sequence[str] = ()) -> list[dict[str, Any]]:
    """A row for each kind of index and each width of its search."""
    faiss: Any = importlib.import_module("faiss")

    faiss.omp_set_num_threads(1)
    truth: NDArray[np.int64] | None = None
    rows: list[dict[str, Any]] = []
    chosen = [name for name in _SETTINGS if not only or name.startswith(("exact float32", *only))]
    for name, (factory, widths) in ((name, _SETTINGS[name]) for name in chosen):
        started = time.process_time()
        cells = 2 ** round(np.log2(4 * len(vectors) ** 0.5))
        described = factory.format(cells=cells, half=vectors.shape[1] // 2)
        index = faiss.index_factory(vectors.shape[1], described, faiss.METRIC_INNER_PRODUCT)
        index.train(vectors[: 50 * cells])
        for start in range(0, len(vectors), _BATCH):
            index.add(vectors[start : start + _BATCH])
        seconds = time.process_time() - started
        size = _written(index) / 1e6
        for width in widths or (0,):
            found, spent, busy = _ask(_searcher(index, width), queries)
            truth = found if truth is None else truth
            told: dict[str, Any] = {"index": f"{name}, {width}" if width else name}
            told |= {"build_cpu_seconds": round(seconds, 1), "mb": round(size)}
            rows.append(told | _times("ms", spent) | _times("cpu_ms", busy) | _recall(found, truth))
            sys.stderr.write(f"{rows[-1]}\n")
    return rows


def _written(index: Any) -> int:  # noqa: ANN401 - faiss has no types
    faiss: Any = importlib.import_module("faiss")
    with tempfile.TemporaryDirectory(prefix="baocao-vectors-") as folder:
        path = Path(folder) / "index.faiss"
        faiss.write_index(index, str(path))
        return path.stat().st_size


def _searcher(index: Any, width: int) -> Callable[[Vectors], NDArray[np.int64]]:  # noqa: ANN401 - faiss has no types
    faiss: Any = importlib.import_module("faiss")
    parameters = None
    match faiss.downcast_index(index):
        case faiss.IndexHNSW():
            parameters = faiss.SearchParametersHNSW(efSearch=width)
        case faiss.IndexRefine():
            parameters = faiss.IndexRefineSearchParameters(k_factor=width / _DEPTH)
        case faiss.IndexIVF():
            parameters = faiss.SearchParametersIVF(nprobe=width)
    return lambda query: index.search(query, _DEPTH, params=parameters)[1]


def _ask(
    search: Callable[[Vectors], NDArray[np.int64]], queries: Vectors
) -> tuple[NDArray[np.int64], list[float], list[float]]:
    """What is found, and the milliseconds of every query by the clock and of the processor."""
    found, spent, busy = [], [], []
    for query in queries:
        started, used = time.perf_counter(), time.process_time()
        found.append(search(query.reshape(1, -1)))
        spent.append((time.perf_counter() - started) * 1000)
        busy.append((time.process_time() - used) * 1000)
    return np.concatenate(found), spent, busy


def _times(unit: str, spent: Sequence[float]) -> dict[str, float]:
    return {f"p{share}_{unit}": round(float(np.percentile(spent, share)), 2) for share in (50, 95)}


def _recall(found: NDArray[np.int64], truth: NDArray[np.int64]) -> dict[str, float]:
    def share(depth: int) -> float:
        shared = [len(set(got[:depth]) & set(true[:depth])) for got, true in zip(found, truth, strict=True)]
        return round(float(np.mean(shared)) / depth, 4)

    return {"recall@10": share(10), f"recall@{_DEPTH}": share(_DEPTH)}


def main(arguments: Sequence[str] | None = None) -> int:
    """Print one JSON line for each kind of index."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("archives", type=Path, nargs="+", help="JSON lines with abstract and body, packed by xz")
    parser.add_argument("--chunks", type=int, default=100_000)
    parser.add_argument("--only", nargs="+", default=(), help="beside exact float32, as the names begin")
    parser.add_argument("--model", default="bundled")
    chosen = parser.parse_args(arguments)
    embedder = load_embedder(chosen.model)
    texts = enumerate(paragraphs(chosen.archives, chosen.chunks))
    vectors, kept = np.empty((chosen.chunks, embedder.dimension), np.float32), []
    while batch := list(itertools.islice(texts, _BATCH)):
        kept.extend(batch[:: max(1, chosen.chunks // 600)])
        vectors[batch[0][0] : batch[-1][0] + 1] = embedder.encode_passages([text for _, text in batch])
    queries = embedder.encode_queries([text for _, text in questions(kept)])
    for row in measure(vectors, queries, chosen.only):
        sys.stdout.write(json.dumps(row) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
