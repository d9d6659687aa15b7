"""The mark-up in which the sample documents are written (`tests/data/samples/*.src`).

`@key value` lines carry the header and the closing, `## ` starts a heading, `# ` the title of an annex, `- ` an item,
`^1 ` the text of note 1, `|a|b|` a table row (an empty cell continues the one above); all else is a paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
MARKER = re.compile("(?<![ k]m)[⁰¹²³⁴⁵⁶⁷⁸⁹]+")
NATIONAL = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")


@dataclass(frozen=True)
class Element:
    """One part of the body.

    Args:
        kind: "heading", "title", "caption", "center", "paragraph", "item", "note", "row", "break".
        cells: of a table row.
        marker: of a note.
    """

    kind: str
    text: str = ""
    cells: tuple[str, ...] = ()
    marker: str = ""


@dataclass
class Source:
    """A sample document before it becomes a file."""

    out: str = ""
    left: list[str] = field(default_factory=list)
    right: list[str] = field(default_factory=list)
    number: str = ""
    summary: str = ""
    place: str = ""
    kind: str = ""
    subject: str = ""
    to: list[str] = field(default_factory=list)
    superscript: str = "raised"
    stamp: dict[str, str] = field(default_factory=dict)
    scan: bool = False
    before: list[Element] = field(default_factory=list)
    receivers: list[str] = field(default_factory=list)
    sign: list[str] = field(default_factory=list)
    name: str = ""
    after: list[Element] = field(default_factory=list)


def read_source(path: Path) -> Source:
    """Parse one source file; items between `@receivers` and the next directive are the recipients."""
    source = Source()
    body, receiving = source.before, False
    for line in path.read_text(encoding="utf-8").splitlines():
        if receiving and line.startswith("- "):
            source.receivers.append(line)
            continue
        receiving = line == "@receivers"
        if line == "@pagebreak":
            body = source.after
            body.append(Element("break"))
        elif line.startswith(("@center ", "@caption ")):
            kind, _, text = line[1:].partition(" ")
            body.append(Element(kind, text))
        elif line.startswith("@"):
            _directive(source, line)
        elif line.strip():
            body.append(_element(line))
    return source


def grouped(elements: Iterable[Element]) -> Iterator[Element | list[Element]]:
    """The parts of a body in order, the rows of each table together."""
    for is_row, run in groupby(elements, key=lambda element: element.kind == "row"):
        if is_row:
            yield list(run)
        else:
            yield from run


def _directive(source: Source, line: str) -> None:
    key, _, value = line[1:].partition(" ")
    if key == "receivers":
        return
    if key == "scan":
        source.scan = True
    elif key == "stamp":
        source.stamp = dict(pair.split("=") for pair in value.split())
    elif key in ("left", "right", "to", "sign"):
        getattr(source, key).append(value)
    else:
        setattr(source, key, value)


def _element(line: str) -> Element:
    if line.startswith("## "):
        return Element("heading", line[3:])
    if line.startswith("# "):
        return Element("title", line[2:])
    if line.startswith("|"):
        return Element("row", cells=tuple(cell.strip() for cell in line[1:-1].split("|")))
    if line.startswith("^"):
        marker, _, text = line[1:].partition(" ")
        return Element("note", text, marker=marker)
    return Element("item" if line.startswith("- ") else "paragraph", line)
