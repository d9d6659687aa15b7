"""What kind of thing a question wants – a day, a year, a length of time, a person, a name – and who holds one.

The right sentence without the wanted thing is no answer: "thành lập Hội đồng" names no day to a question when.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Literal

from corpus.text import fold
from qa.language.figures import UPPER, find_dates, find_years, without_bases, without_cited_dates
from qa.language.words import tokenise
from qa.understanding.patterns import NO_RATE, Pattern
from qa.understanding.people import BODY_WORDS, find_people, in_asked_role

Want = Literal[
    "",
    "span",
    "day",
    "year",
    "time",
    "length",
    "rank",
    "person",
    "site",
    "place",
    "business",
    "name",
    "form",
    "contact",
]

_ROLES = (
    r"(?:chủ tịch|bí thư|giám đốc|trưởng|đội trưởng|chủ nhiệm|thư ký|chánh|viện trưởng|hiệu trưởng|thủ trưởng"
    r"|tác giả|người đứng đầu|đại diện)"
)
_PEOPLE = (
    r"(?:đồng chí|ông|bà|cán bộ|chuyên viên|bác sĩ|giáo viên|nhân viên|lãnh đạo|tác giả|người|chủ (?:hộ|nhà|trang trại)"
    rf"|{_ROLES[3:-1]})"
)
_TIMES = r"(?:ngày|hôm|tháng|năm) (?:nào|mấy|bao nhiêu)|khi nào|lúc nào|bao giờ"
_CONTACTS = r"số (?:điện thoại|fax|máy bàn|tài khoản)|mã số thuế|e-?mail|hòm thư|website|trang web"
_SITES = r"(?:trang|cổng) thông tin(?: điện tử)?"
_ORDER: tuple[tuple[Want, Pattern], ...] = (
    ("form", Pattern(r"\b(?:mẫu|biểu|phụ lục)\b[^?,;]{0,60}\bsố (?:mấy|bao nhiêu|nào)\b|\bmẫu (?:mấy|nào)\b")),
    ("contact", Pattern(
        rf"(?:{_CONTACTS})[^?]{{0,80}}\b(?:gì|bao nhiêu|nào|mấy)\b|^(?:địa chỉ )?(?:{_CONTACTS})\b(?! (?:nào|có|đã)\b)"
        rf"|địa chỉ (?:thư điện tử|web|mạng|{_SITES})|{_SITES}[^?]{{0,60}}\bđịa chỉ"
    )),
    ("rank", Pattern(r"(?<!ngày )\b(?:lần|khóa|khoá|nhiệm kỳ|kỳ họp|thứ|hạng) (?:thứ )?(?:mấy|bao nhiêu)\b")),
    ("span", Pattern(rf"\btừ (?:{_TIMES}) [^?,]{{0,40}}\b(?:đến|tới|cho đến) (?:hết )?(?:{_TIMES})")),
    ("length", Pattern(r"bao lâu|(?:bao nhiêu|mấy) (?:năm|tháng|tuần|ngày|giờ|tiếng|phút)\b")),
    ("day", Pattern(rf"{NO_RATE}\b(?:ngày|hôm) (?:tháng )?(?:năm )?(?:nào|mấy|bao nhiêu|gì)|ngày tháng nào")),
    ("year", Pattern(rf"{NO_RATE}\bnăm (?:nào|mấy|bao nhiêu)\b")),
    ("time", Pattern(r"khi nào|bao giờ|lúc nào|(?:tháng|quý) (?:nào|mấy)|(?:thời gian|thời điểm) nào")),
    ("person", Pattern(
        rf"\bai (?:(?:đang |hiện )?(?:là|làm|giữ)|(?:đã )?được (?:bầu|cử|bổ nhiệm)) (?:\w+ ){{0,3}}?{_ROLES}"
        rf"|{_ROLES}[^?,]{{0,90}}\b(?:là|gồm)(?: có| những)? ai\b|\b{_PEOPLE} [^?,]{{0,90}}\btên (?:là )?gì|họ tên"
        rf"|\b(?:đồng chí|ông|bà|anh|chị|ông bà"
        rf"|phó (?:giám đốc|chủ tịch|bí thư)(?: (?:sở|tỉnh|huyện|xã|phường|hội|ban|ubnd|hđnd))?) nào"
        rf"|{_ROLES}[^?,]{{0,60}}\b(?:thuộc về|rơi vào|về tay|giao cho) ai\b"
        rf"|\btên (?:của )?(?:các |những )?(?:đồng chí |ông |bà )?(?:phó )?{_ROLES}"
    )),
    ("business", Pattern(
        r"\b(?:doanh nghiệp|công ty|cty|nhà máy|hợp tác xã|htx|cơ sở|tập đoàn)"
        r"(?: (?:hay|hoặc) (?:\w+ ){1,3}?| )(?:nào|gì)\b"
    )),
    ("site", Pattern(
        r"trụ sở[^?]{0,80}\b(?:đâu|nào)\b|địa điểm nào|địa chỉ"
        r"|(?:tổ chức|diễn ra|họp|khai mạc)\b[^?]{0,90}\b(?:ở|tại)"
        r" (?:đâu|(?:phòng|hội trường|khách sạn|chỗ|tầng|nhà)(?: họp)? nào)"
    )),
    ("place", Pattern(
        r"\b(?:xã|huyện|tỉnh|phường|thị trấn|thành phố|quận|thôn|(?<!văn )bản)(?: (?:và|hoặc|hay) (?:\w+ ){1,2}| )nào"
    )),
    ("name", Pattern(
        r"tên (?:là )?gì\b|tên gọi (?:là )?gì"
        r"|\b(?:sàn|thương hiệu|nhãn hiệu|ngân hàng|giải thưởng)(?: [^\s?,]+){0,4} nào"
    )),
)  # fmt: skip


PURPOSE_ASKED = re.compile(
    r"de lam gi|nham (?:muc dich )?gi|muc dich gi"
    r"|\b(?:lap|lap ra|thanh lap|sinh|sinh ra)(?: de)? lam (?:viec )?gi|\bla (?:[a-z]+ ){1,2}lam (?:viec )?gi"
)
"""Whether a folded question asks what for."""

MEANS_ASKED = re.compile(r"\b(?:bang|qua) (?:nhung |cac )?(?:cach|kenh|hinh thuc|con duong|phuong thuc|dip) nao\b")
"""Whether a folded question asks by what means."""


def wanted_of(lowered: str, marked: bool) -> Want:
    """The thing that a lower-case question wants; "" where its kind alone says it."""
    return next((want for want, pattern in _ORDER if pattern.search(lowered, marked)), "")


def holds_wanted(want: Want, text: str, question: str, keeps_cited: bool = False) -> bool:
    """Whether a text holds a wanted thing that the question does not say itself.

    Args:
        keeps_cited: whether the date of a document that is cited counts.
    """
    if want in ("day", "year", "time"):
        return _holds_time(want, text if keeps_cited else without_cited_dates(text), question)
    holds = _HOLDS.get(want)
    return holds is None or holds(text, fold(question))


def _holds_site(text: str, asked: str) -> bool:
    return bool(_ADDRESS.search(text)) or any(fold(match[1]) not in asked for match in _SITE.finditer(text))


def _holds_contact(text: str, asked: str) -> bool:
    """Whether a number to call, an account or an address on the net stands there; sums and years are none."""
    if _NET_ASKED.search(asked):
        return bool(_NET.search(text))
    return bool((_ACCOUNT if re.search(r"\b(?:tai khoan|ma so thue)\b", asked) else _PHONE).search(text))


def _holds_length(text: str, asked: str) -> bool:
    """Whether a length of time stands there; how often something is done is no length of doing it."""
    if _HOW_OFTEN.search(asked):
        return bool(_REPEATED.search(text))
    lasting = any(not _GONE.match(text, found.end()) for found in _LENGTH.finditer(text))
    if _UNTIL.search(asked):
        return lasting
    return bool(_LENGTH.search(text) or _REPEATED.search(text) or _BETWEEN.search(text))


_HOW_OFTEN = re.compile(r"\bbao lau\b.*\b(?:mot|1) lan\b")
_UNTIL = re.compile(r"\bbao lau (?:thi|nua|de)\b|\bmat bao lau\b")
_GONE = re.compile(r"\s+(?:qua|trước|nay|gần đây)\b")
_NET = re.compile(r"\S@\S|\bwww\.|https?:|\.(?:vn|com|org|net)\b")
_NET_ASKED = re.compile(r"\b(?:e-?mail|hom thu|thu dien tu|web|website|trang|cong thong tin|mang)\b")
_PHONE = re.compile(r"(?<![\d.,])(?:\(?0\d{1,3}\)?|\+84|1[89]00)(?:[\s.-]?\d){4,9}(?![\d%]|\s*(?:đồng|ha|tấn)\b)")
_ACCOUNT = re.compile(r"\b(?:tài khoản|STK|mã số thuế|MST)\b\D{0,40}\d(?:[\s.-]?\d){7,}", re.IGNORECASE)


def time_beside(want: Want, text: str, words: frozenset[str]) -> tuple[int, int] | None:
    """The wanted time or length with most of the question around it; None where less than half of it stands there.

    Args:
        words: folded syllables of the question.
    """
    patterns = {"length": (_LENGTH,), "day": (_DATED, _DAY, _WITHIN), "time": (_DATED, _DAY, _WITHIN)}.get(want, ())
    best: tuple[int, tuple[int, int]] | None = None
    for start, end in (match.span() for pattern in patterns for match in pattern.finditer(text)):
        near = {token.folded for token in tokenise(text[max(0, start - _BESIDE) : end + _BESIDE])}
        held = len(words & near)
        if 2 * held >= len(words) and (best is None or held > best[0]):
            best = held, (start, end)
    return best[1] if best else None


_BESIDE = 220
_DATED = re.compile(r"\bngày\s+\d{1,2}(?:[/.-]\d{1,2}[/.-]|\s+tháng\s+\d{1,2}\s+năm\s+)\d{4}", re.IGNORECASE)
_NUMBER = r"(?:\d+(?:[.,]\d+)?(?:\s*\([^)]{1,20}\))?|(?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)(?:\s+mươi)?)"
_LENGTH = re.compile(rf"\b{_NUMBER}\s+(?:năm|tháng|ngày|tuần|giờ|phút|quý|nhiệm kỳ)\b", re.IGNORECASE)
_REPEATED = re.compile(
    r"(?:mỗi|hằng|hàng) (?:tuần|tháng|quý|năm|ngày)|\blần (?:mỗi|một|trong)|định kỳ|thường xuyên", re.IGNORECASE
)
_RANK = re.compile(
    r"(?i:\b(?:lần|khóa|khoá|nhiệm kỳ|kỳ họp|hạng|thứ)\s+(?:thứ\s+)?)"
    r"(?:[IVXL]+\b|\d+\b|(?i:nhất|hai|nhì|ba|tư|năm|sáu|bảy|tám|chín|mười)\b)|(?i:chủ nhật)"
)
_BETWEEN = re.compile(r"(?:19|20)\d\d\s*[-–]\s*(?:19|20)\d\d|\btừ\b.{2,30}\bđến\b")
_SPAN = re.compile(
    r"\btừ\s+(?:(?:ngày|tháng|năm|quý|đầu|cuối|giữa|hôm|\d{1,2}h)\b|\d+/)[^.;]{1,50}?\b(?:đến|tới)\b"
    r"|(?:\d/|\b)\d{1,4}\s*[-–]\s*\d{1,2}/\d|(?:19|20)\d\d\s*[-–]\s*(?:19|20)\d\d",
    re.IGNORECASE,
)
_DAY = re.compile(r"\bngày\s+\d{1,2}(?!\d|\s+ngày)|\bthứ\s+(?:hai|ba|tư|năm|sáu|bảy|\d)\b|chủ nhật", re.IGNORECASE)
_WITHIN = re.compile(
    rf"(?:trong|sau|trước|chậm nhất|không quá|kể từ|muộn nhất)\b.{{0,24}}\b{_NUMBER}\s+(?:ngày|giờ|tháng|tuần|phút)\b"
    r"|ngay (?:sau|khi)|\bquý\s+[IV\d]+|từ nay|tháng\s+\d{1,2}\b|\d+\s+lần",
    re.IGNORECASE,
)


def _holds_time(want: Want, text: str, question: str) -> bool:
    known = {iso for _, _, iso in find_dates(question)} | {str(year) for _, _, year in find_years(question)}
    dates = {iso for _, _, iso in find_dates(text)} - known
    within = bool(_WITHIN.search(text))
    if want == "day":
        return any(len(iso) == len("2022-04-15") for iso in dates) or bool(_DAY.search(text)) or within
    years = {str(year) for _, _, year in find_years(without_bases(text))} - known
    if want == "year":
        return bool(years or {iso for iso in dates if iso[:4] not in known})
    return bool(dates or years) or within or bool(_DAY.search(text) or _REPEATED.search(text))


_BUSINESS = re.compile(
    r"\b(?i:công ty|doanh nghiệp|nhà máy|hợp tác xã|htx|tổ hợp tác|(cơ sở)|tập đoàn|xí nghiệp)\s+"
    rf"(?:(?!xã\s|tại\s|ở\s)[^\W\d_]+\s+){{0,2}}([{UPPER}]\w*(?:\s+[{UPPER}\d]\w*)*)"
)


def _names_business(text: str, known: str) -> bool:
    """Whether a class of business stands before a name: a business is known by its name."""
    found = (match for match in _BUSINESS.finditer(text) if not match[1] or re.search(r"co so (?:nao|gi)\b", known))
    return any(fold(match[2]) not in known for match in found)


_FORM = re.compile(r"\b(?i:mẫu|biểu|phụ lục)(?: số)? (?:\d+|[IVXL]+)\b")
# A page of the web is where something is found, too.
_ADDRESS = re.compile(
    r"\b(?:https?://|www\.)|(?<![\w@.-])[a-z\d-]+(?:\.[a-z\d-]+)*\.(?:vn|com|org|net)\b|"
    rf"(?<!mẫu )\b[Ss]ố\s+\d+\w*,?\s+(?:đường|phố|ngõ|[{UPPER}])|\b(?:đường|phố)\s+[{UPPER}]"
    r"|\b[Đđ]ịa điểm:|\b[Hh]ội trường\b|\b[Pp]hòng họp\b|\b[Tt]ầng\s+\d|\b[Tt]rụ sở:"
)
_SITE = re.compile(
    rf"\b(?i:tại|ở|trụ sở|địa chỉ|địa điểm|hội trường|xã|phường|thị trấn|thành phố|thôn|bản)\b:?\s+"
    # What stands in a document stands at no site.
    r"(?!(?i:công văn|tờ trình|quyết định|báo cáo|nghị định|nghị quyết|thông tư|thông báo|kế hoạch|luật|điều|khoản))"
    rf"(?:[^\W\d_]+\s+){{0,2}}([{UPPER}][^\W\d_]*(?:\s+[{UPPER}][^\W\d_]*)*)"
)
_NAME = re.compile(
    rf"(?<!\w)[{UPPER}][^\W_]*(?:[ -][{UPPER}\d][^\W_]*)+|[“\"][^”\"]{{2,}}[”\"]"
    r"|(?<!\w)(?=[A-Z]*\d)[A-Z][A-Z\d-]+(?!\w)"
)


def find_places(text: str, known: str) -> list[tuple[int, int]]:
    """Names that may be places, other than those that the folded question says; of a district behind its level."""
    levelled = re.search(r"\b(?:huyen|tinh|thanh pho|quan) nao\b", known)
    pattern = _LEVELLED if levelled else _PLACE
    return [match.span(1) for match in pattern.finditer(text) if fold(match[1]) not in known]


_PLACE = re.compile(rf"(?<!\w)([{UPPER}][^\W\d_{UPPER}]*(?:\s+[{UPPER}][^\W\d_{UPPER}]*)+)")
_LEVELLED = re.compile(rf"\b(?i:huyện|tỉnh|thành phố|thị xã|quận)\s+([{UPPER}][^\W\d_]+(?:\s+[{UPPER}][^\W\d_]+)*)")


def _adds_name(text: str, known: str) -> bool:
    """Whether a name of two syllables, a code or a quoted name stands there that the question does not say."""
    held = {token.folded for token in tokenise(known)}
    of_body = bool(_BODY_ASKED.search(known))
    names = [m[0] for m in _NAME.finditer(text) if of_body or fold(m[0]).split()[0] not in BODY_WORDS]
    names += [m[0] for m in _CAPITALISED.finditer(text) if not _SYLLABLE.fullmatch(fold(m[0]))]
    return any(not held.issuperset(t.folded for t in tokenise(name)) for name in names)


# One word names a thing by itself where it is none of Vietnamese: "Telemedicine", but not "Trung".
_CAPITALISED = re.compile(rf"(?<!\w)[{UPPER}][^\W\d_]*[a-z][^\W\d_]*")
_SYLLABLE = re.compile(r"(?:ngh?|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdghklmnprstvx])?[aeiouy]{1,3}(?:ch|ng|nh|[cmnpt])?")
# The body that recognised a product is no name of it.
_BODY_ASKED = re.compile(r"\b(?:co quan|don vi|to chuc|ban|so|bo|hoi|doan|cuc|vien|toa|cong ty|dang|phong)\b.*\bten\b")
_HOLDS: dict[Want, Callable[[str, str], bool]] = {
    "span": lambda text, _: bool(_SPAN.search(text)),
    "rank": lambda text, _: bool(_RANK.search(text)),
    "length": _holds_length,
    "contact": _holds_contact,
    "person": lambda text, asked: any(in_asked_role(text, *place, asked) for place in find_people(text, asked)),
    "business": _names_business,
    "site": _holds_site,
    "place": lambda text, asked: bool(find_places(text, asked)),
    "form": lambda text, asked: any(fold(match[0]) not in asked for match in _FORM.finditer(text)),
    "name": _adds_name,
}
