"""The learned order of the first candidates: a small LambdaMART model over cheap features.

LightGBM trains it (`python -m index.training ordering`); here its text file is read and its trees are walked in NumPy,
because `import lightgbm` takes two seconds and pulls in pandas, SciPy and scikit-learn.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.fusion import QUESTION_WORDS, z_scores
from index.queries import Question
from index.readings import Reading
from index.searching import Candidate
from index.tokens import Words, folded_words, has_diacritics, words
from index.windows import blend, first_sentence

BUNDLED = Path(__file__).resolve().parent / "model" / "ordering.txt"
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

Floats = NDArray[np.float32]


class OrderingError(ValueError):
    """A model file that does not fit this program."""


@dataclass(frozen=True, slots=True)
class Trees:
    """The nodes of all trees in one row; a leaf leads to itself, so that every tree is walked to the deepest level.

    Args:
        roots: shape (trees,).
        feature, threshold, value: shape (nodes,); the value of an inner node is 0.
        children: where a feature up to the threshold leads, and one above it; shape (2 * nodes,).
        depth: of the deepest tree.
    """

    roots: NDArray[np.intp]
    feature: NDArray[np.intp]
    threshold: NDArray[np.float64]
    children: NDArray[np.intp]
    value: NDArray[np.float64]
    depth: int

    def predict(self, features: Floats) -> NDArray[np.float64]:
        """The sum of the leaves that each row of features reaches, shape (rows,)."""
        flat = np.ascontiguousarray(features).ravel()
        starts = np.arange(len(features))[:, None] * features.shape[1]
        node = np.broadcast_to(self.roots, (len(features), len(self.roots)))
        for _ in range(self.depth):
            above = flat.take(starts + self.feature.take(node)) > self.threshold.take(node)
            node = self.children.take(2 * node + above)
        total: NDArray[np.float64] = self.value.take(node).sum(axis=1)
        return total


def read_trees(text: str) -> Trees:
    """The trees of a LightGBM text model without categorical features.

    Raises:
        OrderingError: the model was trained on other features, or is not one.
    """
    header, *blocks = text.split("\nTree=")
    names = next((line[14:].split() for line in header.splitlines() if line.startswith("feature_names=")), [])
    if tuple(names) != FEATURES:
        raise OrderingError(f"Mô hình xếp hạng có các đặc trưng {names}, chương trình cần {list(FEATURES)}.")
    tables = [dict(line.split("=", 1) for line in block.splitlines() if "=" in line) for block in blocks]
    nodes: list[_Node] = []
    roots = []
    for table in tables:
        roots.append(len(nodes))
        nodes += _nodes(table, len(nodes))
    return Trees(
        roots=np.array(roots, np.intp),
        feature=np.array([node.feature for node in nodes], np.intp),
        threshold=np.array([node.threshold for node in nodes]),
        children=np.array([child for node in nodes for child in (node.left, node.right)], np.intp),
        value=np.array([node.value for node in nodes]),
        depth=max((_depth(table) for table in tables), default=0),
    )


class _Node(NamedTuple):
    feature: int
    threshold: float
    left: int
    right: int
    value: float


def _nodes(table: dict[str, str], first: int) -> list[_Node]:
    """The nodes of a tree from place `first` on; in the file a child below zero is a leaf's number, complemented."""
    features, thresholds, left, right = (
        _numbers(table, key) for key in ("split_feature", "threshold", "left_child", "right_child")
    )
    leaves = first + len(features)

    def place(child: float) -> int:
        return first + int(child) if child >= 0 else leaves + ~int(child)

    inner = [
        _Node(int(feature), threshold, place(low), place(high), 0.0)
        for feature, threshold, low, high in zip(features, thresholds, left, right, strict=True)
    ]
    values = _numbers(table, "leaf_value")
    return [*inner, *(_Node(0, math.inf, at, at, value) for at, value in enumerate(values, leaves))]


def _numbers(table: dict[str, str], key: str) -> list[float]:
    return [float(value) for value in table.get(key, "").split()]


def _depth(table: dict[str, str]) -> int:
    left, right = _numbers(table, "left_child"), _numbers(table, "right_child")

    def below(node: int) -> int:
        return 0 if node < 0 else 1 + max(below(int(left[node])), below(int(right[node])))

    return below(0) if left else 1


