"""Figures, years and numerals that a question says itself: what it claims, and by which it tells things apart."""

from __future__ import annotations

import re

from corpus.text import fold
from qa.language.figures import find_figures, measure
from qa.language.words import has_marks, is_stop, numeral, segment, tokenise
from qa.understanding.patterns import CLAIM, FULL_DATE, NOT_CLAIMS, YEAR

_MONEY = frozenset(("dong", "nghin", "trieu", "ty"))


def claimed_units(clean: str, claims: tuple[str, ...], confirms: bool) -> frozenset[str]:
    """Units of measure of the figures that are to be confirmed."""
    if not confirms:
        return frozenset()
    found = frozenset(measure(f.unit) for f in find_figures(clean) if f.value in claims) - {""}
    # "5 triệu đồng" may be written "5.000.000 đồng".
    return found | _MONEY if found & _MONEY else found


def years_of(bare: str) -> tuple[int, ...]:
    """The years that stand alone, outside of full dates."""
    without = blank(bare, [match.span() for match in FULL_DATE.finditer(bare)])
    return tuple(dict.fromkeys(int(match[1]) for match in YEAR.finditer(without)))


def claims_of(bare: str, lowered: str, marked: bool) -> tuple[str, ...]:
    """Figures that are asserted, as one numeral each; years, ordinals and dates are not."""
    masked = blank(bare, [match.span() for match in FULL_DATE.finditer(bare)])
    found = [numeral(match[1]) for match in _FRACTION.finditer(masked)]
    read = 0
    for match in CLAIM.finditer(masked):
        told_apart = NOT_CLAIMS.search(lowered[: match.start()], marked)
        if told_apart and fold(told_apart[0]).strip() in _GIVEN and _MEASURE.match(fold(bare[match.end() :][:_ROUND])):
            told_apart = None
        if match.start() < read or told_apart or YEAR.fullmatch(match.group()):
            continue
        # "3 nghìn con" and "3 000 con" claim what "3.000 con" does.
        said = tokenise(masked[match.start() : match.end() + _ROUND])[0]
        found.append(said.exact)
        read = match.start() + said.end
    return tuple(found)


_ROUND = 12
# "Cấp 2.000 lít" gives what "cấp 2" is one of.
_GIVEN = frozenset(("cap", "muc"))
_MEASURE = re.compile(r"\s(?:ha|tan|ta|kg|lit|km|dong|nghin|trieu|ty|ti)\b|\s?%")
# "10/12 xã" claims ten of twelve; before a bare year or the end it would be a date.
_FRACTION = re.compile(r"(?<![\w/.,-])(\d{1,4})/\d{1,4}(?=\s+[^\W\d_])(?<!ngày \d/\d)(?<!ngày \d\d/\d)")


def claimed_noun(clean: str, claim: str) -> tuple[str, ...]:
    """Folded syllables of what a claimed figure counts: "10/12 xã" → ("xa",)."""
    for figure in find_figures(clean):
        if figure.value == claim and not measure(figure.unit):
            behind = tokenise(_OF_HOW_MANY.sub("", clean[figure.end : figure.end + _NOUN_WITHIN]))
            if behind and behind[0].exact.isalpha() and not is_stop(behind[0], has_marks(clean)):
                return tuple(token.folded for token in segment(behind, has_marks(clean))[0])
    return ()


_OF_HOW_MANY = re.compile(r"^/\d+")
_NOUN_WITHIN = 24


def designations_of(bare: str) -> tuple[str, ...]:
    """The numerals by which things are told apart: "Tổ công tác số 04" → "4", "hạng 5 sao" → "5".

    Document numbers are blanked before.
    """
    return tuple(numeral(match[1]) for match in _DESIGNATED.finditer(bare))


_DESIGNATED = re.compile(r"\b(?:số|hạng|mức độ|cấp độ|loại|nhóm|bậc|đợt)\s+(\d{1,2})\b(?![./-]?\d)", re.IGNORECASE)


def blank(text: str, spans: list[tuple[int, int]]) -> str:
    """The text with some ranges blanked out, offsets kept."""
    chars = list(text)
    for start, end in spans:
        chars[start:end] = " " * (end - start)
    return "".join(chars)


def asides_of(text: str) -> list[tuple[int, int]]:
    """Ranges of what a question adds in brackets; none where little stands outside of them."""
    found = [match.span() for match in _ASIDE.finditer(text)]
    outside = len(text.split()) - sum(len(text[start:end].split()) for start, end in found)
    return found if outside >= _OUTSIDE else []


def without_asides(text: str) -> str:
    """The text with its asides blanked out, offsets kept."""
    return blank(text, asides_of(text))


_ASIDE = re.compile(r"\([^()]*\)")
_OUTSIDE = 5
