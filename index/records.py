"""What a library knows of its documents at one version: lookups by id, number and path, and filters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path, PurePosixPath

from corpus.numbers import number_key
from corpus.text import fold
from index.abbreviations import Abbreviations, listed
from index.catalog import Catalog
from index.folders import place
from index.lexical import Scope
from index.queries import section_names
from index.tokens import acronym_key
from index.types import DocumentRecord, Filters

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Records:
    """The documents of one catalog version, and what is derived from them."""

    version: int
    all: tuple[DocumentRecord, ...]
    by_id: Mapping[str, DocumentRecord]
    by_number: Mapping[str, tuple[DocumentRecord, ...]]
    by_attached: Mapping[str, tuple[DocumentRecord, ...]]
    abbreviations: Abbreviations

    @classmethod
    def read(cls, catalog: Catalog, version: int) -> Records:
        """The records of a catalog, read at a version."""
        records = tuple(catalog.records())
        told = [(record, record.metadata) for record in records]
        return cls(
            version,
            records,
            {record.id: record for record in records},
            _keyed((data.number, record) for record, data in told if data.number),
            _keyed((number, record) for record, data in told for number in data.attached),
            Abbreviations([*listed(), *catalog.abbreviations()]),
        )

    def numbered(self, number: str) -> list[DocumentRecord]:
        """Documents that carry a number, in whatever spelling."""
        return list(self.by_number.get(number_key(number), ()))

    def attached(self, number: str) -> list[DocumentRecord]:
        """Documents behind which, in the same file, one stands that carries a number."""
        return list(self.by_attached.get(number_key(number), ()))

    def find(self, which: str) -> list[DocumentRecord]:
        """Documents by id, number or path; the end of a path is enough."""
        if which in self.by_id:
            return [self.by_id[which]]
        if numbered := self.numbered(which):
            return numbered
        where = place(Path(which))
        exact = [record for record in self.all if where in record.paths]
        return exact or [record for record in self.all if any(_ends(path, which) for path in record.paths)]

    def scope(self, filters: Filters) -> Scope:
        """Where a filtered search may look."""
        sections = section_names(filters.section)
        narrowed = replace(filters, section="")
        if not narrowed:
            return Scope(None, sections)
        return Scope(frozenset(record.id for record in self.all if passes(record, narrowed)), sections)


def _keyed(pairs: Iterable[tuple[str, DocumentRecord]]) -> dict[str, tuple[DocumentRecord, ...]]:
    found: dict[str, tuple[DocumentRecord, ...]] = {}
    for number, record in pairs:
        key = number_key(number)
        found[key] = (*found.get(key, ()), record)
    return found


def _ends(path: str, which: str) -> bool:
    """Whether a path ends with the whole names of another; both may be written as on Windows."""
    names, wanted = (PurePosixPath(written.replace("\\", "/")).parts for written in (path, which))
    return bool(wanted) and names[-len(wanted) :] == wanted


def passes(record: DocumentRecord, filters: Filters) -> bool:
    """Whether a document is one that the filters leave; a section narrows passages, no documents."""
    told = record.metadata
    year = int(told.issued_on[:4]) if told.issued_on and told.issued_on[:4].isdecimal() else None
    keys = {number_key(number) for number in filters.numbers}
    return all(
        (
            not filters.kinds or _named(told.kind, filters.kinds, whole=True),
            not filters.issuers or _named(told.issuer, filters.issuers, whole=False),
            not filters.years or year in filters.years,
            not keys or any(number_key(number) in keys for number in (told.number, *told.attached) if number),
            not filters.documents or record.id in filters.documents,
            not filters.levels or _named(told.level, filters.levels, whole=True),
            not filters.places or _named(told.place, filters.places, whole=False),
            not filters.periods or _covers(told.period, filters.periods),
        )
    )


def _named(value: str | None, wanted: Sequence[str], *, whole: bool) -> bool:
    plain = fold(value or "")
    return any(form == plain if whole else form in plain for name in wanted for form in _forms(name))


@lru_cache(maxsize=256)
def _forms(name: str) -> tuple[str, ...]:
    """A name as it was given, and with its acronyms written out ("UBND huyện")."""
    long = {acronym_key(short): form for short, form in listed()}
    written = " ".join(long.get(acronym_key(word), word) for word in name.split())
    return tuple(dict.fromkeys((fold(name), fold(written))))


def _covers(period: str | None, wanted: Sequence[str]) -> bool:
    """Whether the words of a period stand in it side by side; "quý I" is not in "quý II"."""
    told, *asked = (" ".join(["", *_WORD.findall(fold(words)), ""]) for words in (period or "", *wanted))
    return any(words in told for words in asked)
