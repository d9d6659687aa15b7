"""What the learned order knows of each candidate: one row of numbers, all candidates computed at once.

Question and passages are compared without diacritics, word numbers against word numbers (`index.readings`).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.fusion import QUESTION_WORDS, weighed, z_scores
from index.queries import Question
from index.readings import Numbers, Reading, holding, places, read
from index.searching import Candidate
from index.tokens import has_diacritics, words
from index.windows import blend

FEATURES = (
    "lexical_z",
    "lexical_share",
    "dense_z",
    "dense_gap",
    "window_z",
    "window_gap",
    "sentence_z",
    "sentence_gap",
    "blend_z",
    "fused_gap",
    "rank",
    "coverage",
    "soft",
    "soft_z",
    "soft_gap",
    "soft_sentence",
    "soft_sentence_z",
    "soft_sentence_gap",
    "coverage_local",
    "window_25",
    "window_12",
    "pairs",
    "pair_rarity",
    "triples",
    "run",
    "rarest_missing",
    "missing",
    "exact",
    "saturated_z",
    "length",
    "question_length",
    "head",
    "numbers",
    "opening",
    "opening_share",
)
_LONGEST = 700
_WIDTHS = (25, 12)
_GAP = max(_WIDTHS)
_ASKING = dict.fromkeys(QUESTION_WORDS, 0)

Floats = NDArray[np.float32]
Places = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class _Asked:
    """The question's words in order, their weights (0 for words that only ask), and where each stands."""

    tokens: tuple[str, ...]
    weights: Floats
    place: dict[str, int]

    @property
    def total(self) -> float:
        """All weights together; never 0."""
        return max(float(self.weights.sum()), 1e-6)


def _asked(question: Question) -> _Asked:
    tokens = tuple(dict.fromkeys(question.words.folded))
    weights = np.array([question.content.get(token, 0.0) for token in tokens], np.float32)
    if not weights.any():
        weights = np.ones(len(tokens), np.float32)
    place = {token: i for i, token in enumerate(tokens)}
    for token, forms in question.alternatives.items():
        for form in forms:
            if len(form) == 1 and token in place:
                place.setdefault(form[0], place[token])
    return _Asked(tokens, weights, place)


def features(question: Question, found: Sequence[Candidate]) -> Floats:
    """One row a candidate, shape (candidates, len(FEATURES))."""
    readings = [candidate.reading or read(candidate.chunk) for candidate in found]
    asked = _asked(question)
    matches, rest = _matches(asked, question, readings), _rest(asked, readings)
    table = np.column_stack([*_scores(found), *_soft(found), *matches, *rest])
    return np.nan_to_num(table.astype(np.float32))


def _scores(found: Sequence[Candidate]) -> Iterator[Floats]:
    """lexical_z … coverage. What was not compared by stretches counts as the worst of what was."""
    lexical, dense, fused, coverage = (
        np.array([candidate.parts.get(name, 0.0) for candidate in found], np.float32)
        for name in ("lexical", "dense", "fused", "coverage")
    )
    yield z_scores(lexical)
    yield lexical / max(float(lexical.max()), 1e-6)
    yield z_scores(dense)
    yield dense.max() - dense
    for value in (lambda parts: parts["window"], lambda parts: parts["sentence"], blend):
        known = [value(candidate.parts) for candidate in found if "window" in candidate.parts]
        scores = np.array(known + [min(known, default=0.0)] * (len(found) - len(known)), np.float32)
        yield z_scores(scores)
        if value is not blend:
            yield scores.max() - scores
    yield fused.max() - fused
    yield np.log1p(np.array([candidate.rank for candidate in found], np.float32))
    yield coverage


def _soft(found: Sequence[Candidate]) -> Iterator[Floats]:
    """From soft to soft_sentence_gap; zeros where the model has no pieces."""
    for name in ("soft", "soft_sentence"):
        met = np.array([candidate.parts.get(name, 0.0) for candidate in found], np.float32)
        yield met
        yield z_scores(met)
        yield met.max() - met


def _matches(asked: _Asked, question: Question, readings: Sequence[Reading]) -> Iterator[Floats]:
    """coverage_local … saturated_z: all passages stand in one row of numbers, with gaps wider than a window."""
    found, starts, lengths = _positions(asked, [reading.folded[:_LONGEST] for reading in readings])
    counts = _counts(found, starts, len(asked.tokens))
    weights = asked.weights
    rare = np.where(weights > 0, np.log((len(readings) + 1) / ((counts > 0).sum(axis=0) + 0.5)), 0.0)
    yield (weighed(counts > 0, rare) / max(float(rare.sum()), 1e-6)).astype(np.float32)
    yield from _best_windows(found, starts, weights) / asked.total
    yield from _runs(found, starts, weights)
    missing = ~_present(question, asked, readings) * weights
    yield missing.max(axis=1, initial=0.0) / max(float(weights.max(initial=0.0)), 1e-6)
    yield (missing > 0).sum(axis=1) / max(1, int((weights > 0).sum()))
    yield _exact(question, readings)
    relative = lengths[:, None] / max(float(lengths.mean()), 1.0)
    yield z_scores(weighed(counts * 2.2 / (counts + 0.4 + 0.8 * relative), weights).astype(np.float32))


def _positions(asked: _Asked, texts: Sequence[Numbers]) -> tuple[Places, Places, Floats]:
    """For every word of every text its place in the question, or -1; where texts start; their lengths."""
    lengths = np.array([len(text) for text in texts], np.intp)
    starts = np.concatenate([[0], np.cumsum(lengths + _GAP)])
    spread = np.full(starts[-1], -1, np.intp)
    gaps = np.repeat(np.arange(len(texts)) * _GAP, lengths)
    spread[np.arange(len(gaps)) + gaps] = places(np.concatenate(texts), asked.place)
    return spread, starts[:-1], lengths.astype(np.float32)


