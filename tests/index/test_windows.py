"""Parts of passages: the fast comparison is that of every part, one after the other."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.document import Chunk, Metadata, Span
from index.embedding import StaticEmbedder, load_embedder
from index.pooling import Pool
from index.readings import Parts
from index.searching import Candidate
from index.types import DocumentRecord, PieceEmbedder, Pieces, Vectors
from index.windows import STRIDE, WIDTH, Windows, blend, bounds, by_windows

LONG = (
    "Thu ngân sách trên địa bàn đạt 18 tỷ đồng. Công tác giảm nghèo được quan tâm chỉ đạo; tỷ lệ hộ nghèo còn 12,5%."
    " Tổng diện tích chè là 120 ha. Giáo dục và đào tạo có chuyển biến tích cực."
)
TEXTS = [LONG, "Tổng diện tích chè là 120 ha.", "", "Một câu"]


@pytest.fixture(scope="module")
def model() -> StaticEmbedder:
    found = load_embedder("bundled")
    assert isinstance(found, StaticEmbedder)
    return found


def candidates(texts: list[str]) -> list[Candidate]:
    record = DocumentRecord("d", ("/d",), Metadata(), 1, "txt")
    return [
        Candidate(i, Chunk(f"c{i}", "d", (), Span(1, 0, len(t)), t), record, i, 9.0 - i, {"dense": 0.5, "lexical": 0.0})
        for i, t in enumerate(texts)
    ]


def pooled(model: StaticEmbedder, texts: list[str]) -> Pool:
    return Pool.of(Windows(model).read(texts), model)


def compared(model: StaticEmbedder, query: Vectors, texts: list[str]) -> list[Candidate]:
    windows, found = Windows(model), candidates(texts)
    return windows.compare(query, found, windows.pool(found))


def unit(vector: Vectors) -> Vectors:
    scaled: Vectors = vector / max(1e-12, float(np.linalg.norm(vector)))
    return scaled


def test_pieces_average_to_the_vector_of_the_text(model: StaticEmbedder) -> None:
    assert isinstance(model, PieceEmbedder)
    for text, pieces in zip(TEXTS[:2], model.pieces(TEXTS[:2]), strict=True):
        assert unit(model.rows(pieces).mean(axis=0)) == pytest.approx(model.encode_passages([text])[0], abs=1e-5)


def test_sentence_by_sentence_a_text_has_the_same_vector(model: StaticEmbedder) -> None:
    parts = Windows(model).read(TEXTS)
    assert model.means([one.pieces for one in parts]) == pytest.approx(model.encode_passages(TEXTS), abs=1e-6)


def slow_bounds(lengths: list[int], before: int) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    total = sum(lengths)
    stretches = [(before + at, before + min(at + WIDTH, total)) for at in range(0, max(1, total - STRIDE), STRIDE)]
    stops = [before + sum(lengths[: i + 1]) for i in range(len(lengths))]
    return stretches, list(zip([before, *stops[:-1]], stops, strict=True))


LENGTHS = st.lists(st.lists(st.integers(0, 60), min_size=1, max_size=4), min_size=1, max_size=4)


@given(LENGTHS)
def test_stretches_overlap_by_half_and_sentences_follow_each_other(texts: list[list[int]]) -> None:
    starts = [sum(map(sum, texts[:i])) for i in range(len(texts))]
    expected = [slow_bounds(lengths, before) for lengths, before in zip(texts, starts, strict=True)]
    found = bounds([np.array(lengths, np.uint32) for lengths in texts])
    for kind, runs in enumerate(found):
        assert runs.counts.tolist() == [len(one[kind]) for one in expected]
        pairs = list(zip(runs.starts.tolist(), runs.ends.tolist(), strict=True))
        assert pairs == [pair for one in expected for pair in one[kind]]
    stretches = found[0]
    inside = {i for start, end in zip(stretches.starts, stretches.ends, strict=True) for i in range(start, end)}
    assert inside == set(range(sum(map(sum, texts))))


@given(st.lists(st.lists(st.integers(0, 40)), max_size=4))
def test_a_pool_looks_each_piece_up_once(texts: list[list[int]]) -> None:
    class Counting:
        """A model whose piece is its own vector."""

        def pieces(self, texts: Sequence[str]) -> list[Pieces]:
            raise NotImplementedError

        def rows(self, pieces: Pieces) -> Vectors:
            assert len(set(pieces.tolist())) == len(pieces)
            return pieces.astype(np.float32)[:, None]

        def means(self, pieces: Sequence[Pieces]) -> Vectors:
            raise NotImplementedError

    parts = [Parts(np.array(text, np.uint32), np.array([len(text)], np.uint32), np.ones(1)) for text in texts]
    pool = Pool.of(parts, Counting())
    assert len(pool) == len(texts)
    assert pool.vectors[pool.place, 0].tolist() == [piece for text in texts for piece in text]


def slow_best(model: StaticEmbedder, query: Vectors, text: str) -> tuple[float, float]:
    """The best stretch and the best sentence, each added up on its own."""
    sentences = [model.rows(pieces) for pieces in model.pieces(re.split(r"(?<=[.])\s+", text))]
    rows = np.concatenate(sentences)
    stretches = [rows[at : at + WIDTH] for at in range(0, max(1, len(rows) - STRIDE), STRIDE)]
    window, sentence = (max(float(unit(one.sum(axis=0)) @ query) for one in many) for many in (stretches, sentences))
    return window, sentence


def test_best_stretch_and_sentence_are_those_of_a_slow_walk(model: StaticEmbedder) -> None:
    windows = Windows(model)
    for question in ("Tổng diện tích chè", "ty le ho ngheo", "Giáo dục và đào tạo?", ""):
        query = model.encode_queries([question])[0]
        window, sentence = windows.best(query, pooled(model, TEXTS))
        expected = [slow_best(model, query, text) for text in TEXTS]
        assert window == pytest.approx([stretch for stretch, _ in expected], abs=1e-5)
        assert sentence == pytest.approx([alone for _, alone in expected], abs=1e-5)


def test_best_sentence_and_stretch_of_each_text(model: StaticEmbedder) -> None:
    query = model.encode_queries(["Tổng diện tích chè"])[0]
    windows = Windows(model)
    window, sentence = windows.best(query, pooled(model, TEXTS))
    alone = model.encode_passages([TEXTS[1]])[0] @ query
    assert sentence[:2] == pytest.approx([alone, alone], abs=1e-5)
    assert window[0] > model.encode_passages([LONG])[0] @ query
    assert window[2] == sentence[2] == 0.0


def test_only_the_first_candidates_are_compared(model: StaticEmbedder) -> None:
    query = model.encode_queries(["diện tích chè"])[0]
    told = compared(model, query, [f"câu số {i}" for i in range(50)])
    assert [("window" in c.parts) for c in told] == [i < 40 for i in range(50)]
    assert compared(model, query, []) == []


def test_order_follows_the_blend_and_keeps_the_rest(model: StaticEmbedder) -> None:
    query = model.encode_queries(["diện tích chè"])[0]
    texts = ["Trường học được xây mới."] * 41 + ["Diện tích chè tăng."]
    texts[5] = "Tổng diện tích chè là 120 ha."
    told = by_windows(compared(model, query, texts))
    assert told[0].row == 5
    assert [c.row for c in told[40:]] == [40, 41]
    assert [c.score for c in told] == sorted((c.score for c in told), reverse=True)
    assert blend(told[0].parts) == max(blend(c.parts) for c in told[:40])


def test_without_parts_the_order_stays() -> None:
    found = candidates(["a", "b"])
    assert by_windows(found) == found
