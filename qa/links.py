"""Which documents a document cites, in which relation, and who cites it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from corpus.document import Document
from corpus.labels import document_label
from corpus.numbers import number_key
from index.types import DocumentRecord


@dataclass(frozen=True, slots=True)
class Link:
    """A cited number with all relations in which it stands, or a citing document with those in which it cites.

    Args:
        documents: those of the library that it leads to; empty where the library holds none.
    """

    number: str | None
    relations: tuple[str, ...]
    documents: tuple[DocumentRecord, ...]


def cited(document: Document, numbered: Callable[[str], Sequence[DocumentRecord]]) -> list[Link]:
    """What a document cites, in reading order, its own number left out."""
    written: dict[str, str] = {}
    own = number_key(document.metadata.number or "")
    for reference in document.references:
        written.setdefault(number_key(reference.number), reference.number)
    return [
        Link(number, _relations(document, number), tuple(numbered(number)))
        for key, number in written.items()
        if key != own
    ]


def citing(number: str | None, records: Sequence[DocumentRecord], parsed: Callable[[str], Document]) -> list[Link]:
    """The documents that cite a number."""
    return [Link(record.metadata.number, _relations(parsed(record.id), number or ""), (record,)) for record in records]


def _relations(document: Document, number: str) -> tuple[str, ...]:
    """The relations in which a document names a number, each once."""
    key = number_key(number)
    found = (reference.relation for reference in document.references if number_key(reference.number) == key)
    return tuple(dict.fromkeys(relation for relation in found if relation))


def shown(link: Link) -> str:
    """A line for people: "640/QĐ-UBND – thay thế – trong kho: Quyết định …"."""
    names = [document_label(record.metadata) for record in link.documents]
    parts = [link.number or "", ", ".join(link.relations), f"trong kho: {'; '.join(names)}" if names else ""]
    return " – ".join(part for part in parts if part)


def link_view(link: Link) -> dict[str, Any]:
    """A link in `show --json`."""
    return {
        "number": link.number,
        "relations": list(link.relations),
        "documents": [{"id": record.id, "label": document_label(record.metadata)} for record in link.documents],
    }
