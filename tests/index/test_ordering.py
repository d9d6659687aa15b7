"""The learned order: trees as LightGBM walks them, features as a slow reading of the text gives them."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from corpus.document import Chunk, Metadata, Span
from index.abbreviations import Abbreviations
from index.features import FEATURES, features
from index.ordering import BUNDLED, LearnedOrdering, load_ordering
from index.queries import Dictionary, Question, analyse
from index.searching import Candidate
from index.settings import Weights
from index.tokens import words
from index.trees import OrderingError, read_trees
from index.types import DocumentRecord

TEXTS = (
    "Tổng diện tích chè của huyện là 120 ha, trong đó chè kinh doanh 95 ha.",
    "Diện tích lúa giảm so với cùng kỳ; sản lượng chè búp tươi tăng.",
    "Công tác giảm nghèo được quan tâm. " * 12 + "Tổng thu ngân sách đạt khá. " * 6 + "Diện tích rừng ổn định.",
    "Hội đồng nhân dân huyện thông qua nghị quyết.",
)


def asked(text: str) -> Question:
    held = [set(words(t).folded) for t in TEXTS]
    dictionary = Dictionary(
        abbreviations=Abbreviations([("HĐND", "hội đồng nhân dân")]),
        frequency=lambda token: sum(token in tokens for tokens in held),
        vocabulary=lambda: {token: 1 for tokens in held for token in tokens},
        chunks=len(TEXTS),
    )
    return analyse(text, dictionary, Weights())


def found(texts: tuple[str, ...] = TEXTS) -> list[Candidate]:
    record = DocumentRecord("d", ("/d",), Metadata(), 1, "txt")
    return [
        Candidate(
            row,
            Chunk(f"c{row}", "d", (), Span(1, 0, len(text)), text, prefix="Báo cáo kinh tế"),
            record,
            row,
            1.0 - row,
            {"lexical": 5.0 - row, "dense": 0.5 - 0.1 * row, "coverage": 0.5, "fused": 1.0 - row},
        )
        for row, text in enumerate(texts)
    ]


def column(name: str, question: str, texts: tuple[str, ...] = TEXTS) -> list[float]:
    table = features(asked(question), found(texts))
    assert table.shape == (len(texts), len(FEATURES))
    return [float(value) for value in table[:, FEATURES.index(name)]]


def slow_window(question: Question, text: str, width: int) -> float:
    """The best share of the question's weight in any `width` neighbouring tokens, one window after the other."""
    tokens = words(text).folded
    total = sum(question.content.values())
    windows = [set(tokens[start : start + width]) for start in range(max(1, len(tokens)))]
    return max(sum(w for token, w in question.content.items() if token in window) for window in windows) / total


@pytest.mark.parametrize("width", [25, 12])
@pytest.mark.parametrize("question", ["Tổng diện tích chè là bao nhiêu?", "thu ngân sách và diện tích rừng", "nghèo"])
def test_best_window_is_that_of_every_window_tried(question: str, width: int) -> None:
    values = column(f"window_{width}", question)
    assert values == pytest.approx([slow_window(asked(question), text, width) for text in TEXTS], abs=1e-5)


def test_pairs_and_runs_follow_the_order_of_the_question() -> None:
    assert column("pairs", "diện tích chè")[0] == pytest.approx(1.0)
    assert column("triples", "diện tích chè")[:2] == pytest.approx([1.0, 0.0])
    assert column("run", "tổng diện tích chè")[0] == pytest.approx(1.0)
    assert column("run", "chè tích diện tổng")[0] < 0.5


def test_missing_words_and_saturation() -> None:
    missing = column("missing", "diện tích chè")
    assert missing[0] == 0.0
    assert missing[3] == 1.0
    assert column("rarest_missing", "diện tích chè")[3] == 1.0
    saturated = column("saturated_z", "diện tích chè")
    assert max(saturated) == saturated[0]


def test_question_without_diacritics_reads_the_same_folded() -> None:
    typed, plain = (features(asked(q), found()) for q in ("Tổng diện tích chè", "tong dien tich che"))
    exact = FEATURES.index("exact")
    assert (plain[:, exact] == -1).all()
    assert typed[0, exact] == pytest.approx(1.0)
    assert np.delete(typed, exact, axis=1) == pytest.approx(np.delete(plain, exact, axis=1))


def test_acronym_counts_as_its_long_form() -> None:
    assert column("missing", "nghị quyết HĐND")[3] == 0.0


@pytest.mark.parametrize("question", ["", "?", "là gì", "chè " * 300, "zzz"])
def test_any_question_gives_finite_features(question: str) -> None:
    assert np.isfinite(features(asked(question), found())).all()
    assert np.isfinite(features(asked(question), found(("", "chè")))).all()


