"""Whether a piece of text holds the kind of thing that is asked for, and which figure of it answers."""

from __future__ import annotations

import math
import re

from corpus.numbers import find_numbers, kind_of_number, number_key
from corpus.text import fold
from qa.asked import Term
from qa.belonging import belongs, names_of
from qa.figures import (
    Figure,
    adds_place,
    find_figures,
    holds_body,
    holds_time,
    measure,
    names_body,
    without_cited_dates,
)
from qa.matching import Weighted, match
from qa.patterns import CLASSIFIERS, QUANTITIES
from qa.question import Question
from qa.synonyms import alternatives
from qa.units import Unit
from qa.wanted import holds_wanted


def fit(
    question: Question, weighted: Weighted, unit: Unit, satisfied: frozenset[str], title: str
) -> tuple[bool, float, Figure | None]:
    """Whether the unit holds what is asked, what that is worth, and the figure that answers."""
    text = unit.text
    if not (says_wanted(question, text) or (title and says_wanted(question, title))):
        return False, 0.0, None
    if question.kind in ("amount", "percent") or (question.units and question.kind == "yesno"):
        return _fit_figure(question, weighted, unit, satisfied)
    if question.kind == "date":
        until = question.bounded and _BOUND.search(fold(text))
        timed = text if question.keys or "issued_on" in question.fields else without_cited_dates(text)
        return _flag(holds_time(timed), 0.37 if until else 0.12)
    if question.kind == "docnumber":
        return _flag(_names_document(question, text), 0.12)
    if question.kind == "who":
        return _fit_who(question, unit, title)
    if question.kind == "place":
        return _flag(adds_place(text, question.text), 0.05)
    if question.kind in ("reason", "list"):
        return _fit_prose(question, unit)
    if question.kind == "definition":
        return True, 0.08 if " là " in text or "gọi tắt" in text else 0.0, None
    return True, 0.15 if question.purposeful and _PURPOSES.search(text) else 0.0, None


_WANTING = frozenset({"who", "place", "date", "list", "text", "yesno"})


def says_wanted(question: Question, text: str) -> bool:
    """Whether a text holds the thing that is wanted; true of any text where the words that ask name none."""
    if not question.want or question.kind not in _WANTING:
        return True
    keeps = bool(question.keys) or "issued_on" in question.fields
    return holds_wanted(question.want, text, question.text, keeps)


def _fit_prose(question: Question, unit: Unit) -> tuple[bool, float, Figure | None]:
    """Reasons and lists: no single row is one."""
    text = unit.text
    if unit.kind == "row":
        return False, 0.0, None
    if question.kind == "reason":
        return True, 0.35 if _CAUSES.search(text) else (0.1 if _PURPOSES.search(text) else 0.0), None
    return True, 0.02 * min(5, text.count(",") + text.count(";")), None


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


_CAUSES = re.compile(r"\b(?:nguyên nhân|lý do|là do|chủ yếu do|do|vì|bởi)\b", re.IGNORECASE)
_EFFECTS = re.compile(
    r"\b(?:nhờ|nên|góp phần|giúp|dẫn đến|khiến|xuất phát|tạo (?:điều kiện|ra|thuận lợi))\b", re.IGNORECASE
)
_PURPOSES = re.compile(r"\b(?:nhằm|để)\b", re.IGNORECASE)


def _fit_who(question: Question, unit: Unit, title: str) -> tuple[bool, float, Figure | None]:
    """A body of the asked class ("hợp tác xã nào"), or a person's name where one is asked for."""
    text = unit.text
    if question.want in ("person", "business"):
        return True, 0.1 if question.want == "person" else 0.05, None
    if unit.kind == "row":
        return True, 0.0, None
    if question.body_class:
        return True, 0.18 if _names_body(question.body_class, text) else -0.06, None
    return _flag(holds_body(text) or names_body(title), 0.05)


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


# The number of an item ("3. Các Phó Giám đốc …") counts nothing.
_LABEL = re.compile(r"\s*(?:Điều\s+)?(?:\d+\.)*\d+[.)]\s")
_CITES = re.compile(r"(?:điều|khoản|điểm|mục|chương|phần|phụ lục)\s+(?:\d+(?:,| và)\s*)*$", re.IGNORECASE)


def _fit_figure(
    question: Question, weighted: Weighted, unit: Unit, satisfied: frozenset[str]
) -> tuple[bool, float, Figure | None]:
    # What a question says itself ("trong số 1.543 đề tài, bao nhiêu …") is not what it asks for.
    said = frozenset() if question.confirms else question.figures
    label = _LABEL.match(unit.text)
    first = label.end() if label else 0
    figures = [
        f
        for f in find_figures(unit.text)
        if f.value not in said and f.start >= first and not _CITES.search(unit.text, max(0, f.start - 24), f.start)
    ]
    names = names_of(question.text, satisfied) if unit.kind != "row" else ()
    best: tuple[float, Figure] | None = None
    for figure in figures:
        if names and not belongs(names, unit.text, figure):
            continue
        worth = _figure_worth(question, weighted, unit, figure, satisfied)
        if worth is not None and (best is None or worth > best[0] + 1e-9):
            best = (worth, figure)
    if best is None:
        return False, 0.0, None
    return True, 0.5 * best[0], best[1]


