"""The tab "Tra cứu câu mẫu": verbatim wording of earlier documents, collected into a draft."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

import gradio as gr

from qa.drafting import Draft, Passage, write_draft
from qa.precedents import Precedent, Use, find_precedents
from qa.web.downloads import download_on_click
from qa.web.filters import FilterBar
from qa.web.markup import marked
from qa.web.workplace import Workplace

PARTS = (
    "căn cứ",
    "mục đích, yêu cầu",
    "kết quả",
    "hạn chế",
    "nguyên nhân",
    "bài học kinh nghiệm",
    "nhiệm vụ, giải pháp",
    "kiến nghị",
    "tổ chức thực hiện",
    "nơi nhận",
)
# One collected passage: its words and its source line.
Clip = dict[str, str]

_BUTTONS = """
element.addEventListener('click', (event) => {
  const button = event.target.closest('button[data-action]');
  if (button) { trigger('click', {action: button.dataset.action, index: Number(button.dataset.index)}); }
});
"""
_EMPTY = '<p class="empty">Gõ ý hoặc nửa câu cần viết, ví dụ: “tăng cường kiểm tra, giám sát việc thực hiện”.</p>'
_NOTHING = '<p class="empty">Không có câu nào gần với ý này. Thử ít từ hơn, hoặc bỏ bớt điều kiện lọc.</p>'
_NO_CLIPS = '<p class="empty">Chưa chọn câu nào. Bấm “Chọn” ở một câu mẫu để đưa vào đây.</p>'


def build_precedents_tab(workplace: Workplace) -> None:
    """Lay out the tab and connect it."""
    found = gr.State([])
    clips = gr.BrowserState([], storage_key="baocao-cau-mau")
    with gr.Row():
        with gr.Column(scale=3, min_width=320):
            idea = gr.Textbox(label="Ý hoặc nửa câu cần viết", submit_btn="Tìm", elem_id="cau-mau")
            bar = FilterBar.build(workplace, parts=PARTS)
            results = gr.HTML(_EMPTY, js_on_load=_BUTTONS, elem_id="ket-qua-cau-mau")
        with gr.Column(scale=2, min_width=300):
            gr.Markdown("### Câu đã chọn")
            board = gr.HTML(_NO_CLIPS, js_on_load=_BUTTONS, elem_id="bang-chon")
            copy = gr.Textbox(label="Chép kèm nguồn", lines=6, buttons=["copy"], interactive=False)
            with gr.Row():
                kind = gr.Textbox("Báo cáo", label="Loại văn bản sẽ viết")
                issuer = gr.Textbox("", label="Cơ quan ban hành")
            subject = gr.Textbox("", label="Trích yếu")
            download = gr.Button("Tải dự thảo DOCX", variant="primary")

    def search(text: str, *values: Any) -> tuple[list[Precedent], str]:  # noqa: ANN401
        if not text.strip():
            return [], _EMPTY
        precedents = list(find_precedents(workplace.library, text, filters=bar.filters(values)))
        return precedents, results_html(precedents)

    def choose(precedents: list[Precedent], chosen: list[Clip], event: gr.EventData) -> tuple[Any, ...]:
        if 0 <= event.index < len(precedents):
            use = precedents[event.index].uses[0]
            chosen = [*(chosen or []), {"text": use.text, "source": use.label}]
        return _shown(chosen)

    def arrange(chosen: list[Clip], event: gr.EventData) -> tuple[Any, ...]:
        return _shown(arranged(chosen or [], str(event.action), int(event.index)))

    idea.submit(search, [idea, *bar.inputs], [found, results])
    results.click(choose, [found, clips], [clips, board, copy])
    board.click(arrange, [clips], [clips, board, copy])
    download_on_click(download, _draft_file, [clips, kind, issuer, subject])


def _shown(chosen: list[Clip]) -> tuple[list[Clip], str, str]:
    return chosen, board_html(chosen), "\n\n".join(f"{clip['text']}\n({clip['source']})" for clip in chosen)


def arranged(chosen: Sequence[Clip], action: str, index: int) -> list[Clip]:
    """The collected passages after "up", "down" or "drop" on one of them."""
    clips = list(chosen)
    if not 0 <= index < len(clips):
        return clips
    clip = clips.pop(index)
    if action != "drop":
        clips.insert(max(0, index + (-1 if action == "up" else 1)), clip)
    return clips


def results_html(precedents: Sequence[Precedent]) -> str:
    """Wordings as cards: words with what varies marked, how often and by whom, all uses on demand."""
    if not precedents:
        return _NOTHING
    return f'<div class="cards">{"".join(_card(p, n) for n, p in enumerate(precedents))}</div>'


def _card(precedent: Precedent, index: int) -> str:
    count, who = len(precedent.uses), ", ".join(precedent.issuers[:3])
    uses = "".join(_use(use) for use in precedent.uses)
    return (
        f'<article class="card"><blockquote>{marked(precedent.text, precedent.variable)}</blockquote>'
        f'<p class="facts">Dùng {count} lần · {escape(who)} · {escape(precedent.uses[0].label)}</p>'
        f"<details><summary>Các lần dùng</summary><ul>{uses}</ul></details>"
        f'<button type="button" class="open" data-action="pick" data-index="{index}">Chọn</button></article>'
    )


def _use(use: Use) -> str:
    day = use.document.metadata.issued_on or "không rõ ngày"
    return f"<li><strong>{escape(use.label)}</strong> ({escape(day)})<br>{escape(use.text)}</li>"


def board_html(chosen: Sequence[Clip]) -> str:
    """The collected passages with buttons to move and drop them."""
    if not chosen:
        return _NO_CLIPS
    buttons = (("up", "↑", "Đưa lên"), ("down", "↓", "Đưa xuống"), ("drop", "✕", "Bỏ"))
    rows = []
    for index, clip in enumerate(chosen):
        tools = "".join(
            f'<button type="button" class="open" data-action="{action}" data-index="{index}" aria-label="{name} câu '
            f'{index + 1}">{sign}</button>'
            for action, sign, name in buttons
        )
        rows.append(f"<li><p>{escape(clip['text'])}</p><p class='facts'>{escape(clip['source'])}</p>{tools}</li>")
    return f'<ol class="board">{"".join(rows)}</ol>'


def _draft_file(chosen: list[Clip], kind: str, issuer: str, subject: str) -> tuple[str, bytes]:
    if not chosen:
        raise gr.Error("Hãy chọn ít nhất một câu mẫu.", title="Chưa có gì để tải")
    passages = tuple(Passage(clip["text"], clip["source"]) for clip in chosen)
    return "du-thao.docx", write_draft(Draft(passages, kind=kind or "Văn bản", issuer=issuer, subject=subject))
