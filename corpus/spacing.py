"""Words that a layout split or glued, put right: "ĐIỀ U KHO ẢN" → "ĐIỀU KHOẢN", "BANNHÂNDÂN" → "BAN NHÂN DÂN".

A repair must win by a wide margin in the syllable model: a line that was right is worth more than ten mended ones.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import pairwise

from corpus.lexicon import is_syllable, log_pair, log_share

_WORD = re.compile(r"[^\W\d_]+")
_MAX_PIECES = 5
_MAX_SYLLABLE = 7
# Nats by which a joined word must be likelier than its pieces; clean reports stay far below.
_SURE = 14.0
_SUPPORTED = 7.0
_MIN_GLUED = 5


def repair_spacing(line: str) -> str:
    """A line with split and glued words put right; a correct line comes back unchanged."""
    if line.isascii() or not unicodedata.is_normalized("NFC", line):
        return line
    return _unglued(_joined(line))


def _joined(line: str) -> str:
    words = [(match[0], match.start(), match.end()) for match in _WORD.finditer(line)]
    merges = []
    at = 0
    while at < len(words):
        best = max(_merges(line, words, at), key=lambda merge: merge[1], default=None)
        if best is not None and best[1] >= _SUPPORTED:
            merges.append((at, *best))
            at = best[0]
        else:
            at += 1
    if not any(gain >= _SURE for _, _, gain in merges):
        return line
    for start, end, _ in reversed(merges):
        left, right = words[start][1], words[end - 1][2]
        line = line[:left] + line[left:right].replace(" ", "") + line[right:]
    return line


def _merges(line: str, words: list[tuple[str, int, int]], at: int) -> list[tuple[int, float]]:
    """(end, gain) of every way to join the words from `at` on into one syllable."""
    found: list[tuple[int, float]] = []
    joined = words[at][0]
    if len(joined) == 1 and line[: words[at][1]].rstrip()[-1:].isdigit():
        return found  # "2.500 m ở Bắc Băng Dương": a unit
    for end in range(at + 1, min(at + _MAX_PIECES, len(words))):
        if line[words[end - 1][2] : words[end][1]] != " ":
            break
        joined += words[end][0]
        if len(joined) > _MAX_SYLLABLE:
            break
        pieces = [word for word, _, _ in words[at : end + 1]]
        if _well_cased(joined) and is_syllable(joined) and _split_shape(pieces):
            before = words[at - 1][0].lower() if at else ""
            after = words[end + 1][0].lower() if end + 1 < len(words) else ""
            gain = _chain([before, joined.lower(), after]) - _chain([before, *map(str.lower, pieces), after])
            # "các điểm l và m khoản 2": a letter that ends an enumeration is no torn end of a word.
            labels = len(pieces[-1]) == 1 and pieces[-1].isascii() and len(pieces) == 2
            found.append((end + 1, min(gain, _SUPPORTED) if labels else gain))
    return found


def _split_shape(pieces: list[str]) -> bool:
    """Whether the pieces can be one word torn apart: a broken piece that is no abbreviation or label."""
    broken = [piece for piece in pieces if not is_syllable(piece) or log_share(piece.lower()) < -13]
    return any(not piece.isascii() and piece != "Đ" for piece in broken) or (
        len(broken) > 0 and all(piece.islower() for piece in broken)
    )


def _chain(words: list[str]) -> float:
    known = [word for word in words if word]
    total = log_share(known[0])
    for first, second in pairwise(known):
        total += log_pair(first, second)
    return total


def _well_cased(word: str) -> bool:
    return word.islower() or word.isupper() or (word[0].isupper() and word[1:].islower())


def _unglued(line: str) -> str:
    """Divide glued words; a lone small word may be a loan that is written so ("bêtông", "căngtin") and is kept."""
    found = {word: parts for word in _WORD.findall(line) if len(parts := _glued_parts(word)) > 1}
    if len(found) == 1 and not any(word.isupper() or len(parts) > 2 for word, parts in found.items()):
        return line
    return _WORD.sub(lambda match: " ".join(found.get(match[0], (match[0],))), line)


def _glued_parts(word: str) -> tuple[str, ...]:
    """The syllables of a glued word in its own case; () for every other word."""
    if len(word) < _MIN_GLUED or word.isascii() or is_syllable(word) or not _well_cased(word):
        return ()
    found, start = [], 0
    for part in _segments(word.lower()):
        found.append(word[start : start + len(part)])
        start += len(part)
    return tuple(found)


@lru_cache(maxsize=10_000)
def _segments(word: str) -> tuple[str, ...]:
    """The likeliest division of a word into syllables of the language; () where there is no plausible one."""
    best: dict[int, tuple[float, tuple[str, ...]]] = {0: (0.0, ())}
    for end in range(2, len(word) + 1):
        options = []
        for start in range(max(0, end - _MAX_SYLLABLE), end - 1):
            part = word[start:end]
            if start in best and is_syllable(part) and log_share(part) > -13:
                score, parts = best[start]
                step = log_pair(parts[-1], part) if parts else log_share(part)
                options.append((score + step, (*parts, part)))
        if options:
            best[end] = max(options)
    score, parts = best.get(len(word), (0.0, ()))
    return parts if parts and score / len(parts) > -8.5 else ()
