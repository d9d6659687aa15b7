"""What the stored chunks, tokens and vectors depend on; a library that was made with other settings says so."""

from __future__ import annotations

import json
import shlex
from collections.abc import Mapping, Sequence
from pathlib import Path

from corpus.chunking import ChunkSettings
from index.catalog import Catalog
from index.tokens import TOKENISER_VERSION
from index.types import Embedder, LibraryMismatch

_KEY = "manifest"
_VECTORS = "vectors"
_UNFINISHED = {"model": "?"}
_REMEDY = "baocao index --rebuild"
_OF_THE_PROGRAM = {"tokeniser": "cách tách từ", "chunking": "cách chia đoạn"}


def manifest(embedder: Embedder | None) -> dict[str, str]:
    """Everything that would change what is stored."""
    return {
        "model": embedder.name if embedder else "none",
        "model_fingerprint": embedder.fingerprint if embedder else "",
        "tokeniser": str(TOKENISER_VERSION),
        "chunking": ChunkSettings().fingerprint,
    }


def stored(catalog: Catalog) -> dict[str, str]:
    """The manifest of a library; empty for a new one."""
    told: dict[str, str] = json.loads(catalog.meta(_KEY) or "{}")
    return told


def write(catalog: Catalog, embedder: Embedder | None) -> None:
    """Note what made the library."""
    if embedder:
        catalog.set_meta("dimension", str(embedder.dimension))
    catalog.set_meta(_KEY, json.dumps(manifest(embedder)))


def note_vectors(catalog: Catalog, kind: str) -> None:
    """Tell which kind of vector index the library has grown to; it changes with the size and never has to match."""
    told = stored(catalog)
    if told and told.get(_VECTORS) != kind:
        catalog.set_meta(_KEY, json.dumps({**told, _VECTORS: kind}))


def begin_rebuild(catalog: Catalog) -> None:
    """From here until `write` the library belongs to no settings, so that a killed rebuild is asked for again."""
    catalog.set_meta(_KEY, json.dumps(_UNFINISHED))


def check(catalog: Catalog, embedder: Embedder | None, home: Path) -> None:
    """Compare the stored manifest with the present settings.

    Raises:
        LibraryMismatch: they differ; the message names the command that rebuilds.
    """
    made_with, present = stored(catalog), manifest(embedder)
    remedy = f"{_REMEDY} --home {shlex.quote(str(home))}"
    if made_with.get("model") == _UNFINISHED["model"]:
        raise LibraryMismatch(f"Lần dựng lại kho {home} trước đây chưa xong. Hãy chạy: {remedy}")
    changed = [name for name in present if made_with and present[name] != made_with.get(name)]
    if changed:
        what, otherwise = _difference(made_with, present, changed)
        raise LibraryMismatch(
            f"Kho {home} được lập với cài đặt khác: {what}. Hãy {otherwise}dựng lại kho bằng: {remedy}"
        )


def _difference(made_with: Mapping[str, str], present: Mapping[str, str], changed: Sequence[str]) -> tuple[str, str]:
    """What differs, in words, and how the old state comes back; fingerprints and versions tell people nothing."""
    if "model" in changed:
        before, now = made_with.get("model", ""), present["model"]
        what = f"khi lập dùng {_named(before)}, bây giờ cài đặt chọn {_named(now)}"
        return what, f"đặt lại embedding.model (trong baocao.toml hoặc BAOCAO_EMBEDDING__MODEL) là {before!r}, hoặc "
    if "model_fingerprint" in changed:
        return f"tệp, tiền tố hoặc backend của {_named(present['model'])} đã đổi", "đặt lại như cũ, hoặc "
    parts = " và ".join(words for name, words in _OF_THE_PROGRAM.items() if name in changed)
    return f"{parts} của chương trình đã đổi từ khi lập kho", ""


def _named(model: str) -> str:
    return "tìm theo từ, không có mô hình nhúng ('none')" if model == "none" else f"mô hình nhúng {model!r}"
