from __future__ import annotations

from pathlib import Path

import pytest

from index.library import Library
from index.settings import IndexSettings
from index.types import LibraryError
from tests.index.support import HashingEmbedder, write_reports


class Contrary:
    """Stands in for a cross-encoder: likes what mentions a budget."""

    def predict(self, pairs: list[tuple[str, str]], show_progress_bar: bool) -> list[float]:
        return [float("kinh phí" in passage) for _, passage in pairs]


def test_a_reranker_has_the_last_word_over_the_first_candidates(tmp_path: Path) -> None:
    from index.reranking import CrossEncoderOrdering

    library = Library.open(tmp_path / "home", embedder=HashingEmbedder())
    library.add(write_reports(tmp_path / "reports", 3))
    ordering = CrossEncoderOrdering("stand-in")
    ordering.__dict__["_model"] = Contrary()
    library.ordering = ordering
    hits = library.search("tổng giá trị toàn huyện", k=5)
    assert ["kinh phí" in hit.chunk.text for hit in hits[:3]] == [True] * 3
    assert [hit.parts["order"] for hit in hits] == sorted((hit.parts["order"] for hit in hits), reverse=True)
    library.close()


def test_a_reranker_that_is_not_here_is_named(tmp_path: Path) -> None:
    library = Library.open(tmp_path / "home", IndexSettings(reranker="nobody/no-reranker"), HashingEmbedder())
    library.add(write_reports(tmp_path / "reports", 1))
    with pytest.raises(LibraryError, match="nobody/no-reranker"):
        library.search("giá trị")
    library.close()
