"""Counts inside a section that are not the document's own: words put into another text, or a list that begins anew."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from corpus.labels import Family, Label

_VERB = r"(?:Sửa đổi|Bổ sung|Thay thế|Thay|Bãi bỏ|Hủy bỏ|Huỷ bỏ|Bỏ)\b"
_AMENDING = re.compile(_VERB, re.IGNORECASE)
_PUTS_IN = re.compile(rf"{_VERB}.*\bnhư sau\s*:$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class InnerCount:
    """A count inside an open section.

    Args:
        floor: sections that stay open as long as it goes on.
        outer: labels of the sections that the outer count may go on with.
        last: how far the named families of the outer count have come.
        amends: it counts in words that are put into another text.
    """

    floor: int
    outer: tuple[Label, ...]
    heading: str
    last: dict[Family, int]
    amends: bool

    def ends(self, label: Label, rest: str, since: Sequence[Label], seen: Mapping[Family, int]) -> bool:
        """Whether the outer count goes on with a label; `since` are the labels that are open inside."""
        if not any(_follows(label, opened) for opened in self.outer):
            return False
        if not self.amends:
            return not any(_follows(label, opened) for opened in since)
        if label.family != "article":
            return is_amending(rest)
        # "Sửa đổi Điều 2 như sau:" puts in an article of that number first.
        named = re.search(rf"\b{label.text}\b", self.heading, re.IGNORECASE) is not None
        return not named or label.values[0] <= seen.get("article", 0)


def is_amending(text: str) -> bool:
    """Whether words without their label change another text: "Sửa đổi khoản 2 …"."""
    return bool(_AMENDING.match(text))


def puts_in(text: str) -> bool:
    """Whether a heading without its label announces words put into another text: "Bổ sung Phần 5a … như sau:"."""
    return bool(_PUTS_IN.match(text))


def _follows(label: Label, opened: Label) -> bool:
    *above, value = opened.values
    return label.family == opened.family and label.values == (*above, value + 1)
