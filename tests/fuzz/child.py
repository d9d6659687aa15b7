"""One file read in a process of its own, within limits; what came of it as one line of JSON."""

from __future__ import annotations

import json
import os
import resource
import select
import signal
import sys
import time
import traceback
from dataclasses import asdict, dataclass
from pathlib import Path

SECONDS = 10
BYTES = 1 << 30
# By the clock: LibreOffice waits, and other programs share the machine.
PATIENCE = 120
GOOD = ("read", "refused")
_MEMBERS = 3


@dataclass(frozen=True, slots=True)
class Outcome:
    """What reading one file came to.

    Args:
        verdict: "read", "refused" (our error) or what is wrong: "killed", "waits", "broken" …
        where: what tells one finding from another: the place in our code, or the reason.
        seconds: of the processor, with LibreOffice's.
        megabytes: most memory that was resident at once.
    """

    verdict: str
    where: str = ""
    seconds: float = 0.0
    megabytes: float = 0.0


def run(path: Path) -> Outcome:
    """Read a file in a fork of this process."""
    ours, theirs = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(ours)
        _limited(path, theirs)
    os.close(theirs)
    try:
        ready, _, _ = select.select([ours], [], [], PATIENCE)
        line = os.read(ours, 4096) if ready else b""
        if not ready:
            _end(pid)
        _, status = os.waitpid(pid, 0)
    finally:
        os.close(ours)
    if line:
        return Outcome(**json.loads(line))
    return Outcome("killed" if ready else "waits", f"signal {os.waitstatus_to_exitcode(status)}")


def _end(pid: int) -> None:
    """Politely first, so that LibreOffice is taken along."""
    os.kill(pid, signal.SIGTERM)
    time.sleep(2)
    os.kill(pid, signal.SIGKILL)


def _limited(path: Path, out: int) -> None:
    """Within the fork: never returns."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    resource.setrlimit(resource.RLIMIT_DATA, (BYTES, BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        outcome = _read(path)
        own, inner = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
        seconds = own.ru_utime + own.ru_stime + inner.ru_utime + inner.ru_stime
        megabytes = max(own.ru_maxrss, inner.ru_maxrss) / 1024
        found = Outcome(outcome.verdict, outcome.where[:1000], round(seconds, 2), round(megabytes))
        os.write(out, json.dumps(asdict(found)).encode())
    finally:
        os._exit(0)


def _read(path: Path) -> Outcome:
    """The file, or of an archive the first members; what is wrong with one of them is wrong with all."""
    from corpus.readers import expand

    outcome = Outcome("read")
    try:
        members = expand([path])[:_MEMBERS]
    except BaseException as error:
        return Outcome("listing raised", _place(error))
    for found in members:
        outcome = _read_one(found)
        if outcome.verdict not in GOOD:
            break
    return outcome


def _read_one(path: Path) -> Outcome:
    from corpus.document import CorpusError
    from corpus.readers import read_raw
    from corpus.structure import build_document
    from tests.corpus.invariants import check_invariants, check_nothing_lost

    try:
        raw = read_raw(path, ocr=False)
    except CorpusError as error:
        return _refusal(path, error)
    except BaseException as error:
        return Outcome("reader raised", _place(error))
    try:
        document = build_document(raw, id="0" * 16, path=str(path))
        check_invariants(document)
        check_nothing_lost(raw, document)
    except BaseException as error:
        return Outcome("broken document", _place(error))
    return Outcome("read")


def _refusal(path: Path, error: Exception) -> Outcome:
    """A named error is what we want; one that only hides a mistake of our own code is a finding."""
    from corpus.document import CorpusError

    if path.name not in str(error):
        return Outcome("nameless error", str(error)[:200])
    cause = error.__cause__
    if isinstance(cause, MemoryError):
        return Outcome("memory", _place(cause))
    last = traceback.extract_tb(cause.__traceback__)[-1].filename if cause is not None else ""
    if cause is not None and "/corpus/" in last and not isinstance(cause, OSError | CorpusError):
        return Outcome("mistake of ours", _place(cause))
    return Outcome("refused", str(error).partition(":")[2][:60])


def _place(error: BaseException) -> str:
    frames = [f for f in traceback.extract_tb(error.__traceback__) if "/corpus/" in f.filename]
    at = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "?"
    return f"{type(error).__name__} at {at}: {str(error)[:120]}"
