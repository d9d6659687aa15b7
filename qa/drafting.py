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
    _paragraph(document, draft.subject or "…", bold=True, align="center", after=12)
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
    section.left_margin, section.right_margin = Mm(30), Mm(17)
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Times New Roman", Pt(14)
    # Word looks up Vietnamese letters in the East Asian and complex faces too.
    fonts = style.element.rPr.rFonts
    for face in ("w:eastAsia", "w:cs"):
        fonts.set(_qualified(face), "Times New Roman")
    return document


def _header(document: Any, draft: Draft) -> None:  # noqa: ANN401
    table = document.add_table(rows=2, cols=2)
    left, right = table.rows[0].cells
    _fill(left, [(draft.parent.upper(), False), (draft.issuer.upper() or "…", True)])
    _fill(right, [(MOTTO[0], True), (MOTTO[1], True)])
    today = f"{draft.place or '…'}, ngày … tháng … năm {date.today().year}"
    _fill(table.rows[1].cells[0], [("Số:      /…", False)])
    _fill(table.rows[1].cells[1], [(today, False)], italic=True)


def _fill(cell: Any, lines: Sequence[tuple[str, bool]], *, italic: bool = False) -> None:  # noqa: ANN401
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    paragraph = cell.paragraphs[0]
    for text, bold in lines:
        if not text:
            continue
        if paragraph.runs:
            paragraph = cell.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        run = paragraph.add_run(text)
        run.bold, run.italic, run.font.size = bold, italic, Pt(13)


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

    left, right = document.add_table(rows=1, cols=2).rows[0].cells
    head = left.paragraphs[0].add_run("Nơi nhận:")
    head.bold, head.italic, head.font.size = True, True, Pt(12)
    for name in draft.recipients or ("Như trên;", "Lưu: VT."):
        left.add_paragraph().add_run(f"- {name}").font.size = Pt(11)
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
    mark = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteRef/></w:r>'
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
