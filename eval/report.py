"""The HTML report of a run: one file, no script, nothing from the network."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

from eval import metrics, plots
from eval.answers import Run
from eval.questions import Question, from_row

STYLE = Path(__file__).resolve().parent / "report.css"
TILES = (
    ("accuracy", "trả lời đúng (câu có đáp án)"),
    ("citation_document", "trích dẫn đúng văn bản"),
    ("citation_section", "trích dẫn đúng mục"),
    ("unanswerable_refused", "từ chối đúng câu không có trong kho"),
    ("answerable_refused", "từ chối nhầm câu có đáp án"),
    ("unsupported_rate", "câu trả lời có số không nằm trong trích dẫn"),
    ("evidence_recall@5", "căn cứ nằm trong 5 đoạn đầu"),
    ("p50_ms", "thời gian trung vị một câu"),
)
COLUMNS = (
    ("questions", "số câu"), ("accuracy_all", "đúng"), ("citation_document", "đúng văn bản"),
    ("citation_section", "đúng mục"), ("answerable_refused", "từ chối nhầm"), ("evidence_recall@5", "căn cứ ≤ 5"),
    ("unsupported_numbers", "số không căn cứ"), ("mean_length", "độ dài"),
)  # fmt: skip
SHOWN_PASSAGES = 3


def write_report(run: Run, path: Path, failures: Sequence[str] = ()) -> None:
    """Write the report; `failures` are the gates that were missed."""
    path.write_text(render(run, failures), encoding="utf-8")


def render(run: Run, failures: Sequence[str] = ()) -> str:
    """The report as HTML text."""
    about = run.summary["about"]
    parts = [
        '<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>Báo cáo đánh giá</title>',
        f"<style>{STYLE.read_text(encoding='utf-8')}</style></head><body><main>",
        f"<h1>Đánh giá bộ câu hỏi {escape(str(about['set']))}</h1>",
        f'<p class="about">{escape(_about(about))}</p>',
        *(f'<p class="gate">Không đạt ngưỡng: {escape(text)}</p>' for text in failures),
        _tiles(run.summary["all"]),
        _plots(run),
        "<h2>Theo phần và theo loại câu hỏi</h2>",
        _table(run.summary),
        _wrong(run.rows),
        _miscited(run.rows),
        "</main></body></html>",
    ]
    return "\n".join(parts)


def _about(about: Mapping[str, Any]) -> str:
    versions = ", ".join(f"{name} {number}" for name, number in about["versions"].items() if number)
    failed = f" · {len(about['failed_files'])} tệp không đọc được" if about["failed_files"] else ""
    return f"{about['when']} · kho {str(about['library'])[:16]}{failed} · {versions}"


def _tiles(part: Mapping[str, Any]) -> str:
    tiles = "".join(
        f'<div class="tile"><b>{_value(name, part[name])}</b><span>{label}</span> '
        f"<small>{_range(part[name])}</small></div>"
        for name, label in TILES
    )
    return f'<div class="tiles">{tiles}</div>'


def _value(name: str, value: object) -> str:
    if isinstance(value, list):
        return f"{value[0] * 100:.1f}%".replace(".", ",")
    if value is None:
        return "–"
    return f"{value:.0f} ms" if name.endswith("_ms") else f"{value:.4g}".replace(".", ",")


def _range(value: object) -> str:
    return f"[{value[1] * 100:.0f}–{value[2] * 100:.0f}]" if isinstance(value, list) else ""


def _plots(run: Run) -> str:
    times = [float(row["score"]["milliseconds"]) for row in run.rows]
    drawn = (
        ("Kết quả", plots.outcome_plot(_outcomes(run.rows))),
        ("Trả lời đúng theo loại câu hỏi", plots.kinds_plot(run.summary["kinds"])),
        ("Tìm được căn cứ", plots.retrieval_plot(run.summary["all"])),
        ("Thời gian", plots.times_plot(times)),
    )
    return '<div class="plots">' + "".join(f'<div class="plot"><p>{t}</p>{svg}</div>' for t, svg in drawn) + "</div>"


def _outcomes(rows: Sequence[Mapping[str, Any]]) -> list[tuple[str, int, str]]:
    counts: dict[str, int] = {}
    for row in rows:
        counts[outcome(row)] = counts.get(outcome(row), 0) + 1
    colours = {
        "đúng, trích dẫn đúng mục": "#2f7d4f", "đúng, trích dẫn lệch": "#9ac7a8", "từ chối đúng": "#2563a8",
        "từ chối nhầm": plots.GREY, "trả lời sai": plots.ORANGE, "bịa câu không có đáp án": "#a22222",
    }  # fmt: skip
    return [(name, counts.get(name, 0), colour) for name, colour in colours.items()]


def outcome(row: Mapping[str, Any]) -> str:
    """What became of one question, in Vietnamese."""
    score = row["score"]
    if not row["label"]["answerable"]:
        return "từ chối đúng" if score["refused"] else "bịa câu không có đáp án"
    if score["refused"]:
        return "từ chối nhầm"
    if not score["right"]:
        return "trả lời sai"
    return "đúng, trích dẫn đúng mục" if score["section"] else "đúng, trích dẫn lệch"


def _table(summary: Mapping[str, Any]) -> str:
    names = {"all": "tất cả", "tuning": "phần được xem khi chỉnh", "held_out": "phần giữ lại"}
    rows = [(names[key], summary[key]) for key in names]
    rows += [(plots.KIND_NAMES.get(kind, kind), part) for kind, part in summary["kinds"].items()]
    head = "".join(f"<th>{label}</th>" for _, label in COLUMNS)
    body = "".join(
        f"<tr><td>{escape(name)}</td>" + "".join(f"<td>{_value(key, part[key])}</td>" for key, _ in COLUMNS) + "</tr>"
        for name, part in rows
    )
    return f"<table><tr><th></th>{head}</tr>{body}</table>"


def _wrong(rows: Sequence[Mapping[str, Any]]) -> str:
    wrong = [row for row in rows if not row["score"]["right"]]
    cards = "".join(_card(row) for row in wrong)
    return f"<h2>Câu sai ({len(wrong)})</h2>{cards}"


def _miscited(rows: Sequence[Mapping[str, Any]]) -> str:
    wrong = [row for row in rows if row["score"]["right"] and row["score"]["section"] is False]
    return f"<h2>Đúng nhưng trích dẫn lệch ({len(wrong)})</h2>" + "".join(_card(row) for row in wrong)


def _card(row: Mapping[str, Any]) -> str:
    question, answer = from_row(row["label"]), row["answer"]
    held = '<span class="tag">giữ lại</span>' if question.held_out else ""
    head = f'<summary><span class="id">{escape(question.id)}</span>{escape(question.question)}'
    head += f'<span class="tag">{escape(outcome(row))}</span>{held}</summary>'
    return f"<details>{head}<dl>{_answer(question, row)}{_gold(question)}{_passages(answer)}</dl></details>"


def _answer(question: Question, row: Mapping[str, Any]) -> str:
    answer = row["answer"]
    text = f"<dt>Trả lời ({row['score']['length']} ký tự)</dt><dd>{escape(str(answer.get('answer')))}</dd>"
    missing = [fact[0] for fact in question.facts if not metrics.holds_fact(str(answer.get("answer")), fact)]
    if missing:
        text += f'<dt>Thiếu</dt><dd class="miss">{escape(" · ".join(missing))}</dd>'
    if row["score"]["unsupported"]:
        text += f'<dt>Số không có trong trích dẫn</dt><dd class="miss">{", ".join(row["score"]["unsupported"])}</dd>'
    for citation in answer.get("citations") or ():
        label = escape(str(citation.get("label")))
        text += f"<dt>Trích dẫn: {label}</dt><dd><blockquote>{escape(str(citation.get('quote')))}</blockquote></dd>"
    return text


def _gold(question: Question) -> str:
    facts = " · ".join(" / ".join(fact) for fact in question.facts) or "không có trong kho"
    text = f"<dt>Đáp án</dt><dd><mark>{escape(facts)}</mark></dd>"
    for source in (*question.sources, *question.alternatives):
        place = f"{source.document}, mục {'.'.join(source.section) or '(mở đầu, kết thúc)'}"
        words = f"<blockquote>{escape(source.evidence)}</blockquote>" if isinstance(source.evidence, str) else ""
        text += f"<dt>Căn cứ: {escape(place)}</dt><dd>{words}</dd>"
    return text


def _passages(answer: Mapping[str, Any]) -> str:
    text = ""
    for rank, passage in enumerate((answer.get("passages") or [])[:SHOWN_PASSAGES], 1):
        section = ".".join(passage.get("section") or ())
        number = (passage.get("document") or {}).get("number") or ""
        text += f"<dt>Đoạn {rank}: {escape(f'{number} {section}')} ({passage.get('score')})</dt>"
        text += f'<dd class="pass">{escape(str(passage.get("text"))[:600])}</dd>'
    return text
