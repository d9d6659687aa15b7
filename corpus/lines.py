"""Visual lines joined into paragraphs, with the notes that stand between them taken out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from corpus.document import RawDocument, RawLine
from corpus.footnotes import take_notes
from corpus.labels import parse_annex, parse_label
from corpus.measures import Measures, measure
from corpus.paragraphs import (
    Paragraph,
    extend,
    is_atomic,
    is_caps,
    is_contents_line,
    is_item,
    is_open,
    starts_closing,
    starts_lower,
)

_MOTTO = re.compile(r"CỘNG HÒA XÃ HỘI|CỘNG HOÀ XÃ HỘI|Độc lập\s*[-–]\s*Tự do|ĐẢNG CỘNG SẢN VIỆT NAM")
_ATTACHED = re.compile(r"(?:\(\s*(?:Ban hành\s+)?[Kk]|K|Ban hành k)èm theo\b|\(Ban hành\b")
_CITING_WORD = re.compile(
    r"(?:khoản|điểm|Điều|điều|mục|Mục|Chương|chương|và|hoặc|các|tại|số|Số|đến|từ|của|theo|Mức|Loại|Bước|lần|tháng|năm|,)$"
)
# Characters; what grows longer is no paragraph but a text whose line ends were lost, and joining it costs its square.
_LONGEST = 20_000
# Points; a wider gap parts two columns.
_SPACE = 9.0
_KIND_LINE = re.compile(
    r"(?:BÁO CÁO|KẾ HOẠCH|QUYẾT ĐỊNH|TỜ TRÌNH|THÔNG BÁO|NGHỊ QUYẾT|CHỈ THỊ|QUY CHẾ|QUY ĐỊNH|ĐIỀU LỆ):?$"
)


def join_lines(raw: RawDocument) -> tuple[tuple[Paragraph, ...], tuple[Paragraph, ...]]:
    """Paragraphs of the running text, and the footnotes taken out of it.

    Returns:
        (body, notes), each in reading order; white space is single, nothing else is changed.
    """
    paragraphs = [_paragraph(line, order) for order, line in enumerate(_reunited(raw.lines))]
    if _is_double_spaced(raw.lines):
        paragraphs = _single_spaced(paragraphs)
    body, notes = take_notes(paragraphs)
    return tuple(_joined(body, measure(body))), tuple(_joined_note(note) for note in notes)


def _reunited(lines: Iterable[RawLine]) -> Iterator[RawLine]:
    """Lines that were taken for two columns but leave no more than a space between them, as one."""
    for in_columns, group in groupby(lines, key=lambda line: line.column != ""):
        run = list(group)
        yield from _whole_lines(run) if in_columns else run


def _whole_lines(run: list[RawLine]) -> list[RawLine]:
    """A run of two-column lines; where halves touch, the run is one column in truth."""
    rights = {index: line for index, line in enumerate(run) if line.column == "right"}
    whole: list[RawLine] = []
    for line in run:
        index = next((index for index, right in rights.items() if _touch(line, right)), None)
        if index is not None:
            right = rights.pop(index)
            width = (right.x or 0.0) + (right.width or 0.0) - (line.x or 0.0)
            line = replace(line, text=f"{line.text.rstrip()} {right.text.lstrip()}", column="", width=width)
        whole.append(line)
    if all(line.column for line in whole):
        return run
    kept = [line for line in whole if line.column != "right" or line in rights.values()]
    return [replace(line, column="") if line.column == "left" else line for line in kept]


def _touch(left: RawLine, right: RawLine) -> bool:
    if (left.column, right.column) != ("left", "right") or left.page != right.page:
        return False
    if left.x is None or right.x is None or left.width is None or left.y is None or right.y is None:
        return False
    return abs(left.y - right.y) < 3.0 and right.x - left.x - left.width < _SPACE


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
        merged=line.merged,
        table=line.table,
        note=line.note,
        bold=line.bold,
        x=line.x,
        width=line.width,
        size=line.size,
    )


def _is_double_spaced(lines: Sequence[RawLine]) -> bool:
    """Whether every visual line stands alone between blank lines."""
    if any(line.whole for line in lines):
        return False
    pairs = [(a.text.strip(), b.text.strip()) for a, b in pairwise(lines) if a.text.strip()]
    if len(pairs) < 20:
        return False
    alone = sum(not following for _, following in pairs)
    unfinished = sum(is_open(text) for text, _ in pairs)
    return alone > 0.85 * len(pairs) and unfinished > 0.5 * len(pairs) and max(len(text) for text, _ in pairs) < 130


def _single_spaced(paragraphs: list[Paragraph]) -> list[Paragraph]:
    """Without the blank line behind each line; a run of several blanks keeps one."""
    kept: list[Paragraph] = []
    blanks = 0
    for paragraph in paragraphs:
        blanks = 0 if paragraph.text else blanks + 1
        if paragraph.text or blanks == 2:
            kept.append(paragraph)
    return kept


def _joined(paragraphs: Iterable[Paragraph], measures: Measures) -> Iterable[Paragraph]:
    current: Paragraph | None = None
    last: Paragraph | None = None
    gap = closing = False
    for line in paragraphs:
        if not line.text:
            gap = True
            continue
        closing = _in_closing(line, closing=closing)
        if current is None or last is None:
            current = line
        elif _continues(current, last, line, measures, gap=gap, closing=closing):
            current = extend(current, line)
        else:
            yield current
            current = replace(line, gap=gap)
        last, gap = line, False
    if current is not None:
        yield current


def _in_closing(line: Paragraph, *, closing: bool) -> bool:
    """Lines of the closing block stay apart until an annex, a heading, a table or a long paragraph follows."""
    text = line.text
    if starts_closing(text):
        return True
    label = parse_annex(text) or parse_label(text)
    opened = label is not None and label.family in ("annex", "part", "chapter", "article", "roman")
    return closing and not opened and not _MOTTO.match(text) and line.cells is None and len(text) < 150


def _joined_note(lines: Sequence[Paragraph]) -> Paragraph:
    note = lines[0]
    for line in lines[1:]:
        note = extend(note, line)
    return note


def _continues(
    current: Paragraph, last: Paragraph, line: Paragraph, measures: Measures, *, gap: bool, closing: bool
) -> bool:
    """Whether a line goes on with the paragraph before it; `last` is that paragraph's last line."""
    if _stands_alone(current) or _stands_alone(line) or starts_closing(line.text) or len(current.text) > _LONGEST:
        return False
    if _ATTACHED.match(line.text) or (_ATTACHED.match(current.text) and current.text.endswith(")")):
        return False
    if _starts_new(last.text, line.text):
        return False
    if closing and not measures.breaks_full(last, line):
        return False
    if gap or line.page != last.page:
        return _resumes(current.text, line.text)
    return _same_block(current, last, line, measures)


