from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.library import Library, Progress
from index.locking import write_lock
from index.settings import IndexSettings
from index.types import Filters, LibraryError, LibraryLocked, LibraryMismatch
from tests.index.support import HashingEmbedder, report, write_reports


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    write_reports(tmp_path / "reports", 6)
    return tmp_path / "reports"


@pytest.fixture
def embedder() -> HashingEmbedder:
    return HashingEmbedder()


@pytest.fixture
def library(tmp_path: Path, embedder: HashingEmbedder) -> Iterator[Library]:
    opened = Library.open(tmp_path / "home", embedder=embedder)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """Six reports, for tests that only read."""
    home = tmp_path_factory.mktemp("shelf")
    opened = Library.open(home / "home", embedder=HashingEmbedder())
    opened.add(write_reports(home / "reports", 6))
    yield opened
    opened.close()


def test_a_folder_is_indexed_and_found_again(library: Library, reports: Path) -> None:
    seen: list[Progress] = []
    told = library.add([reports], progress=seen.append)
    assert (told.added, told.updated, told.unchanged, told.failed) == (6, 0, 0, ())
    assert [step.done for step in seen] == [1, 2, 3, 4, 5, 6]
    best = library.search("Tổng giá trị thủy sản toàn huyện là bao nhiêu?")[0]
    assert "3.250 tỷ đồng" in best.chunk.text
    assert best.document.metadata.number == "12-BC/HU"
    assert set(best.parts) >= {"lexical", "dense", "coverage"}
    assert best.parts["coverage"] > 0.9
    assert -1.0 <= best.parts["dense"] <= 1.001


@pytest.mark.parametrize("mode", ["hybrid", "lexical", "dense"])
@pytest.mark.parametrize("query", ["giá trị du lịch toàn huyện", "gia tri du lich toan huyen"])
def test_every_mode_finds_with_and_without_diacritics(shelf: Library, mode: str, query: str) -> None:
    assert shelf.search(query, mode=mode)[0].document.metadata.number == "13-BC/HU"  # type: ignore[arg-type]


def test_an_unchanged_file_encodes_nothing(library: Library, reports: Path, embedder: HashingEmbedder) -> None:
    library.add([reports])
    encoded, version = embedder.encoded, library.version
    assert library.add([reports]).unchanged == 6
    assert (embedder.encoded, library.version) == (encoded, version)


def test_a_changed_file_replaces_its_old_version(library: Library, reports: Path) -> None:
    library.add([reports])
    changed = reports / "bao-cao-002.txt"
    changed.write_text(report("12-BC/HU", 2017, "thủy sản", "9.999"), "utf-8")
    assert library.add([reports]).updated == 1
    assert len(library.documents()) == 6
    texts = " ".join(hit.chunk.text for hit in library.search("tổng giá trị thủy sản", k=50))
    assert "9.999" in texts
    assert "3.250" not in texts


def test_the_same_bytes_in_two_folders_are_one_document(library: Library, reports: Path, tmp_path: Path) -> None:
    library.add([reports])
    copy = tmp_path / "copy" / "ban-sao.txt"
    copy.parent.mkdir()
    shutil.copy(reports / "bao-cao-001.txt", copy)
    assert library.add([copy]).added == 1
    (record,) = library.find(str(copy))
    assert len(record.paths) == 2
    assert len(library.documents()) == 6
    assert library.add([copy, reports]).unchanged == 7


def test_one_bad_file_does_not_stop_the_others(library: Library, reports: Path) -> None:
    (reports / "a-rong.txt").write_bytes(b"")
    (reports / "b-hong.pdf").write_bytes(b"%PDF-1.7 rubbish")
    told = library.add([reports, reports / "khong-co.txt"])
    assert told.added == 6
    assert len(told.failed) == 3
    # The path stands beside the reason, which does not name the file a second time.
    assert all(failure.reason and Path(failure.path).name not in failure.reason for failure in told.failed)
    states = {Path(record.path).name: (record.state, record.reason) for record in library.documents()}
    assert states["a-rong.txt"][0] == "failed"
    assert states["b-hong.pdf"][1]
    assert library.search("giá trị chăn nuôi")[0].document.state == "indexed"


