"""The closing block: who signs, in which role, for whom, and who receives the document."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.document import Column, RawDocument, RawLine
from corpus.issuer import cased_role
from corpus.masthead import clean, is_motto, is_rule
from corpus.numbers import UPPER
from corpus.text import fold

_TITLES = (
    "chu tich|pho chu tich|bi thu|pho bi thu|giam doc|pho giam doc|tong giam doc|pho tong giam doc|bo truong|thu "
    "truong|thu tuong|pho thu tuong|"
    "truong ban|pho truong ban|chanh van phong|pho chanh van phong|truong phong|pho truong phong|hieu truong|pho "
    "hieu truong|cuc truong|"
    "pho cuc truong|chi cuc truong|pho chi cuc truong|tong thanh tra|pho tong thanh tra|chanh thanh tra|pho chanh "
    "thanh tra|truong doan|"
    "pho truong doan|uy vien|chu nhiem|pho chu nhiem|vu truong|pho vu truong|tong cuc truong|pho tong cuc truong|"
    "thong doc|pho thong doc|"
    "chu toa|chu tri|thu ky|thu ky doan|chanh an|pho chanh an|vien truong|pho vien truong|tong bi thu|chu tich "
    "nuoc|tu lenh|"
    "truong cong an|pho truong cong an|ke toan truong|nguoi lap|truong tieu ban|tong kiem toan|tong thu ky|chanh "
    "nhiem|doi truong|to truong|"
    "bo truong, chu nhiem|vien truong|pho doan|truong khoa|chu tich hoi dong|hoi truong|pho thu truong|thuong truc"
)
_PROXY = re.compile(r"^(?:[tk]\s?/\s?[mtl]\s*[.:]?|(?:tm|kt|tl|tuq|q|pt)(?:\s*[./:]|(?=\s)))\s*(?=\w)")
_ROLE = re.compile(rf"^(?:(?:{_TITLES})(?!\w))")
_NAME_WORD = rf"[{UPPER}][^\W\d_{UPPER}']*"
_NAME = re.compile(
    rf"^(?:(?:TS|PGS|GS|ThS|BS|Ths|KS|CN)\.?\s*)*(?:(?:Đại|Thượng|Trung|Thiếu)\s+(?:tướng|tá|"
    rf"úy)\s+)?(?P<name>{_NAME_WORD}(?:[ \-–]+{_NAME_WORD}){{1,5}})$"
)
_CAPS_NAME = re.compile(rf"^[{UPPER}]{{2,}}(?: [{UPPER}]+){{1,4}}$")
_SIGNED = re.compile(r"\(?\s*(?:da ky|ky ten|da ky ten|ky, dong dau|ky ten, dong dau|chu ky|ky, ghi ro.*)[\s.,]*\)?")
_STAMP = re.compile(
    r"^(?:nguoi ky|ky boi|email|co quan|thoi gian|ngay ky|digitally|signed|date|reason|\d|l\.s|\+|ky dien tu)"
)
_RECEIVERS = re.compile(r"^noi\s*nh.n\s*(?:[:;]|\.?$)")
_PERSON = rf"[{UPPER}][^\W\d_{UPPER}]*(?: [{UPPER}][^\W\d_{UPPER}]*){{1,4}}"
_SPLIT = re.compile(
    rf"(?<=[;.:,)]) +(?=(?:T/M|TM\.?|KT\.?|TL\.?|TUQ\.?|Q\.)\s?[{UPPER}]|[{UPPER}]{{2,}}(?: [{UPPER}]{{2,}})+$|"
    rf"\((?:Đã|đã) ký\)$)"
    rf"|(?<=[;.,]) +(?={_PERSON}$)"
)
_NEXT = re.compile(r"(?:phu luc|danh muc|bieu mau|mau so)(?!\w)(?!.*[;,.]$)")
_REACH = 60
_RECEIVER_WIDTH = 70
_NOISE_WIDTH = 20
_NOISE_LINES = 9
_MOST_ROLES = 6
_LINE_WIDTH = 300
SURNAMES = frozenset(
    (
        "nguyen tran le pham hoang huynh phan vu vo dang bui do ho ngo duong ly dao dinh trinh truong mai luong "
        "cao chau ta ha to vuong thai "
        "lam doan phung quach kieu lo giang vang sung thao hang tan lu ma quang cam dieu tong luong ksor rmah siu "
        "nay thach son danh kim chu la "
        "luu mac nong trieu vi vien xa hua tu tong van than tang nghiem doan dam au bach bien cu cung diep khuong "
        "khuat khong luc la lai nham ninh "
        "ong phi phuong quan tieu ton tra ung uong trang thieu thi sam hau ban deo tho mua va lau xong vu po "
        "chang chao phan cheo y a bo h "
        "can dong gia hoa khieu leo lieu luc man si su sy tat thang vinh"
    ).split()
)
_NOT_NAMES = tuple(
    (
        "văn phòng|tỉnh ủy|tỉnh uỷ|huyện ủy|huyện uỷ|ban |sở |phòng |ủy ban|uỷ ban|hội đồng|bộ |đảng ủy|chính phủ|"
        "quốc hội|lưu |như trên|nơi nhận|kính gửi|chương |điều |phần |mục |phụ lục|trung tâm|công an|mặt trận|"
        "quyết định|nghị quyết|việt nam|hà nội|cộng hòa|độc lập"
    ).split("|")
)


@dataclass(frozen=True, slots=True)
class Closing:
    """What the closing block says; `start` is the raw line at which it begins, None where there is none."""

    signer: str | None = None
    role: str | None = None
    signing_for: str | None = None
    recipients: tuple[str, ...] = ()
    start: int | None = None


@dataclass(frozen=True, slots=True)
class _Piece:
    text: str
    column: Column
    index: int


def find_closing(raw: RawDocument, after: int = 0) -> Closing:
    """The first closing block behind raw line `after`: later ones belong to annexes or to a second letter."""
    pieces = [piece for index in range(after, len(raw.lines)) for piece in _pieces(raw.lines[index], index)]
    receivers = next((i for i, piece in enumerate(pieces) if _RECEIVERS.match(fold(piece.text))), None)
    block = _signature(_this_letter(pieces, receivers), receivers)
    recipients = _recipients(pieces, receivers) if receivers is not None else ()
    starts = [pieces[i].index for i in (receivers, block[0] if block else None) if i is not None]
    if block is None:
        return Closing(recipients=recipients, start=min(starts, default=None))
    position, roles, name = block
    role, signing_for = _roles(roles)
    start = pieces[position].index
    if receivers is not None and abs(pieces[receivers].index - start) < 40:
        start = min(start, pieces[receivers].index)
    return Closing(name, role, signing_for, recipients, start)


def _this_letter(pieces: list[_Piece], receivers: int | None) -> list[_Piece]:
    """The pieces up to the annex or the second letter that begins behind the list of receivers."""
    if receivers is None:
        return pieces
    for position in range(receivers, len(pieces)):
        if _NEXT.match(fold(pieces[position].text)) or is_motto(pieces[position].text):
            return pieces[:position]
    return pieces


def _pieces(line: RawLine, index: int) -> list[_Piece]:
    """The line's columns; a signature block often comes as one table row or as merged columns."""
    if len(line.text) > _LINE_WIDTH and line.cells is None:
        return [_Piece(line.text[:_LINE_WIDTH], line.column, index)]
    if line.cells is not None:
        texts = [
            (piece, side)
            for cell, side in zip(line.cells, _sides(line.cells), strict=True)
            for piece in cell.split("\n")
        ]
    elif line.column:
        texts = [(line.text, line.column)]
    else:
        gaps = [piece for piece in re.split(r"\s{3,}|\t+", line.text.strip()) if piece]
        gaps = gaps if len(gaps) == 2 else [" ".join(gaps)]
        texts = [(piece, "") for gap in gaps for piece in _merged(gap)]
    return [_Piece(text, side, index) for raw_text, side in texts if (text := clean(raw_text)) and not is_rule(text)]


