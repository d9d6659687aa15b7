"""The bundled samples are what their sources say, and they stay small."""

from __future__ import annotations

import io
import re
import zipfile
from functools import cache
from pathlib import Path

import pytest
from pypdf import PdfReader

from corpus.document import Document
from corpus.readers import read_document
from tests.conftest import need
from tests.make_samples import SAMPLES, SOURCES, render
from tests.samplegen.source import Element, Source, read_source

ALL = sorted(SOURCES.glob("*.src"))
READ = [path for path in ALL if not read_source(path).scan]


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)
def test_sample_is_rendered_from_its_source(path: Path, samples: Path) -> None:
    source = read_source(path)
    data = (samples / source.out).read_bytes()
    if source.out.endswith((".txt", ".md", ".html", ".docx")):
        assert render(source) == data
    assert len(data) <= 150_000


def test_samples_cover_the_formats_and_no_stray_file(samples: Path) -> None:
    names = {path.name for path in samples.iterdir() if not path.name.startswith((".", "_"))}
    assert names == {read_source(path).out for path in ALL}
    assert {Path(name).suffix for name in names} == {".pdf", ".docx", ".txt", ".md", ".html"}
    assert sum((samples / name).stat().st_size for name in names) <= 1_500_000


def test_scan_has_no_text_layer(samples: Path) -> None:
    reader = PdfReader(samples / "thong-bao-15-lich-tiep-cong-dan-scan.pdf")
    assert [page.extract_text().strip() for page in reader.pages] == [""]


def test_stamp_is_only_in_the_widgets(samples: Path) -> None:
    page = PdfReader(samples / "ke-hoach-chuyen-doi-so-2023.pdf").pages[0]
    assert "/KH-UBND" in page.extract_text() and "64" not in page.extract_text().split("KẾ HOẠCH")[0]
    widgets = [note.get_object() for note in page["/Annots"]]
    streams = [w["/AP"]["/N"]["/Resources"]["/XObject"]["/FRM"].get_data() for w in widgets]
    assert [b"(64)" in streams[0], b"(27)" in streams[1], b"(02)" in streams[2]] == [True, True, True]


def test_word_files_hold_real_footnotes(samples: Path) -> None:
    data = (samples / "bao-cao-538-ubnd-2022.docx").read_bytes()
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        notes = package.read("word/footnotes.xml").decode()
    assert "64 ha tại xã Nậm Vai" in notes and notes.count("<w:footnote ") == 4


@cache
def _read(path: Path) -> tuple[Source, Document]:
    source = read_source(path)
    return source, read_document(SAMPLES / source.out)


def _elements(source: Source, *kinds: str) -> list[Element]:
    return [element for element in (*source.before, *source.after) if element.kind in kinds]


def _words(text: str) -> str:
    return " ".join(re.findall(r"[^\W_²³¹⁰⁴-⁹]+", text))


@pytest.mark.parametrize("path", READ, ids=lambda path: path.stem)
def test_header_and_closing_are_read_as_written(path: Path) -> None:
    source, document = _read(path)
    metadata = document.metadata
    number = source.stamp.get("number", "") + re.sub(r"^Số:?|\s", "", source.number)
    assert metadata.number == (None if number.startswith("/") else number)
    assert metadata.number_blank == number.startswith("/")
    assert _words(metadata.subject or "") == _words(source.subject or source.summary.removeprefix("V/v "))
    assert metadata.signer == source.name
    written = [line.removeprefix("- ").rstrip(";,.") for line in source.receivers]
    assert [line.rstrip(";,.") for line in metadata.recipients] == written


@pytest.mark.parametrize("path", READ, ids=lambda path: path.stem)
def test_every_word_and_every_labelled_heading_is_there(path: Path) -> None:
    source, document = _read(path)
    text = _words(document.text)
    for element in _elements(source, "paragraph", "item", "heading", "note", "caption", "center"):
        assert _words(element.text) in text, element.text
    sections = [_words(document.slice(section.span)) for section in document.walk()]
    labels = [element.text for element in _elements(source, "heading") if re.match(r"[A-Z\d.]+\.|Điều", element.text)]
    assert [label for label in labels if not any(section.startswith(_words(label)) for section in sections)] == []


@pytest.mark.parametrize("path", READ, ids=lambda path: path.stem)
def test_every_note_is_tied_to_its_sentence_and_every_table_row_read(path: Path) -> None:
    source, document = _read(path)
    paragraphs = [_words(element.text) for element in _elements(source, "paragraph")]
    for note in _elements(source, "note"):
        (found,) = [one for one in document.footnotes if one.marker == note.marker]
        assert _words(found.text) == _words(note.text)
        assert found.anchor is not None, note.text
        assert any(_words(document.slice(found.anchor)) in text for text in paragraphs)
    rows = [tuple(_words(cell) for cell in element.cells) for element in _elements(source, "row")]
    found_rows = [tuple(map(_words, row)) for table in document.tables for row in (table.header, *table.rows)]
    assert [row[1:] for row in found_rows] == [row[1:] for row in rows]


def test_the_scan_is_read_by_ocr() -> None:
    need("tesseract")
    _, document = _read(next(path for path in ALL if read_source(path).scan))
    assert document.metadata.number == "15/TB-UBND" and document.metadata.issued_on == "2023-01-09"
    assert [section.path for section in document.walk()] == [("1",), ("2",), ("3",)]
    assert "ngày 12 và ngày 25 hằng tháng" in document.text and document.ocr_pages == (1,)
