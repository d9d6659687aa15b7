"""What the command line prints for people: tables, answers, progress. Progress and messages go to standard error."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from textwrap import indent
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from corpus.document import Document
from corpus.labels import document_label, section_label
from corpus.readers import SUFFIXES
from index.types import DocumentRecord, Hit, IndexReport
from qa import views

if TYPE_CHECKING:
    from collections.abc import Callable

    from index.library import Progress
    from qa.precedents import Precedent

STATES = {"indexed": "đã lập chỉ mục", "needs_ocr": "cần OCR", "failed": "lỗi"}

out = Console(highlight=False, soft_wrap=True)
messages = Console(stderr=True, highlight=False, soft_wrap=True)


def print_json(value: Any) -> None:  # noqa: ANN401  # any JSON value
    """One JSON value on one line of standard output."""
    import json

    sys.stdout.write(json.dumps(value, ensure_ascii=False) + "\n")
    sys.stdout.flush()


@contextmanager
def index_progress() -> Iterator[Callable[[Progress], None]]:
    """A progress bar on standard error while files are read."""
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar

    columns = (BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TextColumn("{task.description}"))
    with Bar(*columns, console=messages, transient=True, disable=not messages.is_terminal) as bar:
        task = bar.add_task("đang chuẩn bị", total=None)

        def show(progress: Progress) -> None:
            bar.update(task, completed=progress.done, total=progress.total, description=escape(progress.path))

        yield show


def print_index_report(report: IndexReport) -> None:
    """Counts, then a line for each file that failed."""
    if report.rebuilt:
        messages.print(f"Đã dựng lại {report.rebuilt} văn bản theo cài đặt hiện tại.")
    counts = {
        "thêm": report.added,
        "cập nhật": report.updated,
        "không đổi": report.unchanged,
        "bỏ": report.removed,
        "lỗi": len(report.failed),
    }
    told = ", ".join(f"{name} {count}" for name, count in counts.items() if count)
    if told:
        messages.print(f"{told[0].upper()}{told[1:]} – {report.seconds:.1f} giây")
    elif not report.rebuilt:
        messages.print(f"Không thấy tệp nào đọc được ở đó. Các loại đọc được: {', '.join(SUFFIXES)}")
    if report.passed_over:
        others = ", ".join(f"{suffix or 'không đuôi'} {count}" for suffix, count in report.passed_over.items())
        messages.print(f"Bỏ qua {sum(report.passed_over.values())} tệp loại khác: {others}", markup=False)
    for failure in report.failed:
        messages.print(Text(f"  ✗ {failure.path}: {failure.reason}", style="red"))


def print_records(records: Sequence[DocumentRecord]) -> None:
    """The documents as a table."""
    rows = [_record_cells(record) for record in records]
    if not out.is_terminal:
        # A pipe has no width: a document a line, its fields between tabs.
        for row in rows:
            out.print(Text("\t".join(row)))
        return
    table = Table(box=None, expand=True)
    for name in ("Số", "Loại", "Cơ quan", "Ngày", "Trích yếu", "Tr.", "Trạng thái"):
        table.add_column(name, ratio=1 if name == "Trích yếu" else None, no_wrap=True, overflow="ellipsis")
    for row in rows:
        table.add_row(*map(Text, row))
    out.print(table, soft_wrap=False)


def _record_cells(record: DocumentRecord) -> tuple[str, ...]:
    meta = record.metadata
    state = STATES[record.state] + (f": {record.reason}" if record.reason else "")
    return (
        views.number_label(meta),
        meta.kind or "",
        meta.issuer or "",
        views.day(meta.issued_on),
        meta.subject or record.path,
        str(record.pages),
        state,
    )


def print_document(document: Document, cited: Iterable[str], cited_by: Iterable[str]) -> None:
    """Header, outline, footnotes, tables and references of one document."""
    out.print(Text(document_label(document.metadata), style="bold"))
    if document.metadata.subject:
        out.print(Text(document.metadata.subject))
    for section in document.walk():
        indent = "  " * len(section.path)
        out.print(Text(f"{indent}{section.path[-1]}  {section.title}  (tr. {section.span.page})"))
    for note in document.footnotes:
        out.print(Text(f"[{note.marker}] ({section_label(note.section)}) {note.text}", style="dim"))
    for table in document.tables:
        out.print(Text(f"Bảng: {table.caption or section_label(table.section)} – {len(table.rows)} dòng"))
    for title, links in (("Viện dẫn", list(cited)), ("Được viện dẫn bởi", list(cited_by))):
        if links:
            out.print(Text(f"{title}:"))
        for link in links:
            out.print(Text(f"  {link}"))
    for signature in document.signatures:
        out.print(Text(f"Chữ ký số: {signature.name}, {views.moment(signature.signed_at) or '…'}"))
    for warning in document.warnings:
        messages.print(Text(f"! {warning}", style="yellow"))


def print_hits(hits: Sequence[Hit]) -> None:
    """Search results: label, section, words; below them, indented, where else nearly the same words stand."""
    if not hits:
        messages.print("Không có đoạn nào khớp. Thử ít từ hơn, hoặc bỏ bớt điều kiện lọc.")
    for rank, hit in enumerate(hits, 1):
        out.print(Text(f"{rank}. {_hit_label(hit)}", style="bold cyan"))
        out.print(Text(hit.chunk.text))
        for other in hit.alike:
            out.print(Text(f"   Gần như nguyên văn: {_hit_label(other)}", style="cyan"))
            if other.chunk.text != hit.chunk.text:
                out.print(Text(indent(other.chunk.text, "   "), style="dim"))
        out.print()


def _hit_label(hit: Hit) -> str:
    return f"{document_label(hit.document.metadata)}, {section_label(hit.chunk.section)}"


def print_precedents(precedents: Sequence[Precedent]) -> None:
    """Wordings with how often and by whom they were used; what changes from use to use is underlined."""
    if not precedents:
        messages.print("Không có câu nào gần với ý này. Thử ít từ hơn, hoặc bỏ bớt điều kiện lọc.")
    for rank, precedent in enumerate(precedents, 1):
        issuers = ", ".join(precedent.issuers)
        out.print(Text(f"{rank}. dùng {len(precedent.uses)} lần – {issuers}", style="bold cyan"))
        words = Text(precedent.text)
        for start, end in precedent.variable:
            words.stylize("underline", start, end)
        out.print(words)
        for use in precedent.uses:
            out.print(Text(f"   {views.day(use.document.metadata.issued_on) or '…'}  {use.label}", style="dim"))
        out.print()


def print_answer(view: dict[str, Any]) -> None:
    """An answer (as its JSON view) with its numbered citations."""
    out.print(Text(view["answer"], style="bold" if not view["refused"] else ""))
    if view.get("note"):
        messages.print(Text(view["note"], style="yellow"))
    for citation in view["citations"]:
        out.print()
        out.print(Text(f"[{citation['marker']}] {citation['label']}", style="cyan"))
        out.print(Text(f"    “{citation['quote']}”"))
    if view["refused"] and view["passages"]:
        out.print("\nCó thể liên quan:")
        for passage in view["passages"][:3]:
            told = passage["document"]
            name = f"{told['kind'] or 'Văn bản'} {told['number'] or told['issuer'] or told['path']}"
            out.print(Text(f"  • {name}, {section_label(passage['section'])}: {_shorten(passage['text'])}"))


def _shorten(text: str, limit: int = 200) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= limit else flat[:limit].rsplit(" ", 1)[0] + " …"
