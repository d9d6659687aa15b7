"""What `baocao-eval run` and `compare` do and print."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from eval.answers import (
    Run,
    about_run,
    ask_all,
    make_run,
    needed_documents,
    open_assistant,
    read_answers,
    save_run,
    score_all,
)
from eval.compare import Comparison, compare_runs, load_results
from eval.gates import failed_gates, load_gates
from eval.plots import KIND_NAMES
from eval.questions import SETS, Question, SetError, documents_of, load_questions

FIGURES = (
    ("accuracy", "Trả lời đúng, câu có đáp án"), ("accuracy_all", "Đúng, cả câu phải từ chối"),
    ("citation_document", "Trích dẫn đúng văn bản"), ("citation_section", "Trích dẫn đúng mục"),
    ("citation_precision", "Trích dẫn đúng trên mọi trích dẫn"),
    ("unanswerable_refused", "Từ chối câu không có đáp án"),
    ("answerable_refused", "Từ chối nhầm câu có đáp án"), ("refusal_precision", "Độ chính xác của từ chối"),
    ("unsupported_rate", "Câu trả lời có số không căn cứ"), ("evidence_recall@1", "Căn cứ ở đoạn đầu"),
    ("evidence_recall@5", "Căn cứ trong 5 đoạn"), ("evidence_recall@10", "Căn cứ trong 10 đoạn"),
    ("evidence_mrr", "MRR của căn cứ"), ("mean_length", "Độ dài trung bình (ký tự)"), ("p50_ms", "Thời gian p50 (ms)"),
    ("p95_ms", "Thời gian p95 (ms)"),
)  # fmt: skip
SHOWN = 20


def say(text: str) -> None:
    """Print one line of a result."""
    sys.stdout.write(text + "\n")


def set_path(name: Path) -> Path:
    """A file, or the bundled set of that name."""
    bundled = SETS / f"{name.name.removesuffix('.jsonl')}.jsonl"
    if not name.is_file() and bundled.is_file():
        return bundled
    return name


def places_of(path: Path, given: Path | None) -> tuple[Path, ...]:
    """Where the documents of a set are; nowhere for those of the home's own library.

    Raises:
        SetError: the given folder is not there.
    """
    if given is not None and not given.exists():
        raise SetError(f"không có {given}")
    return (given,) if given else documents_of(path)


def run_set(arguments: argparse.Namespace) -> int:
    """`baocao-eval run`: ask, score, write, print; 1 when a gate is missed."""
    path = set_path(arguments.set)
    questions = _chosen(load_questions(path), arguments)
    run = _scored(path, questions, arguments)
    if arguments.judge:
        run.summary["judge"] = _judge(run, arguments)
    gates = {} if arguments.no_gates else load_gates(arguments.gates, path.stem)
    failures = failed_gates(run.summary["all"], gates)
    if arguments.out:
        from eval.report import write_report

        save_run(run, arguments.out)
        write_report(run, arguments.out / "report.html", failures)
    if arguments.json:
        say(json.dumps(run.summary, ensure_ascii=False))
    else:
        print_run(run.summary)
    return report_failures(failures)


def _chosen(questions: list[Question], arguments: argparse.Namespace) -> list[Question]:
    kinds = set(arguments.kind or ())
    chosen = [q for q in questions if not (arguments.no_held_out and q.held_out) and (not kinds or q.kind in kinds)]
    if not chosen:
        raise SetError("không còn câu hỏi nào sau khi chọn; bỏ bớt --kind hoặc --no-held-out")
    return chosen


def _scored(path: Path, questions: Sequence[Question], arguments: argparse.Namespace) -> Run:
    places = places_of(path, arguments.documents)
    if arguments.ask_json:
        given = read_answers(arguments.ask_json, questions)
        about = about_run(path, None, str(arguments.ask_json.name), [])
        return make_run(questions, given, score_all(questions, given, needed_documents(questions, places)), about)
    with open_assistant(places, arguments.home) as (assistant, settings, failed):
        for failure in failed:
            sys.stderr.write(f"Không đọc được {failure}\n")
        answers = ask_all(assistant, questions, _tick)
        library = assistant.library
        documents = tuple(library.document(record.id) for record in library.documents() if record.state == "indexed")
        about = about_run(path, settings, library.fingerprint(), failed)
    return make_run(questions, answers, score_all(questions, answers, documents), about)


def _tick(done: int, total: int) -> None:
    if done == total or done % 25 == 0:
        sys.stderr.write(f"Đã hỏi {done}/{total} câu\n")


def _judge(run: Run, arguments: argparse.Namespace) -> dict[str, Any]:
    from eval.judge import judge_rows
    from qa.settings import load_settings
    from qa.wording.generation import Generator

    settings = load_settings(home=arguments.home).generation
    if not settings.model:
        raise SetError("chưa có mô hình ngôn ngữ để chấm; đặt BAOCAO_GENERATION__BASE_URL và BAOCAO_GENERATION__MODEL")
    # One word is asked for; a small model goes on talking.
    brief = settings.model_copy(update={"max_tokens": 16})
    return judge_rows(Generator(brief).model, run.rows)


def compare_folders(arguments: argparse.Namespace) -> int:
    """`baocao-eval compare`: say what changed; 1 when run B misses a gate of its set."""
    first, second = load_results(arguments.first), load_results(arguments.second)
    found = compare_runs(first, second)
    if arguments.json:
        say(json.dumps(asdict(found), ensure_ascii=False))
    else:
        _print_comparison(found, first, second)
    if arguments.no_gates:
        return 0
    summary = json.loads((arguments.second / "summary.json").read_text(encoding="utf-8"))
    gates = load_gates(arguments.gates, Path(summary["about"]["set"]).stem)
    return report_failures(failed_gates(summary["all"], gates))


def report_failures(failures: Sequence[str]) -> int:
    """Print missed gates to standard error; the exit code."""
    for failure in failures:
        sys.stderr.write(f"Không đạt ngưỡng: {failure}\n")
    return 1 if failures else 0


def print_run(summary: Mapping[str, Any]) -> None:
    """The figures of a run as two tables."""
    from rich.console import Console
    from rich.table import Table

    console = Console()
    table = Table("", "tất cả", "95%", "phần giữ lại", title=f"Bộ câu hỏi {summary['about']['set']}")
    for key, label in FIGURES:
        value = summary["all"].get(key)
        table.add_row(label, _shown(key, value), _range(value), _shown(key, summary["held_out"].get(key)))
    table.add_row("Số không căn cứ", str(summary["all"]["unsupported_numbers"]), "", "")
    console.print(table)
    kinds = Table("Loại", "câu", "đúng", "đúng mục", "từ chối")
    for kind, part in summary["kinds"].items():
        refused = part["unanswerable_refused"] if kind == "unanswerable" else part["answerable_refused"]
        right, cited = _shown("", part["accuracy_all"]), _shown("", part["citation_section"])
        kinds.add_row(KIND_NAMES.get(kind, kind), str(part["questions"]), right, cited, _shown("", refused))
    console.print(kinds)
    if "judge" in summary:
        print_figures({f"mô hình chấm: {key}": value for key, value in summary["judge"].items()})


def _shown(key: str, value: object) -> str:
    if isinstance(value, list):
        return f"{value[0]:.3f}" if key == "evidence_mrr" else f"{value[0] * 100:.1f}%"
    if isinstance(value, float):
        return f"{value * 100:.1f}%" if key == "refusal_precision" else f"{value:.0f}"
    return "–" if value is None else str(value)


def _range(value: object) -> str:
    return f"{value[1] * 100:.1f}–{value[2] * 100:.1f}" if isinstance(value, list) else ""


def _print_comparison(found: Comparison, a: Mapping[str, Any], b: Mapping[str, Any]) -> None:
    low, high = found.interval
    difference = found.accuracy_b - found.accuracy_a
    say(f"{found.questions} câu chung: {found.accuracy_a:.1%} → {found.accuracy_b:.1%}")
    say(f"chênh lệch {difference:+.1%} (95%: {low:+.1%} … {high:+.1%}), McNemar p = {found.p_value:.3g}")
    if found.only_a or found.only_b:
        say(f"chỉ có ở A: {len(found.only_a)} câu, chỉ có ở B: {len(found.only_b)} câu (không tính)")
    for title, keys in (("Tốt lên", found.better), ("Kém đi", found.worse)):
        say(f"\n{title}: {len(keys)} câu")
        for key in keys:
            say(f"  {key}: {a[key]['label']['question']}")
            say(f"      A: {_short(a[key]['answer']['answer'])}\n      B: {_short(b[key]['answer']['answer'])}")
    say(f"\nMục trích dẫn đúng thêm {len(found.citations_better)} câu: {' '.join(found.citations_better[:SHOWN])}")
    say(f"Mục trích dẫn sai thêm {len(found.citations_worse)} câu: {' '.join(found.citations_worse[:SHOWN])}")


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= 160 else flat[:159] + "…"


def print_figures(figures: Mapping[str, Any]) -> None:
    """Names and values in two columns; nested groups are indented."""
    for key, value in figures.items():
        if isinstance(value, Mapping):
            say(f"{key}:")
            print_figures({f"  {inner}": part for inner, part in value.items()})
        else:
            say(f"{key:<28} {value:.4g}" if isinstance(value, float) else f"{key:<28} {value}")
