"""Figures, dates and names as they stand in a text: what kind of thing a passage holds."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.numbers import find_numbers, number_key
from corpus.text import fold
from qa.language.words import numeral

_DATE = re.compile(
    r"(?<![\d/.-])(?:(\d{1,2})\s?[/.-]\s?)?(\d{1,2})\s?[/.-]\s?((?:19|20)\d\d)(?![\d/])"
    r"|(?:ngày\s+(\d{1,2})\s+)?tháng\s+(\d{1,2})(?:\s+năm\s+|\s*[/-]\s*)((?:19|20)\d\d)",
    re.IGNORECASE,
)
_YEAR = re.compile(
    r"(?<![\d/.,-])(?:19|20)\d\d(?!\d|[.,/]\d|[/-][A-ZĐ]|\s?(?:%|(?:ha|tấn|tạ|tỷ|tỉ|triệu|đồng|km|kg|m²|m³|hộ|người"
    r"|con|lượt)\b))"
)
_FIGURE = re.compile(
    r"(?<![\w.,/])(?<![A-ZĐ]-)\d+(?:[.,]\d+)*(?![\w/]|[.,]\d)(?:\s?%)?|(?<=/)\d+(?:[.,]\d+)*(?=\s?[=,;)%]|\s)\s?%?"
    r"|\d+(?:[.,]\d+)*(?=/\d)|\d+(?:[.,]\d+)*(?=(?:ha|kg|km|m²|m³|m2|m3|m|tấn|tỷ)\b)"
)
_UNIT = re.compile(
    r"\s*(%|ha\b|m²|m³|m2\b|m3\b|km²|km2\b|km\b|kg\b|tấn\b|tạ\b|tỷ\b|tỉ\b|triệu\b|nghìn\b|ngàn\b|đồng\b|lít\b|m\b"
    r"|(?:[^\W\d_]+)(?:\s+[^\W\d_]+)?)",
    re.IGNORECASE,
)
# Of "160-320 sáng kiến" both figures count the same.
_UNTIL = re.compile(r"\s?[-–]\s?\d+(?:[.,]\d+)*(?![\w/.,-]*\d)")
# Of "20 (hai mươi) ngày" the unit stands behind the bracket.
_SPELLED = re.compile(r"\s?\([^\W\d_]+(?:\s[^\W\d_]+){0,5}\)(?=\s[^\W\d_])")
_MARKERS = re.compile(r"(?<![mM])[⁰¹²³⁴-⁹]+|(?<=[mM])[⁰¹⁴-⁹]+")
_NUMERAL = re.compile(r"\d+(?:,\d+)?")
_MEASURES = frozenset("% ha m² m³ m2 m3 km² km2 km kg tan ta ty ti trieu nghin ngan dong lit m".split())
_SAME_MEASURE = {"m2": "m²", "m3": "m³", "km2": "km²", "ti": "ty", "ngan": "nghin", "phan tram": "%"}
_QUOTED = re.compile(r"[“\"]([^”\"]{4,})[”\"]")
_BODY = re.compile(
    r"\b(?:UBND|HĐND|UBMTTQ\w*|MTTQ|Ban\b|Phòng\b|Sở\b|Bộ\b|Cục\b|Chi cục|Huyện [uủ][yỷ]|Tỉnh [uủ][yỷ]"
    r"|Đảng [uủ][yỷ]|Công ty|Hợp tác xã|HTX|Trung tâm|Hội\b|"
    r"(?:Tỉnh|Thành|Huyện|Quận|Thị|Xã) đoàn|"
    r"Đoàn\b|Mặt trận|đồng chí|ông\b|bà\b|Chính phủ|Quốc hội|Nhà máy|Tổ\b(?! chức)|Văn phòng|Viện\b|Trường\b|Bệnh viện"
    r"|Chủ tịch|Bí thư|[UỦ]y ban|Công an|Đảng bộ|Thường trực|"
    r"Đội\b|Tổng cục|Liên đoàn|Hạt\b|Ngân hàng|Kho bạc|Chánh|Trưởng|Giám đốc|Cơ quan|[UỦ]BMTTQ|các cấp [uủ][yỷ]"
    r"|các đảng [uủ][yỷ])"
)
UPPER = "A-ZĐĂÂÊÔƠƯÁÀẢÃẠẮẰẲẴẶẤẦẨẪẬÉÈẺẼẸẾỀỂỄỆÍÌỈĨỊÓÒỎÕỌỐỒỔỖỘỚỜỞỠỢÚÙỦŨỤỨỪỬỮỰÝỲỶỸỴ"
"""Capital letters of Vietnamese, for a character class; ranges such as À-Ỹ would hold small letters too."""
_NAME = re.compile(rf"(?<![.!?:] )(?<!^)(?:[{UPPER}][^\W\d_{UPPER}]+(?:\s+\d+)?\s+){{1,4}}[{UPPER}][^\W\d_{UPPER}]+")
_PERSON = re.compile(rf"(?<!\w)(?:[{UPPER}][^\W\d_{UPPER}]*\s+){{2,3}}[{UPPER}][^\W\d_{UPPER}]*")
_PLACE = re.compile(
    r"\b(?:xã|huyện|tỉnh|thị trấn|thành phố|bản|thôn|phường|thị xã|khu|vùng|địa bàn|tại|ở)\b", re.IGNORECASE
)
_PERIOD = re.compile(
    r"\b\d+\s+lần\b|mỗi (?:tuần|tháng|quý|năm|ngày)|ngày\s+\d{1,2}\b|\b\d+\s+(?:phút|giờ)\b|hằng (?:tuần|tháng|quý)"
    r"|thường xuyên|từ nay|hằng năm|hàng năm|định kỳ|quý\s+[IV\d]+"
    # "01 (một) năm" and "mười ngày" are lengths too; "một ngày" is any.
    r"|\b(?:\d+(?:\s?\([^()]{1,20}\))?|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|mươi)\s+(?:năm|tháng|ngày|tuần)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of a text: its place, its value in one spelling, and the folded word behind it ("ha", "hoi nghi")."""

    start: int
    end: int
    value: str
    unit: str


