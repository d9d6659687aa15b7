"""How far a text holds the words of a question, each weighed by its rarity."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from corpus.lexicon import log_pair, log_share
from index.types import DocumentRecord
from qa.language.synonyms import alternatives
from qa.language.units import Words
from qa.language.words import tokenise
from qa.understanding.asked import Term
from qa.understanding.claimed import asides_of
from qa.understanding.question import Question

Frequency = Callable[[Term, bool], float]


@dataclass(frozen=True, slots=True)
class Weighted:
    """A question's content words with their weights (rarity in the library)."""

    terms: tuple[tuple[Term, float], ...]

    @property
    def total(self) -> float:
        """Sum of the weights."""
        return sum(weight for _, weight in self.terms)


def weigh(question: Question, rarity: Frequency) -> Weighted:
    """Content words with their weights; those by which questions ask count little."""
    said, asides = _said(), asides_of(question.text)

    def worth(term: Term) -> float:
        share = said.get(" ".join(term.exact), 1.0)
        at = term.tokens[0].start
        aside = not term.name and any(start < at < end for start, end in asides)
        return rarity(term, question.marked) * share * (_ASIDE_SHARE if aside else 1.0)

    return Weighted(tuple((term, worth(term)) for term in question.terms))


_ASIDE_SHARE = 0.3


@lru_cache(maxsize=1)
def _said() -> dict[str, float]:
    """Words that an answer seldom repeats, with their share of the usual; written by `python -m eval.said`."""
    lines = (files("qa") / "data" / "said.txt").read_text("utf-8").splitlines()
    return {word: float(share) for word, _, share in (line.partition("\t") for line in lines)}


def idf(frequency: float, total: float) -> float:
    """Inverse document frequency as in BM25."""
    return math.log(1.0 + (total - frequency + 0.5) / (frequency + 0.5))


def unusual(word: tuple[str, ...]) -> float:
    """How unusual one or two syllables are in Vietnamese at large: 0.2 for everyday words, 1 for unknown ones."""
    surprise = -log_share(word[0]) - (log_pair(word[0], word[1]) if len(word) == 2 else 0.0)
    return min(1.0, max(0.2, (surprise - _EVERYDAY) / _SPREAD))


_EVERYDAY, _SPREAD = 5.0, 9.0


def match(term: Term, words: Words, marked: bool) -> float:
    """How far a text holds a term: 1 whole, less for another tone or for syllables that stand apart, 0 not."""
    if _ORDINALS.get(term.folded[0], _NO_PAIR) in words.folded_pairs:
        return 1.0
    known = any(syllable in words.folded for syllable in term.folded)
    best = _match(term.exact, term.folded, words, marked) if known else 0.0
    if (
        best < _SYNONYM_SHARE
        and len(term.tokens) == 1
        and _is_acronym(term.folded[0])
        and term.folded[0] in words.initials
    ):
        return _SYNONYM_SHARE
    if best < _SYNONYM_SHARE:
        for other in alternatives(term.folded):
            if len(other) == 1 and other[0] not in words.folded_alone:
                # "trường" for "trường học" is not the one of "thị trường".
                continue
            if all(syllable in words.folded for syllable in other) and _together(other, words):
                return _SYNONYM_SHARE
    return best


# "Trung ương 6" is written "Hội nghị lần thứ sáu".
_ORDINALS = {
    str(number): ("thu", word)
    for number, word in enumerate("nhat hai ba tu nam sau bay tam chin muoi".split(), start=1)
}
_NO_PAIR = ("", "")
_SYNONYM_SHARE = 0.75
_SCATTERED_SHARE = 0.5
_CLOSE = 6
_VOWELS = frozenset("aeiouy")


def _is_acronym(folded: str) -> bool:
    """Whether three letters or more cannot be a syllable: "ttdvnn", "nckh"."""
    return len(folded) >= 3 and folded.isalpha() and not _VOWELS & set(folded)


def _together(syllables: tuple[str, ...], words: Words) -> bool:
    return all(pair in words.folded_pairs for pair in itertools.pairwise(syllables))


def _match(exact: tuple[str, ...], folded: tuple[str, ...], words: Words, marked: bool) -> float:
    if len(exact) == 1:
        return _match_single(exact[0], folded[0], words, marked)
    pair, folded_pair = (exact[0], exact[1]), (folded[0], folded[1])
    if marked and pair in words.exact_pairs:
        return 1.0
    if folded_pair in words.folded_pairs:
        return 0.85 if marked else 1.0
    held = words.exact if marked else words.folded
    syllables = exact if marked else folded
    if not all(syllable in held for syllable in syllables):
        return 0.0
    return _SCATTERED_SHARE if _close(syllables, words, marked) else 0.3


def _close(syllables: tuple[str, ...], words: Words, marked: bool) -> bool:
    """Whether two syllables stand a few words apart: "gom rác" in "rác thải tập trung; việc thu gom"."""
    tokens = words.tokens
    first, second = ([i for i, t in enumerate(tokens) if (t.exact if marked else t.folded) == s] for s in syllables)
    return any(abs(a - b) <= _CLOSE for a in first for b in second)


def _match_single(exact: str, folded: str, words: Words, marked: bool) -> float:
    """A syllable counts whole only where it is a word of its own."""
    if marked:
        if exact in words.exact:
            return 1.0 if exact in words.exact_alone else 0.4
        return 0.2 if folded in words.folded else 0.0
    if folded in words.folded:
        return 1.0 if folded in words.folded_alone else 0.4
    return 0.0


def header_words(record: DocumentRecord, opening: str = "") -> Words:
    """Words of a document's header.

    Args:
        opening: the words that say what a document is about whose subject does not, or that has none.
    """
    metadata = record.metadata
    parts = (
        metadata.kind,
        metadata.number,
        metadata.issuer,
        metadata.place,
        metadata.subject,
        opening,
        metadata.period,
    )
    return Words(tokenise(". ".join(part for part in parts if part)))
