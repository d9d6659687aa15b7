"""Short forms of chats written out: "ntn" → "như thế nào"; spoken units as documents write them: "mi-li-mét" → "mm"."""

from __future__ import annotations

import re

from corpus.text import fold
from qa.language.words import has_marks

_SHORT = {
    "bn": "bao nhiêu", "bnhiu": "bao nhiêu", "bnhieu": "bao nhiêu", "bao nhiu": "bao nhiêu",
    "bao h": "bao giờ", "lm": "làm", "ntn": "như thế nào", "tnao": "thế nào", "j": "gì", "vs": "với", "ko": "không",
    "hok": "không", "hông": "không", "khg": "không", "đc": "được", "dc": "được", "đk": "được", "trc": "trước",
    "mún": "muốn", "bik": "biết", "bít": "biết", "cx": "cũng", "cty": "công ty", "vb": "văn bản", "qđ": "quyết định",
    "nq": "nghị quyết", "cv": "công văn", "skkn": "sáng kiến kinh nghiệm", "tv": "thành viên", "hđ": "hội đồng",
    "cb": "cán bộ", "đv": "đơn vị", "cq": "cơ quan", "dt": "diện tích", "sx": "sản xuất", "ktra": "kiểm tra",
    "xd": "xây dựng", "gv": "giáo viên", "ptr": "phát triển", "nvu": "nhiệm vụ", "đb": "đại biểu", "qlý": "quản lý",
    "qly": "quản lý", "đgiá": "đánh giá", "tgian": "thời gian", "gđ": "giai đoạn", "hs": "hồ sơ",
    "ntd": "người tiêu dùng",
}  # fmt: skip
_TYPED_SHORT = re.compile(
    rf"(?<![\w/.&-])(?:{'|'.join(sorted(_SHORT, key=len, reverse=True))})(?![\w/.&-]\w|\w)", re.IGNORECASE
)
_UNITS = (
    (re.compile(r"\b(?:héc|hec)[- ]?ta\b", re.IGNORECASE), "ha"),
    (re.compile(r"\b(?:mi-?li-?mét|mi li mét)\b", re.IGNORECASE), "mm"),
    (re.compile(r"\b(?:xăng|xen)[- ]?ti[- ]?mét\b", re.IGNORECASE), "cm"),
    (re.compile(r"(?:(?<=\bmấy )|(?<=\bbao nhiêu ))tiếng\b(?! (?:việt|anh|dân tộc|nói|nước))", re.IGNORECASE), "giờ"),
)


def written_out(text: str) -> str:
    """The text without the short forms of chats, units in short; without diacritics where it has none."""
    for spoken, unit in _UNITS:
        text = spoken.sub(unit, text)
    marked = has_marks(text)
    written = _SHORT if marked else {short: fold(long) for short, long in _SHORT.items()}
    return _TYPED_SHORT.sub(lambda match: written[match[0].lower()], text)
