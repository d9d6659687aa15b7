"""The parts of an Office Open XML package, opened with limits on their size."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import etree

from corpus.document import CorpusError

Element = Any  # lxml has no types of its own

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_STRICT = (
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
)
MAX_PART = 100 * 1024 * 1024
MAX_PACKAGE = 500 * 1024 * 1024


class Package:
    """A .docx file as XML parts.

    Raises:
        CorpusError: not a package, encrypted, or larger than the limits when unpacked.
    """

    def __init__(self, path: Path) -> None:
        self.name = path.name
        try:
            self._zip = zipfile.ZipFile(path)
        except zipfile.BadZipFile as error:
            raise CorpusError(
                f"{path.name}: tệp Office hỏng hoặc chưa tải hết. Hãy mở bằng Microsoft Office rồi lưu lại."
            ) from error
        self._sizes = {info.filename: info.file_size for info in self._zip.infolist()}
        if sum(self._sizes.values()) > MAX_PACKAGE:
            self.close()
            raise CorpusError(f"{path.name}: nội dung giải nén vượt {MAX_PACKAGE >> 20} MB. Hãy chia nhỏ tệp.")
        self.main = self._main_part()

    def close(self) -> None:
        """Close the file."""
        self._zip.close()

    def read(self, name: str) -> bytes | None:
        """The bytes of a part, or None where the package has no such part."""
        size = self._sizes.get(name)
        if size is None:
            return None
        if size > MAX_PART:
            raise CorpusError(f"{self.name}: phần {name} lớn hơn {MAX_PART >> 20} MB. Hãy chia nhỏ tệp.")
        return self._zip.read(name)

    def xml(self, name: str) -> Element | None:
        """The root of a part, or None where the package has no such part."""
        data = self.read(name)
        if data is None:
            return None
        for strict, transitional in _STRICT:
            data = data.replace(strict, transitional)
        parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
        try:
            return etree.fromstring(data, parser)
        except etree.XMLSyntaxError as error:
            raise CorpusError(
                f"{self.name}: nội dung tệp bị hỏng. Hãy mở bằng Microsoft Office rồi lưu lại."
            ) from error

    def relations(self, name: str) -> dict[str, tuple[str, str]]:
        """Relation id → (last word of its type, part) of one part; links outside the package are left out."""
        folder, base = posixpath.split(name)
        root = self.xml(posixpath.join(folder, "_rels", f"{base}.rels"))
        found = {}
        for relation in root.iter(_RELATION) if root is not None else ():
            if relation.get("TargetMode") == "External":
                continue
            target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target", ""))).lstrip("/")
            found[relation.get("Id", "")] = (relation.get("Type", "").rpartition("/")[2], target)
        return found

    def related(self, kind: str) -> Element | None:
        """The part of the main document with this relation ("styles", "numbering", "footnotes" …)."""
        for found, target in self.relations(self.main).values():
            if found == kind:
                return self.xml(target)
        return None

    def _main_part(self) -> str:
        for kind, target in self.relations("").values():
            if kind == "officeDocument":
                return target
        return "word/document.xml"


def child(element: Element | None, *names: str) -> Element | None:
    """The first child along a path of WordprocessingML names, or None."""
    for name in names:
        if element is None:
            return None
        element = element.find(W + name)
    return element


def value(element: Element | None, *names: str) -> str | None:
    """The `w:val` of a child; None where the child or its value is missing."""
    found = child(element, *names)
    return None if found is None else found.get(W + "val")


def count(element: Element | None, *names: str) -> int | None:
    """The `w:val` of a child as a whole number from 0 to 9,999; None where it is missing or is none."""
    text = value(element, *names)
    return int(text) if text is not None and text.isascii() and text.isdigit() and len(text) < 5 else None


def switch(element: Element | None, name: str) -> bool | None:
    """A toggle property: on, off, or None where it is not said."""
    found = child(element, name)
    if found is None:
        return None
    return found.get(W + "val", "1").lower() not in ("0", "false", "off", "none")


def local(element: Element) -> str:
    """The name of an element without its namespace; "" for comments and instructions."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def children(element: Element | None) -> Iterator[Element]:
    """The children of an element; none of None."""
    return iter(()) if element is None else iter(element)
