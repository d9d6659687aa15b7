"""Words of a question and of a passage: tokens with their place, acronyms written out, words of two syllables.

Two forms of each token are compared: the exact one (diacritics kept) and the folded one. A question that was typed
without diacritics is compared by the folded form alone.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from corpus.text import canonical_tone, fold
from qa.language.synonyms import said_words

# Some write "3 000" for "3.000".
_SPACED = r"(?<![\d.,/])[1-9]\d{0,2}(?: \d{3})+(?![\d/]|[.,]\d)"
# Of money the unit is larger: "500 nghìn đồng" stays.
_ROUND = r"(?<![\d.,/])[1-9]\d{0,2} (?:nghìn|ngàn)\b(?! (?:tỷ|tỉ|đồng))"
_TOKEN = re.compile(rf"{_SPACED}|{_ROUND}|\d+(?:[.,]\d+)*|[^\W\d_]+")
_RAISED = str.maketrans(dict.fromkeys("⁰¹²³⁴⁵⁶⁷⁸⁹", " "))
_THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?")
_COMPOUND = re.compile(r"\b[A-ZĐa-zđ]{1,5}(?:\s?[&]\s?[A-ZĐa-zđ]{1,5}|-[A-ZĐ]{1,5})+\b")

ACRONYMS: dict[str, str] = {
    "khcn": "khoa học công nghệ", "sp": "sản phẩm", "nckh": "nghiên cứu khoa học",
    "khcns": "khoa học công nghệ", "khccn": "khoa học công nghệ",
    "khkt": "khoa học kỹ thuật", "ubnd": "ủy ban nhân dân", "hđnd": "hội đồng nhân dân", "hdnd": "hội đồng nhân dân",
    "mttq": "mặt trận tổ quốc", "btv": "ban thường vụ", "bch": "ban chấp hành", "cnh": "công nghiệp hóa",
    "hđh": "hiện đại hóa", "hdh": "hiện đại hóa", "cnhhđh": "công nghiệp hóa hiện đại hóa",
    "cnhhdh": "công nghiệp hóa hiện đại hóa", "cchc": "cải cách hành chính", "tthc": "thủ tục hành chính",
    "gdđt": "giáo dục đào tạo", "gddt": "giáo dục đào tạo", "cntt": "công nghệ thông tin", "htx": "hợp tác xã",
    "bhxh": "bảo hiểm xã hội", "bhyt": "bảo hiểm y tế", "kcb": "khám chữa bệnh", "ktxh": "kinh tế xã hội",
    "ntm": "nông thôn mới", "cnnt": "công nghiệp nông thôn", "ttcn": "tiểu thủ công nghiệp",
    "xhcn": "xã hội chủ nghĩa", "thcs": "trung học cơ sở", "thpt": "trung học phổ thông",
    "gpmb": "giải phóng mặt bằng",
    "nsnn": "ngân sách nhà nước", "vsattp": "vệ sinh an toàn thực phẩm", "attp": "an toàn thực phẩm",
    "antt": "an ninh trật tự", "pccc": "phòng cháy chữa cháy", "cbcc": "cán bộ công chức",
    "cbccvc": "cán bộ công chức viên chức", "ccvc": "công chức viên chức",
    "qsdđ": "quyền sử dụng đất",
    "sxkd": "sản xuất kinh doanh", "đtxd": "đầu tư xây dựng", "tnmt": "tài nguyên môi trường",
    "lđtbxh": "lao động thương binh "
                                                                                                         "xã hội",
    "bchtw": "ban chấp hành trung ương", "tw": "trung ương", "vbqppl": "văn bản quy phạm pháp luật",
    "cđs": "chuyển đổi số",
    "dn": "doanh nghiệp",
    "pctt": "phòng chống thiên tai", "tkcn": "tìm kiếm cứu nạn", "khđt": "kế hoạch đầu tư",
    "nnptnt": "nông nghiệp phát triển "
                                                                                                      "nông "
                                                                                                      "thôn",
}  # fmt: skip
"""Acronyms of administration, joined and in lower case, written out without their "và"."""

STOP_EXACT = frozenset(
    """và của các những là có được cho tại trên trong với đến tới từ về theo do khi đã đang sẽ thì mà này đó ở bao
    nhiêu gì nào
    ai đâu mấy sao không hay hoặc như thế vậy ra vào bị bởi để rồi lại cũng chỉ còn nữa hãy xin vui lòng biết hỏi
    tôi em
    anh chị ông bà mình bạn ơi ạ nhé à hả nhỉ phải đúng sai chưa rằng nếu vì tại gồm bằng qua cùng so một hết tất
    cả mỗi
    từng ấy kia đây nay hiện cụ thể bên trước sau đều rất cần hơn nhất khoảng hơn trên dưới thuộc giữa đối lên xuống
    ad nêu kể tên chừng độ hai ba bốn bảy tám chín mười dùng làm""".split()
)
_STOP_FOLDED = frozenset(fold(word) for word in STOP_EXACT)
_QUESTION_PHRASES = re.compile(
    r"\b(?:bao nhieu|la bao|nhu the nao|the nao|ra sao|la gi|nhung gi|cai gi|vi sao|tai sao|ly do gi|khi nao"
    r"|bao gio|luc nao|o dau|tai dau"
    r"|co phai|phai khong|dung khong|dung hay sai|hay khong|bao lau|cho biet|hay cho|cho toi biet|cho hoi|xin hoi"
    r"|tren tong (?:so|cong)(?= (?:bao nhieu|may)\b|\s*(?:[,?]|$))"
    r"|gom co|bao gom|gom nhung|(?:duoc|bi) (?:coi|xem) la|trong (?:vong|thoi han|khung gio)(?= (?:bao|may|nao))"
    r"|de lam gi|lam (?:viec )?gi|dung de|phan tram|hien nay|hien tai|(?:tat|ca) (?:ca|thay)"
    r"|ke ten|liet ke|neu ro|duoc khong|co khong|la ai"
    r"|do ai|boi ai|nhung ai"
    # Courtesies and the words that lead into a question.
    r"|cho (?:toi|minh|em|anh|chi|chung toi) hoi|giup (?:toi|minh|em) (?:voi|xem|biet)"
    r"|(?:ke|noi|neu|tra|tim|xem|doc) (?:giup|gium|ho)(?: (?:toi|minh|em|anh|chi|voi))?"
    r"|xet ve(?: (?:chuyen|mat|viec))?|lien quan (?:toi|den)|ve (?:chuyen|viec|khoan|mat)|noi ve"
    r"|tinh (?:den|toi) (?:nay|gio)|sap toi|thoi gian toi|tinh rieng|con so (?:cu the|do|nay|kia|ay)"
    r"|(?:tinh )?(?:den|toi) (?:luc|khi|thoi diem) (?:viet|lam|lap) bao cao"
    r"|co khop voi (?:bao cao|van ban|tai lieu|so lieu)|chinh xac"
    r"|(?:bang|qua) (?:nhung |cac )?(?:cach|kenh|con duong) nao"
    r"|(?:trong )?giai doan (?=(?:toi|den|sap toi)\b)|(?:toi|den)(?= (?:nam|quy|thang) \d)"
    r"|du (?:tinh|dinh)|co y dinh|xin cap tren|(?:mang )?(?:ky|so) hieu(?: la)?(?= (?:gi|nao|bao nhieu))"
    r"|trong (?:danh muc|phu luc)(?: van ban)? kem(?: theo)?"
    r"|anh em bao|nghe (?:noi|bao)|co nguoi (?:noi|bao)|hinh nhu|dung ten|moi (?:noi|ben|huyen|ban)|(?:tu )?dung ra"
    r"|(?:xet|noi|tinh|hoi) rieng(?: ve)?"
    # Where the answer stands is no word of it.
    r"|(?:nam |ghi )?(?:trong|o|theo|tai) (?:phan |cho )?(?:chu thich|cuoc chu)(?: cuoi trang)?"
    # What is left out of a question is not looked for.
    r"|(?:(?<=\()|(?<=, ))(?:khong|chua) (?:tinh|ke)\b[^,;?()]*)(?!\w)"
)


@dataclass(frozen=True, slots=True)
class Token:
    """One word: exact form (lower case, NFC, canonical tone), folded form, and its place in the text."""

    exact: str
    folded: str
    start: int
    end: int


def has_marks(text: str) -> bool:
    """Whether the text carries any Vietnamese diacritic, so that its exact forms say something."""
    # "QĐ" says nothing of how the rest was typed.
    plain = _CAPITALS.sub(" ", text) if "Đ" in text else text
    return any(char.isalpha() and char.lower() != folded for char, folded in zip(plain, fold(plain), strict=True))


_CAPITALS = re.compile(r"\b(?=[A-ZĐ]*[A-Z])[A-ZĐ]{2,}\b")


def tokenise(text: str) -> list[Token]:
    """Tokens of an NFC text; an acronym becomes the tokens of its full form, all at the acronym's place."""
    clean = text.translate(_RAISED)
    compounds = {match.start(): match for match in _COMPOUND.finditer(clean)}
    tokens: list[Token] = []
    skip_to = 0
    for match in _TOKEN.finditer(clean):
        if match.start() < skip_to:
            continue
        compound = compounds.get(match.start())
        if compound and (written := ACRONYMS.get(re.sub(r"[\s&-]", "", compound.group()).lower())):
            tokens.extend(_spread(written, compound.start(), compound.end()))
            skip_to = compound.end()
            continue
        if compound and "&" in compound.group() and compound.group().isupper():
            # An unknown one stays whole: "NN&MT" is compared as the acronym that it is.
            tokens.append(
                Token(*forms(re.sub(r"[\s&]", "", compound.group()).lower()), compound.start(), compound.end())
            )
            skip_to = compound.end()
            continue
        tokens.extend(_token(match.group(), match.start(), match.end()))
    return tokens


