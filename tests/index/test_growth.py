from __future__ import annotations

import json
import sqlite3
from pathlib import Path

from index.library import Library
from index.settings import IndexSettings
from tests.index.support import HashingEmbedder, write_reports


def vector_kind(home: Path) -> str:
    with sqlite3.connect(home / "catalog.sqlite") as connection:
        (told,) = connection.execute("SELECT value FROM meta WHERE key='manifest'").fetchone()
    connection.close()
    kind: str = json.loads(told)["vectors"]
    return kind


def test_a_library_that_outgrows_exact_search_goes_on_with_sketches(tmp_path: Path) -> None:
    """The switch by size, and removal, which sketches do not allow, keep what is found the same."""
    reports = tmp_path / "reports"
    write_reports(reports, 6)
    exact = Library.open(tmp_path / "exact", embedder=HashingEmbedder())
    grown = Library.open(tmp_path / "grown", IndexSettings(exact_up_to=16), HashingEmbedder())
    for library in (exact, grown):
        library.add([reports / "bao-cao-000.txt"])
        assert vector_kind(library.home) == "exact"
        library.add([reports])
    assert (vector_kind(exact.home), vector_kind(grown.home)) == ("exact", "pq48x4")
    for library in (exact, grown):
        library.remove("13-BC/HU")
    for query in ("giá trị thủy sản", "kiến nghị hỗ trợ kinh phí y tế"):
        found = [
            [(hit.chunk.id, round(hit.parts["dense"], 3)) for hit in library.search(query, k=50, mode="dense")]
            for library in (exact, grown)
        ]
        shared, likely = ({told for told in one if told[1] > 0} for one in found)
        assert shared == likely
        assert len(shared) > 10
    exact.close()
    grown.close()
    Library.open(tmp_path / "grown", IndexSettings(exact_up_to=16), HashingEmbedder()).close()
