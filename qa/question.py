"""What a question asks for, and what limits where the answer may come from."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import Literal

from corpus.numbers import find_number_mentions, find_numbers, number_key
from corpus.text import canonical_tone, fold, normalise
from qa.figures import UPPER
from qa.types import QuestionError
from qa.words import Token, has_marks, is_stop, segment, tokenise, without_question_words

Kind = Literal[
    "amount", "percent", "date", "docnumber", "who", "place", "list", "reason", "yesno", "definition", "compare", "text"
]
HeaderField = Literal["signer", "signer_role", "recipients", "issued_on", "number", "issuer", "subject"]


@dataclass(frozen=True, slots=True)
class Term:
    """A content word of one or two syllables."""

    tokens: tuple[Token, ...]

    @property
    def exact(self) -> tuple[str, ...]:
        """Its syllables with diacritics."""
        return tuple(token.exact for token in self.tokens)

    @property
    def folded(self) -> tuple[str, ...]:
        """Its syllables without diacritics."""
        return tuple(token.folded for token in self.tokens)


@dataclass(frozen=True, slots=True)
class Place:
    """A named place: level ("huyện") and name ("Tam Đường"), the name also folded."""

    level: str
    name: str
    folded: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question as understood.

    Args:
        text: NFC, one line.
        marked: whether it carries diacritics.
        kind: what is asked for.
        fields: header fields it may ask for.
        terms: content words.
        asked: folded syllables of what is counted ("bao nhiêu hội nghị" → ("hoi", "nghi")).
        units: folded units that fit an amount ("diện tích" → "ha", "m2" …); empty where any fits.
        numbers: document numbers, canonical.
        mentions: (kind, digits) of documents named without their symbol.
        years: years that stand alone.
        places: named places.
        claims: figures that the question asserts, as numerals.
        confirms: whether it asks to confirm a claim.
        keys: comparison keys of `numbers`.
        number_at: where the first number stands, the words that name its kind before it.
        focus: the quantity that is asked for ("sản lượng", "hội nghị"): an answer has to speak of it.
        planned: whether a goal or plan is asked for, and not what was reached.
        labels: folded labels of sections that the question names ("dieu 15", "phu luc").
        document_kind: folded kind of document that is asked for ("công văn nào" → "cong van"); "" where any fits.
        person: whether a person is asked for.
        body_class: folded class of body that is asked for ("hợp tác xã nào" → "hop tac xa").
    """

    text: str
    marked: bool
    kind: Kind
    terms: tuple[Term, ...]
    fields: tuple[HeaderField, ...] = ()
    asked: tuple[str, ...] = ()
    units: frozenset[str] = frozenset()
    numbers: tuple[str, ...] = ()
    mentions: tuple[tuple[str, str], ...] = ()
    years: tuple[int, ...] = ()
    places: tuple[Place, ...] = ()
    claims: tuple[str, ...] = ()
    confirms: bool = False
    keys: frozenset[str] = field(default=frozenset())
    number_at: int = 0
    focus: tuple[Term, ...] = ()
    document_kind: str = ""
    planned: bool = False
    labels: tuple[str, ...] = ()
    person: bool = False
    body_class: str = ""


class _Pattern:
    """A pattern for questions with and without diacritics."""

    def __init__(self, pattern: str) -> None:
        self._exact = re.compile(canonical_tone(pattern))
        self._folded = re.compile(re.sub(r"\\.|[^\\]", lambda m: m[0] if m[0][0] == "\\" else fold(m[0]), pattern))

    def search(self, text: str, marked: bool) -> re.Match[str] | None:
        """Find it in a lower-case text."""
        return (self._exact if marked else self._folded).search(text if marked else fold(text))


