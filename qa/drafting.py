"""DOCX files for people who draft: collected wording in the form of Decree 30/2020/NĐ-CP, sources as footnotes.

Sizes are those of the decree's Annex I: A4, margins 20-25 mm top and bottom, 30-35 mm left, 15-20 mm right,
Times New Roman 13-14 pt, black.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from xml.sax.saxutils import escape

MOTTO = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
# Widths of the header's two sides in millimetres; together what the margins leave of A4.
COLUMNS = (58, 106)
_FOOTNOTES_TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
_FOOTNOTES_MEDIA = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph to write, and the source that becomes its footnote ("" for none)."""

    text: str
    source: str = ""
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """A document to be written; what is "" is left for the writer as a dotted line."""

    passages: tuple[Passage, ...]
    kind: str = "BÁO CÁO"
    subject: str = ""
    issuer: str = ""
    parent: str = ""
    place: str = ""
    recipients: tuple[str, ...] = ()
    signer_role: str = ""


def write_draft(draft: Draft) -> bytes:
    """A DOCX in the decree's form: header table, place and date, title, passages, recipients and signature."""
    document = _new_document()
    _header(document, draft)
    _paragraph(document, draft.kind.upper(), bold=True, align="center", before=18)
    _paragraph(document, draft.subject or "…", bold=True, align="center", after=0)
    _rule(document.add_paragraph(), 60)
    _paragraph(document, "", after=0)
    notes = _passages(document, draft.passages)
    _closing(document, draft)
    return _save(document, notes)


def write_conversation(turns: Sequence[tuple[str, str, Sequence[str]]]) -> bytes:
    """A DOCX of a conversation: each question, its answer, and its sources as footnotes.

    Args:
        turns: (question, answer, source lines) in order.
    """
    document = _new_document()
    _paragraph(document, "HỎI ĐÁP TRÊN KHO VĂN BẢN", bold=True, align="center", after=12)
    passages: list[Passage] = []
    for question, answer, sources in turns:
        passages += [Passage(question, bold=True), Passage(answer, source="; ".join(sources))]
    return _save(document, _passages(document, passages))


def _new_document() -> Any:  # noqa: ANN401  # python-docx has no types
    import docx
    from docx.shared import Mm, Pt

    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(16)
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Times New Roman", Pt(14)
    # Word looks up Vietnamese letters in the East Asian and complex faces too.
    fonts = style.element.rPr.rFonts
    for face in ("w:eastAsia", "w:cs"):
        fonts.set(_qualified(face), "Times New Roman")
    return document


def _header(document: Any, draft: Draft) -> None:  # noqa: ANN401
    table = _columns(document, 2)
    left, right = table.rows[0].cells
    _fill(left, [(draft.parent.upper(), False, 12), (draft.issuer.upper() or "…", True, 12)])
    _rule(left.add_paragraph(), 20)
    _fill(right, [(MOTTO[0], True, 12), (MOTTO[1], True, 13)])
    _rule(right.add_paragraph(), 22)
    today = f"{draft.place or '…'}, ngày … tháng … năm {date.today().year}"
    _fill(table.rows[1].cells[0], [("Số:      /…", False, 13)])
    _fill(table.rows[1].cells[1], [(today, False, 13)], italic=True)


def _columns(document: Any, rows: int) -> Any:  # noqa: ANN401
    """A table of two columns, wide enough on the right for the country's name on one line."""
    from docx.shared import Mm

    table = document.add_table(rows=rows, cols=2)
    table.autofit = False
    for column, width in zip(table.columns, COLUMNS, strict=True):
        column.width = Mm(width)
    for row in table.rows:
        for cell, width in zip(row.cells, COLUMNS, strict=True):
            cell.width = Mm(width)
    return table


