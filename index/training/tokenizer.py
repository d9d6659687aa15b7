"""The vocabulary: a Unigram tokenizer whose pieces may span several syllables.

Vietnamese words are mostly two syllables long; a piece such as `▁nghị▁quyết` gives the pair a vector of its own. The
scores are log frequencies, so that the best segmentation takes the longest known piece.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers

MARK = "▁"
# Punctuation parts the text and is dropped; a mark inside a number and the per cent sign stay. `1.947` is one word.
_BREAK = r"(?:\s*(?:[^\w .,%]|_| {2,}|[.,](?!\d)|(?<!\d)[.,]))+\s*"
_BREAKS = re.compile(_BREAK)
_PAIRS = "òa oà,óa oá,ỏa oả,õa oã,ọa oạ,òe oè,óe oé,ỏe oẻ,õe oẽ,ọe oẹ,ùy uỳ,úy uý,ủy uỷ,ũy uỹ,ụy uỵ"
_TO_NEW = dict(pair.split() for pair in _PAIRS.split(","))
_TONES = {new: old for old, new in _TO_NEW.items()}
_NEW_TONE = re.compile(rf"(?<!q)({'|'.join(_TONES)})(?!\w)")
_OLD_TONE = re.compile(rf"(?<!q)({'|'.join(_TONES.values())})(?!\w)")


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many pieces of each kind the vocabulary holds."""

    words: int = 20_000
    phrases: int = 16_000
    folded_words: int = 3_000
    folded_phrases: int = 8_000
    fragments: int = 3_500


def normalise(text: str) -> str:
    """Lower-case NFC with the old placement of tone marks (hòa, thủy)."""
    text = unicodedata.normalize("NFC", text).lower()
    return _NEW_TONE.sub(lambda found: _TONES[found.group(1)], text)


def modern(text: str) -> str:
    """The new placement of tone marks (hoà, thuỷ)."""
    return _OLD_TONE.sub(lambda found: _TO_NEW[found.group(1)], text)


def fold(text: str) -> str:
    """The text without diacritics."""
    bare = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return unicodedata.normalize("NFC", "".join(c for c in bare if not unicodedata.combining(c)))


@dataclass(frozen=True, slots=True)
class Counts:
    """Occurrences of words, of phrases (two to four words), and of characters."""

    words: Mapping[str, int]
    phrases: Mapping[str, int]
    characters: Mapping[str, int]


def count(texts: Iterable[str], least: int = 30) -> Counts:
    """Count words and phrases; phrases never run across punctuation and occur at least `least` times."""
    names: dict[str, int] = {}
    stream: list[int] = []
    characters: Counter[str] = Counter()
    for text in texts:
        text = normalise(text)
        characters.update(text)
        for run in _BREAKS.split(text):
            stream += [names.setdefault(word, len(names) + 1) for word in run.split()]
            stream.append(0)
    ids = np.asarray(stream, dtype=np.int64)
    counts = np.bincount(ids, minlength=len(names) + 1)
    words = {word: int(counts[i]) for word, i in names.items()}
    return Counts(words, _phrases(ids, list(names), counts, least), characters)


def _phrases(ids: np.ndarray, names: list[str], counts: np.ndarray, least: int) -> dict[str, int]:
    """Phrases that are words, not chance neighbours: the parts attract each other (mutual information above 2 nats)."""
    found: dict[str, int] = {}
    total = float((ids > 0).sum())
    logs = np.log(np.maximum(counts, 1))
    alive = np.ones(len(ids), dtype=bool)
    for length in (2, 3, 4):
        windows = np.lib.stride_tricks.sliding_window_view(ids, length)
        keep = np.flatnonzero(alive[: len(windows)] & (windows > 0).all(axis=1))
        rows = windows[keep]
        keys = rows[:, 0]
        for column in range(1, length):
            keys = keys * 1_000_003 + rows[:, column]  # wraps around; a collision would only miscount a rare phrase
        _, first, inverse, number = np.unique(keys, return_index=True, return_inverse=True, return_counts=True)
        alive = np.zeros(len(ids), dtype=bool)
        alive[keep] = (number >= least)[inverse]
        chosen = rows[first[number >= least]]
        number = number[number >= least]
        attraction = (np.log(number) + (length - 1) * math.log(total) - logs[chosen].sum(axis=1)) / (length - 1)
        for row, times, pull in zip(chosen, number, attraction, strict=True):
            if pull > 2.0:
                found[" ".join(names[i - 1] for i in row)] = int(times)
    return found


