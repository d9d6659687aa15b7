"""Filters on what a document is: level, place and period."""

from __future__ import annotations

import pytest

from corpus.document import Metadata
from index.records import passes
from index.types import DocumentRecord, Filters

RECORD = DocumentRecord(
    id="0" * 16,
    paths=("a.txt",),
    metadata=Metadata(kind="Báo cáo", level="huyện", place="Tam Đường", period="quý II năm 2023"),
    pages=1,
    format="txt",
)


@pytest.mark.parametrize(
    ("filters", "left"),
    [
        (Filters(levels=("huyện",)), True),
        (Filters(levels=("Huyen", "xã")), True),
        (Filters(levels=("xã",)), False),
        (Filters(places=("tam duong",)), True),
        (Filters(places=("Tam Đường",), levels=("tỉnh",)), False),
        (Filters(periods=("quý II",)), True),
        (Filters(periods=("quý I",)), False),
        (Filters(periods=("năm 2023",)), True),
        (Filters(periods=("giai đoạn 2021–2025",)), False),
    ],
)
def test_facets_narrow(filters: Filters, left: bool) -> None:
    assert bool(filters)
    assert passes(RECORD, filters) == left
