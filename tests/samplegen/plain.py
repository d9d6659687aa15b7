"""Samples as plain text, Markdown and HTML."""

from __future__ import annotations

from html import escape

from tests.samplegen.source import MARKER, NATIONAL, SUPERSCRIPTS, Element, Source


def to_text(source: Source) -> str:
    """Plain text as offices paste it: header lines, blank lines between paragraphs, notes below their paragraph."""
    lines = [
        *source.left,
        *(source.right or NATIONAL),
        "",
        source.number,
        *([source.summary] if source.summary else []),
    ]
    lines += ["", source.place, ""]
    lines += [source.kind, source.subject, ""] if source.kind else []
    lines += [*source.to, ""] if source.to else []
    for element in (*source.before, *_closing(source), *source.after):
        lines += _text_lines(element)
    return "\n".join(lines).strip() + "\n"


def to_markdown(source: Source) -> str:
    """The same with Markdown headings of one level: the labels tell the levels."""
    lines = [
        "  \n".join((*source.left, *(source.right or NATIONAL))),
        "",
        f"**{source.number}**",
        "",
        f"*{source.place}*",
        "",
    ]
    lines += [f"# {source.kind}", "", f"**{source.subject}**", ""]
    for element in source.before:
        lines += [f"## {element.text}", ""] if element.kind == "heading" else _text_lines(element)
    for element in _closing(source):
        lines += _text_lines(element)
    return "\n".join(lines).strip() + "\n"


def to_html(source: Source) -> str:
    """A web page as portals publish them: a borderless header table, paragraphs, notes at the end."""
    left = "<br>".join(escape(line) for line in (*source.left, source.number))
    right = "<br>".join(escape(line) for line in (*(source.right or NATIONAL), source.place))
    parts = [
        "<!DOCTYPE html>",
        '<html lang="vi"><head><meta charset="utf-8">',
        f"<title>{escape(source.kind)} {escape(source.number)}</title></head><body>",
        f'<table class="header"><tr><td>{left}</td><td>{right}</td></tr></table>',
        f"<p><b>{escape(source.kind)}</b></p>",
        f"<p><b>{escape(source.subject)}</b></p>",
    ]
    parts += [_html(element) for element in (*source.before, *_closing(source), *source.after)]
    return "\n".join([*parts, "</body></html>"]) + "\n"


def _closing(source: Source) -> list[Element]:
    if not source.sign:
        return []
    lines = [Element("center", "Nơi nhận:"), *(Element("item", text) for text in source.receivers)]
    return [
        *lines,
        Element("break"),
        *(Element("sign", text) for text in (*source.sign, "", source.name)),
        Element("break"),
    ]


def _text_lines(element: Element) -> list[str]:
    if element.kind == "note":
        return [f"{element.marker.translate(SUPERSCRIPTS)} {element.text}", ""]
    if element.kind == "row":
        return ["\t".join(element.cells)]
    if element.kind == "break":
        return [""]
    return [element.text] if element.kind in ("item", "sign") else [element.text, ""]


def _html(element: Element) -> str:
    text = MARKER.sub(lambda found: f"<sup>{_digits(found.group())}</sup>", escape(element.text))
    if element.kind == "note":
        return f"<p><sup>{element.marker}</sup> {text}</p>"
    if element.kind in ("heading", "title", "sign"):
        return f"<p><b>{text}</b></p>"
    return "<hr>" if element.kind == "break" else f"<p>{text}</p>"


def _digits(marker: str) -> str:
    return "".join(str("⁰¹²³⁴⁵⁶⁷⁸⁹".index(char)) for char in marker)
