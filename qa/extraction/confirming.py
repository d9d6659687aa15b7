"""Whether a claim that was to be confirmed is what a place of a document says: said only where it is sure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from itertools import takewhile

from corpus.text import fold
from qa.extraction import claimed_days
from qa.extraction.claimed_days import NEGATIONS
from qa.extraction.scoring import Scored
from qa.language.figures import Figure, find_dates, find_figures, find_years, measure
from qa.language.words import Token, has_marks, is_stop, numeral, segment, tokenise
from qa.understanding.confirmation import statement_of
from qa.understanding.question import Question

TRUE, FALSE, UNSURE = "Đúng. ", "Tài liệu ghi khác: ", ""
_SCALES = {"nghin": 10**3, "ngan": 10**3, "trieu": 10**6, "ty": 10**9, "ti": 10**9}
_SCALE = re.compile(r"\s*(nghin|ngan|trieu|ty|ti)\b")
_MEASURE = re.compile(
    r"\s*(%|phan tram\b|(?:ha|hec ?ta|m[²³23]?|km[²2]?|kg|tan|ta|lit|dong|vnd|usd|do la)(?![^\W_]))((?:/[^\W\d_]+)*)"
)
_SPELLED = {
    "phan tram": "%", "hecta": "ha", "hec ta": "ha", "m2": "m²", "m3": "m³", "km2": "km²", "vnd": "dong",
    "do la": "usd",
}  # fmt: skip
_WHOLE = re.compile(r"/(\d+(?:[.,]\d+)*)(?![\w/]|[.,]\d)")
_WORDS = re.compile(r"\s*([^\W\d_]+(?:\s+[^\W\d_]+){0,3})")
_ASKS = re.compile(r"(?:(?:phải|đúng|hay|được|có)\s+)?không(?:\s+(?:ạ|vậy|nhỉ))?[\s?.!]*$", re.IGNORECASE)
_ASKS_BARE = re.compile(r"(?:(?:phai|dung|hay|duoc|co)\s+)?khong(?:\s+(?:a|vay|nhi))?[\s?.!]*$", re.IGNORECASE)
# Right before a figure these bound it ("trên 100 ha"); further off they do not ("trên địa bàn 96 ha").
_DIRECT = frozenset("trên dưới hơn gần khoảng vượt quá từ đến nhiều cao thấp lớn nhỏ".split())
# These change what a figure says from a few words off; "hơn" there compares two things ("nhiều hơn đàn trâu 15 con").
_NEAR = dict.fromkeys("tăng giảm ít tối đa thiểu chỉ còn vượt".split(), "") | {"hơn": "so"}
_DIRECT_BARE, _NEAR_BARE = {fold(word) for word in _DIRECT}, {fold(word): name for word, name in _NEAR.items()}
# Bounds that other values fulfil as well.
_LOOSE = frozenset("tren hon qua duoi gan khoang".split())
_MORE = (frozenset({"tren"}), frozenset({"hon"}), frozenset({"qua"}), frozenset({"vuot", "qua"}))
_LESS = (frozenset({"duoi"}),)
# Typed without diacritics "hon" may be "hôn", and "qua" "quả".
_CLEAR = frozenset({"tren", "duoi"})
_BREAK = re.compile(r"[,;:.](?=\s)|\s[-–]\s|\n| \| ")
_BEFORE = 3
_NEGATED_WITHIN = 8


@dataclass(frozen=True, slots=True)
class Amount:
    """A figure with scale words multiplied out.

    Args:
        unit: folded measure ("ha", "dong") or first word ("xa"); "" where none is said.
        of: for a measure, the folded word behind it ("che").
        bounds: words before it that change what it says ("tren", "giam").
        whole: the numeral behind the stroke, of which it is a part ("11" of "4/11 xã").
    """

    figure: Figure
    value: Decimal
    unit: str
    of: str
    bounds: frozenset[str]
    whole: str = ""


def verdict(question: Question, best: Scored, said: str) -> str:
    """The lead of an answer to a claim: that it is so, that the document says otherwise, or nothing.

    Args:
        said: what the answer shows of the place; a number that was cut off confirms nothing.
    """
    if not question.confirms or _open(best) or _wishes(said, question.text):
        return UNSURE
    if _negates(question.text, question.marked):
        return UNSURE
    if not question.claims:
        return _of_days(question, best, said)
    stated = amounts(statement_of(question.text, question.marked) or question.text)
    numbered = {digits for _, digits in question.mentions}
    claimed, known = [amount for amount in stated if amount.figure.value not in numbered], amounts(said)
    if best.figure is None or not claimed:
        return UNSURE
    if (
        len(claimed) == 1
        and (bounded := _within(question, claimed[0], best.figure, known, said))
        and _numbers_stand(question, best, said)
    ):
        return bounded
    row = best.unit.kind == "row"
    held = [_holding(claim, known, said, row) for claim in claimed]
    if all(held) and _numbers_stand(question, best, said):
        agrees = any(amount.figure.value == best.figure.value for found in held for amount in found)
        fits = all(_fits(question, found[0], known, said) for found in held)
        return TRUE if agrees and fits else UNSURE
    wrong = [claim for claim, found in zip(claimed, held, strict=True) if not found]
    return FALSE if wrong and all(_denied(claim, known) for claim in wrong) else UNSURE


def _open(best: Scored) -> bool:
    """Whether a word of the question stands nowhere near; units are compared with their figures."""
    compared = _SCALES.keys() | {"dong"}
    return any(not compared.issuperset(term.folded) and term.folded not in _SAYING for term in best.missing)


def _wishes(said: str, asked: str) -> bool:
    """Whether the place only asks for or plans what is claimed as done, or the other way round."""
    return bool(set(_WISH.findall(fold(said))) ^ set(_WISH.findall(fold(asked))))


_WISH = re.compile(r"\b(?:de nghi|kien nghi|de xuat|du kien|phan dau)\b")
# That a document "yêu cầu" or "nêu" something is no part of what it says, nor is what only stresses a claim.
_SAYING = frozenset(
    (("yeu", "cau"), ("quy", "dinh"), ("cho", "biet"), ("bao", "cao"), ("neu",), ("ghi",), ("noi",),
     ("thoi",), ("chu",))
)  # fmt: skip


def _of_days(question: Question, best: Scored, said: str) -> str:
    """The lead where days alone are claimed."""
    issued = best.hit.document.metadata.issued_on or ""
    agreed = claimed_days.agreed(question.text, _words(question), said, issued)
    return UNSURE if agreed is None else TRUE if agreed else FALSE


def amounts(text: str) -> list[Amount]:
    """The figures of a text with their values and units."""
    marked = has_marks(text)
    found: list[Amount] = []
    for figure in find_figures(text):
        try:
            value = Decimal(figure.value.replace(",", "."))
        except InvalidOperation:
            continue
        if text[: figure.start].endswith("/") and found and found[-1].whole:
            continue
        part = _WHOLE.match(text, figure.end)
        end, whole = (part.end(), numeral(part[1])) if part else (figure.end, "")
        behind = fold(text[end : end + 60])
        while match := _SCALE.match(behind):
            value *= _SCALES[match[1]]
            behind = behind[match.end() :]
        unit, of = _unit(text[end : end + 60][-len(behind) :] if behind else "", marked)
        # What bounds the figure before bounds no other.
        clause = _BREAK.split(text[max(0, figure.start - 40, found[-1].figure.end if found else 0) : figure.start])[-1]
        found.append(Amount(figure, value, unit, of, _bounds(tokenise(clause)[-_BEFORE:], marked), whole))
    return found


def _bounds(before: Sequence[Token], marked: bool) -> frozenset[str]:
    """The words before a figure that change what it says."""
    direct, near = (_DIRECT, _NEAR) if marked else (_DIRECT_BARE, _NEAR_BARE)
    right = list(takewhile(lambda token: token.exact in direct, reversed(before)))
    off = before[: len(before) - len(right)]
    return frozenset(t.folded for t in right) | {near[t.exact] or t.folded for t in off if t.exact in near}


def _unit(behind: str, marked: bool) -> tuple[str, str]:
    """The measure and what it measures, else the counted noun."""
    if match := _MEASURE.match(fold(behind)):
        return _SPELLED.get(match[1], match[1]) + match[2], _noun(behind[match.end() :], marked)
    return _noun(behind, marked), ""


def _noun(behind: str, marked: bool) -> str:
    match = _WORDS.match(behind)
    tokens = tokenise(match[1]) if match else []
    if not tokens or is_stop(tokens[0], marked):
        return ""
    return " ".join(token.folded for token in segment(tokens, marked)[0])


def _holding(claim: Amount, known: Sequence[Amount], said: str, row: bool) -> list[Amount]:
    """The amounts of the place that are the claimed one; in a row the unit may stand in another cell."""
    cells = f" {' '.join(token.folded for token in tokenise(said))} " if row else ""
    return [
        amount
        for amount in known
        if amount.value == claim.value
        and (not claim.unit or amount.unit == claim.unit or (not amount.unit and f" {claim.unit} " in cells))
        and (not claim.of or not amount.of or claim.of == amount.of)
        and claim.whole in ("", amount.whole)
        and claim.bounds - _ONLY == amount.bounds - _ONLY
    ]


def _within(question: Question, claim: Amount, figure: Figure, known: Sequence[Amount], said: str) -> str:
    """The lead where a claim only bounds what stands there: "trên 100 ha" of 96 ha; "" where it does not."""
    beside = [a for a in known if a.unit == claim.unit]
    if claim.bounds not in _MORE + _LESS or len(beside) != 1 or not (question.marked or claim.bounds <= _CLEAR):
        return UNSURE
    (held,) = beside
    if held.figure.value != figure.value or held.bounds or held.of != claim.of or claim.whole:
        return UNSURE
    if held.value == claim.value or not _fits(question, held, known, said):
        return UNSURE
    return TRUE if (held.value > claim.value) == (claim.bounds in _MORE) else FALSE


def _denied(claim: Amount, known: Sequence[Amount]) -> bool:
    """Whether the same measure stands there with other values only."""
    bounds = claim.bounds - _ONLY
    same = [a for a in known if claim.unit and a.unit == claim.unit and (not claim.of or a.of in ("", claim.of))]
    same = [a for a in same if not bounds or bounds == a.bounds]
    if any((bounds | a.bounds) & _LOOSE for a in same):
        return False
    return bool(same) and not any(claim.figure.value == a.whole or claim.value == a.value for a in known)


_ONLY = frozenset({"chi"})
"""Words that stress a figure and leave it as it is."""


def _negates(text: str, marked: bool) -> bool:
    """Whether a question denies what it asks about; its closing "không?" only asks."""
    bare = (_ASKS if marked else _ASKS_BARE).sub("", text)
    return bool(NEGATIONS & {token.folded for token in tokenise(bare)})


def _numbers_stand(question: Question, best: Scored, said: str) -> bool:
    """Whether the dates of the question stand in the place, the days on the same side."""
    own = best.hit.document.metadata.issued_on or ""
    known = {iso for _, _, iso in find_dates(said)} | {own}
    dated = all(any(k.startswith(iso) for k in known) for _, _, iso in find_dates(question.text))
    return dated and claimed_days.sided(question.text, said, own)


def _fits(question: Question, amount: Amount, known: Sequence[Amount], said: str) -> bool:
    """Whether the amount is said of what is asked: no nearer rival, no other year before it, not denied."""
    before = said[: amount.figure.start]
    if question.years and (years := find_years(before)) and years[-1][2] not in question.years:
        return False
    tail = [token.folded for token in tokenise(_BREAK.split(before)[-1])][-_NEGATED_WITHIN:]
    if NEGATIONS & set(tail):
        return False
    own = _words_beside(question, said, amount)
    rivals = [a for a in known if a.unit == amount.unit and a.value != amount.value and measure(a.unit)]
    # A word that stands only beside another figure ("đối với tổ chức") tells whose figure is asked for.
    return all(_words_beside(question, said, rival) <= own for rival in rivals)


def _words_beside(question: Question, said: str, amount: Amount) -> frozenset[str]:
    """The words of the question that stand in the clause of an amount."""
    start = max((m.end() for m in _BREAK.finditer(said) if m.end() <= amount.figure.start), default=0)
    end = next((m.start() for m in _BREAK.finditer(said) if m.start() >= amount.figure.end), len(said))
    return _words(question) & {token.folded for token in tokenise(said[start:end])}


def _words(question: Question) -> frozenset[str]:
    return frozenset(token.folded for term in question.terms for token in term.tokens)
