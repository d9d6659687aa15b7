"""What users say of answers, kept as JSON lines in the home folder for `baocao-eval from-feedback`."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from typing import Any

FILE_NAME = "feedback.jsonl"
_REASON_CHARS = 500
_writing = Lock()


def keep(home: Path, view: dict[str, Any], *, good: bool, reason: str = "") -> None:
    """Append one judgement of an answer; `reason` says what is wrong with it."""
    line = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "question": view["question"],
        "answer": view["answer"],
        "verdict": "up" if good else "down",
        "reason": "" if good else " ".join(reason.split())[:_REASON_CHARS],
        "citations": view["citations"],
    }
    with _writing, (home / FILE_NAME).open("a", encoding="utf-8") as stream:
        stream.write(json.dumps(line, ensure_ascii=False) + "\n")
