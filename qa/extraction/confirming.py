"""Whether a claim that was to be confirmed is what a place of a document says: said only where it is sure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from corpus.text import fold
from qa.extraction.scoring import Scored
from qa.language.figures import Figure, find_dates, find_figures, find_years, measure
from qa.language.words import has_marks, is_stop, segment, tokenise
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
_WHOLE = re.compile(r"/\d+(?:[.,]\d+)*(?=\s[^\W\d_])")
_WORDS = re.compile(r"\s*([^\W\d_]+(?:\s+[^\W\d_]+){0,3})")
_ASKS = re.compile(r"(?:(?:phải|đúng|hay|được|có)\s+)?không(?:\s+(?:ạ|vậy|nhỉ))?[\s?.!]*$", re.IGNORECASE)
_ASKS_BARE = re.compile(r"(?:(?:phai|dung|hay|duoc|co)\s+)?khong(?:\s+(?:a|vay|nhi))?[\s?.!]*$", re.IGNORECASE)
_NEGATIONS = frozenset("khong chua chang".split())
_BOUNDS = frozenset("tren duoi hon gan khoang vuot qua tang giam it toi da thieu chi con tu den".split())
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
    """

    figure: Figure
    value: Decimal
    unit: str
    of: str
    bounds: frozenset[str]


def verdict(question: Question, best: Scored, said: str) -> str:
    """The lead of an answer to a claim: that it is so, that the document says otherwise, or nothing.

    Args:
        said: what the answer shows of the place; a number that was cut off confirms nothing.
    """
    if not question.confirms or _open(best) or _negates(question.text, question.marked):
        return UNSURE
    if not question.claims:
        return _of_days(question.text, said)
    stated = amounts(statement_of(question.text, question.marked) or question.text)
    numbered = {digits for _, digits in question.mentions}
    claimed, known = [amount for amount in stated if amount.figure.value not in numbered], amounts(said)
    if best.figure is None or not claimed:
        return UNSURE
    if (
        len(claimed) == 1
        and (bounded := _within(claimed[0], best.figure, known))
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


# That a document "yêu cầu" or "nêu" something is no part of what it says, nor is what only stresses a claim.
_SAYING = frozenset(
    (("yeu", "cau"), ("quy", "dinh"), ("de", "nghi"), ("cho", "biet"), ("bao", "cao"), ("neu",), ("ghi",), ("noi",),
     ("thoi",), ("chu",))
)  # fmt: skip


def _of_days(asked: str, said: str) -> str:
    """The lead where days alone are claimed: one that stands there is so, one beside another single day is not."""
    claimed, known = _days(asked), _days(said)
    if not claimed or not known:
        return UNSURE
    wrong = [day for day in claimed if not any(_same_day(day, other) for other in known)]
    if not wrong:
        return TRUE
    return FALSE if len(known) == len(claimed) else UNSURE


def _days(text: str) -> list[tuple[int, int, int]]:
    """Day, month and year of each day that is named; the year is 0 where none is said."""
    return [(int(m[1] or m[4]), int(m[2] or m[5]), int(m[3] or 0)) for m in _DAY.finditer(fold(text))]


def _same_day(day: tuple[int, int, int], other: tuple[int, int, int]) -> bool:
    return day[:2] == other[:2] and (day[2] == other[2] or 0 in (day[2], other[2]))


# "4/11 xã" is no day: one has its year, or stands behind "ngày", "đến", "và".
_DAY = re.compile(
    r"(?<![\d/.-])(\d{1,2})(?:\s?[/.-]\s?|\s+thang\s+)(0?[1-9]|1[0-2])(?:\s?[/.-]\s?|\s+nam\s+)(\d{4})(?![\d/])"
    r"|(?:(?<=\bngay )|(?<=\bden )|(?<=\bva ))(\d{1,2})(?:\s?[/.-]\s?|\s+thang\s+)(0?[1-9]|1[0-2])(?![\d/%]|,\d)"
)


def amounts(text: str) -> list[Amount]:
    """The figures of a text with their values and units."""
    marked = has_marks(text)
    found: list[Amount] = []
    for figure in find_figures(text):
        try:
            value = Decimal(figure.value.replace(",", "."))
        except InvalidOperation:
            continue
        # Of "4/11 xã" both count the same.
        end = figure.end + (part.end() if (part := _WHOLE.match(text[figure.end : figure.end + 12])) else 0)
        behind = fold(text[end : end + 60])
        while match := _SCALE.match(behind):
            value *= _SCALES[match[1]]
            behind = behind[match.end() :]
        unit, of = _unit(text[end : end + 60][-len(behind) :] if behind else "", marked)
        # What bounds the figure before bounds no other; "12 con" says nothing of "còn".
        clause = _BREAK.split(text[max(0, figure.start - 40, found[-1].figure.end if found else 0) : figure.start])[-1]
        before = [token.folded for token in tokenise(clause) if not marked or token.exact != "con"]
        found.append(Amount(figure, value, unit, of, _BOUNDS & frozenset(before[-_BEFORE:])))
    return found


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
        and claim.bounds - _ONLY == amount.bounds - _ONLY
    ]


