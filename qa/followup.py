"""Follow-up questions made to stand alone: "còn năm 2012 thì sao?" takes the question before it with another year."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.document import Metadata
from corpus.labels import document_label
from corpus.numbers import find_numbers, kind_of_number
from corpus.text import canonical_tone, fold
from qa.extraction.headers import leftover
from qa.language.bodies import ASSOCIATIONS, OFFICES
from qa.language.figures import UPPER
from qa.types import QuestionError, Turn
from qa.understanding.attested import claimed_header
from qa.understanding.patterns import ANY_KIND, DOC, QUANTITIES, Pattern
from qa.understanding.question import Question, understand
from qa.understanding.splitting import framed
from qa.verification import unsupported
from qa.wording.excerpts import content_words

_OPENING = re.compile(
    r"^(?:the\s+|vay\s+|a\s+|u\s+|o\s+)*(?:con|the con|vay con|the thi|con neu|neu)\b"
    r"|^(?:the|vay)\b(?=[^?]*\bthi sao\W*$)|^(?=(?:\w+ ){1,5}thi sao\W*$)"
)
_CLOSING = re.compile(
    r"\s*(?:thi\s+sao|thi\s+the\s+nao|the\s+nao|ra\s+sao|the\s+a|bao\s+nhieu|la\s+bao\s+nhieu)?\s*\??\s*$"
)
_POINTING = re.compile(
    r"\b(?:o\s+do|tai\s+do|trong\s+do|van\s+ban\s+(?:do|nay|tren)|bao\s+cao\s+(?:do|nay|tren)|ke\s+hoach\s+(?:do"
    r"|nay|tren)|tai\s+lieu\s+(?:do|nay)"
    r"|huyen\s+(?:do|nay|ay)|xa\s+(?:do|nay)|noi\s+(?:do|nay)|nghi\s+quyet\s+(?:do|nay|tren)|cong\s+van\s+(?:do|nay"
    r"|tren)|nguoi\s+do|ong\s+ay|ba\s+ay|no)\b"
)
# "Trong đó …" and "Nguyên nhân do đâu?" ask of what was asked before.
_OF_THAT = re.compile(
    r"trong (?:so )?(?:do|ay)\b,? *|(?=(?:nguyen nhan|ly do)(?: chinh| chu yeu)?(?: (?:la|do|vi|tu|gi|sao|dau))*\W*$)"
)
_MORE = re.compile(
    r"^(?:(?:cho|hay|xin|toi|minh|em|muon|de nghi|lam on)\s+)*"
    r"(?:(?:neu|noi|ke|trinh bay|giai thich|trich(?: dan)?|xem|doc|dan)\s+)?"
    r"(?:ro|chi tiet|cu the|day du|nguyen van|them)(?:\s+(?:hon|them|ra|chut|ti|duoc|khong|di|nhe|giup|a|voi"
    r"|nua|doan do|cau do))*[\s?.!]*$"
)
_THAT_DOCUMENT = Pattern(rf"\b(?:bản |cái )?({DOC})\s+(?:này|đó|đấy|ấy|trên|vừa nêu|nói trên)(?!\w)")
# "Ai ký văn bản 15?", "văn bản kia": another than the one that was cited.
_ANOTHER = re.compile(r"\d|\b(?:kia|khac|truoc do|con lai|thu (?:nhat|hai|ba|tu))\b")
_BARE_DAY = re.compile(r"^(?:vao|la|the)?\s*(?:ngay|hom|thang|nam) (?:nao|may|bao nhieu)\W*$|^(?:khi nao|bao gio)\W*$")
_POINTED_AT = re.compile(r"^(?:đó|đấy|ấy) là\b|(?<=\s)(?:đó|đấy|ấy|này)\b", re.IGNORECASE)
_PRONOUN = re.compile(r"\b(?:no|chung|viec (?:do|nay)|dieu (?:do|nay)|cai (?:do|nay))\b")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_KIND_BEFORE = re.compile(rf"{DOC}(?:\s+số)?\s*$", re.IGNORECASE)
_SHORT_WORDS, _LONGEST = 9, 400
_KEPT = 0.7
"""Share of the words of a question that its rewriting keeps."""
_EMPTY = frozenset("the vay no chung viec dieu cai do nay thi cu ro gom ten ke cac nhung".split())


def stand_alone(text: str, history: Sequence[Turn], longest: int = 2000) -> str:
    """The question with what it leaves unsaid, taken from the question before it; itself when it stands alone."""
    if not history:
        return text
    try:
        now = understand(text, longest)
        before = understand(_as_understood(history, longest), longest)
    except QuestionError:
        return text
    folded = fold(now.text)
    if _MORE.match(folded):
        return before.text
    if _OPENING.match(folded):
        # "Ai ký báo cáo năm 2022?" is asked of 2021 too; what pointed at the document of the moment is not.
        own_header = bool(now.years) and not history[-1].standalone
        return _replaced(now, before if own_header else _on_content(history, before, longest))
    if leading := _OF_THAT.match(folded):
        return framed(now.text[leading.end() :], before.text.rstrip(" ?"), (), leads=True)
    if _says_nothing_new(now, before):
        asked = " ".join(_POINTED_AT.sub(" ", now.text).split())
        return framed(asked[:1].lower() + asked[1:], before.text.rstrip(" ?"), ())
    if _POINTING.search(folded):
        return _pointed(now, before, history)
    if len(now.text.split()) <= _SHORT_WORDS and _only_swaps(now):
        return _replaced(now, before)
    return now.text


def _on_content(history: Sequence[Turn], before: Question, longest: int) -> Question:
    """The last question that asks for what documents say: "Ai ký?" between two of them ends no thread."""
    for place in range(len(history), 0, -1):
        asked = understand(_as_understood(history[:place], longest), longest)
        if not asked.fields:
            return asked
    return before


def _as_understood(history: Sequence[Turn], longest: int) -> str:
    """The last question as one that stands alone."""
    last = history[-1]
    return last.standalone or stand_alone(last.question, history[:-1], longest)


def of_document(text: str, history: Sequence[Turn], metadata: Metadata, longest: int = 2000) -> str:
    """A question about the document that was cited last, with its name; "" where it asks about no such one.

    "Ai ký?" and "văn bản này gửi cho ai?" ask about it, "nghị quyết đó" does so only where it is one.
    """
    try:
        now = understand(text, longest)
    except QuestionError:
        return ""
    if now.numbers or now.mentions or now.places or now.years or _ANOTHER.search(fold(now.text)):
        return ""
    lowered = canonical_tone(now.text.lower()) if now.marked else fold(now.text)
    # "Chưa có số" would ask for the number.
    that, label = _THAT_DOCUMENT.search(lowered, now.marked), document_label(replace(metadata, number_blank=False))
    named = that[1] if that else (kind[0] if (kind := ANY_KIND.search(lowered, now.marked)) else "van ban")
    if fold(named) not in ("van ban", "tai lieu", fold(metadata.kind or "")):
        return ""
    if that is not None:
        return f"{now.text[: that.start()]}{label}{now.text[that.end() :]}"
    after_header = bool(_BARE_DAY.match(fold(now.text))) and bool(understand(history[-1].question, longest).fields)
    claim = claimed_header(now)
    asked = understand(claim.asked, longest) if claim else now
    if (asked.fields and not leftover(asked)) or after_header:
        return f"{label}, {now.text[:1].lower()}{now.text[1:]}"
    return ""


def _says_nothing_new(now: Question, before: Question) -> bool:
    """Whether a short question names nothing but what the one before does: "Ở những xã nào?", "Vì sao?"."""
    if len(now.text.split()) > _SHORT_WORDS or now.numbers or now.mentions or now.places or now.years or now.fields:
        return False
    said = {token.folded for term in before.terms for token in term.tokens} | set(before.asked) | _EMPTY
    own = [term for term in now.terms if not any(token.start in now.wh for token in term.tokens)]
    return bool(before.terms) and now.kind != "text" and all(said.issuperset(term.folded) for term in own)


def leans(text: str, history: Sequence[Turn]) -> bool:
    """Whether a question seems to leave something unsaid that earlier turns hold."""
    if not history:
        return False
    folded = fold(text)
    pointing = _OPENING.match(folded) or _POINTING.search(folded) or needs_words(text)
    return bool(pointing) or len(text.split()) <= _SHORT_WORDS // 2


def needs_words(text: str) -> bool:
    """Whether a question stands on a word such as "nó", in whose place no year, number or place can be put."""
    return bool(_PRONOUN.search(fold(text)))


def faithful(rewritten: str, text: str, history: Sequence[Turn]) -> bool:
    """Whether a rewritten question still asks what was asked, and names no figure, date or place of its own.

    A small model often repeats the question before.
    """
    own = content_words(text) - _EMPTY
    if len(own & content_words(rewritten)) < _KEPT * len(own):
        return False
    told = "\n".join((text, *(f"{turn.question}\n{turn.answer}" for turn in history)))
    return bool(rewritten.strip()) and len(rewritten) <= _LONGEST and not unsupported(rewritten, told)


def _only_swaps(now: Question) -> bool:
    """Whether a short text holds only a year, a number or a place ("năm 2012?", "huyện Tuy Phước?")."""
    swapped = bool(now.years or now.numbers or now.places)
    names = {syllable for place in now.places for syllable in (*place.folded.split(), *fold(place.level).split())}
    rest = [term for term in now.terms if not names.issuperset(term.folded) and term.folded != ("nam",)]
    return swapped and not rest


def _replaced(now: Question, before: Question) -> str:
    """The earlier question with year, number, place or subject of this one in their places."""
    text = before.text
    if now.years:
        year = str(now.years[0])
        text = _YEAR.sub(year, text) if before.years else _appended(text, f"năm {year}")
    if now.numbers:
        text = _swap_number(text, now.numbers[0])
    if now.places:
        place = now.places[0]
        text = _swap_place(text, before, f"{place.level} {place.name}")
    if not (now.years or now.numbers or now.places):
        text = _swap_subject(text, now, before)
    return text


def _appended(text: str, words: str) -> str:
    stripped = text.rstrip(" ?")
    return f"{stripped} {words}?"


def _swap_number(text: str, number: str) -> str:
    found = find_numbers(text)
    if not found:
        return _appended(text, number)
    start, end, _ = found[0]
    kind = _KIND_BEFORE.search(text[:start])
    if kind and (kind_now := kind_of_number(number)):
        return f"{text[: kind.start()]}{kind_now} {number}{text[end:]}"
    return text[:start] + number + text[end:]


def _swap_place(text: str, before: Question, place: str) -> str:
    if before.places:
        old = before.places[0]
        return re.sub(rf"{re.escape(old.level)}\s+{re.escape(old.name)}", place, text, count=1, flags=re.IGNORECASE)
    pattern = rf"(?:[{UPPER}][^\W\d_]*)(?: [{UPPER}][^\W\d_]*)+"
    name = re.search(rf"(?<=[\w,] ){pattern}", text) or re.match(pattern, text)
    return text[: name.start()] + place + text[name.end() :] if name else _appended(text, f"của {place}")


def _swap_subject(text: str, now: Question, before: Question) -> str:
    """Put this question's words in the place of the earlier subject: "còn lúa?" after one on tea."""
    subject = _subject(now)
    if swapped := _swap_body(text, subject):
        return swapped
    name = re.search(rf"(?<= )[{UPPER}][^\W\d_]*(?: [{UPPER}][^\W\d_]*)+", now.text)
    if name:
        return _swap_place(text, before, name[0])
    if not subject or not before.terms:
        return f"{text.rstrip(' ?')} {now.text}"
    names = {syllable for place in before.places for syllable in (*place.folded.split(), *fold(place.level).split())}
    measured = "_".join(fold(subject).split()) in QUANTITIES
    # "Còn sản lượng?" asks for another measure of the same thing, "còn lúa?" for the same measure of another.
    told = [term for term in before.terms if not names.issuperset(term.folded)]
    candidates = [t for t in told if ("_".join(t.folded) in QUANTITIES if measured else t not in before.focus)]
    if not candidates:
        return f"{subject} {text}"
    size = len(subject.split())
    old = next((term for term in candidates if len(term.tokens) == size), candidates[0])
    start, end = old.tokens[0].start, old.tokens[-1].end
    return text[:start] + subject + text[end:]


