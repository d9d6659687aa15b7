"""The issuing body: grouped from the lines of the left column, cased as officials write it."""

from __future__ import annotations

import re

from corpus.text import fold

_HEADS = (
    "uy ban|ubnd|hdnd|hoi|hoi dong|so|ban|phong|van phong|truong|trung tam|chi cuc|cuc|tong cuc|bo|thanh tra|vien|"
    "toa an|cong an|"
    "lien doan|lien minh|hiep hoi|cong ty|tong cong ty|tap doan|ngan hang|benh vien|dang bo|dang uy|chi bo|to|"
    "quoc hoi|chinh phu|"
    "thu tuong|chu tich|kho bac|bao hiem|quy|dai|bao|tap chi|nha|mat tran|ubmttq|tinh uy|huyen uy|thanh uy|quan "
    "uy|thi uy|xa uy|"
    "tinh doan|huyen doan|thanh doan|quan doan|thi doan|doan|bch|btv|dang doan|ban can su|trung uong|cum|khoi|vu|"
    "hat|doi|tram|"
    "buu dien|hoc vien|dai hoc|chi nhanh|cau lac bo|kiem toan"
)
_HEAD = re.compile(rf"(?:{_HEADS})(?!\w)")
_PLACE = re.compile(r"(?:tinh|thanh pho|tp\.?|huyen|quan|thi xa|xa|phuong|thi tran|dac khu|t\.p|tx\.?)\s+(?!uy|doan)")
_OPEN = re.compile(
    r"(?:van phong|ban chap hanh|ban thuong vu|ban chi dao|ban quan ly|hoi dong|hoi dong quan ly|dang uy|dang bo|"
    r"chi bo|doan dai bieu|chu tich|pho chu tich|ban thuong truc|ban to chuc|thuong truc|thu tuong|thanh tra|trung tam|"
    r"vien|.*(?:\bva|\bcua|[,\-–&]))"
)
_PLACE_WORDS = (
    "tỉnh|thành phố|huyện|quận|thị xã|xã|phường|thị trấn|đặc khu|"
    "(?:tỉnh|huyện|thành|quận|thị) (?:ủy|uỷ|đoàn)|đảng (?:ủy|uỷ) xã"
)
_AFTER_PLACE = re.compile(rf"(?<!\w)({_PLACE_WORDS})\s+(?!(?:ủy|uỷ|đoàn)(?!\w))(.+)$")
_PROPER = re.compile(
    r"(?<!\w)(?:chính phủ|quốc hội|đảng|nhà nước|trung ương|việt nam|ủy ban nhân dân|uỷ ban nhân dân|hội đồng nhân dân|"
    r"mặt trận tổ quốc)(?!\w)"
)
_FIELD = re.compile(r"(?<!\w)(sở|bộ|phòng|(?<![ủỦ]y )(?<![uU]ỷ )ban|cục|hội(?! đồng)|đảng|thanh tra|vụ)\s+(\w)")
_ABBREVIATIONS = frozenset("ubnd hđnd ubmttq bch btv bcđ mttq tw tp tncs tp.hcm cntt nckstthc".split())
_SPEAKERS = (
    r"(?:Ban Thường vụ|Ban Chấp hành|BTV|Thường trực|Ban Cán sự)?\s*"
    r"(?:Đảng bộ\s|Đảng ủy|Đảng uỷ|Tỉnh ủy|Tỉnh uỷ|Huyện ủy|Huyện uỷ|Thành ủy|Thành uỷ|Quận ủy|Thị ủy|"
    r"Ủy ban nhân dân|Uỷ ban nhân dân|UBND|HĐND|Hội đồng nhân dân|Sở|Bộ|Phòng|Ban)"
)
_BODY_SENTENCE = re.compile(
    rf"(?P<body>{_SPEAKERS}(?:\s+(?!báo|xây|ban|thông|trân|kính|đề|quyết)[\w\-]+){{0,8}}?)\s+"
    r"(?:báo cáo|xây dựng|ban hành|thông báo|trân trọng|kính trình|kính đề nghị|quyết định|yêu cầu)(?!\w)"
)
_LEADERS = re.compile(r"^(?:Ban Thường vụ|Ban Chấp hành|BTV|Thường trực|Ban Cán sự)\s+(?=\w)")


