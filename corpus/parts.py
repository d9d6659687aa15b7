"""Which part of an administrative document a place belongs to: legal basis, results, shortcomings, recipients …"""

from __future__ import annotations

import re
from typing import Literal, get_args

from corpus.document import Document, Section, Span
from corpus.paragraphs import is_farewell
from corpus.text import fold

Part = Literal[
    "căn cứ",
    "mục đích, yêu cầu",
    "kết quả",
    "hạn chế",
    "nguyên nhân",
    "bài học kinh nghiệm",
    "nhiệm vụ, giải pháp",
    "kiến nghị",
    "tổ chức thực hiện",
    "nơi nhận",
]
PARTS: tuple[Part, ...] = get_args(Part)

# What headings call a part, folded. "Căn cứ" and "nơi nhận" are told by their place, hardly ever by a heading.
_NAMES: dict[Part, tuple[str, ...]] = {
    "căn cứ": ("can cu",),
    "mục đích, yêu cầu": ("muc dich", "yeu cau", "quan diem"),
    "kết quả": ("ket qua", "uu diem", "thanh tuu", "mat duoc"),
    "hạn chế": ("han che", "ton tai", "kho khan", "vuong mac", "yeu kem", "khuyet diem"),
    "nguyên nhân": ("nguyen nhan",),
    "bài học kinh nghiệm": ("bai hoc", "kinh nghiem"),
    "nhiệm vụ, giải pháp": ("nhiem vu", "giai phap", "phuong huong", "muc tieu", "bien phap"),
    "kiến nghị": ("kien nghi", "de xuat"),
    "tổ chức thực hiện": ("to chuc thuc hien", "trach nhiem thi hanh", "dieu khoan thi hanh", "hieu luc thi hanh"),
    "nơi nhận": ("noi nhan",),
}
# "Kết quả thực hiện nhiệm vụ": what follows "kết quả" names its subject and no part of its own.
_RULED_BY_RESULT = frozenset({"nhiệm vụ, giải pháp", "kiến nghị", "mục đích, yêu cầu"})
# A clause of the preamble that says on what the document stands (Decree 30/2020/NĐ-CP, Annex I, II.5).
_BASIS = re.compile(r"\s*[-–+•]?\s*(?:Căn cứ|Thực hiện|Theo|Xét|Triển khai|Thi hành|Chấp hành)\s", re.IGNORECASE)
_SIGNATURE = re.compile(r"\s*(?:T/?M\.?|K/?T\.?|T/?L\.?|TUQ\.?|Q\.)\s+\w")


def heading_parts(title: str) -> frozenset[Part]:
    """The parts that a heading names; a heading may name two ("Hạn chế và nguyên nhân")."""
    plain = f" {fold(title)} "
    found = {part for part, names in _NAMES.items() if any(f" {name}" in plain for name in names)}
    if plain.lstrip().startswith("ket qua"):
        found -= _RULED_BY_RESULT
    return frozenset(found)


def parts_at(document: Document, start: int, end: int) -> frozenset[Part]:
    """The parts that a range of `Document.text` belongs to: those of the innermost heading that names one."""
    if document.closing and document.closing.start <= start < document.closing.end:
        return frozenset({"nơi nhận"} if start >= _behind_farewell(document, document.closing) else ())
    found: frozenset[Part] = frozenset()
    for section in _above(document, start):
        found = heading_parts(section.title) or found
    preamble = document.preamble
    if preamble.start <= start < preamble.end and _BASIS.match(document.text[start:end]):
        return found | {"căn cứ"}
    return found


def recipients_span(document: Document) -> Span | None:
    """The list under "Nơi nhận:", up to the signature; None where the document has none."""
    if document.closing is None:
        return None
    end = start = _behind_farewell(document, document.closing)
    for line in document.text[start : document.closing.end].split("\n"):
        if end > start and (_SIGNATURE.match(line) or not line.lstrip().startswith(("-", "–", "+", "•"))):
            break
        end += len(line) + 1
    stop = min(end - 1, document.closing.end)
    return document.span(start, stop) if fold(document.text[start:stop]).startswith("noi nhan") else None


def _behind_farewell(document: Document, closing: Span) -> int:
    """Where the lines of the closing block begin; "Trên đây là báo cáo …" may stand before them."""
    first = document.slice(closing).partition("\n")[0]
    return closing.start + len(first) + 1 if is_farewell(first) else closing.start


def _above(document: Document, offset: int) -> list[Section]:
    """The sections that hold an offset, outermost first."""
    found: list[Section] = []
    level = document.sections
    while inner := next((s for s in level if s.span.start <= offset < s.span.end), None):
        found.append(inner)
        level = inner.children
    return found
