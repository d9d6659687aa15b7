"""Samples as DOCX, with real footnotes: python-docx has no interface for those, so the part is written by hand."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from typing import Any
from xml.sax.saxutils import escape

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from tests.samplegen.source import MARKER, NATIONAL, Element, Source, grouped

EPOCH = datetime(2024, 1, 2)
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def to_docx(source: Source) -> bytes:
    """The bytes of a DOCX file; the same source gives the same bytes."""
    document = Document()
    document.core_properties.created = document.core_properties.modified = EPOCH
    document.core_properties.title = ""
    _header(document, source)
    _body(document, source.before)
    _closing(document, source)
    _body(document, source.after)
    _attach_notes(document, [e for e in (*source.before, *source.after) if e.kind == "note"])
    stream = io.BytesIO()
    document.save(stream)
    return _without_times(stream.getvalue())


def _header(document: Any, source: Source) -> None:
    table = document.add_table(rows=1, cols=2)
    right = (*(source.right or NATIONAL), source.place)
    for cell, lines in zip(table.rows[0].cells, ((*source.left, source.number), right), strict=True):
        cell.paragraphs[0].text = lines[0]
        for line in lines[1:]:
            cell.add_paragraph(line)
        for paragraph in cell.paragraphs:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for text in (source.kind, source.subject):
        paragraph = document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.add_run(text).bold = True


def _body(document: Any, elements: list[Element]) -> None:
    for element in grouped(elements):
        if isinstance(element, list):
            _table(document, element)
        elif element.kind == "break":
            document.add_page_break()
        elif element.kind != "note":
            _paragraph(document, element)


def _paragraph(document: Any, element: Element) -> None:
    if element.kind == "item":
        document.add_paragraph(element.text[2:], style="List Bullet")
        return
    paragraph = document.add_paragraph()
    if element.kind in ("title", "caption", "center"):
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    start = 0
    for found in MARKER.finditer(element.text):
        paragraph.add_run(element.text[start : found.start()])
        _reference(paragraph, str("⁰¹²³⁴⁵⁶⁷⁸⁹".index(found.group())))
        start = found.end()
    paragraph.add_run(element.text[start:]).bold = element.kind in ("heading", "title") or None


def _reference(paragraph: Any, marker: str) -> None:
    run = paragraph.add_run()
    run.font.superscript = True
    reference = OxmlElement("w:footnoteReference")
    reference.set(qn("w:id"), marker)
    run._r.append(reference)


def _table(document: Any, rows: list[Element]) -> None:
    table = document.add_table(rows=len(rows), cols=len(rows[0].cells), style="Table Grid")
    for number, row in enumerate(rows):
        for column, text in enumerate(row.cells):
            if text:
                table.cell(number, column).text = text
    for column in range(len(rows[0].cells)):
        _merge(table, [row.cells[column] for row in rows], column)


def _merge(table: Any, texts: list[str], column: int) -> None:
    start = 0
    for number in range(1, len(texts) + 1):
        if number < len(texts) and not texts[number]:
            continue
        if number - start > 1:
            table.cell(start, column).merge(table.cell(number - 1, column)).text = texts[start]
        start = number


def _closing(document: Any, source: Source) -> None:
    if not source.sign:
        return
    left, right = document.add_table(rows=1, cols=2).rows[0].cells
    left.paragraphs[0].text = "Nơi nhận:"
    for line in source.receivers:
        left.add_paragraph(line)
    right.paragraphs[0].text = source.sign[0]
    for line in (*source.sign[1:], "", "", source.name):
        right.add_paragraph(line)


def _attach_notes(document: Any, notes: list[Element]) -> None:
    if not notes:
        return
    separators = "".join(
        f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:r><w:{tag}/></w:r></w:p></w:footnote>'
        for kind, number, tag in (("separator", -1, "separator"), ("continuationSeparator", 0, "continuationSeparator"))
    )
    texts = "".join(
        f'<w:footnote w:id="{note.marker}"><w:p><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteRef/>'
        f'</w:r><w:r><w:t xml:space="preserve"> {escape(note.text)}</w:t></w:r></w:p></w:footnote>'
        for note in notes
    )
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    xml = f'{head}<w:footnotes xmlns:w="{W}">{separators}{texts}</w:footnotes>'
    part = Part(PackURI("/word/footnotes.xml"), CT.WML_FOOTNOTES, xml.encode(), document.part.package)
    document.part.relate_to(part, RT.FOOTNOTES)


def _without_times(data: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            info = zipfile.ZipInfo(name, (2024, 1, 2, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, old.read(name))
    return stream.getvalue()
