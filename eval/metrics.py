"""Measures of answers, citations, retrieval and refusal: pure functions over texts and numbers.

Spellings are compared in NFC, without case, with one placing of tone marks and single spaces. A fact that begins or
ends with a letter or digit must stand free there: "47" is not in "1.947" nor "12" in "12/2022". A unit may touch its
number ("2,28ha"), and a number in thousands, which no date or document number has, may be part of a ratio.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import PurePath

import numpy as np

from corpus.text import canonical_tone

MARKERS = re.compile(r"\s*\[\d{1,3}\](?!\()")
_MARKED = re.compile(r"([^\W\d_]*?)([⁰¹²³⁴⁵⁶⁷⁸⁹]+)")
_UNIT = r"(?:ha|[kc]?m[²³23]?|[km]?g|m?l|[km]w)(?!\w)"
_THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3})+")
_METRES = frozenset({"m", "km", "hm", "dm", "cm", "mm"})
_QUOTES = str.maketrans("“”„«»’‘–—", '"""""\'\'--')
_NUMBER = re.compile(r"\d+(?:[.,/]\d+)*")
_DATE = re.compile(r"\b(\d{1,2})(?:\s*[/.-]\s*|\s+tháng\s+)(\d{1,2})(?:\s*[/.-]\s*|\s+năm\s+)(\d{4})\b(?![.,]\d)")
_MONTH = re.compile(r"\b(?:tháng\s+)?(1[0-2]|0?[1-9])(?:\s*/\s*|\s+năm\s+)(\d{4})\b")


@lru_cache(maxsize=65536)
def normalise(text: str) -> str:
    """A text as it is compared: NFC, tone marks in one place, plain quotes and dashes, no case, single spaces."""
    plain = canonical_tone(unicodedata.normalize("NFC", text)).translate(_QUOTES).casefold()
    return " ".join(plain.split())


def strip_markers(answer: str) -> str:
    """An answer without its citation markers."""
    return MARKERS.sub("", answer).strip()


def drop_note_marks(text: str) -> str:
    """A text without superscript footnote marks; units (m², m³) stay."""
    return _MARKED.sub(_without_mark, text)


def _without_mark(found: re.Match[str]) -> str:
    word, mark = found.groups()
    return found.group() if word.casefold() in _METRES and mark in "²³" else word


def holds(text: str, spelling: str) -> bool:
    """Whether `spelling` stands free in `text`."""
    return bool(_pattern(spelling).search(drop_note_marks(normalise(text))))


@lru_cache(maxsize=16384)
def _pattern(spelling: str) -> re.Pattern[str]:
    body = normalise(spelling)
    joints = "[.,]" if _THOUSANDS.fullmatch(body) else "[.,/]"
    before = r"(?<!\w)" if body[:1].isalnum() else ""
    after = r"(?!\w)" if body[-1:].isalnum() else ""
    if body[:1].isdigit():
        before += rf"(?<!\d{joints})"
    if body[-1:].isdigit():
        after = rf"(?:{after}|(?={_UNIT}))(?!{joints}\d)"
    return re.compile(before + re.escape(body) + after)


def holds_fact(text: str, spellings: Sequence[str]) -> bool:
    """Whether any accepted spelling of a fact stands in `text`."""
    return any(holds(text, spelling) for spelling in spellings)


def holds_facts(text: str, facts: Iterable[Sequence[str]]) -> bool:
    """Whether every fact stands in `text`."""
    return all(holds_fact(text, fact) for fact in facts)


def is_right(answer: str, refused: bool, answerable: bool, facts: Iterable[Sequence[str]], limit: int) -> bool:
    """Whether an answer is right: a refusal of what cannot be answered, else every fact within `limit` characters."""
    if not answerable:
        return refused
    body = strip_markers(answer)
    return not refused and len(body) <= limit and holds_facts(body, facts)


def same_document(gold: str, number: str | None, path: str | None) -> bool:
    """Whether a cited document is the one of the label, which is a document number or a file name."""
    names = {normalise(PurePath(path).name)} if path else set()
    if number:
        names.add(_number_key(number))
    return normalise(gold) in names or _number_key(gold) in names


def _number_key(number: str) -> str:
    return re.sub(r"[\s.]+", "", normalise(number)).replace("ð", "đ").removeprefix("số:").removeprefix("số")


def same_section(gold: Sequence[str], path: Sequence[str]) -> bool:
    """Whether two section paths hold the same labels."""
    return [normalise(label) for label in gold] == [normalise(label) for label in path]


def unsupported_numbers(answer: str, supports: Iterable[str]) -> list[str]:
    """The numbers, ratios and dates of an answer that stand in none of the cited texts; "07" and "7" are the same.

    A day of a cited date supports no number, its year and its month with the year do. A cited ratio supports its parts.
    """
    known = {part for text in supports for number in numbers_in(text) for part in (number, *_implied(number))}
    return [number for number in numbers_in(strip_markers(answer)) if number not in known]


