"""How search behaves with many chunks: build time, size on disk, memory, and milliseconds a question.

`python -m eval.bench_scale ../shared/training/news.jsonl.xz --chunks 10000 100000 --json`. Chunks are paragraphs of
real articles; where there are too few, they come again with other figures. Every question is a sentence of a chunk
with words left out. Each size runs in a process of its own, so that memory is that of one library.
"""

from __future__ import annotations

import argparse
import itertools
import json
import lzma
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

import numpy as np

from corpus.text import normalise
from eval.retrieval import index_passages
from index.library import Library
from index.settings import IndexSettings
from index.types import Filters, Mode

_SHORTEST, _LONGEST = 200, 900
_QUESTIONS = 300
_BATCH = 20_000


def paragraphs(archive: Path, count: int, seed: int = 20) -> Iterator[str]:
    """Paragraphs of real text, as many as asked for; from the second round on their figures are others."""
    chosen = random.Random(seed)  # noqa: S311 - not for secrets
    given = 0
    for turn in itertools.count():
        for text in _read(archive):
            if given == count:
                return
            given += 1
            yield re.sub(r"\d", lambda match: str(chosen.randrange(10)), text) if turn else text


def _read(archive: Path) -> Iterator[str]:
    with lzma.open(archive, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            yield from _pack(f"{row.get('abstract', '')}\n{row.get('body') or row.get('text') or ''}")


def _pack(text: str) -> Iterator[str]:
    held = ""
    for piece in normalise(text).split("\n"):
        held = f"{held} {piece}".strip()
        if len(held) >= _SHORTEST:
            yield held[:_LONGEST]
            held = ""


def questions(passages: Sequence[tuple[int, str]], seed: int = 7) -> list[tuple[int, str]]:
    """A question a passage: a sentence of it without every third word."""
    chosen = random.Random(seed)  # noqa: S311 - not for secrets
    asked = []
    for name, text in chosen.sample(list(passages), min(_QUESTIONS, len(passages))):
        sentence = max(re.split(r"(?<=[.!?])\s", text), key=len).split()[:24]
        asked.append((name, " ".join(word for place, word in enumerate(sentence) if place % 3 != 2)))
    return asked


def measure(archive: Path, count: int, model: str, exact_up_to: int) -> dict[str, float]:
    """Build a library of `count` chunks in a temporary home and ask it."""
    with tempfile.TemporaryDirectory(prefix="baocao-bench-") as home:
        settings = IndexSettings(model=model, exact_up_to=exact_up_to)
        kept, seconds = _build(Path(home), settings, archive, count)
        started = time.perf_counter()
        with closing(Library.open(Path(home), settings)) as library:
            library.search("diện tích chè")
            opened = time.perf_counter() - started
            asked = questions(kept)
            return {
                "chunks": count,
                "build_seconds": round(seconds, 1),
                "open_ms": round(opened * 1000, 1),
                "disk_mb": round(sum(path.stat().st_size for path in Path(home).rglob("*") if path.is_file()) / 1e6, 1),
                **_times(library, asked, "hybrid"),
                **_times(library, asked, "lexical"),
                **_times(library, asked, "dense"),
                "search_memory_mb": round(resident_mb(), 1),
                "peak_memory_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1),
            }


def _build(home: Path, settings: IndexSettings, archive: Path, count: int) -> tuple[list[tuple[int, str]], float]:
    """Index the paragraphs; every so many of them are kept to ask about."""
    kept: list[tuple[int, str]] = []
    texts = enumerate(paragraphs(archive, count))
    started = time.perf_counter()
    with closing(Library.open(home, settings)) as library:
        while batch := list(itertools.islice(texts, _BATCH)):
            kept.extend(batch[:: max(1, count // (2 * _QUESTIONS))])
            # Two hundred documents a batch, so that the catalog holds documents of an ordinary length.
            index_passages(library, {str(name): (f"Văn bản {name // 100}", text) for name, text in batch})
    return kept, time.perf_counter() - started


def _times(library: Library, asked: Sequence[tuple[int, str]], mode: Mode) -> dict[str, float]:
    spent, right = [], 0
    for name, text in asked:
        started = time.perf_counter()
        hits = library.search(text, k=10, mode=mode, filters=Filters())
        spent.append((time.perf_counter() - started) * 1000)
        right += any(hit.chunk.id == str(name) for hit in hits)
    return {
        f"{mode}_p50_ms": round(float(np.percentile(spent, 50)), 2),
        f"{mode}_p95_ms": round(float(np.percentile(spent, 95)), 2),
        f"{mode}_hit@10": round(right / len(asked), 4),
    }


def resident_mb() -> float:
    """Memory that this process holds now."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * resource.getpagesize() / 1e6


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure each size in a process of its own and print one JSON line each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("archive", type=Path, help="JSON lines with abstract and body, packed by xz")
    parser.add_argument("--chunks", type=int, nargs="+", default=[10_000])
    parser.add_argument("--model", default="bundled")
    parser.add_argument("--exact-up-to", type=int, default=IndexSettings().exact_up_to)
    parser.add_argument("--here", action="store_true", help="measure in this process")
    chosen = parser.parse_args(arguments)
    for count in chosen.chunks:
        if chosen.here:
            sys.stdout.write(json.dumps(measure(chosen.archive, count, chosen.model, chosen.exact_up_to)) + "\n")
            continue
        command = [sys.executable, "-m", "eval.bench_scale", str(chosen.archive), "--here", "--chunks", str(count)]
        command += ["--model", chosen.model, "--exact-up-to", str(chosen.exact_up_to)]
        subprocess.run(command, check=True)  # noqa: S603 - our own command
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
