"""One function a command of the command line; effects live here, decisions in the packages below."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.document import Document, Metadata
from corpus.labels import document_label
from qa import views
from qa.settings import Settings, load_settings
from qa.terminal import console
from qa.terminal.access import ADD, CATALOG, NotFound, UsageProblem, one, opened
from qa.terminal.fields import FIELDS

if TYPE_CHECKING:
    from qa.links import Link

SAMPLES = Path(__file__).resolve().parents[2] / "corpus" / "samples"


def run(arguments: argparse.Namespace) -> int:
    """Run the command that was parsed and return its exit code."""
    commands: dict[str, Callable[[argparse.Namespace, Settings], int]] = {
        "index": index,
        "remove": remove,
        "list": list_documents,
        "show": show,
        "correct": correct,
        "search": search,
        "ask": ask,
        "chat": chat,
        "start": start,
    }
    return commands[arguments.command](arguments, load_settings(home=arguments.home))


def index(arguments: argparse.Namespace, settings: Settings) -> int:
    """Add or refresh files and folders; 1 when some failed."""
    if not arguments.paths and not arguments.rebuild:
        raise UsageProblem("chưa nói tệp hay thư mục nào; ví dụ: baocao index ./bao-cao")
    if not arguments.paths and not (settings.home / CATALOG).is_file():
        raise NotFound(f"chưa có kho ở {settings.home} để dựng lại. {ADD}")
    return _index(arguments.paths, settings, rebuild=arguments.rebuild, ocr=not arguments.no_ocr, json=arguments.json)


def _index(
    paths: list[Path], settings: Settings, *, rebuild: bool = False, ocr: bool = True, json: bool = False
) -> int:
    from qa.assemble import build_library

    with closing(build_library(settings, rebuild=rebuild)) as library, console.index_progress() as progress:
        report = library.add(paths, progress=progress, rebuild=rebuild, ocr=ocr)
    if json:
        console.print_json(views.report_view(report))
    else:
        console.print_index_report(report)
    return 1 if report.failed else 0


def remove(arguments: argparse.Namespace, settings: Settings) -> int:
    """Remove documents by number, id or path; 1 when one was not found, or fits several documents."""
    counts: dict[str, int] = {}
    with opened(settings) as library:
        for which in arguments.documents:
            try:
                record = one(library, which)
            except NotFound as error:
                counts[which] = 0
                console.messages.print(f"baocao: {error}", markup=False)
            else:
                counts[which] = library.remove(record.id)
                name = f"{document_label(record.metadata)} ({record.path})"
                console.messages.print(f"Đã bỏ khỏi kho: {name}; tệp gốc vẫn còn.", markup=False)
    if arguments.json:
        console.print_json({"removed": counts})
    return 0 if all(counts.values()) else 1


def list_documents(arguments: argparse.Namespace, settings: Settings) -> int:
    """List the documents with their metadata."""
    with opened(settings) as library:
        records = library.documents()
    if arguments.json:
        console.print_json([views.record_view(record) for record in records])
    elif records:
        console.print_records(records)
    return 0


def show(arguments: argparse.Namespace, settings: Settings) -> int:
    """Show one parsed document: a file, or a document of the library by number or id."""
    from qa import links

    document, cited, citing = _find_document(arguments.document, settings, ocr=not arguments.no_ocr)
    if arguments.json:
        view = views.document_view(document)
        view["cites"] = [links.link_view(link) for link in cited]
        view["cited_by"] = views.labels(record for link in citing for record in link.documents)
        view["citing"] = [links.link_view(link) for link in citing]
        console.print_json(view)
    else:
        console.print_document(document, map(links.shown, cited), map(links.shown, citing))
    return 0


def _find_document(which: str, settings: Settings, *, ocr: bool) -> tuple[Document, list[Link], list[Link]]:
    """The document, what it cites, and who cites it; a file that is not looked up in the library has no links."""
    from qa import links

    path = Path(which)
    if path.is_file():
        from corpus.readers import read_document

        document = read_document(path, ocr=ocr)
        return document, links.cited(document, lambda number: ()), []
    if path.is_dir():
        raise NotFound(f"{which!r} là một thư mục; hãy nêu một tệp, hoặc số của một văn bản trong kho")
    with opened(settings) as library:
        record = one(library, which, attached=True)
        if record.state != "indexed":
            raise NotFound(f"{record.path}: {console.STATES[record.state]}: {record.reason}")
        document = library.document(record.id)
        number = document.metadata.number
        citing = links.citing(number, library.cited_by(number), library.document)
        return document, links.cited(document, library.find_by_number), citing


def correct(arguments: argparse.Namespace, settings: Settings) -> int:
    """Correct one header field by hand, or take corrections back; they outlive re-indexing."""
    field, value, undo = arguments.field, arguments.value, arguments.undo
    if undo == (value is not None):
        raise UsageProblem("cần MỤC và GIÁ_TRỊ để sửa; hoặc --undo, có hay không có MỤC, để bỏ nội dung đã sửa")
    with opened(settings) as library:
        record = one(library, arguments.document)
        if undo:
            library.uncorrect(record.id, field)
        else:
            library.correct(record.id, field, value)
        now = library.find(record.id)[0].metadata
    fields = [field] if field else [name for name in record.corrected if name in FIELDS]
    for name in fields:
        change = f"{_shown(record.metadata, name)} → {_shown(now, name)}"
        console.messages.print(f"{FIELDS[name]}: {change}", markup=False)
    hint = "" if undo else f" Bỏ nội dung sửa bằng: baocao correct {record.id} {field} --undo"
    console.messages.print(("Đã bỏ nội dung sửa." if undo else "Đã ghi nội dung sửa.") + hint, markup=False)
    return 0


def _shown(metadata: Metadata, field: str) -> str:
    value = getattr(metadata, field) or "không rõ"
    return views.day(value) if field == "issued_on" and getattr(metadata, field) else str(value)


def search(arguments: argparse.Namespace, settings: Settings) -> int:
    """Find passages or wordings."""
    from qa.terminal import ask_commands  # it loads what answers questions

    return ask_commands.search(arguments, settings)


def ask(arguments: argparse.Namespace, settings: Settings) -> int:
    """Answer one question, or a file of questions."""
    from qa.terminal import ask_commands

    return ask_commands.ask(arguments, settings)


def chat(arguments: argparse.Namespace, settings: Settings) -> int:
    """Serve the web workplace until it is stopped."""
    from qa.web.app import serve

    return serve(settings, host=arguments.host, port=arguments.port)


def start(arguments: argparse.Namespace, settings: Settings) -> int:
    """Index the given folders, or the samples where nothing is indexed yet, then serve the workplace."""
    from qa.assemble import build_library

    with closing(build_library(settings)) as library:
        empty = not library.documents()
    if arguments.reports:
        _index(arguments.reports, settings)
    elif empty:
        console.messages.print("Kho còn trống: lập chỉ mục bộ văn bản mẫu.")
        _index([SAMPLES], settings)
    return chat(arguments, settings)
