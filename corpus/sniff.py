"""What a file really is, by its first bytes: offices rename files, and download pages save HTML under any name."""

from __future__ import annotations

import mmap
import re
import zipfile
from pathlib import Path

from corpus.archive import overstated
from corpus.document import CorpusError

_HEAD = 4096
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_STREAMS = (("WordDocument", ".doc"), ("Workbook", ".xls"), ("Book", ".xls"), ("PowerPoint Document", ".ppt"))
_IMAGES = (b"\x89PNG", b"\xff\xd8\xff", b"II*\0", b"MM\0*", b"GIF8", b"BM")
_ZIPPED = (("word/", ".docx"), ("xl/", ".xlsx"), ("ppt/", ".pptx"))
_OPEN_DOCUMENT = {"text": ".odt", "spreadsheet": ".ods", "presentation": ".odp"}
_HTML = re.compile(
    rb"^\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,500}?-->\s*)*(?:<!doctype html|<html|<head|<meta)", re.I | re.S
)
_MHTML = re.compile(rb"^(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?mime-version:", re.IGNORECASE)
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
TEXT_SUFFIXES = frozenset((".txt", ".md", ".html", ".htm", ".mhtml"))


def true_suffix(path: Path) -> str:
    """The suffix that fits the content: ".pdf", ".docx", ".txt" …, ".zip", "image", or "" for what is not known.

    Raises:
        CorpusError: an Office file that is locked with a password.
        OSError: the file cannot be read.
    """
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if b"%PDF-" in head[:1024]:
        return ".pdf"
    if head.startswith(_OLE):
        return _ole_suffix(path)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip_suffix(path)
    if head.lstrip().startswith(b"{\\rt"):
        return ".rtf"
    if head.startswith(_IMAGES):
        return "image"
    return _text_suffix(head)


def _text_suffix(head: bytes) -> str:
    plain = head.removeprefix(b"\xef\xbb\xbf")
    if plain[:2] in (b"\xff\xfe", b"\xfe\xff") or head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        plain = plain[2:].replace(b"\0", b"")
    if _HTML.match(plain):
        return ".html"
    if b"schemas.microsoft.com/office/word/2003/wordml" in head:
        return ".xml"
    if _MHTML.match(plain) and b"multipart/related" in plain:
        return ".mhtml"
    return ".txt" if _is_text(head) else ""


def _is_text(head: bytes) -> bool:
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return True
    nulls = head.count(0)
    if nulls > len(head) // 5:  # UTF-16 without a mark: nearly every second byte of a Latin script is zero
        odd, even = head[1::2].count(0), head[::2].count(0)
        return max(odd, even) > 0.4 * len(head) / 2 and min(odd, even) <= 0.02 * len(head)
    return len(_CONTROL.findall(head)) <= len(head) // 200


def _ole_suffix(path: Path) -> str:
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        if data.find("EncryptedPackage".encode("utf-16-le")) >= 0:
            raise CorpusError(f"{path.name}: tệp đặt mật khẩu. Hãy mở bằng Microsoft Office, bỏ mật khẩu rồi lưu lại.")
        for stream, suffix in _OLE_STREAMS:
            if data.find(stream.encode("utf-16-le") + b"\0\0") >= 0:
                return suffix
    return "broken"


def _zip_suffix(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as file:
            names = file.namelist()
            if overstated(file.infolist(), path):
                return "broken"
            for prefix, suffix in _ZIPPED:
                if "[Content_Types].xml" in names and any(name.startswith(prefix) for name in names):
                    return suffix
            if "mimetype" in names and file.getinfo("mimetype").file_size < 200:
                kind = file.read("mimetype").decode("ascii", errors="replace").rpartition(".")[2]
                return _OPEN_DOCUMENT.get(kind, ".zip")
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError):
        return "broken"
    return ".zip"
