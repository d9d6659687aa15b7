"""Old office files, by way of LibreOffice."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import create_autospec

import pytest

from corpus import office
from corpus.doc import read_doc
from corpus.document import CorpusError
from corpus.office import prepared
from corpus.readers import read_raw
from tests.conftest import SHARED, need

RTF = rb"""{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Times New Roman;}{\f1 .VnTime;}{\f2 .VnTimeH;}}
{\f2 b\'b8o c\'b8o}\par{\f1 huy\'d6n l\'d6 thu\'fb}\par
{\f0 Di\u7879?n t\u237?ch 18 ha{\super\chftn}{\footnote\pard\f0{\super\chftn} S\u7889? li\u7879?u qu\u253? I.}
 c\u226?y}\par{\f0\v b\u237? m\u7853?t}\par}"""
NOT_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "WordDocument".encode("utf-16-le") + bytes(600)


@pytest.fixture(scope="module")
def batch(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, list[int]]]:
    """Four files that are converted together, and what LibreOffice was started for."""
    need("soffice")
    folder = tmp_path_factory.mktemp("doc")
    paths = [folder / "a" / "cùng tên.rtf", folder / "-b" / "cùng tên.rtf", folder / "hong.doc"]
    for path, data in zip(paths, (RTF, RTF.replace(b"18 ha", b"19 ha"), NOT_WORD), strict=True):
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
    real = [SHARED / "documents/doc" / name for name in ("ericphan28__Phuluc2.doc", "hpbaotho__ND68CP2.DOC")]
    starts: list[int] = []
    run = office._run
    with pytest.MonkeyPatch.context() as patch, prepared([*paths, *real]):
        patch.setattr(office, "_run", lambda files, *rest: (starts.append(len(files)), run(files, *rest))[1])
        yield folder, starts
    assert not office._queue
    assert not office._ready


def test_rtf_keeps_notes_and_converts_old_fonts(batch: tuple[Path, list[int]]) -> None:
    raw = read_raw(batch[0] / "a" / "cùng tên.rtf")
    assert raw.format == "rtf"
    assert [(line.text, line.note) for line in raw.lines] == [
        ("BÁO CÁO", None), ("huyện lệ thuỷ", None), ("Diện tích 18 ha¹ cây", None), ("Số liệu quý I.", "1"),
    ]  # fmt: skip


def test_many_files_share_one_start(batch: tuple[Path, list[int]]) -> None:
    folder, starts = batch
    assert read_raw(folder / "a" / "cùng tên.rtf").lines[2].text == "Diện tích 18 ha¹ cây"
    before = len(starts)
    assert read_raw(folder / "-b" / "cùng tên.rtf").lines[2].text == "Diện tích 19 ha¹ cây"
    assert len(starts) == before
    assert starts[0] >= 3


def test_a_damaged_file_does_not_stop_the_others(batch: tuple[Path, list[int]]) -> None:
    with pytest.raises(CorpusError, match=r"hong\.doc: .*(?:không mở được|không có chữ)"):
        read_raw(batch[0] / "hong.doc")
    assert read_raw(batch[0] / "a" / "cùng tên.rtf").lines


def test_a_legacy_file_reads_like_the_new_one(shared: Path, batch: tuple[Path, list[int]]) -> None:
    old = read_raw(shared / "documents/doc/ericphan28__Phuluc2.doc")
    new = read_raw(shared / "documents/docx/ericphan28__Phuluc2.docx")
    assert [line.text for line in old.lines] == [line.text for line in new.lines]


def test_real_footnotes_of_a_legacy_file_keep_their_place(shared: Path, batch: tuple[Path, list[int]]) -> None:
    found = read_raw(shared / "documents/doc/hpbaotho__ND68CP2.DOC").lines
    notes = [line for line in found if line.note]
    assert [line.note for line in notes] == ["1", "2", "3"]
    assert all(any(mark in line.text for line in found) for mark in "¹²³")


def test_without_libreoffice_the_error_names_the_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.rtf"
    path.write_bytes(RTF)
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(CorpusError, match=r"Thiếu LibreOffice.*libreoffice-writer"):
        read_doc(path)


def test_windows_ends_the_process_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    process = create_autospec(subprocess.Popen, instance=True)
    with monkeypatch.context() as windows:
        windows.setattr(os, "name", "nt")
        windows.delattr(os, "killpg")
        windows.delattr(signal, "SIGKILL")
        office._stop(process)
    assert [call[0] for call in process.method_calls] == ["kill", "wait"]


def test_a_hanging_conversion_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.rtf"
    path.write_bytes(RTF)
    program = tmp_path / "soffice"
    program.write_text("#!/bin/sh\nsleep 60\n")
    program.chmod(0o755)
    monkeypatch.setattr(shutil, "which", lambda name: str(program))
    monkeypatch.setattr(office, "SECONDS_A_FILE", 0.3)
    with pytest.raises(CorpusError, match="LibreOffice chạy quá"):
        read_doc(path)
