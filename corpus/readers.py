"""One table from suffix to reader; a file becomes a document, or a `CorpusError` that says what to do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path

from corpus.archive import member_digest, member_file, member_path, members
from corpus.document import CorpusError, Document, RawDocument, check_length
from corpus.sniff import TEXT_SUFFIXES, true_suffix
from corpus.system_errors import system_reason

MAX_BYTES = 200 * 1024 * 1024
Reader = Callable[[Path, str, bool], RawDocument]


def _read_pdf(path: Path, suffix: str, ocr: bool) -> RawDocument:
    from corpus.pdf import read_pdf

    return read_pdf(path, ocr=ocr)


def _read_text(path: Path, suffix: str, ocr: bool) -> RawDocument:
    from corpus.plain import read_text

    return read_text(path)


def _read_html(path: Path, suffix: str, ocr: bool) -> RawDocument:
    from corpus.html import read_html

    return read_html(path)


def _read_docx(path: Path, suffix: str, ocr: bool) -> RawDocument:
    from corpus.docx import read_docx

    return read_docx(path)


def _read_doc(path: Path, suffix: str, ocr: bool) -> RawDocument:
    from corpus.doc import read_doc

    return read_doc(path, suffix=suffix)


def _read_sheets(path: Path, suffix: str, ocr: bool) -> RawDocument:
    from corpus.sheets import read_xls, read_xlsx

    return read_xlsx(path) if suffix == ".xlsx" else read_xls(path, suffix=suffix)


def _read_slides(path: Path, suffix: str, ocr: bool) -> RawDocument:
    from corpus.slides import read_ppt, read_pptx

    return read_pptx(path) if suffix == ".pptx" else read_ppt(path, suffix=suffix)


_READERS: dict[str, Reader] = {
    ".pdf": _read_pdf,
    ".docx": _read_docx,
    ".docm": _read_docx,
    ".doc": _read_doc,
    ".rtf": _read_doc,
    ".odt": _read_doc,
    ".txt": _read_text,
    ".md": _read_text,
    ".html": _read_html,
    ".htm": _read_html,
    ".mhtml": _read_html,
    ".mht": _read_html,
    ".xlsx": _read_sheets,
    ".xlsm": _read_sheets,
    ".xls": _read_sheets,
    ".ods": _read_sheets,
    ".pptx": _read_slides,
    ".ppt": _read_slides,
    ".odp": _read_slides,
}
# Contents that have a reader but whose suffix is not taken from folders.
_HIDDEN_READERS: dict[str, Reader] = {".xml": _read_doc}
# Names for one content; Markdown and plain text are told apart by their lines.
_SAME = {".docm": ".docx", ".xlsm": ".xlsx", ".htm": ".html", ".mht": ".mhtml", ".md": ".txt", ".dot": ".doc"}
SUFFIXES = (*_READERS, ".zip")


def read_raw(path: Path, *, ocr: bool = True) -> RawDocument:
    """What the reader for this file made of it; the content decides, not the name.

    Args:
        path: a file, or a member of an archive: "tep.zip!/ben/trong.docx".

    Raises:
        CorpusError: the file cannot be read; the message names the reason and the remedy.
    """
    if path.suffix.lower() not in SUFFIXES:
        known = ", ".join(SUFFIXES)
        raise CorpusError(f"{path.name}: không đọc được loại tệp “{path.suffix}”. Các loại đọc được: {known}.")
    try:
        with member_file(path) as file:
            return _read_checked(file, path.name, ocr=ocr)
    except CorpusError as error:
        if path.name in str(error):
            raise
        raise type(error)(f"{path.name}: {error}") from error
    except OSError as error:
        raise CorpusError(
            f"{path.name}: không mở được tệp ({system_reason(error)}). Hãy kiểm tra đường dẫn và quyền đọc."
        ) from error
    except Exception as error:
        kind = type(error).__name__
        raise CorpusError(
            f"{path.name}: tệp hỏng hoặc sai định dạng ({kind}). Hãy mở bằng phần mềm gốc rồi lưu lại."
        ) from error


def _read_checked(path: Path, name: str, *, ocr: bool) -> RawDocument:
    size = path.stat().st_size
    if size == 0:
        raise CorpusError(f"{name}: tệp rỗng (0 byte). Hãy tải lại hoặc lấy lại bản gốc.")
    if size > MAX_BYTES:
        raise CorpusError(f"{name}: tệp {size >> 20} MB, vượt giới hạn {MAX_BYTES >> 20} MB. Hãy chia nhỏ tệp.")
    told = Path(name).suffix.lower()
    told = _SAME.get(told, told)
    found = _content(path, name, told)
    raw = (_READERS | _HIDDEN_READERS)[found](path, found, ocr)
    check_length(sum(len(line.text) for line in raw.lines))
    if found == told:
        return raw if Path(name).suffix.lower() != ".md" else replace(raw, format="md")
    warning = f"Tệp có đuôi {Path(name).suffix} nhưng nội dung là {found.lstrip('.').upper()}; đã đọc theo nội dung."
    return replace(raw, warnings=(warning, *raw.warnings))


def _content(path: Path, name: str, told: str) -> str:
    """The suffix that fits the content; errors for what nobody can read."""
    found = true_suffix(path)
    if found == ".zip" and told != ".zip":
        raise CorpusError(f"{name}: nội dung là tệp nén ZIP, không phải {told}. Hãy đổi đuôi thành .zip.")
    if found == ".zip":
        inside = members(path)
        raise CorpusError(f"{name}: tệp nén chứa {len(inside)} tệp, không tệp nào đọc được. Hãy kiểm tra bên trong.")
    if found == "image":
        raise CorpusError(f"{name}: nội dung là ảnh. Hãy lưu ảnh thành PDF để nhận dạng chữ.")
    if found == "broken":
        raise CorpusError(f"{name}: tệp hỏng hoặc chưa tải hết. Hãy tải lại hoặc lấy lại bản gốc.")
    if not found or (found == ".txt" and told not in TEXT_SUFFIXES and not _readable(path)):
        raise CorpusError(f"{name}: nội dung không phải là {told} và không nhận ra được. Hãy kiểm tra lại bản gốc.")
    # A page without <html> is still a page to the person who named it so.
    return told if found == ".txt" and told in (".html", ".mhtml") else found


def _readable(path: Path) -> bool:
    """Whether text under the name of another format holds words: a whole line of letters at least."""
    with path.open("rb") as file:
        head = file.read(4096)
    return sum(byte > 0x40 for byte in head) > 0.5 * len(head) and len(head) > 40


def document_id(path: Path) -> str:
    """16 hex digits of the SHA-256 of the bytes of a file, or of a member of an archive.

    Raises:
        OSError: the file cannot be read, or the archive does not give the member.
    """
    try:
        return member_digest(path)[:16]
    except CorpusError as error:
        raise OSError(0, str(error)) from error


def read_document(path: Path, *, ocr: bool = True) -> Document:
    """The parsed document of one file.

    Raises:
        CorpusError: the file cannot be read.
    """
    from corpus.structure import build_document

    raw = read_raw(path, ocr=ocr)
    return build_document(raw, id=document_id(path), path=str(path))


def prepared(paths: Iterable[Path]) -> AbstractContextManager[None]:
    """Within this context the old office files among `paths` are converted many at a time: 0.2 s each, not 1.5 s."""
    from corpus.office import prepared

    return prepared(paths)


def _hidden(path: Path) -> bool:
    return path.name.startswith((".", "~$"))


def _files(folder: Path) -> Iterator[Path]:
    for child in sorted(folder.iterdir()):
        if _hidden(child):
            continue
        if child.is_dir():
            if not child.is_symlink():
                yield from _files(child)
        elif child.is_file():
            yield child


def _members(path: Path) -> Iterator[Path]:
    """The supported members of an archive; an ordinary file, or an archive without any, stands for itself."""
    if path.suffix.lower() != ".zip" or not path.is_file():
        yield path
        return
    try:
        inside = [member_path(path, name) for name in members(path) if Path(name).suffix.lower() in _READERS]
    except (CorpusError, OSError):  # reading it will say why
        inside = []
    yield from inside or [path]


def look_through(paths: Iterable[Path]) -> tuple[list[Path], dict[str, int]]:
    """The supported files in folders and archives, in order, and how many other files of each suffix the folders hold.

    A file named directly is always kept; a file without a suffix counts under "".
    """
    found: dict[Path, None] = {}
    others: dict[Path, str] = {}
    for path in paths:
        folder = path.is_dir()
        for file in _files(path) if folder else (path,):
            suffix = file.suffix.lower()
            if folder and suffix not in SUFFIXES:
                others[file] = suffix
                continue
            for member in _members(file):
                found.setdefault(member)
    return list(found), dict(sorted(Counter(others.values()).items()))


def expand(paths: Iterable[Path]) -> list[Path]:
    """The supported files in folders and archives, in order; a file named directly is always kept."""
    return look_through(paths)[0]
