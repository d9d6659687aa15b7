"""The tab "Kho văn bản": what the library holds, adding, correcting and removing it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gradio as gr

from index.types import DocumentRecord, LibraryError
from qa.terminal.fields import FIELDS
from qa.views import day
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


def build_documents_tab(workplace: Workplace, app: gr.Blocks) -> None:
    """Lay out the tab and connect it."""
    with gr.Row(elem_classes="desk"):
        with gr.Column(scale=5, min_width=320):
            shelf = _Shelf.lay_out()
        with gr.Column(scale=4, min_width=300, elem_classes="shelf"):
            panel = _Panel.lay_out()
    keeper = _Keeper(workplace)
    app.load(keeper.lists, None, shelf.lists, show_progress="hidden")
    _connect_shelf(shelf, keeper)
    _connect_opening(shelf, panel, keeper)
    _connect_changes(shelf, panel, keeper)


@dataclass(frozen=True)
class _Shelf:
    """The list of documents, and where new ones come in."""

    find: gr.Textbox
    table: gr.HTML
    status: gr.HTML
    files: gr.File
    progress: gr.HTML
    plot: gr.HTML

    @classmethod
    def lay_out(cls) -> _Shelf:
        return cls(
            find=gr.Textbox(
                label="Lọc danh sách",
                show_label=False,
                placeholder="Lọc: số, loại, cơ quan, trích yếu, trạng thái …",
                elem_id="loc-kho",
            ),
            table=gr.HTML("", js_on_load=_EVENTS, elem_id="bang-kho"),
            status=gr.HTML("", elem_id="trang-thai-kho"),
            files=gr.File(label="Thêm văn bản", file_count="multiple", type="filepath", height=120, elem_id="tai-len"),
            progress=gr.HTML("", elem_id="tien-do-kho"),
            plot=gr.HTML("", elem_id="bieu-do-kho"),
        )

    @property
    def lists(self) -> list[gr.HTML]:
        """What shows the whole library."""
        return [self.table, self.status, self.plot]


@dataclass(frozen=True)
class _Panel:
    """One document, and what can be done with it."""

    chosen: gr.State
    reader: gr.HTML
    view: gr.HTML
    tools: gr.Column
    field: gr.Dropdown
    value: gr.Textbox
    save: gr.Button
    undo: gr.Button
    again: gr.Button
    remove: gr.Button
    confirm: gr.Row
    question: gr.HTML
    yes: gr.Button
    no: gr.Button

    @classmethod
    def lay_out(cls) -> _Panel:
        chosen = gr.State("")
        reader = gr.HTML("", js_on_load=_EVENTS, elem_id="doc-van-ban")
        view = gr.HTML(markup.EMPTY, js_on_load=_EVENTS, elem_id="xem-van-ban")
        with gr.Column(visible=False, elem_id="sua-van-ban") as tools:
            with gr.Row():
                fields = [(words, name) for name, words in FIELDS.items()]
                field = gr.Dropdown(fields, value="number", label="Sửa mục", min_width=140)
                value = gr.Textbox(label="Giá trị đúng (bỏ trống: không rõ)", elem_id="gia-tri-dung", min_width=160)
            with gr.Row():
                save = gr.Button("Ghi nội dung sửa", size="sm", variant="primary")
                undo = gr.Button("Bỏ nội dung sửa", size="sm", visible=False)
                again = gr.Button("Đọc lại tệp", size="sm")
                remove = gr.Button("Xóa khỏi kho", size="sm", variant="stop")
        with gr.Row(visible=False, elem_id="hoi-lai") as confirm:
            question = gr.HTML("")
            yes, no = gr.Button("Xóa hẳn", size="sm", variant="stop"), gr.Button("Không xóa", size="sm")
        return cls(chosen, reader, view, tools, field, value, save, undo, again, remove, confirm, question, yes, no)


@dataclass(frozen=True)
class _Keeper:
    """What the tab does with the library; each handler returns what its outputs show."""

    workplace: Workplace

    def lists(self, text: str = "") -> tuple[str, str, str]:
        """The table narrowed by `text`, the counts, and the plot."""
        records = self.workplace.library.documents()
        return markup.table_html(records, text), markup.counts(records), overview_html(records)

    def narrowed(self, text: str) -> str:
        """The table narrowed by `text`."""
        return markup.table_html(self.workplace.library.documents(), text)

    @told("Chưa thêm được")
    def add(self, paths: list[str] | None, text: str) -> Iterator[tuple[Any, ...]]:
        """Take uploaded files in, one by one."""
        given = [Path(path) for path in paths or []]
        if not given:
            return
        settings = self.workplace.settings
        for states in take_in(self.workplace.library, settings.home, given, settings.limits.upload_mb):
            yield *self.lists(text), markup.uploads_html(states), None

    @told("Chưa mở được")
    def pick(self, event: gr.EventData) -> tuple[Any, ...]:
        """Show a document with its tools, or its text for reading, or close that."""
        name = str(event.document)
        same = (gr.skip(), gr.skip(), gr.skip(), gr.skip())
        if not name:
            return *same, ""
        if event.read:
            return *same, self.workplace.source(name)
        return name, _view(self.workplace, name), gr.update(visible=True), gr.update(visible=False), ""

    @told("Chưa chọn văn bản")
    def present(self, document_id: str, field: str) -> tuple[str, Any, Any]:
        """The present value of a field, whether it can be taken back, and whether it can be corrected."""
        if not document_id:
            return "", gr.update(visible=False), gr.skip()
        record = _record(self.workplace, document_id)
        value = getattr(record.metadata, field) or ""
        corrected, readable = field in record.corrected, record.state == "indexed"
        shown = day(value) if field == "issued_on" else value
        return shown, gr.update(visible=corrected), gr.update(interactive=readable)

    @told("Chưa ghi được")
    def correct(self, document_id: str, field: str, value: str, text: str) -> tuple[Any, ...]:
        """Set a field by hand."""
        record = _record(self.workplace, document_id)
        self.workplace.library.correct(record.id, field, " ".join(value.split()))
        gr.Info("Trích dẫn mới dùng giá trị này; lập chỉ mục lại vẫn giữ.", title="Đã ghi nội dung sửa")
        return *self.lists(text), _view(self.workplace, document_id)

    @told("Chưa bỏ được")
    def uncorrect(self, document_id: str, field: str, text: str) -> tuple[Any, ...]:
        """Give a field back what was read from the file."""
        record = _record(self.workplace, document_id)
        self.workplace.library.uncorrect(record.id, field)
        gr.Info("Mục này lại như máy đọc được từ tệp.", title="Đã bỏ nội dung sửa")
        return *self.lists(text), _view(self.workplace, document_id)

    @told("Chưa đọc lại được")
    def read_again(self, document_id: str, text: str) -> tuple[Any, ...]:
        """Read the file of a document again."""
        record = _record(self.workplace, document_id)
        report = self.workplace.library.add([Path(path) for path in record.paths])
        if report.failed:
            failure = report.failed[0]
            raise LibraryError(f"{Path(failure.path).name}: {failure.reason}")
        gr.Info("Tệp không đổi." if report.unchanged else "Đã đọc lại tệp.", title="Xong")
        return *self.lists(text), _view(self.workplace, document_id)

    @told("Chưa chọn văn bản")
    def ask_first(self, document_id: str) -> tuple[Any, str]:
        """The question before a document is removed."""
        return gr.update(visible=True), markup.removal_html(_record(self.workplace, document_id))

    @told("Chưa xóa được")
    def drop(self, document_id: str, text: str) -> tuple[Any, ...]:
        """Remove a document, and our own copy of it."""
        record = _record(self.workplace, document_id)
        self.workplace.library.remove(record.id)
        forget_upload(self.workplace.settings.home, record.paths)
        gr.Info("Văn bản không còn được tìm và trích dẫn nữa.", title="Đã xóa khỏi kho")
        hidden = gr.update(visible=False)
        return *self.lists(text), "", markup.EMPTY, hidden, hidden, ""


def _connect_shelf(shelf: _Shelf, keeper: _Keeper) -> None:
    outputs = [*shelf.lists, shelf.progress, shelf.files]
    shelf.files.upload(keeper.add, [shelf.files, shelf.find], outputs, concurrency_limit=1, concurrency_id="index")
    shelf.find.change(keeper.narrowed, [shelf.find], [shelf.table], show_progress="hidden")


def _connect_opening(shelf: _Shelf, panel: _Panel, keeper: _Keeper) -> None:
    outputs = [panel.chosen, panel.view, panel.tools, panel.confirm, panel.reader]
    shown = [panel.value, panel.undo, panel.save]
    for place in (shelf.table, panel.view, panel.reader):
        picked = place.click(keeper.pick, None, outputs, show_progress="hidden")
        picked.then(keeper.present, [panel.chosen, panel.field], shown, show_progress="hidden")
        picked.then(None, None, None, js=_SHOW_PANEL if place is shelf.table else _SHOW_READER)
    panel.field.change(keeper.present, [panel.chosen, panel.field], shown, show_progress="hidden")


def _connect_changes(shelf: _Shelf, panel: _Panel, keeper: _Keeper) -> None:
    changed, field, find = [*shelf.lists, panel.view], [panel.chosen, panel.field], shelf.find
    for done in (
        panel.save.click(keeper.correct, [*field, panel.value, find], changed),
        panel.undo.click(keeper.uncorrect, [*field, find], changed),
        panel.again.click(
            keeper.read_again, [panel.chosen, find], changed, concurrency_limit=1, concurrency_id="index"
        ),
    ):
        done.success(keeper.present, field, [panel.value, panel.undo, panel.save], show_progress="hidden")
    panel.remove.click(keeper.ask_first, [panel.chosen], [panel.confirm, panel.question])
    panel.no.click(lambda: gr.update(visible=False), None, [panel.confirm])
    outputs = [*shelf.lists, panel.chosen, panel.view, panel.tools, panel.confirm, panel.reader]
    panel.yes.click(keeper.drop, [panel.chosen, find], outputs)


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
