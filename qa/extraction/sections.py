"""Whether a piece of text stands in the section that a question names, or speaks of it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.document import SectionPath
from corpus.text import fold
from qa.understanding.catalogues import LISTED


def says_labels(labels: Sequence[str], text: str) -> bool:
    """Whether a text speaks of the named articles from outside of them: "Quy định tại Điều 14 có hiệu lực từ …"."""
    folded = fold(text)
    return all(re.search(rf"\b{re.escape(label)}\b(?!\.\d)", folded) for label in labels)


def stands_in(labels: Sequence[str], section: SectionPath) -> bool:
    """Whether a section is one that the question names."""
    if not labels:
        return True
    path = " / ".join(fold(label) for label in section)
    for label in labels:
        head, _, tail = label.partition(" ")
        if label in _ANNEXES:
            if not any(annex in path for annex in _ANNEXES):
                return False
        elif head in ("muc", "phan"):
            if not path.endswith(tail.split(".")[-1]):
                return False
        elif label not in path:
            return False
    return True


# A list of documents is headed by either.
_ANNEXES = ("phu luc", LISTED)
