"""The tab "Kho văn bản": what the library holds, adding, correcting and removing it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import gradio as gr

from index.types import DocumentRecord, LibraryError
from qa.web import library_markup as markup
from qa.web.errors import told
from qa.web.overview import overview_html
from qa.web.uploads import forget_upload, take_in
from qa.web.workplace import Workplace

_EVENTS = """
element.addEventListener('click', (event) => {
  const button = event.target.closest('button[data-document], button.close');
  if (!button) return;
  const {document, start} = button.dataset;
  trigger('click', {document: document || '', read: start !== undefined});
});
"""
_SHOW_READER = "() => window.baocaoShowSource('#doc-van-ban')"
# On a wide screen it stands beside the table already.
_SHOW_PANEL = "() => innerWidth < 900 && document.querySelector('#xem-van-ban')?.scrollIntoView({block: 'start'})"


def build_documents_tab(workplace: Workplace, app: gr.Blocks) -> None:  # noqa: C901  # a layout and its small handlers
    """Lay out the tab and connect it."""
    library = workplace.library
    chosen = gr.State("")
    with gr.Row(elem_classes="desk"):
        with gr.Column(scale=5, min_width=320):
            find = gr.Textbox(
                label="Lọc danh sách",
                show_label=False,
                placeholder="Lọc: số, loại, cơ quan, trích yếu, trạng thái …",
                elem_id="loc-kho",
            )
            table = gr.HTML("", js_on_load=_EVENTS, elem_id="bang-kho")
            status = gr.HTML("", elem_id="trang-thai-kho")
            files = gr.File(label="Thêm văn bản", file_count="multiple", type="filepath", height=120, elem_id="tai-len")
            progress = gr.HTML("", elem_id="tien-do-kho")
            plot = gr.HTML("", elem_id="bieu-do-kho")
        with gr.Column(scale=4, min_width=300, elem_classes="shelf"):
            reader = gr.HTML("", js_on_load=_EVENTS, elem_id="doc-van-ban")
            view = gr.HTML(markup.EMPTY, js_on_load=_EVENTS, elem_id="xem-van-ban")
            with gr.Column(visible=False, elem_id="sua-van-ban") as panel:
                with gr.Row():
                    field = gr.Dropdown(list(markup.FIELDS), value="Số văn bản", label="Sửa mục", min_width=140)
                    value = gr.Textbox(label="Giá trị đúng (bỏ trống: không rõ)", elem_id="gia-tri-dung", min_width=160)
                with gr.Row():
                    save = gr.Button("Ghi nội dung sửa", size="sm", variant="primary")
                    again = gr.Button("Đọc lại tệp", size="sm")
                    remove = gr.Button("Xóa khỏi kho", size="sm", variant="stop")
            with gr.Row(visible=False, elem_id="hoi-lai") as confirm:
                ask = gr.HTML("")
                yes, no = gr.Button("Xóa hẳn", size="sm", variant="stop"), gr.Button("Không xóa", size="sm")

    lists = [table, status, plot]

    def refresh(text: str = "") -> tuple[str, str, str]:
        records = library.documents()
        return markup.table_html(records, text), markup.counts(records), overview_html(records)

    @told("Chưa thêm được")
    def add(paths: list[str] | None, text: str) -> Iterator[tuple[Any, ...]]:
        given = [Path(path) for path in paths or []]
        if not given:
            return
        for states in take_in(library, workplace.settings.home, given, workplace.settings.limits.upload_mb):
            yield *refresh(text), markup.uploads_html(states), None

    @told("Chưa mở được")
    def pick(event: gr.EventData) -> tuple[Any, ...]:
        name = str(event.document)
        if not name:
            return gr.skip(), gr.skip(), gr.skip(), gr.skip(), ""
        if event.read:
            return gr.skip(), gr.skip(), gr.skip(), gr.skip(), workplace.source(name)
        return name, _view(workplace, name), gr.update(visible=True), gr.update(visible=False), ""

    @told("Chưa ghi được")
    def correct(document_id: str, name: str, text: str, words: str) -> tuple[Any, ...]:
        record = _record(workplace, document_id)
        library.correct(record.id, markup.FIELDS[name], " ".join(text.split()))
        gr.Info("Trích dẫn mới dùng giá trị này; lập chỉ mục lại vẫn giữ.", title="Đã ghi nội dung sửa")
        return *refresh(words), _view(workplace, document_id)

    @told("Chưa đọc lại được")
    def read_again(document_id: str, words: str) -> tuple[Any, ...]:
        record = _record(workplace, document_id)
        report = library.add([Path(path) for path in record.paths])
        if report.failed:
            raise LibraryError(report.failed[0].reason)
        gr.Info("Tệp không đổi." if report.unchanged else "Đã đọc lại tệp.", title="Xong")
        return *refresh(words), _view(workplace, document_id)

    @told("Chưa xóa được")
    def drop(document_id: str, words: str) -> tuple[Any, ...]:
        record = _record(workplace, document_id)
        library.remove(record.id)
        forget_upload(workplace.settings.home, record.paths)
        gr.Info("Văn bản không còn được tìm và trích dẫn nữa.", title="Đã xóa khỏi kho")
        hidden = gr.update(visible=False)
        return *refresh(words), "", markup.EMPTY, hidden, hidden, ""

    @told("Chưa chọn văn bản")
    def ask_first(document_id: str) -> tuple[Any, str]:
        record = _record(workplace, document_id)
        return gr.update(visible=True), markup.removal_html(record)

    @told("Chưa chọn văn bản")
    def present(document_id: str, name: str) -> str:
        told_value = getattr(_record(workplace, document_id).metadata, markup.FIELDS[name]) if document_id else None
        return str(told_value or "")

    app.load(refresh, None, lists, show_progress="hidden")
    files.upload(add, [files, find], [*lists, progress, files], concurrency_limit=1, concurrency_id="index")
    find.change(lambda text: markup.table_html(library.documents(), text), [find], [table], show_progress="hidden")
    outputs = [chosen, view, panel, confirm, reader]
    for place in (table, view, reader):
        picked = place.click(pick, None, outputs, show_progress="hidden")
        picked.then(present, [chosen, field], value, show_progress="hidden")
        picked.then(None, None, None, js=_SHOW_PANEL if place is table else _SHOW_READER)
    field.change(present, [chosen, field], value, show_progress="hidden")
    save.click(correct, [chosen, field, value, find], [*lists, view])
    again.click(read_again, [chosen, find], [*lists, view], concurrency_limit=1, concurrency_id="index")
    remove.click(ask_first, [chosen], [confirm, ask])
    no.click(lambda: gr.update(visible=False), None, [confirm])
    yes.click(drop, [chosen, find], [*lists, chosen, view, panel, confirm, reader])


def _record(workplace: Workplace, document_id: str) -> DocumentRecord:
    record = next((record for record in workplace.library.documents() if record.id == document_id), None)
    if record is None:
        raise LibraryError("Hãy bấm vào số của một văn bản trong bảng trước.")
    return record


def _view(workplace: Workplace, document_id: str) -> str:
    record = _record(workplace, document_id)
    document = workplace.document(document_id)
    if document is None:
        return markup.unreadable_html(record)
    library = workplace.library
    cited_by = library.cited_by(record.metadata.number)

    def named(number: str) -> str | None:
        found = library.find_by_number(number)
        return found[0].id if found else None

    return markup.document_html(document, record, named, cited_by)
