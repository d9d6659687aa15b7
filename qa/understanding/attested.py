"""What a question claims the header of a document to say: "do Bí thư ký phải không", "có gửi Sở Y tế không"."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.text import canonical_tone, fold
from qa.understanding.confirmation import statement_of
from qa.understanding.patterns import DOC, HeaderField, Pattern
from qa.understanding.question import Question


@dataclass(frozen=True, slots=True)
class HeaderClaim:
    """A claim about a header field.

    Args:
        said: what it claims, as typed.
        asked: the question with an asking word in its place.
        stated: the whole claim without the words that ask to confirm it.
    """

    field: HeaderField
    said: str
    asked: str
    stated: str


_OFFICE = r"(?:phó |quyền )?(?:bí thư|chủ tịch|giám đốc|trưởng|chánh|viện trưởng|hiệu trưởng|tổng thư ký|chủ nhiệm)"
_PERSON = rf"(?:ông|bà|anh|chị|đồng chí|đ/c|{_OFFICE})"
_IS = r"(?:(?:có phải|có đúng|đúng|phải)(?: là)? |là )?"
_SIGNED = r"(?:đã )?(?:đặt bút )?ký\b(?! (?:kết|hiệu|hợp|số\b))"
_DAY = r"(?:(?:ngày|tháng|năm|hôm) ?)*\d{1,4}(?:\s*[/.-]\s*\d{1,4}|\s+tháng\s+\d{1,2}|\s+năm\s+\d{4}){0,2}"
_MADE = r"(?:ban hành|phát hành)\b"
# What a document reports, or what is no document of the library, has another signer and day than the document.
_ABOUT = Pattern(rf"\b{DOC}\b|\d+/\S*[a-zđ]")
_REPORTED = Pattern(r"^(?:theo|trong)\b|\b(?:nêu|hợp đồng|biên bản|bản cam kết)\b")
_HEARD = Pattern(r"^(?:(?:tôi|mình|em) )?(?:nghe (?:nói|bảo|đâu|đồn)|hình như)(?: là| rằng)?,? ")
# The first group gives way to the asking word, the second in it is what is claimed.
_FORMS: tuple[tuple[HeaderField, str, Pattern], ...] = (
    ("signer", "do ai", Pattern(rf"({_IS}\bdo ([^,?]{{2,60}}?)) {_SIGNED}")),
    ("signer", "là ai", Pattern(rf"\bngười (?:đã )?ký\b[^,?]*? ({_IS}(?<=là )([^,?]+))$")),
    ("signer", "của ai", Pattern(r"\bchữ ký (của ([^,?]+))$")),
    ("signer", "bởi ai", Pattern(r"\bký (bởi ([^,?]+))$")),
    ("signer", "", Pattern(rf"\bai (?:là người )?{_SIGNED}[^,?]*([,?] ?{_IS}([^,?]+))$")),
    ("signer", "ai", Pattern(rf"({_IS}(\b{_PERSON}\b[^,?]{{0,40}}?)) {_SIGNED}")),
    ("recipients", "gồm những ai", Pattern(r"\bnơi nhận\b[^,?]*? ((?:gồm(?: có)?|có|là) (.+))$")),
    ("recipients", "gửi cho những ai", Pattern(
        rf"^{_IS}(?:bản )?{DOC}\b(?:(?!phải\b|yêu cầu|đề nghị|giao\b|quy định)[^,?])*? ({_IS}(?:có )?(?:được )?"
        r"(?:gửi|chuyển(?= (?:cho|đến|tới|về|lên)))(?: (?:cho|đến|tới|về|lên))*"
        r" ((?!\d|(?:ngày|trước|sau|vào|báo cáo|hồ sơ|kèm)\b)[^?]{2,}))$"
    )),
    ("issued_on", "ngày nào", Pattern(
        rf"(?:ban hành|phát hành|\bký\b|\bđề\b|ra đời)[^,?]{{0,20}}? ({_IS}(?:vào |từ )?"
        rf"({_DAY}))$"
    )),
    ("issued_on", "là ngày nào", Pattern(rf"\bngày (?:ban hành|ký)\b.* (là ({_DAY}))$")),
    ("issued_on", "ban hành ngày nào", Pattern(
        rf"({_IS}(?:được )?(?:ban hành|phát hành|ký|ra đời) (?:vào |từ )?({_DAY}))$"
    )),
    ("number", "là gì", Pattern(rf"\bsố (?:ký )?(?:hiệu )?(?:của )?{DOC}\b.* ({_IS}(?<=là )(\d\S*))$")),
    ("issuer", "do cơ quan nào", Pattern(rf"({_IS}\bdo ([^,?]{{2,60}}?)) {_MADE}")),
    ("issuer", "cơ quan nào", Pattern(
        rf"^{_IS}((?!ngày|tháng|năm|việc|thời)((?:(?!{DOC})[^,?]){{3,60}}?)) (?:đã )?(?:ban hành|phát hành) (?={DOC})"
    )),
    ("issuer", "của cơ quan nào", Pattern(rf"^{_IS}{DOC} (?:số )?\d\S* ({_IS}của ([^,?]+))$")),
)  # fmt: skip


def names_document(question: Question) -> bool:
    """Whether a question says of which document it claims something: a contract is none."""
    return _ABOUT.search(question.text.lower(), question.marked) is not None


def claimed_header(question: Question) -> HeaderClaim | None:
    """What a question claims of a header field; None where it claims nothing of one."""
    marked, stated = question.marked, _stated(question)
    lowered = canonical_tone(stated.lower()) if marked else fold(stated)
    if question.kind == "compare" or _REPORTED.search(lowered, marked):
        return None
    for field, asking, form in _FORMS:
        if (found := form.search(lowered, marked)) is not None:
            start, end = found.span(1)
            asked = " ".join(f"{stated[:start]} {asking} {stated[end:]}".split())
            return HeaderClaim(field, stated[slice(*found.span(2))].strip(), f"{asked}?", stated)
    return None


def _stated(question: Question) -> str:
    """The claim without what asks to confirm it at its end, or what tells at its beginning that it was only heard."""
    text = statement_of(question.text, question.marked) or question.text.rstrip(" ?.!")
    heard = _HEARD.search(canonical_tone(text.lower()) if question.marked else fold(text), question.marked)
    asks = heard is not None or len(text) < len(question.text.rstrip(" ?.!"))
    return text[heard.end() if heard else 0 :] if asks else ""