_DOC = r"(?:văn bản|tài liệu|nghị quyết|kế hoạch|công văn|báo cáo|quyết định|kết luận|chương trình|thông báo|chỉ thị|hướng dẫn|tờ trình|đề án|nghị định|thông tư|luật|quy định)"
_HEADER: tuple[tuple[HeaderField, _Pattern], ...] = (
    ("signer_role", _Pattern(r"chức (?:vụ|danh)|với tư cách|thay mặt (?:ai|cơ quan nào|cấp nào)|ký thay (?:ai|cho ai|mặt)|cương vị")),
    ("signer", _Pattern(r"\bai\b.{0,30}\bký\b|\bký\b.{0,40}\bai\b|người (?:đã )?ký|(?:ông|bà|đồng chí|lãnh đạo) nào.{0,30}\bký\b|tên người ký|họ tên.{0,20}ký|chữ ký của")),
    ("recipients", _Pattern(r"nơi nhận|(?:gửi|chuyển).{0,20}(?:cho|đến|tới|về)? ?(?:những |các )?(?:\bai\b|\bđâu\b|(?:cơ quan|nơi|đơn vị|chỗ) nào)|(?:những )?(?:\bai\b|cơ quan nào|đơn vị nào|nơi nào).{0,20}(?:được nhận|nhận được|nhận)|đồng gửi")),
    ("issued_on", _Pattern(rf"(?:ban hành|\bký\b|đề ngày|\blập\b|ra đời|phát hành|có hiệu lực).{{0,40}}(?:ngày|khi|lúc|bao giờ|thời gian|tháng|năm) ?(?:tháng )?(?:năm )?(?:nào|bao nhiêu|mấy)?|ngày (?:tháng (?:năm )?)?(?:ban hành|\bký\b)|(?:khi nào|bao giờ|lúc nào|ngày nào|năm nào|tháng nào).{{0,60}}(?:ban hành|được ký|ra đời)|{_DOC}.{{0,80}}ngày (?:nào|bao nhiêu|mấy)|đề ngày")),
    ("number", _Pattern(rf"số (?:văn bản )?(?:và |, )?(?:ký )?hiệu|{_DOC}.{{0,120}}\bsố (?:bao nhiêu|mấy|nào|gì|của)|\bsố (?:của )?{_DOC}|mang số|có số|đánh số|số văn bản")),
    ("issuer", _Pattern(r"(?:\bai|(?:cơ quan|đơn vị|cấp|tổ chức|nơi|huyện|tỉnh|địa phương) nào) (?:đã |là )?(?:ban hành|phát hành|soạn thảo|lập|ra|xây dựng|trình|nơi|báo cáo)|(?:do|của) (?:ai\b|(?:cơ quan|đơn vị|cấp|tổ chức|huyện) nào)(?: ban hành)?|cơ quan (?:nào )?ban hành")),
    ("subject", _Pattern(rf"trích yếu|(?:về|nói về) (?:cái |việc |nội dung |vấn đề |chủ đề |điều )?gì|{_DOC}.{{0,60}}(?:nội dung|chủ đề)(?: chính)? (?:là )?gì")),
)  # fmt: skip

