from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from corpus.document import Metadata
from index.types import DocumentRecord, Filters
from qa.web.workplace import Workplace


def workplace(*metas: Metadata) -> Workplace:
    records = [DocumentRecord(str(number), (), meta, 1, "txt") for number, meta in enumerate(metas)]
    library: Any = SimpleNamespace(documents=lambda: records)
    nothing: Any = None
    return Workplace(settings=nothing, library=library, assistant=nothing)


@pytest.mark.parametrize("odd", ["²022-01", "khoảng 2020", "-", ""])
def test_a_date_that_is_none_hides_no_filter(odd: str) -> None:
    place = workplace(Metadata(kind="Báo cáo", issued_on="2022-04"), Metadata(kind="Tờ trình", issued_on=odd))
    assert place.facets() == (["Báo cáo", "Tờ trình"], [], [2022])


def test_an_odd_year_passes_no_filter() -> None:
    from index.records import passes

    record = DocumentRecord("a", (), Metadata(issued_on="²022"), 1, "txt")
    assert not passes(record, Filters(years=(2022,)))
