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
    if not question.confirms or not question.claims or best.figure is None or _open(best):
        return UNSURE
    claimed, known = amounts(question.text), amounts(said)
    if _negates(question.text, question.marked) or not claimed:
        return UNSURE
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
    return any(not (_SCALES.keys() | {"dong"}).issuperset(term.folded) for term in best.missing)


def amounts(text: str) -> list[Amount]:
    """The figures of a text with their values and units."""
    marked = has_marks(text)
    found: list[Amount] = []
    for figure in find_figures(text):
        try:
            value = Decimal(figure.value.replace(",", "."))
        except InvalidOperation:
            continue
        behind = fold(text[figure.end : figure.end + 60])
        while match := _SCALE.match(behind):
            value *= _SCALES[match[1]]
            behind = behind[match.end() :]
        unit, of = _unit(text[figure.end : figure.end + 60][-len(behind) :] if behind else "", marked)
        before = [token.folded for token in tokenise(text[max(0, figure.start - 40) : figure.start])]
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
        and claim.bounds == amount.bounds
    ]


def _denied(claim: Amount, known: Sequence[Amount]) -> bool:
    """Whether the same measure stands there with other values only."""
    same = [a for a in known if claim.unit and a.unit == claim.unit and (not claim.of or a.of in ("", claim.of))]
    return bool(same) and not claim.bounds and not any(a.value == claim.value for a in known)


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