def _merged(text: str) -> list[str]:
    """The columns of a line: "- Lưu: VT. KT. CHỦ TỊCH" holds two, "KT. CHỦ TỊCH" one."""
    if _PROXY.match(fold(clean(text))):
        return [text]
    parts = _SPLIT.split(text, maxsplit=1)
    if (
        len(parts) == 2
        and not _is_capitals(parts[1])
        and "ký" not in parts[1]
        and fold(parts[1]).split()[0] not in SURNAMES
    ):
        return [text]
    return parts


def _sides(cells: tuple[str, ...]) -> list[Column]:
    return ["left" if position == 0 and len(cells) > 1 else "right" for position in range(len(cells))]


def _signature(pieces: list[_Piece], receivers: int | None) -> tuple[int, list[str], str | None] | None:
    """(position, authority and role lines, name) of the first run of role lines that a name follows.

    Beside the list of receivers a block without a name counts too: the copy is unsigned, and a name further down
    would be that of an annex.
    """
    for position, piece in enumerate(pieces):
        if piece.column == "left" or not _is_role(piece.text):
            continue
        roles, name = _name_after(pieces, position)
        beside = receivers is not None and -6 <= position - receivers <= 40
        if name or (roles and beside):
            return position, roles, name
    return None


def _name_after(pieces: list[_Piece], position: int) -> tuple[list[str], str | None]:
    """(role lines, name) from the role line at `position` on; None where something else or a blank follows."""
    roles: list[str] = []
    noise = 0
    for piece in pieces[position : position + _REACH]:
        text = piece.text
        folded = fold(text)
        if piece.column == "left" or _SIGNED.fullmatch(folded) or _STAMP.match(folded) or _is_receiver(text):
            continue
        name = _name(text)
        if name and (not noise or fold(name).split()[0] in SURNAMES):
            return roles, name
        if len(roles) > _MOST_ROLES:
            break
        if _is_role(text) or (roles and len(roles) < 4 and not noise and _is_capitals(text)):
            roles.append(text)
        elif piece.column == "right" and len(text) < _NOISE_WIDTH and noise < _NOISE_LINES:
            noise += 1  # a seal or a signature over the block, as OCR reads it
        elif piece.column or not text.endswith((";", ",", ".")) or len(text) > _RECEIVER_WIDTH:
            break
    return roles, None


