"""A question as weighted terms: its own words, other spellings of them, and what they are worth."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from corpus.numbers import find_numbers, number_key
from corpus.text import fold
from index.abbreviations import Abbreviations
from index.fusion import QUESTION_WORDS, idf
from index.lexical import Term
from index.readings import Reading, holding
from index.restoring import Frequencies, restore
from index.settings import Weights
from index.tokens import Words, has_diacritics, pairs, words

_MOST_SYLLABLES = 160
_MOST_CHARACTERS = 4_000
_SHORTEST_MENDED = 3
_LETTERS = "abcdefghijklmnopqrstuvwxyz"

# Headings under which reports put the same thing; folded.
_SECTION_KINDS: dict[str, tuple[str, ...]] = {
    "han che": ("han che", "ton tai", "kho khan", "vuong mac", "yeu kem", "khuyet diem"),
    "ket qua": ("ket qua", "thanh tuu", "uu diem", "mat duoc"),
    "nguyen nhan": ("nguyen nhan",),
    "kien nghi": ("kien nghi", "de xuat"),
    "phuong huong": ("phuong huong", "nhiem vu", "muc tieu", "giai phap", "ke hoach"),
    "bai hoc": ("bai hoc", "kinh nghiem"),
    "to chuc thuc hien": ("to chuc thuc hien",),
    "phu luc": ("phu luc", "danh muc", "bieu"),
}


@dataclass(frozen=True, slots=True)
class Question:
    """A question, analysed.

    Args:
        text: NFC, cut to a sane length.
        terms: what to look for in the lexical index.
        content: folded content word → its weight (IDF); for `coverage`.
        alternatives: folded content word → other folded words, all of which stand for it ("khcn" → "khoa", "hoc" …).
        restored: the text with diacritics, where it was typed without any and they could be guessed.
    """

    text: str
    words: Words
    terms: tuple[Term, ...]
    content: Mapping[str, float]
    alternatives: Mapping[str, tuple[tuple[str, ...], ...]]
    restored: str | None = None

    def held(self, readings: Sequence[Reading]) -> NDArray[np.bool_]:
        """Which content words each text holds, itself or in another spelling; shape (texts, len(content))."""
        forms = {word: self.alternatives.get(word, ()) for word in self.content}
        wanted = dict.fromkeys([*forms, *chain.from_iterable(chain.from_iterable(forms.values()))])
        place = {word: i for i, word in enumerate(wanted)}
        # Compound acronyms stand outside the order of the words, so each text is looked through in two parts.
        texts = [*(reading.folded for reading in readings), *(reading.joined for reading in readings)]
        each, joined = np.split(holding(texts, place, len(place)), 2)
        found = each | joined
        held = np.zeros((len(readings), len(forms)), bool)
        for column, (word, spellings) in enumerate(forms.items()):
            held[:, column] = found[:, place[word]]
            for spelling in spellings:
                held[:, column] |= found[:, [place[token] for token in spelling]].all(axis=1)
        return held


@dataclass(frozen=True, slots=True)
class Dictionary:
    """What a question is compared with.

    Args:
        abbreviations: acronyms both ways.
        frequency: folded syllable → number of chunks that hold it.
        vocabulary: all folded syllables with that number; asked for only where a word is unknown.
        chunks: number of chunks.
        accents: what diacritics are restored from; asked for only where a question has none.
    """

    abbreviations: Abbreviations
    frequency: Callable[[str], int]
    vocabulary: Callable[[], Mapping[str, int]]
    chunks: int
    accents: Callable[[], Frequencies] | None = None


def analyse(text: str, dictionary: Dictionary, weights: Weights) -> Question:
    """Turn a question into weighted terms."""
    text = text[:_MOST_CHARACTERS]
    found = words(text)
    found = Words(found.syllables[:_MOST_SYLLABLES], found.folded[:_MOST_SYLLABLES], found.joined)
    mended = _mend(found, dictionary)
    alternatives = _alternatives(found, mended, dictionary)
    restored = _restored(found, dictionary)
    scale: dict[tuple[str, str], float] = {}
    for term in _typed(found, weights):
        scale[term.field, term.token] = scale.get((term.field, term.token), 0.0) + term.weight
    added = (_added(found, dictionary, weights), _mended(found, mended, weights), _accented(restored, weights))
    for term in chain(*added, _numbers(text, weights)):
        scale.setdefault((term.field, term.token), term.weight)
    terms = tuple(Term(field, token, weight) for (field, token), weight in scale.items() if weight > 0)
    return Question(text, found, terms, _content(found, mended, dictionary), alternatives, " ".join(restored) or None)


def section_names(section: str) -> tuple[tuple[str, ...], ...] | None:
    """What the headings have to hold: the words of the filter, or of any name of that kind of section."""
    typed = " ".join(words(section).folded)
    if not typed:
        return None
    names = next((names for names in _SECTION_KINDS.values() if typed in names), (typed,))
    return tuple(tuple(name.split()) for name in names)


def _typed(found: Words, weights: Weights) -> Iterator[Term]:
    exact = has_diacritics(found)
    plain, plain_pairs = (weights.folded, weights.folded_pairs) if exact else (weights.syllables, weights.pairs)
    folded_pairs = pairs(found.folded)
    if exact:
        yield from (Term("syllables", token, weights.syllables) for token in found.syllables)
        yield from (Term("pairs", token, weights.pairs) for token in pairs(found.syllables))
    yield from (Term("folded", token, plain) for token in found.folded)
    yield from (Term("folded_pairs", token, plain_pairs) for token in folded_pairs)
    yield from (Term("heads", token, weights.heads) for token in (*found.folded, *folded_pairs))


def _added(found: Words, dictionary: Dictionary, weights: Weights) -> Iterator[Term]:
    """Other spellings of acronyms, and acronyms of long forms."""
    marked = has_diacritics(found)
    for token in found.joined:
        yield Term("folded", fold(token), weights.expansion)
    for expansion in dictionary.abbreviations.expand(found):
        for form in expansion.forms:
            exact = words(" ".join(form))
            tokens, field = (exact.syllables, "syllables") if marked else (exact.folded, "folded")
            yield from (Term(field, token, weights.expansion * weights.syllables) for token in tokens)
            other = "pairs" if marked else "folded_pairs"
            yield from (Term(other, token, weights.expansion * weights.pairs) for token in pairs(tokens))


def _mended(found: Words, mended: Mapping[str, str], weights: Weights) -> Iterator[Term]:
    if not mended:
        return
    tokens = [mended.get(token, token) for token in found.folded]
    yield from (Term("folded", token, weights.expansion) for token in mended.values())
    joined = (pair for pair in pairs(tokens) if any(part in pair.split("_") for part in mended.values()))
    yield from (Term("folded_pairs", pair, weights.expansion) for pair in joined)


def _restored(found: Words, dictionary: Dictionary) -> tuple[str, ...]:
    """The question's syllables with diacritics; empty where it has some, or they cannot be guessed."""
    if dictionary.accents is None or has_diacritics(found) or not dictionary.chunks:
        return ()
    restored = restore(found.folded, dictionary.accents()) or ()
    return () if restored == found.folded else restored


