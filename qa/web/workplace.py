"""What the tabs share: the library, the assistant, and the lookups that a page needs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from corpus.document import Document
from corpus.labels import document_label
from index.library import Library
from index.types import LibraryError
from qa.assistant import Assistant
from qa.settings import Settings
from qa.web import markup
from qa.web.pages import height_of

GONE = '<p class="empty">Văn bản này không còn trong kho. Hãy hỏi lại, hoặc thêm lại văn bản ở thẻ Kho văn bản.</p>'


@dataclass(frozen=True)
class Workplace:
    """One open library with its assistant; safe to use from many threads, as both of them are."""

    settings: Settings
    library: Library
    assistant: Assistant

    @cached_property
    def verbatim(self) -> Assistant:
        """An assistant that answers in the documents' own words alone, at once, whatever the settings say."""
        return Assistant(self.library, self.settings)

    def document(self, document_id: str) -> Document | None:
        """A parsed document; None when it has been removed meanwhile."""
        try:
            return self.library.document(document_id)
        except LibraryError:
            return None

    def locate(self, document: Document, citation: dict[str, Any]) -> tuple[int, int]:
        """Where a citation's quote stands in the document's text; (0, 0) when it is not there any more."""
        start, end = citation.get("span") or (0, 0)
        if document.text[start:end] == citation["quote"]:
            return int(start), int(end)
        start = document.text.find(citation["quote"])
        return (start, start + len(citation["quote"])) if start >= 0 else (0, 0)

    def contexts(self, view: dict[str, Any]) -> list[str]:
        """The neighbouring text of each citation as HTML."""
        found: list[str] = []
        for citation in view["citations"]:
            document = self.document(citation["document"]["id"])
            found.append(markup.context_html(document, *self.locate(document, citation)) if document else "")
        return found

    def source(self, document_id: str, start: int = 0, end: int = 0) -> str:
        """A document for reading, opened at a range of its text."""
        document = self.document(document_id)
        if document is None:
            return GONE
        base = f"./van-ban/{document.id}"
        page = document.page_at(start)
        image = f"{base}/trang/{page}.png?tu={start}&den={end}" if document.format == "pdf" else ""
        file = f"{base}/tep#page={page}" if document.format == "pdf" else f"{base}/tep"
        return markup.source_html(document, markup.Place(start, end, file, image, height_of(document, start)))

    def facets(self) -> tuple[list[str], list[str], list[int]]:
        """Kinds, issuers and years (newest first) of the documents."""
        metas = [record.metadata for record in self.library.documents() if record.state == "indexed"]
        years = {int(year) for meta in metas if (year := (meta.issued_on or "")[:4]).isdecimal()}
        kinds = {meta.kind for meta in metas if meta.kind}
        issuers = {meta.issuer for meta in metas if meta.issuer}
        return sorted(kinds), sorted(issuers), sorted(years, reverse=True)

    def names(self) -> list[tuple[str, str]]:
        """(name, id) of the documents that can be asked, newest first."""
        records = [record for record in self.library.documents() if record.state == "indexed"]
        records.sort(key=lambda record: record.metadata.issued_on or "", reverse=True)
        return [(_name(document_label(record.metadata), record.metadata.subject), record.id) for record in records]


def _name(label: str, subject: str | None) -> str:
    return f"{label} – {subject[:60]}" if subject else label