def test_a_file_that_is_away_is_told_and_its_document_stays(library: Library, reports: Path) -> None:
    library.add([reports])
    path = reports / "bao-cao-001.txt"
    path.unlink()
    (failure,) = library.add([path]).failed
    assert (Path(failure.path), failure.reason[:18]) == (path, "không đọc được tệp")
    assert "No such file" not in failure.reason
    assert len(library.documents()) == 6
    assert library.find("11-BC/HU")[0].state == "indexed"


def test_a_mended_file_is_no_longer_a_failure(library: Library, reports: Path) -> None:
    broken = reports / "z.txt"
    broken.write_bytes(b"")
    library.add([reports])
    broken.write_text(report("99-BC/HU", 2022, "đất đai", "1"), "utf-8")
    library.add([reports])
    assert {record.state for record in library.documents()} == {"indexed"}
    assert len(library.documents()) == 7


@pytest.mark.parametrize("which", ["11-BC/HU", "11 bc hu", "bao-cao-001.txt"])
def test_a_removed_document_is_never_found_again(library: Library, reports: Path, which: str) -> None:
    library.add([reports])
    (record,) = library.find(which)
    assert library.remove(which) == 1
    assert library.remove(which) == 0
    for mode in ("hybrid", "lexical", "dense"):
        assert all(hit.document.id != record.id for hit in library.search("chăn nuôi", k=100, mode=mode))  # type: ignore[arg-type]
    with pytest.raises(LibraryError, match=record.id):
        library.document(record.id)


def test_numbers_are_compared_not_spelt(shelf: Library) -> None:
    assert [record.metadata.number for record in shelf.find_by_number("10 - bc / hu")] == ["10-BC/HU"]
    assert shelf.find_by_number("10/BC-UBND") == []
    assert len(shelf.cited_by("20-NQ/TW")) == 6
    assert shelf.cited_by("10-BC/HU") == []
    assert shelf.cited_by(None) == []


def test_a_number_in_the_question_leads_to_its_document(shelf: Library) -> None:
    assert shelf.search("kết quả trong báo cáo 14-BC/HU")[0].document.metadata.number == "14-BC/HU"


def test_filters_narrow_before_ranking(shelf: Library) -> None:

    def numbers(filters: Filters, mode: str) -> set[str | None]:
        hits = shelf.search("kết quả thực hiện", k=100, mode=mode, filters=filters)  # type: ignore[arg-type]
        return {hit.document.metadata.number for hit in hits}

    for mode in ("hybrid", "lexical", "dense"):
        assert numbers(Filters(years=(2017,)), mode) == {"12-BC/HU"}
        assert numbers(Filters(numbers=("13 bc/hu",)), mode) == {"13-BC/HU"}
        assert len(numbers(Filters(kinds=("báo cáo",), issuers=("huyện ủy",)), mode)) == 6
        assert numbers(Filters(kinds=("Kế hoạch",)), mode) == set()


@pytest.mark.parametrize("mode", ["hybrid", "lexical", "dense"])
def test_the_section_filter_knows_kinds_of_sections(shelf: Library, mode: str) -> None:
    hits = shelf.search("khoa học và công nghệ", k=100, mode=mode, filters=Filters(section="hạn chế"))  # type: ignore[arg-type]
    assert {hit.chunk.section for hit in hits} == {("II",)}
    assert len(hits) == 6


def test_a_hand_correction_outlives_reindexing(library: Library, reports: Path) -> None:
    library.add([reports])
    (record,) = library.find("10-BC/HU")
    library.correct(record.id, "issuer", "Huyện ủy Sơn Hải Đông")
    library.add([reports], rebuild=True)
    (record,) = library.find("10-BC/HU")
    assert (record.metadata.issuer, record.corrected) == ("Huyện ủy Sơn Hải Đông", ("issuer",))
    assert library.document(record.id).metadata.issuer == "Huyện ủy Sơn Hải Đông"
    assert library.search("trồng chè", filters=Filters(issuers=("Hải Đông",)))


def test_a_correction_follows_a_changed_file_only_where_the_mistake_stays(library: Library, reports: Path) -> None:
    library.add([reports])
    (record,) = library.find("10-BC/HU")
    library.correct(record.id, "number", "77-BC/HU")
    library.correct(record.id, "issuer", "Huyện ủy khác")
    (reports / "bao-cao-000.txt").write_text(report("78-BC/HU", 2015, "trồng chè", "5"), "utf-8")
    library.add([reports])
    (record,) = library.find("78-BC/HU")
    assert record.metadata.issuer == "Huyện ủy khác"
    assert library.find("77-BC/HU") == []