_COMPARE = _Pattern(
    r"so sánh|đối chiếu|khớp nhau|có khớp|trùng nhau|khác nhau|khác gì|giống nhau|chênh lệch|hơn kém|(?:nhiều|ít|cao|thấp|lớn|nhỏ|dài|ngắn|sớm|muộn) hơn|(?:huyện|xã|tỉnh|đơn vị|bên|nơi|báo cáo|văn bản) nào.{0,60}(?:nhiều|ít|cao|thấp|lớn|nhỏ|sớm|muộn)|so với .{2,60}(?:thế nào|ra sao|bao nhiêu)|(?:của|ở|tại) .{2,40} và .{2,40}(?:lần lượt|tương ứng|mỗi (?:huyện|nơi|bên|đơn vị))"
)
_DEFINED = _Pattern(r"được hiểu|nghĩa là gì|viết tắt|khái niệm|là loại .{2,20} (?:nào|gì)|thế nào là")
_REASON = _Pattern(
    r"vì đâu|vì sao|tại sao|nguyên nhân|lý do|lí do|do đâu|vì lẽ gì|\bsao\b.{2,60}(?:lại|chưa|không)|xuất phát từ đâu|vì cái gì"
)
_PERCENT = _Pattern(
    r"bao nhiêu (?:phần trăm|%)|mấy (?:phần trăm|%)|tỷ lệ|tỉ lệ|chiếm bao nhiêu|(?:đạt|là) bao nhiêu %|phần trăm"
)
_AMOUNT = _Pattern(
    r"bao nhiêu|\bmấy\b|là bao\b|(?:^|\b(?:tổng|cho biết|nêu|hỏi) )(?:số lượng|diện tích|sản lượng|kinh phí|doanh thu|dân số|năng suất|quy mô)|số lượng|bao lớn|bao xa"
)
_DOCNUMBER = _Pattern(
    rf"{_DOC} (?:nào|số (?:mấy|bao nhiêu|nào|gì)|gì)|số (?:hiệu|ký hiệu)|(?:theo|tại|ở|qua|bằng) {_DOC} nào|{_DOC}.{{0,100}}số (?:bao nhiêu|mấy|nào|gì)|{_DOC} có số"
)
_DATE = _Pattern(
    r"ngày (?:nào|bao nhiêu|mấy|tháng)|khi nào|bao giờ|lúc nào|năm nào|tháng nào|quý nào|(?:thời gian|thời điểm|giai đoạn|nhiệm kỳ) nào|thời (?:hạn|gian|điểm)|hạn (?:chót|cuối|hoàn thành)|bao lâu|mấy năm|năm bao nhiêu|ngày tháng"
)
_WHO = _Pattern(
    r"\bai\b|(?:cơ quan|đơn vị|tổ chức|phòng|ban|sở|bộ|ngành|doanh nghiệp|công ty|hợp tác xã|htx|người|đồng chí|ông|bà|cá nhân|hội|cấp|bên|đoàn thể|nhà máy|trung tâm|cục|chủ thể|ngành nào|cơ sở) nào|chủ trì|người đứng đầu"
)
_PLACE = _Pattern(
    r"ở đâu|tại đâu|nơi nào|chỗ nào|đâu là nơi|(?:địa phương|xã|huyện|tỉnh|thị trấn|thành phố|bản|thôn|vùng|địa điểm|khu vực|địa bàn) nào|địa điểm|từ đâu|đến đâu"
)
_LIST = _Pattern(
    r"(?:gồm|bao gồm|gồm có|như)(?: có)? (?:những |các )?(?:gì|nào|ai|đâu)|những .{0,60}(?:nào|gì)\b|(?:các|mấy) .{1,60}(?:nào|gì)\b|liệt kê|kể tên|kể ra|nêu (?:các|những|rõ|tên)|(?:hạn chế|kinh nghiệm|bài học|kiến nghị|đề xuất|nhiệm vụ|giải pháp|mục tiêu|sản phẩm|hình thức|lĩnh vực|giống|ưu điểm|kết quả|yêu cầu|mục đích|quan điểm|nội dung|di tích|phần mềm|phương tiện) (?:gì|nào|ra sao|chính|cụ thể|là gì)|là những|danh sách|danh mục"
)
_YESNO = _Pattern(
    r"có phải|phải không|đúng không|đúng hay sai|có đúng|hay không|được không|chứ\s*\??\s*$|phải chứ|(?:\bcó\b|\bđã\b|\bđược\b).{1,160}(?:không|chưa)\s*(?:ạ|vậy|nhỉ)?\s*\??\s*$"
)
_CONFIRM = _Pattern(r"có phải|phải không|đúng không|đúng hay sai|có đúng|phải chứ|đúng chứ")
_DEFINITION = _Pattern(r"là gì\b|nghĩa là|viết tắt|được hiểu|khái niệm|là cái gì|là viết tắt|thế nào là")

_PERSON_ASKED = _Pattern(r"\bai là\b|\blà ai\b|tên (?:là )?gì|họ tên|đồng chí nào|ông nào|bà nào|người nào")
_BODY_CLASS = _Pattern(
    r"\b(ban|phòng|sở|bộ|cục|công ty|hợp tác xã|htx|hội|trung tâm|nhà máy|trường|bệnh viện|xã|huyện|thị trấn|đảng ủy|viện|ngân hàng|chi cục) nào"
)
_PLANNED = _Pattern(
    r"mục tiêu|chỉ tiêu|phấn đấu|dự kiến|kế hoạch (?:năm|đề ra|giao)|đến năm|phương hướng|nhiệm vụ|giải pháp|sẽ\b|hoàn thành vào"
)
_LABEL = re.compile(
    r"\b(dieu|chuong|phu luc|muc|phan)\s+(\d+(?:\.\d+)*|[ivx]+(?:\.\d+)*|[a-d](?:\.[ivx\d]+)*)\b|\b(phu luc)()"
)
_CLASSIFIERS = frozenset("con cai chiec nguoi ha tan luot dong ty trieu ngay nam thang lan ty_le so ban".split())
_QUANTITIES = frozenset(
    """dien_tich san_luong dan_so gia thu_nhap kinh_phi doanh_thu nang_suat tong_dan chi_phi chieu_dai luong hoc_phi ho_ngheo
    binh_quan thu_ngan_sach von_dau_tu the_tich""".split()
)
_KIND_ASKED = _Pattern(rf"({_DOC[3:-1]}) (?:nào|số (?:mấy|bao nhiêu|nào|gì)|gì)")
_ANY_KIND = _Pattern(_DOC)
_COMPARING = frozenset(
    "so sanh doi chieu hon nhieu it cao thap lon nho khac nhau giong chenh lech ben nao hai huyen giua".split()
)