def blank_markers(text: str) -> str:
    """The text with footnote markers blanked out, offsets kept."""
    return _MARKERS.sub(lambda match: " " * len(match[0]), text)


def find_figures(text: str) -> list[Figure]:
    """Numbers that are neither dates, years, document numbers nor footnote markers."""
    text = blank_markers(text)
    taken = [(start, end) for start, end, _ in find_numbers(text)] + [match.span() for match in _DATE.finditer(text)]
    taken += [match.span() for match in _YEAR.finditer(text)]
    found: list[Figure] = []
    for match in _FIGURE.finditer(text):
        if any(match.start() < end and start < match.end() for start, end in taken):
            continue
        digits = match.group().rstrip("% ")
        if not _NUMERAL.fullmatch(numeral(digits)):
            continue
        end = match.start() + len(digits)
        until = _UNTIL.match(text, end)
        until = _SPELLED.match(text, until.end() if until else end) or until
        behind = _UNIT.match(text, until.end() if until else end)
        unit = fold(behind[1]) if behind else ""
        found.append(Figure(match.start(), end, numeral(digits), _SAME_MEASURE.get(unit, unit)))
    return found


def measure(unit: str) -> str:
    """The unit when it is one of measure ("ha", "%", "ty"), else ""."""
    first = unit.split(" ")[0] if unit else ""
    return _SAME_MEASURE.get(first, first) if first in _MEASURES else ""


def find_dates(text: str) -> list[tuple[int, int, str]]:
    """Dates as (start, end, ISO as far as known)."""
    found: list[tuple[int, int, str]] = []
    for match in _DATE.finditer(text):
        day, month, year = (match[1], match[2], match[3]) if match[3] else (match[4], match[5], match[6])
        if not 1 <= int(month) <= 12 or (day and not 1 <= int(day) <= 31):
            continue
        iso = f"{year}-{int(month):02d}" + (f"-{int(day):02d}" if day else "")
        found.append((match.start(), match.end(), iso))
    return found


def without_cited_dates(text: str) -> str:
    """The text without the dates that stand right behind a document number: they date the document, no event."""
    for _, end, _ in reversed(find_numbers(text)):
        if match := _CITED_DATE.match(text, end):
            text = text[: match.start()] + text[match.end() :]
    return _DATED_DOCUMENT.sub(r"\1", text)


