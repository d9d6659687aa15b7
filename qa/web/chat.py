"""The tab "Hỏi đáp": a streaming conversation and, beside it, what each answer stands on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote as url_quote

import gradio as gr

from qa.drafting import write_conversation
from qa.types import Answer, QuestionError, Turn
from qa.web import feedback, markup
from qa.web.downloads import download_on_click
from qa.web.filters import FilterBar
from qa.web.workplace import Workplace

View = dict[str, Any]
Message = dict[str, str]

# How many earlier turns help to understand a question, and for how many the cards stay.
_REMEMBERED = 6
# "Mở văn bản" carries turn and marker to the server; "Chép" puts the answer with its sources on the clipboard.
_CARD_EVENTS = """
element.addEventListener('click', async (event) => {
  const button = event.target.closest('button.open');
  if (button && button.dataset.turn) {
    trigger('click', {turn: Number(button.dataset.turn), marker: Number(button.dataset.marker)});
  }
  const copy = event.target.closest('button.copy');
  if (copy) {
    await navigator.clipboard.writeText(copy.dataset.text);
    copy.textContent = 'Đã chép';
  }
});
"""
_SHOW_MARK = (
    "() => { setTimeout(() => document.querySelector('#van-ban mark')?.scrollIntoView({block: 'center'}), 150); }"
)


def build_chat_tab(workplace: Workplace, app: gr.Blocks) -> None:
    """Lay out the tab and connect it."""
    saved = gr.BrowserState([], storage_key="baocao-hoi-thoai")
    with gr.Row():
        with gr.Column(scale=3, min_width=320):
            chatbot = gr.Chatbot(
                label="Hội thoại",
                height="54vh",
                min_height=260,
                placeholder=_welcome(workplace),
                examples=[{"text": text} for text in workplace.suggestions()],
                buttons=["copy"],
                feedback_options=list(feedback.OPTIONS),
                elem_id="hoi-thoai",
            )
            active = gr.HTML("", elem_id="dang-loc")
            question = gr.Textbox(
                label="Câu hỏi",
                placeholder="Ví dụ: Tổng diện tích rừng trồng mới năm 2022 là bao nhiêu?",
                lines=1,
                max_lines=6,
                max_length=workplace.settings.limits.question_chars,
                submit_btn="Hỏi",
                elem_id="cau-hoi",
            )
            with gr.Accordion("Lọc theo loại, cơ quan, năm", open=False):
                bar = FilterBar.build(workplace)
            with gr.Row():
                clear = gr.Button("Xóa hội thoại", size="sm")
                export = gr.Button("Xuất hội thoại ra DOCX", size="sm")
        with gr.Column(scale=2, min_width=300):
            cards = gr.HTML(markup.turns_html([], []), js_on_load=_CARD_EVENTS, elem_id="nguon")
            source = gr.HTML("", elem_id="van-ban")

    def respond(text: str, views: list[View], *values: Any) -> Iterator[tuple[Any, ...]]:  # noqa: ANN401
        yield from _respond(workplace, text, views or [], bar, values)

    def suggested(views: list[View], *values: Any, event: gr.SelectData) -> Iterator[tuple[Any, ...]]:  # noqa: ANN401
        yield from _respond(workplace, event.value["text"], views or [], bar, values)

    def open_source(views: list[View], event: gr.EventData) -> str:
        return _open_source(workplace, views or [], event.turn, event.marker)

    def rate(views: list[View], event: gr.LikeData) -> None:
        feedback.keep(workplace.settings.home, views or [], event.index, event.liked)
        gr.Info("Đã ghi nhận đánh giá.")

    outputs = [chatbot, question, cards, source, saved]
    gr.on([question.submit], respond, [question, saved, *bar.inputs], outputs, show_progress="minimal")
    chatbot.example_select(suggested, [saved, *bar.inputs], outputs, show_progress="minimal")
    chatbot.like(rate, [saved], None)
    gr.on(
        [clear.click, chatbot.clear],
        lambda: ([], [], markup.turns_html([], []), ""),
        None,
        [chatbot, saved, cards, source],
    )
    cards.click(open_source, [saved], [source], show_progress="minimal").then(None, None, None, js=_SHOW_MARK)
    gr.on(
        [box.change for box in bar.inputs], lambda *values: markup.filters_html(bar.filters(values)), bar.inputs, active
    )
    download_on_click(export, lambda views: ("hoi-dap.docx", _exported(views or [])), [saved])
    app.load(lambda views: _restore(workplace, views or []), [saved], [chatbot, cards])


def _welcome(workplace: Workplace) -> str:
    count = len(workplace.library.documents())
    if not count:
        return "Kho chưa có văn bản nào. Mở thẻ **Kho văn bản** để thêm."
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
    before = _messages(views)
    asked: Message = {"role": "user", "content": markup.marked(text, ())}
    history = tuple(Turn(question=view["question"], answer=view["answer"]) for view in views[-_REMEMBERED:])
    try:
        for piece in workplace.assistant.stream(text, history, filters=bar.filters(values)):
            if isinstance(piece, Answer):
                told = [*views, piece.to_json()]
                yield _messages(told), "", _cards(workplace, told), "", told
                return
            partial: Message = {"role": "assistant", "content": markup.marked(piece, ())}
            yield [*before, asked, partial], gr.skip(), gr.skip(), gr.skip(), gr.skip()
    except QuestionError as error:
        raise gr.Error(str(error), title="Chưa hỏi được") from error


def _open_source(workplace: Workplace, views: list[View], turn: int, marker: int) -> str:
    citations = views[turn]["citations"] if 0 <= turn < len(views) else []
    citation = next((c for c in citations if c["marker"] == marker), None)
    document = workplace.document(citation["document"]["id"]) if citation else None
    if citation is None or document is None:
        return '<p class="empty">Văn bản này không còn trong kho.</p>'
    start, end = workplace.locate(document, citation)
    base = f"./van-ban/{document.id}"
    page = document.page_at(start)
    image = f"{base}/trang/{page}.png?doan={url_quote(citation['quote'][:1500])}" if document.format == "pdf" else ""
    return markup.source_html(document, start, end, image_url=image, file_url=f"{base}/tep")


def _exported(views: list[View]) -> bytes:
    return write_conversation([(v["question"], v["answer"], [c["label"] for c in v["citations"]]) for v in views])


def _restore(workplace: Workplace, views: list[View]) -> tuple[Any, ...]:
    return _messages(views), _cards(workplace, views)
