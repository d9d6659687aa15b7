"""What users say of answers, kept as JSON lines in the home folder for `baocao-eval from-feedback`."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from typing import Any

FILE_NAME = "feedback.jsonl"
LIKE = "Đúng"
OPTIONS = (LIKE, "Sai số liệu", "Sai nguồn", "Thiếu ý", "Không đúng câu hỏi")
_writing = Lock()


def keep(home: Path, views: Sequence[dict[str, Any]], message: int | Sequence[int], said: bool | str) -> None:
    """Append one judgement.

    Args:
        message: index of the rated message in the conversation; two messages make a turn.
        said: True or "Đúng" for a good answer; a reason otherwise.
    """
    index = message if isinstance(message, int) else message[0]
    if not 0 <= index // 2 < len(views):
        return
    view = views[index // 2]
    good = said is True or said == LIKE
    line = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "question": view["question"],
        "answer": view["answer"],
        "verdict": "up" if good else "down",
        "reason": "" if isinstance(said, bool) or good else said,
        "citations": view["citations"],
    }
    with _writing, (home / FILE_NAME).open("a", encoding="utf-8") as stream:
        stream.write(json.dumps(line, ensure_ascii=False) + "\n")
