from __future__ import annotations

import numpy as np
import pytest

from index.fusion import coverage, fuse, idf, z_scores


def test_z_scores_have_mean_zero_and_deviation_one() -> None:
    scores = z_scores(np.array([1, 2, 3, 10], np.float32))
    assert float(scores.mean()) == pytest.approx(0, abs=1e-6)
    assert float(scores.std()) == pytest.approx(1, abs=1e-6)
    assert z_scores(np.full(3, 7, np.float32)).tolist() == [0, 0, 0]
    assert z_scores(np.empty(0, np.float32)).size == 0


def test_fusion_ignores_the_scale_of_a_source() -> None:
    lexical, dense = np.array([30, 10, 20], np.float32), np.array([0.1, 0.4, 0.2], np.float32)
    assert fuse(lexical, dense, 0.7, 0.3) == pytest.approx(fuse(lexical * 9, dense * 2 + 1, 0.7, 0.3), abs=1e-5)
    assert int(np.argmax(fuse(lexical, dense, 1.0, 0.0))) == 0
    assert int(np.argmax(fuse(lexical, dense, 0.0, 1.0))) == 1


def test_coverage_weighs_rare_words_more() -> None:
    weights = [idf(100, 2), idf(100, 90)]
    rare, common, both = coverage(weights, np.array([[True, False], [False, True], [True, True]]))
    assert rare > 0.9 > 0.1 > common
    assert both == pytest.approx(1.0)
    assert coverage([], np.zeros((2, 0), bool)).tolist() == [0.0, 0.0]
