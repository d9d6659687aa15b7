"""Header questions: who signed, when, what number, from whom, to whom, about what — answered from the metadata."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from corpus.document import Document, Metadata
from corpus.text import fold
from index.types import DocumentRecord
from qa.citations import Pick
from qa.extraction.matching import Frequency, match
from qa.language.figures import find_dates, find_years
from qa.language.units import Words
from qa.language.words import ACRONYMS, tokenise
from qa.understanding.asked import Term
from qa.understanding.catalogues import without_catalogue
from qa.understanding.patterns import DOCUMENT_KINDS, HeaderField
from qa.understanding.periods import own_year
from qa.understanding.question import Question

_ASKING = frozenset(
    """ky so hieu ky_hieu ban_hanh ngay thang nam ngay_thang gui noi_nhan nhan nguoi_ky chuc_vu chuc_danh tu_cach
    ho_ten
    trich_yeu noi_dung co_quan don_vi nguoi ten van_ban tai_lieu chu_ky thay thay_mat lanh_dao gui_den phat_hanh
    ong ba dong_chi lap soan_thao bao_cao duoc_ky hien ghi chinh chu_de cap to_chuc lan ai noi nao dai_dien
    dau_van_ban so_hieu
    cuong_vi thay mat vao_thang vao dong chi mang hieu so giu_chuc giu chuc vu chuc_vu giu_chuc_vu nguoi chinh_thuc
    kinh kinh_gui
    chuyen de vi di ra hom vao_luc thoi_diem dat but but_ky dung dung_ten lap_ra lam_ra nhan_duoc ben ky_ten""".split()
)
_COVERED_ENOUGH = 0.7


def answer_header(
    question: Question,
    candidates: Sequence[DocumentRecord],
    rarity: Frequency,
    narrowed: bool,
    words_of: Callable[[DocumentRecord], Words],
) -> tuple[DocumentRecord, HeaderField] | None:
    """The document and the field that a header question means; None when it is no such question.

    Args:
        narrowed: whether number or place of the question chose the candidates.
        words_of: the words of a document's header and of who signed it.
    """
    if not question.fields or not candidates:
        return None
    if not (candidates := _of_years(question, _of_kind(question, candidates))):
        return None
    rest = leftover(question)
    ranked = sorted(
        (
            (_covered(question, rest, record, rarity, words_of(record)), -index, record)
            for index, record in enumerate(candidates)
        ),
        key=lambda entry: entry[:2],
        reverse=True,
    )
    best, _, record = ranked[0]
    if best < _COVERED_ENOUGH or (not rest and not narrowed and len(candidates) > 1):
        return None
    return record, question.fields[0]


def _of_kind(question: Question, candidates: Sequence[DocumentRecord]) -> list[DocumentRecord]:
    """The documents of the kind that is named first: "Kế hoạch thực hiện Nghị quyết …" asks about no report."""
    named = re.search(rf"\b(?:{DOCUMENT_KINDS})\b", fold(without_catalogue(question.text)))
    if named is None or named[0] == "van ban":
        return list(candidates)
    kinds = [(record, fold(record.metadata.kind or "")) for record in candidates]
    return [record for record, kind in kinds if not kind or kind == named[0]]


def _of_years(question: Question, candidates: list[DocumentRecord]) -> list[DocumentRecord]:
    """The documents on the asked years, else those that were issued in one or say one in their subject."""
    if not question.years:
        return candidates
    own = [record for record in candidates if own_year(record) in question.years]
    return own or [record for record in candidates if _says_year(question, record)]


def _says_year(question: Question, record: DocumentRecord) -> bool:
    said = f"{record.metadata.issued_on} {record.metadata.subject}"
    return any(str(year) in said for year in question.years)


def leftover(question: Question) -> list[Term]:
    """The words that neither ask for a header field nor name the class that is asked for."""
    return [
        term
        for term in question.terms
        if "_".join(term.folded) not in _ASKING and term.exact not in _CLASSIFIERS and not _asked_for(question, term)
    ]


# "Ai ký bản kế hoạch" says no more than "ai ký kế hoạch".
_CLASSIFIERS = frozenset((("bản",), ("tờ",), ("cuốn",), ("tập",)))


def _asked_for(question: Question, term: Term) -> bool:
    """Whether the term is the class that is asked for: "gửi đến phòng chuyên môn nào"."""
    return not term.name and all(token.start in question.wh for token in term.tokens)


def with_people(words: Words, record: DocumentRecord) -> Words:
    """The words of a header and those of who signed."""
    metadata = record.metadata
    people = " ".join(part for part in (metadata.signer, metadata.signer_role, metadata.signing_for) if part)
    return Words((*words.tokens, *tokenise(people)))


def _covered(
    question: Question, rest: Sequence[Term], record: DocumentRecord, rarity: Frequency, words: Words
) -> float:
    if not words.folded.issuperset(question.claims):
        return 0.0
    marked = question.marked
    weights = [rarity(term, marked) for term in rest]
    held = sum(w * min(1.0, match(term, words, marked)) for w, term in zip(weights, rest, strict=True))
    return held / sum(weights) if sum(weights) else 1.0


def pick_field(record: DocumentRecord, document: Document, field: HeaderField) -> Pick | None:
    """The place and the words of one header field; None when the document does not say it."""
    metadata = document.metadata
    said, shown = _said(metadata, field)
    if not said:
        return None
    place = _place(document, field, shown)
    if place is None:
        if (field if field != "signer_role" else "signer") not in record.corrected:
            return None
        start = document.preamble.start
        return Pick(record, document, (), start, start, f"{said.rstrip('.')} (đã sửa tay, văn bản không ghi như vậy).")
    start, end = place
    answers = [span for piece in shown if (span := _find(document.text, piece, start, end))]
    if field == "issued_on":
        dates = find_dates(document.text[start:end])
        answers = [(start + low, start + high) for low, high, iso in dates if iso == metadata.issued_on][:1] or answers
    return Pick(record, document, (), start, end, said, tuple(answers))


def opening_of(document: Document) -> str:
    """The sentence that leads into the text: "… tổ chức cuộc họp …, cụ thể như sau:"; "" without one."""
    last = document.slice(document.preamble).rpartition("\n")[2]
    return last if last.endswith(":") else ""


def _said(metadata: Metadata, field: HeaderField) -> tuple[str, tuple[str, ...]]:
    """What the answer says, and the pieces to mark in the quote."""
    if field in ("signer", "signer_role"):
        if not metadata.signer:
            return "", ()
        role = f"{metadata.signer_role} " if metadata.signer_role else ""
        capacity = f" ({metadata.signing_for})" if metadata.signing_for else ""
        return f"Người ký: {role}{metadata.signer}{capacity}.", (metadata.signer, metadata.signer_role or "")
    if field == "number":
        if metadata.number:
            return f"{metadata.kind or 'Văn bản'} số {metadata.number}.", (metadata.number,)
        return ("Văn bản chưa có số (để trống).", ("Số",)) if metadata.number_blank else ("", ())
    if field == "issued_on":
        return _said_date(metadata.issued_on), ("ngày",)
    if field == "issuer":
        return (f"Cơ quan ban hành: {metadata.issuer}.", (metadata.issuer,)) if metadata.issuer else ("", ())
    if field == "recipients":
        listed = "; ".join(metadata.recipients)
        return (f"Nơi nhận: {listed}.", tuple(metadata.recipients)) if listed else ("", ())
    return (f"{metadata.kind or 'Văn bản'} {metadata.subject}.", (metadata.subject,)) if metadata.subject else ("", ())


def _said_date(issued_on: str | None) -> str:
    parts = (issued_on or "").split("-")
    if not parts[0]:
        return ""
    if len(parts) == 3:
        day, month, year = int(parts[2]), int(parts[1]), parts[0]
        return f"Ngày ban hành: {day}/{month}/{year} (ngày {parts[2]} tháng {month} năm {year})."
    if len(parts) == 2:
        return f"Tháng {int(parts[1])} năm {parts[0]} (văn bản để trống ngày ban hành)."
    return f"Năm {parts[0]}."


def _place(document: Document, field: HeaderField, shown: Sequence[str]) -> tuple[int, int] | None:
    """The lines that carry the field: of header or closing, else of the whole text; None where no line holds it."""
    closing = document.closing
    first = [(document.preamble.start, document.preamble.end)]
    second = [(closing.start, closing.end)] if closing else []
    regions = [*second, *first] if field in ("signer", "signer_role", "recipients") else [*first, *second]
    for start, end in (*regions, (0, len(document.text))):
        for low, high in _matches(document, field, shown, start, end):
            found = _lines(document.text, (start, end), (low, high), field)
            if field != "recipients" or _holds_each(document.text[slice(*found)], shown):
                return found
    return None


def _matches(
    document: Document, field: HeaderField, shown: Sequence[str], start: int, end: int
) -> list[tuple[int, int]]:
    """Places of the value in a region; those of the whole text from its end, where laws carry date and signer."""
    text = document.text[start:end]
    if field == "issued_on":
        wanted = document.metadata.issued_on
        found = [(low, high) for low, high, iso in find_dates(text) if iso == wanted]
        found = found or [(low, high) for low, high, year in find_years(text) if str(year) == wanted]
    elif field == "number" and not document.metadata.number:
        found = [blank.span() for blank in re.finditer(r"\bs[ốóo]\b", text, re.IGNORECASE)]
    else:
        found = [place.span() for place in re.finditer(_pattern(document.metadata, field, shown), fold(text))]
    if field == "issuer" and not found and start == document.preamble.start:
        found = _opening_lines(text, shown[0])
    if end - start == len(document.text):
        found = found[::-1]
    return [(start + low, start + high) for low, high in found]


def _pattern(metadata: Metadata, field: HeaderField, shown: Sequence[str]) -> str:
    """What to look for in folded text."""
    if field == "recipients":
        return r"noi nhan|kinh gui"
    if field == "number":
        parts = re.findall(r"[a-z]+|\d+", fold(metadata.number or ""))
        return r"(?<!\d)0*" + r"[\W_]*".join(parts) + r"(?!\w)"
    return "|".join(_words_pattern(text) for text in (shown[0], _written_out(shown[0])))


def _words_pattern(text: str) -> str:
    return r"(?<!\w)" + r"[\W_]+".join(re.findall(r"[^\W_]+", fold(text))) + r"(?!\w)"


def _written_out(text: str) -> str:
    return " ".join(ACRONYMS.get(word.lower(), word) for word in text.split())


def _opening_lines(text: str, value: str) -> list[tuple[int, int]]:
    """The first lines of the header that together hold each word: the body above, its place in the line of the date."""
    wanted = set(re.findall(r"[^\W_]+", fold(_written_out(value))))
    for line_end in (found.start() for found in re.finditer(r"\n|$", text[:600])):
        if wanted <= set(re.findall(r"[^\W_]+", fold(_written_out(text[:line_end])))):
            return [(0, line_end)]
    return []


def _holds_each(quote: str, values: Sequence[str]) -> bool:
    folded = fold(quote)
    return all(re.search(_words_pattern(value), folded) for value in values)


def _lines(text: str, region: tuple[int, int], match: tuple[int, int], field: HeaderField) -> tuple[int, int]:
    start = max(text.rfind("\n", region[0], match[0]) + 1, region[0])
    end = text.find("\n", match[1])
    end = region[1] if end < 0 or end > region[1] else end
    if field == "recipients":
        end = _recipients_end(text, start, region[1])
    if field in ("signer", "signer_role"):
        start = _signature_start(text, region[0], start)
    return start, end


def _recipients_end(text: str, start: int, limit: int) -> int:
    """Behind the last line of the list of recipients."""
    end = start
    for line in text[start:limit].split("\n"):
        stripped = line.strip(" *")
        if end > start and not stripped.startswith(("-", "+", "•")) and not fold(stripped).startswith("luu"):
            break
        end += len(line) + 1
    return max(start, end - 1)


def _signature_start(text: str, region_start: int, start: int) -> int:
    """Back over the lines in capitals above the name ("T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ")."""
    while start > region_start:
        previous = text.rfind("\n", region_start, start - 1) + 1
        previous = max(previous, region_start)
        line = text[previous : start - 1].strip(" *")
        if not line or line != line.upper():
            break
        start = previous
    return start


def _find(text: str, piece: str, start: int, end: int) -> tuple[int, int] | None:
    if not piece:
        return None
    found = text.lower().find(piece.lower(), start, end)
    return (found, found + len(piece)) if found >= 0 else None