class LearnedOrdering:
    """Orders candidates by the trees; to be called like a cross-encoder."""

    def __init__(self, trees: Trees) -> None:
        self._trees = trees

    @classmethod
    def load(cls, path: Path = BUNDLED) -> LearnedOrdering:
        """The model of a file.

        Raises:
            OrderingError: the file does not fit this program.
        """
        return cls(read_trees(path.read_text("utf-8")))

    def __call__(self, question: Question, found: Sequence[Candidate]) -> list[Candidate]:
        """The candidates, best first; the fused scores are dealt out again in the new order, so that scores fall."""
        if len(found) < 2:
            return list(found)
        values = self._trees.predict(features(question, found)).tolist()
        order = sorted(range(len(found)), key=lambda i: (-values[i], found[i].rank))
        fused = sorted((candidate.score for candidate in found), reverse=True)
        return [found[i].told({"order": values[i]}, score) for i, score in zip(order, fused, strict=True)]


def load_ordering(path: Path = BUNDLED) -> LearnedOrdering | None:
    """The learned order; None where there is no model file, so that the order of the fusion stays.

    Raises:
        OrderingError: the file does not fit this program.
    """
    return LearnedOrdering.load(path) if path.is_file() else None


@dataclass(frozen=True, slots=True)
class _Passage:
    """Tokens of a chunk: without diacritics in order, as a set with compound acronyms, and with diacritics.

    Args:
        head: words of the label and the headings that stand above the chunk.
        opening: words of its first sentence that say what it is about, which in laws and reports is a heading too.
    """

    folded: tuple[str, ...]
    known: frozenset[str]
    exact: tuple[str, ...]
    head: frozenset[str]
    opening: frozenset[str]


_head_words = lru_cache(maxsize=4096)(folded_words)


@lru_cache(maxsize=4096)
def _opening_words(text: str) -> frozenset[str]:
    return folded_words(first_sentence(text)) - QUESTION_WORDS


def _passage(candidate: Candidate) -> _Passage:
    reading = candidate.reading or Reading(words(candidate.chunk.indexed_text))
    if len(reading.words.folded) > _LONGEST:
        exact, folded, joined = reading.words.syllables, reading.words.folded, reading.words.joined
        reading = Reading(Words(exact[:_LONGEST], folded[:_LONGEST], joined))
    above, opening = _head_words(candidate.chunk.prefix), _opening_words(candidate.chunk.text)
    return _Passage(reading.words.folded, reading.known, reading.words.syllables, above, opening)


@dataclass(frozen=True, slots=True)
class _Asked:
    """The question's words in order, their weights (0 for words that only ask), and where each stands."""

    tokens: tuple[str, ...]
    weights: Floats
    place: dict[str, int]


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
    """One row a candidate, shape (candidates, len(FEATURES)); question and passages are compared without diacritics."""
    passages = [_passage(candidate) for candidate in found]
    asked = _asked(question)
    matches, rest = _matches(asked, question, passages), _rest(asked, passages)
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


def _matches(asked: _Asked, question: Question, passages: Sequence[_Passage]) -> Iterator[Floats]:
    """coverage_local … saturated_z: all passages stand in one row of numbers, with gaps wider than a window."""
    places, starts, lengths = _positions(asked, passages)
    held = _counts(places, starts, len(asked.tokens))
    weights = asked.weights
    rare = np.where(weights > 0, np.log((len(passages) + 1) / ((held > 0).sum(axis=0) + 0.5)), 0.0)
    yield ((held > 0) @ rare / max(float(rare.sum()), 1e-6)).astype(np.float32)
    total = max(float(weights.sum()), 1e-6)
    yield from _best_windows(places, starts, weights) / total
    yield from _runs(places, starts, weights)
    missing = (_present(question, asked, passages) == 0) * weights
    yield missing.max(axis=1, initial=0.0) / max(float(weights.max(initial=0.0)), 1e-6)
    yield (missing > 0).sum(axis=1) / max(1, int((weights > 0).sum()))
    yield _exact(question, passages)
    relative = lengths[:, None] / max(float(lengths.mean()), 1.0)
    yield z_scores(((held * 2.2 / (held + 0.4 + 0.8 * relative)) @ weights).astype(np.float32))


def _positions(asked: _Asked, passages: Sequence[_Passage]) -> tuple[NDArray[np.intp], NDArray[np.intp], Floats]:
    """For every token of every passage its place in the question, or -1; where passages start; their lengths."""
    flat: list[int] = []
    starts, lengths = [], []
    get = asked.place.get
    for passage in passages:
        starts.append(len(flat))
        lengths.append(len(passage.folded))
        flat.extend([get(token, -1) for token in passage.folded])
        flat.extend([-1] * _GAP)
    return np.array(flat, np.intp), np.array(starts, np.intp), np.array(lengths, np.float32)


