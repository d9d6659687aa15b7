"""Whether a sentence speaks of another one of the asked kind: "Tổ số 02" for "Tổ số 3", "Hội Nuôi ong" for another."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from functools import lru_cache

from corpus.text import fold
from qa.language.units import Unit, Words
from qa.language.words import Token, is_stop, tokenise
from qa.understanding.asked import Term
from qa.understanding.question import Question

_LEVELS = frozenset(("trung uong", "tinh", "huyen", "xa"))
_LEVEL_TERMS = frozenset((*cap, level) for level in ("tinh", "huyen", "xa") for cap in ((), ("cap",)))
_LOOSE = frozenset("cac nhung moi tung hai o tai tren toan ca".split())
_OTHER_COST, _OTHER_LEVEL_COST = 0.5, 0.9
_SUBJECT = 8
# What comes in is no part of what is spent; "thu, chi" names the one as much as the other.
_BOTH = re.compile(r"\bthu(?:,| và|/| -)?\s*chi\b|%\s+(?:tổng )?(?:số )?(?:thu|chi)\b", re.IGNORECASE)
_OPPOSITES: dict[tuple[str, ...], str] = {("thu",): "chi", ("chi",): "thu"}


def cost_of_other(question: Question, term: Term, unit: Unit) -> float:
    """What a piece loses that lacks a term of the question and says another number, name or level in its place."""
    before = _before(question, term)
    if before is None:
        return 0.0
    if _is_level(question, term, before):
        return _OTHER_LEVEL_COST if any(token.folded in _LEVELS for token in unit.words.tokens) else 0.0
    return _OTHER_COST if _says_other(question, term, before, unit) else 0.0


def cost_of_other_count(question: Question, unit: Unit) -> float:
    """What a piece loses under a lead that counts otherwise: what is said of "in hai mặt" is not so of "in một mặt"."""
    for number, noun in _counts_of(question.text):
        pairs = unit.before.exact_pairs
        if (number, noun) not in pairs | unit.words.exact_pairs and any((n, noun) in pairs for n in _COUNTS - {number}):
            return _OTHER_COST
    return 0.0


@lru_cache(maxsize=16)
def _counts_of(asked: str) -> tuple[tuple[str, str], ...]:
    """(number in words, noun) of what a question counts."""
    pairs = itertools.pairwise(tokenise(asked))
    return tuple((a.exact, b.exact) for a, b in pairs if a.exact in _COUNTS and not is_stop(b, marked=True))


_COUNTS = frozenset("một hai ba bốn năm sáu bảy tám chín mười".split())


def cost_of_opposite(question: Question, term: Term, unit: Unit) -> float:
    """What a piece loses that says "thu" and no "chi" where "chi" is asked for, whatever its heading sums up."""
    opposite = _OPPOSITES.get(term.exact) if question.marked else None
    said = [token.exact for token in tokenise(_BOTH.sub(" ", unit.text))] if opposite else []
    # Further behind, it may be what a share is taken of.
    return _OTHER_LEVEL_COST if opposite in said[:_SUBJECT] and term.exact[0] not in said else 0.0


def lacks_class(question: Question, *texts: Words) -> bool:
    """Whether a class that the question names by its figure ("hạng 5", "5 sao", "mức độ 3, 4") stands nowhere."""
    named = _classes_of(question.text)
    return any(not any(_says_class(word, number, words) for words in texts) for word, number in named)


def lacks_level(question: Question, *texts: Words) -> bool:
    """Whether a level above a district's, of which a count is asked ("mấy sản phẩm cấp tỉnh"), stands nowhere."""
    if question.kind not in ("amount", "percent"):
        return False
    named = {tuple(level.split()) for level in _LEVEL_NAMED.findall(fold(question.text))}
    return any(not any(words.folded.issuperset(level) for words in texts) for level in named)


_LEVEL_NAMED = re.compile(r"\bcap (tinh|quoc gia|trung uong)\b")


# Asked of every piece that is read.
@lru_cache(maxsize=16)
def _classes_of(asked: str) -> tuple[tuple[str, str], ...]:
    """(word, number) of each class that a question names."""
    found = (match.groups() for match in _CLASS.finditer(fold(asked)))
    return tuple((word or "sao", number or stars) for stars, word, number in found)


# Of "hạng 5 sao" the stars are the class.
_CLASS = re.compile(r"\b(?:hang )?(\d) sao\b|\b(hang|cap do|muc do|loai|nhom|bac|dot) (\d)\b(?!,\d|\s*[%/])")
_NUMERALS = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")


def _says_class(word: str, number: str, words: Words) -> bool:
    pairs, numbers = words.folded_pairs, (number, _NUMERALS[int(number)])
    if word == "sao":
        return any((number, word) in pairs for number in numbers)
    # "mức độ 3, 4" names both, and "mức 3" the first.
    firsts = {second for first, second in pairs if first in word.split() and (second.isdigit() or second in _NUMERALS)}
    return any(n in firsts or any((first, n) in pairs for first in firsts) for n in numbers)


def numbered(terms: Sequence[Term]) -> list[str]:
    """The folded words of the terms that a Roman numeral tells from others of their kind: "khóa XVI"."""
    return [" ".join(t.folded) for t in terms if any(_ROMAN.fullmatch(token.folded) for token in t.tokens)]


# Those of one letter, "vi" and "xi" are syllables too.
_ROMAN = re.compile(r"(?!vi$|xi$)(?:x{0,3}(?:ix|iv|v?i{1,3}|v)|x{2,3})(?<=..)")


def _is_level(question: Question, term: Term, before: Token) -> bool:
    """Whether a term is the level of a body ("Thanh tra huyện"), and neither asked for nor any place of that level."""
    if term.folded not in _LEVEL_TERMS or term.tokens[0].start in question.wh:
        return False
    return before.folded.isalpha() and before.folded not in _LOOSE


def _says_other(question: Question, term: Term, before: Token, unit: Unit) -> bool:
    """Whether a piece names another number or name where the question has a term that the piece lacks."""
    # "số" says nothing of its own, but much before a number.
    if not (term.folded[0].isdigit() or (term.name and not is_stop(before, question.marked))):
        return False
    pairs = itertools.pairwise(unit.words.tokens)
    followers = [second for first, second in pairs if first.folded == before.folded]
    return any(_is_like(term, follower, unit) for follower in followers)


def _before(question: Question, term: Term) -> Token | None:
    """The syllable of the question right before a term; a numeral does not know where it stands."""
    counted = term.folded[0].isdigit()
    pairs = itertools.pairwise(_words_of(question.text))
    at = term.tokens[0].start
    return next((a for a, b in pairs if (b.folded == term.folded[0] if counted else b.start == at)), None)


# Asked for every term that a piece lacks, of each piece that is read.
@lru_cache(maxsize=16)
def _words_of(question: str) -> tuple[Token, ...]:
    return tuple(tokenise(question))


def _is_like(term: Term, follower: Token, unit: Unit) -> bool:
    """Whether a syllable is a number for a number, or begins a name for a name."""
    if term.folded[0].isdigit():
        return follower.folded.isdigit()
    return unit.text[follower.start : follower.start + 1].isupper()
