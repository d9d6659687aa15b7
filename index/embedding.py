"""Models that turn texts into unit vectors: the bundled static one, and whatever sentence-transformers loads.

Only `TransformerEmbedder` needs torch, and imports it with its first text.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.types import Embedder, LibraryError, Pieces, Vectors

BUNDLED = Path(__file__).resolve().parent / "model"
_STATIC = "0_StaticEmbedding"
_LONGEST_CHARACTERS = 20_000
_TOKENISE_BATCH = 1024
_WEIGHT_FILES = ("model.safetensors", "pytorch_model.bin", "openvino/openvino_model.xml", "onnx/model.onnx")


def load_embedder(
    name: str,
    *,
    backend: str = "torch",
    query_prefix: str | None = None,
    passage_prefix: str | None = None,
    online: bool = False,
) -> Embedder:
    """The model of a name: "bundled", a folder, or a name of the Hugging Face Hub.

    Raises:
        LibraryError: there is no such model at hand.
    """
    folder = BUNDLED if name == "bundled" else Path(name).expanduser()
    if (folder / _STATIC / "model.safetensors").is_file():
        return StaticEmbedder(folder, name)
    if name == "bundled":
        raise LibraryError(f"Không thấy mô hình đi kèm trong {BUNDLED}. Hãy cài lại chương trình.")
    return TransformerEmbedder(name, backend, query_prefix, passage_prefix, online=online)


class StaticEmbedder:
    """A vector a piece, averaged: NumPy and tokenizers alone."""

    def __init__(self, folder: Path, name: str) -> None:
        self.name = name
        self._folder = folder / _STATIC
        self._described = _json(folder / "baocao.json")

    @cached_property
    def fingerprint(self) -> str:
        """As written beside the model, otherwise the digest of its files."""
        written = self._described.get("fingerprint")
        if written:
            return str(written)
        return _digest(self._folder / "model.safetensors", self._folder / "tokenizer.json")

    @property
    def dimension(self) -> int:
        """Width of the vectors."""
        return int(self._described.get("dimension") or self._table.shape[1])

    @cached_property
    def _tokenizer(self) -> Any:  # noqa: ANN401 - tokenizers has no types
        # Two busy cores make a shared question wait: with one thread it took 42 ms in place of 84.
        os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
        from tokenizers import Tokenizer

        tokenizer = Tokenizer.from_file(str(self._folder / "tokenizer.json"))
        tokenizer.no_padding()
        tokenizer.no_truncation()
        return tokenizer

    @cached_property
    def _table(self) -> NDArray[Any]:
        """One row a piece, in the precision of the file; shape (pieces, width)."""
        tensors = self._tensors
        return tensors["embeddings"] if "embeddings" in tensors else tensors["embedding.weight"]

    @cached_property
    def _tensors(self) -> dict[str, NDArray[Any]]:
        from safetensors.numpy import load_file

        return load_file(self._folder / "model.safetensors")

    @cached_property
    def _scales(self) -> NDArray[np.float32] | None:
        """What the rows of an int8 table are multiplied with, shape (pieces, 1) or (1, 1).

        `embeddings` and `weights` are the names of model2vec, which sentence-transformers multiplies as well.
        """
        named = (self._tensors.get(name) for name in ("weights", "embedding.scale", "embedding.scales"))
        scales = next((found for found in named if found is not None), None)
        return None if scales is None else scales.astype(np.float32).reshape(-1, 1)

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of shape (len(texts), dimension)."""
        return self.encode_passages(texts)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of shape (len(texts), dimension); zeros for a text without pieces."""
        return self.means(self.pieces(texts))

    def pieces(self, texts: Sequence[str]) -> list[Pieces]:
        """The rows of the table that each text is made of, in order."""
        found: list[Pieces] = []
        for start in range(0, len(texts), _TOKENISE_BATCH):
            batch = [text[:_LONGEST_CHARACTERS] for text in texts[start : start + _TOKENISE_BATCH]]
            encoded = self._tokenizer.encode_batch_fast(batch, add_special_tokens=False)
            found += [np.array(encoding.ids, np.uint32) for encoding in encoded]
        return found

    def means(self, pieces: Sequence[Pieces]) -> Vectors:
        """The unit vectors of texts in pieces, shape (len(pieces), dimension)."""
        vectors = np.zeros((len(pieces), self.dimension), np.float32)
        for position, rows in enumerate(pieces):
            if len(rows):
                vectors[position] = self.rows(rows).mean(axis=0)
        return unit(vectors)

    def rows(self, pieces: Pieces) -> Vectors:
        """The vectors of pieces, shape (len(pieces), dimension); a text's is their mean."""
        # `take` copies whole rows, in a third of the time of `table[pieces, :width]`.
        rows: Vectors = self._table.take(pieces, axis=0)[:, : self.dimension].astype(np.float32)
        if self._scales is not None:
            rows *= self._scales if len(self._scales) == 1 else self._scales[pieces]
        return rows


