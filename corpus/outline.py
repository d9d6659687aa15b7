"""Which paragraphs are headings, and how deep: told by labels and their count, never by markup."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.annexes import begins_document, is_annex, is_numbered, title_below
from corpus.document import BlockKind
from corpus.headzone import HeaderZone
from corpus.inner import is_amending, puts_in
from corpus.labels import Label, parse_annex, parse_label
from corpus.levels import Levels, is_run_in
from corpus.paragraphs import Paragraph, is_farewell, is_item, is_open, starts_closing
from corpus.placed import Heading, Placed, merged, opening
from corpus.quotations import find_contents, find_quoted
from corpus.specimens import LeftOpen
from corpus.tables import section_row

# How far a count of points may go on behind the items below one of them.
_AHEAD = 40
_PASSED = re.compile(r"(?:Luật|Bộ luật|Nghị quyết|Pháp lệnh) này (?:đã )?được\b.{0,120}thông qua")


def place_headings(paragraphs: Sequence[Paragraph]) -> tuple[Placed, ...]:
    """Tell header, headings, text, tables and closing apart, in reading order."""
    return _Outliner(paragraphs).run()


class _Outliner:
    """One walk over the paragraphs."""

    def __init__(self, paragraphs: Sequence[Paragraph]) -> None:
        self._all = paragraphs
        self._quoted = find_quoted(paragraphs)
        self._contents = find_contents(paragraphs)
        self._levels = Levels()
        self._placed: list[Placed] = []
        self._left: LeftOpen | None = None
        self._plain_until = 0
        self._led: tuple[str, int] | None = None  # bullet of the item under which points stand, and their depth

    def run(self) -> tuple[Placed, ...]:
        self._header(0)
        closing = False
        while (index := len(self._placed)) < len(self._all):
            if self._left is not None and self._left.goes_on(self._all[index].text):
                self._go_back(index)
                closing = False
            else:
                closing = self._place(index, closing=closing)
        return tuple(merged(self._placed))

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
            return self._close(paragraph, closing=closing)
        else:
            self._body(paragraph)
        return False

    def _leave(self, index: int) -> None:
        """Close all sections, and remember them: what looks like a signature may be a specimen inside the text."""
        if self._left is None:
            self._left = LeftOpen(index, self._levels)
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
            if label is not None and is_annex(self._all, len(self._placed), label, closing=False):
                break
            if not state.takes(paragraph):
                break
            self._placed.append(Placed(paragraph, "header", ends_sections=ends))
            ends = False

    def _attached(self, index: int, *, closing: bool) -> bool:
        """A document attached behind the closing block, or a second letter in the same file, has its own header."""
        if not begins_document(self._all, index, closing=closing):
            return False
        self._leave(index)
        before = len(self._placed)
        self._header(index, ends=True)
        return len(self._placed) > before

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

    def _close(self, paragraph: Paragraph, *, closing: bool) -> bool:
        """Place a line of the closing block; the farewell before its first line is part of it."""
        ends = not closing
        if ends:
            farewell = self._farewell()
            self._leave(len(self._placed) - (farewell is not None))
            if farewell is not None:
                self._placed[-1], ends = Placed(farewell, "closing", ends_sections=True), False
        self._placed.append(Placed(paragraph, "closing", ends_sections=ends))
        return True

    def _farewell(self) -> Paragraph | None:
        """The last paragraph where it belongs to no section; in articles it does."""
        last = self._placed[-1] if self._placed else None
        inside = {opened.label.family for opened in self._levels.stack}
        if last is None or last.kind != "paragraph" or last.heading is not None or not inside or "article" in inside:
            return None
        return last.paragraph if is_farewell(last.paragraph.text) else None

    # Annexes

    def _annex(self, index: int, *, closing: bool) -> bool:
        paragraph = self._all[index]
        label = parse_annex(paragraph.text) if paragraph.cells is None else None
        if label is None or not is_annex(self._all, index, label, closing=closing):
            return False
        inside = bool(self._levels.stack) and self._levels.stack[0].label.family == "annex"
        specimen = inside and not closing and not is_numbered(label)
        self._left = LeftOpen(index, self._levels) if specimen else None
        self._levels = Levels()
        self._open(paragraph, label, 0)
        return True

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
            self._text(paragraph, self._closes(paragraph))
            return
        if self._begins_anew(label, paragraph):
            self._levels.enter(paragraph.text, self._levels.within(label.family), amends=False)
        depth = self._levels.depth(label, paragraph.text)
        if depth is None:
            self._refused(paragraph)
            return
        self._open(paragraph, label, depth)

    def _begins_anew(self, label: Label, paragraph: Paragraph) -> bool:
        """Whether "1. Kết quả" opens a count of its own inside the open number: a title, "a)" right below it."""
        index = len(self._placed)
        below = parse_label(self._all[index + 1].text) if index + 1 < len(self._all) else None
        first = below is not None and below.family == "point" and below.values == (1,)
        titled = not is_run_in(paragraph.text[label.end :]) and is_open(paragraph.text)
        counted = self._levels.within(label.family)
        return label.family == "number" and label.values == (1,) and first and titled and counted > 0

    def _open(self, paragraph: Paragraph, label: Label, depth: int) -> None:
        """A section begins; its heading is the paragraph, its first words or the label with the lines below."""
        index = len(self._placed)
        self._levels.open(label, depth)
        if label.family == "point" and label.values == (1,):
            self._led = self._leading(index, depth)
        if self._puts_in(index, label):
            self._levels.enter(paragraph.text, depth + 1, amends=True)
        if label.end < len(paragraph.text):
            self._placed.append(opening(paragraph, label, depth))
            return
        title, count = title_below(self._all, index)
        self._placed.append(Placed(paragraph, "heading", Heading(label, title, len(paragraph.text), depth)))
        self._take_titles(index, count)

    def _leading(self, index: int, depth: int) -> tuple[str, int] | None:
        """The bullet of the item that leads into the points which begin here: "- Căn cứ:", and their depth."""
        before = self._placed[index - 1] if index else None
        leads = before is not None and before.kind == "item" and before.paragraph.text.endswith(":")
        bullet = before.paragraph.text[0] if before is not None else ""
        return (bullet, depth) if leads and not bullet.isalnum() and bullet != "(" else None

    def _closes(self, paragraph: Paragraph) -> int | None:
        """The depth of the points that stand under an item, where another item with its bullet ends them."""
        if self._led is None or not paragraph.text.startswith(self._led[0]):
            return None
        depth = self._led[1]
        if self._levels.ends_points(depth, self._next_labels()):
            self._led = None
            return depth
        return None

    def _next_labels(self) -> Iterator[Label]:
        """The labels that come next and are not quoted."""
        index = len(self._placed)
        for at, paragraph in enumerate(self._all[index : index + _AHEAD], start=index):
            label = None if at in self._quoted or paragraph.cells is not None else parse_label(paragraph.text)
            if label is not None:
                yield label

    def _puts_in(self, index: int, label: Label) -> bool:
        """Whether the words that a heading puts into another text follow without quotation marks."""
        if index + 1 >= len(self._all) or index + 1 in self._quoted:
            return False
        below = parse_label(self._all[index + 1].text)
        changes = is_amending(self._all[index + 1].text[below.end if below else 0 :])
        return puts_in(self._all[index].text[label.end :]) and not changes

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

    def _text(self, paragraph: Paragraph, closes: int | None = None) -> None:
        label = parse_label(paragraph.text)
        small = label is not None and label.family in ("number", "point", "enumeration")
        kind: BlockKind = (
            "table_row" if paragraph.cells is not None else "item" if is_item(paragraph.text) or small else "paragraph"
        )
        self._placed.append(Placed(paragraph, kind, closes=closes))
