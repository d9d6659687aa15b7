"""The tab "Tra cứu câu mẫu": verbatim wording of earlier documents, collected into a draft."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

import gradio as gr

from corpus.parts import PARTS
from index.types import LibraryError
from qa.drafting import Draft, Passage, write_draft
from qa.precedents import Precedent, Use, find_precedents
from qa.views import day
from qa.web.downloads import download_on_click
from qa.web.errors import told
from qa.web.filters import FilterBar
from qa.web.library_markup import ADD
from qa.web.markup import marked, opener_html
from qa.web.workplace import Workplace

# One collected passage: its words and its source line.
Clip = dict[str, str]

_BUTTONS = """
element.addEventListener('click', (event) => {
  const button = event.target.closest('button[data-action], button.open[data-document]');
  if (!button) return;
  const {action, index, use, document, start, end} = button.dataset;
  if (document) { trigger('click', {document, start: Number(start), end: Number(end)}); }
  else { trigger('click', {action, index: Number(index), use: Number(use || 0)}); }
});
"""
_CLOSE = """
element.addEventListener('click', (event) => {
  if (event.target.closest('button.close')) { trigger('click', {}); }
});
"""
_RECIPIENTS = "Nơi nhận:"
_EMPTY = (
    '<p class="empty">Gõ ý hoặc nửa câu cần viết, ví dụ: “tăng cường kiểm tra, giám sát việc thực hiện”. '
    "Hoặc chọn một phần của văn bản để xem những câu hay dùng ở đó.</p>"
)
_NOTHING = '<p class="empty">Không có câu nào gần với ý này. Thử ít từ hơn, hoặc bỏ bớt điều kiện lọc.</p>'
_NO_CLIPS = '<p class="empty">Chưa chọn câu nào. Bấm “Chọn” ở một câu mẫu để đưa vào đây.</p>'
_LEGEND = '<p class="facts legend"><mark>Chỗ tô vàng</mark> là phần thay đổi theo từng văn bản: số liệu, ngày, tên.</p>'


def collected_passages() -> gr.BrowserState:
    """What a reader has collected; made outside of the tabs, since Gradio reads nothing back inside a hidden one."""
    # Not a secret, see the chat tab.
    return gr.BrowserState([], storage_key="baocao-cau-mau-2", secret="cau-mau")  # noqa: S106


def build_precedents_tab(workplace: Workplace, app: gr.Blocks, tab: gr.Tab, clips: gr.BrowserState) -> None:
    """Lay out the tab and connect it; the choices of the filters are renewed whenever the tab is opened."""
    with gr.Row(elem_classes="desk"):
        with gr.Column(scale=5, min_width=320):
            search = _Search.lay_out(workplace)
        with gr.Column(scale=4, min_width=300, elem_classes="shelf"):
            source = gr.HTML("", js_on_load=_CLOSE, elem_id="van-ban-mau")
            gr.HTML("<h2>Câu đã chọn</h2>")
            board = gr.HTML(_NO_CLIPS, js_on_load=_BUTTONS, elem_id="bang-chon")
            with gr.Accordion("Tải dự thảo theo thể thức Nghị định 30/2020/NĐ-CP", open=False, elem_id="du-thao"):
                fields = _draft_fields()
            download = gr.Button("Tải dự thảo DOCX", variant="primary")
    clerk = _Clerk(workplace, search.bar)
    _connect_search(search, clerk, [app.load, tab.select])
    opened = [clips, board, source]
    # A passage that is chosen while another is still being kept waits for it, and is not lost.
    waiting: dict[str, Any] = {"show_progress": "hidden", "trigger_mode": "always_last"}
    search.results.click(clerk.choose, [search.found, clips], opened, **waiting).then(
        None, None, None, js="() => window.baocaoShowSource('#van-ban-mau')"
    )
    source.click(lambda: "", None, source, show_progress="hidden")
    board.click(clerk.arrange, [clips], [clips, board], **waiting)
    app.load(lambda chosen: board_html(chosen or []), [clips], [board], show_progress="hidden")
    download_on_click(download, clerk.draft, [clips, *fields])


@dataclass(frozen=True)
class _Search:
    """Where wording is looked for, and what was found."""

    found: gr.State
    idea: gr.Textbox
    bar: FilterBar
    active: gr.HTML
    results: gr.HTML

    @classmethod
    def lay_out(cls, workplace: Workplace) -> _Search:
        return cls(
            found=gr.State([]),
            idea=gr.Textbox(
                label="Ý hoặc nửa câu cần viết",
                placeholder="ví dụ: tăng cường kiểm tra, giám sát việc thực hiện",
                max_length=workplace.settings.limits.question_chars,
                submit_btn="Tìm",
                elem_id="cau-mau",
            ),
            bar=FilterBar.build(workplace, parts=PARTS),
            active=gr.HTML("", elem_id="dang-loc-mau"),
            results=gr.HTML(_EMPTY, js_on_load=_BUTTONS, elem_id="ket-qua-cau-mau"),
        )


def _draft_fields() -> list[gr.Textbox]:
    """The fields of a draft, in the order of `_draft`'s arguments."""
    with gr.Row():
        kind = gr.Textbox("Báo cáo", label="Loại văn bản sẽ viết")
        place = gr.Textbox("", label="Địa danh", placeholder="ví dụ: Sơn Khê")
    with gr.Row():
        parent = gr.Textbox("", label="Cơ quan chủ quản")
        issuer = gr.Textbox("", label="Cơ quan ban hành")
    subject = gr.Textbox("", label="Trích yếu")
    with gr.Row():
        recipients = gr.Textbox("", label="Nơi nhận (mỗi dòng một nơi)", lines=2)
        signer_role = gr.Textbox("", label="Chức vụ người ký")
    return [kind, place, parent, issuer, subject, recipients, signer_role]


