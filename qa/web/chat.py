"""The tab "Hỏi đáp": a streaming conversation and, beside it, what each answer stands on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import gradio as gr

from qa.assistant import Assistant
from qa.drafting import write_conversation
from qa.types import Answer, QuestionError, Turn
from qa.web import feedback, markup
from qa.web.downloads import download_on_click
from qa.web.errors import told
from qa.web.filters import FilterBar
from qa.web.suggestions import Suggestions
from qa.web.workplace import GONE, Workplace

View = dict[str, Any]
Message = dict[str, str]

# How many earlier turns help to understand a question, and for how many the neighbouring text is at hand.
_REMEMBERED = 6
# The browser keeps about 5 MB; a turn with its quotes takes some 10 KB.
_KEPT = 60
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
_WAITING = '<p class="waiting">Đang tìm trong kho …</p>'


def build_chat_tab(workplace: Workplace, app: gr.Blocks) -> None:
    """Lay out the tab and connect it."""
    # Not a secret: what is kept is the reader's own conversation, in the reader's own browser.
    saved = gr.BrowserState([], storage_key="baocao-hoi-thoai-2", secret="hoi-thoai")  # noqa: S106
    suggestions = Suggestions(workplace.library, Assistant(workplace.library, workplace.settings))
    with gr.Row(elem_classes="desk"):
        with gr.Column(scale=5, min_width=320, elem_classes="talk"):
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
        with gr.Column(scale=4, min_width=300, elem_classes="shelf"):
            source = gr.HTML("", js_on_load=_CLOSE_EVENTS, elem_id="van-ban")
            cards = gr.HTML(markup.turns_html([], []), js_on_load=_CARD_EVENTS, elem_id="nguon")

    outputs = [chatbot, question, cards, source, saved]

    @told("Chưa trả lời được")
    def respond(text: str, views: list[View], *values: Any) -> Iterator[tuple[Any, ...]]:  # noqa: ANN401
        yield from _respond(workplace, text, views or [], bar, values)

    @told("Chưa trả lời được")
    def suggested(views: list[View], event: gr.EventData, *values: Any) -> Iterator[tuple[Any, ...]]:  # noqa: ANN401
        yield from _respond(workplace, str(event.text), views or [], bar, values)

    @told("Chưa làm được")
    def on_card(views: list[View], event: gr.EventData) -> tuple[Any, ...]:
        return _on_card(workplace, views or [], dict(event._data or {}))

    asked = question.submit(
        respond, [question, saved, *bar.inputs], outputs, show_progress="hidden", concurrency_limit=_ASKERS
    )
    chosen = ideas.click(suggested, [saved, *bar.inputs], outputs, show_progress="hidden", concurrency_limit=_ASKERS)
    question.stop(lambda views: _stopped(workplace, views or []), [saved], outputs, cancels=[asked, chosen])
    gr.on(
        [clear.click, chatbot.clear],
        lambda: ([], [], markup.turns_html([], []), ""),
        None,
        [chatbot, saved, cards, source],
        cancels=[asked, chosen],
    )
    cards.click(on_card, [saved], [source, cards, saved], show_progress="hidden").then(
        None, None, None, js=_SHOW_SOURCE
    )
    source.click(lambda: "", None, source, show_progress="hidden")
    gr.on(
        [box.change for box in bar.inputs],
        lambda *values: bar.active_html(workplace, values),
        bar.inputs,
        active,
        show_progress="hidden",
    )
    download_on_click(export, lambda views: ("hoi-dap.docx", _exported(views or [])), [saved])
    app.load(lambda views: _restore(workplace, views or []), [saved], [chatbot, cards], show_progress="hidden")
    app.load(lambda: bar.refreshed(workplace), None, bar.inputs, show_progress="hidden")
    app.load(
        lambda: (gr.update(placeholder=_welcome(workplace)), markup.suggestions_html(suggestions.get())),
        None,
        [chatbot, ideas],
        show_progress="hidden",
    )


def _welcome(workplace: Workplace) -> str:
    count = sum(record.state == "indexed" for record in workplace.library.documents())
    if not count:
        return "Kho chưa có văn bản nào. Mở thẻ **Kho văn bản** ở trên và kéo tệp vào để thêm."
    return f"**Kho đang có {count} văn bản.** Hãy đặt câu hỏi; mỗi câu trả lời có số văn bản, mục và nguyên văn."


def _messages(views: list[View]) -> list[Message]:
    messages: list[Message] = []
    for turn, view in enumerate(views):
        messages.append({"role": "user", "content": markup.marked(view["question"], ())})
        messages.append({"role": "assistant", "content": markup.answer_html(view, turn)})
    return messages


def _cards(workplace: Workplace, views: list[View]) -> str:
    return markup.turns_html(views, [workplace.contexts(view) for view in views[-_REMEMBERED:]])


def _respond(
    workplace: Workplace, text: str, views: list[View], bar: FilterBar, values: tuple[Any, ...]
) -> Iterator[tuple[Any, ...]]:
    if not text.strip():
        raise QuestionError("Chưa có câu hỏi; hãy gõ câu hỏi rồi bấm Hỏi.")
    before = _messages(views)
    asked: Message = {"role": "user", "content": markup.marked(text, ())}
    history = tuple(Turn(question=view["question"], answer=view["answer"]) for view in views[-_REMEMBERED:])
    waiting: Message = {"role": "assistant", "content": _WAITING}
    # What the browser keeps is always said anew: Gradio would store "no change" itself in its place.
    keep = (gr.skip(), gr.skip(), views)
    yield [*before, asked, waiting], _busy(text), *keep
    try:
        for piece in workplace.assistant.stream(text, history, filters=bar.filters(values)):
            if isinstance(piece, Answer):
                now = [*views, _kept(piece)][-_KEPT:]
                yield _messages(now), _idle(), _cards(workplace, now), "", now
                return
            partial: Message = {"role": "assistant", "content": markup.marked(piece, ())}
            yield [*before, asked, partial], gr.skip(), *keep
    except Exception:
        # The question goes back into its box, so that it can be mended and asked again.
        yield before, _idle(text), *keep
        raise


def _busy(text: str) -> Any:  # noqa: ANN401
    return gr.update(value=text, submit_btn=False, stop_btn="Dừng")


def _idle(text: str = "") -> Any:  # noqa: ANN401
    return gr.update(value=text, submit_btn="Hỏi", stop_btn=False)


def _stopped(workplace: Workplace, views: list[View]) -> tuple[Any, ...]:
    gr.Info("Đã dừng; câu hỏi vẫn còn trong ô để sửa và hỏi lại.", title="Đã dừng")
    return _messages(views), gr.update(submit_btn="Hỏi", stop_btn=False), _cards(workplace, views), "", views


def _kept(answer: Answer) -> View:
    """What the browser remembers of an answer: passages only where there is nothing else to show."""
    view = answer.to_json()
    return view if not view["citations"] else {**view, "passages": []}


def _on_card(workplace: Workplace, views: list[View], event: View) -> tuple[Any, ...]:
    """Open a source, or keep a judgement."""
    if "document" in event:
        return workplace.source(str(event["document"]), int(event["start"]), int(event["end"])), gr.skip(), views
    turn = int(event.get("turn", -1))
    if not 0 <= turn < len(views):
        return GONE, gr.skip(), views
    if "good" in event:
        return gr.skip(), *_rated(workplace, views, turn, bool(event["good"]), str(event.get("reason", "")))
    return _open_source(workplace, views[turn], int(event["marker"])), gr.skip(), views


def _rated(workplace: Workplace, views: list[View], turn: int, good: bool, reason: str) -> tuple[str, list[View]]:
    feedback.keep(workplace.settings.home, views[turn], good=good, reason=reason)
    rated = {**views[turn], "rated": "đúng" if good else reason or "chưa đúng"}
    now = [*views[:turn], rated, *views[turn + 1 :]]
    gr.Info("Đã ghi nhận. Cảm ơn!", title="Đánh giá")
    return _cards(workplace, now), now


def _open_source(workplace: Workplace, view: View, marker: int) -> str:
    citation = next((c for c in view["citations"] if c["marker"] == marker), None)
    document = workplace.document(citation["document"]["id"]) if citation else None
    if citation is None or document is None:
        return GONE
    return workplace.source(document.id, *workplace.locate(document, citation))


def _exported(views: list[View]) -> bytes:
    if not views:
        raise QuestionError("Chưa có câu nào để xuất; hãy hỏi một câu trước.")
    return write_conversation([(v["question"], v["answer"], [c["label"] for c in v["citations"]]) for v in views])


def _restore(workplace: Workplace, views: list[View]) -> tuple[Any, ...]:
    if not views:
        # Somebody may have asked already while the page was still loading; an empty past must not wipe that out.
        return gr.skip(), gr.skip()
    return _messages(views), _cards(workplace, views)