def moved_and_replaced(library: Library, folder: Path) -> tuple[str, str]:
    """Ids of a document that now stands at y/a.txt alone, and of the one that took its place at x/a.txt."""
    first, second = folder / "x" / "a.txt", folder / "y" / "a.txt"
    for path in (first, second):
        path.parent.mkdir(parents=True)
        path.write_text(report("11-BC/HU", 2016, "trồng chè", "5"), "utf-8")
    library.add([folder])
    (record,) = library.documents()
    first.write_text(report("12-BC/HU", 2017, "thủy sản", "6"), "utf-8")
    library.add([folder])
    (other,) = library.find("12-BC/HU")
    return record.id, other.id


def test_a_correction_leaves_the_document_alone_that_took_the_place(library: Library, tmp_path: Path) -> None:
    old, new = moved_and_replaced(library, tmp_path / "in")
    library.correct(old, "issuer", "Huyện ủy khác")
    paths = {record.id: [Path(path).parent.name for path in record.paths] for record in library.documents()}
    assert paths == {old: ["y"], new: ["x"]}
    assert Path(library.document(old).path).parent.name == "y"
    assert library.find("12-BC/HU")[0].metadata.issuer != "Huyện ủy khác"


def test_a_rebuild_without_paths_keeps_the_document_that_took_the_place(library: Library, tmp_path: Path) -> None:
    old, new = moved_and_replaced(library, tmp_path / "in")
    library.add([], rebuild=True)
    paths = {record.id: [Path(path).parent.name for path in record.paths] for record in library.documents()}
    assert paths == {old: ["y"], new: ["x"]}
    assert {hit.document.id for hit in library.search("tổng giá trị", k=50)} == {old, new}


def test_a_correction_does_not_bring_a_dead_path_back(library: Library, reports: Path) -> None:
    library.add([reports])
    (record,) = library.find("10-BC/HU")
    (reports / "bao-cao-000.txt").rename(reports / "moi.txt")
    library.add([reports])
    library.correct(record.id, "issuer", "Huyện ủy khác")
    (record,) = library.find("10-BC/HU")
    assert [Path(path).name for path in record.paths] == ["moi.txt"]
    assert Path(library.document(record.id).path).name == "moi.txt"


@pytest.mark.parametrize(
    ("given", "stored"),
    [("15/4/2022", "2022-04-15"), ("4/2022", "2022-04"), ("2022-04", "2022-04"), ("2022", "2022"), ("", None)],
)
def test_a_corrected_date_is_kept_as_iso(library: Library, reports: Path, given: str, stored: str | None) -> None:
    library.add([reports / "bao-cao-000.txt"])
    (record,) = library.documents()
    library.correct(record.id, "issued_on", given)
    assert library.documents()[0].metadata.issued_on == stored


@pytest.mark.parametrize("given", ["2022-4x", "hôm qua", "31/2/2022", "²022", "٢٠٢٢"])
def test_what_is_no_date_changes_nothing(library: Library, reports: Path, given: str) -> None:
    library.add([reports / "bao-cao-000.txt"])
    (record,) = library.documents()
    with pytest.raises(LibraryError, match="không phải một ngày"):
        library.correct(record.id, "issued_on", given)
    assert library.documents() == [record]


def test_a_correction_taken_back_gives_what_was_read_again(library: Library, reports: Path) -> None:
    library.add([reports / "bao-cao-000.txt"])
    (before,) = library.documents()
    library.correct(before.id, "number", "99-BC/HU")
    library.correct(before.id, "issuer", "Huyện ủy khác")
    library.uncorrect(before.id, "number")
    (record,) = library.find("10-BC/HU")
    assert (record.corrected, record.metadata.issuer) == (("issuer",), "Huyện ủy khác")
    assert library.find("99-BC/HU") == []
    assert "99-BC/HU" not in library.chunks(record.id)[0].prefix
    with pytest.raises(LibraryError, match="chưa được sửa tay"):
        library.uncorrect(record.id, "number")
    library.uncorrect(record.id)
    assert [(r.corrected, r.metadata) for r in library.documents()] == [((), before.metadata)]
    with pytest.raises(LibraryError, match="nobody"):
        library.uncorrect("nobody")


def test_an_unknown_field_cannot_be_corrected(library: Library, reports: Path) -> None:
    library.add([reports])
    with pytest.raises(LibraryError, match="colour"):
        library.correct(library.documents()[0].id, "colour", "red")
    with pytest.raises(LibraryError, match="nobody"):
        library.correct("nobody", "issuer", "x")