_UNITS: tuple[tuple[_Pattern, str], ...] = (
    (_Pattern(r"diện tích|bao nhiêu (?:ha|héc|hecta|mét vuông)"), "ha m² m2 km² km2 hecta hec mau sao"),
    (_Pattern(r"sản lượng|khối lượng|trọng lượng|bao nhiêu (?:tấn|kg|tạ)"), "tan ta kg yen lit m³ m3 con qua trai"),
    (_Pattern(r"kinh phí|doanh thu|số tiền|bao nhiêu tiền|\bvốn\b|giá trị|thu nhập|ngân sách|mức (?:hỗ trợ|thu|chi|phạt|đầu tư)|bao nhiêu (?:tỷ|tỉ|triệu|đồng)|lương"), "dong ty ti trieu nghin ngan usd % lan"),
    (_Pattern(r"thể tích|dung tích|bao nhiêu (?:m³|m3|mét khối|khối)"), "m³ m3 khoi lit met"),
    (_Pattern(r"năng suất"), "ta tan kg"),
    (_Pattern(r"bao nhiêu (?:km|mét|m)\b|chiều (?:dài|rộng|cao)"), "km m met cm"),
)  # fmt: skip
_COUNTED = _Pattern(r"(?:bao nhiêu|\bmấy\b)(?: cái| chiếc)?\s+((?:[^\W\d_]+\s*){1,4})")
_LEVELS = r"huyện|tỉnh|thành phố|tp\.?|thị xã|thị trấn|xã|phường|quận|thôn|bản|làng|ấp|khu phố|hợp tác xã|htx"
_CAPITAL = f"[{UPPER}]"
_PLACE_NAMED = re.compile(
    rf"\b((?i:{_LEVELS}))\s+((?:(?-i:{_CAPITAL})[^\W\d_A-ZĐ][\w']*)(?:\s+(?-i:{_CAPITAL})[\w']*){{0,3}}(?:\s+\d+)?)"
)
_PLACE_BARE = re.compile(rf"\b({fold(_LEVELS)})\s+([a-z]{{2,7}}\s+[a-z]{{2,7}})\b")
_YEAR = re.compile(r"(?<![\d/.,-])((?:19|20)\d\d)(?![\d/.,]\d|\d|[/-][A-ZĐ])")
_FULL_DATE = re.compile(
    r"\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*(?:19|20)\d\d|\d{1,2}/(?:19|20)\d\d|tháng\s+\d{1,2}\s+năm\s+(?:19|20)\d\d"
)
_CLAIM = re.compile(r"(?<![\w/.,-])\d+(?:[.,]\d+)*(?![\w/]|[.,-]\d)")
_NOT_CLAIMS = _Pattern(
    r"(?:năm|tháng|ngày|quý|lần thứ|thứ|khóa|khoá|số|mục|điều|khoản|phần|chương|đến|giai đoạn|điểm|thôn|bản|nghị quyết|kế hoạch|10|lớp|cấp)\s*$"
)


