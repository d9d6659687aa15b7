"""Whether a piece of text holds the kind of thing that is asked for, and which figure of it answers."""

from __future__ import annotations

import re

from corpus.numbers import find_numbers, kind_of_number, number_key
from corpus.text import fold
from qa.extraction.belonging import stands_apart
from qa.extraction.counting import fit_figure, measured_in
from qa.extraction.matching import Weighted
from qa.extraction.named import only_counts
from qa.extraction.requesting import fit_request
from qa.language.figures import (
    Figure,
    adds_people,
    adds_place,
    holds_body,
    holds_time,
    names_body,
    without_cited_dates,
)
from qa.language.units import Unit
from qa.understanding.question import Question
from qa.understanding.wanted import find_places, holds_wanted


def fit(
    question: Question, weighted: Weighted, unit: Unit, satisfied: frozenset[str], title: str
) -> tuple[bool, float, Figure | None]:
    """Whether the unit holds what is asked, what that is worth, and the figure that answers."""
    text = unit.text
    may, worth = fit_request(question, text, title)
    if not may or only_counts(question, text) or not _holds_wanted(question, text, title):
        return False, 0.0, None
    if question.kind in ("amount", "percent") or ((question.units or question.asked) and question.kind == "yesno"):
        found = fit_figure(question, weighted, unit, satisfied)
        # "3. Phạt tiền từ … đồng đối với một trong những hành vi sau đây: a) …": the title says it of its items.
        return found if found[0] or unit.kind == "row" or not measured_in(question, title) else (True, 0.05, None)
    if question.kind == "date":
        return _fit_date(question, text, title)
    if question.kind == "docnumber":
        return _flag(_names_document(question, text), 0.12)
    if question.kind == "who":
        return _fit_who(question, unit, title)
    if question.kind == "place":
        # "Hội trường tầng 2" is a site without a name.
        return _flag(question.want == "site" or adds_place(text, question.text), 0.05)
    if question.kind in ("reason", "list"):
        fits, more, _ = _fit_prose(question, unit)
        return fits, worth + more, None
    if question.kind == "definition":
        return True, 0.08 if " là " in text or "gọi tắt" in text else 0.0, None
    purposed = question.purposeful and (_PURPOSES.search(text) or _DUTIES.search(text))
    return True, worth + (0.15 if purposed or (question.by_means and _MEANS.search(text)) else 0.0), None


def _holds_wanted(question: Question, text: str, title: str) -> bool:
    """Whether the wanted thing is said by the text or, of people and businesses, by its title, and of what is asked."""
    headed = bool(title) and question.want in _HEADED and says_wanted(question, title)
    if not (says_wanted(question, text) or headed):
        return False
    return question.want != "place" or not _elsewhere(question, text)


def _fit_date(question: Question, text: str, title: str) -> tuple[bool, float, Figure | None]:
    """A time; where it is asked from when a document applies, a sentence on its effect."""
    if question.effective and not (_SAYS_EFFECT.search(text) or _SAYS_EFFECT.search(title)):
        return False, 0.0, None
    until = question.bounded and _BOUND.search(fold(text))
    timed = text if _keeps_cited(question) else without_cited_dates(text)
    if _is_case(question, text):
        return True, 0.12, None
    enacts = question.effective and bool(_ENACTS.search(text))
    return _flag(holds_time(timed), (0.37 if until else 0.12) + (0.3 if enacts else 0.0))


def _elsewhere(question: Question, text: str) -> bool:
    """Whether the places of a text are said of something else than what is asked."""
    words = frozenset(token.folded for term in question.terms for token in term.tokens)
    return stands_apart(find_places(text, fold(question.text)), text, words)


# "Khi nào thì được …" is answered by a case as well as by a day.
_WHEN_ALLOWED = re.compile(r"\b(?:khi|luc) nao (?:thi\b|(?:[a-z]+ ){0,2}(?:duoc|phai|can|bi)\b)")
_CASE = re.compile(r"\btrường hợp\b", re.IGNORECASE)
_ALWAYS_WANTED = frozenset({"name", "length", "contact"})
_HEADED = frozenset({"person", "business"})
_WANTING = frozenset({"who", "place", "date", "list", "text", "yesno"})


def says_wanted(question: Question, text: str) -> bool:
    """Whether a text holds the thing that is wanted; true of any text where the words that ask name none."""
    if not question.want or (question.kind not in _WANTING and question.want not in _ALWAYS_WANTED):
        return True
    return _is_case(question, text) or holds_wanted(question.want, text, question.text, _keeps_cited(question))


def _is_case(question: Question, text: str) -> bool:
    """Whether a case answers when something may be done."""
    return question.want == "time" and bool(_WHEN_ALLOWED.search(fold(question.text)) and _CASE.search(text))


def _keeps_cited(question: Question) -> bool:
    """Whether the date behind the number of a document may answer: not where its effect is asked for."""
    return not question.effective and (bool(question.keys) or "issued_on" in question.fields)


_SAYS_EFFECT = re.compile(
    r"\bhiệu lực\b|\b(?:áp dụng|thi hành|thực hiện)\b[^.;]{0,60}\b(?:ngày|tháng|quý|năm)\b", re.IGNORECASE
)
_ENACTS = re.compile(r"\bnày có hiệu lực(?: thi hành)?\b", re.IGNORECASE)


