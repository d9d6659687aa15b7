"""Files of old word processors (.doc, .rtf, .odt): LibreOffice turns them into .docx, which keeps their footnotes.

Its text export drops footnotes, and antiword neither knows them nor TCVN3 fonts. Starting LibreOffice takes about
1.5 s, a further file in the same call 0.1 s: `prepared` converts many at once.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

from corpus.document import CorpusError, RawDocument
from corpus.docx import read_docx

SECONDS_A_FILE = 60
_BATCH = 25
_SUFFIXES = frozenset((".doc", ".dot", ".rtf", ".odt", ".wps"))
_converted: dict[tuple[str, int, int], Path] = {}


def read_doc(path: Path, *, suffix: str | None = None) -> RawDocument:
    """A file of an old word processor; `suffix` is its true type where the name lies.

    Raises:
        CorpusError: LibreOffice is missing, took too long, or could not open the file.
    """
    kind = (suffix or path.suffix).lower()
    ready = _converted.get(_key(path))
    if ready is not None and ready.is_file():
        return _read_converted(ready, path, kind)
    with tempfile.TemporaryDirectory(prefix="baocao-doc-") as folder:
        found = convert_many([path], Path(folder), suffixes={path: kind})
        if path not in found:
            raise CorpusError(
                f"{path.name}: LibreOffice không mở được tệp (tệp hỏng hoặc đặt mật khẩu). "
                "Hãy mở bằng Word rồi lưu thành .docx."
            )
        return _read_converted(found[path], path, kind)


def convert_many(paths: Sequence[Path], into: Path, *, suffixes: dict[Path, str] | None = None) -> dict[Path, Path]:
    """Convert files to .docx in one LibreOffice process; a file that could not be converted is missing in the answer.

    Raises:
        CorpusError: LibreOffice is missing or took too long.
    """
    suffixes = suffixes or {}
    source, target = into / "in", into / "out"
    source.mkdir(parents=True, exist_ok=True)
    names: dict[Path, str] = {}
    for number, path in enumerate(paths):
        # Copies under plain names: two folders may hold the same name, and a name may start with a dash.
        name = f"{number:05d}"
        shutil.copyfile(path, source / f"{name}{suffixes.get(path, path.suffix.lower())}")
        names[path] = name
    _run_office(sorted(source.iterdir()), target, into / "profile")
    outputs = {path: target / f"{name}.docx" for path, name in names.items()}
    return {path: output for path, output in outputs.items() if output.is_file()}


@contextmanager
def prepared(paths: Iterable[Path]) -> Iterator[None]:
    """Within this context `read_doc` of these files finds them converted; failures show when a file is read."""
    wanted = [path for path in paths if path.suffix.lower() in _SUFFIXES and path.is_file()]
    keys = []
    with tempfile.TemporaryDirectory(prefix="baocao-doc-") as folder:
        try:
            for start in range(0, len(wanted) if len(wanted) > 1 else 0, _BATCH):
                batch = wanted[start : start + _BATCH]
                with suppress(CorpusError, OSError):
                    for path, output in convert_many(batch, Path(folder, str(start))).items():
                        _converted[_key(path)] = output
                        keys.append(_key(path))
            yield
        finally:
            for key in keys:
                _converted.pop(key, None)


def _key(path: Path) -> tuple[str, int, int]:
    state = path.stat()
    return str(path.resolve()), state.st_mtime_ns, state.st_size


def _read_converted(output: Path, path: Path, kind: str) -> RawDocument:
    try:
        raw = read_docx(output, format=kind.lstrip("."))
    except CorpusError as error:
        raise CorpusError(str(error).replace(output.name, path.name)) from error
    return replace(raw, format=kind.lstrip("."))


def _run_office(files: Sequence[Path], target: Path, profile: Path) -> None:
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        raise CorpusError(
            "Thiếu LibreOffice để đọc tệp .doc, .rtf, .odt. Hãy cài gói libreoffice-writer, "
            "hoặc mở tệp bằng Word rồi lưu thành .docx."
        )
    command = [program, f"-env:UserInstallation={profile.resolve().as_uri()}", "--headless", "--norestore", "--nolockcheck",
               "--nodefault", "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(target), *map(str, files)]  # fmt: skip
    limit = SECONDS_A_FILE + 10 * (len(files) - 1)
    process = subprocess.Popen(  # noqa: S603 - fixed program, our own file names
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL, start_new_session=True
    )
    try:
        process.wait(timeout=limit)
    except subprocess.TimeoutExpired as error:
        raise CorpusError(
            f"LibreOffice chạy quá {limit} giây mà chưa xong. Hãy mở tệp bằng Word rồi lưu thành .docx."
        ) from error
    finally:
        _stop(process)


def _stop(process: subprocess.Popen[bytes]) -> None:
    """End the whole group: the launcher leaves its worker behind when it is killed alone."""
    if process.poll() is None:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