def test_other_settings_name_the_command_that_rebuilds(tmp_path: Path, reports: Path) -> None:
    home, other = tmp_path / "home", HashingEmbedder("other", 48)
    first = Library.open(home, embedder=HashingEmbedder())
    first.add([reports])
    first.close()
    with pytest.raises(LibraryMismatch, match=r"khi lập dùng .*'hashing'.*chọn .*'other'.*baocao index --rebuild"):
        Library.open(home, embedder=other)
    again = Library.open(home, embedder=other, rebuild=True)
    seen: list[str] = []
    told = again.add([], rebuild=True, progress=lambda progress: seen.append(progress.state))
    assert (told.rebuilt, told.added, seen) == (6, 0, ["rebuilt"] * 6)
    assert len(again.search("giá trị y tế", mode="dense")) > 0
    again.close()
    reopened = Library.open(home, embedder=other)
    assert len(reopened.documents()) == 6
    reopened.close()


def test_a_library_of_words_alone_needs_no_model(tmp_path: Path, reports: Path) -> None:
    library = Library.open(tmp_path / "words", IndexSettings(model="none"))
    library.add([reports])
    assert library.search("giá trị thủy sản toàn huyện")[0].document.metadata.number == "12-BC/HU"
    library.close()


@pytest.mark.parametrize("query", ["", "   ", "\x00\x01", "?", "(((", 'a" OR b:*', "x" * 100_000, "\ud800"])
def test_strange_questions_are_harmless(shelf: Library, query: str) -> None:
    for mode in ("hybrid", "lexical", "dense"):
        assert isinstance(shelf.search(query, mode=mode), list)  # type: ignore[arg-type]


def test_an_empty_library_finds_nothing(library: Library) -> None:
    assert library.search("diện tích chè") == []
    assert library.documents() == []


def test_the_fingerprint_follows_the_content(library: Library, reports: Path) -> None:
    before = library.fingerprint()
    library.add([reports])
    assert library.fingerprint() != before
    assert library.fingerprint() == library.fingerprint()


def test_lost_and_broken_caches_are_made_again(tmp_path: Path, reports: Path) -> None:
    home, embedder = tmp_path / "home", HashingEmbedder()
    first = Library.open(home, embedder=embedder)
    first.add([reports])
    expected = [hit.chunk.id for hit in first.search("trồng chè")]
    first.close()
    encoded = embedder.encoded
    shutil.rmtree(home / "vectors")
    for path in (home / "lexical").iterdir():
        path.write_bytes(b"rubbish")
    again = Library.open(home, embedder=embedder)
    assert [hit.chunk.id for hit in again.search("trồng chè")] == expected
    assert embedder.encoded == encoded
    again.close()


def test_a_broken_catalog_is_told(tmp_path: Path) -> None:
    (tmp_path / "catalog.sqlite").write_bytes(b"rubbish" * 1000)
    with pytest.raises(LibraryError, match=r"catalog\.sqlite"):
        Library.open(tmp_path, IndexSettings(model="none"))


def test_a_catalog_that_cannot_be_opened_names_the_file_and_what_to_look_at(tmp_path: Path) -> None:
    (tmp_path / "catalog.sqlite").mkdir()
    with pytest.raises(LibraryError, match=r"catalog\.sqlite.*thư mục có ghi được không"):
        Library.open(tmp_path, IndexSettings(model="none"))


def test_a_catalog_of_another_version_is_moved_away_and_made_anew(tmp_path: Path, reports: Path) -> None:
    home = tmp_path / "home"
    first = Library.open(home, embedder=HashingEmbedder())
    first.add([reports / "bao-cao-000.txt"])
    first.close()
    with sqlite3.connect(home / "catalog.sqlite") as connection:
        connection.execute("UPDATE meta SET value='999' WHERE key='schema'")
    connection.close()
    for rebuild in (False, True):
        with pytest.raises(LibraryError, match=r"catalog\.sqlite.*999.*chuyển tệp này đi nơi khác") as told:
            Library.open(home, embedder=HashingEmbedder(), rebuild=rebuild)
        assert "--rebuild" not in str(told.value)
    (home / "catalog.sqlite").rename(tmp_path / "old.sqlite")
    again = Library.open(home, embedder=HashingEmbedder())
    again.add([reports])
    for mode in ("lexical", "dense"):
        hits = again.search("tổng giá trị toàn huyện", k=100, mode=mode)  # type: ignore[arg-type]
        assert {hit.document.id for hit in hits} == {record.id for record in again.documents()}
        assert len({hit.chunk.id for hit in hits}) == len(hits) == again.size
    again.close()


