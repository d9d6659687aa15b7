"""What stands above a piece of text: document, headings, sub-headings, the sentence that leads into a list."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from corpus.document import Block, Document, Metadata, Section, SectionPath
from corpus.labels import document_label

_LONGEST_LEAD = 160
_LONGEST_TOPIC = 80


@dataclass(frozen=True, slots=True)
class Region:
    """Blocks that stand directly in one section, one after the other.

    Args:
        titles: of the section and those above it, along `path`; the first words of a clause where it has no title.
        inner: the section has children.
    """

    path: SectionPath
    titles: tuple[str, ...]
    inner: bool
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class _Owner:
    path: SectionPath = ()
    titles: tuple[str, ...] = ()
    inner: bool = False


@dataclass(slots=True)
class Topics:
    """Sub-headings that are open while the blocks of a region go by: "* Hạn chế" › "- Lĩnh vực trồng trọt".

    An item closes those with the same bullet and all below them; a paragraph closes the items that are no headings.
    """

    _open: list[tuple[str, str, bool]] = field(default_factory=list)

    def enter(self, block: Block, text: str) -> tuple[str, ...]:
        """The topics above a block, outermost first; the block itself is open afterwards."""
        if block.kind == "item":
            return self._enter_item(text)
        while self._open and not self._open[-1][2]:
            self._open.pop()
        above = self._words()
        if text.endswith(":") and block.kind == "paragraph":
            self._open.append(("", _last_sentence(text), False))
        return above

    def _enter_item(self, text: str) -> tuple[str, ...]:
        bullet = text[:1] if not text[:1].isalnum() else "a"
        bullets = [known for known, _, _ in self._open]
        if bullet in bullets:
            del self._open[bullets.index(bullet) :]
        above = self._words()
        heading = is_subheading(text)
        self._open.append((bullet, text if heading else _topic(text), heading))
        return above

    def _words(self) -> tuple[str, ...]:
        return tuple(words for _, words, _ in self._open if words)


def is_subheading(text: str) -> bool:
    """Whether an item is an unlabelled heading of what follows: "* Hạn chế, yếu kém", "- Ưu điểm"."""
    return len(text) < 90 and text[-1:] not in ".;,…" and text[:1] in "*-+–•"


def context_label(metadata: Metadata) -> str:
    """What tells a document's chunks from another's: "Báo cáo số 24-BC/HU – Huyện ủy Tam Đường – 2022"."""
    parts = [document_label(metadata)]
    if metadata.issuer and metadata.issuer not in parts[0]:
        parts.append(metadata.issuer)
    if metadata.issued_on and metadata.issued_on[:4] not in parts[0]:
        parts.append(metadata.issued_on[:4])
    return " – ".join(parts)


def heading_path(label: str, region: Region, limit: int, *, own_title: bool) -> str:
    """Document and headings, outermost first; titles are shortened so that all stay within `limit` characters."""
    room = max(40, (limit - len(label)) // max(1, len(region.path)) - 8)
    titles = region.titles if own_title else (*region.titles[:-1], "")
    parts = [label]
    for text, title in zip(region.path, titles, strict=False):
        parts.append(f"{text}. {shorten(title, room)}" if title else text)
    return " › ".join(parts)


def shorten(text: str, limit: int) -> str:
    """The text, cut at a space where it is longer than `limit`."""
    if len(text) <= limit:
        return text
    cut = text.rfind(" ", 0, limit)
    return text[: cut if cut > 0 else limit] + " …"


def regions(document: Document) -> Iterator[Region]:
    """Runs of blocks with the same innermost section; footnotes are left out, they go with their markers."""
    bounds, owners = _owners(document)
    current: list[Block] = []
    last = _Owner()
    for block in document.blocks:
        if block.kind == "footnote":
            continue
        index = bisect_right(bounds, block.span.start) - 1
        owner = owners[index] if index >= 0 else _Owner()
        if current and owner is not last and (owner.path or last.path):
            yield Region(last.path, last.titles, last.inner, tuple(current))
            current = []
        last = owner
        current.append(block)
    if current:
        yield Region(last.path, last.titles, last.inner, tuple(current))


def _owners(document: Document) -> tuple[list[int], list[_Owner]]:
    """Offsets from which on the innermost section is another one, and that section."""
    bounds: list[int] = []
    owners: list[_Owner] = []

    def visit(section: Section, above: tuple[str, ...]) -> None:
        titles = (*above, section.title or _first_words(document, section))
        own = _Owner(section.path, titles, bool(section.children))
        bounds.append(section.span.start)
        owners.append(own)
        for child in section.children:
            visit(child, titles)
            bounds.append(child.span.end)
            owners.append(own)

    for section in document.sections:
        visit(section, ())
        bounds.append(section.span.end)
        owners.append(_Owner())
    return bounds, owners


def _first_words(document: Document, section: Section) -> str:
    """The beginning of a clause that has no title, where other clauses stand under it."""
    if not section.children:
        return ""
    return shorten(document.slice(section.body).split("\n", 1)[0].strip(), _LONGEST_LEAD)


def _last_sentence(text: str) -> str:
    words: Sequence[str] = text.rsplit(". ", 1)
    return words[-1] if len(words[-1]) <= _LONGEST_LEAD else ""


def _topic(text: str) -> str:
    """What an item is about, where it says so before a colon: "* Lĩnh vực nông nghiệp: …"."""
    head, colon, _ = text.partition(":")
    return head if colon and len(head) <= _LONGEST_TOPIC else ""
