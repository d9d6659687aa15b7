"""Scores header extraction against hand labels: accuracy a field, the wrong ones, and what was invented."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.document import CorpusError, Metadata
from corpus.numbers import number_key
from corpus.text import canonical_tone, fold

FIELDS = ("kind", "number", "number_blank", "issued_on", "issuer", "subject", "signer")
"""The scored fields, in the order of the table."""


@dataclass(frozen=True, slots=True)
class Wrong:
    """One field of one file that is not as labelled; `expected` and `found` are as shown to a person."""

    file: str
    field: str
    expected: str
    found: str


@dataclass(frozen=True, slots=True)
class HeaderScores:
    """Scores over one label file.

    Args:
        files: number of files that were read.
        accuracy: share of right values a field, 0..1.
        wrong: every wrong value.
        invented: numbers and dates that were given although the document has none (or less of a date).
        unread: files that could not be read, with the reason; they count as wrong in every field.
    """

    files: int
    accuracy: dict[str, float]
    wrong: tuple[Wrong, ...]
    invented: tuple[Wrong, ...]
    unread: tuple[tuple[str, str], ...]


def score_headers(
    labels: Path, root: Path, *, only: str = "", read: Callable[[Path], Metadata] | None = None
) -> HeaderScores:
    """Compare extracted headers with hand labels.

    Names (issuer, signer) are compared folded and with single spaces; a subject is right when it holds the labelled
    words, folded; numbers by `number_key`; dates exactly. A label that is a list accepts each of its members; "*"
    is not scored.

    Args:
        labels: JSON list of {"file", "kind", "number", "number_blank", "issued_on", "issuer", "subject", "signer"}.
        root: the folder that the file names are relative to.
        only: only files whose name holds this word ("docx/").
        read: file → metadata; the project's own readers by default.
    """
    wanted = [label for label in json.loads(labels.read_text(encoding="utf-8")) if only in label["file"]]
    right: dict[str, list[bool]] = {field: [] for field in FIELDS}
    wrong: list[Wrong] = []
    unread: list[tuple[str, str]] = []
    for label in wanted:
        found = _read(root / label["file"], read or _metadata)
        if isinstance(found, str):
            unread.append((label["file"], found))
        for field in FIELDS:
            if label.get(field, "*") == "*":
                continue
            value = None if isinstance(found, str) else getattr(found, field)
            good = not isinstance(found, str) and matches(field, label[field], value)
            right[field].append(good)
            if not good:
                wrong.append(Wrong(label["file"], field, _shown(label[field]), _shown(value)))
    accuracy = {field: sum(values) / len(values) if values else 1.0 for field, values in right.items()}
    invented = tuple(item for item in wrong if _is_invented(item))
    return HeaderScores(len(wanted) - len(unread), accuracy, tuple(wrong), invented, tuple(unread))


def matches(field: str, expected: Any, found: Any) -> bool:  # noqa: ANN401 - a JSON value of any field
    """Whether a value is as labelled; see `score_headers` for how each field is compared."""
    if isinstance(expected, list):
        return any(matches(field, item, found) for item in expected)
    if expected is None or isinstance(expected, bool) or found is None:
        return bool(expected == found)
    if field == "number":
        return number_key(expected) == number_key(found)
    if field == "subject":
        return squeeze(expected) in squeeze(found)
    if field in ("issuer", "signer"):
        return squeeze(expected) == squeeze(found)
    return bool(expected == found)


def squeeze(text: str) -> str:
    """Folded words with single spaces, without punctuation."""
    return " ".join(re.findall(r"\w+", fold(canonical_tone(text))))


def _metadata(path: Path) -> Metadata:
    from corpus.metadata import extract_metadata
    from corpus.readers import read_raw

    return extract_metadata(read_raw(path))


def _read(path: Path, read: Callable[[Path], Metadata]) -> Metadata | str:
    try:
        return read(path)
    except CorpusError as error:
        return str(error)


def _shown(value: Any) -> str:  # noqa: ANN401 - a JSON value of any field
    if isinstance(value, list):
        return " | ".join(map(_shown, value))
    return "—" if value is None else str(value)


def _is_invented(item: Wrong) -> bool:
    """A number where there is none, or a date that says more than the document."""
    if item.field == "number":
        return item.expected == "—" and item.found != "—"
    return (
        item.field == "issued_on"
        and item.found != "—"
        and (item.expected == "—" or item.found.startswith(item.expected))
    )


def format_scores(scores: HeaderScores) -> str:
    """The scores as Vietnamese text for a terminal."""
    lines = [f"Đọc được {scores.files} tệp."]
    lines += [f"  {field:<13} {scores.accuracy[field]:6.1%}" for field in FIELDS]
    lines.append(f"Bịa số hoặc ngày: {len(scores.invented)}")
    lines += _listed("Sai", scores.wrong)
    lines += [f"Không đọc được: {file}: {reason}" for file, reason in scores.unread]
    return "\n".join(lines)


def _listed(title: str, items: Sequence[Wrong]) -> Iterable[str]:
    for item in items:
        yield f"{title}: {item.file} · {item.field}: nhãn “{item.expected}”, đọc được “{item.found}”"
