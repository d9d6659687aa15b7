"""Document numbers wherever they stand, with the kind, date, issuing body and relation given around them."""

from __future__ import annotations

import re
from datetime import date

from corpus.document import Reference, Span
from corpus.numbers import KINDS, find_numbers, kind_of_number
from corpus.text import fold

_KIND_NAMES = sorted({*KINDS.values(), "Luật", "Bộ luật", "Hiến pháp", "Lệnh"}, key=lambda name: (-len(name), name))
_FOLDED_KINDS = {fold(name): name for name in _KIND_NAMES}
_KIND_BEFORE = re.compile(rf"(?<!\w)({'|'.join(map(re.escape, _FOLDED_KINDS))})(?:\s+(?:so|56)\b)?[\s:.*_]*$")
_LAWS = re.compile(r"(?<!\w)(bo luat|luat|phap lenh|nghi quyet|hien phap)(?!\w)")
_DATE_AFTER = re.compile(
    r"[\s,;(]*(?:ký\s+|ban hành\s+)?(?:ngày\s+)?(?P<day>\d{1,2})\s*(?:/|-|\.|tháng)\s*(?P<month>\d{1,2})\s*(?:/|-|"
    r"\.|năm)\s*(?P<year>(?:19|20)\d\d)(?!\d)",
    re.IGNORECASE,
)
_BODY_AFTER = re.compile(r"[\s,;)]*(?:do|của)\s+(?P<body>.+)", re.DOTALL)
_BODY_END = re.compile(
    r"[,;:.()\[\]“”\"|\n]|\s(?:về|v/v|và|ban hành|quy định|thực hiện|để|cho|trên|tại|theo|đã|được|là|ngày|khóa|khoá|"
    r"số|có|hướng dẫn|sửa đổi|phê duyệt|thông qua|trong|năm)(?!\w)",
    re.IGNORECASE,
)
_BODY_START = re.compile(
    r"(?:Ban|Bộ|Chính phủ|Thủ tướng|Quốc hội|Ủy ban|Uỷ ban|Hội đồng|Tỉnh|Thành|Huyện|Đảng|Trung ương|UBND|HĐND|"
    r"UBMTTQ|UBTVQH|BTV|BCH|BCHTW|Sở|Phòng|Văn phòng|"
    r"Chủ tịch|Thanh tra|Tòa|Toà|Viện|Thường trực|Tổng|Ngân hàng|Liên|Cục|Đoàn|Quận|Thị|Hội|MTTQ|Mặt trận|Kiểm toán)\b"
)
_RELATIONS = (
    ("sua doi, bo sung", "sửa đổi"),
    ("sua doi", "sửa đổi"),
    ("bo sung", "bổ sung"),
    ("thay the", "thay thế"),
    ("bai bo", "bãi bỏ"),
    ("het hieu luc", "bãi bỏ"),
    ("kem theo", "kèm theo"),
    ("huong dan", "hướng dẫn"),
    ("can cu", "căn cứ"),
    ("thuc hien", "thực hiện"),
    ("trien khai", "thực hiện"),
)
_CLAUSE_REACH = 120
_GAP = re.compile(r"[.;:!?\n]\s|\n")


def find_references(text: str) -> tuple[Reference, ...]:
    """Every document number in the text, canonical, in order.

    The spans carry page 0: the caller knows the pages. `issued_on` is ISO; `body` is the issuing body as written.
    """
    numbers = find_numbers(text)
    folded = fold(text)
    references = []
    for position, (start, end, number) in enumerate(numbers):
        before = numbers[position - 1][1] if position else 0
        limit = numbers[position + 1][0] if position + 1 < len(numbers) else len(text)
        issued_on, after = _date(text, end, limit)
        references.append(
            Reference(
                number=number,
                span=Span(0, start, end),
                kind=_kind(folded, before, start) or kind_of_number(number) or _law(folded, before, start),
                issued_on=issued_on,
                body=_body(text, after, limit),
                relation=_relation(folded, before, start),
            )
        )
    return tuple(references)


def _kind(folded: str, before: int, start: int) -> str | None:
    found = _KIND_BEFORE.search(folded, max(before, start - 60), start)
    return _FOLDED_KINDS[found[1]] if found else None


def _law(folded: str, before: int, start: int) -> str | None:
    """The kind of a number whose symbol names only the National Assembly: "Luật Cư trú số 68/2020/QH14"."""
    clause = _GAP.split(folded[max(before, start - _CLAUSE_REACH) : start])[-1]
    found = _LAWS.findall(clause)
    return _FOLDED_KINDS[found[-1]] if found else None


def _date(text: str, end: int, limit: int) -> tuple[str | None, int]:
    """The date that follows the number, and where it ends."""
    match = _DATE_AFTER.match(text, end, limit)
    if match is None:
        return None, end
    try:
        return date(int(match["year"]), int(match["month"]), int(match["day"])).isoformat(), match.end()
    except ValueError:
        return None, match.end()


def _body(text: str, after: int, limit: int) -> str | None:
    match = _BODY_AFTER.match(text, after, min(limit, after + 140))
    if match is None or not _BODY_START.match(match["body"]):
        return None
    end = _BODY_END.search(match["body"])
    body = " ".join(match["body"][: end.start() if end else None].split())
    return body or None


def _relation(folded: str, before: int, start: int) -> str | None:
    """The nearest relation word before the number in its clause; a joined number shares the one before it."""
    reach = folded[max(before, start - _CLAUSE_REACH) : start]
    clause = _GAP.split(reach)[-1]
    places = [(clause.rfind(word) + len(word), len(word), name) for word, name in _RELATIONS if word in clause]
    return max(places)[2] if places else None
