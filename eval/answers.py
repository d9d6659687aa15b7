"""Runs a question set against the assistant, or against answers that another program wrote."""

from __future__ import annotations

import json
import platform
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from eval.documents import cited_context, evidence_texts, read_places
from eval.questions import Question, SetError, to_row
from eval.scoring import Json, Score, score
from eval.summary import summarise

if TYPE_CHECKING:
    from corpus.document import Document
    from qa.assistant import Assistant
    from qa.settings import Settings

PASSAGES = 10
PACKAGES = ("baocao", "faiss-cpu", "lightgbm", "numpy", "pypdf", "python-docx", "tantivy", "tokenizers")
Tick = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Run:
    """A finished run: rows in the order of the set, figures, and what made them."""

    rows: tuple[dict[str, Any], ...]
    summary: dict[str, Any]


@contextmanager
def open_assistant(documents: Sequence[Path], home: Path | None) -> Iterator[tuple[Assistant, Settings, list[str]]]:
    """An assistant with the settings of a home folder, and the files that failed.

    Args:
        documents: indexed into a temporary library, so that no library of a user changes; without any the home's own
            library is asked.
        home: as for `load_settings`.
    """
    from qa.assemble import build_assistant
    from qa.settings import load_settings

    settings = load_settings(home=home)
    answers = settings.answers.model_copy(update={"passages": max(PASSAGES, settings.answers.passages)})
    with TemporaryDirectory(prefix="baocao-eval-") as temporary:
        place = Path(temporary) if documents else settings.home
        settings = settings.model_copy(update={"answers": answers, "home": place})
        assistant = build_assistant(settings)
        try:
            report = assistant.library.add(list(documents)) if documents else None
            failed = [f"{failure.path}: {failure.reason}" for failure in report.failed] if report else []
            yield assistant, settings, failed
        finally:
            assistant.close()


def ask_all(assistant: Assistant, questions: Sequence[Question], tick: Tick) -> list[tuple[dict[str, Any], float]]:
    """The `ask --json` object of each question and its wall time in milliseconds; a first question warms up."""
    assistant.ask(questions[0].question)
    answers = []
    for number, question in enumerate(questions, 1):
        start = time.perf_counter()
        answer = assistant.ask(question.question).to_json()
        answers.append((answer, (time.perf_counter() - start) * 1000))
        tick(number, len(questions))
    return answers


def read_answers(path: Path, questions: Sequence[Question]) -> list[tuple[dict[str, Any], float | None]]:
    """The answers that `baocao ask --batch` wrote, matched to the questions by id.

    Raises:
        SetError: the file cannot be read, or a question has no answer.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
        rows = {str(row["id"]): row for row in (json.loads(line) for line in lines if line.strip())}
    except (OSError, json.JSONDecodeError, KeyError, TypeError) as error:
        raise SetError(f"không đọc được câu trả lời trong {path}: {error!r}") from error
    missing = [question.id for question in questions if question.id not in rows]
    if missing:
        raise SetError(f"{path} thiếu câu trả lời cho {len(missing)} câu hỏi, ví dụ {missing[0]!r}")
    return [(rows[question.id], None) for question in questions]


def score_all(
    questions: Sequence[Question], answers: Sequence[tuple[Json, float | None]], documents: tuple[Document, ...] = ()
) -> list[Score]:
    """Score every answer; evidence by character range and footnotes need the documents."""
    pairs = zip(questions, answers, strict=True)
    return [
        score(q, answer, _evidence(q, documents), taken, cited_context(documents, answer.get("citations") or ()))
        for q, (answer, taken) in pairs
    ]


def needed_documents(questions: Iterable[Question], places: Sequence[Path]) -> tuple[Document, ...]:
    """The documents of a set, where the labels cannot be spelled out without them."""
    sources = [source for question in questions for source in question.sources]
    needed = any(source.note or not isinstance(source.evidence, str) for source in sources)
    return read_places(places) if needed else ()


def _evidence(question: Question, documents: tuple[Document, ...]) -> list[list[str]]:
    """For each source the texts of which any will do; those of the alternatives count for the first source."""
    texts = [evidence_texts(documents, source) for source in question.sources]
    for source in question.alternatives:
        texts[0] += evidence_texts(documents, source)
    return [group for group in texts if group]


def make_run(
    questions: Sequence[Question], answers: Sequence[tuple[Json, float | None]], scores: Sequence[Score], about: Json
) -> Run:
    """Put a run together; `about` says what made it (settings, fingerprint, versions)."""
    rows = [
        {"id": question.id, "label": to_row(question), "answer": dict(answer), "score": asdict(one)}
        for question, (answer, _), one in zip(questions, answers, scores, strict=True)
    ]
    return Run(tuple(rows), {**summarise(questions, scores), "about": dict(about)})


def save_run(run: Run, folder: Path) -> None:
    """Write results.jsonl and summary.json; `compare.load_results` reads them."""
    folder.mkdir(parents=True, exist_ok=True)
    lines = [json.dumps(row, ensure_ascii=False) for row in run.rows]
    (folder / "results.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    text = json.dumps(run.summary, ensure_ascii=False, indent=1)
    (folder / "summary.json").write_text(text + "\n", encoding="utf-8")


def about_run(set_path: Path, settings: Settings | None, fingerprint: str, failed: Sequence[str]) -> dict[str, Any]:
    """What made a run: set, settings without the home folder, library fingerprint, versions, machine."""
    return {
        "set": set_path.name,
        "when": time.strftime("%Y-%m-%dT%H:%M:%S"),
        "settings": settings.model_dump(mode="json", exclude={"home"}) if settings else None,
        "library": fingerprint,
        "failed_files": list(failed),
        "versions": {"python": platform.python_version(), **{name: _version(name) for name in PACKAGES}},
        "machine": platform.machine(),
    }


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None
