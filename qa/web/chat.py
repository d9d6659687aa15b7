"""The tab "Hỏi đáp": a streaming conversation and, beside it, what each answer stands on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote as url_quote

import gradio as gr

from qa.types import Answer, QuestionError, Turn
from qa.web import markup
from qa.web.workplace import Workplace

View = dict[str, Any]
Message = dict[str, str]

# A click on "Mở văn bản" carries the document and the marker to the server.
_CARD_EVENTS = """
element.addEventListener('click', (event) => {
  const button = event.target.closest('button.open');
  if (button) { trigger('click', {document: button.dataset.document, marker: button.dataset.marker}); }
});
"""


def build_chat_tab(workplace: Workplace, app: gr.Blocks) -> None:
    """Lay out the tab and connect it."""
    saved = gr.BrowserState([], storage_key="baocao-hoi-thoai")
    with gr.Row():
        with gr.Column(scale=3, min_width=320):
            chatbot = gr.Chatbot(
                label="Hội thoại",
                height="56vh",
                min_height=280,
                placeholder=_welcome(workplace),
                examples=[{"text": text} for text in workplace.suggestions()],
                buttons=["copy"],
                elem_id="hoi-thoai",
            )
            question = gr.Textbox(
                label="Câu hỏi",
                placeholder="Ví dụ: Tổng diện tích rừng trồng mới năm 2022 là bao nhiêu?",
                lines=1,
                max_lines=6,
                submit_btn="Hỏi",
                elem_id="cau-hoi",
            )
            clear = gr.Button("Xóa hội thoại", size="sm")
        with gr.Column(scale=2, min_width=300):
            cards = gr.HTML(markup.cards_html(None, 0, ()), js_on_load=_CARD_EVENTS, elem_id="nguon", label="Nguồn")
            source = gr.HTML("", elem_id="van-ban")

    def respond(text: str, views: list[View]) -> Iterator[tuple[Any, ...]]:
        yield from _respond(workplace, text, views or [])

    def suggested(views: list[View], event: gr.SelectData) -> Iterator[tuple[Any, ...]]:
        yield from _respond(workplace, event.value["text"], views or [])

    def open_source(views: list[View], event: gr.EventData) -> str:
        return _open_source(workplace, views, event.document, event.marker)

    outputs = [chatbot, question, cards, source, saved]
    question.submit(respond, [question, saved], outputs, show_progress="minimal")
    chatbot.example_select(suggested, [saved], outputs, show_progress="minimal")
    gr.on(
        [clear.click, chatbot.clear],
        lambda: ([], [], markup.cards_html(None, 0, ()), ""),
        None,
        [chatbot, saved, cards, source],
    )
    cards.click(open_source, [saved], [source], show_progress="minimal")
    app.load(lambda views: _restore(workplace, views), [saved], [chatbot, cards])


def _welcome(workplace: Workplace) -> str:
    count = len(workplace.library.documents())
    if not count:
        return "Kho chưa có văn bản nào. Thêm văn bản: `baocao index THƯ_MỤC`"
    return f"**Kho đang có {count} văn bản.** Hãy đặt câu hỏi; mỗi câu trả lời có số văn bản, mục và nguyên văn."


def _messages(views: list[View]) -> list[Message]:
    messages: list[Message] = []
    for turn, view in enumerate(views):
        messages.append({"role": "user", "content": markup.marked(view["question"], ())})
        messages.append({"role": "assistant", "content": markup.answer_html(view, turn)})
    return messages


def _respond(workplace: Workplace, text: str, views: list[View]) -> Iterator[tuple[Any, ...]]:
    turn = len(views)
    before = _messages(views)
    asked: Message = {"role": "user", "content": markup.marked(text, ())}
    history = tuple(Turn(question=view["question"], answer=view["answer"]) for view in views[-6:])
    try:
        for piece in workplace.assistant.stream(text, history):
            if isinstance(piece, Answer):
                view = piece.to_json()
                yield (
                    _messages([*views, view]),
                    "",
                    markup.cards_html(view, turn, workplace.contexts(view)),
                    "",
                    [*views, view],
                )
                return
            partial: Message = {"role": "assistant", "content": markup.marked(piece, ())}
            yield [*before, asked, partial], gr.skip(), gr.skip(), gr.skip(), gr.skip()
    except QuestionError as error:
        raise gr.Error(str(error), title="Chưa hỏi được") from error


def _open_source(workplace: Workplace, views: list[View], document_id: str, marker: str) -> str:
    if not views:
        return ""
    citation = next((c for c in views[-1]["citations"] if str(c["marker"]) == str(marker)), None)
    if citation is None or citation["document"]["id"] != document_id:
        return '<p class="empty">Nguồn này thuộc câu trả lời trước; hãy hỏi lại để mở.</p>'
    document = workplace.document(citation["document"]["id"])
    if document is None:
        return '<p class="empty">Văn bản này không còn trong kho.</p>'
    start, end = workplace.locate(document, citation)
    base = f"./van-ban/{document.id}"
    page = document.page_at(start)
    image = f"{base}/trang/{page}.png?doan={url_quote(citation['quote'][:1500])}" if document.format == "pdf" else ""
    return markup.source_html(document, start, end, image_url=image, file_url=f"{base}/tep")


def _restore(workplace: Workplace, views: list[View]) -> tuple[Any, ...]:
    if not views:
        return [], markup.cards_html(None, 0, ())
    last = views[-1]
    return _messages(views), markup.cards_html(last, len(views) - 1, workplace.contexts(last))
