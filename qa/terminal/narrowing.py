"""What to tell a person whose filters leave no document."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from index.records import passes
from index.types import DocumentRecord, Filters

_SHOWN = 12
_NONE = Filters()
# Each filter with its words and what a document says of it.
_TOLD: dict[str, tuple[str, Callable[[DocumentRecord], str | None]]] = {
    "kinds": ("loại văn bản", lambda record: record.metadata.kind),
    "issuers": ("cơ quan ban hành", lambda record: record.metadata.issuer),
    "years": ("năm ban hành", lambda record: (record.metadata.issued_on or "")[:4]),
    "numbers": ("số văn bản", lambda record: record.metadata.number),
    "levels": ("cấp", lambda record: record.metadata.level),
    "places": ("nơi ban hành", lambda record: record.metadata.place),
    "periods": ("kỳ báo cáo", lambda record: record.metadata.period),
}


def left_nothing(records: Sequence[DocumentRecord], filters: Filters) -> str:
    """Why no document of the library passes the filters, and what there is; "" where one does, or all are free."""
    known = [record for record in records if record.state == "indexed"]
    narrowed = replace(filters, section="")
    if not known or any(passes(record, narrowed) for record in known):
        return ""
    for name, (words, told) in _TOLD.items():
        wanted = getattr(filters, name)
        alone = replace(_NONE, **{name: wanted})
        if wanted and not any(passes(record, alone) for record in known):
            sought = " hoặc ".join(f"“{value}”" for value in wanted)
            there = sorted({value for record in known if (value := told(record))})
            return f"Không văn bản nào có {words} là {sought}; {_listed(there)}."
    return "Không văn bản nào hợp với tất cả các bộ lọc cùng lúc; hãy bỏ bớt một bộ lọc."


def _listed(values: Sequence[str]) -> str:
    if not values:
        return "không văn bản nào ghi mục này"
    more = " …" if len(values) > _SHOWN else ""
    return f"trong kho có: {', '.join(values[:_SHOWN])}{more}"
