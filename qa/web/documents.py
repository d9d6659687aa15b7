"""The tab "Kho văn bản": what the library holds, adding, correcting and removing it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path
from typing import Any

import gradio as gr

from corpus.document import Document
from corpus.labels import document_label, section_label
from corpus.text import fold
from index.types import DocumentRecord, IndexReport, LibraryError
from qa.console import STATES
from qa.views import cited_numbers, labels
from qa.web.workplace import Workplace

HEADERS = ("Số", "Loại", "Cơ quan", "Ngày", "Trích yếu", "Trang", "Trạng thái")
_ROW_EVENTS = """
element.addEventListener('click', (event) => {
  const button = event.target.closest('button[data-document]');
  if (button) { trigger('click', {document: button.dataset.document}); }
});
"""
FIELDS = {
    "Số văn bản": "number",
    "Ngày ban hành (năm-tháng-ngày)": "issued_on",
    "Cơ quan ban hành": "issuer",
    "Loại văn bản": "kind",
    "Trích yếu": "subject",
    "Người ký": "signer",
}
_EMPTY = '<p class="empty">Bấm vào số của một văn bản trong bảng để xem.</p>'
_NONE_FITS = "Không có văn bản nào khớp với điều kiện lọc."
_ADD = "Kho chưa có văn bản nào. Kéo tệp vào ô bên dưới để thêm."


def build_documents_tab(workplace: Workplace, app: gr.Blocks) -> None:
    """Lay out the tab and connect it."""
    chosen = gr.State("")
    find = gr.Textbox(label="Lọc danh sách", placeholder="số, loại, cơ quan, trích yếu …", elem_id="loc-kho")
    table = gr.HTML("", js_on_load=_ROW_EVENTS, elem_id="bang-kho")
    status = gr.Markdown("", elem_id="trang-thai-kho")
    with gr.Row():
        with gr.Column(scale=2, min_width=300):
            files = gr.File(label="Thêm văn bản", file_count="multiple", type="filepath", elem_id="tai-len")
            with gr.Group():
                field = gr.Dropdown(list(FIELDS), value="Số văn bản", label="Sửa mục")
                value = gr.Textbox(label="Giá trị đúng", elem_id="gia-tri-dung")
                save = gr.Button("Ghi nội dung sửa")
            remove = gr.Button("Xóa khỏi kho", variant="stop")
            with gr.Row(visible=False) as confirm:
                yes, no = gr.Button("Xóa hẳn", variant="stop"), gr.Button("Không xóa")
        with gr.Column(scale=3, min_width=320):
            view = gr.HTML(_EMPTY, elem_id="xem-van-ban")
            plot = gr.BarPlot(x="Năm", y="Số văn bản", color="Loại", title="Văn bản theo năm và loại", height=260)

    def refresh(text: str = "") -> tuple[Any, ...]:
        records = workplace.library.documents()
        return table_html(records, text), _counts(records), overview(records)

    def add(paths: list[str] | None) -> Iterator[tuple[Any, ...]]:
        for message in upload(workplace, paths or []):
            yield gr.skip(), message, gr.skip(), gr.skip()
        yield *refresh_with(message if paths else ""), None

    def refresh_with(message: str) -> tuple[Any, ...]:
        data, counts, bars = refresh()
        return data, f"{message}\n\n{counts}" if message else counts, bars

    def pick(event: gr.EventData) -> tuple[str, str]:
        return event.document, document_html(workplace, event.document)

    def correct(document_id: str, name: str, text: str) -> tuple[Any, ...]:
        _need_choice(document_id)
        try:
            workplace.library.correct(document_id, FIELDS[name], text.strip())
        except LibraryError as error:
            raise gr.Error(str(error), title="Chưa ghi được") from error
        return *refresh_with("Đã ghi nội dung sửa; trích dẫn mới dùng giá trị này."), document_html(
            workplace, document_id
        )

    def drop(document_id: str) -> tuple[Any, ...]:
        workplace.library.remove(document_id)
        return *refresh_with("Đã xóa văn bản khỏi kho."), "", _EMPTY, gr.update(visible=False)

    def ask_first(document_id: str) -> Any:  # noqa: ANN401
        _need_choice(document_id)
        return gr.update(visible=True)

    app.load(refresh, None, [table, status, plot])
    files.upload(add, [files], [table, status, plot, files], concurrency_limit=1, concurrency_id="index")
    find.change(lambda text: table_html(workplace.library.documents(), text), [find], [table], show_progress="hidden")
    table.click(pick, None, [chosen, view])
    save.click(correct, [chosen, field, value], [table, status, plot, view])
    remove.click(ask_first, [chosen], [confirm])
    no.click(lambda: gr.update(visible=False), None, [confirm])
    yes.click(drop, [chosen], [table, status, plot, chosen, view, confirm])


def _need_choice(document_id: str) -> None:
    if not document_id:
        raise gr.Error("Hãy bấm vào số của một văn bản trong bảng trước.", title="Chưa chọn văn bản")


def table_html(records: Sequence[DocumentRecord], text: str = "") -> str:
    """The documents as a table whose rows open on a button; `text` narrows it, with or without diacritics."""
    wanted = fold(text).split()
    rows = [(record, _cells(record)) for record in records]
    kept = [(r, cells) for r, cells in rows if all(word in fold(" ".join(cells)) for word in wanted)]
    if not kept:
        return f'<p class="empty">{_NONE_FITS if records else _ADD}</p>'
    head = "".join(f'<th scope="col">{name}</th>' for name in HEADERS)
    body = "".join(_row(record, cells) for record, cells in kept)
    return (
        f'<div class="table-frame" tabindex="0" role="region" aria-label="Danh sách văn bản">'
        f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _row(record: DocumentRecord, cells: Sequence[str]) -> str:
    rest = "".join(f"<td>{escape(cell)}</td>" for cell in cells[1:])
    name = escape(cells[0])
    opener = f'<button type="button" class="link" data-document="{escape(record.id)}">{name}</button>'
    return f'<tr class="{record.state}"><td>{opener}</td>{rest}</tr>'


def _cells(record: DocumentRecord) -> tuple[str, ...]:
    meta = record.metadata
    corrected = " ✎" if record.corrected else ""
    state = STATES[record.state] + (f": {record.reason}" if record.reason else "")
    return (
        (meta.number or ("(chưa có số)" if meta.number_blank else "(không số)")) + corrected,
        meta.kind or "",
        meta.issuer or "",
        meta.issued_on or "",
        meta.subject or Path(record.path).name,
        str(record.pages),
        state,
    )


def _counts(records: Sequence[DocumentRecord]) -> str:
    if not records:
        return _ADD
    counts = {name: sum(record.state == state for record in records) for state, name in STATES.items()}
    return " · ".join(f"{count} {name}" for name, count in counts.items() if count)


def overview(records: Sequence[DocumentRecord]) -> Any:  # noqa: ANN401  # a pandas frame
    """Number of documents by year and kind."""
    import pandas as pd

    pairs = [
        ((record.metadata.issued_on or "không rõ")[:4].replace("khôn", "không rõ"), record.metadata.kind or "Khác")
        for record in records
    ]
    frame = pd.DataFrame(pairs, columns=["Năm", "Loại"])
    return frame.value_counts().rename("Số văn bản").reset_index()


def upload(workplace: Workplace, paths: Sequence[str]) -> Iterator[str]:
    """Take uploaded files into the library one by one; yields a Markdown message after each."""
    folder = workplace.settings.home / "uploads"
    folder.mkdir(parents=True, exist_ok=True)
    done: list[str] = []
    for number, source in enumerate(map(Path, paths), 1):
        yield "\n".join([*done, f"- ⏳ {number}/{len(paths)}: {_plain(source.name)} …"])
        target = folder / Path(source.name).name
        shutil.copyfile(source, target)
        try:
            done.append(_outcome(source.name, workplace.library.add([target])))
        except LibraryError as error:
            done.append(f"- ✗ {_plain(source.name)}: {_plain(str(error))}")
    yield "\n".join(done)


def _outcome(name: str, report: IndexReport) -> str:
    if report.failed:
        return f"- ✗ {_plain(name)}: {_plain(report.failed[0].reason)}"
    return f"- ✓ {_plain(name)}: {'đã có trong kho' if report.unchanged else 'đã lập chỉ mục'}"


def _plain(text: str) -> str:
    """Text that Markdown shows as it is."""
    return escape("".join(f"\\{char}" if char in "\\`*_[]#|~" else char for char in text), quote=False)


def document_html(workplace: Workplace, document_id: str) -> str:
    """Outline, footnotes, tables, what it cites and who cites it."""
    document = workplace.document(document_id)
    if document is None:
        return '<p class="empty">Văn bản này chưa đọc được; xem lý do ở cột Trạng thái.</p>'
    cited_by = workplace.library.cited_by(document.metadata.number) if document.metadata.number else ()
    parts = (
        ("Đề mục", [f"{section_label(s.path)}. {s.title}" for s in document.walk()]),
        ("Chú thích", [f"[{note.marker}] {note.text}" for note in document.footnotes]),
        ("Bảng", _tables(document)),
        ("Viện dẫn", cited_numbers(document)),
        ("Được viện dẫn bởi", labels(cited_by)),
    )
    lists = "".join(_list(title, items) for title, items in parts if items)
    return (
        f'<div class="source"><h3>{escape(document_label(document.metadata))}</h3>'
        f'<p class="subject">{escape(document.metadata.subject or "")}</p>{lists}</div>'
    )


def _tables(document: Document) -> list[str]:
    return [f"{table.caption or section_label(table.section)} – {len(table.rows)} dòng" for table in document.tables]


def _list(title: str, items: Sequence[str]) -> str:
    rows = "".join(f"<li>{escape(item)}</li>" for item in items)
    return f"<details open><summary>{escape(title)} ({len(items)})</summary><ul>{rows}</ul></details>"