def is_place_line(line: str) -> bool:
    """A line that only continues a body's name: "TỈNH BÌNH THUẬN"."""
    return _PLACE.match(fold(line)) is not None


def names_a_body(line: str) -> bool:
    """A line that begins a body's name: "SỞ …", not "CÔNG NGHỆ"."""
    return _HEAD.match(fold(line)) is not None


def group_bodies(lines: list[str]) -> list[str]:
    """The bodies of the left column, parent first: ("UBND TỈNH X", "SỞ NỘI VỤ") are two, ("HĐND", "HUYỆN Y") one."""
    bodies: list[str] = []
    for line in lines:
        joins = bool(bodies) and (
            is_place_line(line) or not names_a_body(line) or _OPEN.fullmatch(fold(bodies[-1])) is not None
        )
        if joins:
            bodies[-1] = f"{bodies[-1]} {line}"
        else:
            bodies.append(line)
    return bodies


def cased(body: str) -> str:
    """A body in capitals as it is written in running text: "SỞ NỘI VỤ" → "Sở Nội vụ"."""
    letters = [char for char in body if char.isalpha()]
    if not letters or sum(char.isupper() for char in letters) < 0.7 * len(letters):
        return body
    text = " ".join(body.lower().split())
    text = _AFTER_PLACE.sub(lambda match: f"{match[1]} {_title(match[2])}", text)
    text = _PROPER.sub(_upper_first, text)
    text = text.replace("Việt nam", "Việt Nam").replace("Mặt trận tổ quốc", "Mặt trận Tổ quốc")
    text = re.sub(r"^([ủỦuU][yỷ]) ban thường vụ", r"\1 ban Thường vụ", text)
    text = _FIELD.sub(lambda match: f"{match[1]} {match[2].upper()}", text)
    if re.match(r"(?:sở|bộ|phòng|ban)\s", text):
        text = re.sub(r"((?:,|\bvà|-|&)\s+)(\w)", lambda match: match[1] + match[2].upper(), text)
    text = re.sub(r"[\w.]+", lambda match: match[0].upper() if match[0].lower() in _ABBREVIATIONS else match[0], text)
    return _first(text)


def cased_role(role: str) -> str:
    """A role in capitals as in running text: "PHÓ BÍ THƯ" → "Phó Bí thư"."""
    text = cased(role)
    if text == role:
        return text
    text = re.sub(r"(?<!\w)(phó|quyền)\s+(\w)", lambda m: f"{m[1]} {m[2].upper()}", text, flags=re.IGNORECASE)
    return re.sub(r"(?<=\w )(?:sở|bộ|ủy ban|uỷ ban|hội đồng|ban chỉ đạo|tổng cục|cục)(?!\w)", _upper_first, text)


def _first(text: str) -> str:
    return text[:1].upper() + text[1:]


def _upper_first(match: re.Match[str]) -> str:
    return _first(match[0])


def _title(text: str) -> str:
    return " ".join(_first(word) for word in text.split())


def issuer_of_body(text: str) -> str | None:
    """The body that speaks in the text ("Ban Thường vụ Huyện ủy Tam Đường báo cáo …"), leaders' names left out.

    The opening paragraph ends with "như sau"; the body that stands nearest before it speaks, others are cited.
    """
    opening = text.find("như sau")
    reach = text if opening < 0 else text[:opening]
    bodies = [_LEADERS.sub("", " ".join(match["body"].split())) for match in _BODY_SENTENCE.finditer(reach)]
    named = [body for body in bodies if not re.match(r"(?:Ban|Bộ|Sở|Phòng)(?!\s[A-ZĐ])", body)]
    if not named:
        return None
    return _first(named[-1] if opening >= 0 else named[0])
