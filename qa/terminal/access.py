"""How commands reach a library, and the errors that they tell people in one line."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from corpus.document import CorpusError
from corpus.labels import document_label
from corpus.system_errors import system_reason
from index.types import DocumentRecord, LibraryError
from qa.settings import Settings, SettingsError
from qa.types import QuestionError

if TYPE_CHECKING:
    from index.library import Library

CATALOG = "catalog.sqlite"
ADD = "Thêm văn bản bằng: baocao index THƯ_MỤC"


class UsageProblem(Exception):
    """Arguments that parse but make no sense together; exits with 2."""


class NotFound(Exception):
    """Nothing that the library or the disk holds is named so."""


class CannotListen(Exception):
    """The address or the port of the page cannot be used."""


USER_ERRORS = (CorpusError, LibraryError, SettingsError, QuestionError, NotFound, CannotListen, OSError)


def told(error: Exception) -> str:
    """An error as one Vietnamese sentence; the system speaks English of a path."""
    if isinstance(error, OSError) and error.errno:
        place = f" {error.filename}" if error.filename else ""
        return f"không dùng được{place} ({system_reason(error)}); hãy kiểm tra đường dẫn và quyền đọc, ghi"
    return str(error)


@contextmanager
def reading(settings: Settings) -> Iterator[Settings]:
    """Settings for a command that makes no library: where there is none it says so, and an empty one stands in."""
    if (settings.home / CATALOG).is_file():
        yield settings
        return
    from qa.terminal.console import messages

    messages.print(f"Chưa có kho ở {settings.home}. {ADD}, hoặc chỉ đúng thư mục của kho bằng --home", markup=False)
    with TemporaryDirectory(prefix="baocao-") as empty:
        yield settings.model_copy(update={"home": Path(empty)})


@contextmanager
def opened(settings: Settings) -> Iterator[Library]:
    """The library for a command that makes none; says so where it is empty."""
    from qa.assemble import build_library
    from qa.terminal.console import messages

    with reading(settings) as found, closing(build_library(found)) as library:
        if found is settings and not library.documents():
            messages.print(f"Kho ở {settings.home} còn trống. {ADD}", markup=False)
        yield library


def one(library: Library, which: str, *, attached: bool = False) -> DocumentRecord:
    """The one document that is meant.

    Args:
        attached: a number may also be that of a document that stands behind another in the same file.

    Raises:
        NotFound: there is none, or more than one; the message says which.
    """
    found = library.find(which) or (library.find_by_number(which) if attached else [])
    if len(found) == 1:
        return found[0]
    if found:
        lines = (f"  {record.id}  {document_label(record.metadata)}  {record.path}" for record in found)
        raise NotFound("\n".join((f"{which!r} khớp với {len(found)} văn bản; hãy nêu mã của một văn bản:", *lines)))
    remedy = "; xem các văn bản bằng: baocao list" if library.documents() else ""
    raise NotFound(f"không có văn bản nào trong kho khớp với {which!r}{remedy}")