@dataclass(frozen=True)
class _Clerk:
    """What the tab does; each handler returns what its outputs show."""

    workplace: Workplace
    bar: FilterBar

    @told("Chưa tìm được")
    def search(self, text: str, *values: Any) -> tuple[list[Precedent], str, str]:  # noqa: ANN401
        """Wording near an idea, or all of a part of the documents."""
        filters = self.bar.filters(values)
        active = self.bar.active_html(self.workplace, values)
        if not text.strip() and not filters.section:
            return [], _EMPTY, active
        if not self.workplace.names():
            return [], f'<p class="empty">{ADD}</p>', active
        precedents = list(find_precedents(self.workplace.library, text, filters=filters))
        return precedents, results_html(precedents), active

    @told("Chưa chọn được")
    def choose(self, precedents: list[Precedent], chosen: list[Clip], event: gr.EventData) -> tuple[Any, ...]:
        """Collect a passage, or open where it stands."""
        data = dict(event._data or {})
        if "document" in data:
            opened = self.workplace.source(str(data["document"]), int(data["start"]), int(data["end"]))
            return chosen or [], gr.skip(), opened
        index, which = int(data["index"]), int(data.get("use", 0))
        if 0 <= index < len(precedents) and 0 <= which < len(precedents[index].uses):
            use = precedents[index].uses[which]
            chosen = [*(chosen or []), {"text": use.text, "source": use.label}]
        return *_shown(chosen or []), gr.skip()

    @told("Chưa sắp được")
    def arrange(self, chosen: list[Clip], event: gr.EventData) -> tuple[Any, ...]:
        """Move or drop a collected passage."""
        return _shown(arranged(chosen or [], str(event.action), int(event.index)))

    @told("Chưa tải được")
    def draft(self, chosen: list[Clip], *texts: str) -> tuple[str, bytes]:
        """The collected passages as a draft."""
        return "du-thao.docx", write_draft(_draft(chosen or [], *texts))

    def refreshed(self, *values: Any) -> list[Any]:  # noqa: ANN401
        """The choices of the filters, and what stays chosen."""
        return self.bar.refreshed(self.workplace, values)