def _token(word: str, start: int, end: int) -> list[Token]:
    lowered = word.lower()
    if lowered[0].isdigit():
        value = numeral(_ROUNDED.sub("000", lowered).replace(" ", ""))
        return [Token(value, value, start, end)]
    if written := ACRONYMS.get(lowered):
        return _spread(written, start, end)
    exact, folded = forms(lowered)
    return [Token(exact, folded, start, end)]


_ROUNDED = re.compile(r" (?:nghìn|ngàn)")


def _spread(words: str, start: int, end: int) -> list[Token]:
    return [Token(*forms(word), start, end) for word in words.split()]


@lru_cache(maxsize=100_000)
def forms(word: str) -> tuple[str, str]:
    """Exact and folded form of a lower-case word."""
    exact = canonical_tone(unicodedata.normalize("NFC", word))
    return exact, fold(exact)


def numeral(text: str) -> str:
    """One spelling for a numeral: "07" → "7", "1.947" → "1947", "55,19" stays; a decimal point becomes a comma."""
    if _THOUSANDS.fullmatch(text):
        text = text.replace(".", "")
    elif text.count(".") == 1 and "," not in text:
        text = text.replace(".", ",")
    whole, comma, rest = text.partition(",")
    return (whole.lstrip("0") or "0") + comma + rest


