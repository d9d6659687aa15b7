from __future__ import annotations

from pathlib import Path

import faiss
import numpy as np
import pytest

from index.types import Vectors
from index.vectors import VectorIndex, stored_version


def unit_vectors(count: int, dimension: int = 32, seed: int = 1) -> Vectors:
    values = np.random.default_rng(seed).normal(size=(count, dimension)).astype(np.float32)
    return values / np.linalg.norm(values, axis=1, keepdims=True)


def filled(count: int, *, exact: bool = True) -> tuple[VectorIndex, Vectors]:
    values = unit_vectors(count)
    index = VectorIndex.empty(values.shape[1], exact=exact)
    index.add(np.arange(count, dtype=np.int64) * 3, values)
    return index, values


def test_exact_search_agrees_with_numpy() -> None:
    index, values = filled(500)
    for query in unit_vectors(20, seed=2):
        rows, scores = index.search(query, 10)
        expected = np.argsort(-(values @ query))[:10]
        assert scores == pytest.approx((values @ query)[expected], abs=2e-3)
        assert len(set(rows.tolist()) & set((expected * 3).tolist())) >= 9  # half precision may swap near ties


def test_sketches_find_what_exact_search_finds() -> None:
    (exact, _), (sketched, _) = filled(3000), filled(3000, exact=False)
    for query in unit_vectors(50, seed=2):
        (rows, scores), (likely, told) = exact.search(query, 10), sketched.search(query, 10)
        assert likely.tolist() == rows.tolist()
        assert told == pytest.approx(scores, abs=1e-6)


def test_the_graph_of_an_older_version_is_no_index(tmp_path: Path) -> None:
    values = unit_vectors(50)
    graph = faiss.IndexIDMap2(inner := faiss.IndexHNSWSQ(32, faiss.ScalarQuantizer.QT_fp16, 8, 0))
    inner.is_trained = True
    graph.add_with_ids(values, np.arange(50, dtype=np.int64))
    faiss.write_index(graph, str(tmp_path / "vectors-4.faiss"))
    assert VectorIndex.load(tmp_path) is None


@pytest.mark.parametrize("exact", [True, False])
def test_a_search_stays_within_the_rows_it_is_given(exact: bool) -> None:
    index, values = filled(400, exact=exact)
    allowed = np.array([3, 30, 300], np.int64)
    rows, _ = index.search(values[7], 10, allowed)
    assert sorted(rows.tolist()) == [3, 30, 300]
    assert index.search(values[7], 10, np.empty(0, np.int64))[0].size == 0


def test_removed_rows_are_not_found() -> None:
    index, values = filled(50)
    index.remove([(3, 9), (60, 60), (5000, 6000)])
    assert index.count == 46
    assert 6 not in index.search(values[2], 50)[0]


def test_cosines_of_rows_that_are_missing_are_nan() -> None:
    index, values = filled(10)
    scores = index.cosines(values[0], np.array([0, 27, 28], np.int64))
    assert scores[:2] == pytest.approx([1.0, float(values[9] @ values[0])], abs=2e-3)
    assert np.isnan(scores[2])


@pytest.mark.parametrize("exact", [True, False])
def test_saving_keeps_one_file_of_a_known_version(tmp_path: Path, exact: bool) -> None:
    index, values = filled(100, exact=exact)
    index.save(tmp_path, 3)
    index.save(tmp_path, 12)
    assert stored_version(tmp_path) == 12
    assert len(list(tmp_path.iterdir())) == 1
    loaded = VectorIndex.load(tmp_path)
    assert loaded is not None
    assert (loaded.version, loaded.count, loaded.removable) == (12, 100, exact)
    assert loaded.search(values[5], 1)[0].tolist() == [15]


def test_a_broken_file_is_no_index(tmp_path: Path) -> None:
    (tmp_path / "vectors-7.faiss").write_bytes(b"rubbish")
    assert VectorIndex.load(tmp_path) is None