_CITED_DATE = re.compile(r",?\s*(?:ký\s+)?ngày\s+\d{1,2}(?:[/.-]\d{1,2}[/.-]|\s+tháng\s+\d{1,2}\s+năm\s+)\d{4}")
# A number that is written otherwise than numbers are ("số 03/LĐVVN BTh ngày …") dates its document as well.
_DATED_DOCUMENT = re.compile(r"(\bsố\s+\d+[/-][^,;.]{1,24}?)" + _CITED_DATE.pattern)


def find_years(text: str) -> list[tuple[int, int, int]]:
    """Years that stand alone: (start, end, year)."""
    dates = [(start, end) for start, end, _ in find_dates(text)]
    return [
        (match.start(), match.end(), int(match.group()))
        for match in _YEAR.finditer(text)
        if not any(start <= match.start() < end for start, end in dates)
    ]


def find_quotations(text: str) -> list[str]:
    """What stands between quotation marks."""
    return [match[1].strip() for match in _QUOTED.finditer(text)]


def holds_body(text: str) -> bool:
    """Whether a body or a person is named."""
    return bool(_BODY.search(text) or _NAME.search(text))


def adds_body(text: str, question: str) -> bool:
    """Whether a body is named that the question does not name itself."""
    known = fold(question)
    found = (fold(text[match.start() :]).split()[: _naming_words(match[0])] for match in _BODY.finditer(text))
    return any(" ".join(words).rstrip(".,;:") not in known for words in found)


def adds_people(text: str, question: str) -> bool:
    """Whether a class of people is named ("chuyên viên") that the question does not name itself."""
    known = fold(question)
    return any(fold(match[0]) not in known for match in _PEOPLE.finditer(text))


_PEOPLE = re.compile(
    r"\b(?:cán bộ \w+|công chức|viên chức|chuyên viên|giáo viên|đảng viên|hội viên|đoàn viên|học sinh|sinh viên"
    r"|nông dân|người (?:dân|lao động|đứng đầu|có \w+|cao tuổi|khuyết tật)|nhân dân|hộ gia đình|hộ nghèo"
    r"|thanh niên|phụ nữ|thủ trưởng|doanh nhân|chủ hộ)\b",
    re.IGNORECASE,
)


def _naming_words(head: str) -> int:
    """How many words tell a body: "Huyện ủy" is one by itself, "UBND huyện" by two words, "Ban Thường vụ" by three."""
    return len(head.split()) if " " in head else (2 if head.isupper() else _BODY_WORDS)


_BODY_WORDS = 3


def names_body(title: str) -> bool:
    """Whether a heading is the name of a body, as in "1. Phòng Văn hóa và Thông tin"."""
    return bool(_BODY.match(title))


def holds_person(text: str) -> bool:
    """Whether a name of three or four syllables stands in the text, as people have."""
    return bool(_PERSON.search(text))


def adds_place(text: str, question: str) -> bool:
    """Whether a place is named that the question does not name itself."""
    known = fold(question)
    found = [*_PLACE.finditer(text), *_NAME.finditer(text)]
    places = (" ".join(fold(text[match.start() :]).split()[:_PLACE_WORDS]).rstrip(".,;:()") for match in found)
    return any(place not in known for place in places)


_PLACE_WORDS = 3


def holds_place(text: str) -> bool:
    """Whether a place is named."""
    return bool(_PLACE.search(text) or _NAME.search(text))


def holds_time(text: str) -> bool:
    """Whether a date, a year or a period is named."""
    return bool(find_dates(text) or _YEAR.search(text) or _PERIOD.search(text))


def number_keys(text: str) -> frozenset[str]:
    """Comparison keys of the document numbers in a text."""
    return frozenset(number_key(number) for _, _, number in find_numbers(text))


def whole_number(cell: str) -> frozenset[str]:
    """The key of the number that a cell is, and of none where it says more."""
    found = find_numbers(cell)
    whole = len(found) == 1 and cell.strip() == cell[found[0][0] : found[0][1]]
    return frozenset({number_key(found[0][2])}) if whole else frozenset()


def without_bases(text: str) -> str:
    """The text without "so với (cùng kỳ) năm 2012", which names what a figure is compared with, not its own year."""
    return _BASES.sub(" ", text)


_BASES = re.compile(r"so với\s+(?:(?:cùng kỳ|năm|hồi|thời điểm|đầu|cuối)\s+)*(?:19|20)\d\d", re.IGNORECASE)
