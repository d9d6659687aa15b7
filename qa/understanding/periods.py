"""The years that a question asks about, and those that a passage speaks of."""

from __future__ import annotations

import re

from corpus.text import fold
from index.types import DocumentRecord
from qa.language.figures import (
    find_dates,
    find_years,
    without_bases,
)
from qa.language.units import ChunkUnits, Unit
from qa.understanding.question import Question


def years_fit(question: Question, unit: Unit, units: ChunkUnits, record: DocumentRecord) -> bool:
    """Whether every asked year is the unit's, its heading's or its document's; a base of comparison does not
    count.
    """
    if not question.years:
        return True
    text = without_bases(unit.text)
    own = {year for _, _, year in find_years(text)} | {int(iso[:4]) for _, _, iso in find_dates(text)}
    labels = {int(t.folded) for label in unit.labels for t in label.tokens if is_year(t.folded)}
    lead = {int(t.folded) for t in (unit.lead.tokens if unit.lead else ()) if is_year(t.folded)}
    heading = {int(t.folded) for t in units.heading.tokens if is_year(t.folded)}
    based = asks_change(question)
    for year in question.years:
        if year in own | labels or (based and str(year) in unit.text):
            continue
        # The nearest year that is named decides: the sentence before, the headings, the document.
        nearest = lead or heading or {own_year(record)}
        if year not in nearest and not (year in heading and not lead - heading):
            return False
    return True


def asks_change(question: Question) -> bool:
    """Whether a year of the question may be the one that another is compared with."""
    return bool(_BASED.search(fold(question.text)))


_BASED = re.compile(r"so voi|ke tu|\btu nam|tang|giam|hon nam|them")


def is_year(token: str) -> bool:
    """Whether a token is a year."""
    return len(token) == 4 and token.isdigit() and token[:2] in ("19", "20")


def own_year(record: DocumentRecord) -> int:
    """The year that a document reports on: the first one of its subject, else of its date; 0 where unknown."""
    metadata = record.metadata
    for part in (metadata.subject, metadata.period):
        if part and (years := find_years(part)):
            return years[0][2]
    return int((metadata.issued_on or "0")[:4])


def issue_year(record: DocumentRecord) -> int:
    """The year in which a document was issued; 0 where unknown."""
    return int((record.metadata.issued_on or "0")[:4])
