"""What the tabs share: the library, the assistant, and the lookups that a page needs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from corpus.document import Document
from index.library import Library
from index.types import LibraryError
from qa.assistant import Assistant
from qa.settings import Settings
from qa.web import markup


@dataclass(frozen=True)
class Workplace:
    """One open library with its assistant; safe to use from many threads, as both of them are."""

    settings: Settings
    library: Library
    assistant: Assistant

    def document(self, document_id: str) -> Document | None:
        """A parsed document; None when it has been removed meanwhile."""
        try:
            return self.library.document(document_id)
        except LibraryError:
            return None

    def locate(self, document: Document, citation: dict[str, Any]) -> tuple[int, int]:
        """Where a citation's quote stands in the document's text; (0, 0) when it is not there any more."""
        if span := citation.get("span"):
            return int(span[0]), int(span[1])
        start = document.text.find(citation["quote"])
        return (start, start + len(citation["quote"])) if start >= 0 else (0, 0)

    def contexts(self, view: dict[str, Any]) -> list[str]:
        """The neighbouring text of each citation as HTML."""
        found: list[str] = []
        for citation in view["citations"]:
            document = self.document(citation["document"]["id"])
            found.append(markup.context_html(document, *self.locate(document, citation)) if document else "")
        return found

    def suggestions(self, limit: int = 4) -> list[str]:
        """Questions that the library can answer, made from what its documents are."""
        questions: list[str] = []
        for record in self.library.documents():
            meta = record.metadata
            if record.state != "indexed" or not meta.kind:
                continue
            if meta.number:
                questions.append(f"{meta.kind} số {meta.number} do ai ký, ban hành ngày nào?")
            elif meta.subject:
                questions.append(f"{meta.kind} của {meta.issuer or 'cơ quan'} gửi cho những ai?")
        return questions[:limit]

    def facets(self) -> tuple[list[str], list[str], list[int]]:
        """Kinds, issuers and years (newest first) of the documents."""
        metas = [record.metadata for record in self.library.documents() if record.state == "indexed"]
        years = {int(meta.issued_on[:4]) for meta in metas if meta.issued_on}
        kinds = {meta.kind for meta in metas if meta.kind}
        issuers = {meta.issuer for meta in metas if meta.issuer}
        return sorted(kinds), sorted(issuers), sorted(years, reverse=True)
