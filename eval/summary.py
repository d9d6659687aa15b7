"""The figures of a run: means with bootstrap intervals, by kind."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from eval import metrics
from eval.questions import KINDS, Question
from eval.scoring import Score

DEPTHS = (1, 3, 5, 10)
Pair = tuple[Question, Score]


def summarise(questions: Sequence[Question], scores: Sequence[Score]) -> dict[str, Any]:
    """All figures of a run; shares are 0..1, `None` stands for what is undefined (no such question)."""
    pairs = list(zip(questions, scores, strict=True))
    tuned = [pair for pair in pairs if not pair[0].held_out]
    held = [pair for pair in pairs if pair[0].held_out]
    return {
        "all": figures(pairs),
        "tuning": figures(tuned),
        "held_out": figures(held),
        "kinds": {kind: figures(part) for kind in KINDS if (part := [p for p in pairs if p[0].kind == kind])},
    }


def figures(pairs: Sequence[Pair]) -> dict[str, Any]:
    """The figures of some questions; a share comes with its interval as [mean, low, high]."""
    can = [(q, s) for q, s in pairs if q.answerable]
    cannot = [(q, s) for q, s in pairs if not q.answerable]
    answered = [(q, s) for q, s in can if not s.refused]
    precision, recall = metrics.refusal_scores([s.refused for _, s in pairs], [q.answerable for q, _ in pairs])
    spoken = [s for _, s in pairs if not s.refused]
    times = [s.milliseconds for _, s in pairs]
    result = {
        "questions": len(pairs),
        "answerable": len(can),
        "unanswerable": len(cannot),
        "accuracy": interval([s.right for _, s in can]),
        "accuracy_all": interval([s.right for _, s in pairs]),
        "citation_document": interval([bool(s.document) for _, s in answered]),
        "citation_section": interval([bool(s.section) for _, s in answered]),
        "citation_document_of_all": interval([bool(s.document) for _, s in can]),
        "citation_section_of_all": interval([bool(s.section) for _, s in can]),
        "citation_precision": interval([s.precision for _, s in answered if s.precision is not None]),
        "right_and_cited": interval([s.right and bool(s.section) for _, s in can]),
        "refusal_precision": precision,
        "refusal_recall": recall,
        "unanswerable_refused": interval([s.refused for _, s in cannot]),
        "answerable_refused": interval([s.refused for _, s in can]),
        "unsupported_numbers": sum(len(s.unsupported) for s in spoken),
        "unsupported_rate": interval([bool(s.unsupported) for s in spoken]),
        "mean_length": metrics.mean([float(s.length) for s in spoken]),
        "p50_ms": metrics.percentile(times, 0.5),
        "p95_ms": metrics.percentile(times, 0.95),
        "tokens": sum(s.tokens for _, s in pairs),
        **retrieval([s for _, s in can if s.ranks]),
    }
    return {key: _defined(value) for key, value in result.items()}


def retrieval(scores: Sequence[Score]) -> dict[str, Any]:
    """Evidence recall at several depths and MRR, each question counting once."""
    found = {f"evidence_recall@{k}": interval([metrics.recall_at(s.ranks, k) for s in scores]) for k in DEPTHS}
    return {**found, "evidence_mrr": interval([metrics.reciprocal_rank(s.ranks[0]) for s in scores])}


def interval(values: Sequence[float | bool]) -> list[float]:
    """Mean and 95% bootstrap interval."""
    return [metrics.mean(values), *metrics.bootstrap(values)]


def _defined(value: object) -> object:
    if isinstance(value, list):
        return None if math.isnan(value[0]) else [round(part, 4) for part in value]
    if isinstance(value, float):
        return None if math.isnan(value) else round(value, 4)
    return value


def point(part: Mapping[str, Any], name: str) -> float | None:
    """The mean of a figure, whether or not it has an interval."""
    value = part.get(name)
    return value[0] if isinstance(value, list) else value