def _figure_worth(
    question: Question, weighted: Weighted, unit: Unit, figure: Figure, satisfied: frozenset[str]
) -> float | None:
    """How well one figure of the unit answers; None where its unit is another than the asked one."""
    unit_of = measure(figure.unit)
    if question.units:
        fits_unit = unit_of in question.units or (figure.unit.split(" ")[0] if figure.unit else "") in question.units
        if unit.kind == "row" and not unit_of:
            fits_unit = fits_unit or _row_measured(question.units, unit)
        if not fits_unit:
            return None
    if unit.kind == "row" and unit.labels:
        return _cell_worth(question, weighted, unit, figure)
    if question.asked and question.kind == "amount" and _is_of_other(question.asked, figure):
        return None
    near = _nearness(question, weighted, unit, figure, satisfied)
    worth = 0.5 * near + (0.25 if question.units else 0.0) + _claim_worth(question, figure)
    if question.asked:
        behind = [token.folded for token in unit.words.tokens if figure.end <= token.start < figure.end + 40]
        if any(tuple(behind[: len(noun)]) == noun for noun in (question.asked, *alternatives(question.asked))):
            worth += 0.5
        elif question.asked[0] in behind[:4]:
            worth += 0.3
        elif unit_of and unit_of not in question.asked:
            worth -= 0.3
        elif not counts(question, unit, figure):
            worth -= 0.4
    return worth


def _is_of_other(asked: tuple[str, ...], figure: Figure) -> bool:
    """Whether a figure says a share, a sum of money or a length of time where things are counted."""
    kind = figure.unit.partition(" ")[0]
    groups = [group for group in (_TIMES, _SHARES, _MONEY) if kind in group]
    return bool(groups) and "_".join(asked) not in QUANTITIES and asked[0] not in groups[0]


_TIMES = frozenset("nam thang ngay tuan gio phut".split())
_SHARES = frozenset("%")
_MONEY = frozenset("dong trieu ty nghin ngan".split())


def counts(question: Question, unit: Unit, figure: Figure) -> bool:
    """Whether a figure counts what is asked: the noun stands behind it, or shortly before: "số hội nghị là 214"."""
    nouns = {noun[0] for noun in (question.asked, *alternatives(question.asked)) if noun}
    near = (t.folded for t in unit.words.tokens if figure.start - _BEFORE <= t.start < figure.end + _BEHIND)
    return not nouns or not nouns.isdisjoint(CLASSIFIERS) or bool(nouns.intersection(near))


_BEFORE, _BEHIND = 150, 40


def _row_measured(units: frozenset[str], unit: Unit) -> bool:
    """Whether a cell or the label of a row names one of the units ("Ha", "%", "Số tiền (triệu đồng)")."""
    cells = {fold(cell).strip() for cell in unit.text.split("|")}
    return bool(cells & units) or any(units & label.folded for label in unit.labels)


def _claim_worth(question: Question, figure: Figure) -> float:
    """A claim that is to be confirmed is mostly of the right size even where it is wrong."""
    values = [_value(claim) for claim in question.claims] if question.confirms else []
    own = _value(figure.value)
    close = any(value > 0 and own > 0 and abs(math.log(value / own)) < _SAME_SIZE for value in values)
    return 0.4 if close else 0.0


_SAME_SIZE = 0.4


def _value(numeral: str) -> float:
    try:
        return float(numeral.replace(",", "."))
    except ValueError:
        return 0.0


def _cell_worth(question: Question, weighted: Weighted, unit: Unit, figure: Figure) -> float:
    """How far the label of a figure's column is what is asked."""
    column = unit.text.count(" | ", 0, figure.start)
    if column >= len(unit.labels):
        return 0.0
    label = unit.labels[column]
    total = sum(weight for _, weight in weighted.terms) or 1.0
    near = sum(weight * match(term, label, question.marked) for term, weight in weighted.terms) / total
    years = {str(year) for year in question.years}
    return 0.8 * near + (0.5 if years & label.folded else 0.0) + (0.3 if set(question.asked) & label.folded else 0.0)


def _nearness(question: Question, weighted: Weighted, unit: Unit, figure: Figure, satisfied: frozenset[str]) -> float:
    """Share of the question's weight that stands close to a figure, the closer the more; inside one clause best."""
    tokens = unit.words.tokens
    place = next((i for i, token in enumerate(tokens) if token.start >= figure.start), len(tokens))
    total = near = 0.0
    for term, weight in weighted.terms:
        if satisfied.issuperset(term.folded):
            continue
        total += weight
        distance = _distance(term, tokens, place, question.marked)
        if distance is not None:
            crossed = _crossings(unit.text, tokens, place, distance)
            near += weight * max(0.0, 1.0 - (abs(distance) - 1) / 24) * (0.75**crossed)
    return near / total if total else 0.0


def _distance(term: Term, tokens: tuple, place: int, marked: bool) -> int | None:  # type: ignore[type-arg]
    """Signed distance in tokens from a figure to the closest occurrence of a term; None where there is none."""
    want = term.exact if marked else term.folded
    size = len(want)
    best: int | None = None
    for index in range(max(0, place - 28), min(len(tokens) - size + 1, place + 20)):
        held = tuple((t.exact if marked else t.folded) for t in tokens[index : index + size])
        if held == want:
            distance = index - place or 1
            if best is None or abs(distance) < abs(best):
                best = distance
    return best


def _crossings(text: str, tokens: tuple, place: int, distance: int) -> int:  # type: ignore[type-arg]
    """Commas and semicolons between a figure and a word."""
    if not tokens:
        return 0
    first, last = sorted((min(place, len(tokens) - 1), max(0, min(place + distance, len(tokens) - 1))))
    between = text[tokens[first].start : tokens[last].start]
    return between.count(",") + 2 * between.count(";") + between.count(". ")