class TransformerEmbedder:
    """A model that sentence-transformers loads, with the prefixes that its own files or its family ask for."""

    def __init__(
        self, name: str, backend: str, query_prefix: str | None, passage_prefix: str | None, *, online: bool
    ) -> None:
        self.name = name
        self._backend = backend
        self._prefixes = (query_prefix, passage_prefix)
        self._online = online

    @cached_property
    def _folder(self) -> Path:
        return local_folder(self.name, online=self._online)

    @cached_property
    def fingerprint(self) -> str:
        """The digest of the model's description and weights, of the prefixes and of the backend."""
        small = sorted(path for path in self._folder.rglob("*.json") if path.stat().st_size < 1_000_000)
        weights = [self._folder / name for name in _WEIGHT_FILES if (self._folder / name).is_file()]
        sizes = ",".join(str(path.stat().st_size) for path in weights)
        settings = json.dumps([*self.prefixes, self._backend, sizes])
        return hashlib.sha256((_digest(*small) + settings).encode()).hexdigest()[:16]

    @cached_property
    def _model(self) -> Any:  # noqa: ANN401 - imported lazily
        from sentence_transformers import SentenceTransformer

        try:
            return SentenceTransformer(str(self._folder), backend=self._backend, device="cpu")  # type: ignore[arg-type]
        except (OSError, ValueError, ImportError) as error:
            raise LibraryError(f"Không mở được mô hình {self.name!r}: {error}") from error

    @cached_property
    def dimension(self) -> int:
        """Width of the vectors."""
        return int(self._model.get_embedding_dimension())

    @cached_property
    def prefixes(self) -> tuple[str, str]:
        """What stands before a question and before a passage."""
        query, passage = _prompts(self._folder)
        return (query if self._prefixes[0] is None else self._prefixes[0]), (
            passage if self._prefixes[1] is None else self._prefixes[1]
        )

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of shape (len(texts), dimension)."""
        return self._encode(texts, self.prefixes[0])

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of shape (len(texts), dimension)."""
        return self._encode(texts, self.prefixes[1])

    def _encode(self, texts: Sequence[str], prefix: str) -> Vectors:
        if not texts:
            return np.zeros((0, self.dimension), np.float32)
        vectors = self._model.encode(
            [prefix + text for text in texts], prompt="", convert_to_numpy=True, show_progress_bar=False
        )
        return unit(np.asarray(vectors, np.float32))


def local_folder(name: str, *, online: bool) -> Path:
    """Where a model's files lie; fetched from the Hub only where `online` allows it.

    Raises:
        LibraryError: they are not on this machine and may not or cannot be fetched.
    """
    folder = Path(name).expanduser()
    if folder.is_dir():
        return folder
    if not online:
        os.environ["HF_HUB_OFFLINE"] = "1"
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HfHubHTTPError, HFValidationError

    try:
        return Path(snapshot_download(name, local_files_only=not online))
    except (HFValidationError, HfHubHTTPError, OSError) as error:
        raise LibraryError(
            f"Không thấy mô hình {name!r} trên máy này. Hãy chỉ một thư mục có mô hình, "
            "hoặc cho phép tải từ mạng (online = true)."
        ) from error


def unit(vectors: Vectors) -> Vectors:
    """The vectors with length 1; a zero vector stays zero."""
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    scaled: Vectors = vectors / np.maximum(norms, 1e-12)
    return scaled.astype(np.float32, copy=False)


def _prompts(folder: Path) -> tuple[str, str]:
    """Prefixes of a model: its own prompts, else the rule of the e5 family, else none."""
    prompts = _json(folder / "config_sentence_transformers.json").get("prompts") or {}
    query = prompts.get("query") or prompts.get("question") or ""
    passage = next((prompts[name] for name in ("passage", "document", "corpus") if prompts.get(name)), "")
    if query or passage:
        return query, passage
    words = set(re.split(r"[^a-z0-9]+", " ".join(_names(folder)).lower()))
    if "e5" in words:
        return (_E5_INSTRUCT, "") if "instruct" in words else ("query: ", "passage: ")
    return "", ""


def _names(folder: Path) -> list[str]:
    """What a model is called: its folder, its folder in the Hub's cache, its own description."""
    cached = [part for part in folder.parts if part.startswith("models--")]
    return [folder.name, *cached, str(_json(folder / "config.json").get("_name_or_path", ""))]


_E5_INSTRUCT = "Instruct: Given a question, retrieve passages that answer the question\nQuery: "


def _json(path: Path) -> dict[str, Any]:
    try:
        value = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return value if isinstance(value, dict) else {}


def _digest(*paths: Path) -> str:
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
