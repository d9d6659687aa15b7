"""A language model as a second judge of free-text answers; its verdicts are reported apart and decide nothing."""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

import prompts
from eval import metrics
from eval.questions import from_row

_log = logging.getLogger(__name__)
_VERDICT = re.compile(r"\b(ĐÚNG|SAI)\b")


class ChatModel(Protocol):
    """What is needed of a LangChain chat model."""

    def invoke(self, text: str, /) -> Any:  # noqa: ANN401  # a message with `content`
        """Answer one prompt."""


def judge_row(model: ChatModel, row: Mapping[str, Any]) -> bool | None:
    """Whether the model calls an answer right; None where its verdict cannot be read."""
    question = from_row(row["label"])
    facts = "; ".join(" hoặc ".join(fact) for fact in question.facts) or "(tài liệu không có thông tin này)"
    said = metrics.strip_markers(str(row["answer"]["answer"]))
    text = prompts.load("judge").format(question=question.question, facts=facts, answer=said)
    try:
        return read_verdict(str(getattr(model.invoke(text), "content", "")))
    except Exception as error:  # every provider has errors of its own; all mean that there is no verdict
        _log.warning("no verdict on %s: %s", question.id, type(error).__name__)
        return None


def read_verdict(reply: str) -> bool | None:
    """The verdict of a reply: the first ĐÚNG or SAI in capitals."""
    found = _VERDICT.search(metrics.strip_markers(reply).replace("Ð", "Đ"))
    return None if found is None else found.group(1) == "ĐÚNG"


def judge_rows(model: ChatModel, rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Share called right, and agreement (share and Cohen's kappa) with the deterministic measure."""
    verdicts = [(judge_row(model, row), bool(row["score"]["right"])) for row in rows]
    read = [(judge, own) for judge, own in verdicts if judge is not None]
    return {
        "judged": len(read),
        "unreadable": len(verdicts) - len(read),
        "accuracy": metrics.mean([judge for judge, _ in read]) if read else None,
        "agreement": metrics.mean([judge == own for judge, own in read]) if read else None,
        "kappa": metrics.kappa([j for j, _ in read], [o for _, o in read]) if read else None,
    }