def top(counts: Mapping[str, int], number: int) -> dict[str, int]:
    """The most frequent keys; ties by name, so that two runs agree."""
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:number])


def fragments(words: Mapping[str, int], known: Iterable[str], number: int) -> dict[str, int]:
    """Parts of the words that are not pieces themselves, so that a rare name is more than its letters."""
    known, parts = set(known), Counter[str]()
    for word, times in words.items():
        if word in known or len(word) > 24:
            continue
        for size in (2, 3, 4, 5):
            parts[MARK + word[:size]] += times
            for start in range(1, len(word) - size + 1):
                parts[word[start : start + size]] += times
    return top({part: times * len(part) for part, times in parts.items()}, number)


def folded_counts(counts: Mapping[str, int]) -> Counter[str]:
    """Counts of the folded forms that differ from their source."""
    found: Counter[str] = Counter()
    for word, times in counts.items():
        bare = fold(word)
        if bare != word:
            found[bare] += times
    return found


def build(counts: Counts, sizes: Sizes) -> Tokenizer:
    """The tokenizer; piece 0 is unknown. Both tone placements of a piece are pieces (see `twins`)."""
    words = top(counts.words, sizes.words)
    phrases = top(counts.phrases, sizes.phrases)
    spaced = Counter({MARK + w: n for w, n in words.items()})
    spaced.update({MARK + p.replace(" ", MARK): n for p, n in phrases.items()})
    bare = Counter({MARK + w: n for w, n in top(folded_counts(words), sizes.folded_words).items()})
    bare.update({MARK + p.replace(" ", MARK): n for p, n in top(folded_counts(phrases), sizes.folded_phrases).items()})
    for piece, times in bare.items():  # folded text is the rarer kind
        spaced[piece] += max(1, times // 8)
    for piece in [p for p in spaced if modern(p.replace(MARK, " ")) != p.replace(MARK, " ")]:
        spaced[modern(piece.replace(MARK, " ")).replace(" ", MARK)] += 1
    pieces = dict(spaced)
    for part, times in fragments(counts.words, words, sizes.fragments).items():
        pieces.setdefault(part, max(1, times // 20))
    for character, times in counts.characters.items():
        if times >= 20 and not character.isspace():
            pieces.setdefault(character, 1)
    pieces.setdefault(MARK, 1)
    return _tokenizer(pieces)


def _tokenizer(pieces: Mapping[str, int]) -> Tokenizer:
    total = math.log(sum(pieces.values()))
    ordered = sorted(pieces.items(), key=lambda item: (-item[1], item[0]))
    vocabulary = [("<unk>", -30.0), *((piece, math.log(times) - total) for piece, times in ordered)]
    tokenizer = Tokenizer(models.Unigram(vocabulary, unk_id=0, byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFC(), normalizers.Lowercase()])
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(_BREAK), "removed"),
            pre_tokenizers.Metaspace(replacement=MARK, prepend_scheme="always", split=False),
        ]
    )
    tokenizer.decoder = decoders.Metaspace(replacement=MARK, prepend_scheme="always", split=False)
    return tokenizer


def twins(tokenizer: Tokenizer) -> dict[int, int]:
    """Pieces in the new tone placement → the piece in the old one, whose vector they share."""
    vocabulary = tokenizer.get_vocab()
    found: dict[int, int] = {}
    for piece, number in vocabulary.items():
        old = normalise(piece.replace(MARK, " ")).replace(" ", MARK)
        if old != piece and old in vocabulary:
            found[number] = vocabulary[old]
    return found
