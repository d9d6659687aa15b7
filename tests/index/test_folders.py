"""A file that was deleted from an indexed folder takes its document with it; a folder that is away loses nothing."""

from __future__ import annotations

import os
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.document import Metadata
from index.abbreviations import Abbreviations
from index.folders import withdrawn
from index.library import Library
from index.records import Records
from index.types import DocumentRecord
from tests.index.support import HashingEmbedder, report, write_reports


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    write_reports(tmp_path / "reports", 3)
    write_reports(tmp_path / "reports" / "cu", 1)
    (tmp_path / "reports" / "cu" / "bao-cao-000.txt").write_text(report("55-BC/HU", 2012, "y tế", "7"), "utf-8")
    return tmp_path / "reports"


@pytest.fixture
def library(tmp_path: Path, reports: Path) -> Iterator[Library]:
    opened = Library.open(tmp_path / "home", embedder=HashingEmbedder())
    assert opened.add([reports]).removed == 0
    yield opened
    opened.close()


def numbers(library: Library) -> set[str | None]:
    return {record.metadata.number for record in library.documents()}


def test_a_deleted_file_takes_its_document_with_it(library: Library, reports: Path) -> None:
    (reports / "bao-cao-001.txt").unlink()
    told = library.add([reports])
    assert (told.removed, told.unchanged, told.failed) == (1, 3, ())
    assert numbers(library) == {"10-BC/HU", "12-BC/HU", "55-BC/HU"}
    for mode in ("hybrid", "lexical", "dense"):
        hits = library.search("giá trị chăn nuôi", k=100, mode=mode)  # type: ignore[arg-type]
        assert "11-BC/HU" not in {hit.document.metadata.number for hit in hits}


def test_a_deleted_folder_takes_its_documents_with_it(library: Library, reports: Path) -> None:
    shutil.rmtree(reports / "cu")
    assert library.add([reports]).removed == 1
    assert "55-BC/HU" not in numbers(library)


def test_other_folders_and_single_files_do_not_matter(library: Library, reports: Path) -> None:
    (reports / "bao-cao-001.txt").unlink()
    assert library.add([reports / "cu"]).removed == 0
    assert library.add([reports / "bao-cao-002.txt"]).removed == 0
    assert library.add([reports / "bao-cao-001.txt"]).removed == 0
    assert len(library.documents()) == 4


def test_an_empty_or_missing_folder_loses_nothing(library: Library, reports: Path) -> None:
    away = reports.rename(reports.with_name("away"))
    assert library.add([reports]).removed == 0
    reports.mkdir()
    assert library.add([reports]).removed == 0
    (reports / ".mounted").touch()
    (reports / "ghi chu.xyz").touch()
    assert library.add([reports]).removed == 0
    assert len(library.documents()) == 4
    shutil.rmtree(reports)
    away.rename(reports)
    assert library.add([reports]).unchanged == 4


def test_a_renamed_file_is_not_encoded_again(library: Library, reports: Path) -> None:
    embedder = library.embedder
    assert isinstance(embedder, HashingEmbedder)
    encoded = embedder.encoded
    (reports / "bao-cao-001.txt").rename(reports / "doi-ten.txt")
    told = library.add([reports])
    assert (told.added, told.removed) == (1, 0)
    assert embedder.encoded == encoded
    (record,) = library.find("11-BC/HU")
    assert [Path(path).name for path in record.paths] == ["doi-ten.txt"]


def test_bytes_that_stand_elsewhere_stay(library: Library, reports: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.txt"
    shutil.copy(reports / "bao-cao-001.txt", copy)
    library.add([copy])
    (reports / "bao-cao-001.txt").unlink()
    assert library.add([reports]).removed == 0
    (record,) = library.find("11-BC/HU")
    assert record.paths == (str(copy),)


def test_a_correction_comes_back_with_the_bytes(library: Library, reports: Path) -> None:
    (record,) = library.find("11-BC/HU")
    library.correct(record.id, "issuer", "Huyện ủy Sơn Hải Đông")
    path = reports / "bao-cao-001.txt"
    away = path.rename(reports.parent / "away.txt")
    assert library.add([reports]).removed == 1
    away.rename(path)
    assert library.add([reports]).added == 1
    (record,) = library.find("11-BC/HU")
    assert (record.metadata.issuer, record.corrected) == ("Huyện ủy Sơn Hải Đông", ("issuer",))
    assert "Huyện ủy Sơn Hải Đông" in library.chunks(record.id)[0].prefix


def test_a_file_that_failed_and_was_deleted_is_forgotten(library: Library, reports: Path) -> None:
    broken = reports / "rong.txt"
    broken.touch()
    assert len(library.add([reports]).failed) == 1
    broken.unlink()
    assert library.add([reports]).removed == 1
    assert {record.state for record in library.documents()} == {"indexed"}


def test_a_folder_may_be_named_in_any_way(library: Library, reports: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(reports / "cu")
    assert library.add([Path("..")]).unchanged == 4
    (reports / "bao-cao-001.txt").unlink()
    assert library.add([Path("..")]).removed == 1


def test_a_file_dropped_from_an_archive_leaves(library: Library, reports: Path) -> None:
    archive = reports / "goi.zip"

    def pack(*topics: str) -> None:
        with zipfile.ZipFile(archive, "w") as file:
            for place, topic in enumerate(topics):
                file.writestr(f"{topic}.txt", report(f"{90 + place}-BC/HU", 2014, topic, "3"))

    pack("a", "b")
    assert library.add([reports]).added == 2
    pack("a")
    assert library.add([reports]).removed == 1
    assert "91-BC/HU" not in numbers(library)
    archive.write_bytes(b"rubbish")
    assert library.add([reports]).removed == 0
    archive.unlink()
    assert library.add([reports]).removed == 2  # the member, and the archive that could not be read
    assert "90-BC/HU" not in numbers(library)


def test_a_file_that_cannot_be_looked_at_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = tmp_path / "a.txt"
    kept.touch()
    lost = tmp_path / "b.txt"

    def lstat(path: Path) -> os.stat_result:
        raise PermissionError(13, "denied", str(path))

    assert withdrawn([tmp_path], [kept], [str(kept), str(lost)]) == [str(lost)]
    monkeypatch.setattr(Path, "lstat", lstat)
    monkeypatch.setattr(Path, "is_dir", lambda path: True)
    assert withdrawn([tmp_path], [kept], [str(kept), str(lost)]) == []


def test_what_lies_behind_a_link_that_is_away_stays(tmp_path: Path) -> None:
    kept = tmp_path / "a.txt"
    kept.touch()
    (tmp_path / "share").symlink_to(tmp_path / "away")
    behind = tmp_path / "share" / "b.txt"
    assert withdrawn([tmp_path], [kept], [str(behind)]) == []


@pytest.mark.parametrize("path", ["/kho/2024/bao-cao-1.txt", "C:\\kho\\2024\\bao-cao-1.txt"])
def test_the_last_names_of_a_path_are_enough_in_either_way_of_writing(path: str) -> None:
    record = DocumentRecord("ab", (path,), Metadata(), 1, "txt")
    records = Records(1, (record,), {"ab": record}, {}, {}, Abbreviations([]))
    for which in ("bao-cao-1.txt", "2024/bao-cao-1.txt", "2024\\bao-cao-1.txt", "./bao-cao-1.txt"):
        assert records.find(which) == [record]
    for which in ("cao-1.txt", "24/bao-cao-1.txt", "2023/bao-cao-1.txt", "", ".", "bao-cao-1"):
        assert records.find(which) == []