def _connect_search(search: _Search, clerk: _Clerk, opening: list[Any]) -> None:
    given, shown = [search.idea, *search.bar.inputs], [search.found, search.results, search.active]
    search.idea.submit(clerk.search, given, shown, show_progress="minimal")
    gr.on([box.input for box in search.bar.inputs], clerk.search, given, shown, show_progress="minimal")
    gr.on(opening, clerk.refreshed, search.bar.inputs, search.bar.inputs, show_progress="hidden")


def _shown(chosen: list[Clip]) -> tuple[list[Clip], str]:
    return chosen, board_html(chosen)


def arranged(chosen: Sequence[Clip], action: str, index: int) -> list[Clip]:
    """The collected passages after "up", "down" or "drop" on one of them, or "clear"."""
    clips = list(chosen)
    if action == "clear":
        return []
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
    return f'{_LEGEND}<div class="cards">{"".join(_card(p, n) for n, p in enumerate(precedents))}</div>'


def _card(precedent: Precedent, index: int) -> str:
    count, who = len(precedent.uses), ", ".join(precedent.issuers[:3])
    newest = precedent.uses[0]
    others = "".join(_use(use, index, number) for number, use in enumerate(precedent.uses))
    return (
        f'<article class="card"><blockquote>{marked(precedent.text, precedent.variable)}</blockquote>'
        f'<p class="facts"><strong>Dùng {count} lần</strong> · {escape(who)} · {escape(newest.label)}'
        f" ({escape(_day(newest))})</p>"
        f"<details><summary>Các lần dùng ({count})</summary><ul>{others}</ul></details>"
        f'<button type="button" class="open" data-action="pick" data-index="{index}">Chọn</button> '
        f"{opener_html(newest.document.id, newest.span.start, newest.span.end)}</article>"
    )


def _use(use: Use, index: int, number: int) -> str:
    pick = (
        f'<button type="button" class="open" data-action="pick" data-index="{index}" data-use="{number}">Chọn</button>'
    )
    return (
        f"<li><strong>{escape(use.label)}</strong> ({escape(_day(use))})<br>{escape(use.text)}<br>"
        f"{pick} {opener_html(use.document.id, use.span.start, use.span.end)}</li>"
    )


def _day(use: Use) -> str:
    return day(use.document.metadata.issued_on) or "không rõ ngày"


def board_html(chosen: Sequence[Clip]) -> str:
    """The collected passages with buttons to move and drop them, and one that copies all with their sources."""
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
        rows.append(
            f"<li><p>{escape(clip['text'])}</p><p class='facts'>{escape(clip['source'])}</p>"
            f'<p class="tools">{tools}</p></li>'
        )
    copy = f'<button type="button" class="copy" data-text="{escape(pasted(chosen))}">Chép tất cả kèm nguồn</button>'
    clear = '<button type="button" class="open" data-action="clear" data-index="0">Bỏ tất cả</button>'
    return f'<ol class="board">{"".join(rows)}</ol><p class="tools">{copy} {clear}</p>'


def pasted(chosen: Sequence[Clip]) -> str:
    """The collected passages as text that can be pasted, each with its source."""
    return "\n\n".join(f"{clip['text']}\n({clip['source']})" for clip in chosen)


def _draft(
    chosen: Sequence[Clip],
    kind: str,
    place: str,
    parent: str,
    issuer: str,
    subject: str,
    recipients: str,
    signer_role: str,
) -> Draft:
    if not chosen:
        raise LibraryError("Chưa có câu nào trong “Câu đã chọn”; hãy bấm “Chọn” ở ít nhất một câu mẫu.")
    # A collected list of recipients goes where recipients stand.
    listed = [clip["text"] for clip in chosen if clip["text"].startswith(_RECIPIENTS)]
    names = [*recipients.splitlines(), *(line for text in listed for line in text.split("\n")[1:])]
    return Draft(
        tuple(Passage(clip["text"], clip["source"]) for clip in chosen if clip["text"] not in listed),
        kind=kind or "Văn bản",
        subject=subject,
        issuer=issuer,
        parent=parent,
        place=place,
        recipients=tuple(dict.fromkeys(name.strip(" -") for name in names if name.strip(" -"))),
        signer_role=signer_role,
    )
