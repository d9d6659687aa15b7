"""The tab "Hỏi đáp": a streaming conversation and, beside it, what each answer stands on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import gradio as gr

from qa.web import conversation, markup
from qa.web.downloads import download_on_click
from qa.web.errors import told
from qa.web.filters import FilterBar
from qa.web.suggestions import Suggestions
from qa.web.workplace import Workplace

View = conversation.View

# Askers beyond this wait in Gradio's queue; a slow language model holds its place for minutes.
_ASKERS = 24
# What is pressed on the cards goes to the server as one event.
_CARD_EVENTS = """
element.addEventListener('click', (event) => {
  const open = event.target.closest('button.open[data-turn]');
  if (open) { trigger('click', {turn: Number(open.dataset.turn), marker: Number(open.dataset.marker)}); }
  const passage = event.target.closest('button.open[data-document]');
  if (passage) {
    const {document, start, end} = passage.dataset;
    trigger('click', {document, start: Number(start), end: Number(end)});
  }
  const rate = event.target.closest('button.rate');
  if (rate) {
    const own = rate.dataset.own && rate.parentElement.querySelector('input.reason').value;
    const {turn, good, reason} = rate.dataset;
    trigger('click', {turn: Number(turn), good: Boolean(good), reason: own || reason || ''});
  }
});
"""
_SUGGEST_EVENTS = """
element.addEventListener('click', (event) => {
  const button = event.target.closest('button.suggest');
  if (button) { trigger('click', {text: button.textContent}); }
});
"""
_CLOSE_EVENTS = """
element.addEventListener('click', (event) => {
  if (event.target.closest('button.close')) { trigger('click', {}); }
});
"""
_SHOW_SOURCE = "() => window.baocaoShowSource('#van-ban')"


def build_chat_tab(workplace: Workplace, app: gr.Blocks, tab: gr.Tab) -> None:
    """Lay out the tab and connect it; what it tells of the library is renewed whenever the tab is opened."""
    # Not a secret: what is kept is the reader's own conversation, in the reader's own browser.
    saved = gr.BrowserState([], storage_key="baocao-hoi-thoai-2", secret="hoi-thoai")  # noqa: S106
    with gr.Row(elem_classes="desk"):
        with gr.Column(scale=5, min_width=320, elem_classes="talk"):
            talk = _Talk.lay_out(workplace)
        with gr.Column(scale=4, min_width=300, elem_classes="shelf"):
            source = gr.HTML("", js_on_load=_CLOSE_EVENTS, elem_id="van-ban")
            cards = gr.HTML(markup.turns_html([], []), js_on_load=_CARD_EVENTS, elem_id="nguon")
    parts = _Parts(saved, talk, source, cards)
    host = _Host(workplace, talk.bar)
    _connect_asking(parts, host)
    _connect_sources(parts, host)
    _connect_loading(parts, host, app, tab)


@dataclass(frozen=True)
class _Talk:
    """The conversation and the box to ask in."""

    chatbot: gr.Chatbot
    ideas: gr.HTML
    active: gr.HTML
    question: gr.Textbox
    bar: FilterBar
    clear: gr.Button
    export: gr.Button

    @classmethod
    def lay_out(cls, workplace: Workplace) -> _Talk:
        chatbot = gr.Chatbot(
            label="Hội thoại",
            show_label=False,
            height=None,
            placeholder=_welcome(workplace),
            buttons=["copy"],
            elem_id="hoi-thoai",
        )
        ideas = gr.HTML("", js_on_load=_SUGGEST_EVENTS, elem_id="goi-y")
        active = gr.HTML("", elem_id="dang-loc")
        question = gr.Textbox(
            label="Câu hỏi",
            show_label=False,
            placeholder="Gõ câu hỏi rồi bấm Enter, ví dụ: Tổng diện tích rừng trồng mới năm 2022 là bao nhiêu?",
            lines=1,
            max_lines=6,
            max_length=workplace.settings.limits.question_chars,
            submit_btn="Hỏi",
            elem_id="cau-hoi",
            html_attributes=gr.InputHTMLAttributes(lang="vi", enterkeyhint="send"),
        )
        with gr.Accordion("Lọc theo loại, cơ quan, năm, văn bản", open=False, elem_id="bo-loc"):
            bar = FilterBar.build(workplace, documents=True)
        with gr.Row(elem_classes="tools"):
            clear = gr.Button("Xóa hội thoại", size="sm")
            export = gr.Button("Xuất hội thoại ra DOCX", size="sm")
        return cls(chatbot, ideas, active, question, bar, clear, export)


@dataclass(frozen=True)
class _Parts:
    """All parts of the tab."""

    saved: gr.BrowserState
    talk: _Talk
    source: gr.HTML
    cards: gr.HTML

    @property
    def outputs(self) -> list[Any]:
        """What an answer changes."""
        return [self.talk.chatbot, self.talk.question, self.cards, self.source, self.saved]


@dataclass(frozen=True)
class _Host:
    """What the tab does; each handler returns what its outputs show."""

    workplace: Workplace
    bar: FilterBar

    @told("Chưa trả lời được")
    def respond(self, text: str, views: list[View], *values: Any) -> Iterator[tuple[Any, ...]]:  # noqa: ANN401
        """Answer what was typed."""
        yield from conversation.respond(self.workplace, text, views or [], self.bar, values)

    @told("Chưa trả lời được")
    def suggested(self, views: list[View], event: gr.EventData, *values: Any) -> Iterator[tuple[Any, ...]]:  # noqa: ANN401
        """Answer a suggested question."""
        yield from conversation.respond(self.workplace, str(event.text), views or [], self.bar, values)

    def stopped(self, views: list[View]) -> tuple[Any, ...]:
        """Stop answering; what has been verified so far stays."""
        gr.Info("Đã dừng; câu hỏi vẫn còn trong ô để sửa và hỏi lại.", title="Đã dừng")
        idle = gr.update(submit_btn="Hỏi", stop_btn=False)
        views = views or []
        return conversation.messages(views), idle, conversation.cards(self.workplace, views), "", views

    @told("Chưa làm được")
    def on_card(self, views: list[View], event: gr.EventData) -> tuple[Any, ...]:
        """Open a source, or keep a judgement."""
        return conversation.on_card(self.workplace, views or [], dict(event._data or {}))

    def active(self, *values: Any) -> str:  # noqa: ANN401
        """The filters that act at present."""
        return self.bar.active_html(self.workplace, values)

    def exported(self, views: list[View]) -> tuple[str, bytes]:
        """The conversation as a file."""
        return "hoi-dap.docx", conversation.exported(views or [])

    def restored(self, views: list[View]) -> tuple[Any, ...]:
        """The conversation that the browser kept."""
        return conversation.restore(self.workplace, views or [])

    def refreshed(self, *values: Any) -> list[Any]:  # noqa: ANN401
        """The choices of the filters, and what stays chosen."""
        return self.bar.refreshed(self.workplace, values)


def _connect_asking(parts: _Parts, host: _Host) -> None:
    talk, saved, inputs = parts.talk, parts.saved, parts.talk.bar.inputs
    options: dict[str, Any] = {"show_progress": "hidden", "concurrency_limit": _ASKERS}
    asked = talk.question.submit(host.respond, [talk.question, saved, *inputs], parts.outputs, **options)
    chosen = talk.ideas.click(host.suggested, [saved, *inputs], parts.outputs, **options)
    talk.question.stop(host.stopped, [saved], parts.outputs, cancels=[asked, chosen])
    gr.on(
        [talk.clear.click, talk.chatbot.clear],
        lambda: ([], [], markup.turns_html([], []), ""),
        None,
        [talk.chatbot, saved, parts.cards, parts.source],
        cancels=[asked, chosen],
    )
    gr.on([box.change for box in inputs], host.active, inputs, talk.active, show_progress="hidden")


def _connect_sources(parts: _Parts, host: _Host) -> None:
    opened = [parts.source, parts.cards, parts.saved]
    parts.cards.click(host.on_card, [parts.saved], opened, show_progress="hidden").then(
        None, None, None, js=_SHOW_SOURCE
    )
    parts.source.click(lambda: "", None, parts.source, show_progress="hidden")
    download_on_click(parts.talk.export, host.exported, [parts.saved])


def _connect_loading(parts: _Parts, host: _Host, app: gr.Blocks, tab: gr.Tab) -> None:
    workplace, talk = host.workplace, parts.talk
    suggestions = Suggestions(workplace.library, workplace.verbatim)
    app.load(host.restored, [parts.saved], [talk.chatbot, parts.cards], show_progress="hidden")
    opening = [app.load, tab.select]
    gr.on(opening, host.refreshed, talk.bar.inputs, talk.bar.inputs, show_progress="hidden")
    gr.on(
        opening,
        lambda: (gr.update(placeholder=_welcome(workplace)), markup.suggestions_html(suggestions.get())),
        None,
        [talk.chatbot, talk.ideas],
        show_progress="hidden",
    )


def _welcome(workplace: Workplace) -> str:
    count = sum(record.state == "indexed" for record in workplace.library.documents())
    if not count:
        return "Kho chưa có văn bản nào. Mở thẻ **Kho văn bản** ở trên và kéo tệp vào để thêm."
    return f"**Kho đang có {count} văn bản.** Hãy đặt câu hỏi; mỗi câu trả lời có số văn bản, mục và nguyên văn."
