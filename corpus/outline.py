"""Which paragraphs are headings, and how deep: told by labels and their count, never by markup."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from corpus.document import BlockKind
from corpus.headzone import ATTACHED, KIND, SENTENCE, HeaderZone
from corpus.labels import Family, Label, parse_annex, parse_label
from corpus.levels import Levels, is_run_in
from corpus.paragraphs import (
    Paragraph,
    extend,
    is_caps,
    is_contents_line,
    is_item,
    is_number_line,
    is_open,
    is_rule,
    starts_closing,
)
from corpus.quotations import find_contents, find_quoted
from corpus.tables import section_row

_MOTTO = ("CỘNG HÒA XÃ HỘI", "CỘNG HOÀ XÃ HỘI", "ĐẢNG CỘNG SẢN VIỆT NAM")
_PASSED = re.compile(r"(?:Luật|Bộ luật|Nghị quyết|Pháp lệnh) này (?:đã )?được\b.{0,120}thông qua")
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
    """A paragraph, and what it is."""

    paragraph: Paragraph
    kind: BlockKind
    heading: Heading | None = None
    ends_sections: bool = False
    title_of_previous: bool = False
    goes_on: bool = False


def place_headings(paragraphs: Sequence[Paragraph]) -> tuple[Placed, ...]:
    """Tell header, headings, text, tables and closing apart, in reading order."""
    return _Outliner(paragraphs).run()


@dataclass(slots=True)
class _Left:
    """The sections that were open where a closing block or another header seemed to begin."""

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


class _Outliner:
    """One walk over the paragraphs."""

    def __init__(self, paragraphs: Sequence[Paragraph]) -> None:
        self._all = paragraphs
        self._quoted = find_quoted(paragraphs)
        self._contents = find_contents(paragraphs)
        self._levels = Levels()
        self._placed: list[Placed] = []
        self._left: _Left | None = None
        self._plain_until = 0

    def run(self) -> tuple[Placed, ...]:
        self._header(0)
        closing = False
        while (index := len(self._placed)) < len(self._all):
            if self._left is not None and self._left.goes_on(self._all[index].text):
                self._go_back(index)
                closing = False
            else:
                closing = self._place(index, closing=closing)
        return tuple(_merged(self._placed))

    def _place(self, index: int, *, closing: bool) -> bool:
        """Place one paragraph, or a header; whether the closing block is open behind it."""
        paragraph = self._all[index]
        if index in self._quoted:
            self._text(paragraph)
        elif index < self._plain_until:
            self._body(paragraph)
        elif self._annex(index, closing=closing) or self._attached(index, closing=closing):
            return False
        elif self._opens_closing(paragraph) or (closing and self._stays_closing(index)):
            if not closing:
                self._leave(index)
            self._placed.append(Placed(paragraph, "closing", ends_sections=not closing))
            return True
        else:
            self._body(paragraph)
        return False

    def _leave(self, index: int) -> None:
        """Close all sections, and remember them: what looks like a signature may be a specimen inside the text."""
        if self._left is None:
            self._left = _Left(index, self._levels)
        self._levels = Levels()

    def _go_back(self, index: int) -> None:
        """A count goes on behind what looked like a signature or a header: it was a specimen; read it as text."""
        left = self._left
        if left is None:
            return
        del self._placed[left.index :]
        self._levels = left.levels
        self._left, self._plain_until = None, index

    # Header

    def _header(self, index: int, *, ends: bool = False) -> None:
        """Lines of the header from `index` on, up to the end of the subject."""
        state = HeaderZone()
        for paragraph in self._all[index : index + 60]:
            label = parse_annex(paragraph.text)
            if label is not None and self._is_annex(len(self._placed), label, closing=False):
                break
            if not state.takes(paragraph):
                break
            self._placed.append(Placed(paragraph, "header", ends_sections=ends))
            ends = False

    def _attached(self, index: int, *, closing: bool) -> bool:
        """A document attached behind the closing block, or a second letter in the same file, has its own header."""
        text = self._all[index].text
        near = [p for p in self._all[index : index + 4] if p.page == self._all[index].page]
        second = (
            index > 0 and is_caps(text) and not starts_closing(text) and any(p.text.startswith(_MOTTO) for p in near)
        )
        second = second and (closing or self._starts_letter(index))
        kind = len(text) < 150 and is_caps(text) and KIND.match(text) is not None
        named = any(ATTACHED.match(p.text) for p in self._all[index + 1 : index + 6])
        if not (second or (kind and (closing or named))):
            return False
        self._leave(index)
        before = len(self._placed)
        self._header(index, ends=True)
        return len(self._placed) > before

    def _starts_letter(self, index: int) -> bool:
        """Whether another document begins on a new page, with a number line of its own."""
        if self._all[index].page == self._all[index - 1].pieces[-1][1]:
            return False
        return any(is_number_line(p.text) for p in self._all[index : index + 12])

    # Closing

    def _opens_closing(self, paragraph: Paragraph) -> bool:
        return paragraph.cells is None and bool(starts_closing(paragraph.text) or _PASSED.match(paragraph.text))

    def _stays_closing(self, index: int) -> bool:
        paragraph = self._all[index]
        if paragraph.cells is not None:
            return bool(starts_closing(" ".join(paragraph.cells).strip()))
        label = parse_label(paragraph.text)
        named = label is not None and label.family in ("part", "chapter", "division", "article", "roman")
        return not named and (len(paragraph.text) < 220 or is_item(paragraph.text))

    # Annexes

    def _annex(self, index: int, *, closing: bool) -> bool:
        paragraph = self._all[index]
        label = parse_annex(paragraph.text) if paragraph.cells is None else None
        if label is None or not self._is_annex(index, label, closing=closing):
            return False
        inside = self._levels.stack[:1] and self._levels.stack[0].label.family == "annex"
        specimen = (
            inside and not closing and not any(char.isdigit() or char in "IVX" for char in label.text.split()[-1])
        )
        self._left = _Left(index, self._levels) if specimen else None
        self._levels = Levels()
        self._open(paragraph, label, 0)
        return True

    def _is_annex(self, index: int, label: Label, *, closing: bool) -> bool:
        text = self._all[index].text
        bare = label.end == len(text)
        if not bare and not (is_caps(text) and len(text) < 250):
            return False
        if bare and label.text.isupper() and " " in label.text and label.text.split()[0] in ("PHỤ", "Phụ"):
            return True
        near = any(ATTACHED.match(p.text) for p in self._all[index + 1 : index + 5])
        return near or closing or (bare and self._all[index].gap and label.text.startswith(("PHỤ", "Phụ")))

    def _title_below(self, index: int) -> tuple[str, int]:
        """The title that stands in the lines below a bare label, and how many lines it takes."""
        parts: list[str] = []
        for paragraph in self._all[index + 1 : index + 5]:
            text = paragraph.text
            if paragraph.cells is not None or len(text) > 250 or ATTACHED.match(text) or self._blocks_title(text):
                break
            if parts and not is_caps(text):
                break
            parts.append(text)
        return " ".join(parts), len(parts)

    @staticmethod
    def _blocks_title(text: str) -> bool:
        if is_item(text) or is_rule(text) or parse_label(text):
            return True
        return not is_caps(text) and bool(SENTENCE.search(text) or text[-1:] == ":")

    def _take_titles(self, index: int, count: int) -> None:
        for paragraph in self._all[index + 1 : index + 1 + count]:
            self._placed.append(Placed(paragraph, "heading", title_of_previous=True))

    # Text and headings

    def _body(self, paragraph: Paragraph) -> None:
        if paragraph.cells is not None:
            self._row(paragraph)
            return
        label = None if len(self._placed) in self._contents else parse_label(paragraph.text)
        if label is None:
            self._text(paragraph)
            return
        depth = self._levels.depth(label, paragraph.text)
        if depth is None:
            self._refused(paragraph)
            return
        self._open(paragraph, label, depth)

    def _open(self, paragraph: Paragraph, label: Label, depth: int) -> None:
        """A section begins; its heading is the paragraph, its first words or the label with the lines below."""
        index = len(self._placed)
        self._levels.open(label, depth)
        if label.end < len(paragraph.text):
            self._placed.append(_opening(paragraph, label, depth))
            return
        title, count = self._title_below(index)
        self._placed.append(Placed(paragraph, "heading", Heading(label, title, len(paragraph.text), depth)))
        self._take_titles(index, count)

    def _refused(self, paragraph: Paragraph) -> None:
        """A number that counts nothing goes on with the sentence that was broken before it."""
        before = self._placed[-1] if self._placed else None
        broken = before is not None and before.paragraph.cells is None and is_open(before.paragraph.text)
        if before is None or not broken or paragraph.gap or paragraph.whole or before.kind in ("header", "closing"):
            self._text(paragraph)
            return
        self._placed.append(Placed(paragraph, before.kind, goes_on=True))

    def _row(self, paragraph: Paragraph) -> None:
        label = section_row(paragraph.cells or ())
        inside = bool(self._levels.stack) and self._levels.stack[0].label.family == "annex"
        if label is None or not inside:
            self._placed.append(Placed(paragraph, "table_row"))
            return
        depth = self._levels.depth(label, paragraph.text)
        if depth is None:
            self._placed.append(Placed(paragraph, "table_row"))
            return
        filled = list(dict.fromkeys(cell for cell in paragraph.cells or () if cell))
        title = filled[-1][label.end :] if len(filled) == 1 else filled[-1]
        self._levels.open(label, depth)
        self._placed.append(Placed(paragraph, "heading", Heading(label, title, len(paragraph.text), depth)))

    def _text(self, paragraph: Paragraph) -> None:
        label = parse_label(paragraph.text)
        small = label is not None and label.family in ("number", "point", "enumeration")
        kind: BlockKind = (
            "table_row" if paragraph.cells is not None else "item" if is_item(paragraph.text) or small else "paragraph"
        )
        self._placed.append(Placed(paragraph, kind))


def _opening(paragraph: Paragraph, label: Label, depth: int) -> Placed:
    """A paragraph that opens a section: all of it is the heading, or only its label where its text follows at once."""
    rest = paragraph.text[label.end :]
    if is_run_in(rest):
        return Placed(paragraph, "paragraph", Heading(label, "", label.end, depth))
    return Placed(paragraph, "heading", Heading(label, _COLON.sub("", rest), len(paragraph.text), depth))


def _merged(placed: Iterable[Placed]) -> Iterator[Placed]:
    """Each paragraph with those that go on with it."""
    current: Placed | None = None
    for item in placed:
        if item.goes_on and current is not None:
            joined = extend(current.paragraph, item.paragraph)
            opened = current.heading
            current = _opening(joined, opened.label, opened.depth) if opened else replace(current, paragraph=joined)
            continue
        if current is not None:
            yield current
        current = item
    if current is not None:
        yield current
