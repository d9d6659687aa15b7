"""Sections that were open where a closing block, header or list seemed to begin: it may be a specimen inside them."""

from __future__ import annotations

from dataclasses import dataclass, field

from corpus.labels import Family, Label, parse_label
from corpus.levels import Levels
from corpus.paragraphs import is_contents_line


@dataclass(slots=True)
class LeftOpen:
    """The sections that were open from paragraph `index` on, and what has been counted since."""

    index: int
    levels: Levels
    runs: dict[tuple[Family, int], int] = field(default_factory=dict)

    def goes_on(self, text: str) -> bool:
        """Whether a label counts on from these sections, and not from a list that began since."""
        label = parse_label(text)
        if label is None or label.family in ("part", "enumeration") or is_contents_line(text):
            return False
        *head, last = label.values
        key = (label.family, len(label.values))
        above_since = self.runs.get((label.family, len(head))) == head[-1] if head else True
        if last == 1 and above_since:
            self.runs[key] = 1
            return False
        if self.runs.get(key) == last - 1:
            self.runs[key] = last
            return False
        return any(self._precedes(opened.label, label.family, head, last) for opened in self.levels.stack)

    @staticmethod
    def _precedes(opened: Label, family: Family, head: list[int], last: int) -> bool:
        if opened.family != family:
            return False
        *above, value = opened.values
        return (above == head and value == last - 1) or (bool(head) and list(opened.values) == head and last == 1)