def _stands_alone(paragraph: Paragraph) -> bool:
    return bool(paragraph.whole or paragraph.cells is not None or paragraph.column or is_atomic(paragraph.text))


def _starts_new(previous: str, text: str) -> bool:
    """Whether a line opens a paragraph by its label or bullet."""
    if is_item(text):
        # "phát triển kinh tế / - xã hội": a dash inside a sentence that was broken before it.
        return not is_open(previous) or previous.endswith(",") or not starts_lower(text.lstrip("-–— "))
    label = parse_label(text)
    # "1. Phát triển chính quyền số" is a heading; no document number looks like "a)".
    digital = label is not None and label.family == "point" and previous.endswith("số")
    if _CITING_WORD.search(previous) and not digital:
        return False
    if label is None:
        return parse_annex(text) is not None and (is_caps(text) or len(text) < 25)
    rest = text[label.end :]
    if label.family in ("point", "number", "enumeration"):
        return not is_open(previous) or not starts_lower(rest)
    return label.family in ("roman", "letter") or not starts_lower(rest)


def _resumes(first: str, second: str) -> bool:
    """Whether a paragraph broken by a page, a blank or a note goes on in `second`."""
    if not is_open(first) or (is_caps(first) and len(first) < 200 and not is_caps(second)):
        return False
    if first.count("“") > first.count("”") or first.count("(") > first.count(")"):
        return True
    if first.endswith((",", "-", "–", "/")):
        return True
    return starts_lower(second.lstrip("-– ")) or (
        second[:1].isdigit() and parse_label(second) is None and len(first) > 60
    )


def _same_block(current: Paragraph, last: Paragraph, line: Paragraph, measures: Measures) -> bool:
    """Whether two adjacent lines belong to one paragraph."""
    text = line.text
    if is_contents_line(last.text) or _KIND_LINE.match(current.text):
        return False
    if is_caps(current.text) != is_caps(text) and len(current.text) < 200 and not _caps_word(current.text, text):
        return False
    if starts_lower(text):
        return is_open(last.text) or measures.breaks_full(last, line)
    if measures.are_centred(last, line):
        return is_open(last.text) and is_caps(current.text) == is_caps(text)
    if current.bold and not line.bold and parse_label(current.text):
        return False
    if measures.breaks_full(last, line):
        return is_open(last.text) or not measures.is_indented(last, line)
    return is_open(last.text) and measures.is_plain and not current.text.startswith("Kính gửi")


def _caps_word(current: str, text: str) -> bool:
    """Whether a line in capitals is only a word or two of a sentence that goes on ("UBND", "HĐND tỉnh")."""
    return (is_caps(text) and len(text) < 12 and not is_caps(current)) or (len(current) < 6 and is_caps(current))