def _owners(found: Places, starts: Places) -> Places:
    return np.repeat(np.arange(len(starts)), np.diff([*starts, len(found)]))


def _counts(found: Places, starts: Places, width: int) -> Floats:
    """How often each word of the question stands in each passage, shape (passages, words)."""
    keys = (_owners(found, starts) * width + found)[found >= 0]
    return np.bincount(keys, minlength=len(starts) * width).reshape(len(starts), width).astype(np.float32)


def _best_windows(found: Places, starts: Places, weights: Floats) -> Floats:
    """The largest weight of different words of the question within so many neighbouring tokens, for each passage.

    Shape (len(_WIDTHS), passages).
    """
    totals = np.zeros((len(_WIDTHS), len(found)), np.float32)
    reach = np.arange(1, len(found) + 1, dtype=np.int32)
    for word in np.flatnonzero(weights):
        last = np.where(found == word, reach, np.int32(-_GAP))
        np.maximum.accumulate(last, out=last)
        since = reach - last
        for total, width in zip(totals, _WIDTHS, strict=True):
            total += weights[word] * (since < width)
    best: Floats = np.maximum.reduceat(totals, starts, axis=1)
    return best


def _runs(found: Places, starts: Places, weights: Floats) -> Iterator[Floats]:
    """From pairs to run: pairs by the weight of their words and by how few passages hold them, triples, longest run."""
    owners = _owners(found, starts)
    steps = np.flatnonzero((found[:-1] >= 0) & (found[1:] == found[:-1] + 1))
    twice = steps[:-1][np.diff(steps) == 1] if len(steps) > 1 else steps[:0]
    for at, size in ((steps, 2), (twice, 3)):
        shared = np.zeros((len(starts), max(1, len(weights) - size + 1)), bool)
        shared[owners[at], found[at]] = True
        fits = len(weights) >= size
        worth = np.convolve(weights, np.ones(size, np.float32), "valid") if fits else np.zeros(1, np.float32)
        yield weighed(shared, worth) / max(float(worth.sum()), 1e-6)
        if size == 2:
            rare = np.log((len(starts) + 1) / (shared.sum(axis=0) + 0.5)).astype(np.float32)
            yield weighed(shared, rare) / max(float(rare.sum()), 1e-6)
    place = np.arange(len(found))
    broken = place.copy()
    broken[steps + 1] = 0
    run = place - np.maximum.accumulate(broken)
    yield (np.maximum.reduceat(run, starts) / max(1, len(weights) - 1)).astype(np.float32)


def _present(question: Question, asked: _Asked, readings: Sequence[Reading]) -> NDArray[np.bool_]:
    """Which words of the question each passage holds, itself or in another spelling, shape (passages, words)."""
    held = np.zeros((len(readings), len(asked.tokens)), bool)
    held[:, [asked.place[token] for token in question.content]] = question.held(readings)
    return held


def _exact(question: Question, readings: Sequence[Reading]) -> Floats:
    """Share of the question's words that stand there with their diacritics, typed or restored; -1 where unknown."""
    typed = words(question.restored) if question.restored else question.words
    if not has_diacritics(typed):
        return np.full(len(readings), -1.0, np.float32)
    pairs = dict(zip(typed.syllables, typed.folded, strict=True))
    weights = np.array([question.content.get(plain, 0.0) for plain in pairs.values()], np.float32)
    held = holding([reading.exact[:_LONGEST] for reading in readings], {e: i for i, e in enumerate(pairs)}, len(pairs))
    shares: Floats = weighed(held, weights) / max(float(weights.sum()), 1e-6)
    return shares


def _rest(asked: _Asked, readings: Sequence[Reading]) -> Iterator[Floats]:
    """From length to opening_share."""
    yield np.array([math.log1p(min(len(reading.folded), _LONGEST)) for reading in readings], np.float32)
    yield np.full(len(readings), math.log1p(len(asked.tokens)), np.float32)
    width = len(asked.tokens)
    headed = holding([r.folded[: r.head] for r in readings], asked.place, width)
    yield weighed(headed, asked.weights) / asked.total
    yield _figures(asked, readings)
    openings = [r.folded[r.head : r.head + r.opening] for r in readings]
    opened = holding(openings, {w: i for w, i in asked.place.items() if w not in QUESTION_WORDS}, width)
    yield weighed(opened, asked.weights) / asked.total
    yield opened.sum(axis=1) / np.maximum(_different(openings), 1)


def _figures(asked: _Asked, readings: Sequence[Reading]) -> Floats:
    """The share of the question's figures that each passage holds; 1 where it has none."""
    figures = {token: i for i, token in enumerate(token for token in asked.tokens if token[:1].isdigit())}
    if not figures:
        return np.ones(len(readings), np.float32)
    held = holding([reading.folded for reading in readings], figures, len(figures))
    shares: Floats = held.mean(axis=1, dtype=np.float32)
    return shares


def _different(texts: Sequence[Numbers]) -> Places:
    """How many different words each text has, without those that questions are made with."""
    owners = np.repeat(np.arange(len(texts)), [len(text) for text in texts])
    numbers = np.concatenate(texts)
    telling = places(numbers, _ASKING) < 0
    keys = np.unique((owners[telling].astype(np.uint64) << np.uint64(32)) | numbers[telling])
    return np.bincount((keys >> np.uint64(32)).astype(np.intp), minlength=len(texts))