def _swap_body(text: str, subject: str) -> str:
    """Another body in the place of the earlier one, whole or by its name alone ("còn Quần vợt?"); "" where none is."""
    old, new = _BODY_NAMED.search(text), _BODY_NAMED.fullmatch(subject) or _BODY_LED.fullmatch(subject)
    if old is None or (new is None and not _BARE_NAME.fullmatch(subject)):
        return ""
    if new is None and not _ASSOCIATION.match(old[0]):
        return ""
    start, end = old.span() if new else old.span("name")
    return text[:start] + subject + text[end:]


_SYLLABLES = (
    rf"[{UPPER}][^\W\d_]*(?:\s+(?!(?:có|là|do|được|bị|tỉnh|huyện|xã|thành|nhiệm|gồm|ở|tại|phải|và|thì|đã|khi|trong)\b)"
    rf"[^\W\d_{UPPER}]+)?"
)
_BODY_NAMED = re.compile(
    rf"(?<!\w)(?i:{ASSOCIATIONS}|{OFFICES})\s+"
    rf"(?P<name>{_SYLLABLES}(?:(?:\s+|,\s+|\s+và\s+|\s+-\s+){_SYLLABLES})*)"
)
# "Trung tâm Dịch vụ nông nghiệp" is named in small letters behind its first word.
_BODY_LED = re.compile(rf"(?i:{ASSOCIATIONS}|{OFFICES}|tổ)\s+[{UPPER}](?:[\w-]+\s*){{1,9}}")
_ASSOCIATION = re.compile(rf"(?i:{ASSOCIATIONS})\s")
# Places are written with a capital a syllable; "Quần vợt" and "Làm vườn" are not.
_BARE_NAME = re.compile(rf"[{UPPER}][^\W\d_{UPPER}]+\s+[^\W\d_{UPPER}]+")


def _subject(now: Question) -> str:
    folded = fold(now.text)
    opening, closing = _OPENING.match(folded), _CLOSING.search(folded)
    start = opening.end() if opening else 0
    end = closing.start() if closing else len(now.text)
    return now.text[start:end].strip(" ?,.")


def _pointed(now: Question, before: Question, history: Sequence[Turn]) -> str:
    """The question with the number or place of the last question (or of its answer) behind it."""
    if now.numbers or now.places:
        return now.text
    if before.numbers:
        return _appended(now.text, f"văn bản số {before.numbers[0]}" if "số" not in now.text else before.numbers[0])
    if before.places:
        place = before.places[0]
        return _appended(now.text, f"{place.level} {place.name}")
    name = re.search(rf"(?<= )[{UPPER}][^\W\d_]*(?: [{UPPER}][^\W\d_]*)+", before.text)
    if name:
        return _appended(now.text, name[0])
    found = find_numbers(history[-1].answer)
    return _appended(now.text, found[0][2]) if found else now.text
