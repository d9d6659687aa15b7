"""The tab "Đánh giá": runs of the evaluation as a program of its own, so that nothing here waits for it."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import Timer
from typing import Any

import gradio as gr

from index.types import LibraryError
from qa.web import evaluation_markup as markup
from qa.web.errors import told
from qa.web.workplace import Workplace

SETS = Path(__file__).resolve().parents[2] / "eval" / "sets"
_TIME_LIMIT = 3600
_LOG_LINES = 200
_OPEN = """
element.addEventListener('click', (event) => {
  const button = event.target.closest('button.open[data-document], button.close');
  if (!button) return;
  const {document, start, end} = button.dataset;
  trigger('click', {document: document || '', start: Number(start || 0), end: Number(end || 0)});
});
"""
_NAMES = {"samples.jsonl": "Văn bản mẫu kèm theo (samples)", "reports.jsonl": "Báo cáo thật (reports)"}


def build_evaluation_tab(workplace: Workplace, app: gr.Blocks) -> None:
    """Lay out the tab and connect it."""
    bench = _Bench(workplace)
    with gr.Row(elem_classes="desk"):
        with gr.Column(scale=2, min_width=280):
            choice = _Choice.lay_out(bench.runs)
        with gr.Column(scale=5, min_width=320):
            result = _Result.lay_out()
    _connect(choice, result, bench)
    shown = [choice.first, choice.second, result.report, result.failed]
    app.load(bench.latest, None, shown, show_progress="hidden")


@dataclass(frozen=True)
class _Choice:
    """What to run, and which runs to look at."""

    question_set: gr.Dropdown
    own_set: gr.File
    start: gr.Button
    stop: gr.Button
    log: gr.Textbox
    first: gr.Dropdown
    second: gr.Dropdown
    compare: gr.Button

    @classmethod
    def lay_out(cls, runs: Path) -> _Choice:
        sets = [(_NAMES.get(path.name, path.name), path.name) for path in sorted(SETS.glob("*.jsonl"))]
        question_set = gr.Dropdown(sets, value=_first(sets), label="Bộ câu hỏi", elem_id="bo-cau-hoi")
        own_set = gr.File(label="Hoặc tệp .jsonl của cơ quan", file_types=[".jsonl"], type="filepath", height=110)
        with gr.Row():
            start = gr.Button("Chạy đánh giá", variant="primary")
            stop = gr.Button("Dừng")
        log = gr.Textbox(label="Tiến độ", lines=3, max_lines=8, interactive=False, elem_id="tien-do-danh-gia")
        first = gr.Dropdown(_choices(runs), label="Lượt đánh giá", elem_id="luot-danh-gia")
        second = gr.Dropdown(_choices(runs), label="So với lượt", elem_id="so-voi")
        return cls(question_set, own_set, start, stop, log, first, second, gr.Button("So sánh hai lượt"))


@dataclass(frozen=True)
class _Result:
    """A run's report, its wrong answers, and a source of one of them."""

    source: gr.HTML
    report: gr.HTML
    failed: gr.HTML

    @classmethod
    def lay_out(cls) -> _Result:
        return cls(
            source=gr.HTML("", js_on_load=_OPEN, elem_id="van-ban-danh-gia"),
            report=gr.HTML(markup.EMPTY, elem_id="bao-cao-danh-gia"),
            failed=gr.HTML("", js_on_load=_OPEN, elem_id="cau-sai"),
        )


