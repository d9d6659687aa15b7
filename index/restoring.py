"""Diacritics for a question that was typed without any, from how often the library's own syllables stand together.

A bigram model over the chunks: the best path (Viterbi 1967) through the accented forms of each syllable, where pairs
that stand side by side in many chunks are cheap. Nothing is stored for it; the lexical index knows the counts.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

_FORMS = 8  # of one syllable; the most frequent ones
_PRIOR = 2.0
_Path = tuple[float, tuple[str, ...]]  # log probability, syllables
_LEAST_KNOWN = 0.8


@dataclass(frozen=True, slots=True)
class Frequencies:
    """Counts of chunks.

    Args:
        forms: folded syllable → its accented forms with the number of chunks that hold each, most frequent first.
        together: number of chunks in which two accented syllables stand side by side.
        chunks: number of chunks.
    """

    forms: Mapping[str, Sequence[tuple[str, int]]]
    together: Callable[[str, str], int]
    chunks: int


def restore(folded: Sequence[str], frequencies: Frequencies) -> tuple[str, ...] | None:
    """The most likely accented syllables; None for a text that is not made of the library's syllables."""
    syllables = [token for token in folded if token.isalpha()]
    known = sum(token in frequencies.forms for token in syllables)
    if not syllables or known < _LEAST_KNOWN * len(syllables):
        return None
    steps = [frequencies.forms.get(token, ((token, 0),))[:_FORMS] for token in folded]
    paths: dict[str, _Path] = {form: (math.log(count + 1.0), (form,)) for form, count in steps[0]}
    before = dict(steps[0])
    for step in steps[1:]:
        paths = {form: _best(form, count, paths, before, frequencies) for form, count in step}
        before = dict(step)
    return max(paths.values())[1]


def _best(
    form: str,
    count: int,
    paths: Mapping[str, _Path],
    before: Mapping[str, int],
    frequencies: Frequencies,
) -> _Path:
    """The best path that ends in `form`: log P(form | previous), smoothed by how frequent the form itself is."""
    alone = (count + 0.5) / (frequencies.chunks + 1.0)

    def cost(previous: str) -> float:
        share = (frequencies.together(previous, form) + _PRIOR * alone) / (before[previous] + _PRIOR)
        return paths[previous][0] + math.log(share)

    best = max(paths, key=cost)
    return cost(best), (*paths[best][1], form)


def accented_forms(vocabulary: Mapping[str, int], fold: Callable[[str], str]) -> dict[str, list[tuple[str, int]]]:
    """Folded syllable → accented forms by frequency, from accented syllables with their frequency."""
    forms: dict[str, list[tuple[str, int]]] = {}
    for syllable, count in vocabulary.items():
        if syllable.isalpha():
            forms.setdefault(fold(syllable), []).append((syllable, count))
    return {plain: sorted(found, key=lambda item: (-item[1], item[0])) for plain, found in forms.items()}
