"""Marks that OCR misread, mended by neighbouring syllables ("chính quyên" to "chính quyền"); digits stay.

Names that no model knows are mended by the page itself: where "Sơn Khê" was read surely twice, "SƠN KHẾ" is a slip.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from corpus.lexicon import is_syllable, log_pair, log_share, syllables

_CORE = re.compile(r"^(\W*)([^\W\d_]+)(\W*)$")
# Natural logarithms: how much likelier the neighbours must make another spelling, for each letter that changes its
# marks; more where tesseract was sure. Names change by less than 3, misread words here by 5 and more.
_MARK_COST = 3.0
_BASE_COST = 2.0
_UNKNOWN = -16.0
_MOST = 12
# A pair counts for the page when it was read so often, each time so surely; the chance that it then has.
_TIMES = 2
_CERTAIN = 95.0
_OWN_PAIR = math.log(0.3)

Pairs = frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class _Choice:
    """A spelling of one word in lower case, with what it costs to believe that tesseract saw another."""

    word: str
    cost: float


def mended(words: Sequence[str], confidences: Sequence[float]) -> list[str]:
    """The words with the likeliest marks; confidences run from 0 to 100."""
    result = list(words)
    sure = _sure_pairs(words, confidences)
    start = 0
    for stop in range(1, len(words) + 1):
        if stop == len(words) or _breaks(words[stop - 1]) or not _CORE.match(words[stop]):
            result[start:stop] = _mended_run(words[start:stop], confidences[start:stop], sure)
            start = stop
    return result


def _sure_pairs(words: Sequence[str], confidences: Sequence[float]) -> Pairs:
    """Names on this page that were read surely more than once, in lower case; common words are misread alike."""
    known = [
        _core(word) if confidence >= _CERTAIN and word[:1].isupper() else ""
        for word, confidence in zip(words, confidences, strict=True)
    ]
    pairs = [
        (known[place], known[place + 1])
        for place in range(len(words) - 1)
        if known[place] and known[place + 1] and not _breaks(words[place])
    ]
    return frozenset(pair for pair, times in Counter(pairs).items() if times >= _TIMES)


def _breaks(word: str) -> bool:
    return not _CORE.match(word) or word[-1] in ".,;:!?"


def _mended_run(words: Sequence[str], confidences: Sequence[float], sure: Pairs) -> list[str]:
    if not words or not all(_CORE.match(word) for word in words):
        return list(words)
    choices = [_choices(word, confidence) for word, confidence in zip(words, confidences, strict=True)]
    best = _best_path(choices, sure)
    return [_like(word, choice) for word, choice in zip(words, best, strict=True)]


def _choices(word: str, confidence: float) -> list[_Choice]:
    core = _core(word)
    own = _Choice(core, 0.0)
    if len(core) < 2 or not _one_case(word):
        return [own]
    scale = _BASE_COST + _MARK_COST * confidence / 100
    others = [_Choice(other, scale * _marks(core, other)) for other in _alike(_plain(core)) if not _same(core, other)]
    return [own, *sorted(others, key=lambda choice: choice.cost - log_share(choice.word))[:_MOST]]


def _best_path(choices: Sequence[Sequence[_Choice]], sure: Pairs) -> list[str]:
    """Viterbi over the pair model and the page's own pairs."""
    scores = [_first(choice.word) - choice.cost for choice in choices[0]]
    links: list[list[int]] = []
    for before, now in pairwise(choices):
        fresh, link = [], []
        for choice in now:
            steps = [score + _step(last.word, choice.word, sure) for score, last in zip(scores, before, strict=True)]
            top = max(range(len(steps)), key=steps.__getitem__)
            fresh.append(steps[top] - choice.cost)
            link.append(top)
        scores = fresh
        links.append(link)
    place = max(range(len(scores)), key=scores.__getitem__)
    path = [place]
    for link in reversed(links):
        path.append(link[path[-1]])
    return [options[index].word for options, index in zip(choices, reversed(path), strict=True)]


def _first(word: str) -> float:
    return log_share(word) if is_syllable(word) else _UNKNOWN


def _step(last: str, word: str, sure: Pairs) -> float:
    known = log_pair(last, word) if is_syllable(word) else _UNKNOWN
    return max(known, _OWN_PAIR) if (last, word) in sure else known


def _core(word: str) -> str:
    match = _CORE.match(word)
    return match[2].lower() if match else ""


def _one_case(word: str) -> bool:
    letters = "".join(char for char in word if char.isalpha())
    return letters.islower() or letters.isupper() or letters[1:].islower()


def _like(word: str, choice: str) -> str:
    """The choice in the case and between the marks of the word."""
    match = _CORE.match(word)
    if match is None or match[2].lower() == choice:
        return word
    cased = choice.upper() if match[2].isupper() else choice.capitalize() if match[2][0].isupper() else choice
    return match[1] + cased + match[3]


def _plain(word: str) -> str:
    parts = unicodedata.normalize("NFD", word.replace("đ", "d"))
    return "".join(char for char in parts if not unicodedata.combining(char))


def _same(one: str, other: str) -> bool:
    """Whether two words differ in the place of the tone mark at most (hoà, hòa)."""
    return one == other or sorted(unicodedata.normalize("NFD", one)) == sorted(unicodedata.normalize("NFD", other))


def _marks(one: str, other: str) -> int:
    """How many letters differ in their marks."""
    return sum(a != b for a, b in zip(one, other, strict=True))


@lru_cache(maxsize=1)
def _by_plain() -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for syllable in syllables():
        found[_plain(syllable)].append(syllable)
    return dict(found)


def _alike(plain: str) -> list[str]:
    return _by_plain().get(plain, [])
