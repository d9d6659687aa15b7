"""Plots of a run as SVG text; the only matplotlib import."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any

from eval.summary import DEPTHS

BLUE, ORANGE, GREY = "#2563a8", "#c2611f", "#b8bec8"
KIND_NAMES = {
    "number": "số liệu", "date": "ngày tháng", "docnumber": "số văn bản", "who": "ai, cơ quan nào", "place": "nơi chốn",
    "list": "liệt kê", "reason": "nguyên nhân", "yesno": "có/không", "table": "bảng", "footnote": "chú thích",
    "compare": "so sánh", "temporal": "theo năm", "definition": "định nghĩa", "nodiac": "không dấu",
    "abbrev": "viết tắt", "paraphrase": "diễn đạt khác", "typo": "lỗi chính tả", "header": "thể thức",
    "unanswerable": "không có trong kho",
}  # fmt: skip


def kinds_plot(kinds: Mapping[str, Mapping[str, Any]]) -> str:
    """Accuracy of each kind with its 95% interval, the weakest at the bottom."""
    rows = [(name, part["accuracy_all"], part["questions"]) for name, part in kinds.items()]
    rows.sort(key=lambda row: row[1][0])
    figure, axes = _figure(7.2, 0.36 * len(rows) + 1.0)
    values = [row[1][0] for row in rows]
    errors = [[max(0.0, v - row[1][1]) for v, row in zip(values, rows, strict=True)]]
    errors.append([max(0.0, row[1][2] - v) for v, row in zip(values, rows, strict=True)])
    colours = [ORANGE if name == "unanswerable" else BLUE for name, _, _ in rows]
    axes.barh(range(len(rows)), values, xerr=errors, color=colours, ecolor="#5b6472", height=0.62, capsize=2)
    axes.set_yticks(range(len(rows)), [f"{KIND_NAMES.get(name, name)} ({count})" for name, _, count in rows])
    axes.set_xlim(0, 1.0)
    axes.set_xlabel("tỷ lệ trả lời đúng")
    return _svg(figure)


def retrieval_plot(part: Mapping[str, Any]) -> str:
    """Share of the evidence among the first k passages."""
    figure, axes = _figure(4.6, 3.1)
    curve = [part.get(f"evidence_recall@{k}") for k in DEPTHS]
    points = [(k, value) for k, value in zip(DEPTHS, curve, strict=True) if value]
    if points:
        ks = [k for k, _ in points]
        axes.plot(ks, [v[0] for _, v in points], marker="o", color=BLUE)
        axes.fill_between(ks, [v[1] for _, v in points], [v[2] for _, v in points], color=BLUE, alpha=0.15)
    axes.set_xticks(DEPTHS)
    axes.set_ylim(0, 1.02)
    axes.set_xlabel("số đoạn đầu tiên (k)")
    axes.set_ylabel("có căn cứ trong k đoạn")
    return _svg(figure)


def outcome_plot(counts: Sequence[tuple[str, int, str]]) -> str:
    """One bar of what became of the questions: (name, count, colour)."""
    figure, axes = _figure(7.2, 1.25)
    left = 0
    for name, count, colour in counts:
        axes.barh([0], [count], left=left, color=colour, label=f"{name}: {count}")
        left += count
    axes.set_yticks([])
    axes.set_xlim(0, max(left, 1))
    axes.legend(ncols=3, loc="upper center", bbox_to_anchor=(0.5, -0.35), frameon=False, fontsize=8)
    return _svg(figure)


def times_plot(times: Sequence[float]) -> str:
    """Distribution of the time for one question."""
    figure, axes = _figure(4.6, 3.1)
    axes.hist(list(times), bins=min(30, max(5, len(times) // 4)), color=BLUE)
    axes.set_xlabel("mili giây một câu")
    axes.set_ylabel("số câu hỏi")
    return _svg(figure)


def _figure(width: float, height: float) -> tuple[Any, Any]:
    from matplotlib.figure import Figure

    figure = Figure(figsize=(width, height), layout="constrained")
    axes = figure.subplots()
    axes.spines[["top", "right"]].set_visible(False)
    axes.tick_params(labelsize=8)
    return figure, axes


def _svg(figure: Any) -> str:  # noqa: ANN401  # matplotlib's Figure, imported late
    import matplotlib

    stream = io.StringIO()
    with matplotlib.rc_context({"svg.hashsalt": "baocao", "svg.fonttype": "path"}):
        figure.savefig(stream, format="svg", metadata={"Date": None, "Creator": None}, transparent=True)
    text = stream.getvalue()
    return text[text.index("<svg") :]
