"""How search behaves with many chunks: build time, size on disk, memory, and milliseconds a search and an answer.

`python -m eval.bench_scale ../shared/training/news.jsonl.xz --chunks 10000 100000`. Chunks are paragraphs of
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
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import TypeVar

import numpy as np

from corpus.text import normalise
from eval.retrieval import index_passages
from index.library import Library
from index.queries import Question
from index.searching import Candidate
from index.settings import IndexSettings
from index.types import Mode

_SHORTEST, _LONGEST = 200, 900
_QUESTIONS = 300
_BATCH = 20_000
_ANSWERED = 100

T = TypeVar("T")


def paragraphs(archives: Sequence[Path], count: int, seed: int = 20) -> Iterator[str]:
    """Paragraphs of real text, as many as asked for; from the second round on their figures are others."""
    chosen = random.Random(seed)  # noqa: S311 - not for secrets
    given = 0
    for turn in itertools.count():
        for text in itertools.chain.from_iterable(map(_read, archives)):
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


def questions(passages: Sequence[tuple[int | str, str]], seed: int = 7) -> list[tuple[int | str, str]]:
    """A question a passage: a sentence of it without every third word."""
    chosen = random.Random(seed)  # noqa: S311 - not for secrets
    asked = []
    for name, text in chosen.sample(list(passages), min(_QUESTIONS, len(passages))):
        sentence = max(re.split(r"(?<=[.!?])\s", text), key=len).split()[:24]
        asked.append((name, " ".join(word for place, word in enumerate(sentence) if place % 3 != 2)))
    return asked


def measure(archives: Sequence[Path], count: int, model: str, exact_up_to: int) -> dict[str, float]:
    """Build a library of `count` chunks in a temporary home and ask it."""
    with tempfile.TemporaryDirectory(prefix="baocao-bench-") as home:
        settings = IndexSettings(model=model, exact_up_to=exact_up_to)
        kept, spent = _build(Path(home), settings, archives, count)
        return {**{name: round(value, 1) for name, value in spent.items()}, **ask(Path(home), settings, kept)}


def ask(home: Path, settings: IndexSettings, kept: Sequence[tuple[int | str, str]] = ()) -> dict[str, float]:
    """Ask a library about chunks of its own; about some of all documents unless they are given."""
    started = time.perf_counter()
    with closing(Library.open(home, settings)) as library:
        library.search("diện tích chè")
        opened = time.perf_counter() - started
        asked = questions(kept or _some(library))
        return {
            "chunks": library.size,
            "open_ms": round(opened * 1000, 1),
            "disk_mb": round(sum(path.stat().st_size for path in home.rglob("*") if path.is_file()) / 1e6, 1),
            **_times(library, asked, "hybrid"),
            **_times(library, asked, "lexical"),
            **_times(library, asked, "dense"),
            **_reordering(library, [text for _, text in asked]),
            **_memory(home, [text for _, text in asked]),
            **_answers(library, [text for _, text in asked[:_ANSWERED]]),
            **_cold_start(home, asked[0][1]),
            "peak_memory_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1),
        }


def _some(library: Library) -> list[tuple[int | str, str]]:
    records = library.documents()
    chosen = records[:: max(1, len(records) // (2 * _QUESTIONS))]
    return [(chunk.id, chunk.text) for record in chosen for chunk in library.chunks(record.id)[:2]]


def _build(
    home: Path, settings: IndexSettings, archives: Sequence[Path], count: int
) -> tuple[list[tuple[int | str, str]], dict[str, float]]:
    """Index the paragraphs; every so many of them are kept to ask about."""
    kept: list[tuple[int | str, str]] = []
    texts = enumerate(paragraphs(archives, count))
    started, busy = time.perf_counter(), time.process_time()
    with closing(Library.open(home, settings)) as library:
        while batch := list(itertools.islice(texts, _BATCH)):
            kept.extend(batch[:: max(1, count // (2 * _QUESTIONS))])
            # Two hundred documents a batch, so that the catalog holds documents of an ordinary length.
            index_passages(library, {str(name): (f"Văn bản {name // 100}", text) for name, text in batch})
    return kept, {"build_seconds": time.perf_counter() - started, "build_cpu_seconds": time.process_time() - busy}


def _times(library: Library, asked: Sequence[tuple[int | str, str]], mode: Mode) -> dict[str, float]:
    found: list[bool] = []

    def search(asked: tuple[int | str, str]) -> None:
        hits = library.search(asked[1], k=10, mode=mode)
        found.append(any(hit.chunk.id == str(asked[0]) for hit in hits))

    return {**_milliseconds(mode, search, asked), f"{mode}_hit@10": round(float(np.mean(found)), 4)}


def _reordering(library: Library, asked: Sequence[str]) -> dict[str, float]:
    """The last ordering of the candidates alone: stretches and sentences, features, trees."""
    whole, spent = library._order, []

    def timed(question: Question, found: Sequence[Candidate], mode: Mode) -> Sequence[Candidate]:
        busy = time.process_time()
        ordered = whole(question, found, mode)
        spent.append((time.process_time() - busy) * 1000)
        return ordered

    library._order = timed  # type: ignore[method-assign]
    for text in asked:
        library.search(text)
    library._order = whole  # type: ignore[method-assign]
    return {f"reorder_cpu_p{share}_ms": round(float(np.percentile(spent, share)), 2) for share in (50, 95)}


_ASKING = """
import sys
from pathlib import Path
from eval.bench_scale import own_mb, resident_mb
from index.library import Library
library = Library.open(Path(sys.argv[1]))
for question in sys.argv[2:]:
    library.search(question)
