"""Places that a chat writes by their initials ("TĐ"), where one place of the library alone has them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from index.library import Library
from qa.language.words import ACRONYMS

_INITIALS = re.compile(r"(?<![\w/.&-])[A-ZĐ]{2,3}(?![\w/&-]|\.\w)")
_KNOWN = frozenset("TP TX TT HU TU HĐ NQ QĐ KH BC CV CT TB TTR KL CTR".split())


def places_written_out(text: str, library: Library) -> str:
    """The text with such initials written out; those that a document says itself stay."""
    if not _INITIALS.search(text):
        return text
    places = {r.metadata.place for r in library.documents() if r.metadata.place and r.state == "indexed"}
    return _INITIALS.sub(lambda match: _place(match[0], places, library) or match[0], text)


def _place(initials: str, places: Iterable[str], library: Library) -> str:
    if initials in _KNOWN or initials.lower() in ACRONYMS or library.frequency((initials.lower(),), marked=True):
        return ""
    found = [place for place in places if "".join(word[0].upper() for word in place.split()) == initials]
    return found[0] if len(found) == 1 else ""
