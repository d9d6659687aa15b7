"""Questions as they were meant: wrong or missing marks, doubled and swapped letters, by the company words keep.

A noisy channel (Kernighan, Church and Gale 1990) over syllables. Only a syllable that goes with neither of its
neighbours is doubted. A name is left as it was typed with its marks, since another person or district is no typing
error; without marks it gets those with which the library knows it.
"""

from __future__ import annotations

import itertools
import math
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from corpus.lexicon import log_pair, log_share, syllables
from corpus.text import canonical_tone, fold, is_vietnamese_syllable
from index.library import Library
from index.queries import edits
from qa.language.words import ACRONYMS, STOP_EXACT, has_marks, is_word
from qa.understanding.patterns import CLASSIFIERS
from qa.understanding.telex import decoded, toneless

_WORD = re.compile(r"(?<![\w/&-])[^\W\d_]+(?![\w/&]|-\w)")
_FIGURE = re.compile(r" +\d")
_FIGURE_BEFORE = re.compile(r"\d +$")
_JOINS = re.compile(r"[ ]+")
_GOES_WITH = 1.5
"""Nats above chance at which two syllables go together."""
_LEFT_OUT, _OTHER_MARK, _TELEX = 3.0, 5.0, 1.0
_DOUBLED, _SWAPPED, _DROPPED, _CHANGED = 3.0, 4.0, 6.0, 8.0
_MARKS_TOO = 2.0
_NUMBERS = 3.0
"""Nats by which "năm" or "điều" is likelier right before a figure."""
_RARE = -13.0
_SHORTEST = 3
_MOST_FORMS = 12
_LEAST_GAIN = 1.0
_LARGE_SHARE, _FEW = 0.5, 3.0
_ASKS = 0.006
"""Least chance of each word that asks, anywhere in a question: text that the counts are from says it seldom."""
_ASKING = frozenset(
    """mấy nào gì ai đâu sao ký hôm năm hỏi vậy ở mình số bao là có không được đã những các của cho do đạt
    ngày""".split()
)
_NUMBERED = frozenset("năm tháng ngày quý số điều khoản mục mức lần".split())
_MEASURES = frozenset("ha tấn tạ tỷ triệu đồng mét".split())
_ASKING_NEXT = {"bao": frozenset(("nhiêu",)), "nhiêu": _MEASURES, "mấy": _MEASURES}
_ASKING_BARE = frozenset(map(fold, _ASKING))
_Path = tuple[float, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class _Word:
    start: int
    end: int
    text: str
    numbered: bool = False
    counted: bool = False

    @property
    def exact(self) -> str:
        return canonical_tone(self.text.lower())


class Speller:
    """Mends questions by the words of a library and of Vietnamese at large."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def mend(self, text: str) -> str:
        """The text with its typing errors mended; itself where there are none."""
        marked = has_marks(text)
        words = [
            _Word(*m.span(), m[0], bool(_FIGURE.match(text, m.end())), _is_counted(text, m.start()))
            for m in _WORD.finditer(text)
        ]
        mended = list(text)
        for run in _runs(words, text):
            for word, meant in zip(run, self._meant(run, marked), strict=True):
                if meant != word.exact:
                    mended[word.start : word.end] = [_cased(word.text, meant), *[""] * (word.end - word.start - 1)]
        return "".join(mended)

    def _meant(self, run: Sequence[_Word], marked: bool) -> tuple[str, ...]:
        """The likeliest syllables of a run of words (Viterbi 1967)."""
        steps = [self._candidates(run, place, marked) for place in range(len(run))]
        paths: dict[str, _Path] = {form: (self._log_alone(form) - cost, (form,)) for form, cost in steps[0].items()}
        for step in steps[1:]:
            paths = {form: self._best(form, cost, paths) for form, cost in step.items()}
        best = max(paths.values())
        return best[1]

    def _best(self, form: str, cost: float, paths: dict[str, _Path]) -> _Path:
        """The best path that ends in a form."""
        scored = [(score + self._log_next(before, form) - cost, kept) for before, (score, kept) in paths.items()]
        score, kept = max(scored)
        return score, (*kept, form)

    def _candidates(self, run: Sequence[_Word], place: int, marked: bool) -> dict[str, float]:
        """What a word may have been meant to be, with what the slip costs."""
        word = run[place]
        exact, own = word.exact, {word.exact: 0.0}
        if marked and (other := _other_i(exact)) and max(exact, other, key=self._said) == other:
            return {other: 0.0}
        bare_letter = len(exact) < 2 and (marked or exact != "o")
        if _is_acronym(word) or exact in ACRONYMS or bare_letter or (word.counted and exact in CLASSIFIERS):
            return own
        plain = fold(exact)
        real = log_share(exact) > _RARE if marked else plain in _at_large()
        known = real or self._known(exact, marked)
        if known and not marked:
            # Typed without diacritics: all of its marked forms are as likely meant as the words beside it make them.
            likelier = _NUMBERED if word.numbered else frozenset[str]()
            return {form: -_NUMBERS if form in likelier else 0.0 for form in self._forms(plain)} or own
        if word.text[:1].isupper() and _in_name(run, place) and (known or (exact != plain and plain in _at_large())):
            return self._names(run, place) or own
        bare = marked and exact == plain
        fits = known and (exact in STOP_EXACT or self._goes(run, place))
        if fits and not bare:
            return own
        found = dict(own)
        if marked:
            forms = [form for form in self._forms(plain) if form != exact]
            if real:
                # It is doubted for what it would make with a neighbour ("kinh nghiêm", "tác xả") or if bare.
                forms = [f for f in forms if self._commoner(f, exact) and (bare or self._joins(run, place, f))]
            found.update({form: _mark_cost(exact, form, fits) for form in forms})
        if not known and len(plain) >= _SHORTEST:
            for form, slip in self._slips(exact).items():
                found[form] = min(slip, found.get(form, slip))
        return found

    def _joins(self, run: Sequence[_Word], place: int, form: str) -> bool:
        """Whether a form makes a word with a neighbour; of what no document says, also one that goes well with it."""
        exact, before, behind = run[place].exact, run[place - 1 : place], run[place + 1 : place + 2]
        pairs = [*((word.exact, form) for word in before), *((form, word.exact) for word in behind)]
        return any(is_word(*pair) for pair in pairs) or (
            not self._known(exact, marked=True) and any(self._goes_well(*pair) for pair in pairs)
        )

    def _goes_well(self, first: str, second: str) -> bool:
        """Whether the library says two syllables together, and Vietnamese at large far more often than by chance."""
        said = self._library.frequency((first, second), marked=True) > 0
        return said and log_pair(first, second) - log_share(second) > 2 * _GOES_WITH

    def _slips(self, exact: str) -> dict[str, float]:
        """What an unknown word was meant to be, if a key of Telex was left in it or its letters are wrong."""
        keyed = decoded(exact)
        found = {form: _TELEX for form in self._forms(fold(keyed[0])) if toneless(form) == keyed}
        for near in self._near(fold(exact)):
            for form in self._forms(near):
                found.setdefault(form, _slip_cost(exact, form))
        return found

    def _commoner(self, form: str, exact: str) -> bool:
        """Whether the library says a form more often than what was typed."""
        return self._library.frequency((form,), marked=True) > self._library.frequency((exact,), marked=True)

    def _said(self, form: str) -> tuple[int, float]:
        """How often a form is said: in the library, then in Vietnamese at large."""
        return self._library.frequency((form,), marked=True), log_share(form)

    def _names(self, run: Sequence[_Word], place: int) -> dict[str, float]:
        """A syllable of a name, and the marks with which the library knows the name where it does not as typed."""
        exact = run[place].exact
        sides = [w.exact for w in run[place - 1 : place] if w.text[:1].isupper()]
        another = exact != fold(exact) and is_vietnamese_syllable(exact)
        if another or not sides or self._library.frequency((sides[0], exact), marked=True):
            return {}
        forms = (form for form in self._forms(fold(exact)) if self._library.frequency((sides[0], form), marked=True))
        return {exact: 0.0, **dict.fromkeys(forms, _LEFT_OUT)}

    def _known(self, exact: str, marked: bool) -> bool:
        return self._library.frequency((exact if marked else fold(exact),), marked=marked) > 0

    def _goes(self, run: Sequence[_Word], place: int) -> bool:
        """Whether a word goes with one of its neighbours."""
        pairs = itertools.pairwise(word.exact for word in run[max(0, place - 1) : place + 2])
        return any(self._go_together(*pair) for pair in pairs)

    def _go_together(self, first: str, second: str) -> bool:
        if self._library.frequency((first, second), marked=True) > 0:
            return True
        return log_pair(first, second) - log_share(second) > _GOES_WITH

    def _forms(self, plain: str) -> Sequence[str]:
        """The marked syllables of a plain one that the library or everyday Vietnamese says."""
        counted = {form: self._library.frequency((form,), marked=True) for form in _at_large().get(plain, ())}
        told = sorted(counted, key=lambda form: (-counted[form], -log_share(form)))
        return told[:_MOST_FORMS]

    def _near(self, plain: str) -> list[str]:
        """Plain syllables one slip away that the library says."""
        large = _at_large()
        return sorted(
            near
            for near in edits(plain)
            if near in large and (self._library.frequency((near,)) > 0 or near in _ASKING_BARE)
        )

    def _log_alone(self, form: str) -> float:
        return math.log(math.exp(log_share(form)) + (_ASKS if form in _ASKING else 0.0))

    def _log_next(self, before: str, form: str) -> float:
        """Chance that a syllable follows another, in Vietnamese at large and in the library."""
        large = math.exp(log_pair(before, form))
        of = self._library.frequency((before,), marked=True)
        together = self._library.frequency((before, form), marked=True) / (of + _FEW)
        asks = form in _ASKING or form in _ASKING_NEXT.get(before, ())
        chance = _LARGE_SHARE * large + (1.0 - _LARGE_SHARE) * min(1.0, together)
        return math.log(chance + (_ASKS if asks else 0.0) + 1e-12)


def _is_counted(text: str, start: int) -> bool:
    """Whether a figure stands right before: "3.000 con" is no "còn"."""
    return bool(_FIGURE_BEFORE.search(text, 0, start))


def _runs(words: Sequence[_Word], text: str) -> list[list[_Word]]:
    """Words with nothing but blanks between them."""
    runs: list[list[_Word]] = []
    for word in words:
        if _is_acronym(word) or (runs and _is_acronym(runs[-1][-1])):
            # What an acronym goes with tells nothing of the syllable beside it.
            runs.append([word])
        elif runs and _JOINS.fullmatch(text, runs[-1][-1].end, word.start):
            runs[-1].append(word)
        else:
            runs.append([word])
    return runs


def _in_name(run: Sequence[_Word], place: int) -> bool:
    """Whether a capital stands beside another: "Sơn Khê", but not "Hội đồng"."""
    beside = (*run[max(0, place - 1) : place], *run[place + 1 : place + 2])
    return not beside or any(word.text[:1].isupper() for word in beside)


def _is_acronym(word: _Word) -> bool:
    return word.text.isupper() and len(word.text) > 1


def _mark_cost(typed: str, meant: str, fits: bool) -> float:
    """What other marks cost: little where some were left out of a word that does not fit its neighbours."""
    return _LEFT_OUT if _marks(typed) < _marks(meant) and not fits else _OTHER_MARK


def _slip_cost(typed: str, meant: str) -> float:
    """What one wrong letter costs, and marks that are other than those typed."""
    plain, other = fold(typed), fold(meant)
    if len(plain) > len(other):
        doubled = any(
            a == b and plain[:i] + plain[i + 1 :] == other for i, (a, b) in enumerate(itertools.pairwise(plain))
        )
        cost = _DOUBLED if doubled else _DROPPED
    elif len(plain) < len(other):
        cost = _DROPPED
    else:
        cost = _SWAPPED if sorted(plain) == sorted(other) else _CHANGED
    return cost + (0.0 if _marks(typed) == _marks(meant) else _MARKS_TOO)


def _other_i(exact: str) -> str:
    """The same syllable with its "i" written as "y", or the other way round ("kí", "tỷ"); "" where there is none."""
    match = _ENDS_IN_I.fullmatch(exact)
    return match[1] + match[2].translate(_I_AND_Y) if match else ""


_ENDS_IN_I = re.compile(r"([hklmst](?![iy])|qu)([íìỉĩịýỳỷỹỵiy])")
_I_AND_Y = str.maketrans("íìỉĩịýỳỷỹỵiy", "ýỳỷỹỵíìỉĩịyi")


def _marks(word: str) -> frozenset[str]:
    """The marks of a word, wherever they stand."""
    return frozenset(char for char in unicodedata.normalize("NFD", word) if unicodedata.combining(char) or char == "đ")


def _cased(typed: str, meant: str) -> str:
    return meant[:1].upper() + meant[1:] if typed[:1].isupper() else meant


@lru_cache(maxsize=1)
def _at_large() -> dict[str, tuple[str, ...]]:
    """Plain syllable → the marked ones that running text uses."""
    table: dict[str, list[str]] = {}
    for syllable in syllables():
        if log_share(syllable) > _RARE - 2:
            table.setdefault(fold(syllable), []).append(canonical_tone(syllable))
    return {plain: tuple(dict.fromkeys(forms)) for plain, forms in table.items()}
