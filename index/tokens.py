"""Words for the lexical index: syllables, syllable pairs, their folded forms, numerals in one spelling.

A token never holds white space, so that a field is its tokens joined by spaces.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from corpus.text import canonical_tone, fold

TOKENISER_VERSION = 2

_RAISED = str.maketrans(dict.fromkeys("⁰¹²³⁴⁵⁶⁷⁸⁹", " "))
_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+")
_THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?")
_THOUSANDS_ENGLISH = re.compile(r"\d{1,3}(?:,\d{3}){2,}(?:\.\d+)?")
_COMPOUND = re.compile(r"\b[A-ZĐ]{1,6}(?:\s?[&-]\s?[A-ZĐ]{1,6})+\b")
_MAX_TOKEN = 60


@dataclass(frozen=True, slots=True)
class Words:
    """The tokens of one text.

    Args:
        syllables: lower case, diacritics in their canonical place, in reading order.
        folded: the same without diacritics; runs along `syllables`.
        joined: compound acronyms written together ("KH&CN" → "khcn"); they stand outside the order.
    """

    syllables: tuple[str, ...]
    folded: tuple[str, ...]
    joined: tuple[str, ...] = ()


def words(text: str) -> Words:
    """Tokenise a text."""
    clean = unicodedata.normalize("NFC", text)
    tokens = _TOKEN.findall(clean.translate(_RAISED).lower())
    forms = [_forms(token[:_MAX_TOKEN]) for token in tokens]
    joined = tuple(acronym_key(match.group()) for match in _COMPOUND.finditer(clean))
    return Words(tuple(exact for exact, _ in forms), tuple(plain for _, plain in forms), joined)


def pairs(tokens: Sequence[str]) -> list[str]:
    """Neighbouring tokens as one: ["dân số", …] → ["dân_số", …]."""
    return [f"{first}_{second}" for first, second in pairwise(tokens)]


def numeral(token: str) -> str:
    """One spelling for a numeral: "07" → "7", "1.947" → "1947", "97.8" → "97,8"."""
    if _THOUSANDS.fullmatch(token):
        token = token.replace(".", "")
    elif _THOUSANDS_ENGLISH.fullmatch(token):
        token = token.replace(",", "").replace(".", ",")
    elif token.count(".") == 1 and "," not in token:
        token = token.replace(".", ",")
    whole, comma, rest = token.partition(",")
    return (whole.lstrip("0") or "0") + comma + rest


def has_diacritics(tokens: Words) -> bool:
    """Whether any syllable carries a mark, so that its exact form says something."""
    return any(exact != plain for exact, plain in zip(tokens.syllables, tokens.folded, strict=True))


def acronym_key(text: str) -> str:
    """What the spellings of an acronym share: "KH&CN", "KH-CN", "KHCN" → "khcn"; "Đ" stays apart from "D"."""
    return re.sub(r"[\s&.-]", "", text).lower()


def unique(tokens: Iterable[str]) -> list[str]:
    """The tokens without repetitions, in order."""
    return list(dict.fromkeys(tokens))


@lru_cache(maxsize=200_000)
def _forms(token: str) -> tuple[str, str]:
    if token[0].isdigit():
        value = numeral(token)
        return value, value
    exact = canonical_tone(token)
    return exact, fold(exact).lower()
