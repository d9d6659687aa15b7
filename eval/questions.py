"""Question sets: one JSON object a line, and where the documents of a set lie."""

from __future__ import annotations

import hashlib
import json
import tomllib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

KINDS = (
    "number", "date", "docnumber", "who", "place", "list", "reason", "yesno", "table", "footnote", "compare",
    "temporal", "definition", "nodiac", "abbrev", "paraphrase", "typo", "header", "unanswerable",
)  # fmt: skip
LONG_KINDS = frozenset({"list", "compare", "reason"})
SHORT_LIMIT, LONG_LIMIT = 400, 1200
SETS = Path(__file__).resolve().parent / "sets"
ROOT = SETS.parent.parent

# Of the first 60,000 salts the one that spreads the held-out fifth most evenly over the kinds of both bundled sets.
_SALT = 44758

Evidence = str | tuple[int, int] | None


class SetError(Exception):
    """A question set that cannot be used; the message is Vietnamese and names the line and the remedy."""


@dataclass(frozen=True, slots=True)
class Source:
    """One place that must be cited.

    Args:
        document: number or file name.
        section: labels as printed, outermost first; () is the header, the preamble and the closing block.
        evidence: the words themselves, or a half-open character range of the section's text.
        note: marker of the footnote whose text `evidence` counts in; "" for the section's own text.
    """

    document: str
    section: tuple[str, ...]
    evidence: Evidence = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A question with what is known to be right.

    Args:
        facts: all are needed; each is a tuple of accepted spellings.
        sources: all must be cited; one for most questions, two for a comparison of documents.
        alternatives: places that say the same as the first source and are as good to cite.
        held_out: tuning never looks at it.
    """

    id: str
    question: str
    answerable: bool
    kind: str
    facts: tuple[tuple[str, ...], ...] = ()
    sources: tuple[Source, ...] = ()
    alternatives: tuple[Source, ...] = ()
    held_out: bool = False

    @property
    def limit(self) -> int:
        """The longest right answer, in characters."""
        return LONG_LIMIT if self.kind in LONG_KINDS else SHORT_LIMIT


def is_held_out(question_id: str) -> bool:
    """Whether a question belongs to the fifth that tuning never looks at; told by its id alone."""
    return int.from_bytes(hashlib.sha256(f"{_SALT}:{question_id}".encode()).digest()[:4], "big") % 5 == 0


def load_questions(path: Path) -> list[Question]:
    """Read a set.

    Raises:
        SetError: the file is missing, a line is no JSON object, a field is missing or wrong, or an id comes twice.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise SetError(f"không đọc được bộ câu hỏi {path}: {error}") from error
    questions: list[Question] = []
    seen: set[str] = set()
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        question = _question(line, f"{path}, dòng {number}")
        if question.id in seen:
            raise SetError(f"{path}, dòng {number}: mã câu hỏi {question.id!r} đã có ở trên; mỗi câu cần một mã riêng")
        seen.add(question.id)
        questions.append(question)
    if not questions:
        raise SetError(f"bộ câu hỏi {path} không có câu nào")
    return questions


def _question(line: str, where: str) -> Question:
    try:
        row = json.loads(line)
    except json.JSONDecodeError as error:
        raise SetError(f"{where}: không phải JSON ({error.msg}); mỗi dòng là một đối tượng JSON") from error
    if not isinstance(row, dict):
        raise SetError(f"{where}: phải là một đối tượng JSON")
    try:
        question = from_row(row)
    except (KeyError, TypeError, ValueError) as error:
        raise SetError(f"{where}: trường thiếu hoặc sai: {error}") from error
    if question.kind not in KINDS:
        raise SetError(f"{where}: không có loại {question.kind!r}; các loại: {', '.join(KINDS)}")
    if question.answerable and not question.facts:
        raise SetError(f"{where}: câu trả lời được phải có ít nhất một mục trong facts")
    return question


def from_row(row: dict[str, Any]) -> Question:
    """The question of one JSON object."""
    first = [row] if row.get("document") else []
    return Question(
        id=str(row["id"]),
        question=str(row["question"]),
        answerable=bool(row["answerable"]),
        kind=str(row["kind"]),
        facts=tuple((fact,) if isinstance(fact, str) else tuple(map(str, fact)) for fact in row.get("facts") or ()),
        sources=tuple(_source(item) for item in (*first, *row.get("more", ()))),
        alternatives=tuple(_source(item) for item in row.get("also", ())),
        held_out=bool(row.get("held_out", False)),
    )


def _source(row: dict[str, Any]) -> Source:
    evidence = row.get("evidence")
    if isinstance(evidence, list):
        start, end = evidence
        evidence = (int(start), int(end))
    # A marker may be labelled as printed, raised: "⁵" is "5".
    note = unicodedata.normalize("NFKC", str(row.get("note") or ""))
    return Source(str(row["document"]), tuple(map(str, row.get("section") or ())), evidence, note)


def to_row(question: Question) -> dict[str, Any]:
    """The JSON object of a question; the reverse of `from_row`."""
    row: dict[str, Any] = {"id": question.id, "question": question.question, "answerable": question.answerable}
    row |= {"document": None, "section": None} if not question.sources else _source_row(question.sources[0])
    row["facts"] = [list(fact) for fact in question.facts]
    row["kind"] = question.kind
    if question.sources[1:]:
        row["more"] = [_source_row(source) for source in question.sources[1:]]
    if question.alternatives:
        row["also"] = [_source_row(source) for source in question.alternatives]
    if question.held_out:
        row["held_out"] = True
    return row


def _source_row(source: Source) -> dict[str, Any]:
    row = {field.name: getattr(source, field.name) for field in fields(source)}
    row["section"] = list(source.section)
    if isinstance(source.evidence, tuple):
        row["evidence"] = list(source.evidence)
    return {key: value for key, value in row.items() if value not in (None, "")}


def save_questions(questions: Iterable[Question], path: Path) -> None:
    """Write a set, one JSON object a line."""
    lines = [json.dumps(to_row(question), ensure_ascii=False) for question in questions]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def documents_of(set_path: Path) -> tuple[Path, ...]:
    """The folder or files that a bundled set is about, told in sets/documents.toml; none where one is not there."""
    table = tomllib.loads((SETS / "documents.toml").read_text(encoding="utf-8"))
    if set_path.stem not in table or set_path.resolve().parent != SETS:
        return ()
    folder = (ROOT / table[set_path.stem]["folder"]).resolve()
    places = tuple(folder / name for name in table[set_path.stem].get("files", [""]))
    return places if all(place.exists() for place in places) else ()
