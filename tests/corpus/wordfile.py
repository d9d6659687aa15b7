"""Small Word files for tests, written as XML."""

from __future__ import annotations

import zipfile
from pathlib import Path

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def p(text: str, *, properties: str = "", run: str = "") -> str:
    """A paragraph of one run; `properties` and `run` are the inside of `w:pPr` and `w:rPr`."""
    return f"<w:p><w:pPr>{properties}</w:pPr>{r(text, run)}</w:p>"


def r(text: str, run: str = "") -> str:
    """A run."""
    return f'<w:r><w:rPr>{run}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def field(code: str, result: str) -> str:
    """A paragraph that is a field: its code, and the result that Word shows."""
    marks = [f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")]
    return f"<w:p>{marks[0]}<w:r><w:instrText> {code} </w:instrText></w:r>{marks[1]}{r(result)}{marks[2]}</w:p>"


def item(text: str, num: int, depth: int = 0) -> str:
    """A list paragraph."""
    return p(text, properties=f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{num}"/></w:numPr>')


def table(*rows: tuple[str, ...]) -> str:
    """A table; a cell is its text, or XML of `w:tc`."""
    body = "".join(
        "<w:tr>" + "".join(c if c.startswith("<w:tc>") else f"<w:tc>{p(c)}</w:tc>" for c in row) + "</w:tr>"
        for row in rows
    )
    return f"<w:tbl>{body}</w:tbl>"


def write(path: Path, body: str, **parts: str) -> Path:
    """A .docx file; parts are "styles", "numbering", "footnotes", "endnotes", "header" by the inside of their root."""
    roots = {"styles": "styles", "numbering": "numbering", "footnotes": "footnotes", "endnotes": "endnotes",
             "header": "hdr"}  # fmt: skip
    relations = "".join(
        f'<Relationship Id="r{n}" Type="{_R}/{name}" Target="{name}.xml"/>' for n, name in enumerate(parts)
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("[Content_Types].xml", "<Types/>")
        file.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="a" Type="{_R}/officeDocument" '
            'Target="word/document.xml"/></Relationships>',
        )
        file.writestr("word/_rels/document.xml.rels", f'<Relationships xmlns="{_PACKAGE}">{relations}</Relationships>')
        file.writestr("word/document.xml", f"<w:document {_W}><w:body>{body}</w:body></w:document>")
        for name, inside in parts.items():
            file.writestr(f"word/{name}.xml", f"<w:{roots[name]} {_W}>{inside}</w:{roots[name]}>")
    return path