def understand(text: str, longest: int = 2000) -> Question:
    """Read a question.

    Raises:
        QuestionError: it is empty, too long, or has no letters.
    """
    clean = clean_question(text, longest)
    marked = has_marks(clean)
    lowered = canonical_tone(clean.lower()) if marked else fold(clean)
    numbers, mentions = find_numbers(clean), find_number_mentions(clean)
    kind = _kind(lowered, marked)
    places = _places(clean, marked)
    bare = _blank(clean, [(start, end) for start, end, _ in numbers])
    bare = _blank(bare, [(mention.start, mention.end) for mention in mentions])
    bare = _blank(bare, [match.span() for match in _LABEL.finditer(fold(bare))])
    asked = _asked(lowered, marked)
    claims, confirms = _claims(bare, lowered, marked), bool(_CONFIRM.search(lowered, marked))
    terms = _terms(bare, marked, kind)
    if asked[:1] == ("tien",):
        asked, terms = (), tuple(term for term in terms if term.folded != ("tien",))
    if not confirms:
        terms += tuple(Term((Token(claim, claim, 0, 0),)) for claim in dict.fromkeys(claims))
    return Question(
        text=clean,
        marked=marked,
        kind=kind,
        terms=terms,
        fields=tuple(name for name, pattern in _HEADER if pattern.search(lowered, marked)),
        asked=asked,
        units=_units(lowered, marked, kind),
        numbers=tuple(dict.fromkeys(number for _, _, number in numbers)),
        mentions=tuple((mention.kind, mention.number) for mention in mentions),
        years=_years(bare),
        places=places,
        claims=claims,
        confirms=confirms,
        keys=frozenset(number_key(number) for _, _, number in numbers),
        number_at=min([start for start, _, _ in numbers] + [mention.end for mention in mentions], default=0),
        focus=_focus(kind, terms, asked),
        planned=bool(_PLANNED.search(lowered, marked)),
        labels=tuple(f"{match[1] or match[3]} {match[2] or ''}".strip() for match in _LABEL.finditer(fold(clean))),
        document_kind=_document_kind(lowered, marked) if kind == "docnumber" else "",
        person=bool(_PERSON_ASKED.search(lowered, marked)),
        body_class=_body_class(lowered, marked),
    )