def is_stop(token: Token, marked: bool) -> bool:
    """Whether a token says nothing of its own."""
    return token.exact in STOP_EXACT if marked else token.folded in _STOP_FOLDED


def without_question_words(text: str) -> str:
    """The text with phrases that only ask blanked out, offsets kept."""
    folded = fold(text)
    chars = list(text)
    for match in _QUESTION_PHRASES.finditer(folded):
        if "chuyển" in text[match.start() : match.end()].lower():
            # "Về chuyển đổi số" names a thing, unlike "về chuyện".
            continue
        chars[match.start() : match.end()] = " " * (match.end() - match.start())
    if occasion := _OCCASION.match(text):
        chars[: occasion.end()] = " " * occasion.end()
    return "".join(chars)


# "Hồi quán triệt Nghị quyết" only says that it was then; elsewhere, or doing something itself, it is the crop.
_OCCASION = re.compile(r"(?:hồi|dịp)\s+(?!(?:là|có|được|trồng|cho|đạt|chiếm|của|khô|bán|mất|giá)\b)", re.IGNORECASE)


@lru_cache(maxsize=1)
def _lexicon() -> tuple[dict[str, float], dict[str, float]]:
    """Two-syllable words with how firmly they belong together: by exact and by folded form."""
    exact: dict[str, float] = {}
    folded: dict[str, float] = {}
    lines = (files("qa") / "data" / "words.txt").read_text("utf-8").splitlines()
    told = ((word, _ADMINISTRATIVE_STRENGTH) for word in (*_ADMINISTRATIVE, *said_words()))
    pairs = [(pair, float(value)) for pair, _, value in (line.partition("\t") for line in lines)]
    for pair, strength in [*pairs, *told]:
        exact[pair] = max(strength, exact.get(pair, 0.0))
        folded[fold(pair)] = max(strength, folded.get(fold(pair), 0.0))
    return exact, folded


