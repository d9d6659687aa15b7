"""One writer at a time: a lock file that the operating system releases when its holder dies."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from index.types import LibraryLocked

_POLL_SECONDS = 0.05


@contextmanager
def write_lock(path: Path, wait_seconds: float) -> Iterator[None]:
    """Hold the write lock of a library.

    Raises:
        LibraryLocked: another process still holds it after `wait_seconds`; the message names its process id.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        _acquire(descriptor, path, wait_seconds)
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
        yield
    finally:
        # Closing releases the lock; the file stays, since removing it would let two writers hold two files.
        os.close(descriptor)


def _acquire(descriptor: int, path: Path, wait_seconds: float) -> None:
    deadline = time.monotonic() + wait_seconds
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() < deadline:
                time.sleep(_POLL_SECONDS)
                continue
            holder = os.pread(descriptor, 32, 0).decode("ascii", "replace").strip() or "không rõ"
            raise LibraryLocked(
                f"Thư viện {path.parent} đang được tiến trình {holder} ghi; đã chờ {wait_seconds:g} giây. "
                "Hãy đợi tiến trình đó xong rồi chạy lại."
            ) from None
        return
