"""Taking uploaded files into the library, one by one, under names that can overwrite nothing."""

from __future__ import annotations

import hashlib
import re
import shutil
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from corpus.document import CorpusError
from index.library import Library
from index.types import LibraryError
from qa.terminal.access import told as in_words

FOLDER = "uploads"
# A folder of the file's own content (16 hex digits) stands before the name: two files never meet.
_NAME_BYTES = 120
_UNSAFE = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]+')

Outcome = Literal["waiting", "reading", "added", "known", "failed"]


@dataclass(frozen=True, slots=True)
class Upload:
    """One file of an upload and what became of it; `note` is the reason or a hint in Vietnamese."""

    name: str
    outcome: Outcome = "waiting"
    note: str = ""


def take_in(library: Library, home: Path, paths: Sequence[Path], max_mb: int) -> Iterator[tuple[Upload, ...]]:
    """Add files to a library; yields the state of all of them before and after each.

    Args:
        paths: where the files were uploaded to; their last parts are the names that users gave.
    """
    states = [Upload(safe_name(path.name)) for path in paths]
    for index, path in enumerate(paths):
        states[index] = Upload(states[index].name, "reading")
        yield tuple(states)
        states[index] = _taken(library, home, path, states[index].name, max_mb)
    yield tuple(states)


def safe_name(name: str) -> str:
    """A name without path parts and control characters, short enough for any file system; the suffix stays."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    plain = _UNSAFE.sub("_", last).strip().rstrip(" .") or "van-ban"
    stem, dot, suffix = plain.rpartition(".")
    if not dot or len(suffix) > 8:
        stem, suffix = plain, ""
    ending = f".{suffix}" if suffix else ""
    while len((stem + ending).encode()) > _NAME_BYTES:
        stem = stem[:-1]
    return (stem.strip(" .") or "van-ban") + ending


def _taken(library: Library, home: Path, path: Path, name: str, max_mb: int) -> Upload:
    try:
        size = path.stat().st_size
        if size > max_mb * 1024 * 1024:
            return Upload(
                name, "failed", f"lớn hơn {max_mb} MB; hãy tách nhỏ, hoặc nâng limits.upload_mb trong baocao.toml"
            )
        digest = _digest(path)
        if any(record.id == digest[:16] and record.state == "indexed" for record in library.documents()):
            return Upload(name, "known", "đã có trong kho, nội dung giống hệt")
        target = home / FOLDER / digest[:16] / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
        report = library.add([target])
    except (LibraryError, CorpusError, OSError) as error:
        return Upload(name, "failed", in_words(error))
    if report.failed:
        return Upload(name, "failed", report.failed[0].reason)
    if (found := report.added + report.updated) > 1:
        return Upload(name, "added", f"{found} văn bản trong tệp nén")
    return Upload(name, "added", _same_number(library, digest[:16]))


def _digest(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while block := stream.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def _same_number(library: Library, document_id: str) -> str:
    """A hint where another document carries the same number: a newer version, or a misread number."""
    number = next((r.metadata.number for r in library.documents() if r.id == document_id), None)
    if number and len(library.find_by_number(number)) > 1:
        return f"trong kho còn một văn bản khác cùng số {number}; nếu là bản cũ thì xóa bản cũ"
    return ""


def forget_upload(home: Path, paths: Sequence[str]) -> None:
    """Delete our own copies of a removed document; files that stand elsewhere are never touched."""
    folder = (home / FOLDER).resolve()
    for path in (Path(name).resolve() for name in paths):
        if path.is_relative_to(folder) and path.parent.parent == folder:
            path.unlink(missing_ok=True)
            if not any(path.parent.iterdir()):
                path.parent.rmdir()
