"""Visual lines joined into paragraphs, with the notes that stand between them taken out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from corpus.document import Column, RawDocument, RawLine
from corpus.footnotes import note_marker, take_notes
from corpus.labels import parse_annex, parse_label

_ENDS = re.compile(r"(?:[.!?;:…]|\./\.)[\"”’)\]]*[⁰¹²³⁴-⁹]*$")
_ITEM = re.compile(r"(?:[*+•●○▪▫■►✓]|[-–—](?=\s|\w))\s*\S|\((?:\d{1,2}|[a-zđ]|[ivx]+)\)\s")
_ORDINAL_ITEM = re.compile(
    r"(?:Một|Hai|Ba|Bốn|Năm|Sáu|Bảy|Tám|Chín|Mười|Thứ \w+) là\b|Thứ (?:nhất|hai|ba|tư|năm|sáu)\b"
)
_RULE = re.compile(r"[-–—_*=.\s]{3,}$|[*_-]$")
_NUMBER_LINE = re.compile(r"Số\s*:?.{0,40}$", re.IGNORECASE)
_DATE_LINE = re.compile(r".{0,40}\bngày\b.{0,12}\btháng\b.{0,12}\bnăm\b.{0,12}$", re.IGNORECASE)
_MOTTO = re.compile(r"CỘNG HÒA XÃ HỘI|CỘNG HOÀ XÃ HỘI|Độc lập\s*[-–]\s*Tự do|ĐẢNG CỘNG SẢN VIỆT NAM")
_CLOSING = re.compile(r"Nơi\s+nhận\b|NƠI\s+NHẬN\b")
_CAPACITY = re.compile(r"(?:T\s*/\s*M|TM|KT|K/T|TL|T/L|TUQ|Q)\s*[./]?\s+[A-ZĐ]{2}")
_ATTACHED = re.compile(r"\(?\s*(?:Ban hành\s+)?[Kk]èm theo\b|\(Ban hành\b")
_CITING_WORD = re.compile(r"(?:khoản|điểm|Điều|điều|mục|Mục|Chương|chương|và|hoặc|các|tại|số|đến|từ|của|theo|,)$")
# Below this share of the column a line is short: the paragraph ended there.
_SHORT = 0.78


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A whole paragraph or one table row.

    Args:
        pieces: (offset, page): from this offset of the text on it stands on that page.
        order: index of its first raw line, to tell what stands before what.
        gap: a blank line or a page break stands before it.
    """

    text: str
    pieces: tuple[tuple[int, int], ...]
    order: int
    gap: bool = False
    whole: bool = False
    column: Column = ""
    cells: tuple[str, ...] | None = None
    table: int = 0
    note: str | None = None
    bold: bool = False
    style: str = ""
    x: float | None = None

    @property
    def page(self) -> int:
        """The page on which it starts."""
        return self.pieces[0][1]


def is_item(text: str) -> bool:
    """Whether a line starts an item of a list: `*`, `-`, `+`, `(1)`, "Một là"."""
    return bool(_ITEM.match(text) or _ORDINAL_ITEM.match(text))


def is_rule(text: str) -> bool:
    """Whether a line is only drawn: "-----", "*", "___"."""
    return bool(_RULE.match(text))


def is_caps(text: str) -> bool:
    """Whether the letters of a line are capitals."""
    letters = [char for char in text if char.isalpha()]
    return len(letters) >= 2 and sum(char.isupper() for char in letters) >= 0.9 * len(letters)


def starts_closing(text: str) -> bool:
    """Whether a line opens the closing block: "Nơi nhận:", "T/M BAN THƯỜNG VỤ", "KT. CHỦ TỊCH"."""
    return bool(_CLOSING.match(text.lstrip("* ")) or (_CAPACITY.match(text) and is_caps(text) and len(text) < 90))


def is_atomic(text: str) -> bool:
    """Whether a line of the header stands for itself: number, place and date, motto."""
    return bool(
        is_rule(text) or (len(text) < 70 and (_NUMBER_LINE.match(text) or _DATE_LINE.match(text))) or _MOTTO.match(text)
    )


