"""The bundled model: the same vectors with and without torch, and what they must not depend on."""

from __future__ import annotations

import json
import unicodedata

import numpy as np
import pytest

from index.embedding import BUNDLED, load_embedder
from index.types import Embedder

TEXTS = [
    "Tổng diện tích chè toàn huyện là bao nhiêu?",
    "Ban Chấp hành Trung ương ban hành Nghị quyết số 20-NQ/TW",
    "tong dien tich che toan huyen",
    "What is the total area of tea?",
    "1.947 ha; 8,5%",
]


@pytest.fixture(scope="module")
def model() -> Embedder:
    return load_embedder("bundled")


def cosine(model: Embedder, left: str, right: str) -> float:
    vectors = model.encode_queries([left, right])
    return float(vectors[0] @ vectors[1])


def test_vectors_are_unit_and_of_the_told_dimension(model: Embedder) -> None:
    vectors = model.encode_passages(TEXTS)
    assert vectors.shape == (len(TEXTS), model.dimension)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(len(TEXTS)), abs=1e-5)


@pytest.mark.filterwarnings("ignore")
def test_sentence_transformers_gives_the_same_vectors(model: Embedder) -> None:
    library = pytest.importorskip("sentence_transformers", reason="sentence-transformers chưa được cài")
    loaded = library.SentenceTransformer(str(BUNDLED), device="cpu")
    assert loaded.encode(TEXTS) == pytest.approx(model.encode_passages(TEXTS), abs=1e-5)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("thuỷ lợi và hoà bình", "thủy lợi và hòa bình"),
        ("TỔNG DIỆN TÍCH", "tổng diện tích"),
        ("(MTTQ)", "MTTQ"),
        ("huyện Tam Đường", unicodedata.normalize("NFD", "huyện Tam Đường")),
        ("dân số.\nKinh tế", "dân số kinh tế"),
    ],
)
def test_spelling_does_not_change_the_vector(model: Embedder, one: str, other: str) -> None:
    assert cosine(model, one, other) > 0.98


@pytest.mark.parametrize(
    ("question", "right", "wrong"),
    [
        (
            "Diện tích chè của huyện là bao nhiêu?",
            "Toàn huyện có 120 ha chè kinh doanh.",
            "Thu ngân sách đạt 18 tỷ đồng.",
        ),
        ("dien tich che cua huyen", "Toàn huyện có 120 ha chè, tổng diện tích tăng.", "Thu ngân sách đạt 18 tỷ đồng."),
        (
            "Ai chịu trách nhiệm thi hành?",
            "Chánh Văn phòng và các đơn vị chịu trách nhiệm thi hành.",
            "Lượng mưa tăng.",
        ),
        ("the total population of the country", "tổng dân số của cả nước", "cầu thủ ghi bàn thắng quyết định"),
    ],
)
def test_question_is_nearer_to_its_passage(model: Embedder, question: str, right: str, wrong: str) -> None:
    assert cosine(model, question, right) > cosine(model, question, wrong) + 0.1


def test_card_and_description_fit_the_files(model: Embedder) -> None:
    described = json.loads((BUNDLED / "baocao.json").read_text("utf-8"))
    assert described["fingerprint"] == model.fingerprint
    assert described["dimension"] == model.dimension
    assert str(described["dimension"]) in (BUNDLED / "README.md").read_text("utf-8")
    assert sum(path.stat().st_size for path in BUNDLED.rglob("*") if path.is_file()) < 40_000_000


def test_dense_search_on_xquad_keeps_its_level(model: Embedder, shared: object) -> None:
    folder = shared / "benchmarks" / "xquad-vi"  # type: ignore[operator]
    rows = [json.loads(line) for line in (folder / "corpus.jsonl").read_text("utf-8").splitlines()]
    asked = [json.loads(line) for line in (folder / "queries.jsonl").read_text("utf-8").splitlines()]
    right = dict(line.split("\t")[:2] for line in (folder / "qrels" / "test.tsv").read_text("utf-8").splitlines()[1:])
    asked = [row for row in asked if row["_id"] in right][::4]
    similar = model.encode_queries([row["text"] for row in asked]) @ model.encode_passages([r["text"] for r in rows]).T
    first = [rows[i]["_id"] for i in similar.argmax(axis=1)]
    share = np.mean([found == right[row["_id"]] for found, row in zip(first, asked, strict=True)])
    assert share >= 0.78