def _accented(restored: tuple[str, ...], weights: Weights) -> Iterator[Term]:
    yield from (Term("syllables", token, weights.restored * weights.syllables) for token in restored)
    yield from (Term("pairs", token, weights.restored * weights.pairs) for token in pairs(restored))


def _numbers(text: str, weights: Weights) -> Iterator[Term]:
    for _, _, number in find_numbers(text):
        yield Term("numbers", number_key(number), weights.numbers)


def _content(found: Words, mended: Mapping[str, str], dictionary: Dictionary) -> dict[str, float]:
    content: dict[str, float] = {}
    for token in found.folded:
        if token not in QUESTION_WORDS:
            content[token] = idf(dictionary.chunks, dictionary.frequency(mended.get(token, token)))
    return content


def _alternatives(
    found: Words, mended: Mapping[str, str], dictionary: Dictionary
) -> dict[str, tuple[tuple[str, ...], ...]]:
    other: dict[str, list[tuple[str, ...]]] = {wrong: [(right,)] for wrong, right in mended.items()}
    for expansion in dictionary.abbreviations.expand(found):
        forms = [words(" ".join(form)).folded for form in expansion.forms]
        for token in found.folded[expansion.start : expansion.end]:
            other.setdefault(token, []).extend(forms)
    return {token: tuple(forms) for token, forms in other.items()}


def _mend(found: Words, dictionary: Dictionary) -> dict[str, str]:
    """Words that no chunk holds → the most frequent word one edit away."""
    known_forms = {token for e in dictionary.abbreviations.expand(found) for token in found.folded[e.start : e.end]}
    mended: dict[str, str] = {}
    for token in dict.fromkeys(found.folded):
        unknown = token.isascii() and token.isalpha() and len(token) >= _SHORTEST_MENDED and token not in known_forms
        if unknown and dictionary.chunks and not dictionary.frequency(token):
            best = nearest(token, dictionary.vocabulary())
            if best:
                mended[token] = best
    return mended


def nearest(token: str, vocabulary: Mapping[str, int]) -> str | None:
    """The most frequent known word that one insertion, deletion, change or swap makes of a token (Norvig 2007)."""
    known = [word for word in edits(token) if word in vocabulary]
    return max(known, key=lambda word: (vocabulary[word], word), default=None)


def edits(token: str) -> set[str]:
    """All that one insertion, deletion, change or swap makes of a token."""
    splits: Sequence[tuple[str, str]] = [(token[:cut], token[cut:]) for cut in range(len(token) + 1)]
    swaps = {left + right[1] + right[0] + right[2:] for left, right in splits if len(right) > 1}
    shorter = {left + right[1:] for left, right in splits if right}
    changed = {left + letter + right[1:] for left, right in splits if right for letter in _LETTERS}
    longer = {left + letter + right for left, right in splits for letter in _LETTERS}
    return swaps | shorter | changed | longer
