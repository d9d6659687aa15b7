"""To whom a letter is written: the lines of "Kính gửi" at its head."""

from __future__ import annotations

import re

from corpus.document import Document
from corpus.text import fold
from index.types import DocumentRecord
from qa.citations import Pick

# In the text of a PDF it may stand behind the subject, in one line.
_ADDRESSED = re.compile(r"(?:^[ \t*]*kinh gui[ \t*]*:?|(?<!\w)kinh gui[ \t*]*:)[ \t*]*", re.MULTILINE)
_ITEM = re.compile(r"\s*[-–+•]\s*")
_MARKS = " \t*;.,"
LEAD = "Kính gửi: "


def pick_addressees(record: DocumentRecord, document: Document, asked: str) -> Pick | None:
    """Those to whom a letter is written; None where it names none, or where its list of copies is asked for.

    Args:
        asked: the question.
    """
    base, head = document.preamble.start, document.slice(document.preamble)
    found = _ADDRESSED.search(fold(head))
    if found is None or "noi nhan" in fold(asked):
        return None
    named: list[tuple[int, int]] = []
    start = found.end()
    for line in head[start:].split("\n"):
        item = _ITEM.match(line)
        if start != found.end() and item is None:
            break
        low = start + (item.end() if item else 0)
        if name := line[low - start :].strip(_MARKS):
            at = head.index(name, low)
            named.append((at, at + len(name)))
        start += len(line) + 1
    if not named:
        return None
    said = f"{LEAD}{'; '.join(head[low:high] for low, high in named)}."
    spans = tuple((base + low, base + high) for low, high in named)
    opening = found.start() + len(found[0]) - len(found[0].lstrip(" \t*"))
    return Pick(record, document, (), base + opening, spans[-1][1], said, spans)
