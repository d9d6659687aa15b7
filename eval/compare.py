"""Two runs of one set, question by question, with tests of significance."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval import metrics
from eval.questions import SetError


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed from run A to run B.

    Args:
        better, worse: ids of the questions that became right, wrong.
        only_a, only_b: ids that one of the runs lacks; they count in nothing.
        interval: 95% bootstrap interval of the difference in accuracy, B minus A.
        p_value: McNemar's exact test.
        citations_better, citations_worse: ids whose cited section became right, wrong.
    """

    questions: int
    accuracy_a: float
    accuracy_b: float
    better: tuple[str, ...]
    worse: tuple[str, ...]
    only_a: tuple[str, ...]
    only_b: tuple[str, ...]
    interval: tuple[float, float]
    p_value: float
    citations_better: tuple[str, ...]
    citations_worse: tuple[str, ...]


def load_results(folder: Path) -> dict[str, dict[str, Any]]:
    """The rows of a run by question id.

    Raises:
        SetError: the folder holds no run.
    """
    try:
        lines = (folder / "results.jsonl").read_text(encoding="utf-8").splitlines()
        rows = [json.loads(line) for line in lines if line.strip()]
    except (OSError, json.JSONDecodeError) as error:
        raise SetError(f"{folder} không phải một lượt đánh giá (cần results.jsonl): {error}") from error
    return {row["id"]: row for row in rows}


def compare_runs(a: dict[str, dict[str, Any]], b: dict[str, dict[str, Any]]) -> Comparison:
    """Compare the questions that both runs have.

    Raises:
        SetError: they have none in common.
    """
    shared = [key for key in a if key in b]
    if not shared:
        raise SetError("hai lượt đánh giá không có câu hỏi chung nào")
    right_a, right_b = ([bool(run[key]["score"]["right"]) for key in shared] for run in (a, b))
    better, worse = _changes(shared, right_a, right_b)
    cited = [key for key in shared if a[key]["score"]["section"] is not None]
    section_a, section_b = ([bool(run[key]["score"]["section"]) for key in cited] for run in (a, b))
    cite_better, cite_worse = _changes(cited, section_a, section_b)
    return Comparison(
        questions=len(shared),
        accuracy_a=metrics.mean(right_a),
        accuracy_b=metrics.mean(right_b),
        better=better,
        worse=worse,
        only_a=tuple(key for key in a if key not in b),
        only_b=tuple(key for key in b if key not in a),
        interval=metrics.paired_bootstrap(right_a, right_b),
        p_value=metrics.mcnemar(len(better), len(worse)),
        citations_better=cite_better,
        citations_worse=cite_worse,
    )


def _changes(keys: Sequence[str], a: Sequence[bool], b: Sequence[bool]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    triples = list(zip(keys, a, b, strict=True))
    return tuple(k for k, x, y in triples if y and not x), tuple(k for k, x, y in triples if x and not y)