def numbers_in(text: str) -> list[str]:
    """The numbers of a text without leading zeros ("7", "1.947", "6/11"), then dates and months as in "2022-04-05"."""
    plain = drop_note_marks(normalise(text))
    found = [f"{int(y):04d}-{int(m):02d}-{int(d):02d}" for d, m, y in _DATE.findall(plain)]
    plain = _DATE.sub(" ", plain)
    found += [f"{int(year):04d}-{int(month):02d}" for month, year in _MONTH.findall(plain)]
    rest = _NUMBER.findall(_MONTH.sub(" ", plain))
    return found + ["/".join(part.lstrip("0") or "0" for part in number.split("/")) for number in rest]


def _implied(number: str) -> tuple[str, ...]:
    if "-" in number:
        return number[:4], number[:7]
    return tuple(number.split("/")) if "/" in number else ()


_WORD = re.compile(r"\w+(?:[.,/]\d+)*")
_SHINGLE = 4
COVERED = 0.5


def words_of(text: str) -> list[str]:
    """The words of a text without punctuation and note marks."""
    return _WORD.findall(normalise(drop_note_marks(text)))


def coverage(passage: str, evidence: str) -> float:
    """Share (0..1) of the evidence's runs of four words that the passage holds; of all its words where it has fewer."""
    wanted, there = words_of(evidence), words_of(passage)
    size = min(_SHINGLE, len(wanted))
    if not size:
        return 0.0
    shingles = [tuple(wanted[i : i + size]) for i in range(len(wanted) - size + 1)]
    known = {tuple(there[i : i + size]) for i in range(len(there) - size + 1)}
    return sum(shingle in known for shingle in shingles) / len(shingles)


def first_hit(passages: Sequence[str], evidence: str) -> int | None:
    """Rank (1-based) of the first passage that covers at least half of the evidence."""
    ranks = (rank for rank, text in enumerate(passages, 1) if coverage(text, evidence) >= COVERED)
    return next(ranks, None)


def recall_at(ranks: Sequence[int | None], k: int) -> float:
    """Share (0..1) of the evidences whose first hit stands among the first `k` passages."""
    return mean([rank is not None and rank <= k for rank in ranks])


def reciprocal_rank(rank: int | None) -> float:
    """1/rank, 0 without a hit."""
    return 1.0 / rank if rank else 0.0


def refusal_scores(refused: Sequence[bool], answerable: Sequence[bool]) -> tuple[float, float]:
    """Precision and recall of refusal, refusing an unanswerable question being the hit; nan where undefined."""
    pairs = list(zip(refused, answerable, strict=True))
    hits = sum(said and not can for said, can in pairs)
    return _ratio(hits, sum(refused)), _ratio(hits, sum(not can for can in answerable))


def _ratio(part: int, whole: int) -> float:
    return part / whole if whole else math.nan


def mean(values: Sequence[float | bool]) -> float:
    """Arithmetic mean; nan of nothing."""
    return float(sum(values)) / len(values) if values else math.nan


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which `share` (0..1) of the values lie, linearly interpolated; nan of nothing."""
    return float(np.percentile(np.asarray(values, dtype=float), share * 100)) if values else math.nan


def bootstrap(values: Sequence[float | bool], rounds: int = 2000, seed: int = 0) -> tuple[float, float]:
    """95% percentile bootstrap interval of the mean (Efron 1979); (nan, nan) of nothing."""
    sample = np.asarray(values, dtype=float)
    if not sample.size:
        return math.nan, math.nan
    draws = np.random.default_rng(seed).integers(0, sample.size, (rounds, sample.size))
    means = sample[draws].mean(axis=1)
    return float(np.percentile(means, 2.5)), float(np.percentile(means, 97.5))


def paired_bootstrap(
    before: Sequence[float | bool], after: Sequence[float | bool], rounds: int = 2000
) -> tuple[float, float]:
    """95% bootstrap interval of the mean difference `after - before`, resampling questions."""
    return bootstrap([float(b) - float(a) for a, b in zip(before, after, strict=True)], rounds)


def mcnemar(better: int, worse: int) -> float:
    """Two-sided p-value of McNemar's exact test for `better` and `worse` discordant pairs; 1 without any."""
    total = better + worse
    if not total:
        return 1.0
    tail = sum(math.comb(total, i) for i in range(min(better, worse) + 1))
    return min(1.0, float(2 * tail / 2**total))


def kappa(first: Sequence[bool], second: Sequence[bool]) -> float:
    """Cohen's kappa of two judges; 1 where they agree on everything, nan of nothing."""
    pairs: list[tuple[bool, bool]] = list(zip(first, second, strict=True))
    if not pairs:
        return math.nan
    agreement = mean([a == b for a, b in pairs])
    yes, also = mean([a for a, _ in pairs]), mean([b for _, b in pairs])
    chance = yes * also + (1 - yes) * (1 - also)
    return 1.0 if chance == 1 else (agreement - chance) / (1 - chance)
