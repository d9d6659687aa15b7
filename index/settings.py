"""What can be chosen about a library; the values that shape its caches are kept in its manifest."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each source counts; chosen by `python -m eval.tune` on the development sets.

    Args:
        lexical, dense: shares of the normalised scores in the fused score.
        syllables, pairs, folded, folded_pairs, heads, numbers: boosts of the lexical fields.
        restored: share of a term whose diacritics were guessed.
        expansion: share of a term that was added (acronyms, corrected spelling) and not typed.
    """

    lexical: float = 0.65
    dense: float = 0.35
    syllables: float = 1.0
    pairs: float = 0.6
    folded: float = 0.6
    folded_pairs: float = 0.1
    heads: float = 0.2
    numbers: float = 3.0
    expansion: float = 0.5
    restored: float = 0.25


@dataclass(frozen=True, slots=True)
class IndexSettings:
    """Settings of a library.

    Args:
        model: "bundled", "none" (words alone), a folder, or a name of the Hugging Face Hub.
        backend: "torch", "onnx" or "openvino"; for models other than the bundled one.
        query_prefix, passage_prefix: what stands before a text; None takes what the model's own files say.
        reranker: a cross-encoder (name or folder) that orders the first candidates again; "" for none.
        online: whether a model may be fetched from the network.
        candidates: how many chunks each source proposes before fusion.
        ordered: how many of the fused candidates are ordered again.
        lock_seconds: how long a second writer waits for the first one.
        exact_up_to: chunks up to which all vectors are compared; above it those whose sketches are near the question's.
    """

    model: str = "bundled"
    backend: str = "torch"
    query_prefix: str | None = None
    passage_prefix: str | None = None
    reranker: str = ""
    online: bool = False
    candidates: int = 200
    ordered: int = 40
    lock_seconds: float = 10.0
    exact_up_to: int = 50_000
    weights: Weights = Weights()
