from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from index.embedding import StaticEmbedder, load_embedder, unit
from index.types import LibraryError

ROOT = Path(__file__).parents[2]
PIECES = ["[UNK]", "diện", "tích", "chè", "huyện"]


def save_static(folder: Path, tensors: dict[str, np.ndarray], **told: object) -> Path:
    """A static model of five words, laid out as sentence-transformers lays out a StaticEmbedding."""
    from safetensors.numpy import save_file
    from tokenizers import Tokenizer
    from tokenizers.models import WordLevel
    from tokenizers.normalizers import Lowercase
    from tokenizers.pre_tokenizers import Whitespace

    inner = folder / "0_StaticEmbedding"
    inner.mkdir(parents=True)
    tokenizer = Tokenizer(WordLevel({piece: row for row, piece in enumerate(PIECES)}, unk_token="[UNK]"))  # noqa: S106
    tokenizer.normalizer = Lowercase()
    tokenizer.pre_tokenizer = Whitespace()
    tokenizer.save(str(inner / "tokenizer.json"))
    save_file(tensors, inner / "model.safetensors")
    module = {"idx": 0, "name": "0", "path": "0_StaticEmbedding", "type": _STATIC_TYPE}
    (folder / "modules.json").write_text(json.dumps([module]), "utf-8")
    if told:
        (folder / "baocao.json").write_text(json.dumps(told), "utf-8")
    return folder


_STATIC_TYPE = "sentence_transformers.models.StaticEmbedding"


@pytest.fixture
def table() -> np.ndarray:
    return np.random.default_rng(3).normal(size=(len(PIECES), 8)).astype(np.float32)


def test_a_static_vector_is_the_unit_mean_of_its_pieces(tmp_path: Path, table: np.ndarray) -> None:
    embedder = load_embedder(str(save_static(tmp_path, {"embedding.weight": table.astype(np.float16)})))
    assert isinstance(embedder, StaticEmbedder)
    found = embedder.encode_passages(["Diện tích chè", "huyện", ""])
    half = table.astype(np.float16).astype(np.float32)
    assert found[0] == pytest.approx(unit(half[[1, 2, 3]].mean(axis=0, keepdims=True))[0], abs=1e-3)
    assert found[1] == pytest.approx(unit(half[[4]])[0], abs=1e-3)
    assert found[2].tolist() == [0.0] * 8
    assert embedder.dimension == 8


def test_int8_rows_are_scaled(tmp_path: Path, table: np.ndarray) -> None:
    scales = (np.abs(table).max(axis=1, keepdims=True) / 127).astype(np.float32)
    small = {"embedding.weight": np.round(table / scales).astype(np.int8), "embedding.scale": scales}
    rough = load_embedder(str(save_static(tmp_path / "a", small)))
    exact = load_embedder(str(save_static(tmp_path / "b", {"embedding.weight": table})))
    texts = ["diện tích", "chè huyện diện"]
    assert rough.encode_queries(texts) == pytest.approx(exact.encode_queries(texts), abs=0.02)


def test_static_vectors_agree_with_sentence_transformers(tmp_path: Path, table: np.ndarray) -> None:
    folder = save_static(tmp_path, {"embedding.weight": table})
    from sentence_transformers import SentenceTransformer

    theirs = SentenceTransformer(str(folder), device="cpu").encode(["diện tích chè huyện", "chè"])
    assert load_embedder(str(folder)).encode_passages(["diện tích chè huyện", "chè"]) == pytest.approx(
        unit(np.asarray(theirs)), abs=1e-4
    )


def test_the_fingerprint_follows_the_weights(tmp_path: Path, table: np.ndarray) -> None:
    one = load_embedder(str(save_static(tmp_path / "a", {"embedding.weight": table})))
    same = load_embedder(str(save_static(tmp_path / "b", {"embedding.weight": table})))
    other = load_embedder(str(save_static(tmp_path / "c", {"embedding.weight": table + 1})))
    told = load_embedder(str(save_static(tmp_path / "d", {"embedding.weight": table}, fingerprint="v7", dimension=4)))
    assert one.fingerprint == same.fingerprint != other.fingerprint
    assert (told.fingerprint, told.dimension) == ("v7", 4)
    assert told.encode_queries(["chè"]).shape == (1, 4)


