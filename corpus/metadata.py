"""Header and closing block of a document → `Metadata`; what a document does not say stays unknown."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from corpus.closing import find_closing
from corpus.document import Metadata, RawDocument
from corpus.facets import level_of, period_of
from corpus.issuer import cased, group_bodies, is_place_line, issuer_of_body, names_a_body
from corpus.masthead import (
    HeadLine,
    blank_symbol,
    head_lines,
    is_filled_in,
    is_motto,
    is_number_line,
    is_rule,
    issue_date,
    own_number,
    partial_iso,
)
from corpus.numbers import kind_of_number
from corpus.text import fold, is_vietnamese_syllable

_KINDS = (
    "Nghị quyết liên tịch|Thông tư liên tịch|Nghị quyết|Quyết định|Chỉ thị|Quy chế|Quy định|Quy trình|Thông cáo|"
    "Thông báo|Hướng dẫn|Chương trình|Kế hoạch|Phương án|Đề án|Dự án|Báo cáo|Biên bản|Tờ trình|Hợp đồng|Công điện|"
    "Giấy mời|Giấy giới thiệu|Phiếu trình|Phiếu gửi|Phiếu chuyển|Kết luận|Thông tư|Nghị định|Pháp lệnh|Bộ luật|Luật|"
    "Lệnh|Hiến pháp|Điều lệ|Công văn|Phụ lục|Sổ tay|Đề cương|Tuyên bố|Lời kêu gọi|Bản ghi nhớ|Giấy ủy quyền|"
    "Thư công|Văn bản hợp nhất|Sắc lệnh|Nội quy|Quy ước|Bản cam kết|Thỏa thuận"
).split("|")
_FOLDED_KINDS = sorted(((fold(kind), kind) for kind in _KINDS), key=lambda pair: -len(pair[0]))
_BODY_START = re.compile(
    r"^[-–\s]*(?:Căn cứ|Kính gửi|Xét |Theo |Thực hiện|Để |Ngày \d|Trong |Sau khi|Qua |Nhằm |Hôm nay|Vào hồi|Vào "
    r"lúc|Phúc đáp|Tiếp theo|Triển khai|"
    r"Trên cơ sở|Ban Thường vụ|Ủy ban nhân dân|UBND|Quốc hội ban hành|Chính phủ ban hành|Phần |PHẦN |Chương |"
    r"CHƯƠNG |Điều \d|Mục |MỤC LỤC|"
    r"[IVX]{1,4}[.\-)]\s|[A-H]\.\s|\d{1,2}[.)]\s?\D)"
)
_KIND_ZONE_END = re.compile(r"^[-–\s]*(?:Căn cứ|CĂN CỨ|Điều 1\b|[Cc]hương (?:I|1)\b)")
_AUTHORITY = re.compile(
    r"^(?:chu tich|giam doc|bo truong|thu tuong|chinh phu$|quoc hoi$|uy ban nhan dan|ubnd|hoi dong nhan dan|thong "
    r"doc|truong ban|ban thuong vu|ban chap hanh|"
    r"cuc truong|chanh|tong|hieu truong|uy ban thuong vu)"
)
_PASSED = re.compile(
    r"thông qua(?:\s+(?:tại|vào))?[^.\n]{0,40}?ngày\s+(\d{1,2})\s*(?:tháng|/)\s*(\d{1,2})\s*(?:năm|/)\s*(\d{4})"
)
_SUBJECT_MARK = re.compile(r"^(?:V\s?/\s?[vwV]?|Về việc)\s*:?\s+", re.IGNORECASE)
_HEAD_ZONE = 30
_OPENING = 6000


def extract_metadata(raw: RawDocument) -> Metadata:
    """Kind, number, date, issuer, subject, signer and the rest, as the document itself says them."""
    lines = head_lines(raw)
    title, kind = _find_kind(lines)
    zone = lines[: _zone_end(lines, title)]
    number, blank, number_at = own_number(zone)
    symbol_kind = _symbol_kind(number, zone, number_at)
    kind = kind or symbol_kind or _letter(lines)
    subject = _subject(lines, title, kind)
    bodies = _bodies(zone, title)
    issuer = _issuer(bodies, lines, kind, number)
    dated = issue_date(zone)
    scanned = 1 in raw.ocr_pages
    if scanned and number is not None:
        number = re.sub("(?<!G)DĐ", "Đ", number)  # how tesseract reads a bold Đ; "SGDĐT" is right
    closing = find_closing(raw, lines[title].index + 1 if title is not None else min(3, len(raw.lines)))
    return Metadata(
        kind=kind,
        number=number,
        # On a scan a gap may hold handwriting that OCR leaves out: 7 of 8 such gaps here did. It is not called blank.
        number_blank=blank and number is None and not scanned,
        issuer=issuer,
        place=dated.place if dated else None,
        issued_on=dated.iso if dated else _passed_on(raw, kind),
        subject=subject,
        signer=closing.signer,
        signer_role=closing.role,
        signing_for=closing.signing_for,
        recipients=closing.recipients,
        level=level_of(issuer, number, tuple(bodies[:-1])),
        period=period_of(subject),
        number_unsure=scanned and number_at is not None and (number is None or is_filled_in(zone[number_at].text)),
    )


def _find_kind(lines: Sequence[HeadLine]) -> tuple[int | None, str | None]:
    """(position, kind) of the line that names the kind; a letter has none, its addressees come first."""
    for position, line in enumerate(lines):
        if _KIND_ZONE_END.match(line.text) or fold(line.text).startswith("kinh gui"):
            break
        if line.column != "left" and (kind := _kind_of_line(line.text)):
            return position, kind
    return None, None


def _kind_of_line(text: str) -> str | None:
    folded = fold(text).strip(" :.*")
    for name, kind in _FOLDED_KINDS:
        if folded == name:
            return kind
        if re.match(rf"{name}(?!\w)", folded) and (_is_capitals(text) or (kind == "Phụ lục" and len(text) < 20)):
            return kind
    return _garbled_kind(text)


def _garbled_kind(text: str) -> str | None:
    """The kind of a line in capitals of which OCR or a broken font lost letters ("NG Ị ĐỊN")."""
    if not _is_capitals(text) or not 5 <= len(text) <= 24:
        return None
    squeezed = fold(text).replace(" ", "")
    ratios = [(SequenceMatcher(None, squeezed, name.replace(" ", "")).ratio(), kind) for name, kind in _FOLDED_KINDS]
    ratio, kind = max(ratios)
    return kind if ratio >= 0.85 else None


def _is_capitals(text: str) -> bool:
    letters = [char for char in text if char.isalpha()]
    return bool(letters) and sum(char.isupper() for char in letters) > 0.8 * len(letters)


def _zone_end(lines: Sequence[HeadLine], title: int | None) -> int:
    """Where the header ends: soon after the kind, or where the text begins."""
    if title is not None:
        return min(len(lines), title + 4)
    for position, line in enumerate(lines):
        if position and (
            fold(line.text).startswith("kinh gui") or _KIND_ZONE_END.match(line.text) or len(line.text) > 200
        ):
            return position
    return min(len(lines), _HEAD_ZONE)


def _symbol_kind(number: str | None, zone: Sequence[HeadLine], number_at: int | None) -> str | None:
    """The kind that the symbol says, of a blank number too."""
    if number is not None:
        return kind_of_number(number)
    symbol = blank_symbol(zone[number_at]) if number_at is not None else None
    return kind_of_number(f"1/{symbol}") if symbol else None


def _letter(lines: Sequence[HeadLine]) -> str | None:
    """A letter ("Công văn") where nothing names a kind and somebody is addressed."""
    addressed = any(fold(line.text).startswith("kinh gui") for line in lines[:40])
    about = any(re.match(r"v/v\b", fold(line.text)) for line in lines[:40])
    return "Công văn" if addressed or about else None


def _subject(lines: Sequence[HeadLine], title: int | None, kind: str | None) -> str | None:
    if title is None:
        return _letter_subject(lines)
    own = _rest_of_title(lines[title].text, kind)
    parts = [own] if own else []
    for line in lines[title + 1 : title + 14]:
        if line.column == "left" and not parts:
            continue
        if is_rule(line.text) or _ends_subject(line, parts):
            break
        parts.append(line.text)
    return _join(parts)


def _rest_of_title(text: str, kind: str | None) -> str:
    """What stands behind the kind on its line: "BÁO CÁO TỔNG KẾT …" → "TỔNG KẾT …"."""
    folded = fold(text)
    name = fold(kind or "")
    return text[len(name) :].strip(" :.*") if name and folded.startswith(name) else ""


def _ends_subject(line: HeadLine, parts: list[str]) -> bool:
    text = line.text
    if text.startswith("(") or fold(text).startswith("kinh gui") or is_motto(text):
        return True
    if re.match(r"[-–\s]*(?:Căn cứ|Chương|CHƯƠNG|PHẦN|Phần|Điều \d|MỤC LỤC|I\.\s|A\.\s)", text):
        return True
    if _is_capitals(text) and _AUTHORITY.match(fold(text)):
        return True
    return bool(parts) and (_BODY_START.match(text) is not None or (line.whole and text.endswith((":", ";"))))


def _letter_subject(lines: Sequence[HeadLine]) -> str | None:
    start = next((i for i, line in enumerate(lines) if _SUBJECT_MARK.match(line.text)), None)
    start = _below_number(lines) if start is None else start
    if start is None:
        return None
    parts = [_SUBJECT_MARK.sub("", lines[start].text)]
    side = lines[start].column
    for line in lines[start + 1 : start + 10]:
        if side and line.column and line.column != side:
            continue
        if (
            fold(line.text).startswith("kinh gui")
            or (side and line.column != side)
            or issue_date([line])
            or _BODY_START.match(line.text)
        ):
            break
        if not is_motto(line.text) and not is_rule(line.text):
            parts.append(line.text)
    return _join(parts)


def _below_number(lines: Sequence[HeadLine]) -> int | None:
    """The line below a letter's number in the left column: its subject, where "V/v" was lost."""
    _, _, number_at = own_number(list(lines[:_HEAD_ZONE]))
    if number_at is None or number_at + 1 >= len(lines):
        return None
    below = lines[number_at + 1]
    return number_at + 1 if below.column == "left" and not _is_capitals(below.text) else None