def join_lines(raw: RawDocument) -> tuple[tuple[Paragraph, ...], tuple[Paragraph, ...]]:
    """Paragraphs of the running text, and the footnotes taken out of it.

    Returns:
        (body, notes), each in reading order; white space is single, nothing else is changed.
    """
    paragraphs = [_paragraph(line, order) for order, line in enumerate(raw.lines)]
    doubled = _is_double_spaced(raw.lines)
    if doubled:
        paragraphs = _single_spaced(paragraphs)
    body, notes = take_notes(paragraphs)
    width = _column_width(body)
    return tuple(_joined(body, width, doubled=doubled)), tuple(_joined_note(note) for note in notes)


def join_texts(first: str, second: str) -> tuple[str, int]:
    """Two lines of one paragraph as one text, and the offset of the second; a divided word is mended."""
    if first.endswith("\u00ad"):
        return first[:-1] + second, len(first) - 1
    if first.endswith(("/", "“", "(")) or second.startswith((")", ",", ".", ";", "”")):
        return first + second, len(first)
    return f"{first} {second}", len(first) + 1


def _paragraph(line: RawLine, order: int) -> Paragraph:
    text = " ".join(line.text.split())
    cells = tuple(" ".join(cell.split()) for cell in line.cells) if line.cells is not None else None
    return Paragraph(
        text if cells is None else " | ".join(cells),
        ((0, line.page),),
        order,
        whole=line.whole,
        column=line.column,
        cells=cells,
        table=line.table,
        note=line.note,
        bold=line.bold,
        style=line.style,
        x=line.x,
    )


def _is_double_spaced(lines: Sequence[RawLine]) -> bool:
    """Whether every visual line stands alone between blank lines."""
    if any(line.whole for line in lines):
        return False
    texts = [(line, following) for line, following in zip(lines, lines[1:], strict=False) if line.text.strip()]
    if len(texts) < 20:
        return False
    alone = sum(not following.text.strip() for _, following in texts)
    unfinished = sum(not _ENDS.search(line.text.strip()) for line, _ in texts)
    longest = max(len(line.text.strip()) for line, _ in texts)
    return alone > 0.85 * len(texts) and unfinished > 0.5 * len(texts) and longest < 130


def _single_spaced(paragraphs: list[Paragraph]) -> list[Paragraph]:
    """Without the blank line behind each line; a run of several blanks keeps one."""
    kept: list[Paragraph] = []
    blanks = 0
    for paragraph in paragraphs:
        blanks = 0 if paragraph.text else blanks + 1
        if paragraph.text or blanks == 2:
            kept.append(paragraph)
    return kept


def _column_width(paragraphs: Iterable[Paragraph]) -> int:
    """Characters of a full visual line; 0 where lines are whole paragraphs."""
    lengths = sorted(len(p.text) for p in paragraphs if p.text and not p.whole and p.cells is None and not p.column)
    if len(lengths) < 3:
        return 0
    width = lengths[int(len(lengths) * 0.9)]
    return width if width < 160 else 0


def _joined(paragraphs: Iterable[Paragraph], width: int, *, doubled: bool) -> Iterable[Paragraph]:
    current: Paragraph | None = None
    last_line = ""
    gap = False
    closing = False
    for paragraph in paragraphs:
        if not paragraph.text:
            gap = True
            continue
        closing = _in_closing(paragraph, closing=closing)
        kept = closing and not _is_full(last_line, width)
        if current is not None and not kept and _continues(current, last_line, paragraph, width, gap=gap):
            current = _extended(current, paragraph)
        else:
            if current is not None:
                yield current
            current = replace(paragraph, gap=gap)
        last_line, gap = paragraph.text, False
    if current is not None:
        yield current


def _in_closing(paragraph: Paragraph, *, closing: bool) -> bool:
    """Lines of the closing block stay apart until an annex, a heading, a table or a long paragraph follows."""
    text = paragraph.text
    if starts_closing(text):
        return True
    label = parse_annex(text) or parse_label(text)
    opened = label is not None and label.family in ("annex", "part", "chapter", "article", "roman")
    return closing and not opened and not _MOTTO.match(text) and paragraph.cells is None and len(text) < 150


