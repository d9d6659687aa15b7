"""Count syllables and their pairs in a folder of texts: `python -m corpus.lexicon_build FOLDER`.

FOLDER holds `*.jsonl.xz` (every string of every object is text). Only counts are kept, no sentences.
"""

from __future__ import annotations

import json
import lzma
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np

DATA = Path(__file__).parent / "data"
LEAST_SYLLABLE = 50
LEAST_PAIR = 10
# Administrative language weighs more than news and encyclopaedia, of which there is thirteen times as much.
WEIGHTS = {"legal": 6}

_VOWELS = "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵ"
_SYLLABLE = re.compile(
    f"(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdđghklmnpqrstvx])?[{_VOWELS}]{{1,3}}(?:ng|nh|ch|[ckmnpt])?"
)
_WORD = re.compile(r"[^\W\d_]+")
_BREAK = re.compile(r"[\n.,;:()!?\"“”…\d]+")

Pairs = Counter[tuple[str, str]]


def build(folder: Path) -> None:
    """Write corpus/data/syllables.txt and pairs.xz."""
    syllables: Counter[str] = Counter()
    pairs: Pairs = Counter()
    for path in sorted(folder.glob("*.jsonl.xz")):
        _count(path, WEIGHTS.get(path.name.split(".")[0], 1), syllables, pairs)
    kept = [(word, count) for word, count in syllables.most_common() if count >= LEAST_SYLLABLE]
    DATA.mkdir(exist_ok=True)
    listing = "".join(f"{word}\t{count}\n" for word, count in kept)
    (DATA / "syllables.txt").write_text(listing, encoding="utf-8")
    places = {word: place for place, (word, _) in enumerate(kept)}
    (DATA / "pairs.xz").write_bytes(pack(_coded(pairs, places)))


def _count(path: Path, weight: int, syllables: Counter[str], pairs: Pairs) -> None:
    for text in _texts(path):
        for part in _BREAK.split(unicodedata.normalize("NFC", text).lower()):
            words = [word if _SYLLABLE.fullmatch(word) else "" for word in _WORD.findall(part)]
            for word in words:
                if word:
                    syllables[word] += weight
            for pair in pairwise(words):
                if pair[0] and pair[1]:
                    pairs[pair] += weight


def _texts(path: Path) -> Iterator[str]:
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield from (value for value in json.loads(line).values() if isinstance(value, str))


def _coded(pairs: Pairs, places: dict[str, int]) -> np.ndarray[tuple[int], np.dtype[np.uint64]]:
    """One number a pair: first * 2^24 + second * 2^8 + eight times the natural logarithm of the count, ascending."""
    codes = [
        (places[a] << 24) | (places[b] << 8) | min(255, round(8 * float(np.log(count))))
        for (a, b), count in pairs.items()
        if count >= LEAST_PAIR and a in places and b in places
    ]
    return np.sort(np.array(codes, dtype=np.uint64))


def pack(codes: np.ndarray[tuple[int], np.dtype[np.uint64]]) -> bytes:
    """Compressed: differences of the pairs as three byte planes, then the counts."""
    keys = codes >> np.uint64(8)
    steps = np.diff(keys, prepend=np.uint64(0)).astype("<u4")
    planes = steps.view(np.uint8).reshape(-1, 4).T.tobytes()
    counts = (codes & np.uint64(255)).astype(np.uint8).tobytes()
    return lzma.compress(planes + counts, preset=9)


if __name__ == "__main__":
    build(Path(sys.argv[1]))
