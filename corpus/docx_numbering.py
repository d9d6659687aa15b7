"""The numbers and bullets that Word shows before list paragraphs, from styles.xml and numbering.xml."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from corpus.docx_package import Element, W, child, value

# Bullets of symbol fonts stand in the private use area; these are what a reader sees.
_SYMBOLS = {
    "\uf0b7": "•", "\uf0a7": "▪", "\uf0d8": "►", "\uf0fc": "✓", "\uf0a8": "□", "\uf06e": "■", "\uf06f": "□",
    "\uf02d": "-", "\uf02b": "+", "\uf02a": "*", "\uf0be": "-",
    "\uf0a3": "□", "\uf0ff": "□", "\uf0fe": "☑", "\uf0fd": "☒",
}  # fmt: skip
_ROMAN = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
          (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))  # fmt: skip
# A number beyond this is nobody's list: letters, which grow with it, would fill the memory.
_MOST = 9_999


def symbol(char: str) -> str:
    """A character of a symbol font as plain text; "•" where it is unknown."""
    if char in _SYMBOLS:
        return _SYMBOLS[char]
    return "•" if "\ue000" <= char <= "\uf8ff" else char


def format_number(number: int, kind: str) -> str:
    """A list number in one of Word's formats: "decimal", "upperRoman", "lowerLetter" …; else decimal."""
    if kind == "none":
        return ""
    if kind in ("upperRoman", "lowerRoman") and 0 < number < 4000:
        return _roman(number) if kind == "upperRoman" else _roman(number).lower()
    if kind in ("upperLetter", "lowerLetter") and 0 < number <= _MOST:
        letter = chr(ord("A") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter if kind == "upperLetter" else letter.lower()
    return f"{number:02d}" if kind == "decimalZero" else str(number)


def _roman(number: int) -> str:
    found = ""
    for amount, letters in _ROMAN:
        count, number = divmod(number, amount)
        found += letters * count
    return found


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list; `text` is Word's pattern ("%1.%2."), `restart` the level whose step restarts this one."""

    start: int = 1
    kind: str = "decimal"
    text: str = "%1."
    restart: int | None = None
    legal: bool = False
    style: str = ""


def _number(text: str | None, default: int) -> int:
    try:
        return int(text) if text is not None else default
    except ValueError:
        return default


def _level(element: Element) -> Level:
    restart = value(element, "lvlRestart")
    return Level(
        start=_number(value(element, "start"), 0),
        kind=value(element, "numFmt") or "decimal",
        text=value(element, "lvlText") or "",
        restart=None if restart is None else _number(restart, 0),
        legal=child(element, "isLgl") is not None,
        style=value(element, "pStyle") or "",
    )


def _levels(element: Element) -> dict[int, Level]:
    return {_number(lvl.get(W + "ilvl"), 0): _level(lvl) for lvl in element.findall(W + "lvl")}


class Numbering:
    """Counts list paragraphs in reading order; one object serves one document.

    Lists that share an abstract definition go on counting, as in Word, unless their own definition overrides the start.
    """

    def __init__(self, root: Element | None) -> None:
        self._abstract: dict[str, dict[int, Level]] = {}
        self._of: dict[str, str] = {}
        self._levels: dict[str, dict[int, Level]] = {}
        self._overridden: dict[str, dict[int, int]] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._seen: set[tuple[str, int]] = set()
        if root is not None:
            self._load(root)

    def _load(self, root: Element) -> None:
        linked: dict[str, str] = {}
        for element in root.findall(W + "abstractNum"):
            name = element.get(W + "abstractNumId", "")
            self._abstract[name] = _levels(element)
            if style := value(element, "styleLink"):
                linked[style] = name
        for element in root.findall(W + "abstractNum"):
            target = linked.get(value(element, "numStyleLink") or "")
            if target:
                self._abstract[element.get(W + "abstractNumId", "")] = self._abstract[target]
        for element in root.findall(W + "num"):
            self._load_num(element)

    def _load_num(self, element: Element) -> None:
        name = element.get(W + "numId", "")
        abstract = value(element, "abstractNumId") or ""
        levels = dict(self._abstract.get(abstract, {}))
        starts: dict[int, int] = {}
        for override in element.findall(W + "lvlOverride"):
            depth = _number(override.get(W + "ilvl"), 0)
            if (own := child(override, "lvl")) is not None:
                levels[depth] = _level(own)
                starts[depth] = levels[depth].start
            if (start := value(override, "startOverride")) is not None:
                starts[depth] = _number(start, 1)
                levels[depth] = replace(levels.get(depth, Level()), start=starts[depth])
        self._of[name], self._levels[name], self._overridden[name] = abstract, levels, starts

    def level_of_style(self, num: str, style: str) -> int:
        """The level of a list that is tied to a paragraph style; 0 where none is."""
        return next((depth for depth, level in self._levels.get(num, {}).items() if level.style == style), 0)

    def label(self, num: str, depth: int) -> str:
        """Step the list and return what Word shows before this paragraph: "1.", "2.1.", "a)", "-", or ""."""
        levels = self._levels.get(num)
        level = levels.get(depth) if levels else None
        if levels is None or level is None:
            return ""
        if level.kind == "bullet":
            return symbol(level.text[:1]) if level.text.strip() else ""
        counts = self._step(num, depth, levels)
        return re.sub(
            r"%([1-9])", lambda match: self._shown(int(match[1]) - 1, levels, counts, legal=level.legal), level.text
        ).strip()

    def _step(self, num: str, depth: int, levels: dict[int, Level]) -> dict[int, int]:
        counts = self._counts.setdefault(self._of[num], {})
        fresh = (num, depth) not in self._seen
        self._seen.add((num, depth))
        if fresh and depth in self._overridden[num]:
            counts.pop(depth, None)
        for upper in range(depth):
            counts.setdefault(upper, levels[upper].start if upper in levels else 1)
        counts[depth] = counts[depth] + 1 if depth in counts else levels[depth].start
        for lower in [key for key in counts if key > depth]:
            restart = levels[lower].restart if lower in levels else None
            if restart is None or restart > depth:
                del counts[lower]
        return counts

    @staticmethod
    def _shown(depth: int, levels: dict[int, Level], counts: dict[int, int], *, legal: bool) -> str:
        level = levels.get(depth, Level())
        kind = "decimal" if legal and level.kind != "none" else level.kind
        return format_number(counts.get(depth, level.start), kind)