def test_a_reader_deletes_nothing_that_a_writer_is_making(tmp_path: Path, reports: Path) -> None:
    home, embedder = tmp_path / "home", HashingEmbedder()
    first = Library.open(home, embedder=embedder)
    first.add([reports])
    expected = [hit.chunk.id for hit in first.search("trồng chè", mode="dense")]
    first.close()
    (stored,) = (home / "vectors").glob("vectors-*.faiss")
    stored.write_bytes(b"rubbish")
    reader = Library.open(home, embedder=embedder)
    made = home / "vectors" / "new-1.faiss"
    made.write_bytes(b"half")
    with write_lock(home / "write.lock", 1.0):
        reader.search("trồng chè", mode="dense")
        reader.search("trồng chè", mode="dense")
        assert made.exists()
        assert stored.exists()
    reader.close()
    again = Library.open(home, embedder=embedder)
    again.search("trồng chè", mode="dense")
    assert [hit.chunk.id for hit in again.search("trồng chè", mode="dense")] == expected
    again.close()


def test_threads_that_ended_leave_no_files_open(library: Library, reports: Path) -> None:
    if not Path("/proc/self/fd").is_dir():
        pytest.skip("needs /proc to count open files")
    library.add([reports])
    for _ in range(40):
        thread = threading.Thread(target=library.documents)
        thread.start()
        thread.join()
    links = [str(path.readlink()) for path in Path("/proc/self/fd").iterdir() if path.is_symlink()]
    assert sum(str(library.home / "catalog.sqlite") in link for link in links) < 10
    assert len(library.documents()) == 6


WRITER = """
import sys, time
from pathlib import Path
from index.locking import write_lock
with write_lock(Path(sys.argv[1]), 1.0):
    print("held", flush=True)
    time.sleep(60)
"""


def test_a_second_writer_is_told_who_holds_the_lock(tmp_path: Path, reports: Path) -> None:
    library = Library.open(tmp_path / "home", IndexSettings(lock_seconds=0.2), HashingEmbedder())
    holder = subprocess.Popen([sys.executable, "-c", WRITER, tmp_path / "home/write.lock"], stdout=subprocess.PIPE)
    try:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(LibraryLocked, match=str(holder.pid)):
            library.add([reports])
        assert library.documents() == []
    finally:
        holder.kill()
        holder.wait()
        if holder.stdout:
            holder.stdout.close()
    assert library.add([reports]).added == 6
    library.close()


READER = """
import sys
from pathlib import Path
from index.library import Library
from tests.index.support import HashingEmbedder
library = Library.open(Path(sys.argv[1]), embedder=HashingEmbedder())
for line in sys.stdin:
    print(len(library.search("giá trị toàn huyện", k=100)), len(library.documents()), flush=True)
"""


def test_a_reader_in_another_process_sees_what_was_written(tmp_path: Path, library: Library, reports: Path) -> None:
    library.add([reports / "bao-cao-000.txt"])
    root = Path(__file__).parents[2]
    with subprocess.Popen(
        [sys.executable, "-c", READER, tmp_path / "home"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root)},
        text=True,
    ) as reader:
        assert reader.stdin is not None
        assert reader.stdout is not None

        def ask() -> tuple[int, int]:
            print(file=reader.stdin, flush=True)
            assert reader.stdout is not None
            hits, documents = reader.stdout.readline().split()
            return int(hits), int(documents)

        few = ask()
        assert few[0] > 0
        library.add([reports])
        many = ask()
        assert many[1] == 6
        assert many[0] > few[0]
        library.remove("11-BC/HU")
        assert ask()[1] == 5


def test_threads_search_while_one_writes(library: Library, reports: Path) -> None:
    library.add([reports / "bao-cao-000.txt"])
    errors: list[BaseException] = []
    stop = time.monotonic() + 1.0

    def ask() -> None:
        try:
            while time.monotonic() < stop:
                assert library.search("giá trị trồng chè toàn huyện")
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    library.add([reports])
    library.remove("12-BC/HU")
    for thread in threads:
        thread.join()
    assert errors == []
    assert len(library.documents()) == 5
