"""The training text: compressed files → articles of passages of sentences."""

from __future__ import annotations

import json
import lzma
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise, zip_longest
from pathlib import Path
from typing import Any

from index.splitting import CAPITALS

_SENTENCE = re.compile(
    r"(?:(?<=[^\W\d]{2}[.!?;])|(?<=\d{3}[.;])|(?<=[)\"”][.!?;]))\s+"
    rf"(?=[{CAPITALS}]|\d+[.)]\s|[a-zđ]\)\s|\")|\n+"
)
_WIKI_HEADING = re.compile(r"^=+\s*(.*?)\s*=+$")
_ARTICLE = re.compile(r"(?m)^\s*(?:\|\s*)?(Điều\s+\d+[a-zđ]?)\s*[.:]\s*(.*)$")
_KIND = re.compile(r"(LUẬT|NGHỊ (ĐỊNH|QUYẾT)|THÔNG TƯ|QUYẾT ĐỊNH|BỘ LUẬT|PHÁP LỆNH|CHỈ THỊ)\b.{0,20}$")
_SKIPPED = {"liên kết ngoài", "tham khảo", "chú thích", "xem thêm", "thư mục", "nguồn", "ghi chú", "đọc thêm"}
_MATH = re.compile(r"\\displaystyle|\{\\|^\s+\S{0,3}$")
_SPACES = re.compile(r"[ \t\xa0]+")

# How long passages may become, in syllables; articles differ, so that the model meets short ones and long ones.
_LENGTHS = (90, 140, 170, 220, 320)


@dataclass(frozen=True, slots=True)
class Passage:
    """Consecutive sentences of one article.

    Args:
        heading: the section or "Điều" the passage stands under; "" where there is none.
    """

    heading: str
    sentences: tuple[str, ...]

    @property
    def text(self) -> str:
        """The sentences, joined by spaces."""
        return " ".join(self.sentences)


@dataclass(frozen=True, slots=True)
class Article:
    """A story, a legal document or an encyclopaedia entry; its passages are each other's hard negatives."""

    source: str
    title: str
    summary: str
    passages: tuple[Passage, ...]


def tidy(text: str) -> str:
    """NFC text with plain spaces."""
    return _SPACES.sub(" ", unicodedata.normalize("NFC", text)).strip()


def sentences(text: str) -> list[str]:
    """Sentences and list items; good enough for training, `corpus.sentences` is the exact one."""
    return [s for s in (tidy(part) for part in _SENTENCE.split(text)) if len(s) > 1]


def pack(units: Iterable[str], low: int, high: int) -> Iterator[tuple[str, ...]]:
    """Consecutive sentences in groups of `low` to about `high` syllables; a longer sentence stands alone."""
    group: list[str] = []
    size = 0
    for unit in units:
        length = unit.count(" ") + 1
        if group and size + length > high:
            yield tuple(group)
            group, size = [], 0
        group.append(unit)
        size += length
    if group and size >= low:
        yield tuple(group)


def read_lines(path: Path, limit: int) -> Iterator[dict[str, Any]]:
    """The records of a `.jsonl.xz` file, at most `limit` of them."""
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            if number >= limit:
                return
            yield json.loads(line)


def news_article(record: dict[str, Any], most: int = 4) -> Article:
    """A news story; at most its first `most` passages, because there is plenty of news and little of the rest."""
    groups = pack(sentences(record["body"]), 30, 150)
    passages = tuple(Passage("", group) for group, _ in zip(groups, range(most), strict=False))
    return Article("news", tidy(record["title"]), tidy(record["abstract"]), passages)


def _wiki_sections(text: str) -> Iterator[tuple[str, list[str]]]:
    heading, lines = "", list[str]()
    for line in text.split("\n"):
        found = _WIKI_HEADING.match(line)
        if found:
            yield heading, lines
            heading, lines = found.group(1), []
        elif len(line) > 40 and not _MATH.search(line):
            lines.append(line)
    yield heading, lines


def wiki_article(record: dict[str, Any]) -> Article:
    """An encyclopaedia entry, paragraph by paragraph: short ones are joined, long ones cut."""
    passages: list[Passage] = []
    high = _LENGTHS[len(record["text"]) % len(_LENGTHS)]
    for heading, lines in _wiki_sections(record["text"]):
        if heading.lower() not in _SKIPPED:
            units = [s for line in lines for s in sentences(line)]
            passages += [Passage(heading, group) for group in pack(units, 25, high)]
    return Article("wiki", tidy(record["title"]), "", tuple(passages))


def legal_article(record: dict[str, Any]) -> Article:
    """A legal document: one passage an "Điều", long ones cut at their items."""
    text = record["text"]
    marks = list(_ARTICLE.finditer(text))
    title = _legal_title(text[: marks[0].start()] if marks else text[:1500])
    passages: list[Passage] = []
    for mark, following in zip_longest(marks, marks[1:]):
        body = text[mark.end() : following.start() if following else mark.end() + 4000]
        heading = tidy(mark.group(2))
        if len(heading) > 200:  # an article of one paragraph has no heading of its own
            heading, body = "", heading + "\n" + body
        high = 2 * _LENGTHS[len(body) % len(_LENGTHS)]
        passages += [Passage(heading, group) for group in pack(sentences(body), 12, high)]
    return Article("legal", title, "", tuple(passages))


def _legal_title(head: str) -> str:
    lines = [tidy(line) for line in head.split("\n")]
    for kind, name in pairwise(lines):
        if kind.isupper() and _KIND.match(kind):
            return f"{kind.capitalize()} {name.lower() if name.isupper() else name}"
    return ""


READERS = {"news": news_article, "wiki": wiki_article, "legal": legal_article}


def read_articles(folder: Path, limit: int = 1 << 30) -> Iterator[Article]:
    """All articles of the training folder that have a passage; at most `limit` of each source."""
    for source, reader in READERS.items():
        for record in read_lines(folder / f"{source}.jsonl.xz", limit):
            article = reader(record)
            if article.passages:
                yield article


def read_parallel(folder: Path, limit: int = 1 << 30) -> list[tuple[str, str]]:
    """English–Vietnamese sentence pairs."""
    pairs: list[tuple[str, str]] = []
    with lzma.open(folder / "parallel_en_vi.tsv.xz", "rt", encoding="utf-8") as lines:
        for line in lines:
            english, _, vietnamese = line.rstrip("\n").partition("\t")
            if len(vietnamese) > 20:
                pairs.append((tidy(english), tidy(vietnamese)))
            if len(pairs) >= limit:
                break
    return pairs


def shingles(text: str, size: int = 8) -> set[int]:
    """Hashes of every `size` consecutive lower-cased words."""
    words = re.findall(r"\w+", text.lower())
    return {hash(tuple(words[i : i + size])) for i in range(len(words) - size + 1)}


def benchmark_shingles(folder: Path) -> set[int]:
    """Shingles of all passages of all benchmark folders, to keep them out of the training text."""
    found: set[int] = set()
    for path in sorted(folder.glob("*/corpus.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            found |= shingles(json.loads(line)["text"])
    return found


def without(article: Article, held_out: set[int], share: float = 0.2) -> Article:
    """The article without passages that share more than `share` of their shingles with the held-out text."""

    def clean(passage: Passage) -> bool:
        own = shingles(passage.text)
        return not own or len(own & held_out) <= share * len(own)

    return Article(article.source, article.title, article.summary, tuple(p for p in article.passages if clean(p)))