@pytest.fixture(scope="module")
def booster() -> object:
    lightgbm = pytest.importorskip("lightgbm", reason="lightgbm chưa được cài")
    rng = np.random.default_rng(3)
    table = rng.standard_normal((600, len(FEATURES))).astype(np.float32)
    labels = (table[:, 2] + 0.3 * table[:, 9] * table[:, 0] > 0.5).astype(int)
    data = lightgbm.Dataset(table, labels, group=[20] * 30, feature_name=list(FEATURES))
    settings = {"objective": "lambdarank", "num_leaves": 9, "max_depth": 5, "verbosity": -1, "num_threads": 1}
    return lightgbm.train(settings, data, 25)


def test_trees_are_walked_as_lightgbm_walks_them(booster: object) -> None:
    rows = np.random.default_rng(4).standard_normal((200, len(FEATURES))).astype(np.float32)
    ours = read_trees(booster.model_to_string(), FEATURES).predict(rows)  # type: ignore[attr-defined]
    assert ours == pytest.approx(booster.predict(rows), abs=1e-9)  # type: ignore[attr-defined]


def test_tree_without_a_split_adds_its_leaf() -> None:
    text = "tree\nfeature_names=" + " ".join(FEATURES) + "\n\nTree=0\nnum_leaves=1\nleaf_value=0.25\n\nend of trees\n"
    assert read_trees(text, FEATURES).predict(np.zeros((3, len(FEATURES)), np.float32)) == pytest.approx([0.25] * 3)


def test_model_of_other_features_is_refused() -> None:
    with pytest.raises(OrderingError, match="đặc trưng"):
        read_trees("tree\nfeature_names=a b c\n\nTree=0\nnum_leaves=1\nleaf_value=1\n", FEATURES)


def test_ordering_deals_the_scores_out_again(booster: object) -> None:
    order = LearnedOrdering(read_trees(booster.model_to_string(), FEATURES))  # type: ignore[attr-defined]
    before = found()
    after = order(asked("Diện tích chè"), before)
    assert sorted(c.row for c in after) == [0, 1, 2, 3]
    assert [c.score for c in after] == sorted((c.score for c in before), reverse=True)
    values = [c.parts["order"] for c in after]
    assert values == sorted(values, reverse=True)
    assert order(asked("chè"), before[:1]) == before[:1]
    assert order(asked("chè"), []) == []


def test_without_a_model_file_nothing_is_ordered(tmp_path_factory: pytest.TempPathFactory) -> None:
    assert load_ordering(tmp_path_factory.mktemp("none") / "ordering.txt") is None


def test_bundled_order_fits_this_program_and_is_small() -> None:
    assert BUNDLED.stat().st_size < 1_000_000
    ordering = load_ordering()
    assert ordering is not None
    assert len(ordering(asked("diện tích chè"), found())) == len(TEXTS)


def test_bundled_order_puts_the_answer_first() -> None:
    ordering = load_ordering()
    assert ordering is not None
    for question, row in (("Tổng diện tích chè là bao nhiêu ha?", 0), ("hoi dong nhan dan thong qua gi", 3)):
        # All candidates look alike to the search, so that the words alone decide.
        alike = [
            Candidate(c.row, c.chunk, c.document, c.rank, 0.0, {"lexical": 1.0, "dense": 0.4, "coverage": 0.5})
            for c in found()
        ]
        assert ordering(asked(question), alike)[0].row == row


def test_opening_is_the_first_sentence_without_question_words() -> None:
    texts = ("Diện tích chè. Thu ngân sách đạt khá.", "Thu ngân sách đạt khá. Diện tích chè.", "")
    assert column("opening", "Diện tích chè là bao nhiêu?", texts) == pytest.approx([1.0, 0.0, 0.0])
    assert column("opening_share", "Diện tích lúa ở đâu?", texts) == pytest.approx([2 / 3, 1 / 5, 0.0])


def test_a_pair_that_few_passages_hold_is_worth_more() -> None:
    texts = ("tổng diện tích", "diện tích chè", "diện tích lúa", "diện tích")
    rarity = column("pair_rarity", "tổng diện tích chè", texts)
    common, rare = math.log(5 / 4.5), math.log(5 / 1.5)
    total = common + 2 * rare
    assert rarity == pytest.approx([(common + rare) / total] * 2 + [common / total] * 2, abs=1e-6)


def test_what_was_not_compared_by_pieces_is_nought() -> None:
    assert column("soft", "chè") == column("soft_sentence_gap", "chè") == [0.0] * len(TEXTS)
    met = [replace(one, parts={**one.parts, "soft": 0.5 - 0.1 * one.row}) for one in found()]
    assert features(asked("chè"), met)[:, FEATURES.index("soft_gap")] == pytest.approx([0.0, 0.1, 0.2, 0.3])
