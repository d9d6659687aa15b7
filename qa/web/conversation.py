"""What happens in a conversation: a question becomes messages and cards, a card opens its source or is judged."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import gradio as gr

from index.types import Filters
from qa.drafting import write_conversation
from qa.types import INVITATION, Answer, QuestionError, Turn
from qa.web import feedback, markup
from qa.web.filters import FilterBar
from qa.web.workplace import GONE, Workplace

View = dict[str, Any]
Message = dict[str, str]

# How many earlier turns help to understand a question, and for how many the neighbouring text is at hand.
_REMEMBERED = 6
# The browser keeps about 5 MB; a turn with its quotes takes some 10 KB.
_KEPT = 60
_EMPTY = "Kho chưa có văn bản nào. Mở thẻ Kho văn bản và kéo tệp vào để thêm, rồi hỏi lại."
_NARROWED = "Chỉ tìm trong các văn bản đang lọc. Bỏ bớt điều kiện lọc rồi hỏi lại để tìm trong cả kho."
_WAITING = '<p class="waiting">Đang tìm trong kho …</p>'


def messages(views: list[View]) -> list[Message]:
    """The turns as the chat shows them."""
    shown: list[Message] = []
    for turn, view in enumerate(views):
        shown.append({"role": "user", "content": markup.marked(view["question"], ())})
        shown.append(_said(markup.answer_html(view, turn)))
    return shown


def cards(workplace: Workplace, views: list[View]) -> str:
    """The sources of all turns."""
    return markup.turns_html(views, [workplace.contexts(view) for view in views[-_REMEMBERED:]])


def respond(
    workplace: Workplace, text: str, views: list[View], bar: FilterBar, values: tuple[Any, ...]
) -> Iterator[tuple[Any, ...]]:
    """Show the question, then at once what the documents say, then what a language model makes of it, verified."""
    if not text.strip():
        raise QuestionError("Chưa có câu hỏi; hãy gõ câu hỏi rồi bấm Hỏi.")
    before, filters = messages(views), bar.filters(values)
    asked: Message = {"role": "user", "content": markup.marked(text, ())}
    history = tuple(map(Turn.of_view, views[-_REMEMBERED:]))
    # What the browser keeps is always said anew: Gradio would store "no change" itself in its place.
    yield [*before, asked, _said(_WAITING)], _busy(text), gr.skip(), gr.skip(), views
    try:
        shown = views
        if workplace.settings.generation.model:
            shown = _with(workplace, views, workplace.verbatim.ask(text, history, filters=filters), filters)
            drafting = _said(markup.drafting_html())
            yield [*messages(shown), drafting], gr.skip(), cards(workplace, shown), "", shown
        for piece in workplace.assistant.stream(text, history, filters=filters):
            if isinstance(piece, Answer):
                now = _with(workplace, views, piece, filters)
                yield messages(now), _idle(), cards(workplace, now), "", now
                return
            if shown is not views and piece != shown[-1]["answer"]:
                # Each sentence of a model comes here verified, as the whole is.
                partial = _said(f"{markup.marked(piece, ())}{markup.drafting_html()}")
                yield [*messages(shown), partial], gr.skip(), gr.skip(), gr.skip(), shown
    except Exception:
        # The question goes back into its box, so that it can be mended and asked again.
        yield before, _idle(text), gr.skip(), gr.skip(), views
        raise


def _said(html: str) -> Message:
    return {"role": "assistant", "content": html}


def _with(workplace: Workplace, views: list[View], answer: Answer, filters: Filters) -> list[View]:
    view = _kept(answer)
    if answer.refused and not workplace.names():
        view["note"] = _EMPTY
    elif answer.refused and filters and answer.answer != INVITATION:
        view["note"] = _NARROWED
    return [*views, view][-_KEPT:]


def _busy(text: str) -> Any:  # noqa: ANN401
    return gr.update(value=text, submit_btn=False, stop_btn="Dừng")


def _idle(text: str = "") -> Any:  # noqa: ANN401
    return gr.update(value=text, submit_btn="Hỏi", stop_btn=False)


def _kept(answer: Answer) -> View:
    """What the browser remembers of an answer: passages only where there is nothing else to show."""
    view = answer.to_json()
    return view if not view["citations"] else {**view, "passages": []}


def on_card(workplace: Workplace, views: list[View], event: View) -> tuple[Any, ...]:
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
    return cards(workplace, now), now


def _open_source(workplace: Workplace, view: View, marker: int) -> str:
    citation = next((c for c in view["citations"] if c["marker"] == marker), None)
    document = workplace.document(citation["document"]["id"]) if citation else None
    if citation is None or document is None:
        return GONE
    return workplace.source(document.id, *workplace.locate(document, citation))


def exported(views: list[View]) -> bytes:
    """The conversation as a DOCX file."""
    if not views:
        raise QuestionError("Chưa có câu nào để xuất; hãy hỏi một câu trước.")
    return write_conversation([(v["question"], v["answer"], [c["label"] for c in v["citations"]]) for v in views])


def restore(workplace: Workplace, views: list[View]) -> tuple[Any, ...]:
    """Messages and sources of the conversation that the browser kept."""
    if not views:
        # Somebody may have asked already while the page was still loading; an empty past must not wipe that out.
        return gr.skip(), gr.skip()
    return messages(views), cards(workplace, views)
