"""Where an annex, its title, or another document of the same file begins."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.headzone import ATTACHED, KIND, SENTENCE
from corpus.labels import Label, parse_label
from corpus.paragraphs import Paragraph, is_caps, is_item, is_number_line, is_rule, starts_closing

_MOTTO = ("CỘNG HÒA XÃ HỘI", "CỘNG HOÀ XÃ HỘI", "ĐẢNG CỘNG SẢN VIỆT NAM")


def is_annex(paragraphs: Sequence[Paragraph], index: int, label: Label, *, closing: bool) -> bool:
    """Whether a line with the label of an annex opens one; `closing` where the closing block stands before it."""
    text = paragraphs[index].text
    bare = label.end == len(text)
    if not bare and not (is_caps(text) and len(text) < 250):
        return False
    if bare and label.text.isupper() and " " in label.text and label.text.split()[0] in ("PHỤ", "Phụ"):
        return True
    near = any(ATTACHED.match(p.text) for p in paragraphs[index + 1 : index + 5])
    return near or closing or (bare and paragraphs[index].gap and label.text.startswith(("PHỤ", "Phụ")))


def is_numbered(label: Label) -> bool:
    """Whether the annex is counted: "PHỤ LỤC II", and not "DANH MỤC"."""
    count = label.text.split()[-1]
    return count.isdigit() or set(count) <= set("IVXLC")


def begins_document(paragraphs: Sequence[Paragraph], index: int, *, closing: bool) -> bool:
    """Whether a document attached behind the closing block, or a second letter in the same file, begins."""
    text = paragraphs[index].text
    near = [p for p in paragraphs[index : index + 4] if p.page == paragraphs[index].page]
    headed = index > 0 and is_caps(text) and not starts_closing(text) and any(p.text.startswith(_MOTTO) for p in near)
    if headed and (closing or _starts_letter(paragraphs, index)):
        return True
    kind = len(text) < 150 and is_caps(text) and KIND.match(text) is not None
    return kind and (closing or any(ATTACHED.match(p.text) for p in paragraphs[index + 1 : index + 6]))


def _starts_letter(paragraphs: Sequence[Paragraph], index: int) -> bool:
    """Whether another document begins on a new page, with a number line of its own."""
    if paragraphs[index].page == paragraphs[index - 1].pieces[-1][1]:
        return False
    return any(is_number_line(p.text) for p in paragraphs[index : index + 12])


def title_below(paragraphs: Sequence[Paragraph], index: int) -> tuple[str, int]:
    """The title that stands in the lines below a bare label, and how many lines it takes."""
    parts: list[str] = []
    for paragraph in paragraphs[index + 1 : index + 5]:
        text = paragraph.text
        if paragraph.cells is not None or len(text) > 250 or ATTACHED.match(text) or _blocks_title(text):
            break
        if parts and not is_caps(text):
            break
        parts.append(text)
    return " ".join(parts), len(parts)


def _blocks_title(text: str) -> bool:
    if is_item(text) or is_rule(text) or parse_label(text):
        return True
    return not is_caps(text) and bool(SENTENCE.search(text) or text[-1:] == ":")
