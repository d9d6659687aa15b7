"""Files that LibreOffice wrote in its own and in older formats read as the originals do.

`tests/data/office` was made from `office_files.workbook()`, `office_files.slides()` and the sample "thong-bao-33…".
"""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.document import RawLine
from corpus.readers import read_document, read_raw
from tests.conftest import ROOT, need
from tests.corpus.office_files import convert, slides, workbook

OFFICE = ROOT / "tests" / "data" / "office"


def _shown(lines: tuple[RawLine, ...]) -> list[object]:
    return [(line.text, line.page, line.column, line.cells, line.merged) for line in lines]


@pytest.mark.parametrize("name", ["bang.xls", "bang.ods"])
def test_a_workbook_reads_alike_in_every_format(tmp_path: Path, name: str) -> None:
    need("soffice")
    (tmp_path / "bang.xlsx").write_bytes(workbook())
    raw = read_raw(OFFICE / name)
    assert _shown(raw.lines) == _shown(read_raw(tmp_path / "bang.xlsx").lines)
    assert (raw.format, raw.warnings) == (name[-3:], ("Bảng tính có 1 trang ẩn, không được đọc.",))
    assert ("1", "Bản Mòng", "1.200", "1.247", "15/11/2023", "8,5%") in [line.cells for line in raw.lines]


@pytest.mark.parametrize("suffix", ["odp", "ppt"])
def test_slides_read_alike_in_every_format(tmp_path: Path, suffix: str) -> None:
    need("soffice")
    (tmp_path / "bai.pptx").write_bytes(slides())
    path = OFFICE / "bai.odp"
    if suffix == "ppt":  # LibreOffice writes 600 kB
        path = tmp_path / "bai.ppt"
        path.write_bytes(convert(tmp_path / "bai.pptx", "ppt", tmp_path))
    raw = read_raw(path)
    assert raw.format == suffix
    assert _shown(raw.lines) == _shown(read_raw(tmp_path / "bai.pptx").lines)


def test_a_text_document_reads_as_the_word_file_does(samples: Path) -> None:
    need("soffice")
    word = read_document(samples / "thong-bao-33-cai-cach-hanh-chinh.docx")
    text = read_document(OFFICE / "thong-bao-33.odt")
    assert (text.text, text.metadata, text.footnotes) == (word.text, word.metadata, word.footnotes)
    assert [(table.header, table.rows) for table in text.tables] == [(t.header, t.rows) for t in word.tables]
