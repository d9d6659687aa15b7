"""ZIP archives: their members are read as files of their own, named "tep.zip!/thu_muc/van_ban.docx"."""

from __future__ import annotations

import hashlib
import stat
import tempfile
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from corpus.document import CorpusError

MARK = "!"
MAX_TOTAL = 500 * 1024 * 1024
MAX_MEMBERS = 2_000
# Office text packs about 10:1, text files about 5:1; a bomb packs 1000:1.
MAX_RATIO = 200
_RATIO_FROM = 10 * 1024 * 1024
_COPY = 1 << 20
_UTF8 = 0x800
_ENCRYPTED = 0x1


def overstated(members: Iterable[zipfile.ZipInfo], path: Path) -> bool:
    """Whether a member claims more packed bytes than the file has; `zipfile` would set that much memory aside."""
    size = path.stat().st_size
    return any(member.compress_size > size for member in members)


def split_member(path: Path) -> tuple[Path, str] | None:
    """The archive and the name of the member that a path points to; None for an ordinary path."""
    parts = path.parts
    for at, part in enumerate(parts[:-1]):
        if part.lower().endswith(".zip" + MARK):
            return Path(*parts[:at], part.removesuffix(MARK)), "/".join(parts[at + 1 :])
    return None


def member_path(archive: Path, member: str) -> Path:
    """How a member is named: the archive, "!", and its name inside."""
    return archive.with_name(archive.name + MARK) / member


def members(archive: Path) -> list[str]:
    """The names of the files inside, sorted; links, hidden files and folders are left out.

    Raises:
        CorpusError: damaged, too many or too large members, or names that point outside.
    """
    with _opened(archive) as file:
        return sorted(_listed(file, archive))


def unpack(archive: Path, into: Path) -> list[Path]:
    """Unpack every member below `into`, never outside of it; an archive in the archive stays packed.

    Raises:
        CorpusError: damaged, encrypted, or beyond the limits.
    """
    found = []
    with _opened(archive) as file:
        for name, info in sorted(_listed(file, archive).items()):
            target = into.joinpath(*PurePosixPath(name).parts)
            target.parent.mkdir(parents=True, exist_ok=True)
            _extract(file, info, target, archive)
            found.append(target)
    return found


@contextmanager
def member_file(path: Path) -> Iterator[Path]:
    """A member as a file of its own for as long as the context lasts; an ordinary path is given back as it is.

    Raises:
        CorpusError: the archive holds no such member, or is damaged, encrypted, or beyond the limits.
    """
    parts = split_member(path)
    if parts is None or path.exists():
        yield path
        return
    archive, member = parts
    with tempfile.TemporaryDirectory(prefix="baocao-") as folder:
        target = Path(folder, path.name[-100:])
        with _opened(archive) as file:
            info = _listed(file, archive).get(member)
            if info is None:
                raise CorpusError(f"{archive.name}: không có tệp “{member}” trong tệp nén.")
            _extract(file, info, target, archive)
        yield target


def member_digest(path: Path) -> str:
    """The SHA-256 of a file or member, in hex digits.

    Raises:
        CorpusError: see `member_file`.
        OSError: the file cannot be read.
    """
    with member_file(path) as target, target.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def _opened(archive: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(archive) as file:
            yield file
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, ValueError) as error:
        raise CorpusError(
            f"{archive.name}: tệp nén hỏng hoặc dùng cách nén lạ. Hãy nén lại bằng định dạng ZIP."
        ) from error


def _listed(file: zipfile.ZipFile, archive: Path) -> dict[str, zipfile.ZipInfo]:
    infos = [info for info in file.infolist() if not info.is_dir()]
    if len(infos) > MAX_MEMBERS:
        raise CorpusError(
            f"{archive.name}: có {len(infos)} tệp, vượt giới hạn {MAX_MEMBERS}. Hãy chia thành nhiều tệp nén."
        )
    total = sum(info.file_size for info in infos)
    if total > MAX_TOTAL:
        raise CorpusError(
            f"{archive.name}: giải nén ra {total >> 20} MB, vượt giới hạn {MAX_TOTAL >> 20} MB. Hãy chia nhỏ."
        )
    found: dict[str, zipfile.ZipInfo] = {}
    for info in infos:
        name = _safe_name(info, archive)
        if info.file_size > _RATIO_FROM and info.file_size > MAX_RATIO * max(1, info.compress_size):
            raise CorpusError(
                f"{archive.name}: tệp “{name}” nén bất thường (quá {MAX_RATIO} lần), không giải nén vì an toàn."
            )
        if not _skipped(name, info):
            found[name] = info
    return found


def _safe_name(info: zipfile.ZipInfo, archive: Path) -> str:
    name = info.filename
    if not info.flag_bits & _UTF8:
        # Windows tools write UTF-8 without saying so; zipfile then reads it as code page 437.
        try:
            name = name.encode("cp437").decode("utf-8")
        except UnicodeError:
            name = info.filename
    name = name.replace("\\", "/")
    parts = PurePosixPath(name).parts
    if not parts or name.startswith("/") or ".." in parts or ":" in parts[0] or "\0" in name:
        raise CorpusError(
            f"{archive.name}: tên tệp bên trong “{name}” trỏ ra ngoài thư mục, không giải nén vì an toàn."
        )
    return "/".join(parts)


def _skipped(name: str, info: zipfile.ZipInfo) -> bool:
    parts = PurePosixPath(name).parts
    hidden = any(part.startswith((".", "~$")) or part == "__MACOSX" for part in parts)
    return hidden or stat.S_ISLNK(info.external_attr >> 16)


def _extract(file: zipfile.ZipFile, info: zipfile.ZipInfo, target: Path, archive: Path) -> None:
    if info.flag_bits & _ENCRYPTED:
        raise CorpusError(f"{archive.name}: tệp nén đặt mật khẩu. Hãy giải nén rồi đưa các tệp bên trong vào.")
    left = info.file_size
    try:
        with file.open(info) as source, target.open("wb") as output:
            while block := source.read(_COPY):
                left -= len(block)
                if left < 0:
                    raise CorpusError(
                        f"{archive.name}: kích thước ghi trong tệp nén không đúng, không giải nén vì an toàn."
                    )
                output.write(block)
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, ValueError) as error:
        raise CorpusError(f"{archive.name}: tệp nén hỏng. Hãy nén lại.") from error
