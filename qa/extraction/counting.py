"""Which figure of a piece of text answers a question after an amount."""

from __future__ import annotations

import math
import re

from corpus.text import fold
from qa.extraction.belonging import belongs, names_of
from qa.extraction.matching import Weighted, match
from qa.language.figures import Figure, find_figures, measure
from qa.language.spelled import find_spelled
from qa.language.synonyms import alternatives
from qa.language.units import Unit
from qa.language.words import pair_known
from qa.understanding.asked import Term
from qa.understanding.patterns import CLASSIFIERS, QUANTITIES
from qa.understanding.question import Question


def measured_in(question: Question, title: str) -> bool:
    """Whether a title holds a figure of the asked measure."""
    return any(measure(figure.unit) in question.units for figure in find_figures(title))


# The number of an item ("3. Các Phó Giám đốc …", "“3. …" where it is put into another text) counts nothing.
_LABEL = re.compile(r"[\s“\"]*(?:Điều\s+)?(?:\d+\.)*\d+[a-zđ]?[.)]\s")
_CITES = re.compile(
    r"(?:(?:điều|khoản|điểm|mục|chương|phần|phụ lục|tầng|mẫu số)\s+(?:\d+(?:,| và)\s*)*"
    r"|(?<!\w)(?:bảng|biểu|hình|cột)\s+(?:số\s+)?\(?)$",
    re.IGNORECASE,
)


def fit_figure(
    question: Question, weighted: Weighted, unit: Unit, satisfied: frozenset[str]
) -> tuple[bool, float, Figure | None]:
    """Whether a figure of the unit answers, what that is worth, and which."""
    # What a question says itself ("trong số 1.543 đề tài, bao nhiêu …") is not what it asks for.
    said = frozenset() if question.confirms else question.figures
    label = _LABEL.match(unit.text)
    first = label.end() if label else 0
    figures = [
        f
        for f in (*find_figures(unit.text), *find_spelled(unit.text))
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
    if question.units and not _measures(question, unit, figure):
        return None
    if unit.kind == "row" and unit.labels:
        return _cell_worth(question, weighted, unit, figure)
    if question.asked and question.kind == "amount" and _is_of_other(question, unit, figure):
        return None
    near = _nearness(question, weighted, unit, figure, satisfied)
    worth = 0.5 * near + (0.25 if question.units else 0.0) + _claim_worth(question, unit, figure)
    return worth + (_counted_worth(question, unit, figure) if question.asked else 0.0)


def _measures(question: Question, unit: Unit, figure: Figure) -> bool:
    """Whether a figure is of an asked unit, or stands in a row that names one."""
    unit_of = measure(figure.unit)
    if unit_of in question.units or figure.unit.partition(" ")[0] in question.units:
        return True
    return unit.kind == "row" and not unit_of and _row_measured(question.units, unit)


def _counted_worth(question: Question, unit: Unit, figure: Figure) -> float:
    """Whether the asked noun stands behind a figure, or another measure does."""
    unit_of = measure(figure.unit)
    behind = [token.folded for token in unit.words.tokens if figure.end <= token.start < figure.end + 40]
    if any(tuple(behind[: len(noun)]) == noun for noun in (question.asked, *alternatives(question.asked))):
        return 0.5
    if question.asked[0] in behind[:4]:
        return 0.3
    if unit_of and unit_of not in question.asked:
        return -0.3
    return 0.0 if counts(question, unit, figure) else -0.4


def _is_of_other(question: Question, unit: Unit, figure: Figure) -> bool:
    """Whether a figure says a share, money, a time or a rate where things are counted."""
    asked, kind = question.asked, figure.unit.partition(" ")[0]
    if _RATE.match(unit.text, figure.end) and not _RATED.search(fold(question.text)):
        return True
    if asked[0] in _ONES and asked[0] != kind and pair_known(figure.unit):
        words = {token.folded for term in question.terms for token in term.tokens}
        return words.isdisjoint(figure.unit.split())
    if _names_counted(unit.text, figure) and not counts(question, unit, figure):
        return True
    groups = [group for group in (_TIMES, _SHARES, _MONEY) if kind in group]
    return bool(groups) and "_".join(asked) not in QUANTITIES and asked[0] not in groups[0]


# "15 con/1 cơ sở" is the size of each, no total.
_RATE = re.compile(r"\s*[^\W\d_]+(?:\s[^\W\d_]+)?\s?/\s?\d*\s?[^\W\d_]{2}")
_RATED = re.compile(r"\b(?:moi|mot|binh quan|trung binh|/|quy mo|lua|tren (?:mot|1)|hang nam|hang thang)\b")
# What stands for any thing of its class: "bao nhiêu con" is not answered by "09 cơ sở".
_ONES = frozenset("con cai chiec".split())
_TIMES = frozenset("nam thang ngay tuan gio phut".split())
_SHARES = frozenset("%")
_MONEY = frozenset("dong trieu ty nghin ngan".split())


def counts(question: Question, unit: Unit, figure: Figure) -> bool:
    """Whether a figure counts what is asked: the noun stands behind it, or shortly before: "số hội nghị là 214"."""
    nouns = {noun[0] for noun in (question.asked, *alternatives(question.asked)) if noun}
    before = 0 if _names_counted(unit.text, figure) else _BEFORE
    others = [(f.end, f.end + len(f.unit) + 1) for f in find_figures(unit.text) if f.end <= figure.start]
    near = (
        token.folded
        for token in unit.words.tokens
        if figure.start - before <= token.start < figure.end + _BEHIND
        # In "214 hội nghị, với 1.902 đại biểu" the second figure counts no meetings.
        and not any(start <= token.start < end for start, end in others)
    )
    return not nouns or not nouns.isdisjoint(CLASSIFIERS) or bool(nouns.intersection(near))


def _names_counted(text: str, figure: Figure) -> bool:
    """Whether what is counted stands behind a figure: a word of two syllables, or one that stands behind others too."""
    noun = figure.unit.partition(" ")[0]
    again = noun.isalpha() and len(re.findall(rf"\d\s+{noun}\b", fold(text))) > 1
    return pair_known(figure.unit) or again


_BEFORE, _BEHIND = 150, 40


def _row_measured(units: frozenset[str], unit: Unit) -> bool:
    """Whether a cell or the label of a row names one of the units ("Ha", "%", "Số tiền (triệu đồng)")."""
    cells = {fold(cell).strip() for cell in unit.text.split("|")}
    return bool(cells & units) or any(units & label.folded for label in unit.labels)


def _claim_worth(question: Question, unit: Unit, figure: Figure) -> float:
    """A claim that is to be confirmed is mostly of the right size even where it is wrong."""
    same = not question.asked or unit.kind == "row" or counts(question, unit, figure)
    values = [value_of(claim) for claim in question.claims] if question.confirms and same else []
    own = value_of(figure.value)
    close = any(value > 0 and own > 0 and abs(math.log(value / own)) < _SAME_SIZE for value in values)
    return 0.4 if close else 0.0


_SAME_SIZE = 0.4


def value_of(numeral: str) -> float:
    """The number that a numeral writes; 0 where it writes none."""
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
