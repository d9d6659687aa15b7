"""One function a command of the command line; effects live here, decisions in the packages below."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.document import CorpusError, Document
from corpus.labels import document_label
from index.types import DocumentRecord, Filters, LibraryError
from qa import views
from qa.settings import Settings, SettingsError, load_settings
from qa.types import QuestionError

if TYPE_CHECKING:
    from index.library import Library
    from qa.links import Link


class UsageProblem(Exception):
    """Arguments that parse but make no sense together; exits with 2."""


class NotFound(Exception):
    """Nothing that the library or the disk holds is named so."""


USER_ERRORS = (CorpusError, LibraryError, SettingsError, QuestionError, NotFound, OSError)
SAMPLES = Path(__file__).resolve().parent.parent / "corpus" / "samples"


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
    return _index(arguments.paths, settings, rebuild=arguments.rebuild, ocr=not arguments.no_ocr, json=arguments.json)


def _index(
    paths: list[Path], settings: Settings, *, rebuild: bool = False, ocr: bool = True, json: bool = False
) -> int:
    from qa import console
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
    from qa import console
    from qa.assemble import build_library

    with closing(build_library(settings)) as library:
        counts = {which: _remove_one(library, which) for which in arguments.documents}
    if arguments.json:
        console.print_json({"removed": counts})
    return 0 if all(counts.values()) else 1


def _remove_one(library: Library, which: str) -> int:
    """Remove the one document that is meant; 0, and told why, where there is none or more than one."""
    from qa import console

    found = library.find(which)
    if len(found) > 1:
        _tell_several(which, found)
        return 0
    if not found:
        console.messages.print(f"Không có văn bản nào trong kho khớp với {which!r}; xem: baocao list", markup=False)
        return 0
    return library.remove(found[0].id)


def _tell_several(which: str, found: Sequence[DocumentRecord]) -> None:
    """List the documents that a number or a path fits."""
    from qa import console

    console.messages.print(f"{which!r} khớp với {len(found)} văn bản; hãy nêu mã của một văn bản:", markup=False)
    for record in found:
        line = f"  {record.id}  {document_label(record.metadata)}  {record.path}"
        console.messages.print(line, markup=False)


def list_documents(arguments: argparse.Namespace, settings: Settings) -> int:
    """List the documents with their metadata."""
    from qa import console
    from qa.assemble import build_library

    with closing(build_library(settings)) as library:
        records = library.documents()
    if arguments.json:
        console.print_json([views.record_view(record) for record in records])
    else:
        console.print_records(records)
    return 0


def show(arguments: argparse.Namespace, settings: Settings) -> int:
    """Show one parsed document: a file, or a document of the library by number or id."""
    from qa import console, links

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
    in_library = settings.home.is_dir() and any(settings.home.iterdir())
    if path.is_file():
        from corpus.readers import read_document

        document = read_document(path, ocr=ocr)
        return document, links.cited(document, lambda number: ()), []
    if in_library:
        from qa.assemble import build_library

        with closing(build_library(settings)) as library:
            for record in library.find(which) or library.find_by_number(which):
                document = library.document(record.id)
                number = document.metadata.number
                citing = links.citing(number, library.cited_by(number), library.document)
                return document, links.cited(document, library.find_by_number), citing
    raise NotFound(f"không có tệp nào, cũng không có văn bản nào trong kho, khớp với {which!r}; xem: baocao list")


def correct(arguments: argparse.Namespace, settings: Settings) -> int:
    """Correct one header field by hand; the correction outlives re-indexing. 1 when several documents fit."""
    from qa import console
    from qa.assemble import build_library

    with closing(build_library(settings)) as library:
        records = library.find(arguments.document)
        if not records:
            raise NotFound(f"không có văn bản nào trong kho khớp với {arguments.document!r}; xem: baocao list")
        if len(records) > 1:
            _tell_several(arguments.document, records)
            return 1
        library.correct(records[0].id, arguments.field, arguments.value)
    console.messages.print("Đã ghi nội dung sửa.")
    return 0


def search(arguments: argparse.Namespace, settings: Settings) -> int:
    """Find passages, or wordings with `--precedents`."""
    from qa import console
    from qa.assemble import build_library
    from qa.precedents import find_precedents

    with closing(build_library(settings)) as library:
        if arguments.precedents:
            found = find_precedents(library, arguments.query, filters=_filters(arguments), limit=arguments.k)
            if arguments.json:
                console.print_json([views.precedent_view(precedent) for precedent in found])
            else:
                console.print_precedents(found)
            return 0
        mode = arguments.mode or settings.retrieval.mode
        hits = library.search(arguments.query, arguments.k, mode, _filters(arguments), group=True)
    if arguments.json:
        console.print_json([views.hit_view(hit) for hit in hits])
    else:
        console.print_hits(hits)
    return 0


def _filters(arguments: argparse.Namespace) -> Filters:
    return Filters(
        kinds=tuple(arguments.kind),
        issuers=tuple(arguments.issuer),
        years=tuple(arguments.year),
        section=arguments.section,
        numbers=tuple(arguments.number),
        levels=tuple(arguments.level),
        places=tuple(arguments.place),
        periods=tuple(arguments.period),
    )


def ask(arguments: argparse.Namespace, settings: Settings) -> int:
    """Answer one question, or a file of questions."""
    from qa import console
    from qa.assemble import build_assistant

    if (arguments.question is None) == (arguments.batch is None):
        raise UsageProblem("cần đúng một trong hai: câu hỏi, hoặc --batch TỆP.jsonl")
    with closing(build_assistant(settings)) as assistant:
        if not assistant.library.documents():
            console.messages.print("Kho còn trống. Thêm văn bản bằng: baocao index THƯ_MỤC")
        if arguments.batch is None:
            view = assistant.ask(arguments.question, filters=_filters(arguments)).to_json()
            (console.print_json if arguments.json else console.print_answer)(view)
            return 0
        failed = 0
        for number, line in _lines(arguments.batch):
            view = _answer_line(assistant, number, line, _filters(arguments))
            failed += "error" in view
            console.print_json(view)
    return 1 if failed else 0


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    if str(path) == "-":
        yield from ((number, line) for number, line in enumerate(sys.stdin, 1) if line.strip())
        return
    with path.open(encoding="utf-8-sig", errors="replace") as stream:
        yield from ((number, line) for number, line in enumerate(stream, 1) if line.strip())


def _answer_line(assistant: Any, number: int, line: str, filters: Filters) -> dict[str, Any]:  # noqa: ANN401
    import json

    name = str(number)
    try:
        entry = json.loads(line)
        name, question = str(entry.get("id", number)), entry["question"]
        if not isinstance(question, str):
            raise TypeError
    except (ValueError, KeyError, TypeError, AttributeError):
        return {"id": name, "error": f'dòng {number}: cần một đối tượng JSON có "id" và "question" là chuỗi'}
    try:
        view: dict[str, Any] = assistant.ask(question, filters=filters, id=name).to_json()
    except QuestionError as error:
        return {"id": name, "question": question, "error": str(error)}
    return view


def chat(arguments: argparse.Namespace, settings: Settings) -> int:
    """Serve the web workplace until it is stopped."""
    from qa.web.app import serve

    return serve(settings, host=arguments.host, port=arguments.port)


def start(arguments: argparse.Namespace, settings: Settings) -> int:
    """Index the given folders, or the samples where nothing is indexed yet, then serve the workplace."""
    from qa import console
    from qa.assemble import build_library

    with closing(build_library(settings)) as library:
        empty = not library.documents()
    if arguments.reports:
        _index(arguments.reports, settings)
    elif empty:
        console.messages.print("Kho còn trống: lập chỉ mục bộ văn bản mẫu.")
        _index([SAMPLES], settings)
    return chat(arguments, settings)
