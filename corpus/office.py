"""LibreOffice: the only place that starts it. Old office formats become the new ones, which our readers know.

Starting it takes about 1.5 s, a further file in the same call 0.1 s (19 files in 3.4 s on two cores): within
`prepared`, files are converted many at a time.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from corpus.document import CorpusError

SECONDS_A_FILE = 60
_BATCH = 25
FILTERS = {
    "docx": "docx:MS Word 2007 XML",
    "xlsx": "xlsx:Calc MS Excel 2007 XML",
    "pptx": "pptx:Impress MS PowerPoint 2007 XML",
}
TARGETS = {".doc": "docx", ".dot": "docx", ".rtf": "docx", ".odt": "docx", ".xls": "xlsx", ".ods": "xlsx",
           ".ppt": "pptx", ".odp": "pptx", ".xml": "docx"}  # fmt: skip
_Key = tuple[str, int, int]
_queue: dict[_Key, Path] = {}
_ready: dict[_Key, Path | None] = {}
_folder: list[Path] = []


@contextmanager
def converted(path: Path, suffix: str) -> Iterator[Path]:
    """The file in its new format, for as long as the context lasts; `suffix` is the type that its content has.

    Raises:
        CorpusError: LibreOffice is missing, took too long, or could not open the file.
    """
    key = _key(path)
    if key in _queue and suffix == path.suffix.lower():
        _convert_queued(key)
    ready = _ready.get(key)
    if ready is not None and ready.is_file():
        yield ready
        return
    with tempfile.TemporaryDirectory(prefix="baocao-") as folder:
        found = convert_many([path], Path(folder), TARGETS[suffix], suffixes={path: suffix})
        if path not in found:
            raise CorpusError(
                f"{path.name}: LibreOffice không mở được tệp (tệp hỏng hoặc đặt mật khẩu). "
                "Hãy mở bằng Microsoft Office, bỏ mật khẩu nếu có, rồi lưu theo định dạng mới (.docx, .xlsx, .pptx)."
            )
        yield found[path]


def convert_many(
    paths: Sequence[Path], into: Path, target: str = "docx", *, suffixes: Mapping[Path, str] | None = None
) -> dict[Path, Path]:
    """Convert files in one LibreOffice process; a file that could not be converted is missing in the answer.

    Args:
        target: "docx", "xlsx" or "pptx".
        suffixes: the true type of files whose name lies.

    Raises:
        CorpusError: LibreOffice is missing or took too long.
    """
    suffixes = suffixes or {}
    source, output = into / "in", into / "out"
    source.mkdir(parents=True, exist_ok=True)
    names: dict[Path, str] = {}
    for number, path in enumerate(paths):
        # Copies under plain names: two folders may hold the same name, and a name may start with a dash.
        names[path] = f"{number:05d}"
        shutil.copyfile(path, source / f"{names[path]}{suffixes.get(path, path.suffix.lower())}")
    _run(sorted(source.iterdir()), output, into / "profile", FILTERS[target])
    found = {path: output / f"{name}.{target}" for path, name in names.items()}
    return {path: made for path, made in found.items() if made.is_file()}


@contextmanager
def prepared(paths: Iterable[Path]) -> Iterator[None]:
    """Within this context the first reading of one of these files converts the next ones along with it."""
    wanted = {_key(path): path for path in paths if path.suffix.lower() in (".doc", ".rtf", ".odt") and path.is_file()}
    with tempfile.TemporaryDirectory(prefix="baocao-") as folder:
        _queue.update(wanted)
        _folder.append(Path(folder))
        try:
            yield
        finally:
            _folder.pop()
            for key in wanted:
                _queue.pop(key, None)
                _ready.pop(key, None)


def _convert_queued(key: _Key) -> None:
    keys = list(_queue)
    start = keys.index(key)
    batch = {k: _queue.pop(k) for k in keys[start : start + _BATCH]}
    if len(batch) < 2 or not _folder:
        return
    with suppress(CorpusError, OSError):
        made = convert_many(list(batch.values()), Path(tempfile.mkdtemp(dir=_folder[-1])))
        _ready.update({k: made.get(path) for k, path in batch.items()})


def _key(path: Path) -> _Key:
    state = path.stat()
    return str(path.resolve()), state.st_mtime_ns, state.st_size


def _run(files: Sequence[Path], output: Path, profile: Path, form: str) -> None:
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        raise CorpusError(
            "Thiếu LibreOffice để đọc tệp Office cũ (.doc, .rtf, .odt, .xls, .ppt). Hãy cài gói libreoffice-writer, "
            "libreoffice-calc, libreoffice-impress, hoặc lưu tệp theo định dạng mới (.docx, .xlsx, .pptx)."
        )
    options = [
        "--headless",
        "--norestore",
        "--nolockcheck",
        "--nodefault",
        "--convert-to",
        form,
        "--outdir",
        str(output),
    ]
    command = [program, f"-env:UserInstallation={profile.resolve().as_uri()}", *options, *map(str, files)]
    limit = SECONDS_A_FILE + 10 * (len(files) - 1)
    process = subprocess.Popen(  # noqa: S603 - a fixed program and file names of our own making
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL, start_new_session=True
    )
    try:
        process.wait(timeout=limit)
    except subprocess.TimeoutExpired as error:
        raise CorpusError(
            f"LibreOffice chạy quá {limit} giây mà chưa xong. Hãy lưu tệp theo định dạng mới (.docx)."
        ) from error
    finally:
        _stop(process)


def _stop(process: subprocess.Popen[bytes]) -> None:
    """End the whole group: the launcher leaves its worker behind when it is killed alone.

    Windows has no groups of this kind, nor the names for them; the process alone is ended there.
    """
    with suppress(ProcessLookupError, PermissionError):
        if os.name == "nt":
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()
