"""Places that a chat writes by their initials ("TĐ"), where one place of the library alone has them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from corpus.text import fold
from index.library import Library
from qa.language.words import ACRONYMS

_INITIALS = re.compile(r"(?<![\w/.&-])[A-ZĐ]{2,3}(?![\w/&-]|\.\w)")
# "huyện TĐ", "ở TĐ", "TĐ có …", but not "phòng BM" or "dự án SK".
_BEFORE = re.compile(r"(?:^|\b(?:huyen|xa|tinh|o|tai|cua|ubnd|hdnd|uy|toan|va|voi|den|tu|\d{4}))\W*$")
_KNOWN = frozenset("TP TX TT HU TU HĐ NQ QĐ KH BC CV CT TB TTR KL CTR".split())


def places_written_out(text: str, library: Library) -> str:
    """The text with such initials written out; those that a document says itself stay."""
    if not _INITIALS.search(text):
        return text
    places = {r.metadata.place for r in library.documents() if r.metadata.place and r.state == "indexed"}

    def written(match: re.Match[str]) -> str:
        placed = _BEFORE.search(fold(text[: match.start()]))
        return (_place(match[0], places, library) if placed else "") or match[0]

    return _INITIALS.sub(written, text)


def _place(initials: str, places: Iterable[str], library: Library) -> str:
    if initials in _KNOWN or initials.lower() in ACRONYMS or library.frequency((initials.lower(),), marked=True):
        return ""
    found = [place for place in places if "".join(word[0].upper() for word in place.split()) == initials]
    return found[0] if len(found) == 1 else ""
