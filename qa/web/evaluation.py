"""The tab "Đánh giá": runs of the evaluation as a program of its own, so that nothing here waits for it."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
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


def build_evaluation_tab(workplace: Workplace, app: gr.Blocks) -> None:  # noqa: C901  # a layout and its small handlers
    """Lay out the tab and connect it."""
    runs = workplace.settings.home / "runs"
    with gr.Row(elem_classes="desk"):
        with gr.Column(scale=2, min_width=280):
            sets = [(_NAMES.get(path.name, path.name), path.name) for path in sorted(SETS.glob("*.jsonl"))]
            question_set = gr.Dropdown(sets, value=_first(sets), label="Bộ câu hỏi", elem_id="bo-cau-hoi")
            own_set = gr.File(label="Hoặc tệp .jsonl của cơ quan", file_types=[".jsonl"], type="filepath", height=110)
            with gr.Row():
                start = gr.Button("Chạy đánh giá", variant="primary")
                stop = gr.Button("Dừng")
            log = gr.Textbox(label="Tiến độ", lines=3, max_lines=8, interactive=False, elem_id="tien-do-danh-gia")
            first = gr.Dropdown(_choices(runs), label="Lượt đánh giá", elem_id="luot-danh-gia")
            second = gr.Dropdown(_choices(runs), label="So với lượt", elem_id="so-voi")
            compare = gr.Button("So sánh hai lượt")
        with gr.Column(scale=5, min_width=320):
            source = gr.HTML("", js_on_load=_OPEN, elem_id="van-ban-danh-gia")
            report = gr.HTML(markup.EMPTY, elem_id="bao-cao-danh-gia")
            failed = gr.HTML("", js_on_load=_OPEN, elem_id="cau-sai")

    def opened(name: str | None) -> tuple[str, str]:
        folder = _run_folder(runs, name)
        if folder is None:
            return markup.EMPTY, ""
        return markup.report_html(folder), markup.failed_html(folder, _document_of(workplace))

    @told("Chưa chạy được")
    def run(name: str | None, own: str | None) -> Iterator[tuple[Any, ...]]:
        path = Path(own) if own else SETS / Path(name or "?").name
        if not path.is_file():
            raise LibraryError("Hãy chọn một bộ câu hỏi trước.")
        out = runs / f"{datetime.now():%Y%m%d-%H%M%S}-{re.sub(r'[^A-Za-z0-9-]+', '-', path.stem)[:40]}"
        text = "Đang khởi động …"
        yield text, gr.skip(), gr.skip(), gr.skip(), gr.skip()
        for text in _follow(["run", str(path), "--home", str(workplace.settings.home), "--out", str(out)]):
            yield text, gr.skip(), gr.skip(), gr.skip(), gr.skip()
        if not (out / "summary.json").is_file():
            raise LibraryError(f"Lượt đánh giá không xong; xem ô Tiến độ. {text.strip().splitlines()[-1][:200]}")
        choices = _choices(runs)
        yield text, gr.update(choices=choices, value=out.name), gr.update(choices=choices), *opened(out.name)

    @told("Chưa so sánh được")
    def compared(a: str | None, b: str | None) -> str:
        first_run, second_run = _run_folder(runs, a), _run_folder(runs, b)
        if first_run is None or second_run is None or a == b:
            raise LibraryError("Hãy chọn hai lượt khác nhau để so sánh.")
        *_, text = _follow(["compare", str(first_run), str(second_run)])
        return markup.compared_html(text)

    @told("Chưa mở được")
    def open_source(event: gr.EventData) -> str:
        return workplace.source(str(event.document), int(event.start), int(event.end)) if event.document else ""

    outputs = [log, first, second, report, failed]
    running = start.click(
        run, [question_set, own_set], outputs, show_progress="hidden", concurrency_limit=1, concurrency_id="eval"
    )
    stop.click(lambda: "Đã dừng.", None, log, cancels=[running], show_progress="hidden")
    first.input(told("Chưa mở được")(opened), [first], [report, failed], show_progress="hidden")
    compare.click(compared, [first, second], [report])
    for place in (failed, source):
        place.click(open_source, None, source, show_progress="hidden").then(
            None, None, None, js="() => window.baocaoShowSource('#van-ban-danh-gia')"
        )

    def latest() -> tuple[Any, ...]:
        choices = _choices(runs)
        newest = choices[0][1] if choices else None
        return gr.update(choices=choices, value=newest), gr.update(choices=choices), *opened(newest)

    app.load(latest, None, [first, second, report, failed], show_progress="hidden")


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