def _owners(places: NDArray[np.intp], starts: NDArray[np.intp]) -> NDArray[np.intp]:
    return np.repeat(np.arange(len(starts)), np.diff([*starts, len(places)]))


def _counts(places: NDArray[np.intp], starts: NDArray[np.intp], width: int) -> Floats:
    """How often each word of the question stands in each passage, shape (passages, words)."""
    keys = (_owners(places, starts) * width + places)[places >= 0]
    return np.bincount(keys, minlength=len(starts) * width).reshape(len(starts), width).astype(np.float32)


def _best_windows(places: NDArray[np.intp], starts: NDArray[np.intp], weights: Floats) -> Floats:
    """The largest weight of different words of the question within so many neighbouring tokens, for each passage.

    Shape (len(_WIDTHS), passages).
    """
    totals = np.zeros((len(_WIDTHS), len(places)), np.float32)
    reach = np.arange(len(places)) + 1
    for word in np.flatnonzero(weights):
        last = np.where(places == word, reach, -_GAP)
        np.maximum.accumulate(last, out=last)
        since = reach - last
        for total, width in zip(totals, _WIDTHS, strict=True):
            total += weights[word] * (since < width)
    best: Floats = np.maximum.reduceat(totals, starts, axis=1)
    return best


def _runs(places: NDArray[np.intp], starts: NDArray[np.intp], weights: Floats) -> Iterator[Floats]:
    """From pairs to run: pairs by the weight of their words and by how few passages hold them, triples, longest run."""
    owners = _owners(places, starts)
    steps = np.flatnonzero((places[:-1] >= 0) & (places[1:] == places[:-1] + 1))
    twice = steps[:-1][np.diff(steps) == 1] if len(steps) > 1 else steps[:0]
    for found, size in ((steps, 2), (twice, 3)):
        shared = np.zeros((len(starts), max(1, len(weights) - size + 1)), bool)
        shared[owners[found], places[found]] = True
        fits = len(weights) >= size
        worth = np.convolve(weights, np.ones(size, np.float32), "valid") if fits else np.zeros(1, np.float32)
        yield shared @ worth / max(float(worth.sum()), 1e-6)
        if size == 2:
            rare = np.log((len(starts) + 1) / (shared.sum(axis=0) + 0.5)).astype(np.float32)
            yield shared @ rare / max(float(rare.sum()), 1e-6)
    at = np.arange(len(places))
    broken = at.copy()
    broken[steps + 1] = 0
    run = at - np.maximum.accumulate(broken)
    yield (np.maximum.reduceat(run, starts) / max(1, len(weights) - 1)).astype(np.float32)


def _present(question: Question, asked: _Asked, passages: Sequence[_Passage]) -> NDArray[np.bool_]:
    """Which words of the question each passage holds, itself or in another spelling."""
    held = [question.held(passage.known) for passage in passages]
    return np.array([[token in found for token in asked.tokens] for found in held], bool)


def _exact(question: Question, passages: Sequence[_Passage]) -> Floats:
    """Share of the question's words that stand there with their diacritics, typed or restored; -1 where unknown."""
    typed = words(question.restored) if question.restored else question.words
    if not has_diacritics(typed):
        return np.full(len(passages), -1.0, np.float32)
    pairs = dict(zip(typed.syllables, typed.folded, strict=True))
    weights = {exact: question.content.get(plain, 0.0) for exact, plain in pairs.items()}
    total = max(sum(weights.values()), 1e-6)
    held = [weights.keys() & passage.exact for passage in passages]
    shares = [sum(w for token, w in weights.items() if token in found) / total for found in held]
    return np.array(shares, np.float32)


def _rest(asked: _Asked, passages: Sequence[_Passage]) -> Iterator[Floats]:
    """From length to opening_share."""
    yield np.array([math.log1p(len(passage.folded)) for passage in passages], np.float32)
    yield np.full(len(passages), math.log1p(len(asked.tokens)), np.float32)
    content = {token: weight for token, weight in zip(asked.tokens, asked.weights.tolist(), strict=True) if weight}
    total = max(sum(content.values()), 1e-6)
    yield np.array([sum(w for t, w in content.items() if t in p.head) / total for p in passages], np.float32)
    figures = [token for token in asked.tokens if token[:1].isdigit()]
    shares = [sum(f in p.known for f in figures) / len(figures) if figures else 1.0 for p in passages]
    yield np.array(shares, np.float32)
    named = [[place for token, place in asked.place.items() if token in p.opening] for p in passages]
    yield np.array([float(asked.weights[places].sum()) / total for places in named], np.float32)
    yield np.array([len(n) / max(1, len(p.opening)) for n, p in zip(named, passages, strict=True)], np.float32)
