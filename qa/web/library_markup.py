"""HTML of the tab "Kho văn bản": the table of documents, one document's parts, the state of an upload."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from pathlib import Path

from corpus.document import Document, Table
from corpus.labels import document_label, section_label
from corpus.text import fold
from index.types import DocumentRecord
from qa.terminal.console import STATES
from qa.terminal.fields import FIELDS
from qa.views import cited_numbers, day
from qa.web.markup import opener_html, signatures_html
from qa.web.uploads import Upload

HEADERS = ("Số", "Loại", "Cơ quan", "Ngày", "Trích yếu", "Trang", "Trạng thái")
EMPTY = '<p class="empty">Bấm vào số của một văn bản trong bảng để xem, sửa hoặc xóa.</p>'
_NONE_FITS = "Không có văn bản nào khớp với điều kiện lọc; xóa bớt chữ trong ô lọc."
ADD = "Kho chưa có văn bản nào. Kéo tệp vào ô “Thêm văn bản” ở thẻ Kho văn bản để bắt đầu."
_SIGNS = {"waiting": "•", "reading": "⏳", "added": "✓", "known": "✓", "failed": "✗"}
_WORDS = {"waiting": "đang chờ", "reading": "đang đọc …", "added": "đã lập chỉ mục", "known": "", "failed": ""}
# OCR below this has misread words in most lines; a person should look.
_POOR = 0.8
_ROWS_SHOWN = 200


def table_html(records: Sequence[DocumentRecord], text: str = "") -> str:
    """The documents as a table whose rows open on a button; `text` narrows it, with or without diacritics."""
    wanted = fold(text).split()
    rows = [(record, _cells(record)) for record in records]
    kept = [(r, cells) for r, cells in rows if all(word in fold(" ".join(cells)) for word in wanted)]
    if not kept:
        return f'<p class="empty">{_NONE_FITS if records else ADD}</p>'
    head = "".join(f'<th scope="col">{name}</th>' for name in HEADERS)
    body = "".join(_row(record, cells) for record, cells in kept)
    return (
        f'<div class="table-frame" tabindex="0" role="region" aria-label="Danh sách văn bản">'
        f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _row(record: DocumentRecord, cells: Sequence[str]) -> str:
    rest = "".join(f"<td>{escape(cell)}</td>" for cell in cells[1:])
    mark = ' <span title="Đã sửa tay" aria-label="đã sửa tay">✎</span>' if record.corrected else ""
    opener = f'<button type="button" class="link" data-document="{escape(record.id)}">{escape(cells[0])}{mark}</button>'
    return f'<tr class="{record.state}"><td>{opener}</td>{rest}</tr>'


def _cells(record: DocumentRecord) -> tuple[str, ...]:
    meta = record.metadata
    number = meta.number or ("(chưa có số)" if meta.number_blank else "(không số)")
    if record.state != "indexed":
        number = Path(record.path).name
    subject = meta.subject or Path(record.path).name
    return (
        number,
        meta.kind or "",
        meta.issuer or "",
        day(meta.issued_on),
        subject,
        str(record.pages or ""),
        state(record),
    )


def state(record: DocumentRecord) -> str:
    """The state in words: with the reason where it failed, with OCR's quality where it was a scan."""
    told = STATES[record.state] + (f": {record.reason}" if record.reason else "")
    if record.state == "indexed" and record.quality is not None:
        told += f" (bản quét, chữ đọc đúng khoảng {record.quality:.0%})"
        if record.quality < _POOR:
            told += " – nên xem lại"
    if record.metadata.number_unsure:
        told += " – số đọc từ nét viết tay, nên kiểm tra"
    return told


def counts(records: Sequence[DocumentRecord]) -> str:
    """How many documents are in which state."""
    if not records:
        return f'<p class="empty">{ADD}</p>'
    by_state = {name: sum(record.state == key for record in records) for key, name in STATES.items()}
    told = " · ".join(f"{count} {name}" for name, count in by_state.items() if count)
    return f'<p class="counts"><strong>{len(records)} văn bản</strong>: {told}</p>'


def uploads_html(uploads: Sequence[Upload]) -> str:
    """The files of an upload, each with what became of it."""
    done = sum(upload.outcome not in {"waiting", "reading"} for upload in uploads)
    rows = "".join(map(_upload, uploads))
    return (
        f'<div class="uploads" role="status"><progress max="{len(uploads)}" value="{done}" aria-label="Tiến độ">'
        f"</progress> {done}/{len(uploads)} tệp<ul>{rows}</ul></div>"
    )


