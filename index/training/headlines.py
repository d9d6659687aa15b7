"""Questions that people really asked: headlines of news that end in a question mark, and the stories under them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

from index.training.corpus import news_article, read_lines
from index.training.ordering import QuestionSet

_ASKS = re.compile(
    r"\b(gì|nào|ai|đâu|bao nhiêu|mấy|sao|bao giờ|thế nào|có được|có phải|bao lâu|có nên|không)\b", re.IGNORECASE
)
_LABEL = re.compile(r"^[^?:]{0,40}:\s*")
_SHORTEST, _LONGEST = 6, 22  # words
_OTHERS_EVERY = 100


def headline_set(data: Path, questions: int, seed: int) -> QuestionSet:
    """Headlines that ask, and the passages of their stories, which do not show them; other stories compete."""
    rng = Random(seed)  # noqa: S311 - nothing secret
    records = list(read_lines(data / "news.jsonl.xz", 1 << 30))
    stories = [record for record in records if _asks(record["title"])]
    passages: dict[str, tuple[str, str]] = {}
    asked: dict[str, str] = {}
    relevant: dict[str, frozenset[str]] = {}
    for number, record in enumerate(rng.sample(stories, min(questions, len(stories)))):
        title = _LABEL.sub("", record["title"]) if rng.random() < 0.5 else record["title"]
        own = dict(_passages(f"q{number}", record, 4))
        if own:
            passages |= own
            asked[f"q{number}"] = title
            relevant[f"q{number}"] = frozenset(own)
    for number, record in enumerate(islice(records, 0, None, _OTHERS_EVERY)):
        passages |= dict(_passages(f"o{number}", record, 2))
    return QuestionSet("headlines", passages, asked, relevant)


def _asks(title: str) -> bool:
    return title.rstrip().endswith("?") and bool(_ASKS.search(title)) and _SHORTEST <= len(title.split()) <= _LONGEST


def _passages(name: str, record: dict[str, Any], most: int) -> Iterator[tuple[str, tuple[str, str]]]:
    for place, passage in enumerate(news_article(record, most).passages):
        yield f"{name}-{place}", ("", passage.text)
