"""Where a question says that its answer stands: in the list of documents that goes with a report."""

from __future__ import annotations

import re

from corpus.text import fold
from qa.understanding.claimed import blank
from qa.understanding.patterns import DOCUMENT_KINDS

LISTED = "danh muc"
"""The folded label of such a list, as `Question.labels` holds it."""
_DOCUMENT = rf"(?:\s+(?:cac\s+|ban\s+|cuoi\s+)?(?:{DOCUMENT_KINDS})(?:\s+tong ket|\s+so ket)?)?"
_LIST = rf"(?:danh muc|bang ke|phu luc){_DOCUMENT}"
_AT = r"\b(?:trong|theo|tai|o)\s+(?:phan\s+)?"
_PLACE = re.compile(
    rf"(?:{_AT})?\b(?:bang\s+)?{_LIST}\s+(?:di\s+|dinh\s+)?kem(?:\s+theo)?{_DOCUMENT}"
    rf"|{_AT}(?:bang\s+)?{_LIST}(?!\s+\d)|\bbang\s+danh muc{_DOCUMENT}"
)


def catalogue_in(text: str) -> tuple[int, int] | None:
    """Where the words stand that name such a list as the place ("trong danh mục kèm báo cáo"); None where none do."""
    match = _PLACE.search(fold(text))
    return match.span() if match else None


def without_catalogue(text: str) -> str:
    """The text with these words blanked out, offsets kept: the document that they name is none that is asked for."""
    span = catalogue_in(text)
    return blank(text, [span]) if span else text