def _is_receiver(text: str) -> bool:
    return text.startswith(("-", "–", "+")) or _RECEIVERS.match(fold(text)) is not None


def _is_capitals(text: str) -> bool:
    letters = [char for char in text if char.isalpha()]
    return len(letters) > 3 and sum(char.isupper() for char in letters) > 0.8 * len(letters)


def _is_role(text: str) -> bool:
    """A line of the block's head: "T/M BAN THƯỜNG VỤ", "KT. CHỦ TỊCH", "PHÓ BÍ THƯ"."""
    if len(text) > 90 or not (_is_capitals(text) or text.startswith(("T/M", "TM.", "KT.", "TL.", "TUQ.", "Q."))):
        return False
    folded = fold(text)
    return _ROLE.match(_PROXY.sub("", folded)) is not None or (_PROXY.match(folded) is not None and _is_capitals(text))


def _name(text: str) -> str | None:
    text = re.sub(r"\(.*?\)", "", text)
    text = re.sub(r"^(?:Đã ký|ĐÃ KÝ)\s*[:.\-–]?|[\-–,]?\s*(?:Đã ký|đã ký|ĐÃ KÝ)\s*$", "", text.strip()).strip(" .,;:-–")
    folded = fold(text)
    if _ROLE.match(folded) or not text:
        return None
    if text.lower().startswith(_NOT_NAMES):
        return None
    if match := _NAME.match(text):
        return _one_person(match["name"].split())
    if _CAPS_NAME.match(text) and len(text) < 32 and folded.split()[0] in SURNAMES:
        return " ".join(word.capitalize() for word in text.split())
    return None


def _one_person(words: list[str]) -> str:
    """Of two names side by side the right one, which is the principal's place."""
    for cut in range(2, len(words) - 1):
        if len(words) >= 6 and fold(words[cut]) in SURNAMES and cut >= len(words) // 2:
            return " ".join(words[cut:])
    return " ".join(words)


def _roles(lines: list[str]) -> tuple[str | None, str | None]:
    """(role, signing for) of the lines above the signature."""
    proxies = [line for line in lines if _PROXY.match(fold(line))]
    plain = [line for line in lines if not _PROXY.match(fold(line))]
    role = cased_role(" ".join(plain)) if plain else None
    return role, ", ".join(_proxy(line) for line in proxies) or None


def _proxy(line: str) -> str:
    """A line of authority in running case: "KT.CHỦ TỊCH" → "KT. Chủ tịch"."""
    match = re.match(r"(T\s?/\s?M|[A-Za-z/]{1,3})\s*([./:]?)\s*(.*)", line)
    if match is None:
        return line
    dot = "" if "/" in match[1] else "."
    return f"{match[1].replace(' ', '')}{dot} {cased_role(match[3])}"


def _recipients(pieces: list[_Piece], start: int) -> tuple[str, ...]:
    found: list[str] = []
    for piece in pieces[start + 1 : start + 40]:
        if piece.column == "right" or _is_role(piece.text):
            continue
        if not _is_receiver(piece.text):
            if found and piece.column == "left" and not piece.text.startswith("("):
                found[-1] += " " + piece.text
                continue
            if found:
                break
            continue
        found.append(piece.text.lstrip("-–+ "))
    return tuple(text.rstrip(";., ") for text in found)
