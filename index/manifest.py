"""What the stored chunks, tokens and vectors depend on; a library that was made with other settings says so."""

from __future__ import annotations

import json
from pathlib import Path

from corpus.chunking import ChunkSettings
from index.catalog import Catalog
from index.tokens import TOKENISER_VERSION
from index.types import Embedder, LibraryMismatch

_KEY = "manifest"
_VECTORS = "vectors"
_UNFINISHED = {"model": "?"}
_REMEDY = "baocao index --rebuild"


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
    if made_with.get("model") == _UNFINISHED["model"]:
        raise LibraryMismatch(f"Lần dựng lại thư viện {home} trước đây chưa xong. Hãy chạy: {_REMEDY}")
    changed = [name for name in present if made_with and present[name] != made_with.get(name)]
    if changed:
        told = ", ".join(f"{name}: {made_with.get(name)} → {present[name]}" for name in changed)
        raise LibraryMismatch(f"Thư viện {home} được lập với cài đặt khác ({told}). Hãy chạy: {_REMEDY}")