def _join(parts: list[str]) -> str | None:
    return " ".join(" ".join(parts).split()) or None


def _bodies(zone: Sequence[HeadLine], title: int | None) -> list[str]:
    """The bodies named in the left column, parent first; without columns, those above the motto or the number."""
    texts: list[str] = []
    parted = any(line.column == "left" and _names_body(line) for line in zone)
    for position, line in enumerate(zone):
        if position == title or (texts and (is_number_line(line.text) or fold(line.text).startswith("v/v"))):
            break
        if texts and not parted and is_motto(line.text):
            break
        between = parted and texts and not line.column and is_place_line(line.text)
        if (line.column == ("left" if parted else "") or between) and _names_body(line):
            above = zone[position - 1] if position else line
            if not texts and not names_a_body(line.text) and not above.column and _names_body(above):
                texts.append(above.text)  # the other half of a name of which only this line was merged with the motto
            texts.append(re.sub(r"^[\-–•]\s*|[\s*_]+$|\s*[\-–_]{2,}$", "", line.text))
    return group_bodies(texts)


def _names_body(line: HeadLine) -> bool:
    """A line in capitals that is no motto, rule, number or date."""
    if is_motto(line.text) or is_rule(line.text) or is_number_line(line.text) or issue_date([line]):
        return False
    return _is_capitals(line.text) and len(line.text) < 90


