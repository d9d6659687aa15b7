"""Metadata as corrected by hand."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import date

from corpus.document import Metadata
from index.types import LibraryError

_FIELDS = frozenset(field.name for field in fields(Metadata)) - {"number_blank", "attached"}
_DATE = re.compile(r"(?:(?:(\d{1,2})[/.-])?(\d{1,2})[/.-])?(\d{4})", re.ASCII)
_ISO = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?", re.ASCII)


def correctable(name: str) -> bool:
    """Whether a field of the metadata can be corrected by hand."""
    return name in _FIELDS


def corrected(metadata: Metadata, corrections: Mapping[str, str]) -> Metadata:
    """Metadata with hand corrections applied; "" means that a field is unknown, recipients are separated by ";"."""
    values: dict[str, object] = {}
    for name, value in corrections.items():
        if name == "recipients":
            values[name] = tuple(part.strip() for part in value.split(";") if part.strip())
        elif correctable(name):
            values[name] = value or None
    if values.get("number"):
        values["number_blank"] = False
    return replace(metadata, **values) if values else metadata  # type: ignore[arg-type]


def iso_date(text: str) -> str:
    """A date as people write it ("15/4/2022", "4/2022", "2022") or ISO, as ISO; "" stays.

    Raises:
        LibraryError: it is no date.
    """
    plain = "".join(text.split())
    if not plain:
        return ""
    if not _ISO.fullmatch(plain):
        match = _DATE.fullmatch(plain)
        if not match:
            raise LibraryError(f"“{text}” không phải một ngày; hãy viết như 15/4/2022, 4/2022 hoặc 2022.")
        plain = "-".join(part.zfill(2) for part in reversed(match.groups()) if part)
    year, month, day = (*map(int, plain.split("-")), 1, 1)[:3]
    try:
        date(year, month, day)
    except ValueError as error:
        raise LibraryError(f"“{text}” không phải một ngày có thật.") from error
    return plain
