"""Laws that a question names by their title ("Luật Thanh tra 2025"): which of the library's is meant, or none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.text import fold
from index.types import DocumentRecord
from qa.language.figures import UPPER
from qa.understanding.periods import issue_year

_KINDS = frozenset(("luat", "bo luat", "phap lenh"))
_NAMED = re.compile(rf"(?<!\w)(?:Bộ l|L)uật\s+(?=[{UPPER}])")
_NAMED_BARE = re.compile(r"(?<!phap )(?<!ky )\bluat\s+(?=[a-z])")
_AMENDING = re.compile(r"\bsua doi(?:,? bo sung)?(?: mot so dieu)?(?: cua)? (?:bo )?luat\b")
_YEAR = re.compile(r"\W*(?:nam\s+)?((?:19|20)\d\d)\b(?![/.-]\d)")


@dataclass(frozen=True, slots=True)
class Titled:
    """The laws that a question names by title.

    Args:
        records: those of the library.
        rest: the question without their names.
        unknown: folded first words of a law's title that no document of the library carries ("luat dien luc").
    """

    records: tuple[DocumentRecord, ...] = ()
    rest: str = ""
    unknown: str = ""


def titled_in(text: str, marked: bool, readable: Sequence[DocumentRecord]) -> Titled:
    """Find the laws that are named by title; a law of another year than the library's is unknown."""
    folded = fold(text)
    laws = [(record, _title_of(record)) for record in readable if fold(record.metadata.kind or "") in _KINDS]
    found: list[DocumentRecord] = []
    rest, unknown = text, ""
    for match in reversed(list((_NAMED if marked else _NAMED_BARE).finditer(text if marked else folded))):
        behind = folded[match.end() :]
        amending = _AMENDING.search(folded[: match.end()])
        short = _ACRONYM.match(text, match.end())
        ends = [(r, _end_of(r, title, behind, bool(amending), fold(short[0]) if short else "")) for r, title in laws]
        end = max((e for _, e in ends), default=0)
        records = [r for r, e in ends if e == end > 0]
        if not records:
            unknown = f"luat {' '.join(re.findall(r'[a-z0-9]+', behind)[:_FIRST])}" if marked and not found else unknown
            continue
        year = _YEAR.match(behind, end)
        if year and not (records := [r for r in records if int(year[1]) in (issue_year(r), 0)]):
            return Titled(unknown=f"luat {year[1]}")
        found.extend(records)
        start = _BEFORE.search(folded[: amending.start() if amending else match.start()]).start()  # type: ignore[union-attr]
        rest = f"{rest[:start]} {rest[match.end() + (year.end() if year else end) :]}"
    return Titled(tuple(found), " ".join(rest.split()).strip(" ,"), unknown)


_FIRST = 2
_BEFORE = re.compile(r"(?:,?\s*\b(?:theo|trong|tai|cua|o|luat)\s+)*$")


def _title_of(record: DocumentRecord) -> str:
    """The folded title without what it says of amending."""
    words = " ".join(re.findall(r"[a-z0-9/]+", fold(record.metadata.subject or "")))
    return re.sub(r"^sua doi bo sung mot so dieu cua (?:bo )?luat ", "", words)


def _end_of(record: DocumentRecord, title: str, behind: str, amending: bool, short: str) -> int:
    """Where the title ends in what stands behind "Luật"; 0 where another stands there.

    Of the law that one amends, the first words will do; of any, its initials ("Luật BHXH").
    """
    amends = fold(record.metadata.subject or "").startswith("sua doi")
    words = title.split()
    if not words or amends != amending:
        return 0
    if short and short == "".join(word[0] for word in words if word != "va"):
        return len(short)
    for count in range(len(words), _SHORT - 1 if amends else len(words) - 1, -1):
        if match := re.match(r"\W+".join(words[:count]) + r"(?![a-z])", behind):
            return match.end()
    return 0


_SHORT = 2
_ACRONYM = re.compile(rf"[{UPPER}]{{3,}}(?![^\W\d_])")