# Words of offices that are too rare in general text for its statistics to hold them together.
_ADMINISTRATIVE = (
    "tỉnh ủy", "thành ủy", "huyện ủy", "thị ủy", "quận ủy", "đảng ủy", "cấp ủy", "chi ủy", "sơ kết", "tổng kết",
    "công văn", "tờ trình", "trích yếu", "cấp xã", "cấp huyện", "cấp tỉnh", "tiến bộ", "biên chế", "đảng bộ",
    "chi bộ", "văn thư", "giao ban", "kiêm nhiệm", "chuyên trách", "hợp phần",
    "giải thể", "sáp nhập", "miễn nhiệm", "bãi nhiệm", "cách chức", "luân chuyển", "trụ sở", "thanh tra", "tổ trưởng",
)  # fmt: skip
_ADMINISTRATIVE_STRENGTH = 0.6
_PREPOSITIONS = frozenset("theo của các những với cho tại".split())


def pair_strength(first: Token, second: Token, marked: bool) -> float:
    """How firmly two neighbouring syllables form one word (normalised mutual information); 0 for strangers."""
    exact, folded = _lexicon()
    if marked and first.exact in _PREPOSITIONS and second.exact not in ("dõi", "đuổi"):
        return 0.0
    if marked:
        return exact.get(f"{first.exact} {second.exact}", 0.0)
    return folded.get(f"{first.folded} {second.folded}", 0.0)


def pair_known(folded: str) -> bool:
    """Whether two folded syllables are a word of the lexicon: "sang kien", but not "va cac"."""
    return folded in _lexicon()[1]


def is_word(first: str, second: str) -> bool:
    """Whether two exact syllables are firmly a word of the lexicon."""
    return _lexicon()[0].get(f"{first} {second}", 0.0) >= _FIRM


_FIRM = 0.45


def segment(tokens: list[Token], marked: bool) -> list[tuple[Token, ...]]:
    """Tokens grouped into words of one or two syllables so that the strengths of the pairs sum highest."""
    best: list[tuple[float, int]] = [(0.0, 0)] * (len(tokens) + 1)
    for index in range(1, len(tokens) + 1):
        best[index] = (best[index - 1][0], 1)
        if index > 1:
            strength = pair_strength(tokens[index - 2], tokens[index - 1], marked)
            if strength and best[index - 2][0] + strength > best[index][0]:
                best[index] = (best[index - 2][0] + strength, 2)
    words: list[tuple[Token, ...]] = []
    index = len(tokens)
    while index:
        size = best[index][1]
        words.append(tuple(tokens[index - size : index]))
        index -= size
    return words[::-1]
