from __future__ import annotations

from pathlib import Path
from typing import Any

from index.lexical import LexicalEntry, LexicalIndex, Term


class Meanwhile:
    """A searcher during whose search another thread changes the index."""

    def __init__(self, index: LexicalIndex) -> None:
        self._index, self._inner = index, index._searcher
        self.fast_field_values = self._inner.fast_field_values

    def search(self, *arguments: Any, **named: Any) -> Any:
        found = self._inner.search(*arguments, **named)
        self._index.apply(["a"], [LexicalEntry(7, "b", {"folded": ["rung"]})], 2)
        return found


def test_a_search_stays_with_what_it_found_while_the_index_changes(tmp_path: Path) -> None:
    index = LexicalIndex(tmp_path)
    index.apply([], [LexicalEntry(row, "a", {"folded": ["che"]}) for row in (3, 4, 5)], 1)
    index._searcher = Meanwhile(index)
    rows, scores = index.search([Term("folded", "che")], 10)
    assert sorted(rows) == [3, 4, 5]
    assert len(scores) == 3
    assert index.search([Term("folded", "che")], 10)[0].tolist() == []
    assert index.search([Term("folded", "rung")], 10)[0].tolist() == [7]
