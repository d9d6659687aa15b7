"""HTML of the tab "Đánh giá": a run's report, two runs compared, the questions that went wrong."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from html import escape
from pathlib import Path
from typing import Any

from qa.web.markup import opener_html

Row = dict[str, Any]
Finder = Callable[[str], str | None]

EMPTY = '<p class="empty">Chưa có lượt đánh giá nào. Chọn một bộ câu hỏi rồi bấm “Chạy đánh giá”.</p>'
_NO_FAILURE = '<p class="empty">Lượt này không có câu sai.</p>'
_SHOWN = 100


def report_html(folder: Path) -> str:
    """The HTML report of a run in a frame of its own, in which no script runs; its figures alone without one."""
    page = folder / "report.html"
    if page.is_file():
        body = escape(page.read_text(encoding="utf-8"), quote=True)
        return f'<iframe title="Báo cáo đánh giá" sandbox srcdoc="{body}" class="report"></iframe>'
    figures = json.loads((folder / "summary.json").read_text(encoding="utf-8"))
    return f"<pre>{escape(json.dumps(figures, ensure_ascii=False, indent=2))}</pre>"


def compared_html(text: str) -> str:
    """What changed between two runs, question by question."""
    return f'<h2>So sánh hai lượt</h2><pre class="compared" tabindex="0">{escape(text)}</pre>'


def failed_html(folder: Path, find: Finder) -> str:
    """The questions that were answered wrongly or refused, each to be opened.

    Args:
        find: the id of the document of the library that a question is about, or None.
    """
    failed = [row for row in _rows(folder / "results.jsonl") if not row["score"]["right"]]
    if not failed:
        return _NO_FAILURE
    items = "".join(_failed(row, find) for row in failed[:_SHOWN])
    more = f"<p>… còn {len(failed) - _SHOWN} câu</p>" if len(failed) > _SHOWN else ""
    return f'<h2>Câu chưa đúng ({len(failed)})</h2><div class="failed">{items}</div>{more}'


def _rows(path: Path) -> Iterator[Row]:
    if path.is_file():
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.strip():
                yield json.loads(line)


def _failed(row: Row, find: Finder) -> str:
    label, answer = row["label"], row["answer"]
    wanted = "; ".join(" hoặc ".join(map(str, fact)) for fact in label.get("facts") or ())
    expected = wanted or ("(phải từ chối)" if not label.get("answerable") else "")
    place = (
        f"{label['document']}, mục {'.'.join(label.get('section') or ()) or 'phần mở đầu'}"
        if label.get("document")
        else ""
    )
    given = "; ".join(citation["label"] for citation in answer.get("citations") or ())
    found = find(str(label["document"])) if label.get("document") else None
    facts = (
        ("Cần có", expected),
        ("Ở", place),
        ("Nguyên văn", label.get("evidence") if isinstance(label.get("evidence"), str) else ""),
        ("Đã trả lời", answer.get("answer", "")),
        ("Đã dẫn", given),
    )
    lines = "".join(f"<dt>{name}</dt><dd>{escape(str(told))}</dd>" for name, told in facts if told)
    opener = opener_html(found, 0, 0) if found else ""
    asked = escape(f"{row['id']} · {label['question']}")
    return f"<details><summary>{asked}</summary><dl>{lines}</dl>{opener}</details>"
