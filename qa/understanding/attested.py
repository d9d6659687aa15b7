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
_MADE = r"(?:ban hành|phát hành|soạn thảo|lập|xây dựng|ra)\b"
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
        r"(?:gửi|chuyển(?= (?:cho|đến|tới|về|lên)))(?: (?:cho|đến|tới|về|lên))* ([^?]{2,}))$"
    )),
    ("issued_on", "ngày nào", Pattern(
        rf"(?:ban hành|phát hành|\bký\b|\bđề\b|ra đời|\blập\b|\bra\b)[^,?]{{0,20}}? ({_IS}(?:vào |từ )?"
        rf"({_DAY}))$"
    )),
    ("issued_on", "là ngày nào", Pattern(rf"\bngày (?:ban hành|ký)\b.* (là ({_DAY}))$")),
    ("issued_on", "ban hành ngày nào", Pattern(
        rf"({_IS}(?:được )?(?:ban hành|phát hành|ký|ra đời|lập) (?:vào |từ )?({_DAY}))$"
    )),
    ("number", "là gì", Pattern(rf"\bsố (?:ký )?(?:hiệu )?(?:của )?{DOC}\b.* ({_IS}(?<=là )(\d\S*))$")),
    ("issuer", "do cơ quan nào", Pattern(rf"({_IS}\bdo ([^,?]{{2,60}}?)) {_MADE}")),
    ("issuer", "cơ quan nào", Pattern(
        rf"^{_IS}((?!ngày|tháng|năm|việc|thời)((?:(?!{DOC})[^,?]){{3,60}}?)) (?:đã )?(?:ban hành|phát hành) (?={DOC})"
    )),
    ("issuer", "của cơ quan nào", Pattern(rf"^{_IS}{DOC} (?:số )?\d\S* ({_IS}của ([^,?]+))$")),
)  # fmt: skip


def claimed_header(question: Question) -> HeaderClaim | None:
    """What a question claims of a header field; None where it claims nothing of one."""
    marked, stated = question.marked, statement_of(question.text, question.marked)
    if question.kind == "compare":
        return None
    lowered = canonical_tone(stated.lower()) if marked else fold(stated)
    for field, asking, form in _FORMS:
        if (found := form.search(lowered, marked)) is not None:
            start, end = found.span(1)
            asked = " ".join(f"{stated[:start]} {asking} {stated[end:]}".split())
            return HeaderClaim(field, stated[slice(*found.span(2))].strip(), f"{asked}?", stated)
    return None
