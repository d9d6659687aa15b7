"""Labels of headings: read from the start of a line, and written in citations."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from corpus.document import Attachment, Metadata, SectionPath

Family = Literal[
    "annex",
    "part",
    "chapter",
    "division",
    "subdivision",
    "article",
    "letter",
    "roman",
    "number",
    "enumeration",
    "point",
]

# f, j, w and z are no Vietnamese letters, but some typists count with them.
POINTS = "a b c d đ e f g h i j k l m n o p q r s t u v w x y z".split()
_ORDINALS = "nhất hai ba bốn năm sáu bảy tám chín mười".split()
_CARDINALS = "một hai ba bốn năm sáu bảy tám chín mười".split()
_ROMAN = r"(?:X{0,3}(?:IX|IV|V?I{1,3}|V)|X{1,3})"
_NAMED: tuple[tuple[Family, str], ...] = (
    ("part", rf"Phần\s+(?:thứ\s+(?:\w+)|{_ROMAN}|\d+[a-zđ]?|[A-H]|{'|'.join(_CARDINALS)})"),
    ("chapter", rf"Chương\s+(?:{_ROMAN}|\d+|thứ\s+\w+)[A-Za-z]?"),
    ("subdivision", rf"Tiểu\s+mục\s+(?:{_ROMAN}|\d+)[a-z]?"),
    ("division", rf"Mục\s+(?:{_ROMAN}|\d+)[a-z]?"),
    ("article", r"Điều\s+\d+[a-zđ]?"),
)
_NAMED_PATTERNS = tuple(
    (family, re.compile(rf"({pattern})(?!\w)\s*[.:–-]?\s*", re.IGNORECASE)) for family, pattern in _NAMED
)
_PLAIN: tuple[tuple[Family, re.Pattern[str]], ...] = (
    ("number", re.compile(r"(\d{1,2}(?:\.\d{1,2}){1,4})(?:[.:)-]|/(?=\s)|(?=\s))\s*(?=\D)")),
    ("number", re.compile(r"(\d{1,3})(?:[.)]|/(?=\s)|\s?[-–](?=\s)|\.\))\s*(?=[^\d\s.,/%)-])")),
    ("number", re.compile(r"(\d{1,2})\.\s+(?=\d{1,4}%?\s+[^\W\d])")),  # "1. 06 định hướng"
    ("roman", re.compile(rf"({_ROMAN})\s?(?:[.):]|[-–/](?=\s))\.?\s*(?=[^\s.])")),
    ("letter", re.compile(r"([A-HĐKLMN])\s?(?:[.)]|[-–/](?=\s))\s*(?=[^\s.])")),
    ("point", re.compile(r"([a-zđ][1-9]?)(?:\)|\s?[./](?=\s)|\.(?=[A-ZĐ]))\s*(?=\S)")),
)
_ANNEX = re.compile(
    r"((?:PHỤ LỤC|Phụ lục|DANH MỤC|BIỂU MẪU|MẪU BIỂU|BIỂU)(?:\s+(?:SỐ|số)?\s*(?:[IVX]+|\d+|[A-Z])(?:[.-]\d+)?[A-Z]?)?)"
    r"(?!\w)\s*[.:–-]?\s*"
)


@dataclass(frozen=True, slots=True)
class Label:
    """A heading label at the start of a line.

    Args:
        text: as printed, without the closing mark: "II", "2.3", "Điều 7".
        values: its place in the count: (2,), (2, 3), (7,).
        end: offset of the first character behind label and mark.
    """

    family: Family
    text: str
    values: tuple[int, ...]
    end: int


def parse_label(text: str) -> Label | None:
    """The label that a line starts with, or None; whether it is a heading is for the outline to say."""
    for family, pattern in _NAMED_PATTERNS:
        if match := pattern.match(text):
            label = " ".join(match[1].split())
            return Label(family, label, (_ordinal(label),), match.end())
    for family, pattern in _PLAIN:
        if match := pattern.match(text):
            # "1)" counts a list below "1."
            shown: Family = "enumeration" if family == "number" and text[match.end(1)] == ")" else family
            return Label(shown, match[1], _values(family, match[1]), match.end())
    return None


def parse_annex(text: str) -> Label | None:
    """The label of an annex ("PHỤ LỤC II", "DANH MỤC") that a line starts with."""
    match = _ANNEX.match(text)
    if not match:
        return None
    return Label("annex", " ".join(match[1].split()), (0,), match.end())


def roman_value(text: str) -> int:
    """The number that a Roman numeral stands for; 0 where it is none."""
    digits = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
    total = 0
    for char, following in zip(text, [*text[1:], ""], strict=True):
        value = digits.get(char, 0)
        total += -value if value < digits.get(following, 0) else value
    return total


def _values(family: Family, text: str) -> tuple[int, ...]:
    if family == "number":
        return tuple(int(part) for part in text.split("."))
    if family == "roman":
        return (roman_value(text),)
    if family == "letter":
        return ("ABCDĐEFGHIKLMN".index(text) + 1,)
    return (POINTS.index(text[0]) + 1 if text[0] in POINTS else 0,)


def _ordinal(label: str) -> int:
    word = label.split()[-1].casefold()
    if digits := re.match(r"\d+", word):
        return int(digits.group())
    for words in (_ORDINALS, _CARDINALS):
        if word in words:
            return words.index(word) + 1
    return roman_value(word.upper()) or (ord(word[0]) - ord("a") + 1)


def document_label(metadata: Metadata) -> str:
    """How a document is named in a citation: "Báo cáo số 24-BC/HU"; without a number by issuer and date."""
    kind = metadata.kind or "Văn bản"
    if metadata.number:
        return f"{kind} số {metadata.number}"
    label = f"{kind} chưa có số" if metadata.number_blank else kind
    if metadata.issuer:
        label += f" của {metadata.issuer}"
    elif metadata.subject:
        label += f" “{_short(metadata.subject, 80)}”"
    return f"{label}, {date}" if (date := _date(metadata.issued_on)) else label


def section_label(path: SectionPath) -> str:
    """How a section is named in a citation: "mục B.I.2.3", "điểm a khoản 1 Điều 7", "phần mở đầu"."""
    if not path:
        return "phần mở đầu"
    named = [index for index, label in enumerate(path) if " " in label or len(label) > 5]
    if any(label.casefold().startswith("điều ") for label in path):
        return _article_label(path)
    if not named:
        return "mục " + _joined(path)
    last = named[-1]
    head = ", ".join(path[index] for index in named)
    rest = path[last + 1 :]
    return f"{head}, mục {_joined(rest)}" if rest else head


def attachment_label(metadata: Metadata) -> str:
    """How a document behind another one in the same file is named: "Quy chế “Tiếp công dân” (kèm theo)"."""
    if metadata.number:
        return f"{document_label(metadata)} (cùng tệp)"
    name = metadata.kind or "văn bản"
    name += f" “{_short(metadata.subject, 60)}”" if metadata.subject else ""
    return f"{name} (cùng tệp)" if metadata.number_blank else f"{name} (kèm theo)"


def citation_label(
    metadata: Metadata, path: SectionPath, pages: tuple[int, int], *, paged: bool, attachment: Attachment | None = None
) -> str:
    """The whole citation: "Báo cáo số 24-BC/HU, mục B.I.2.3, tr. 4".

    Args:
        paged: False for formats without pages.
        attachment: the attached document in which the place stands.
    """
    inside = [attachment_label(attachment.metadata)] if attachment else []
    label = ", ".join([document_label(metadata), *inside, section_label(path)])
    if not paged:
        return label
    first, last = pages
    return f"{label}, tr. {first}" if first == last else f"{label}, tr. {first}–{last}"


def _article_label(path: SectionPath) -> str:
    index = next(i for i, label in enumerate(path) if label.casefold().startswith("điều "))
    parts = [path[index]]
    for label in path[index + 1 :]:
        parts.append(f"khoản {label}" if label[0].isdigit() else f"điểm {label}")
    annex = [label for label in path[:index] if parse_annex(label) or label.isupper()]
    return " ".join(reversed(parts)) + "".join(f", {label}" for label in annex[:1])


def _joined(path: SectionPath) -> str:
    kept = [label for label, inner in zip(path, [*path[1:], ""], strict=True) if not inner.startswith(f"{label}.")]
    return ".".join(kept)


def _date(issued_on: str | None) -> str:
    parts = (issued_on or "").split("-")
    if not parts[0]:
        return ""
    if len(parts) == 1:
        return f"năm {parts[0]}"
    if len(parts) == 2:
        return f"tháng {int(parts[1])}/{parts[0]}"
    return f"ngày {int(parts[2])}/{int(parts[1])}/{parts[0]}"


def _short(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: text.rfind(" ", 0, limit)] + " …"