def _fill(cell: Any, lines: Sequence[tuple[str, bool, int]], *, italic: bool = False) -> None:  # noqa: ANN401
    """Centred lines (text, bold, size in points); empty ones are left out."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    paragraph = cell.paragraphs[0]
    for text, bold, size in lines:
        if not text:
            continue
        if paragraph.runs:
            paragraph = cell.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.space_after = Pt(0)
        run = paragraph.add_run(text)
        run.bold, run.italic, run.font.size = bold, italic, Pt(size)


def _rule(paragraph: Any, indent: int) -> None:  # noqa: ANN401
    """Make an empty paragraph the thin line under a header or title; `indent` in millimetres from both sides."""
    from docx.oxml import OxmlElement
    from docx.shared import Mm, Pt

    form = paragraph.paragraph_format
    form.left_indent = form.right_indent = Mm(indent)
    form.space_before = form.space_after = Pt(0)
    form.line_spacing = Pt(3)
    borders, line = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "0"), ("color", "000000")):
        line.set(_qualified(f"w:{name}"), value)
    borders.append(line)
    # The schema wants the border before spacing and indents.
    paragraph._p.get_or_add_pPr().insert(0, borders)


def _paragraph(
    document: Any,  # noqa: ANN401
    text: str,
    *,
    bold: bool = False,
    align: str = "justify",
    before: int = 0,
    after: int = 6,
) -> Any:  # noqa: ANN401
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Mm, Pt

    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if align == "center" else WD_ALIGN_PARAGRAPH.JUSTIFY
    paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = Pt(before), Pt(after)
    if align == "justify":
        paragraph.paragraph_format.first_line_indent = Mm(10)
    paragraph.add_run(text).bold = bold
    return paragraph


def _passages(document: Any, passages: Sequence[Passage]) -> list[str]:  # noqa: ANN401
    """Write the passages; returns the texts of the footnotes, numbered from 1 in this order."""
    notes: list[str] = []
    for passage in passages:
        lines = passage.text.split("\n")
        for line in lines:
            paragraph = _paragraph(document, line, bold=passage.bold)
        if passage.source:
            notes.append(passage.source)
            _reference(paragraph, len(notes))
    return notes


def _reference(paragraph: Any, number: int) -> None:  # noqa: ANN401
    from docx.oxml import OxmlElement

    run = paragraph.add_run()
    run.font.superscript = True
    reference = OxmlElement("w:footnoteReference")
    reference.set(_qualified("w:id"), str(number))
    run._r.append(reference)


def _closing(document: Any, draft: Draft) -> None:  # noqa: ANN401
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    _paragraph(document, "", after=0)
    left, right = _columns(document, 1).rows[0].cells
    left.paragraphs[0].paragraph_format.space_after = Pt(0)
    head = left.paragraphs[0].add_run("Nơi nhận:")
    head.bold, head.italic, head.font.size = True, True, Pt(12)
    for name in draft.recipients or ("Như trên;", "Lưu: VT."):
        line = left.add_paragraph()
        line.paragraph_format.space_after = Pt(0)
        line.add_run(f"- {name}").font.size = Pt(11)
    right.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
    right.paragraphs[0].add_run(draft.signer_role.upper() or "…").bold = True


def _save(document: Any, notes: Sequence[str]) -> bytes:  # noqa: ANN401
    if notes:
        from docx.opc.packuri import PackURI
        from docx.opc.part import Part

        blob = _footnotes_xml(notes).encode("utf-8")
        part = Part(PackURI("/word/footnotes.xml"), _FOOTNOTES_MEDIA, blob, document.part.package)
        document.part.relate_to(part, _FOOTNOTES_TYPE)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _footnotes_xml(notes: Sequence[str]) -> str:
    form = '<w:pPr><w:spacing w:after="0"/></w:pPr>'
    mark = form + '<w:r><w:rPr><w:sz w:val="20"/><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteRef/></w:r>'
    body = "".join(
        f'<w:footnote w:id="{number}"><w:p>{mark}<w:r><w:rPr><w:sz w:val="20"/></w:rPr>'
        f'<w:t xml:space="preserve"> {escape(text)}</w:t></w:r></w:p></w:footnote>'
        for number, text in enumerate(notes, 1)
    )
    separators = "".join(
        f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:r><w:{tag}/></w:r></w:p></w:footnote>'
        for number, kind, tag in (
            (-1, "separator", "separator"),
            (0, "continuationSeparator", "continuationSeparator"),
        )
    )
    return f'<?xml version="1.0" encoding="UTF-8"?><w:footnotes xmlns:w="{_W}">{separators}{body}</w:footnotes>'


def _qualified(name: str) -> str:
    from docx.oxml.ns import qn

    return str(qn(name))
