"""The commands that ask: passages, wordings, answers, and files of questions."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar

from index.library import Library
from index.types import Filters
from qa import views
from qa.assemble import build_generator
from qa.assistant import Assistant
from qa.language.words import tokenise
from qa.precedents import find_precedents
from qa.settings import Settings
from qa.terminal import console
from qa.terminal.access import UsageProblem, opened
from qa.terminal.narrowing import left_nothing
from qa.types import QuestionError

T = TypeVar("T")


def search(arguments: argparse.Namespace, settings: Settings) -> int:
    """Find passages, or wordings with `--precedents`."""
    query, filters = " ".join(arguments.query), _filters(arguments)
    if not query.strip():
        raise UsageProblem('chưa có câu để tìm; ví dụ: baocao search "tăng cường kiểm tra, giám sát"')
    with opened(settings) as library:
        _warn(left_nothing(library.documents(), filters))
        if arguments.precedents:
            found = find_precedents(library, query, filters=filters, limit=arguments.k)
        else:
            mode = arguments.mode or settings.retrieval.mode
            # Vectors are near to anything, also to what no document says.
            hits = (
                library.search(query, arguments.k, mode, filters, group=True) if _holds_a_word(library, query) else []
            )
        empty = not library.documents()
    if arguments.precedents:
        _print(arguments, empty, found, views.precedent_view, console.print_precedents)
    else:
        _print(arguments, empty, hits, views.hit_view, console.print_hits)
    return 0


def _holds_a_word(library: Library, query: str) -> bool:
    """Whether any word of a query stands in a document; told where none does."""
    words = [token.folded for token in tokenise(query)]
    held = not words or not library.documents() or any(library.frequency((word,)) for word in words)
    _warn("" if held else f"Không văn bản nào trong kho có từ nào của “{query}”.")
    return held


def _print(
    arguments: argparse.Namespace,
    empty: bool,
    found: Sequence[T],
    view: Callable[[T], dict[str, Any]],
    show: Callable[[Sequence[T]], None],
) -> None:
    """What was found, as JSON or for people; of an empty library people have been told already."""
    if arguments.json:
        console.print_json([view(each) for each in found])
    elif not empty:
        show(found)


def _warn(reason: str) -> None:
    if reason:
        console.messages.print(reason, markup=False)


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
    if bool(arguments.question) == (arguments.batch is not None):
        raise UsageProblem("cần đúng một trong hai: câu hỏi trong dấu ngoặc kép, hoặc --batch TỆP.jsonl")
    with opened(settings) as library:
        _warn(left_nothing(library.documents(), _filters(arguments)))
        assistant = Assistant(library, settings, build_generator(settings))
        empty = not library.documents()
        if arguments.batch is None:
            view = assistant.ask(" ".join(arguments.question), filters=_filters(arguments)).to_json()
            if arguments.json or not empty:
                (console.print_json if arguments.json else console.print_answer)(view)
            return int(empty)
        failed = 0
        for number, line in _lines(arguments.batch):
            view = _answer_line(assistant, number, line, _filters(arguments))
            failed += "error" in view
            console.print_json(view)
    return 1 if failed or empty else 0


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    if str(path) == "-":
        yield from ((number, line) for number, line in enumerate(sys.stdin, 1) if line.strip())
        return
    with path.open(encoding="utf-8-sig", errors="replace") as stream:
        yield from ((number, line) for number, line in enumerate(stream, 1) if line.strip())


def _answer_line(assistant: Assistant, number: int, line: str, filters: Filters) -> dict[str, Any]:
    name = str(number)
    try:
        entry = json.loads(line)
        name, question = str(entry.get("id", number)), entry["question"]
        if not isinstance(question, str):
            raise TypeError
    except (ValueError, KeyError, TypeError, AttributeError):
        return {"id": name, "error": f'dòng {number}: cần một đối tượng JSON có "id" và "question" là chuỗi'}
    try:
        return assistant.ask(question, filters=filters, id=name).to_json()
    except QuestionError as error:
        return {"id": name, "question": question, "error": str(error)}
