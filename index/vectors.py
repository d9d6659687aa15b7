"""Nearest vectors; the only module that imports faiss.

A cache of the catalog's embeddings: one file whose name holds the catalog's version, written beside and renamed,
so that a reader sees a whole index of a known version or none.
"""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.fusion import Scores
from index.types import Vectors

Rows = NDArray[np.int64]

_NAME = re.compile(r"vectors-(\d+)\.faiss")
_HNSW_NEIGHBOURS = 32
# At 100,000 passages of news, one thread, 512 dimensions, 200 results: comparing all takes 8 ms. The graph has 0.949 of
# the true first ten with 128, 0.991 with 512, 0.997 with 1024; IVF in int8 has 0.971 with 256 probes. Comparing all
# grows with the library and the graph hardly does, so it takes over where it is faster (docs/performance.md).
_HNSW_SEARCHED = 1024


@cache
def _faiss() -> Any:  # noqa: ANN401 - its stubs lag behind its interface
    import faiss

    # One question is too little work to share: on two busy cores a second thread made a search of 10,000 vectors
    # ten times slower, because each waits for the other.
    faiss.omp_set_num_threads(1)
    return faiss


class VectorIndex:
    """Inner products of unit vectors, in half precision, named by catalog rows."""

    def __init__(self, index: Any, version: int) -> None:  # noqa: ANN401 - faiss has no types
        self._index = index
        self.version = version

    @classmethod
    def empty(cls, dimension: int, *, exact: bool = True) -> VectorIndex:
        """An index without vectors; `exact` compares all of them, otherwise a graph is walked."""
        faiss = _faiss()
        half, product = faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT
        if exact:
            inner = faiss.IndexScalarQuantizer(dimension, half, product)
        else:
            inner = faiss.IndexHNSWSQ(dimension, half, _HNSW_NEIGHBOURS, product)
            inner.hnsw.efConstruction = 80
            inner.hnsw.efSearch = _HNSW_SEARCHED
        inner.is_trained = True
        return cls(faiss.IndexIDMap2(inner), 0)

    @classmethod
    def load(cls, folder: Path) -> VectorIndex | None:
        """The newest index in a folder; None where there is none that can be read."""
        faiss = _faiss()
        for version, path in _files(folder):
            with contextlib.suppress(RuntimeError):
                return cls(faiss.read_index(str(path)), version)
        return None

    @property
    def count(self) -> int:
        """Number of vectors."""
        return int(self._index.ntotal)

    @property
    def dimension(self) -> int:
        """Width of the vectors."""
        return int(self._index.d)

    @property
    def kind(self) -> str:
        """What the manifest calls it: every vector compared, or a graph walked."""
        return "exact" if self.removable else f"hnsw{_HNSW_NEIGHBOURS}"

    @property
    def removable(self) -> bool:
        """Whether single vectors can be taken out; a graph must be built anew."""
        faiss = _faiss()
        return not isinstance(faiss.downcast_index(self._index.index), faiss.IndexHNSW)

    def add(self, rows: Rows, vectors: Vectors) -> None:
        """Take in unit vectors of shape (len(rows), dimension)."""
        if len(rows):
            self._index.add_with_ids(np.ascontiguousarray(vectors, np.float32), np.ascontiguousarray(rows, np.int64))

    def remove(self, ranges: Sequence[tuple[int, int]]) -> None:
        """Take out the rows of closed ranges; rows that are not there do not matter."""
        faiss = _faiss()
        for first, last in ranges:
            self._index.remove_ids(faiss.IDSelectorRange(first, last + 1))

    def search(self, query: Vectors, limit: int, rows: Rows | None = None) -> tuple[Rows, Scores]:
        """Rows and cosines of the nearest vectors of one query of shape (dimension,), best first, among `rows`."""
        faiss = _faiss()
        limit = min(limit, self.count if rows is None else len(rows))
        if limit <= 0:
            return np.empty(0, np.int64), np.empty(0, np.float32)
        chosen = None
        if rows is not None:
            chosen = self._parameters(faiss.IDSelectorBatch(np.ascontiguousarray(rows, np.int64)))
        scores, found = self._index.search(query.reshape(1, -1).astype(np.float32), limit, params=chosen)
        kept = found[0] >= 0
        return found[0][kept], scores[0][kept]

    def _parameters(self, selector: Any) -> Any:  # noqa: ANN401 - faiss has no types
        faiss = _faiss()
        if self.removable:
            return faiss.SearchParameters(sel=selector)
        return faiss.SearchParametersHNSW(sel=selector, efSearch=_HNSW_SEARCHED)

    def cosines(self, query: Vectors, rows: Rows) -> Scores:
        """Cosines of one query with the vectors of `rows`; NaN where a row is not in the index."""
        try:
            found: Scores = self._index.reconstruct_batch(np.ascontiguousarray(rows, np.int64)) @ query
            return found
        except RuntimeError:  # one of the rows is missing
            return np.array([self._cosine(query, int(row)) for row in rows], np.float32)

    def _cosine(self, query: Vectors, row: int) -> float:
        try:
            return float(self._index.reconstruct(row) @ query)
        except RuntimeError:
            return float("nan")

    def save(self, folder: Path, version: int) -> None:
        """Write the index under its version and forget older files."""
        faiss = _faiss()
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"vectors-{version}.faiss"
        temporary = folder / f"new-{os.getpid()}.faiss"
        faiss.write_index(self._index, str(temporary))
        temporary.replace(path)
        self.version = version
        forget(folder, keep=path)


def stored_version(folder: Path) -> int:
    """The catalog version of the newest file; 0 where there is none."""
    return next((version for version, _ in _files(folder)), 0)


def forget(folder: Path, keep: Path | None = None) -> None:
    """Remove the files of a folder, except one."""
    for path in folder.glob("*.faiss"):
        if path != keep:
            path.unlink(missing_ok=True)


def _files(folder: Path) -> list[tuple[int, Path]]:
    matches = ((_NAME.fullmatch(path.name), path) for path in folder.glob("vectors-*.faiss"))
    return sorted(((int(match[1]), path) for match, path in matches if match), reverse=True)
