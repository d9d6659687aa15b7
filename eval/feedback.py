"""Turns what users said about answers into lines of a question set, for a person to complete."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from eval.questions import SetError


def from_feedback(path: Path) -> list[dict[str, Any]]:
    """One line of a set for each feedback line, the latest for a question said twice.

    `facts` stays empty and `answerable` null: only a person who reads the document may say what is right. What the
    program answered is kept under `feedback`.

    Args:
        path: JSON lines with question, answer, verdict, reason and citations.

    Raises:
        SetError: the file cannot be read or a line is no object with a question.
    """
    rows: dict[str, dict[str, Any]] = {}
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
        for line in filter(str.strip, lines):
            item = json.loads(line)
            rows[str(item["question"]).strip()] = item
    except (OSError, json.JSONDecodeError, KeyError, TypeError) as error:
        raise SetError(f"không đọc được phản hồi trong {path}: {error!r}") from error
    return [_line(f"f{number}", question, item) for number, (question, item) in enumerate(rows.items(), 1)]


def _line(name: str, question: str, item: dict[str, Any]) -> dict[str, Any]:
    first = (item.get("citations") or [{}])[0]
    document = first.get("document") or {}
    return {
        "id": name,
        "question": question,
        "answerable": None,
        "document": document.get("number") or (Path(document["path"]).name if document.get("path") else None),
        "section": first.get("section"),
        "facts": [],
        "evidence": first.get("quote"),
        "kind": "paraphrase",
        "feedback": {key: item.get(key) for key in ("verdict", "reason", "answer")},
    }
