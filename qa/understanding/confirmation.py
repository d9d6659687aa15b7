"""The words by which questions put a statement up for confirmation, and the statement without them."""

from __future__ import annotations

from corpus.text import canonical_tone, fold
from qa.understanding.patterns import Pattern

# "… à?", "nghe nói …" put a statement up for confirmation where nothing in it asks.
_STATED = (
    r"|^(?!.*\b(?:ai|gì|nào|bao nhiêu|mấy|(?<!nghe )đâu|bao giờ|vì sao|tại sao)\b)"
    r"(?:.*\b(?:à|(?<!\d )hả)(?: (?:ạ|vậy))?\s*\??\s*$"
    r"|(?:tôi |mình |em )?(?:nghe (?:nói|bảo|đâu|đồn)|hình như)\b)"
)

YESNO = Pattern(
    r"có phải|phải không|đúng không|đúng hay sai|có đúng|hay không|được không|chứ\s*\??\s*$|phải chứ|(?:\bcó\b"
    r"|\bđã\b|\bđược\b).{1,160}(?:không|chưa)\s*(?:ạ|vậy|nhỉ)?\s*\??\s*$" + _STATED
)

CONFIRM = Pattern(
    r"có phải|phải không|đúng không|đúng hay sai|có đúng|phải chứ|đúng chứ|đúng chưa|chuẩn (?:không|chưa)"
    r"|chính xác không|có khớp với (?:báo cáo|văn bản|tài liệu|số liệu)" + _STATED
)

_TAIL = Pattern(
    r"[,.]?\s*(?:có )?(?:phải|đúng|chính xác|chuẩn)(?: là)?(?: vậy| thế)? (?:không|chứ|chưa)(?: (?:ạ|vậy|nhỉ|à))?"
    r"[\s?.!]*$"
    r"|,?\s+(?:thôi )?(?:à|(?<!\d )hả|ư|không)(?: (?:ạ|vậy|nhỉ))?[\s?.!]*$"
)


def statement_of(text: str, marked: bool) -> str:
    """What a question states before the words at its end that ask to confirm it; "" where none stand there."""
    found = _TAIL.search(canonical_tone(text.lower()) if marked else fold(text), marked)
    return text[: found.start()] if found else ""