def _within(claim: Amount, figure: Figure, known: Sequence[Amount]) -> str:
    """The lead where a claim only bounds what stands there: "trên 100 ha" of 96 ha; "" where it does not."""
    held = [a for a in known if a.figure.value == figure.value and a.unit == claim.unit and not a.bounds]
    more = claim.bounds <= _MORE
    if not claim.bounds or not (more or claim.bounds <= _LESS) or len(held) != 1:
        return UNSURE
    return TRUE if held[0].value != claim.value and (held[0].value > claim.value) == more else FALSE


_MORE, _LESS = frozenset("tren hon vuot qua".split()), frozenset({"duoi"})


def _denied(claim: Amount, known: Sequence[Amount]) -> bool:
    """Whether the same measure stands there with other values only."""
    same = [a for a in known if claim.unit and a.unit == claim.unit and (not claim.of or a.of in ("", claim.of))]
    same = [a for a in same if not claim.bounds - _ONLY or claim.bounds - _ONLY == a.bounds]
    return bool(same) and not any(a.value == claim.value for a in known)


_ONLY = frozenset({"chi"})
"""Words that stress a figure and leave it as it is."""


def _negates(text: str, marked: bool) -> bool:
    """Whether a question denies what it asks about; its closing "không?" only asks."""
    bare = (_ASKS if marked else _ASKS_BARE).sub("", text)
    return bool(_NEGATIONS & {token.folded for token in tokenise(bare)})


def _numbers_stand(question: Question, best: Scored, said: str) -> bool:
    """Whether the dates of the question stand in the place."""
    own = best.hit.document.metadata.issued_on or ""
    known = {iso for _, _, iso in find_dates(said)} | {own}
    return all(any(k.startswith(iso) for k in known) for _, _, iso in find_dates(question.text))


def _fits(question: Question, amount: Amount, known: Sequence[Amount], said: str) -> bool:
    """Whether the amount is said of what is asked: no nearer rival, no other year before it, not denied."""
    before = said[: amount.figure.start]
    if question.years and (years := find_years(before)) and years[-1][2] not in question.years:
        return False
    tail = [token.folded for token in tokenise(_BREAK.split(before)[-1])][-_NEGATED_WITHIN:]
    if _NEGATIONS & set(tail):
        return False
    own = _words_beside(question, said, amount)
    rivals = [a for a in known if a.unit == amount.unit and a.value != amount.value and measure(a.unit)]
    # A word that stands only beside another figure ("đối với tổ chức") tells whose figure is asked for.
    return all(_words_beside(question, said, rival) <= own for rival in rivals)


def _words_beside(question: Question, said: str, amount: Amount) -> frozenset[str]:
    """The words of the question that stand in the clause of an amount."""
    start = max((m.end() for m in _BREAK.finditer(said) if m.end() <= amount.figure.start), default=0)
    end = next((m.start() for m in _BREAK.finditer(said) if m.start() >= amount.figure.end), len(said))
    wanted = frozenset(token.folded for term in question.terms for token in term.tokens)
    return wanted & {token.folded for token in tokenise(said[start:end])}
