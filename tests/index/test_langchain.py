from __future__ import annotations

from pathlib import Path

import pytest

from index.library import Library
from index.types import Filters
from tests.index.support import HashingEmbedder, write_reports


def test_the_retriever_gives_what_a_citation_needs(tmp_path: Path) -> None:
    from langchain_core.runnables import RunnableLambda

    from index.langchain import BaocaoRetriever

    library = Library.open(tmp_path / "home", embedder=HashingEmbedder())
    library.add(write_reports(tmp_path / "reports", 4))
    chain = BaocaoRetriever(library=library, k=2) | RunnableLambda(lambda found: found)
    first, second = chain.invoke("Tổng giá trị chăn nuôi toàn huyện")
    assert first.metadata["number"] == "11-BC/HU"
    assert first.metadata["section"] == ["I", "1"]
    assert first.metadata["quote"] == first.page_content
    start, end = first.metadata["span"]
    assert library.document(first.metadata["document"]).text[start:end] == first.page_content
    assert first.metadata["pages"] == [1, 1]
    assert first.metadata["score"] >= second.metadata["score"]
    narrowed = BaocaoRetriever(library=library, filters=Filters(years=(2015,)))
    assert {found.metadata["number"] for found in narrowed.invoke("kết quả")} == {"10-BC/HU"}
    with pytest.raises(ValueError, match="unknown"):
        BaocaoRetriever(library=library, unknown=1)  # type: ignore[call-arg]
    library.close()
