"""The bundled samples are what their sources say, and they stay small."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.make_samples import SOURCES, render
from tests.samplegen.source import read_source

ALL = sorted(SOURCES.glob("*.src"))


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
