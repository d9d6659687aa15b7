"""The words of one Word paragraph: runs, fields, symbols, notes, accepted changes, fonts from before Unicode."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import groupby

from corpus.docx_numbering import symbol
from corpus.docx_package import Element, W, child, children, local, value
from corpus.docx_styles import RunStyle, Styles, run_style
from corpus.legacy import font_codec, from_font
from corpus.text import superscript

_DIGITS = re.compile(r"\s*\d{1,3}\s*$")
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_SKIPPED = frozenset(
    ("del", "moveFrom", "pPr", "rPr", "instrText", "delText", "delInstrText", "rt", "commentReference")
)
_CONTAINERS = frozenset(
    ("ins", "moveTo", "hyperlink", "smartTag", "customXml", "sdt", "sdtContent", "fldSimple", "dir", "bdo", "ruby",
     "rubyBase", "r", "oMathPara")
)  # fmt: skip


@dataclass(slots=True)
class Words:
    """What stands in a paragraph.

    Args:
        pieces: (text, codec of a font from before Unicode or "", characters are bold) in order.
        notes: ids of the notes whose markers stand here, in order: ("footnote", "2").
        boxes: text boxes anchored here.
    """

    pieces: list[tuple[str, str, bool]] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    size: float | None = None

    @property
    def text(self) -> str:
        """The words, all in Unicode; soft line breaks are line ends."""
        runs = groupby(self.pieces, key=lambda piece: piece[1])
        return "".join(from_font("".join(text for text, _, _ in group), codec) for codec, group in runs)

    @property
    def bold(self) -> bool:
        """Whether most of the letters are bold."""
        total = sum(len(text.strip()) for text, _, _ in self.pieces)
        return total > 0 and sum(len(text.strip()) for text, _, bold in self.pieces if bold) > total / 2


class RunReader:
    """Reads paragraphs of one document in order.

    Args:
        marker: numbers a note: (kind, id) → "5".
    """

    def __init__(self, styles: Styles, marker: Callable[[str, str], str]) -> None:
        self._styles = styles
        self._marker = marker
        self._seen: dict[tuple[tuple[tuple[str, ...], ...], RunStyle], RunStyle] = {}
        self._fields: list[str] = []  # one state an open field: "code", "result", "toc"

    def read(self, paragraph: Element, base: RunStyle) -> Words:
        """The words of a `w:p`; `base` is what its style says about runs."""
        words = Words()
        self._walk(paragraph, base.over(self._styles.defaults), words)
        return words

    def _walk(self, parent: Element, style: RunStyle, words: Words) -> None:
        for element in children(parent):
            name = local(element)
            if name in _SKIPPED and name != "instrText":
                continue
            if name == "r":
                self._run(element, style, words)
            elif name in _CONTAINERS:
                self._walk(element, style, words)
            elif name == "oMath":
                self._add(words, _math(element), style)
            else:
                self._leaf(element, name, style, words)

    def _run(self, run: Element, base: RunStyle, words: Words) -> None:
        style = self._style(child(run, "rPr"), base)
        if words.size is None:
            words.size = style.size
        if style.hidden:
            self._fields_only(run)
            return
        self._walk(run, style, words)

    def _style(self, properties: Element | None, base: RunStyle) -> RunStyle:
        if properties is None:
            return base
        # Word often makes a run of every word: 25,000 in one law, with a handful of different properties.
        key = (tuple((part.tag, *part.attrib.values()) for part in properties), base)
        found = self._seen.get(key)
        if found is None:
            own = run_style(properties)
            found = self._seen[key] = own.over(self._styles.run(value(properties, "rStyle"))).over(base)
        return found

    def _fields_only(self, run: Element) -> None:
        for element in children(run):
            if local(element) == "fldChar":
                self._field(element)

    def _leaf(self, element: Element, name: str, style: RunStyle, words: Words) -> None:
        if name == "fldChar":
            self._field(element)
        elif name == "instrText":
            self._instruction(element.text or "")
        elif name in ("footnoteReference", "endnoteReference"):
            self._note(element, name.removesuffix("Reference"), words)
        elif name in ("AlternateContent", "drawing", "pict", "object"):
            words.boxes += _boxes(element)
        elif (text := _plain(element, name)) is not None:
            self._add(words, text, style)

    def _add(self, words: Words, text: str, style: RunStyle) -> None:
        if any(state != "result" for state in self._fields) or not text:
            return
        codec = font_codec(style.font or "", capitals=bool(style.caps))
        if style.caps and not codec:
            text = text.upper()
        if style.raised and _DIGITS.match(text):
            text, codec = superscript(text.strip()), ""
        words.pieces.append((text, codec, bool(style.bold)))

    def _field(self, element: Element) -> None:
        kind = element.get(W + "fldCharType")
        if kind == "begin":
            self._fields.append("code")
        elif self._fields and kind == "end":
            self._fields.pop()
        elif self._fields and kind == "separate" and self._fields[-1] == "code":
            self._fields[-1] = "result"

    def _instruction(self, text: str) -> None:
        # A table of contents repeats every heading: read as text it would double the section tree.
        if self._fields and self._fields[-1] == "code" and re.match(r"\s*TOC\b", text):
            self._fields[-1] = "toc"

    def _note(self, element: Element, kind: str, words: Words) -> None:
        note = element.get(W + "id", "")
        words.notes.append((kind, note))
        if element.get(W + "customMarkFollows") not in ("1", "true"):
            words.pieces.append((superscript(self._marker(kind, note)), "", False))


def _plain(element: Element, name: str) -> str | None:
    """The text of a leaf, None where it is none."""
    if name == "t":
        return _PRIVATE.sub(lambda match: symbol(match[0]), element.text or "")
    if name in ("tab", "ptab"):
        return "\t"
    if name in ("br", "cr"):
        return "\n"
    if name == "noBreakHyphen":
        return "-"
    if name == "softHyphen":
        return "\u00ad"
    if name == "sym":
        code = element.get(W + "char", "")
        return symbol(chr(int(code, 16))) if re.fullmatch("[0-9A-Fa-f]{4}", code) else ""
    return None


def _boxes(element: Element) -> list[Element]:
    """Text boxes of a drawing; the second copy that Word keeps for old readers is left out."""
    if local(element) == "AlternateContent":
        choice = [part for part in element if local(part) == "Choice"] or list(element)[:1]
        return [box for part in choice for box in _boxes_below(part)]
    return _boxes_below(element)


def _boxes_below(element: Element) -> list[Element]:
    found: list[Element] = []
    for part in children(element):
        name = local(part)
        if name == "txbxContent":
            found.append(part)
        elif name == "AlternateContent":
            found += _boxes(part)
        else:
            found += _boxes_below(part)
    return found


def _math(element: Element) -> str:
    """A formula in one line: fractions with a slash, raised digits as superscripts."""
    parts = []
    for part in children(element):
        name = local(part)
        if name == "t":
            parts.append(part.text or "")
        elif name == "f":
            top, bottom = (_math(p) for p in part if local(p) in ("num", "den"))
            parts.append(f"{top}/{bottom}")
        elif name == "sup":
            raised = _math(part)
            parts.append(superscript(raised) if raised.isdigit() else "^" + raised)
        elif not name.endswith("Pr"):
            parts.append(_math(part))
    return "".join(parts)