def _extended(current: Paragraph, following: Paragraph) -> Paragraph:
    text, offset = join_texts(current.text, following.text)
    pieces = current.pieces
    if following.page != pieces[-1][1]:
        pieces = (*pieces, (offset, following.page))
    return replace(current, text=text, pieces=pieces)


def _joined_note(lines: Sequence[Paragraph]) -> Paragraph:
    note = lines[0]
    for line in lines[1:]:
        note = _extended(note, line)
    return note


def _continues(current: Paragraph, last_line: str, following: Paragraph, width: int, *, gap: bool) -> bool:
    """Whether a line goes on with the paragraph before it."""
    if _stands_alone(current) or _stands_alone(following) or starts_closing(following.text):
        return False
    if _ATTACHED.match(following.text) or (_ATTACHED.match(current.text) and current.text.endswith(")")):
        return False
    if _starts_new(last_line, following.text):
        return False
    if gap or following.page != current.pieces[-1][1]:
        return _is_open(current.text) and _resumes(current.text, following.text)
    return _same_block(current, last_line, following, width)


def _stands_alone(paragraph: Paragraph) -> bool:
    return bool(paragraph.whole or paragraph.cells is not None or paragraph.column or is_atomic(paragraph.text))


def _starts_new(previous: str, text: str) -> bool:
    """Whether a line opens a paragraph by its label or bullet."""
    if is_item(text):
        # "phát triển kinh tế / - xã hội": a dash inside a sentence that was broken before it.
        return bool(_ENDS.search(previous) or previous.endswith(",") or not _starts_lower(text.lstrip("-–— ")))
    label = parse_label(text)
    if label is None:
        return parse_annex(text) is not None and (is_caps(text) or len(text) < 25) and not _CITING_WORD.search(previous)
    if _CITING_WORD.search(previous):
        return False
    rest = text[label.end :]
    if label.family in ("part", "chapter", "division", "subdivision", "article"):
        return not _starts_lower(rest)
    if label.family == "point" or label.family == "number":
        return bool(_ENDS.search(previous)) or not _starts_lower(rest)
    return True


def _starts_lower(text: str) -> bool:
    start = text.lstrip('“"‘(')[:1]
    return start.islower()


def _is_open(text: str) -> bool:
    return not _ENDS.search(text)


def _resumes(first: str, second: str) -> bool:
    """Whether a paragraph broken by a page, a blank or a note goes on in `second`."""
    if is_caps(first) and len(first) < 200 and not is_caps(second):
        return False
    if first.count("“") > first.count("”") or first.count("(") > first.count(")"):
        return True
    if first.endswith((",", "-", "–", "/")):
        return True
    return _starts_lower(second) or (second[:1].isdigit() and parse_label(second) is None and len(first) > 60)


def _same_block(current: Paragraph, last_line: str, following: Paragraph, width: int) -> bool:
    """Whether two adjacent lines belong to one paragraph."""
    text = following.text
    if is_caps(current.text) != is_caps(text) and len(current.text) < 200 and _is_heading_like(current, following):
        return False
    if current.bold and not following.bold and not _starts_lower(text) and _is_open(last_line):
        return _is_full(last_line, width) and parse_label(current.text) is None
    if _is_full(last_line, width):
        indented = following.x is not None and current.x is not None and following.x > current.x + 12
        return not (_ENDS.search(last_line) and not _starts_lower(text) and indented)
    if _starts_lower(text):
        return True
    if not _is_open(last_line) or is_caps(current.text) != is_caps(text):
        return False
    return (current.bold and following.bold) or (following.x is None and not current.text.startswith("Kính gửi"))


def _is_full(line: str, width: int) -> bool:
    return width == 0 or len(line) >= _SHORT * width


def _is_heading_like(current: Paragraph, following: Paragraph) -> bool:
    return is_caps(current.text) or is_caps(following.text)


__all__ = ["Paragraph", "is_caps", "is_item", "is_rule", "join_lines", "join_texts", "note_marker", "starts_closing"]
