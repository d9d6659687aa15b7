"""Metadata as corrected by hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace

from corpus.document import Metadata

_FIELDS = frozenset(field.name for field in fields(Metadata)) - {"number_blank"}


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