def _upload(upload: Upload) -> str:
    told = " – ".join(part for part in (_WORDS[upload.outcome], upload.note) if part)
    sign = f'<span aria-hidden="true">{_SIGNS[upload.outcome]}</span>'
    return f'<li class="{upload.outcome}">{sign} <strong>{escape(upload.name)}</strong>: {escape(told)}</li>'


def document_html(
    document: Document, record: DocumentRecord, named: Callable[[str], str | None], cited_by: Sequence[DocumentRecord]
) -> str:
    """Header, outline, footnotes, tables, what a document cites and who cites it.

    Args:
        named: the id of the document of the library that carries a number, or None.
    """
    meta = record.metadata
    facts = (meta.issuer, day(meta.issued_on), meta.signer, f"{record.pages} trang", state(record))
    fixed = ", ".join(words for name, words in FIELDS.items() if name in record.corrected)
    parts = (
        _list("Đề mục", [escape(f"{section_label(s.path)}. {s.title}") for s in document.walk()]),
        _list("Bảng", [_table(table) for table in document.tables]),
        _list("Chú thích", [escape(f"[{note.marker}] {note.text}") for note in document.footnotes]),
        _list("Viện dẫn", [_link(number, named(number)) for number in cited_numbers(document)]),
        _list("Được viện dẫn bởi", [_link(document_label(other.metadata), other.id) for other in cited_by]),
        _list("Cần lưu ý", [escape(warning) for warning in document.warnings]),
    )
    return (
        f'<section class="source" tabindex="-1"><h3>{escape(document_label(meta))}</h3>'
        f'<p class="subject">{escape(meta.subject or "")}</p>'
        f'<p class="facts">{escape(" · ".join(fact for fact in facts if fact))}</p>'
        f"{signatures_html(document)}{f'<p class=facts>✎ Đã sửa tay: {escape(fixed)}</p>' if fixed else ''}"
        f'<p class="facts" title="{escape(record.path)}">{escape("/".join(Path(record.path).parts[-2:]))}</p>'
        f"{opener_html(record.id, 0, 0)}{''.join(parts)}</section>"
    )


def _table(table: Table) -> str:
    name = escape(f"{table.caption or section_label(table.section)} – {len(table.rows)} dòng")
    head = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in table.header)
    rows = "".join(f"<tr>{''.join(f'<td>{escape(c)}</td>' for c in row)}</tr>" for row in table.rows[:_ROWS_SHOWN])
    more = f"<p>… còn {len(table.rows) - _ROWS_SHOWN} dòng</p>" if len(table.rows) > _ROWS_SHOWN else ""
    frame = '<div class="table-frame" tabindex="0" role="region" aria-label="Bảng">'
    return (
        f"<details><summary>{name}</summary>{frame}<table><thead><tr>{head}</tr></thead>"
        f"<tbody>{rows}</tbody></table></div>{more}</details>"
    )


def _link(name: str, document_id: str | None) -> str:
    if document_id is None:
        return escape(name)
    return f'<button type="button" class="link" data-document="{escape(document_id)}">{escape(name)}</button>'


def _list(title: str, items: Sequence[str]) -> str:
    if not items:
        return ""
    opened = " open" if title == "Đề mục" else ""
    rows = "".join(f"<li>{item}</li>" for item in items)
    return f"<details{opened}><summary>{escape(title)} ({len(items)})</summary><ul>{rows}</ul></details>"


def removal_html(record: DocumentRecord) -> str:
    """The question before a document is removed."""
    name = document_label(record.metadata) if record.state == "indexed" else Path(record.path).name
    return f'<p role="alert">Xóa <strong>{escape(name)}</strong> khỏi kho? Tệp gốc ở thư mục ngoài không bị xóa.</p>'


def unreadable_html(record: DocumentRecord) -> str:
    """What stands in place of a document that could not be read."""
    reason = escape(record.reason or "không rõ lý do")
    return (
        f'<section class="source" tabindex="-1"><h3>{escape(Path(record.path).name)}</h3>'
        f"<p>{escape(STATES[record.state])}: {reason}</p>"
        '<p class="facts">Sửa theo lý do trên rồi bấm “Đọc lại tệp”, hoặc xóa khỏi kho và thêm bản khác.</p></section>'
    )
