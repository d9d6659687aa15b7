"""How often the words of a question stand in the passage that answers it: `python -m eval.said BENCHMARKS`.

"muốn", "đối tượng" or "mục đích" are rare in reports, but a question uses them to ask, and the answer seldom repeats
them; "sản lượng" it repeats. Counted over public question sets, the shares tell the two apart. Only words and shares
are kept, in qa/data/said.txt.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from eval.retrieval import BeirSet, read_beir
from qa.extraction.matching import match
from qa.language.units import Words
from qa.language.words import tokenise
from qa.types import QuestionError
from qa.understanding.question import understand

OUT = Path(__file__).resolve().parent.parent / "qa" / "data" / "said.txt"
LEAST = 4
PRIOR = 10
HELD = 0.75


def sightings(questions: BeirSet) -> Iterator[tuple[str, bool]]:
    """Each content word of each question, and whether a relevant passage holds it."""
    words = {key: Words(tokenise(f"{title}. {text}")) for key, (title, text) in questions.passages.items()}
    for key, text in questions.queries.items():
        try:
            question = understand(text)
        except QuestionError:
            continue
        passages = [words[passage] for passage in questions.relevant[key]]
        for term in question.terms:
            if not term.name:
                held = any(match(term, passage, question.marked) >= HELD for passage in passages)
                yield " ".join(term.exact), held


def shares(sets: Iterator[BeirSet]) -> dict[str, float]:
    """Word → its share over the share of all words, drawn towards 1 where it was seldom seen; those below 1 only."""
    seen, held = Counter[str](), Counter[str]()
    for questions in sets:
        for word, found in sightings(questions):
            seen[word] += 1
            held[word] += found
    usual = held.total() / seen.total()
    drawn = {word: (held[word] / usual + PRIOR) / (count + PRIOR) for word, count in seen.items() if count >= LEAST}
    return {word: share for word, share in drawn.items() if share < 0.95}


def main(folder: Path) -> None:
    """Write qa/data/said.txt."""
    found = shares(read_beir(place) for place in sorted(folder.iterdir()) if (place / "queries.jsonl").exists())
    OUT.write_text("".join(f"{word}\t{share:.2f}\n" for word, share in sorted(found.items())), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
