"""The tab "Đánh giá": runs of the evaluation as a program of its own, so that nothing here waits for it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from html import escape
from pathlib import Path
from typing import Any

import gradio as gr

from qa.web.workplace import Workplace

SETS = Path(__file__).resolve().parents[2] / "eval" / "sets"
_TIME_LIMIT = 3600
_EMPTY = '<p class="empty">Chưa có lượt đánh giá nào. Chọn một bộ câu hỏi rồi bấm “Chạy đánh giá”.</p>'


def build_evaluation_tab(workplace: Workplace) -> None:
    """Lay out the tab and connect it."""
    runs_folder = workplace.settings.home / "runs"
    with gr.Row():
        question_set = gr.Dropdown(sorted(p.name for p in SETS.glob("*.jsonl")), label="Bộ câu hỏi")
        own_set = gr.File(label="Hoặc tệp .jsonl của cơ quan", file_types=[".jsonl"], type="filepath", height=100)
        start = gr.Button("Chạy đánh giá", variant="primary")
    log = gr.Textbox(label="Tiến độ", lines=6, max_lines=12, interactive=False, autoscroll=True)
    with gr.Row():
        first = gr.Dropdown(_runs(runs_folder), label="Lượt đánh giá", elem_id="luot-danh-gia")
        second = gr.Dropdown(_runs(runs_folder), label="So với lượt")
        compare = gr.Button("So sánh")
    report = gr.HTML(_EMPTY, elem_id="bao-cao-danh-gia")

    def run(name: str | None, own: str | None) -> Iterator[tuple[Any, ...]]:
        path = Path(own) if own else SETS / Path(name or "").name
        if not path.is_file():
            raise gr.Error("Hãy chọn một bộ câu hỏi trước.", title="Chưa chạy được")
        out = runs_folder / f"{datetime.now():%Y%m%d-%H%M%S}-{path.stem}"
        text = ""
        for text in _follow(["run", str(path), "--home", str(workplace.settings.home), "--out", str(out)]):
            yield text, gr.skip(), gr.skip(), gr.skip()
        names = _runs(runs_folder)
        yield text, gr.update(choices=names, value=out.name), gr.update(choices=names), report_html(out)

    start.click(run, [question_set, own_set], [log, first, second, report], concurrency_limit=1, concurrency_id="eval")
    first.change(lambda name: report_html(runs_folder / name) if name else _EMPTY, [first], [report])
    compare.click(lambda a, b: compare_html(runs_folder, a, b), [first, second], [report])


def _runs(folder: Path) -> list[str]:
    return sorted((path.parent.name for path in folder.glob("*/summary.json")), reverse=True)


def _follow(arguments: list[str]) -> Iterator[str]:
    """Run `baocao-eval` and yield all it has printed, line by line."""
    command = [sys.executable, "-m", "eval.cli", *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:  # noqa: S603  # our own module, arguments as a list
        text = ""
        for line in process.stdout or ():
            text += line
            yield text
        code = process.wait(_TIME_LIMIT)
    yield text + ("Xong." if code == 0 else f"Dừng với mã {code}.")


def report_html(folder: Path) -> str:
    """The HTML report of a run in a frame of its own; its figures alone where there is none."""
    page = folder / "report.html"
    if page.is_file():
        body = escape(page.read_text(encoding="utf-8"), quote=True)
        return f'<iframe title="Báo cáo đánh giá" sandbox srcdoc="{body}" class="report"></iframe>'
    summary = folder / "summary.json"
    if not summary.is_file():
        return '<p class="empty">Lượt này chưa có kết quả.</p>'
    figures = json.loads(summary.read_text(encoding="utf-8"))
    return f"<pre>{escape(json.dumps(figures, ensure_ascii=False, indent=2))}</pre>"


def compare_html(folder: Path, first: str | None, second: str | None) -> str:
    """What changed between two runs, question by question."""
    if not first or not second:
        raise gr.Error("Hãy chọn hai lượt để so sánh.", title="Chưa so sánh được")
    *_, text = _follow(["compare", str(folder / Path(first).name), str(folder / Path(second).name)])
    return f"<pre>{escape(text)}</pre>"
