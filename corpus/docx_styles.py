"""What the styles of a Word file say about runs and paragraphs, along the chain of what they are based on."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

from corpus.docx_package import Element, W, child, count, switch, value


@dataclass(frozen=True, slots=True)
class RunStyle:
    """Properties of a run; None is not said here, and comes from the style below."""

    font: str | None = None
    bold: bool | None = None
    caps: bool | None = None
    hidden: bool | None = None
    raised: bool | None = None
    size: float | None = None

    def over(self, base: RunStyle) -> RunStyle:
        """These properties, completed from `base`."""
        missing = {f.name: getattr(base, f.name) for f in fields(self) if getattr(self, f.name) is None}
        return replace(self, **missing)


@dataclass(frozen=True, slots=True)
class ParagraphStyle:
    """A paragraph style: its name, its runs, and its list."""

    name: str = ""
    run: RunStyle = RunStyle()
    num: str | None = None
    depth: int | None = None


_PLAIN = ParagraphStyle()


def run_style(properties: Element | None) -> RunStyle:
    """What a `w:rPr` says itself."""
    if properties is None:
        return RunStyle()
    fonts = child(properties, "rFonts")
    font = None if fonts is None else fonts.get(W + "ascii") or fonts.get(W + "hAnsi")
    align = value(properties, "vertAlign")
    size = count(properties, "sz")
    return RunStyle(
        font=font,
        bold=switch(properties, "b"),
        caps=switch(properties, "caps"),
        hidden=switch(properties, "vanish"),
        raised=None if align is None else align == "superscript",
        size=size / 2 if size is not None else None,
    )


def list_of(properties: Element | None) -> tuple[str | None, int | None]:
    """The list and level that a `w:pPr` names; None where it names none."""
    numbering = child(properties, "numPr")
    return value(numbering, "numId"), count(numbering, "ilvl")


class Styles:
    """Styles by id, resolved."""

    def __init__(self, root: Element | None) -> None:
        self._elements = {} if root is None else {s.get(W + "styleId", ""): s for s in root.findall(W + "style")}
        self._resolved: dict[str, ParagraphStyle] = {}
        self.defaults = run_style(child(root, "docDefaults", "rPrDefault", "rPr"))
        self._default_id = next(
            (
                name
                for name, style in self._elements.items()
                if style.get(W + "type") == "paragraph" and style.get(W + "default") in ("1", "true")
            ),
            "",
        )

    def paragraph(self, style_id: str | None) -> ParagraphStyle:
        """A paragraph style with what it inherits; the default style for None."""
        return self._resolve(style_id or self._default_id, frozenset())

    def run(self, style_id: str | None) -> RunStyle:
        """A character style with what it inherits."""
        return self._resolve(style_id, frozenset()).run if style_id else RunStyle()

    def _resolve(self, style_id: str, seen: frozenset[str]) -> ParagraphStyle:
        if style_id in self._resolved:
            return self._resolved[style_id]
        element = self._elements.get(style_id)
        if element is None or style_id in seen:
            return _PLAIN
        base = self._resolve(value(element, "basedOn") or "", seen | {style_id})
        num, depth = list_of(child(element, "pPr"))
        resolved = ParagraphStyle(
            name=value(element, "name") or "",
            run=run_style(child(element, "rPr")).over(base.run),
            num=num if num is not None else base.num,
            depth=depth if depth is not None else base.depth,
        )
        self._resolved[style_id] = resolved
        return resolved
