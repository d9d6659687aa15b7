"""A library survives SIGKILL at any moment: it opens, agrees with itself, and goes on where it was."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from index.library import Library
from index.types import LibraryMismatch
from tests.index.support import HashingEmbedder, write_reports

ROOT = Path(__file__).parents[2]

# Indexes a folder and kills itself: after N files, or inside a named step of bringing the caches up to date.
INDEXER = """
import os, signal, sys
from pathlib import Path
from index import lexical, library, storing, vectors
from tests.index.support import HashingEmbedder

home, reports, moment, removed, rebuild = sys.argv[1:6]

def die(*args, **kwargs):
    os.kill(os.getpid(), signal.SIGKILL)

STEPS = {
    "in a transaction": (storing, "_insert_chunks"),
    "before words": (lexical.LexicalIndex, "apply"),
    "between words and their version": (lexical, "_write_version"),
    "before vectors": (vectors.VectorIndex, "save"),
    "before old vectors go": (vectors, "forget"),
}
def progress(step):
    if str(step.done) == moment:
        die()

opened = library.Library.open(Path(home), embedder=HashingEmbedder())
if moment in STEPS:
    setattr(*STEPS[moment], die)
if removed:
    opened.remove(removed)
opened.add([Path(reports)], progress=progress, rebuild=bool(rebuild))
"""


def run_and_die(home: Path, reports: Path, moment: str, removed: str = "", rebuild: str = "") -> None:
    finished = subprocess.run(
        [sys.executable, "-c", INDEXER, home, reports, moment, removed, rebuild],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=False,
        timeout=60,
    )
    assert finished.returncode == -signal.SIGKILL


def check(library: Library, home: Path) -> int:
    """The catalog agrees with itself and both caches with the catalog; the number of documents."""
    records = library.documents()
    with sqlite3.connect(home / "catalog.sqlite") as connection:
        rows = {row for (row,) in connection.execute("SELECT row FROM chunks")}
        assert rows == {row for (row,) in connection.execute("SELECT row FROM embeddings")}
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()
    assert sum(record.chunks for record in records) == len(rows) == library.size
    for mode in ("lexical", "dense"):
        hits = library.search("tổng giá trị toàn huyện báo cáo kết quả", k=1000, mode=mode)  # type: ignore[arg-type]
        assert len({hit.chunk.id for hit in hits}) == len(hits)
        assert {hit.document.id for hit in hits} == {record.id for record in records}
    for record in records:
        assert len(library.chunks(record.id)) == record.chunks > 0
        assert library.document(record.id).id == record.id
    return len(records)


@pytest.mark.parametrize(
    ("moment", "least"),
    [
        ("7", 7),
        ("in a transaction", 0),
        ("before words", 12),
        ("between words and their version", 12),
        ("before vectors", 12),
        ("before old vectors go", 12),
    ],
)
def test_a_kill_loses_at_most_the_document_at_hand(tmp_path: Path, moment: str, least: int) -> None:
    home, reports = tmp_path / "home", tmp_path / "reports"
    write_reports(reports, 12)
    run_and_die(home, reports, moment)
    embedder = HashingEmbedder()
    library = Library.open(home, embedder=embedder)
    assert check(library, home) == least
    assert embedder.encoded == 0
    assert library.add([reports]).unchanged == least
    assert check(library, home) == 12
    library.close()


@pytest.mark.parametrize(
    ("moment", "left"),
    [("in a transaction", 6), ("before words", 5), ("between words and their version", 5), ("before vectors", 5)],
)
def test_a_kill_while_deleted_files_leave(tmp_path: Path, moment: str, left: int) -> None:
    home, reports = tmp_path / "home", tmp_path / "reports"
    paths = write_reports(reports, 6)
    first = Library.open(home, embedder=HashingEmbedder())
    first.add([reports])
    first.close()
    paths[2].unlink()
    paths[3].write_text(paths[3].read_text("utf-8").replace("12 hội nghị", "15 hội nghị"), "utf-8")
    run_and_die(home, reports, moment)
    library = Library.open(home, embedder=HashingEmbedder())
    assert check(library, home) == left
    library.add([reports])
    assert check(library, home) == 5
    assert library.find("12-BC/HU") == []
    library.close()


@pytest.mark.parametrize("moment", ["between words and their version", "before vectors"])
def test_a_document_removed_before_a_kill_stays_out(tmp_path: Path, moment: str) -> None:
    home, reports = tmp_path / "home", tmp_path / "reports"
    write_reports(reports, 5)
    first = Library.open(home, embedder=HashingEmbedder())
    first.add([reports])
    first.close()
    run_and_die(home, reports, moment, removed="12-BC/HU")
    library = Library.open(home, embedder=HashingEmbedder())
    assert check(library, home) == 4
    assert library.find("12-BC/HU") == []
    library.close()


def test_a_killed_rebuild_asks_to_be_done_again(tmp_path: Path) -> None:
    home, reports = tmp_path / "home", tmp_path / "reports"
    write_reports(reports, 3)
    first = Library.open(home, embedder=HashingEmbedder())
    first.add([reports])
    first.close()
    run_and_die(home, reports, "in a transaction", rebuild="yes")
    with pytest.raises(LibraryMismatch, match="--rebuild"):
        Library.open(home, embedder=HashingEmbedder())
    library = Library.open(home, embedder=HashingEmbedder(), rebuild=True)
    library.add([], rebuild=True)
    assert check(library, home) == 3
    library.close()
    Library.open(home, embedder=HashingEmbedder()).close()