def clean_question(text: str, longest: int) -> str:
    """One line of NFC text.

    Raises:
        QuestionError: it is empty, too long, or has no letters.
    """
    if len(text) > longest:
        raise QuestionError(
            f"Câu hỏi dài {len(text):,} ký tự, giới hạn là {longest:,}; hãy hỏi ngắn hơn.".replace(",", ".")
        )
    clean = " ".join(normalise(unicodedata.normalize("NFC", text)).split())
    if not clean:
        raise QuestionError("Chưa có câu hỏi; hãy nhập một câu hỏi về các văn bản trong kho.")
    if sum(char.isalpha() for char in clean) < max(2, len(clean) // 5):
        raise QuestionError("Câu hỏi không đọc được thành chữ; hãy nhập một câu hỏi bằng tiếng Việt.")
    return clean


def _kind(lowered: str, marked: bool) -> Kind:
    """What is asked for; the more explicit question words are looked for first."""
    order: tuple[tuple[Kind, _Pattern], ...] = (
        ("reason", _REASON), ("compare", _COMPARE), ("definition", _DEFINED), ("yesno", _YESNO), ("percent", _PERCENT), ("docnumber", _DOCNUMBER),
        ("date", _WHEN), ("list", _LIST_FIRST), ("amount", _HOW_MANY), ("who", _WHO_FIRST), ("place", _PLACE_FIRST),
        ("list", _LIST), ("amount", _AMOUNT), ("date", _DATE), ("who", _WHO), ("place", _PLACE),
        ("definition", _DEFINITION),
    )  # fmt: skip
    counts = _HOW_MANY.search(lowered, marked)
    for kind, pattern in order:
        if pattern.search(lowered, marked):
            if kind == "yesno" and counts and not _CONFIRM.search(lowered, marked):
                continue
            return kind
    return "text"


_WHEN = _Pattern(
    r"khi nào|bao giờ|lúc nào|hôm nào|(?:ngày|năm|tháng|quý) (?:nào|bao nhiêu|mấy)|(?:thời gian|thời điểm|giai đoạn) nào|bao lâu"
)
_LIST_FIRST = _Pattern(
    r"(?:gồm|bao gồm|gồm có)(?: có)? (?:những |các )?(?:gì|nào|ai|đâu)|là những|(?:những|các) [^,]{0,40}\b(?:gì|nào)\b(?! (?:chủ trì|thực hiện|phụ trách))|liệt kê|kể tên"
)
_HOW_MANY = _Pattern(r"bao nhiêu|\bmấy\b|là bao\b")
_WHO_FIRST = _Pattern(
    r"\bai\b|(?:cơ quan|đơn vị|tổ chức|phòng|ban|sở|bộ|doanh nghiệp|công ty|hợp tác xã|htx|người|đồng chí|hội|cấp|trung tâm|cục|nhà máy) nào"
)
_PLACE_FIRST = _Pattern(r"ở đâu|tại đâu|(?:địa phương|xã|huyện|tỉnh|thị trấn|bản|thôn|nơi) nào")


def _focus(kind: Kind, terms: tuple[Term, ...], asked: tuple[str, ...]) -> tuple[Term, ...]:
    """The quantity of an amount question: what is counted, else the measure that it names."""
    if kind not in ("amount", "percent"):
        return ()
    for term in terms:
        if asked and asked[0] not in _CLASSIFIERS and term.folded[0] == asked[0]:
            return (term,)
    return tuple(term for term in terms if "_".join(term.folded) in _QUANTITIES)[:1]


def _document_kind(lowered: str, marked: bool) -> str:
    match = _KIND_ASKED.search(lowered, marked)
    kind = fold(match[1]) if match else "van ban"
    if kind in ("van ban", "tai lieu"):
        first = _ANY_KIND.search(lowered, marked)
        kind = fold(first[0]) if first else ""
    return "" if kind in ("van ban", "tai lieu") else kind


def _body_class(lowered: str, marked: bool) -> str:
    match = _BODY_CLASS.search(lowered, marked)
    return fold(match[1]) if match else ""


def _terms(bare: str, marked: bool, kind: Kind) -> tuple[Term, ...]:
    """Content words: two-syllable words first, then what is left without stop words."""
    tokens = tokenise(without_question_words(bare))
    tokens = [token for token in tokens if not token.exact[0].isdigit()]
    found: dict[tuple[str, ...], Term] = {}
    for word in segment(tokens, marked):
        if len(word) == 1 and (is_stop(word[0], marked) or len(word[0].exact) < 2):
            continue
        if len(word) == 2 and all(is_stop(token, marked) for token in word):
            continue
        if kind == "compare" and all(token.folded in _COMPARING for token in word):
            continue
        found.setdefault(tuple(token.exact for token in word), Term(word))
    return tuple(found.values())


def _asked(lowered: str, marked: bool) -> tuple[str, ...]:
    match = _COUNTED.search(lowered, marked)
    if not match:
        return ()
    kept: list[str] = []
    for token in tokenise(match.group(1)):
        if is_stop(token, marked) or token.folded in _UNIT_WORDS:
            break
        kept.append(token.folded)
    return tuple(kept[:2])


_UNIT_WORDS = frozenset("phan ha tan ta kg dong ty trieu".split())


def _units(lowered: str, marked: bool, kind: Kind) -> frozenset[str]:
    if kind == "percent":
        return frozenset({"%"})
    if kind not in ("amount", "compare", "yesno"):
        return frozenset()
    for pattern, units in _UNITS:
        if pattern.search(lowered, marked):
            return frozenset(units.split())
    return frozenset()


def _places(clean: str, marked: bool) -> tuple[Place, ...]:
    found = [Place(match[1].lower(), match[2], fold(match[2])) for match in _PLACE_NAMED.finditer(clean)]
    if not found and not marked:
        folded = fold(clean)
        found = [Place(match[1], match[2], match[2]) for match in _PLACE_BARE.finditer(folded)]
    return tuple(dict.fromkeys(found))


def _years(bare: str) -> tuple[int, ...]:
    without = _blank(bare, [match.span() for match in _FULL_DATE.finditer(bare)])
    return tuple(dict.fromkeys(int(match[1]) for match in _YEAR.finditer(without)))


def _claims(bare: str, lowered: str, marked: bool) -> tuple[str, ...]:
    """Figures that are asserted, as one numeral each; years, ordinals and dates are not."""
    from qa.words import numeral

    masked = _blank(bare, [match.span() for match in _FULL_DATE.finditer(bare)])
    found: list[str] = []
    for match in _CLAIM.finditer(masked):
        if _NOT_CLAIMS.search(lowered[: match.start()], marked) or _YEAR.fullmatch(match.group()):
            continue
        found.append(numeral(match.group()))
    return tuple(found)


def _blank(text: str, spans: list[tuple[int, int]]) -> str:
    chars = list(text)
    for start, end in spans:
        chars[start:end] = " " * (end - start)
    return "".join(chars)
