"""The documents that a set asks about, parsed, so that labels can be checked and evidence spelled out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from corpus.document import CorpusError, Document, Section
from eval.metrics import same_document, same_section
from eval.questions import Source


def read_places(places: Iterable[Path]) -> tuple[Document, ...]:
    """Every readable document of some files and folders; files that cannot be read are left out."""
    return tuple(document for place in places for document in _read_place(place.resolve()))


@cache
def _read_place(place: Path) -> tuple[Document, ...]:
    from corpus.readers import read_document

    documents = []
    for path in sorted(place.rglob("*")) if place.is_dir() else [place]:
        if not path.is_file() or path.name.startswith((".", "_")) or path.suffix in (".py", ".json"):
            continue
        try:
            documents.append(read_document(path))
        except CorpusError:
            continue
    return tuple(documents)


def find_document(documents: tuple[Document, ...], name: str) -> Document | None:
    """The document of a label: its file name, or its number."""
    return next((d for d in documents if same_document(name, d.metadata.number, d.path)), None)


def find_section(document: Document, path: tuple[str, ...]) -> Section | None:
    """The section whose labels are `path`."""
    return next((section for section in document.walk() if same_section(path, section.path)), None)


def section_text(document: Document, path: tuple[str, ...]) -> str | None:
    """A section's own text; of () the preamble and, after a line end, the closing block; None without that section."""
    if not path:
        closing = document.slice(document.closing) if document.closing else ""
        return f"{document.slice(document.preamble)}\n{closing}"
    section = find_section(document, path)
    return document.slice(section.body) if section else None


def note_text(document: Document, marker: str, path: tuple[str, ...]) -> str | None:
    """The text of a footnote; where a marker comes several times, the one of that section first."""
    notes = [note for note in document.footnotes if note.marker == marker]
    notes.sort(key=lambda note: not same_section(path, note.section))
    return notes[0].text if notes else None


def evidence_text(documents: tuple[Document, ...], source: Source) -> str | None:
    """The words of a source's evidence; None where document, section or note are not found."""
    if isinstance(source.evidence, str):
        return source.evidence
    document = find_document(documents, source.document)
    if document is None or source.evidence is None:
        return None
    text = note_text(document, source.note, source.section) if source.note else section_text(document, source.section)
    return text[slice(*source.evidence)] if text is not None else None


def evidence_texts(documents: tuple[Document, ...], source: Source) -> list[str]:
    """What a passage may hold to count as the evidence: its words; for a footnote also the sentence with the marker."""
    words = evidence_text(documents, source)
    texts = [words] if words else []
    document = find_document(documents, source.document) if source.note else None
    if document is not None:
        notes = [n for n in document.footnotes if n.marker == source.note and same_section(source.section, n.section)]
        texts += [document.slice(note.anchor) for note in notes if note.anchor]
    return texts


def cited_context(documents: Iterable[Document], citations: Iterable[Mapping[str, Any]]) -> list[str]:
    """What stands over the quotes and belongs to them: headings of the cited sections, headers of their tables."""
    by_id = {document.id: document for document in documents}
    texts: list[str] = []
    for citation in citations:
        document = by_id.get(str((citation.get("document") or {}).get("id")))
        path = tuple(citation.get("section") or ())
        if document is None:
            continue
        above = [find_section(document, path[:depth]) for depth in range(1, len(path) + 1)]
        texts += [section.title for section in above if section]
        texts += [" | ".join(table.header) for table in document.tables if same_section(table.section, path)]
    return texts
