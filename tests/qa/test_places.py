"""The place of a unit in its document, where headings and notes are not told apart by their words."""

from __future__ import annotations

from corpus.document import Chunk, Document, Footnote, Metadata, Section, Span
from index.types import DocumentRecord, Hit
from qa.extraction.picking import _place, _section_at, _title_over
from qa.extraction.scoring import Scored
from qa.language.units import cut
from qa.understanding.question import understand

OWN, ATTACHED = "I. Phòng Tài chính\nLập dự toán¹.\n", "I. Công an xã\nGiữ trật tự².\n"
NOTE = "Theo phân công"
TEXT = f"{OWN}{ATTACHED}{NOTE}\n{NOTE}"
SECOND = len(OWN)
NOTES = len(OWN + ATTACHED)


def _span(start: int, end: int) -> Span:
    return Span(1, start, end)


def _document() -> Document:
    sections = (
        Section(("I",), "Phòng Tài chính", _span(0, SECOND), _span(19, SECOND)),
        Section(("I",), "Công an xã", _span(SECOND, NOTES), _span(SECOND + 14, NOTES)),
    )
    first = _span(NOTES, NOTES + len(NOTE))
    second = _span(first.end + 1, len(TEXT))
    notes = (
        Footnote("1", NOTE, first, ("I",), _span(19, SECOND - 1)),
        Footnote("2", NOTE, second, ("II",), _span(SECOND + 14, NOTES - 1)),
    )
    return Document("0" * 16, "a.txt", "txt", TEXT, 1, ((0, 1),), Metadata(), _span(0, 0), sections, (), notes)


def _scored(start: int, end: int, kind: str) -> Scored:
    chunk = Chunk(f"c{start}", "0" * 16, ("I",), _span(start, end), TEXT[start:end], notes=(NOTE,))
    hit = Hit(chunk, DocumentRecord("0" * 16, ("a.txt",), Metadata(), 1, "txt"), 1.0)
    unit = [unit for unit in cut(chunk).units if unit.kind == kind][-1]
    return Scored(hit, unit, 1.0, 1.0, 1.0, True)


def test_the_heading_is_that_of_the_place_and_not_of_an_equal_path() -> None:
    document, question = _document(), understand("Ai giữ trật tự?")
    start, end, path, at = _place(document, _scored(SECOND, NOTES, "sentence"))
    title = _title_over(question, document, path, at, document.text[start:end], measured=False)
    assert title is not None
    assert title.title == "Công an xã"
    assert _section_at(document, ("I",), 3) == document.sections[0]
    assert _section_at(document, ("I",), NOTES) is None


def test_of_two_notes_with_the_same_words_the_marked_one_is_cited() -> None:
    document = _document()
    for start, end, note in ((0, SECOND, document.footnotes[0]), (SECOND, NOTES, document.footnotes[1])):
        first, last, path, _ = _place(document, _scored(start, end, "note"))
        assert (first, last, path) == (note.span.start, note.span.end, note.section)
