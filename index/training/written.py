"""Questions that people wrote on passages of the training text: `questions.jsonl` beside this file.

A line names a passage by its source, the number of its record in the training file and its place among the passages of
that record; `digest` tells whether the passage still is the one that was asked about.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from zlib import crc32

from index.training.corpus import READERS, Passage, read_lines
from index.training.ordering import QuestionSet

WRITTEN = Path(__file__).resolve().parent / "questions.jsonl"


def digest(passage: Passage) -> str:
    """Changes with the words of a passage."""
    return f"{crc32(passage.text.encode()):08x}"


def written_sets(data: Path, path: Path = WRITTEN) -> Iterator[QuestionSet]:
    """A set a source; the passages of all records that are asked about compete.

    Raises:
        ValueError: most passages are others than those that were asked about, because the training text changed or is
            cut otherwise.
    """
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    for source in READERS:
        asked = [line for line in lines if line["source"] == source]
        if not asked:
            continue
        found = _set(source, data, asked)
        if len(found.questions) < len(asked) / 2:
            raise ValueError(f"{source}: {len(asked) - len(found.questions)} of {len(asked)} passages are others now")
        yield found


def _set(source: str, data: Path, asked: Sequence[dict[str, Any]]) -> QuestionSet:
    records = {line["record"] for line in asked}
    passages: dict[str, tuple[str, str]] = {}
    digests: dict[str, str] = {}
    for record, told in enumerate(read_lines(data / f"{source}.jsonl.xz", 1 << 30)):
        if record not in records:
            continue
        article = READERS[source](told)
        for place, passage in enumerate(article.passages):
            name = f"{record}-{place}"
            passages[name] = (article.title if source != "news" else "", f"{passage.heading} {passage.text}".strip())
            digests[name] = digest(passage)
    named = ((line, f"{line['record']}-{line['place']}") for line in asked)
    same = ((line, name) for line, name in named if digests.get(name) == line["digest"])
    kept = {str(i): (line["question"], name) for i, (line, name) in enumerate(same)}
    return QuestionSet(
        source,
        passages,
        {query: question for query, (question, _) in kept.items()},
        {query: frozenset({name}) for query, (_, name) in kept.items()},
    )
