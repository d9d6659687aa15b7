"""Writes a trained table as a folder that both `index.embedding` and sentence-transformers load."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import save_file
from tokenizers import Tokenizer

FOLDER = "0_StaticEmbedding"
_MODULES = [
    {"idx": 0, "name": "0", "path": FOLDER, "type": "sentence_transformers.models.StaticEmbedding"},
    {"idx": 1, "name": "1", "path": "1_Normalize", "type": "sentence_transformers.models.Normalize"},
]


def quantise(vectors: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Rows of int8 and what each row is multiplied with, shape (pieces,); the mean of the squared error is about 1e-5.

    The tensors carry the names of a model2vec file, because sentence-transformers multiplies those itself.
    """
    scales = np.abs(vectors).max(axis=1) / 127.0
    scales[scales == 0] = 1.0
    return np.rint(vectors / scales[:, None]).astype(np.int8), scales.astype(np.float32)


def save(folder: Path, tokenizer: Tokenizer, vectors: NDArray[np.float32], described: dict[str, Any]) -> None:
    """Write tokenizer, weights and description; `described` becomes `baocao.json` with fingerprint and dimension."""
    inner = folder / FOLDER
    inner.mkdir(parents=True, exist_ok=True)
    (folder / "1_Normalize").mkdir(exist_ok=True)
    tokenizer.save(str(inner / "tokenizer.json"), pretty=False)
    rows, scales = quantise(vectors)
    save_file({"embeddings": rows, "weights": scales}, inner / "model.safetensors")
    digest = hashlib.sha256()
    for name in ("tokenizer.json", "model.safetensors"):
        digest.update((inner / name).read_bytes())
    about = {
        "name": "baocao-static-vi",
        "fingerprint": digest.hexdigest()[:16],
        "dimension": int(vectors.shape[1]),
        "pieces": int(vectors.shape[0]),
        **described,
    }
    _write(folder / "baocao.json", about)
    _write(folder / "modules.json", _MODULES)
    _write(folder / "1_Normalize" / "config.json", {})
    _write(
        folder / "config_sentence_transformers.json",
        {"model_type": "SentenceTransformer", "similarity_fn_name": "cosine", "prompts": {}},
    )


def _write(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", "utf-8")
