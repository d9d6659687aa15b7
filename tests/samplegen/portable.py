"""Samples as PDF: two-column header, page numbers, notes at the page foot, tables, stamps and scans."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field
from pathlib import Path

import matplotlib
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, Table

from tests.samplegen.source import MARKER, NATIONAL, Element, Source, grouped

FONTS = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
SIZE, LEADING, NOTE_SIZE, NOTE_LEADING = 11.0, 16.0, 8.5, 11.0
LEFT, RIGHT, TOP, BOTTOM = 80.0, A4[0] - 55.0, A4[1] - 60.0, 60.0
SERIF, BOLD = "DejaVuSerif", "DejaVuSerif-Bold"


@dataclass
class Pen:
    """Where the next line goes, and the notes that wait for the foot of this page."""

    canvas: Canvas
    notes: dict[str, str]
    unicode_markers: bool
    y: float = TOP
    page: int = 1
    foot: list[str] = field(default_factory=list)
    marks: dict[str, tuple[float, float]] = field(default_factory=dict)

    @property
    def floor(self) -> float:
        """The lowest baseline that leaves room for the notes."""
        return BOTTOM + (len(self.foot) * NOTE_LEADING + 10 if self.foot else 0)


def to_pdf(source: Source) -> bytes:
    """The bytes of a PDF file; the same source gives the same bytes."""
    for name in (SERIF, BOLD):
        pdfmetrics.registerFont(TTFont(name, str(FONTS / f"{name}.ttf")))
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=A4, invariant=1, pageCompression=1)
    notes = {e.marker: e.text for e in (*source.before, *source.after) if e.kind == "note"}
    pen = Pen(canvas, notes, source.superscript == "unicode")
    _header(pen, source)
    _body(pen, source.before)
    _closing(pen, source)
    _body(pen, source.after)
    _end_page(pen)
    canvas.save()
    return stream.getvalue()


def stamp_places(source: Source) -> dict[str, tuple[float, float]]:
    """Where the gaps for number, day and month stand on the first page, in points from the bottom left."""
    left, right = _column_centres()
    places = {"number": _gap(source.number, left, 0)}
    places["day"], places["month"] = (_gap(source.place, right, index) for index in (0, 1))
    height = max(len(source.left), len(source.right or NATIONAL))
    return {name: (x, TOP - height * LEADING - 4) for name, x in places.items()}


def _gap(text: str, centre: float, index: int) -> float:
    found = list(re.finditer(" {3,}", text))[index]
    before = pdfmetrics.stringWidth(text[: found.start()], SERIF, SIZE)
    gap = pdfmetrics.stringWidth(found.group(), SERIF, SIZE)
    return centre - pdfmetrics.stringWidth(text, SERIF, SIZE) / 2 + before + gap / 2


def _column_centres() -> tuple[float, float]:
    return LEFT + 75, RIGHT - 150


def _header(pen: Pen, source: Source) -> None:
    left, right = _column_centres()
    above = (source.left, list(source.right or NATIONAL))
    height = max(map(len, above))
    for centre, lines in zip((left, right), above, strict=True):
        for row, text in enumerate(lines):
            pen.canvas.setFont(BOLD, 9.5)
            pen.canvas.drawCentredString(centre, TOP - row * LEADING, text)
    pen.canvas.setFont(SERIF, SIZE)
    pen.y = TOP - height * LEADING - 4
    pen.canvas.drawCentredString(left, pen.y, source.number)
    pen.canvas.drawCentredString(right, pen.y, source.place)
    pen.y -= 2 * LEADING
    for text in (source.kind, source.subject):
        _centred(pen, text)
    pen.y -= LEADING / 2


def _centred(pen: Pen, text: str, font: str = BOLD) -> None:
    for line in _wrap(text, font, SIZE, RIGHT - LEFT - 40):
        _room(pen, 0)
        pen.canvas.setFont(font, SIZE)
        pen.canvas.drawCentredString((LEFT + RIGHT) / 2, pen.y, line)
        pen.y -= LEADING


def _body(pen: Pen, elements: list[Element]) -> None:
    for element in grouped(elements):
        if isinstance(element, list):
            _table(pen, element)
        elif element.kind == "break":
            _end_page(pen)
        elif element.kind in ("title", "caption", "center"):
            _centred(pen, element.text, SERIF if element.kind == "caption" else BOLD)
        elif element.kind in ("heading", "paragraph", "item"):
            _paragraph(pen, element)


def _paragraph(pen: Pen, element: Element) -> None:
    font = BOLD if element.kind == "heading" else SERIF
    indent = 24.0
    for number, line in enumerate(_wrap(element.text, font, SIZE, RIGHT - LEFT, indent)):
        new = [note for marker in MARKER.findall(line) for note in _note_lines(pen, marker)]
        _room(pen, len(new))
        pen.foot += new
        _draw(pen, LEFT + (0 if number else indent), line, font)
        pen.y -= LEADING
    pen.y -= 3


def _draw(pen: Pen, x: float, line: str, font: str) -> None:
    text = pen.canvas.beginText(x, pen.y)
    start = 0
    for found in MARKER.finditer(line) if not pen.unicode_markers else ():
        text.setFont(font, SIZE)
        text.textOut(line[start : found.start()])
        text.setFont(font, SIZE * 0.6)
        text.setRise(SIZE * 0.4)
        text.textOut("".join(str("⁰¹²³⁴⁵⁶⁷⁸⁹".index(char)) for char in found.group()))
        text.setRise(0)
        start = found.end()
    text.setFont(font, SIZE)
    text.textOut(line[start:])
    pen.canvas.drawText(text)


def _note_lines(pen: Pen, marker: str) -> list[str]:
    digits = "".join(str("⁰¹²³⁴⁵⁶⁷⁸⁹".index(char)) for char in marker)
    return _wrap(f"{marker} {pen.notes[digits]}", SERIF, NOTE_SIZE, RIGHT - LEFT)


def _room(pen: Pen, note_lines: int) -> None:
    wanted = note_lines * NOTE_LEADING + (10 if note_lines and not pen.foot else 0)
    if pen.y < pen.floor + wanted:
        _end_page(pen)


def _end_page(pen: Pen) -> None:
    if pen.foot:
        y = BOTTOM + len(pen.foot) * NOTE_LEADING
        pen.canvas.line(LEFT, y, LEFT + 140, y)
        pen.canvas.setFont(SERIF, NOTE_SIZE)
        for number, line in enumerate(pen.foot):
            pen.canvas.drawString(LEFT, y - (number + 1) * NOTE_LEADING + 2, line)
    if pen.page > 1:
        pen.canvas.setFont(SERIF, SIZE)
        pen.canvas.drawCentredString((LEFT + RIGHT) / 2, A4[1] - 36, str(pen.page))
    pen.canvas.showPage()
    pen.y, pen.foot, pen.page = TOP, [], pen.page + 1


def _table(pen: Pen, rows: list[Element]) -> None:
    style = ParagraphStyle("cell", fontName=SERIF, fontSize=9.5, leading=12)
    cells = [[Paragraph(text, style) for text in row.cells] for row in rows]
    widths = [max(pdfmetrics.stringWidth(row.cells[c], SERIF, 9.5) for row in rows) for c in range(len(rows[0].cells))]
    scale = min(1.0, (RIGHT - LEFT - 12 * len(widths)) / sum(widths))
    table = Table(cells, colWidths=[width * scale + 12 for width in widths])
    table.setStyle([("GRID", (0, 0), (-1, -1), 0.5, colors.black), ("VALIGN", (0, 0), (-1, -1), "TOP")])
    _, height = table.wrapOn(pen.canvas, RIGHT - LEFT, TOP)
    if pen.y - height < pen.floor:
        _end_page(pen)
    table.drawOn(pen.canvas, LEFT, pen.y - height + 8)
    pen.y -= height + LEADING


def _closing(pen: Pen, source: Source) -> None:
    lines = max(len(source.receivers) + 1, len(source.sign) + 4)
    if pen.y - lines * LEADING < pen.floor:
        _end_page(pen)
    pen.y -= LEADING
    for number, text in enumerate(("Nơi nhận:", *source.receivers)):
        pen.canvas.setFont(SERIF, 9.5)
        pen.canvas.drawString(LEFT, pen.y - number * LEADING * 0.8, text)
    centre = RIGHT - 120
    for number, text in enumerate((*source.sign, "", "", source.name)):
        pen.canvas.setFont(BOLD, 10.5)
        pen.canvas.drawCentredString(centre, pen.y - number * LEADING, text)
    pen.y -= lines * LEADING


def _wrap(text: str, font: str, size: float, width: float, indent: float = 0.0) -> list[str]:
    if pdfmetrics.stringWidth(text, font, size) <= width - indent:
        return [text]
    lines, current, limit = [], "", width - indent
    for word in text.split(" "):
        wider = f"{current} {word}" if current else word
        if current and pdfmetrics.stringWidth(wider, font, size) > limit:
            lines.append(current)
            current, limit = word, width
        else:
            current = wider
    return [*lines, current]
