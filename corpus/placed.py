"""A paragraph and what it is: text, heading, table row, header, closing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from corpus.document import BlockKind
from corpus.labels import Label
from corpus.levels import is_run_in
from corpus.paragraphs import Paragraph, extend

_COLON = re.compile(r"\s*[:.]$")


@dataclass(frozen=True, slots=True)
class Heading:
    """A paragraph that opens a section.

    Args:
        title: without the label; the first words of a clause whose text stands on the heading's line are none.
        body: offset in the paragraph at which the section's own text starts.
        depth: sections that stay open above it.
    """

    label: Label
    title: str
    body: int
    depth: int


@dataclass(frozen=True, slots=True)
class Placed:
    """A paragraph, and what it is.

    Args:
        closes: it stands in the section at this depth, and ends those inside it.
    """

    paragraph: Paragraph
    kind: BlockKind
    heading: Heading | None = None
    ends_sections: bool = False
    title_of_previous: bool = False
    goes_on: bool = False
    closes: int | None = None


def opening(paragraph: Paragraph, label: Label, depth: int) -> Placed:
    """A paragraph that opens a section: all of it is the heading, or only its label where its text follows at once."""
    rest = paragraph.text[label.end :]
    if is_run_in(rest):
        return Placed(paragraph, "paragraph", Heading(label, "", label.end, depth))
    return Placed(paragraph, "heading", Heading(label, _COLON.sub("", rest), len(paragraph.text), depth))


def merged(placed: Iterable[Placed]) -> Iterator[Placed]:
    """Each paragraph with those that go on with it."""
    current: Placed | None = None
    for item in placed:
        if item.goes_on and current is not None:
            joined = extend(current.paragraph, item.paragraph)
            opened = current.heading
            current = opening(joined, opened.label, opened.depth) if opened else replace(current, paragraph=joined)
            continue
        if current is not None:
            yield current
        current = item
    if current is not None:
        yield current
