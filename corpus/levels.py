"""How deep a label stands: told by its family and its count among the open sections."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from corpus.headzone import SENTENCE
from corpus.inner import InnerCount
from corpus.labels import Family, Label
from corpus.paragraphs import is_caps

_RANKS: dict[Family, float] = {
    "annex": 0,
    "part": 1,
    "chapter": 2,
    "division": 3,
    "subdivision": 4,
    "article": 5,
    "letter": 6,
    "roman": 7,
    "number": 8,
    "enumeration": 14,
    "point": 15,
}
_LONGEST_HEADING = 320


@dataclass(slots=True)
class Open:
    """An open section."""

    label: Label
    rank: float
    run: int = 0  # last number of an unlabelled run inside it


class Levels:
    """The open sections of one document, outermost first.

    Args:
        stack: open sections; `last` holds the last value of named families, which count through the document.
    """

    def __init__(self, stack: list[Open] | None = None, last: dict[Family, int] | None = None) -> None:
        self.stack = stack or []
        self.last = last or {}
        self._ranks = dict(_RANKS)
        self._inner: list[InnerCount] = []

    def enter(self, heading: str, depth: int, *, amends: bool) -> None:
        """Begin a count of its own inside of `depth` open sections: words put into another text, or a list."""
        del self.stack[depth:]
        above = self._inner[-1].floor if self._inner else 0
        outer = tuple(opened.label for opened in self.stack[above:])
        self._inner.append(InnerCount(len(self.stack), outer, heading, self.last, amends))
        self.last = {}

    def _leave(self, label: Label, rest: str) -> None:
        """End the inner counts whose outer count goes on with this label."""
        for at, inner in enumerate(self._inner):
            since = [opened.label for opened in self.stack[inner.floor :]]
            if inner.ends(label, rest, since, self.last):
                del self._inner[at:]
                del self.stack[inner.floor :]
                self.last = inner.last
                return

    @property
    def _floor(self) -> int:
        return self._inner[-1].floor if self._inner else 0

    def open(self, label: Label, depth: int) -> None:
        """Begin a section below `depth` open ones."""
        del self.stack[depth:]
        self.stack.append(Open(label, self._rank(label)))

    def depth(self, label: Label, text: str) -> int | None:
        """How many open sections stay open above a label; None where the label is no heading."""
        rest = text[label.end :]
        self._leave(label, rest)
        if label.family in ("part", "chapter", "division", "subdivision", "article"):
            return self._named_depth(label, text, rest)
        if label.family == "number" and len(label.values) > 1:
            return self._decimal_depth(label)
        return self._counted_depth(label, rest)

    def _named_depth(self, label: Label, text: str, rest: str) -> int | None:
        marked = text[len(label.text) : label.end].strip() != ""
        if rest.lstrip('“"(')[:1].islower() or (rest and not marked and not _names_section(label, rest)):
            return None
        value, last = label.values[0], self.last.get(label.family, 0)
        if label.family == "article" and last and not last <= value <= last + 9:
            return None
        if label.family == "chapter" and 1 < value <= last:
            return None
        self.last[label.family] = value
        self._nest(label, "part", "chapter")
        return self._above(self._rank(label))

    def _nest(self, label: Label, inner: Family, outer: Family) -> None:
        """Turn the usual order of two families where the document first shows the other one."""
        seen = any(opened.label.family == inner for opened in self.stack)
        if label.family == inner and not seen and any(opened.label.family == outer for opened in self.stack):
            self._ranks[inner] = self._ranks[outer] + 0.5

    def _rank(self, label: Label) -> float:
        decimals = len(label.values) - 1 if label.family == "number" else 0
        return self._ranks[label.family] + decimals

    def _above(self, rank: float) -> int:
        """Open sections of a higher rank."""
        depth = len(self.stack)
        while depth > self._floor and self.stack[depth - 1].rank >= rank:
            depth -= 1
        return depth

    def _decimal_depth(self, label: Label) -> int | None:
        """A decimal stands under the number that it begins with, behind its elder sibling."""
        *head, last = label.values
        for depth in range(len(self.stack), 0, -1):
            values = self.stack[depth - 1].label.values
            family = self.stack[depth - 1].label.family
            if family == "number" and len(values) == len(label.values) and list(values[:-1]) == head:
                return depth - 1 if values[-1] < last <= values[-1] + 2 else None
            if family == "number" and list(values) == head:
                return depth if last == 1 else None
            if family in ("roman", "chapter", "article", "part") and list(values) == head:
                return depth if last == 1 else None
        return None

    def _counted_depth(self, label: Label, rest: str) -> int | None:
        """A letter, Roman number, number or point follows its elder sibling, or begins a count."""
        value = label.values[0]
        sibling = self._sibling(label.family)
        if sibling is None:
            late = self._amended_first() or (not is_run_in(rest) and self._begins_late(label, value))
            if value != 1 and not late:
                return None
            return self._first_depth(label)
        opened = self.stack[sibling]
        if self._goes_on_inside(opened, value, rest):
            return None
        # A typist may skip a number, a reader of scans may lose one.
        gap = 1 if label.family == "letter" else 2
        if opened.label.values[0] < value <= opened.label.values[0] + gap:
            return sibling
        if value == 1:
            opened.run = 1
        return None

    def _goes_on_inside(self, opened: Open, value: int, rest: str) -> bool:
        """Whether a number goes on with a list inside the open section, which began anew with 1."""
        if not opened.run or value != opened.run + 1:
            return False
        if value == opened.label.values[0] + 1 and not is_run_in(rest):
            return False
        opened.run = value
        return True

    def ends_points(self, depth: int, following: Iterable[Label]) -> bool:
        """End the points at a depth, unless the next labels go on with them."""
        if len(self.stack) != depth + 1 or self.stack[depth].label.family != "point":
            return False
        label = next(iter(following), None)
        if label is not None and label.family == "point" and label.values[0] == self.stack[depth].label.values[0] + 1:
            return False
        del self.stack[depth:]
        return True

    def within(self, family: Family) -> int:
        """How many sections are open down to the innermost one of a family, itself included; 0 where none is."""
        sibling = self._sibling(family)
        return 0 if sibling is None else sibling + 1

    def _sibling(self, family: Family) -> int | None:
        for index in range(len(self.stack) - 1, self._floor - 1, -1):
            label = self.stack[index].label
            if label.family == family and len(label.values) == 1:
                return index
        return None

    def _amended_first(self) -> bool:
        """Whether the words that an amendment puts in begin here, with whatever number they have there."""
        return bool(self._inner) and self._inner[-1].amends and len(self.stack) == self._floor

    def _begins_late(self, label: Label, value: int) -> bool:
        return label.family in ("roman", "letter") and value == 2

    def _first_depth(self, label: Label) -> int:
        """Where a count begins; letters may stand under Roman numbers."""
        self._nest(label, "letter", "roman")
        return self._above(self._rank(label))


def _names_section(label: Label, rest: str) -> bool:
    """Whether unmarked words behind "Chương II" are its title and not a sentence that cites it."""
    return is_caps(rest) or (label.family != "article" and rest[0].isupper() and len(rest) < 100 and " này" not in rest)


def is_run_in(rest: str) -> bool:
    """Whether the words behind a label are the section's text rather than its title."""
    return len(rest) > _LONGEST_HEADING or bool(SENTENCE.search(rest))