@dataclass(frozen=True)
class _Bench:
    """What the tab does; each handler returns what its outputs show."""

    workplace: Workplace

    @property
    def runs(self) -> Path:
        """The folder of all runs."""
        return self.workplace.settings.home / "runs"

    @told("Chưa mở được")
    def opened(self, name: str | None) -> tuple[str, str]:
        """The report and the wrong answers of a run."""
        folder = _run_folder(self.runs, name)
        if folder is None:
            return markup.EMPTY, ""
        return markup.report_html(folder), markup.failed_html(folder, _document_of(self.workplace))

    @told("Chưa chạy được")
    def run(self, name: str | None, own: str | None) -> Iterator[tuple[Any, ...]]:
        """Run a set and show the report."""
        path = Path(own) if own else SETS / Path(name or "?").name
        if not path.is_file():
            raise LibraryError("Hãy chọn một bộ câu hỏi trước.")
        out = self.runs / f"{datetime.now():%Y%m%d-%H%M%S}-{re.sub(r'[^A-Za-z0-9-]+', '-', path.stem)[:40]}"
        same, text = (gr.skip(), gr.skip(), gr.skip(), gr.skip()), "Đang khởi động …"
        yield text, *same
        for text in _follow(["run", str(path), "--home", str(self.workplace.settings.home), "--out", str(out)]):
            yield text, *same
        if not (out / "summary.json").is_file():
            raise LibraryError(f"Lượt đánh giá không xong; xem ô Tiến độ. {text.strip().splitlines()[-1][:200]}")
        choices = _choices(self.runs)
        yield text, gr.update(choices=choices, value=out.name), gr.update(choices=choices), *self.opened(out.name)

    @told("Chưa so sánh được")
    def compared(self, a: str | None, b: str | None) -> str:
        """What changed between two runs."""
        first, second = _run_folder(self.runs, a), _run_folder(self.runs, b)
        if first is None or second is None or a == b:
            raise LibraryError("Hãy chọn hai lượt khác nhau để so sánh.")
        *_, text = _follow(["compare", str(first), str(second)])
        return markup.compared_html(text)

    @told("Chưa mở được")
    def open_source(self, event: gr.EventData) -> str:
        """The document of a question, or nothing when it is closed."""
        name = str(event.document)
        return self.workplace.source(name, int(event.start), int(event.end)) if name else ""

    def latest(self) -> tuple[Any, ...]:
        """The newest run, and what there is to choose from."""
        choices = _choices(self.runs)
        newest = choices[0][1] if choices else None
        return gr.update(choices=choices, value=newest), gr.update(choices=choices), *self.opened(newest)


def _connect(choice: _Choice, result: _Result, bench: _Bench) -> None:
    outputs = [choice.log, choice.first, choice.second, result.report, result.failed]
    given = [choice.question_set, choice.own_set]
    once: dict[str, Any] = {"show_progress": "hidden", "concurrency_limit": 1, "concurrency_id": "eval"}
    running = choice.start.click(bench.run, given, outputs, **once)
    choice.stop.click(lambda: "Đã dừng.", None, choice.log, cancels=[running], show_progress="hidden")
    choice.first.input(bench.opened, [choice.first], [result.report, result.failed], show_progress="hidden")
    choice.compare.click(bench.compared, [choice.first, choice.second], [result.report])
    for place in (result.failed, result.source):
        place.click(bench.open_source, None, result.source, show_progress="hidden").then(
            None, None, None, js="() => window.baocaoShowSource('#van-ban-danh-gia')"
        )


def _first(sets: list[tuple[str, str]]) -> str | None:
    names = [name for _, name in sets]
    return "samples.jsonl" if "samples.jsonl" in names else next(iter(names), None)


def _choices(folder: Path) -> list[tuple[str, str]]:
    """(label, folder name) of finished runs, newest first."""
    names = sorted((path.parent.name for path in folder.glob("*/summary.json")), reverse=True)
    return [(_label(name), name) for name in names]


def _label(name: str) -> str:
    try:
        begun = datetime.strptime(name[:15], "%Y%m%d-%H%M%S")  # local time, as people here read it
    except ValueError:
        return name
    return f"{begun:%d/%m/%Y %H:%M} – {name[16:]}"


def _run_folder(runs: Path, name: str | None) -> Path | None:
    """The folder of a finished run; a name that leads elsewhere is no run."""
    return runs / name if name and name in {known for _, known in _choices(runs)} else None


def _document_of(workplace: Workplace) -> markup.Finder:
    def find(number: str) -> str | None:
        found = workplace.library.find(number)
        return found[0].id if found else None

    return find


def _follow(arguments: list[str]) -> Iterator[str]:
    """Run `baocao-eval` and yield what it has printed last, line by line; it ends with whoever reads this."""
    command = [sys.executable, "-m", "eval.cli", *arguments]
    with subprocess.Popen(  # noqa: S603  # our own module, arguments as a list
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8"
    ) as process:
        clock = Timer(_TIME_LIMIT, process.kill)
        clock.start()
        try:
            lines: list[str] = []
            for line in process.stdout or ():
                lines = [*lines, line][-_LOG_LINES:]
                yield "".join(lines)
            code = process.wait()
            yield "".join(lines) + ("" if code == 0 else f"(kết thúc với mã {code})")
        finally:
            clock.cancel()
            process.kill()
