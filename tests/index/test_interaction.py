"""Late interaction: the fast comparison is that of every piece with every piece."""

from __future__ import annotations

import math

import numpy as np
import pytest

from corpus.document import Chunk, Metadata, Span
from index.embedding import StaticEmbedder, load_embedder
from index.interaction import compare, met
from index.pooling import Pool
from index.searching import Candidate
from index.types import DocumentRecord
from index.windows import Windows

TEXTS = (
    "Tổng diện tích chè là 120 ha. Thu ngân sách đạt khá.",
    "Thu ngân sách trên địa bàn đạt 18 tỷ đồng.",
    "",
    "Trường học được xây mới. Diện tích rừng ổn định. Sản lượng chè búp tươi tăng.",
)


@pytest.fixture(scope="module")
def model() -> StaticEmbedder:
    found = load_embedder("bundled")
    assert isinstance(found, StaticEmbedder)
    return found


def candidates(texts: tuple[str, ...] = TEXTS) -> list[Candidate]:
    record = DocumentRecord("d", ("/d",), Metadata(), 1, "txt")
    chunks = [Chunk(f"c{i}", "d", (), Span(1, 0, len(text)), text) for i, text in enumerate(texts)]
    return [Candidate(i, chunk, record, i, -i, {"dense": 0.5}) for i, chunk in enumerate(chunks)]


def compared(model: StaticEmbedder, question: str, found: list[Candidate]) -> list[Candidate]:
    return compare(model, question, found, Windows(model).pool(found))


def slow_met(model: StaticEmbedder, question: str, sentences: list[list[str]]) -> list[tuple[float, float]]:
    """Share of the question that each text and its best sentence meets, one pair of pieces after the other."""

    def likest(piece: int, texts: list[str]) -> float:
        own = model.rows(np.array([piece]))[0, :128]
        others = [row[:128] for pieces in model.pieces(texts) for row in model.rows(pieces)]
        return max([0.0, *(float(own @ o / np.linalg.norm(own) / np.linalg.norm(o)) for o in others)])

    asked = sorted(set(model.pieces([question])[0].tolist()))
    whole = {piece: [likest(piece, text) for text in sentences] for piece in asked}
    worth = {}
    for piece, best in whole.items():
        holding = sum(min(1.0, max(0.0, 2 * (one - 0.5))) for one in best)
        rarity = max(0.0, math.log((len(sentences) + 1) / (holding + 0.5))) + 1e-3
        worth[piece] = rarity * float(np.linalg.norm(model.rows(np.array([piece]))[0]))
    total = sum(worth.values())
    return [
        (
            sum(worth[piece] * whole[piece][i] for piece in asked) / total,
            max((sum(worth[p] * likest(p, [s]) for p in asked) / total for s in text), default=0.0),
        )
        for i, text in enumerate(sentences)
    ]


@pytest.mark.parametrize("question", ["Diện tích chè là bao nhiêu ha?", "thu ngan sach", "xây trường"])
def test_every_piece_of_the_question_finds_its_likest(model: StaticEmbedder, question: str) -> None:
    told = compared(model, question, candidates())
    expected = slow_met(model, question, [[s for s in text.replace(". ", ".\n").split("\n") if s] for text in TEXTS])
    assert [c.parts["soft"] for c in told] == pytest.approx([whole for whole, _ in expected], abs=1e-5)
    assert [c.parts["soft_sentence"] for c in told] == pytest.approx([one for _, one in expected], abs=1e-5)


def test_the_passage_that_holds_the_words_meets_most(model: StaticEmbedder) -> None:
    told = compared(model, "Tổng diện tích chè", candidates())
    assert max(told, key=lambda c: c.parts["soft_sentence"]).row == 0
    assert all(c.parts["soft_sentence"] <= c.parts["soft"] + 1e-6 for c in told)
    assert told[0].parts["dense"] == 0.5


def test_nothing_to_compare(model: StaticEmbedder) -> None:
    assert compared(model, "diện tích", []) == []
    assert compared(model, "?!", candidates()) == candidates()
    empty = met(model.rows(model.pieces(["chè"])[0]), Pool.of(Windows(model).read(["", ""]), model))
    assert [scores.tolist() for scores in empty] == [[0.0, 0.0], [0.0, 0.0]]