print(resident_mb(), own_mb())
"""


def _memory(home: Path, asked: Sequence[str]) -> dict[str, float]:
    """What a process holds that opens a library and searches it, with and without the parts of files that it read."""
    command = [sys.executable, "-c", _ASKING, str(home), *asked]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout  # noqa: S603 - our own command
    whole, own = map(float, told.split())
    return {"search_memory_mb": round(whole, 1), "search_memory_own_mb": round(own, 1)}


def _answers(library: Library, asked: Sequence[str]) -> dict[str, float]:
    """Whole answers, without a language model, by a library that is warm."""
    from qa.assistant import Assistant
    from qa.settings import load_settings

    assistant = Assistant(library, load_settings(home=library.home))
    return _milliseconds("ask", assistant.ask, asked)


def _milliseconds(name: str, work: Callable[[T], object], given: Sequence[T]) -> dict[str, float]:
    """How long a piece of work takes for each of what is given: by the clock, and of the processor."""
    spent: dict[str, list[float]] = {"": [], "_cpu": []}
    for item in given:
        started, busy = time.perf_counter(), time.process_time()
        work(item)
        spent[""].append((time.perf_counter() - started) * 1000)
        spent["_cpu"].append((time.process_time() - busy) * 1000)
    return {
        f"{name}{kind}_p{share}_ms": round(float(np.percentile(times, share)), 2)
        for kind, times in spent.items()
        for share in (50, 95)
    }


def _cold_start(home: Path, question: str) -> dict[str, float]:
    """Seconds from the command to its answer, in a process of its own; the best of three."""
    command = [sys.executable, "-m", "qa.cli", "--home", str(home), "ask", question]
    walls, busy = [], []
    for _ in range(3):
        before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - our own command
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        walls.append(time.perf_counter() - started)
        busy.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return {"cold_ask_seconds": round(min(walls), 2), "cold_ask_cpu_seconds": round(min(busy), 2)}


def resident_mb() -> float:
    """Memory that this process holds now."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * resource.getpagesize() / 1e6


def own_mb() -> float:
    """That memory without pages of files, which the system takes back when it needs them."""
    held, files = (int(field) for field in Path("/proc/self/statm").read_text("ascii").split()[1:3])
    return (held - files) * resource.getpagesize() / 1e6


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure each size in a process of its own, or a library that stands, and print one JSON line each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("archives", type=Path, nargs="*", help="JSON lines with abstract and body, packed by xz")
    parser.add_argument("--home", type=Path, help="ask this library, which the program or this benchmark has built")
    parser.add_argument("--chunks", type=int, nargs="+", default=[10_000])
    parser.add_argument("--model", default="bundled")
    parser.add_argument("--exact-up-to", type=int, default=IndexSettings().exact_up_to)
    parser.add_argument("--here", action="store_true", help="measure in this process")
    chosen = parser.parse_args(arguments)
    if chosen.home:
        settings = IndexSettings(model=chosen.model, exact_up_to=chosen.exact_up_to)
        sys.stdout.write(json.dumps(ask(chosen.home, settings)) + "\n")
        return 0
    for count in chosen.chunks:
        if chosen.here:
            sys.stdout.write(json.dumps(measure(chosen.archives, count, chosen.model, chosen.exact_up_to)) + "\n")
            continue
        command = [
            sys.executable,
            "-m",
            "eval.bench_scale",
            *map(str, chosen.archives),
            "--here",
            "--chunks",
            str(count),
        ]
        command += ["--model", chosen.model, "--exact-up-to", str(chosen.exact_up_to)]
        subprocess.run(command, check=True)  # noqa: S603 - our own command
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