def _fit_prose(question: Question, unit: Unit) -> tuple[bool, float, Figure | None]:
    """Reasons and lists: no single row is one."""
    text = unit.text
    if unit.kind == "row":
        return False, 0.0, None
    if question.kind == "reason":
        return True, 0.35 if _CAUSES.search(text) else (0.1 if _PURPOSES.search(text) else 0.0), None
    worth = 0.15 if question.by_means and _MEANS.search(text) else 0.0
    return True, worth + 0.02 * min(5, text.count(",") + text.count(";")), None


def gives_cause(text: str) -> bool:
    """Whether a cause is said in so many words."""
    return bool(_CAUSES.search(text))


def gives_reason(text: str) -> bool:
    """Whether a cause, a purpose or an effect is said."""
    return bool(_CAUSES.search(text) or _PURPOSES.search(text) or _EFFECTS.search(text))


_BOUND = re.compile(r"\b(?:den|truoc|cham nhat|thoi han)\b.{0,20}(?:nam|ngay|thang|quy|het)\b")


def _names_document(question: Question, text: str) -> bool:
    """Whether another document than the question's own is named, of the asked kind where one is asked for."""
    others = [number for _, _, number in find_numbers(text) if number_key(number) not in question.keys]
    if not question.document_kind:
        return bool(others)
    return any(fold(kind_of_number(number) or "") in ("", question.document_kind) for number in others)


_CAUSES = re.compile(
    r"\b(?:nguyên nhân|lý do|là do|chủ yếu do|do|vì|bởi|buộc phải|trước (?:tình hình|thực trạng|yêu cầu)"
    r"|(?:thực hiện|theo) (?:sự )?(?:chỉ đạo|yêu cầu|đề nghị))\b",
    re.IGNORECASE,
)
_EFFECTS = re.compile(
    r"\b(?:nhờ|nên|gây|góp phần|giúp|dẫn đến|khiến|xuất phát|tạo (?:điều kiện|ra|thuận lợi))\b", re.IGNORECASE
)
_PURPOSES = re.compile(r"\b(?:nhằm|để)\b", re.IGNORECASE)
_DUTIES = re.compile(r"\b(?:có|giao|phân công) (?:nhiệm vụ|chức năng)\b", re.IGNORECASE)
_MEANS = re.compile(r"\b(?:thông qua|qua (?:các|những|hệ thống)|bằng (?:cách|các|nhiều)|hình thức)\b", re.IGNORECASE)


def _fit_who(question: Question, unit: Unit, title: str) -> tuple[bool, float, Figure | None]:
    """A body of the asked class ("hợp tác xã nào"), or a person's name where one is asked for."""
    text = unit.text
    if question.want in ("person", "business"):
        return True, 0.1 if question.want == "person" else 0.05, None
    if unit.kind == "row":
        return True, 0.0, None
    if question.body_class:
        named = _names_body(question.body_class, text)
        # What names no body at all only says what the body does.
        return named or holds_body(text) or question.body_class in _PLACES, 0.18 if named else -0.06, None
    if _ANYONE.search(fold(question.text)) and adds_people(text, question.text):
        return True, 0.05, None
    return _flag(holds_body(text) or names_body(title), 0.05 + _assigning(question, text))


def _assigning(question: Question, text: str) -> float:
    """Of whom a task is, a text tells that begins with whom it gives it; one without such a word only names it."""
    if not _ASSIGNEE_ASKED.search(fold(question.text)):
        return 0.0
    if _ASSIGNS.match(text):
        return _ASSIGNED
    return 0.0 if _TASKS.search(text) else -_ASSIGNED


_ASSIGNED = 0.35
_TASKS = re.compile(
    r"\b(?:giao|phân công|chủ trì|phụ trách|phối hợp|đảm nhận|trách nhiệm|thực hiện|theo dõi|tham mưu|đầu mối)\b",
    re.IGNORECASE,
)
_ASSIGNEE_ASKED = re.compile(
    r"\bgiao (?:cho )?(?:nhung )?(?:ai|(?:co quan|don vi|ban|phong|to chuc) nao)\b|\b(?:phan|viec|trach nhiem) cua ai\b"
    r"|\b(?:ai|(?:co quan|don vi) nao) (?:chu tri|phu trach|dam nhan|chiu trach nhiem|lam dau moi|tham muu)\b"
)
_ASSIGNS = re.compile(
    r"[^\w\s]*\s*(?:\w{1,3}[.)]\s*)?(?:Giao\b|[^,.;]{2,80}?\b(?:chủ trì|phối hợp với|chịu trách nhiệm|làm đầu mối)\b)"
)
"""A text that begins with whom it gives a task."""
_PLACES = frozenset(("xa", "huyen", "thi tran", "truong", "benh vien"))
_ANYONE = re.compile(r"\bnhung ai\b|\bai (?:duoc|phai|bi|co the)\b")


def _names_body(body_class: str, text: str) -> bool:
    """Whether the class stands before a name: "Hợp tác xã Ngũ Chi Sơn"."""
    folded = fold(text)
    at = folded.find(body_class)
    while at >= 0:
        behind = text[at + len(body_class) : at + len(body_class) + 2].strip()
        if behind[:1].isupper() and (at == 0 or not folded[at - 1].isalpha()):
            return True
        at = folded.find(body_class, at + 1)
    return False


def _flag(holds: bool, worth: float) -> tuple[bool, float, Figure | None]:
    return holds, worth if holds else 0.0, None
