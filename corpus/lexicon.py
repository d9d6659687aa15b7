"""Vietnamese syllables and their neighbours: how plausible words are, for text layers, OCR and split words."""

from __future__ import annotations

import lzma
import math
import re
import unicodedata
from functools import lru_cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

_WORD = re.compile(r"[^\W\d_]+")
# Share of the syllable model in the pair model: pairs that training never saw are not impossible.
_BACKOFF = 0.05


@lru_cache(maxsize=1)
def _syllables() -> dict[str, tuple[int, int]]:
    """Syllable → (place, count) from corpus/data/syllables.txt, most frequent first."""
    text = resources.files("corpus").joinpath("data/syllables.txt").read_text(encoding="utf-8")
    pairs = (line.split("\t") for line in text.splitlines())
    return {syllable: (place, int(count)) for place, (syllable, count) in enumerate(pairs)}


@lru_cache(maxsize=1)
def _total() -> int:
    return sum(count for _, count in _syllables().values())


@lru_cache(maxsize=1)
def _pairs() -> tuple[NDArray[np.uint32], NDArray[np.uint8]]:
    """Keys (first * 2^16 + second, ascending) and eight times the logarithm of their counts."""
    packed = lzma.decompress(resources.files("corpus").joinpath("data/pairs.xz").read_bytes())
    count = len(packed) // 5
    planes = np.frombuffer(packed, dtype=np.uint8, count=4 * count).reshape(4, count)
    steps = np.ascontiguousarray(planes.T).view("<u4").ravel()
    return np.cumsum(steps, dtype=np.uint32), np.frombuffer(packed, dtype=np.uint8, offset=4 * count)


def is_syllable(word: str) -> bool:
    """Whether the word, in any case, is a syllable that Vietnamese running text uses."""
    return unicodedata.normalize("NFC", word).lower() in _syllables()


def log_share(syllable: str) -> float:
    """Natural logarithm of a lower-case syllable's share of running text; about -19 where it is unknown."""
    return math.log((_syllables().get(syllable, (0, 0))[1] or 0.5) / _total())


@lru_cache(maxsize=50_000)
def log_pair(first: str, second: str) -> float:
    """Natural logarithm of the chance that `second` follows `first` (both lower case, NFC)."""
    single = log_share(second)
    one, two = _syllables().get(first), _syllables().get(second)
    if one is None or two is None:
        return math.log(_BACKOFF) + single
    keys, logs = _pairs()
    key = np.uint32((one[0] << 16) | two[0])
    place = int(np.searchsorted(keys, key))
    if place == len(keys) or keys[place] != key:
        return math.log(_BACKOFF) + single
    share = min(1.0, math.exp(float(logs[place]) / 8) / one[1])
    return math.log((1 - _BACKOFF) * share + _BACKOFF * math.exp(single))


def words(text: str) -> list[str]:
    """Runs of letters, NFC."""
    return _WORD.findall(unicodedata.normalize("NFC", text))


def plausibility(text: str) -> float:
    """Share (0..1) of the letters that stand in Vietnamese syllables or abbreviations; 0 where there are no words."""
    known = total = 0
    for word in words(text):
        total += len(word)
        known += len(word) * (_well_cased(word) and (is_syllable(word) or _is_abbreviation(word)))
    return known / total if total else 0.0


def _well_cased(word: str) -> bool:
    """Small, Capitalised or ALL CAPITALS; junk mixes them."""
    return word.islower() or word.isupper() or word[1:].islower()


def _is_abbreviation(word: str) -> bool:
    return word.isupper() and 2 <= len(word) <= 6


def syllables() -> tuple[str, ...]:
    """All syllables, lower case, most frequent first."""
    return tuple(_syllables())
