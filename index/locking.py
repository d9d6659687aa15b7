"""One writer at a time: a lock file that the operating system releases when its holder dies."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from index.types import LibraryLocked

_POLL_SECONDS = 0.05


@contextmanager
def write_lock(path: Path, wait_seconds: float) -> Iterator[None]:
    """Hold the write lock of a library.

    Raises:
        LibraryLocked: another process still holds it after `wait_seconds`; the message names its process id.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    # Beside the lock, since Windows lets nobody read a locked file.
    holder = path.with_suffix(".pid")
    lock = FileLock(path, is_singleton=False)
    try:
        lock.acquire(timeout=wait_seconds, poll_interval=_POLL_SECONDS)
    except Timeout:
        raise LibraryLocked(
            f"Kho {path.parent} đang được tiến trình {_read(holder)} ghi; đã chờ {wait_seconds:g} giây. "
            "Hãy đợi tiến trình đó xong rồi chạy lại."
        ) from None
    try:
        holder.write_text(f"{os.getpid()}\n", encoding="ascii")
        yield
    finally:
        lock.release()


def _read(holder: Path) -> str:
    try:
        return holder.read_text(encoding="ascii").strip() or "không rõ"
    except (OSError, UnicodeDecodeError):
        return "không rõ"
