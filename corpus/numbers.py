"""The grammar of Vietnamese document numbers: finding, writing and comparing them.

State documents (Decree 30/2020/NĐ-CP) join number and symbol with a slash ("154/KH-UBND", "30/2020/NĐ-CP",
"61/2020/QH14"); Party documents (Guidance 36-HD/VPTW) use a hyphen ("24-BC/HU").
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.text import fold

KINDS: dict[str, str] = {
    "NQ": "Nghị quyết",
    "NQLT": "Nghị quyết liên tịch",
    "QĐ": "Quyết định",
    "QĐI": "Quy định",
    "QYĐ": "Quy định",
    "CT": "Chỉ thị",
    "QC": "Quy chế",
    "TB": "Thông báo",
    "TC": "Thông cáo",
    "TCA": "Thông cáo",
    "HD": "Hướng dẫn",
    "CTR": "Chương trình",
    "CTRHĐ": "Chương trình hành động",
    "KH": "Kế hoạch",
    "PA": "Phương án",
    "ĐA": "Đề án",
    "DA": "Dự án",
    "BC": "Báo cáo",
    "BB": "Biên bản",
    "TTR": "Tờ trình",
    "HĐ": "Hợp đồng",
    "CĐ": "Công điện",
    "GM": "Giấy mời",
    "GGT": "Giấy giới thiệu",
    "PT": "Phiếu trình",
    "PG": "Phiếu gửi",
    "PC": "Phiếu chuyển",
    "CV": "Công văn",
    "KL": "Kết luận",
    "TT": "Thông tư",
    "TTLT": "Thông tư liên tịch",
    "TTLB": "Thông tư liên bộ",
    "NĐ": "Nghị định",
    "PL": "Pháp lệnh",
    "L": "Lệnh",
    "LCT": "Lệnh",
    "SL": "Sắc lệnh",
    "ĐL": "Điều lệ",
    "VBHN": "Văn bản hợp nhất",
}
"""Abbreviation of a kind (upper case) to the kind; the abbreviations of Decree 30/2020 and Guidance 36-HD/VPTW."""

BODIES = frozenset(
    "TW TU HU ĐU QU THU TP VPTW VPTU VPHU BTG BTGTU BTGHU BTGTW BTC BTCTU BTCHU BDV BDVTU BDVHU UBKT UBKTTU "
    "UBKTHU UBKTTW "
    "BNC BNCTU BKTTW HĐND UBND CTUBND UB HĐNDTT UBMTTQ MTTQ MTTW ĐTN LĐLĐ HND HCCB HPN HLHPN CP TTG QH CTN VPCP "
    "TTCP NHNN UBTVQH "
    "UBDT TANDTC VKSNDTC TLĐ KTNN BNV BTP BTNMT BNNMT BNNPTNT BXD BCT BYT BCA BQP BTTTT BKHCN BKHĐT BLĐTBXH BGDĐT "
    "BGTVT "
    "BVHTTDL BNG BNN BTT SNV STC STP SYT SXD SCT STNMT SNNMT SNNPTNT SKHCN SKHĐT SLĐTBXH SGDĐT SGTVT STTTT "
    "SVHTTDL SVHTT SNN "
    "TTHĐND VP VPUB VPUBND BCĐ BQL ĐTN BTV BCH TTHU TTTU BTCTW BDVTW BNCTW".split()
)
"""Bodies that stand in symbols; a casually typed number ("24 bc hu") needs one of them."""

_MIXED = {"TTR": "TTr", "CTR": "CTr", "TTG": "TTg", "QYĐ": "QyĐ", "QĐI": "QĐi", "TCA": "TCa", "CTRHĐ": "CTrHĐ"}
_LETTERS = {
    "QD": "QĐ",
    "ND": "NĐ",
    "HDND": "HĐND",
    "TTHDND": "TTHĐND",
    "BCD": "BCĐ",
    "BGDDT": "BGDĐT",
    "SGDDT": "SGDĐT",
}
# Cyrillic and Greek letters that look Latin come from keyboards and from OCR: "TT-BTС".
_LATIN = str.maketrans("АВЕКМНОРСТХІЈЅΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEKMHOPCTXIJSABEZHIKMNOPTYX")
_FOLDED_KINDS: dict[str, str] = {}
UPPER = "A-Z" + "".join(chr(code) for code in range(0xC0, 0x1EFA) if chr(code).isupper())
LOWER = "a-z" + "".join(chr(code) for code in range(0xC0, 0x1EFA) if chr(code).islower())
"""Vietnamese letters for character classes; a range such as À-Ỹ holds small letters too."""
_DASHES = r"\-‐‑‒–—−"

_DIGITS = r"\d{1,2}\.\d{3}(?=\s*/\s*[A-ZĐÐ])|\d{1,5}(?:\s{0,2}\+\s{0,2}\d{1,5}){0,4}[A-Za-z]?"
_DASH = rf"[{_DASHES}]"
_GAP = r"[ \u00a0]{0,2}"
_YEAR = r"(?:19|20)\d\d"
_WORD = rf"[A-ZĐÐ](?:[A-ZĐÐ0-9&]|[rg](?![{LOWER}])|i(?=/)|y(?=[ĐÐC])|a(?=/))*"
_START = r"(?<![\w/.,+])(?<![\w]-)|(?<=[Ss]ố)|(?<=SỐ)"
_LAW = rf"{_WORD}(?:{_GAP}[{_DASHES}/.]{_GAP}{_WORD})?(?:{_DASH}{_WORD})*"
_PARTY = rf"{_WORD}(?:{_GAP}{_DASH}{_GAP}{_WORD})?{_GAP}/{_GAP}{_WORD}(?:{_DASH}{_WORD})*"
# A joint office may list its members with commas: "154/CTPH-LĐLĐ-SVH,TT,DL".
_STATE = (
    rf"{_WORD}(?:{_GAP}{_DASH}{_GAP}{_WORD}|[./]{_WORD})?(?:{_DASH}{_WORD}){{0,4}}"
    r"(?:(?<=[A-ZĐ]),[A-ZĐ]{2,}(?!\w))*"
)
_FORMAL = re.compile(
    # Some resolutions are numbered "66.7/2025/NQ-CP"; the point belongs to the number only before a year.
    rf"(?:{_START})(?P<digits>\d{{1,3}}\.\d{{1,2}}(?={_GAP}/{_GAP}{_YEAR}/)|{_DIGITS})\.?[ \u00a0]{{0,3}}"
    rf"(?:/{_GAP}(?P<year>{_YEAR}){_GAP}[/{_DASHES}]{_GAP}(?P<law>{_LAW})"
    rf"|[/.]?{_GAP}{_DASH}{_GAP}(?P<party>{_PARTY})"
    rf"|/{_GAP}(?P<state>{_STATE}))(?![{LOWER}])"
)
_JOINT = rf"[\s{_DASHES}/.]"
_LETTER = "[A-Za-zĐđÐ]"
_CASUAL = re.compile(
    rf"(?<![\w/.,])(?P<digits>\d{{1,5}})(?P<first>{_JOINT}{{0,3}})(?:(?P<year>{_YEAR}){_JOINT}{{1,3}})?"
    rf"(?P<kind>{_LETTER}{{2,6}}){_JOINT}{{1,3}}(?P<body>{_LETTER}{{2,10}})"
    rf"(?P<rest>(?:{_DASH}{_LETTER}{{2,8}}){{0,2}})(?!\w)"
)
_CASUAL_LAW = re.compile(
    rf"(?<![\w/.,])(?P<digits>\d{{1,4}}){_JOINT}{{1,3}}(?P<year>{_YEAR}){_JOINT}{{1,3}}"
    r"(?P<body>(?:ub\s?tv)?qh\s?\d\d?)(?!\w)",
    re.IGNORECASE,
)
_SPECIMEN = re.compile(r"(?:mẫu|biểu|phụ lục)\s+(?:số|mẫu)?\s*:?\s*$", re.I)


@dataclass(frozen=True, slots=True)
class NumberMention:
    """A number named without its symbol: "nghị quyết 20", "công văn số 830".

    Args:
        number: the digits without leading zeros.
        kind: the kind named with it ("Nghị quyết").
        start, end: where it stands in the text, kind included.
        year: the year named with it ("năm 2020"), or None.
    """

    start: int
    end: int
    number: str
    kind: str
    year: int | None = None


for _abbreviation in KINDS:
    _FOLDED_KINDS.setdefault(fold(_abbreviation), _abbreviation)
_FOLDED_BODIES = {fold(body): body for body in sorted(BODIES)}


def canonical(number: str) -> str:
    """The display form: "24 - bc/hu" → "24-BC/HU", "154/KH–UBND" → "154/KH-UBND"; an unknown form is only trimmed."""
    found = find_numbers(number)
    return found[0][2] if found else " ".join(number.split())


def number_key(number: str) -> str:
    """The comparison key: folded parts joined by hyphens ("05-NQ/HU" → "5-nq-hu", "30/2020/NĐ-CP" → "30-2020-nd-cp").

    Two spellings of one number share the key, whatever their dashes, spaces, zeros and đ are.
    """
    parts = re.findall(r"[a-z0-9&+]+(?:\.\d+)?", re.sub(r"\s*\+\s*", "+", fold(canonical(number))))
    if parts and (glued := re.fullmatch(r"(\d+)([a-z]{2,})", parts[0])):
        parts[:1] = list(glued.groups())
    if parts:
        parts[0] = "+".join(re.sub(r"^0+(?=\d)", "", piece) for piece in parts[0].split("+"))
    return "-".join(parts)


def kind_of_number(number: str) -> str | None:
    """The kind that the symbol says: "24-BC/HU" → "Báo cáo", "61/2020/QH14" → None; "12/UBND-VX" → "Công văn"."""
    match = re.match(r"[\d+.]+[A-Za-z]?[-/](?:\d{4}/)?([A-ZĐa-z&]+\d*)([-/.])?", canonical(number))
    if match is None:
        return None
    symbol = match[1].upper()
    if symbol in KINDS:
        return KINDS[symbol]
    return "Công văn" if symbol in BODIES and match[2] else None


def find_numbers(text: str) -> list[tuple[int, int, str]]:
    """Every document number in the text: (start, end, canonical form), in order, without overlaps.

    Fractions ("1.902/1.944"), dates and form codes ("BM01/VPUB-QT") are not numbers. Casually typed ones
    ("24 bc hu", "24bc/hu") are found where kind and body are both known abbreviations.
    """
    text = text.translate(_LATIN)
    found = [hit for match in _FORMAL.finditer(text) if (hit := _formal(match, text))]
    for pattern, read in ((_CASUAL, _casual), (_CASUAL_LAW, _casual_law)):
        casual = [(*match.span(), written) for match in pattern.finditer(text) if (written := read(match))]
        found = sorted([*found, *(hit for hit in casual if not _overlaps(hit, found))])
    return found


def _overlaps(hit: tuple[int, int, str], found: Sequence[tuple[int, int, str]]) -> bool:
    """Whether a hit shares a character with one of those found, which are in order and do not overlap."""
    after = bisect_left(found, hit)
    return (after > 0 and found[after - 1][1] > hit[0]) or (after < len(found) and found[after][0] < hit[1])


def _formal(match: re.Match[str], text: str) -> tuple[int, int, str] | None:
    if _SPECIMEN.search(text[max(0, match.start() - 16) : match.start()]):
        return None
    digits = re.sub(r"\s", "", match["digits"])
    if law := match["law"]:
        return match.start(), match.end(), f"{digits}/{match['year']}/{_symbol(law, '-')}"
    digits = digits.replace(".", "")
    if party := match["party"]:
        return match.start(), match.end(), f"{digits}-{_symbol(party, '/')}"
    state = match["state"]
    named = re.search(r"(?:số|Số|SỐ)\s*:?\s*$", text[max(0, match.start() - 8) : match.start()])
    if not re.search(rf"[{_DASHES}/.]", state) and not (named or _words(state)[0].upper() in BODIES):
        return None
    if re.fullmatch(r"[A-ZĐÐ]", state):
        return None
    return match.start(), match.end(), f"{digits}/{_symbol(state, '-')}"


def _words(symbol: str) -> list[str]:
    return [word for word in re.split(rf"[\s{_DASHES}/.]+", symbol) if word]


def _symbol(symbol: str, joint: str) -> str:
    """Words of a symbol written canonically; the first joint is `joint` unless a slash stands in the source."""
    words = [_word(word) for word in _words(symbol)]
    joints = [
        re.sub(rf"[\s{_DASHES}.]+", "-", j).strip() for j in re.findall(rf"(?<=\w)[\s{_DASHES}/.]+(?=\w)", symbol)
    ]
    joints = ["/" if "/" in piece else "-" for piece in joints]
    if joint == "/" and "/" not in joints and joints:
        joints[0] = "/"
    return words[0] + "".join(j + w for j, w in zip(joints, words[1:], strict=False))


def _word(word: str) -> str:
    """One word of a symbol: đ mended, case as usual ("ttr" → "TTr")."""
    upper = word.replace("Ð", "Đ").upper()
    upper = _LETTERS.get(upper, upper)
    return _MIXED.get(upper, upper)


def _casual(match: re.Match[str]) -> str | None:
    """A casually typed number, or None where kind or body is unknown."""
    kind, body = _FOLDED_KINDS.get(fold(match["kind"])), _FOLDED_BODIES.get(fold(match["body"]))
    if kind is None or body is None:
        return None
    rest = "".join("-" + _word(word) for word in re.split(rf"[{_DASHES}]", match["rest"]) if word)
    kind, body = _word(kind), _word(body)
    if match["year"]:
        return f"{match['digits']}/{match['year']}/{kind}-{body}{rest}"
    if body in STATE_BODIES or (rest and "/" in match["first"]):
        return f"{match['digits']}/{kind}-{body}{rest}"
    return f"{match['digits']}-{kind}/{body}{rest}"


def _casual_law(match: re.Match[str]) -> str:
    body = re.sub(r"\s", "", match["body"]).upper()
    return f"{match['digits']}/{match['year']}/{body}"


STATE_BODIES = frozenset(
    {"HĐND", "UBND", "CTUBND", "UB", "CP", "TTg", "QH", "CTN", "VPCP", "TTCP", "NHNN", "UBTVQH", "TTHĐND"}
) | {
    body
    for body in BODIES
    if re.match(r"S[A-ZĐ]{2,}$", body) or (re.match(r"B[A-ZĐ]{2,}$", body) and not body.endswith(("TU", "HU", "TW")))
} - {"BTG", "BTC", "BDV", "BNC", "BTV", "BCH", "BCĐ", "BQL"}
"""Bodies of the state, whose numbers are joined by a slash."""

_NAMES = {fold(name): name for name in (*KINDS.values(), "Luật", "Bộ luật", "Hiến pháp")}
_MENTION_KINDS = "|".join(sorted(map(re.escape, {*_NAMES, *_FOLDED_KINDS}), key=len, reverse=True))
_MENTION = re.compile(
    rf"(?<!\w)(?P<kind>{_MENTION_KINDS})"
    r"\s+(?P<named>so\s*:?\s*)?(?P<number>\d{1,5})(?:(?:\s*/\s*|\s+nam\s+)(?P<year>(?:19|20)\d\d))?"
    r"(?![\w.,/%-]*\d)(?P<after>\s*[\w%]*)"
)
# Only words that count something in every reading: folded "noi" may be "nói", "muc" a section.
_UNITS = frozenset("nam thang ngay tuan nguoi % ha trieu ty dong lan xa buoc trang nhiem du san".split())


def find_number_mentions(query: str) -> list[NumberMention]:
    """Numbers that a question names without their symbol: "nghị quyết 20", "bao cao so 24", "kh 334"."""
    numbers = [(start, end) for start, end, _ in find_numbers(query)]
    found: list[NumberMention] = []
    for match in _MENTION.finditer(fold(query)):
        start, end = match.start(), match.end("year") if match["year"] else match.end("number")
        if any(start < high and low < end for low, high in numbers) or not _is_mention(match):
            continue
        kind = _NAMES.get(match["kind"]) or KINDS[_FOLDED_KINDS[match["kind"]]]
        year = int(match["year"]) if match["year"] else None
        found.append(NumberMention(start, end, match["number"].lstrip("0") or "0", kind, year))
    return found


def _is_mention(match: re.Match[str]) -> bool:
    """Whether a document is named: "kế hoạch 5 năm" and "báo cáo 2022" count something, "kế hoạch số 5" names one."""
    if match["named"]:
        return True
    after = match["after"].strip()
    return after not in _UNITS and not re.fullmatch(r"(?:19|20)\d\d", match["number"])
