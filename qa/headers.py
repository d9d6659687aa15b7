"""Header questions: who signed, when, what number, from whom, to whom, about what — answered from the metadata."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from corpus.document import Document, Metadata
from corpus.text import fold
from index.types import DocumentRecord
from qa.citations import Pick
from qa.patterns import HeaderField
from qa.question import Question, Term
from qa.scoring import Frequency, header_words, match
from qa.units import Words
from qa.words import tokenise

_ASKING = frozenset(
    """ky so hieu ky_hieu ban_hanh ngay thang nam ngay_thang gui noi_nhan nhan nguoi_ky chuc_vu chuc_danh tu_cach
    ho_ten
    trich_yeu noi_dung co_quan don_vi nguoi ten van_ban tai_lieu chu_ky thay thay_mat lanh_dao gui_den phat_hanh
    ong ba dong_chi lap soan_thao bao_cao duoc_ky hien ghi chinh chu_de cap to_chuc lan ai noi nao dai_dien
    dau_van_ban so_hieu
    cuong_vi thay mat vao_thang vao dong chi mang hieu so giu_chuc giu chuc vu chuc_vu giu_chuc_vu nguoi chinh_thuc
    chuyen""".split()
)
_COVERED_ENOUGH = 0.7


def answer_header(
    question: Question, candidates: Sequence[DocumentRecord], rarity: Frequency, narrowed: bool
) -> tuple[DocumentRecord, HeaderField] | None:
    """The document and the field that a header question means; None when it is no such question.

    Args:
        narrowed: whether number or place of the question chose the candidates.
    """
    if not question.fields or not candidates:
        return None
    rest = [term for term in question.terms if "_".join(term.folded) not in _ASKING]
    ranked = sorted(
        ((_covered(question, rest, record, rarity), -index, record) for index, record in enumerate(candidates)),
        key=lambda entry: entry[:2],
        reverse=True,
    )
    best, _, record = ranked[0]
    if best < _COVERED_ENOUGH or (not rest and not narrowed and len(candidates) > 1):
        return None
    return record, question.fields[0]


@lru_cache(maxsize=4096)
def _words_with_people(record: DocumentRecord) -> Words:
    metadata = record.metadata
    people = " ".join(part for part in (metadata.signer, metadata.signer_role, metadata.signing_for) if part)
    return Words((*header_words(record).tokens, *tokenise(people)))


def _covered(question: Question, rest: Sequence[Term], record: DocumentRecord, rarity: Frequency) -> float:
    words = _words_with_people(record)
    if not words.folded.issuperset(question.claims):
        return 0.0
    total = sum(rarity(term.folded) for term in rest)
    if not total:
        return 1.0
    held = sum(rarity(term.folded) * min(1.0, match(term, words, question.marked)) for term in rest)
    return held / total


def pick_field(record: DocumentRecord, document: Document, field: HeaderField) -> Pick | None:
    """The place and the words of one header field; None when the document does not say it."""
    metadata = document.metadata
    said, shown = _said(metadata, field)
    if not said:
        return None
    start, end = _place(document, field, shown)
    answers = tuple(_find(document.text, piece, start, end) for piece in shown)
    return Pick(record, document, (), start, end, said, tuple(span for span in answers if span))


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
    return (f"{metadata.kind or 'Văn bản'} {metadata.subject}.", ()) if metadata.subject else ("", ())


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


def _place(document: Document, field: HeaderField, shown: Sequence[str]) -> tuple[int, int]:
    """The lines of the header or closing that carry the field."""
    if field in ("signer", "signer_role", "recipients") and document.closing:
        region = (document.closing.start, document.closing.end)
        pattern = r"N[ơƠ]i nhận" if field == "recipients" else re.escape(shown[0])
    else:
        region = (document.preamble.start, document.preamble.end)
        pattern = {"number": r"\bs[ốóo]\b", "issued_on": r"ngày.{0,40}năm\s+\d{4}"}.get(
            field, re.escape(shown[0]) if shown else r"\S"
        )
    return _lines(document.text, region, pattern, field)


def _lines(text: str, region: tuple[int, int], pattern: str, field: HeaderField) -> tuple[int, int]:
    match = re.search(pattern, text[region[0] : region[1]], re.IGNORECASE)
    if match is None:
        end = min(region[1], region[0] + 300)
        return region[0], end
    start = text.rfind("\n", region[0], region[0] + match.start()) + 1
    start = max(start, region[0])
    end = text.find("\n", region[0] + match.end())
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
