"""JSON views of documents and hits: the contracts that scripts rely on. They grow; they never lose a key."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from corpus.document import Document, Metadata, Section
from corpus.labels import document_label
from index.types import DocumentRecord, Hit, IndexReport
from qa.precedents import Precedent

METADATA_KEYS = (
    "kind", "number", "number_blank", "number_unsure", "issuer", "place", "issued_on", "subject",
    "signer", "signer_role", "signing_for", "recipients", "level", "period",
)  # fmt: skip


def metadata_view(metadata: Metadata) -> dict[str, Any]:
    """Metadata as `show --json` prints it."""
    view = {key: getattr(metadata, key) for key in METADATA_KEYS}
    view["recipients"] = list(metadata.recipients)
    return view


def number_label(metadata: Metadata) -> str:
    """The number as a list shows it, with what is known of a missing or doubtful one."""
    if metadata.number:
        return f"{metadata.number} (chưa chắc)" if metadata.number_unsure else metadata.number
    if metadata.number_blank:
        return "(chưa có số)"
    return "(số chưa đọc được)" if metadata.number_unsure else ""


def day(issued_on: str | None) -> str:
    """An ISO date, as far as it is known, the way people here write it: "15/04/2022", "04/2022"."""
    return "/".join(reversed((issued_on or "").split("-")))


def moment(iso: str | None) -> str:
    """An ISO date with a time the way people here write it: "09:00 15/04/2022"; "" for none."""
    date, _, time = (iso or "").partition("T")
    return f"{time} {day(date)}".strip()


def document_view(document: Document) -> dict[str, Any]:
    """A parsed document as `show --json` prints it; `sections` starts with the preamble, path []."""
    return {
        "id": document.id,
        "path": document.path,
        "format": document.format,
        "pages": document.pages,
        "metadata": metadata_view(document.metadata),
        "sections": [_preamble_view(document), *(_section_view(document, section) for section in document.walk())],
        "attachments": [
            {"pages": list(document.pages_of(attached.span)), **metadata_view(attached.metadata)}
            for attached in document.attachments
        ],
        "footnotes": [
            {"marker": note.marker, "text": note.text, "section": list(note.section)} for note in document.footnotes
        ],
        "tables": [
            {
                "caption": table.caption,
                "section": list(table.section),
                "header": list(table.header),
                "rows": [list(row) for row in table.rows],
            }
            for table in document.tables
        ],
        "references": list(dict.fromkeys(reference.number for reference in document.references)),
        "citations": [
            {
                "number": reference.number,
                "kind": reference.kind,
                "issued_on": reference.issued_on,
                "body": reference.body,
                "relation": reference.relation,
                "page": reference.span.page,
            }
            for reference in document.references
        ],
        "closing": document.slice(document.closing) if document.closing else None,
        "signatures": [{"name": s.name, "signed_at": s.signed_at} for s in document.signatures],
        "ocr_pages": list(document.ocr_pages),
        "quality": document.quality,
        "warnings": list(document.warnings),
    }


def record_view(record: DocumentRecord) -> dict[str, Any]:
    """A row of `list --json`."""
    return {
        "id": record.id,
        "path": record.path,
        "paths": list(record.paths),
        "metadata": metadata_view(record.metadata),
        "pages": record.pages,
        "format": record.format,
        "state": record.state,
        "reason": record.reason,
        "quality": record.quality,
        "chunks": record.chunks,
        "corrected": list(record.corrected),
    }


def hit_view(hit: Hit) -> dict[str, Any]:
    """A row of `search --json`; `alike` are rows of other documents with nearly the same words, newest first."""
    return {
        "id": hit.chunk.id,
        "score": round(hit.score, 4),
        "document": {"id": hit.document.id, "path": hit.document.path, **metadata_view(hit.document.metadata)},
        "section": list(hit.chunk.section),
        "page": hit.chunk.span.page,
        "text": hit.chunk.text,
        "notes": list(hit.chunk.notes),
        "parts": {name: round(value, 4) for name, value in hit.parts.items()},
        "alike": [hit_view(other) for other in hit.alike],
    }


def precedent_view(precedent: Precedent) -> dict[str, Any]:
    """A row of `search --precedents --json`; `variable` are ranges of `text` that change from use to use."""
    return {
        "text": precedent.text,
        "variable": [list(span) for span in precedent.variable],
        "score": round(precedent.score, 4),
        "uses": [
            {
                "label": use.label,
                "document": {"id": use.document.id, "path": use.document.path, **metadata_view(use.document.metadata)},
                "section": list(use.section),
                "page": use.span.page,
                "text": use.text,
            }
            for use in precedent.uses
        ],
    }


def report_view(report: IndexReport) -> dict[str, Any]:
    """The result of `index --json`."""
    return {
        "added": report.added,
        "updated": report.updated,
        "unchanged": report.unchanged,
        "failed": [{"path": failure.path, "reason": failure.reason} for failure in report.failed],
        "removed": report.removed,
        "rebuilt": report.rebuilt,
        "passed_over": dict(report.passed_over),
        "seconds": round(report.seconds, 3),
    }


def _preamble_view(document: Document) -> dict[str, Any]:
    return {"path": [], "title": "", "page": document.preamble.page, "text": document.slice(document.preamble)}


def _section_view(document: Document, section: Section) -> dict[str, Any]:
    return {
        "path": list(section.path),
        "title": section.title,
        "page": section.span.page,
        "text": document.slice(section.body),
    }


def cited_numbers(document: Document) -> list[str]:
    """The document numbers that a document cites, each once, in reading order, its own left out."""
    numbers = dict.fromkeys(reference.number for reference in document.references)
    return [number for number in numbers if number != document.metadata.number]


def labels(records: Iterable[DocumentRecord]) -> list[str]:
    """Documents as people name them."""
    return [document_label(record.metadata) for record in records]