def make_transformer(folder: Path, **config: object) -> Path:
    """A tiny BERT with random weights, saved by sentence-transformers itself."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.models import Pooling, Transformer
    from transformers import BertConfig, BertModel, BertTokenizerFast

    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "query", "passage", ":", "diện", "tích", "chè"]
    raw = folder / "raw"
    raw.mkdir(parents=True)
    (raw / "vocab.txt").write_text("\n".join(words), "utf-8")
    BertTokenizerFast(vocab_file=str(raw / "vocab.txt"), do_lower_case=False).save_pretrained(raw)
    shape = {"hidden_size": 16, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 32}
    BertModel(BertConfig(vocab_size=len(words), **shape)).save_pretrained(raw)
    model = SentenceTransformer(modules=[(inner := Transformer(str(raw))), Pooling(inner.get_embedding_dimension())])
    saved = folder / "saved"
    model.save(str(saved))
    if config:
        path = saved / "config_sentence_transformers.json"
        path.write_text(json.dumps({**json.loads(path.read_text("utf-8")), **config}), "utf-8")
    return saved


def test_prompts_of_the_model_stand_before_queries_and_passages(tmp_path: Path) -> None:
    folder = make_transformer(tmp_path, prompts={"query": "query: ", "document": "passage: "})
    ours = load_embedder(str(folder))
    plain = load_embedder(str(folder), query_prefix="", passage_prefix="")
    text = "diện tích chè"
    assert ours.encode_queries([text]) == pytest.approx(plain.encode_queries([f"query: {text}"]), abs=1e-5)
    assert ours.encode_passages([text]) == pytest.approx(plain.encode_passages([f"passage: {text}"]), abs=1e-5)
    assert not np.allclose(ours.encode_queries([text]), plain.encode_queries([text]), atol=1e-3)
    assert np.linalg.norm(ours.encode_passages([text, "chè"]), axis=1) == pytest.approx(1.0, abs=1e-5)
    assert ours.dimension == 16
    assert ours.fingerprint != plain.fingerprint
    assert ours.encode_passages([]).shape == (0, 16)


def test_the_e5_family_gets_its_prefixes_without_being_told(tmp_path: Path) -> None:
    from index.embedding import TransformerEmbedder

    for name, expected in (
        ("multilingual-e5-small", ("query: ", "passage: ")),
        ("models--intfloat--multilingual-e5-base/snapshots/0af3", ("query: ", "passage: ")),
        ("bge-m3", ("", "")),
        ("some5-model", ("", "")),
    ):
        folder = tmp_path / name
        folder.mkdir(parents=True)
        (folder / "config.json").write_text("{}", "utf-8")
        assert TransformerEmbedder(str(folder), "torch", None, None, online=False).prefixes == expected


def test_a_model_that_is_not_here_is_named_without_the_network() -> None:
    embedder = load_embedder("nobody/no-such-model")
    with pytest.raises(LibraryError, match="nobody/no-such-model"):
        embedder.encode_queries(["chè"])


def test_importing_and_asking_needs_no_heavy_library(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from index.library import Library\n"
        "from tests.index.support import HashingEmbedder, write_reports\n"
        f"home = Path({str(tmp_path)!r}); library = Library.open(home / 'home', embedder=HashingEmbedder())\n"
        "library.add(write_reports(home / 'reports', 1)); library.search('chè')\n"
        "heavy = {'torch', 'transformers', 'sentence_transformers', 'gradio', 'langchain_core', 'lightgbm', 'scipy'}\n"
        "print(sorted(heavy & {name.split('.')[0] for name in sys.modules}))"
    )
    told = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"
