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


def test_a_library_that_outgrows_exact_search_goes_on_with_a_graph(tmp_path: Path) -> None:
    """The switch by size, and removal, which a graph cannot do, keep what is found the same."""
    reports = tmp_path / "reports"
    write_reports(reports, 6)
    exact = Library.open(tmp_path / "exact", embedder=HashingEmbedder())
    graph = Library.open(tmp_path / "graph", IndexSettings(exact_up_to=12), HashingEmbedder())
    for library in (exact, graph):
        library.add([reports / "bao-cao-000.txt"])
        assert vector_kind(library.home) == "exact"
        library.add([reports])
    assert (vector_kind(exact.home), vector_kind(graph.home)) == ("exact", "hnsw32")
    for library in (exact, graph):
        library.remove("13-BC/HU")
    for query in ("giá trị thủy sản", "kiến nghị hỗ trợ kinh phí y tế"):
        found = [
            [(hit.chunk.id, round(hit.parts["dense"], 3)) for hit in library.search(query, k=50, mode="dense")]
            for library in (exact, graph)
        ]
        assert sorted(found[0]) == sorted(found[1])
        assert len(found[0]) == exact.size
    exact.close()
    graph.close()
    Library.open(tmp_path / "graph", IndexSettings(exact_up_to=12), HashingEmbedder()).close()