def _issuer(bodies: list[str], lines: Sequence[HeadLine], kind: str | None, number: str | None) -> str | None:
    if bodies and _is_legible(bodies[-1]):
        return cased(bodies[-1])
    if kind == "Phụ lục":
        return None
    return issuer_of_body(" ".join(line.text for line in lines)[:_OPENING]) or _issuer_of_number(number)


def _is_legible(body: str) -> bool:
    """Most words are Vietnamese syllables or abbreviations; a broken font or bad OCR leaves single letters."""
    words = re.findall(r"[^\W\d_]+", body)
    good = sum(len(word) > 1 and (is_vietnamese_syllable(word.lower()) or word.isupper()) for word in words)
    return bool(good * 2 > len(words))


def _issuer_of_number(number: str | None) -> str | None:
    folded = fold(number or "")
    for mark, body in (("qh", "Quốc hội"), ("-cp", "Chính phủ"), ("-ttg", "Thủ tướng Chính phủ")):
        if re.search(rf"{mark}\d*$", folded):
            return "Ủy ban Thường vụ Quốc hội" if "ubtvqh" in folded else body
    return None


def _passed_on(raw: RawDocument, kind: str | None) -> str | None:
    """The date of a law, which stands only in the clause on its passing."""
    if kind not in ("Luật", "Bộ luật", "Nghị quyết", "Pháp lệnh", "Hiến pháp"):
        return None
    tail = " ".join(line.text for line in raw.lines[-400:])
    matches = list(_PASSED.finditer(tail))
    if not matches:
        return None
    day, month, year = matches[-1].groups()
    return partial_iso(year, month, day)
