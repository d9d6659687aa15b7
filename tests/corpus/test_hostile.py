"""What fuzzing found: files that once took minutes or gigabytes end soon, as a document or as our error."""

from __future__ import annotations

import io
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from corpus.document import CorpusError
from corpus.readers import expand, read_document
from tests.corpus.office_files import workbook

SECONDS = 10

TEXTS = {
    "bars.md": "|" + "---|" * 3 + "\n" + ("|---|---|\n" * 20_000),
    "blanks.md": "**a**\n" + (" " * 250_000 + "x\n") * 2,
    "numbers.txt": "Số: 1/QĐ-UBND " * 10_000,
    "notes.txt": "Câu có dấu¹ ở giữa.\n" * 4_000 + "¹ Ghi chú.\n" * 4_000,
    "unbroken.txt": "không có dấu chấm và không có dấu phẩy nào cả\n" * 10_000,
    "capitals.txt": ("A" * 3000 + " ") * 300,
    "brackets.txt": "(" * 300_000,
    "labels.txt": "1.1.1.1. a\n" * 20_000,
    "leaders.txt": "…" * 400_000,
    "nested.html": "<div>" * 40_000 + "chữ",
    "unclosed.html": "<b><font color=red>chữ " * 3_000,
    "spans.html": "<table>" + "<tr><td colspan=999 rowspan=999>a" * 3000,
}


@pytest.mark.parametrize("name", TEXTS)
def test_a_hostile_text_is_read_in_time(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text(TEXTS[name], encoding="utf-8")
    started = time.process_time()
    try:
        assert read_document(path).text
    except CorpusError as error:
        assert str(error).startswith(name)
    assert time.process_time() - started < SECONDS


def test_a_sheet_merged_to_its_last_cell_is_read(tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    book.active.append(["TT", "Xã", "Số hộ"])
    book.active["C5000"] = 7
    book.save(tmp_path / "a.xlsx")
    with zipfile.ZipFile(tmp_path / "a.xlsx") as old, zipfile.ZipFile(tmp_path / "b.xlsx", "w") as new:
        for name in old.namelist():
            merge = b'</sheetData><mergeCells count="1"><mergeCell ref="A2:XFD1048576"/></mergeCells>'
            new.writestr(name, old.read(name).replace(b"</sheetData>", merge))
    started = time.process_time()
    document = read_document(tmp_path / "b.xlsx")
    assert "TT | Xã | Số hộ" in document.text
    assert time.process_time() - started < SECONDS


_CHILD = """
import resource, sys
from pathlib import Path
from corpus.readers import expand, read_document
from tests.corpus.office_files import workbook
from corpus.document import CorpusError
resource.setrlimit(resource.RLIMIT_DATA, (1 << 30, 1 << 30))
resource.setrlimit(resource.RLIMIT_CPU, (10, 10))
for name in sys.argv[1:]:
    try:
        print(len(read_document(Path(name), ocr=False).text))
    except CorpusError as error:
        print(error)
"""


def test_broken_files_stay_within_a_gigabyte_and_ten_seconds(tmp_path: Path, samples: Path) -> None:
    paths = []
    for at, source in enumerate(sorted(samples.glob("*.[dhmp]*"))):
        data = bytearray(source.read_bytes())
        for place in range(at + 200, len(data), 997):
            data[place] ^= 0x15
        paths.append(tmp_path / source.name)
        paths[-1].write_bytes(bytes(data[: len(data) - at]))
    command = [sys.executable, "-c", _CHILD, *map(str, paths)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=100)
    assert done.returncode == 0, done.stderr[-2000:]
    assert len(done.stdout.splitlines()) == len(paths), done.stdout  # a length or a reason for each


def test_a_text_too_long_to_understand_in_time_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "dai.txt"
    path.write_text("một hai ba\n" * 500_000, encoding="utf-8")
    with pytest.raises(CorpusError, match=r"^dai\.txt: văn bản dài 5\.5 triệu ký tự, vượt giới hạn 5 triệu"):
        read_document(path)


def test_a_member_that_claims_gigabytes_is_not_read(tmp_path: Path) -> None:
    packed = bytearray(workbook())
    entry = packed.rindex(b"PK\x01\x02")
    packed[entry + 20 : entry + 24] = (3_500_000_000).to_bytes(4, "little")
    path = tmp_path / "a.xlsx"
    path.write_bytes(packed)
    with pytest.raises(CorpusError, match=r"^a\.xlsx: tệp hỏng"):
        read_document(path)


def test_a_workbook_that_no_relation_names_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(io.BytesIO(workbook())) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"relationships/officeDocument", b"relationships/other"))
    assert "Bản Mòng" in read_document(path).text


def test_an_archive_with_a_broken_name_is_listed_and_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("ạạ.txt", "chữ")
    path.write_bytes(path.read_bytes().replace("ạạ".encode(), b"\x84\x84\x84\x84\x84\x84"))
    assert expand([tmp_path]) == [path]
    with pytest.raises(CorpusError, match=r"a\.zip: tệp hỏng"):
        read_document(path)
