"""One table from suffix to reader; a file becomes a document, or a `CorpusError` that says what to do."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from corpus.document import CorpusError, Document, RawDocument

MAX_BYTES = 200 * 1024 * 1024
Reader = Callable[[Path, bool], RawDocument]


def _read_pdf(path: Path, ocr: bool) -> RawDocument:
    from corpus.pdf import read_pdf

    return read_pdf(path, ocr=ocr)


def _read_text(path: Path, ocr: bool) -> RawDocument:
    from corpus.plain import read_text

    return read_text(path)


def _read_html(path: Path, ocr: bool) -> RawDocument:
    from corpus.plain import read_html

    return read_html(path)


def _read_docx(path: Path, ocr: bool) -> RawDocument:
    from corpus.docx import read_docx

    return read_docx(path)


def _read_doc(path: Path, ocr: bool) -> RawDocument:
    from corpus.doc import read_doc

    return read_doc(path)


_READERS: dict[str, Reader] = {
    ".pdf": _read_pdf,
    ".txt": _read_text,
    ".md": _read_text,
    ".html": _read_html,
    ".htm": _read_html,
    ".docx": _read_docx,
    ".doc": _read_doc,
    ".rtf": _read_doc,
}
SUFFIXES = tuple(_READERS)


def read_raw(path: Path, *, ocr: bool = True) -> RawDocument:
    """What the reader for this file made of it.

    Raises:
        CorpusError: the file cannot be read; the message names the reason and the remedy.
    """
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        known = ", ".join(SUFFIXES)
        raise CorpusError(f"{path.name}: không đọc được loại tệp “{path.suffix}”. Các loại đọc được: {known}.")
    try:
        size = path.stat().st_size
        if size == 0:
            raise CorpusError(f"{path.name}: tệp rỗng. Hãy kiểm tra lại bản gốc.")
        if size > MAX_BYTES:
            raise CorpusError(
                f"{path.name}: tệp {size >> 20} MB, vượt giới hạn {MAX_BYTES >> 20} MB. Hãy chia nhỏ tệp."
            )
        return reader(path, ocr)
    except CorpusError:
        raise
    except OSError as error:
        raise CorpusError(f"{path.name}: không mở được tệp ({error.strerror}). Hãy kiểm tra đường dẫn.") from error
    except Exception as error:
        raise CorpusError(
            f"{path.name}: tệp hỏng hoặc sai định dạng ({type(error).__name__}). Hãy lưu lại tệp."
        ) from error


def document_id(path: Path) -> str:
    """16 hex digits of the SHA-256 of the file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()[:16]


def read_document(path: Path, *, ocr: bool = True) -> Document:
    """The parsed document of one file.

    Raises:
        CorpusError: the file cannot be read.
    """
    from corpus.structure import build_document

    raw = read_raw(path, ocr=ocr)
    return build_document(raw, id=document_id(path), path=str(path))


def _hidden(path: Path) -> bool:
    return path.name.startswith((".", "~$"))


def _walk(folder: Path) -> Iterator[Path]:
    for child in sorted(folder.iterdir()):
        if _hidden(child):
            continue
        if child.is_dir():
            yield from _walk(child)
        elif child.is_file() and child.suffix.lower() in SUFFIXES:
            yield child


def expand(paths: Iterable[Path]) -> list[Path]:
    """The supported files among `paths` and in their folders, in order; a file named directly is always kept."""
    found: dict[Path, None] = {}
    for path in paths:
        for file in _walk(path) if path.is_dir() else (path,):
            found.setdefault(file)
    return list(found)
