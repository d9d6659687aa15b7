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
# A sketch is four bits for two dimensions (product quantisation, Jégou 2011; compared in registers, André 2015). The
# vectors with the best sketches, so many times what is wanted, are compared in half precision: of the 200 nearest among
# 880,000 passages this finds 0.9996 in a seventh of the time of comparing all (docs/performance.md).
_DIMENSIONS, _BITS = 2, 4
_TIMES, _LEAST = 8, 1600
LEAST_SKETCHED = 1 << _BITS


@cache
def _faiss() -> Any:  # noqa: ANN401 - its stubs lag behind its interface
    import faiss

    # One question is too little work to share: on two busy cores a second thread made a search of 10,000 vectors
    # ten times slower, because each waits for the other.
    faiss.omp_set_num_threads(1)
    return faiss


class VectorIndex:
    """Inner products of unit vectors, in half precision, named by catalog rows; each row is added once."""

    def __init__(self, index: Any, version: int) -> None:  # noqa: ANN401 - faiss has no types
        self._index = index
        self.version = version

    @classmethod
    def empty(cls, dimension: int, *, exact: bool = True) -> VectorIndex:
        """An index without vectors; `exact` compares all of them, otherwise the likely ones.

        The sketches of the latter are learned from the first vectors that are added, at least `LEAST_SKETCHED`.
        """
        faiss = _faiss()
        half, product = faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT
        inner = faiss.IndexScalarQuantizer(dimension, half, product)
        inner.is_trained = True
        if not exact:
            sketches = faiss.IndexPQFastScan(dimension, dimension // _DIMENSIONS, _BITS, product)
            sketches.pq.cp.min_points_per_centroid = 1
            inner = faiss.IndexRefine(sketches, inner)
        return cls(faiss.IndexIDMap2(inner), 0)

    @classmethod
    def load(cls, folder: Path) -> VectorIndex | None:
        """The newest index in a folder; None where there is none of this version that can be read."""
        faiss = _faiss()
        for version, path in _files(folder):
            with contextlib.suppress(RuntimeError):
                index = cls(faiss.read_index(str(path)), version)
                if isinstance(index._inner, faiss.IndexScalarQuantizer | faiss.IndexRefine):
                    return index
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
    def _inner(self) -> Any:  # noqa: ANN401 - faiss has no types
        return _faiss().downcast_index(self._index.index)

    @property
    def kind(self) -> str:
        """What the manifest calls it: every vector compared, or the likely ones by their sketches."""
        return "exact" if self.removable else f"pq{self.dimension // _DIMENSIONS}x{_BITS}"

    @property
    def removable(self) -> bool:
        """Whether single vectors can be taken out; sketches must be made anew."""
        return not isinstance(self._inner, _faiss().IndexRefine)

    def add(self, rows: Rows, vectors: Vectors) -> None:
        """Take in unit vectors of shape (len(rows), dimension)."""
        if not len(rows):
            return
        if not self._index.is_trained:
            self._index.train(np.ascontiguousarray(vectors, np.float32))
        self._index.add_with_ids(np.ascontiguousarray(vectors, np.float32), np.ascontiguousarray(rows, np.int64))

    def remove(self, ranges: Sequence[tuple[int, int]]) -> None:
        """Take out the rows of closed ranges; rows that are not there do not matter."""
        faiss = _faiss()
        for first, last in ranges:
            self._index.remove_ids(faiss.IDSelectorRange(first, last + 1))

    def search(self, query: Vectors, limit: int, rows: Rows | None = None) -> tuple[Rows, Scores]:
        """Rows and cosines of the nearest vectors of one query of shape (dimension,), best first, among `rows`."""
        limit = min(limit, self.count if rows is None else len(rows))
        if limit <= 0:
            return np.empty(0, np.int64), np.empty(0, np.float32)
        asked = query.reshape(1, -1).astype(np.float32)
        scores, found = self._search(asked, limit) if rows is None else self._search_within(asked, limit, rows)
        kept = found >= 0
        return found[kept], scores[kept]

    def _search(self, query: Vectors, limit: int) -> tuple[Scores, Rows]:
        chosen = None if self.removable else _faiss().IndexRefineSearchParameters(k_factor=max(_TIMES, _LEAST / limit))
        scores, found = self._index.search(query, limit, params=chosen)
        return scores[0], found[0]

    def _search_within(self, query: Vectors, limit: int, rows: Rows) -> tuple[Scores, Rows]:
        """All vectors of `rows` compared; sketches cannot be chosen from."""
        faiss = _faiss()
        exact = self._inner if self.removable else faiss.downcast_index(self._inner.refine_index)
        named = faiss.IDSelectorBatch(np.ascontiguousarray(rows, np.int64))
        placed = faiss.IDSelectorTranslated(self._index.id_map, named)
        scores, places = exact.search(query, limit, params=faiss.SearchParameters(sel=placed))
        places = places[0]
        return scores[0], np.where(places < 0, -1, faiss.vector_to_array(self._index.id_map)[places])

    def cosines(self, query: Vectors, rows: Rows) -> Scores:
        """Cosines of one query with the vectors of `rows`; NaN where a row is not in the index."""
        try:
            # Not `@`, which BLAS would share between threads that wait for each other (`Windows.best`).
            found: Scores = np.vecdot(self._index.reconstruct_batch(np.ascontiguousarray(rows, np.int64)), query)
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
