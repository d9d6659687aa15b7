"""The loop: mutate, read within limits, keep the first file of each kind of finding."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from random import Random

from tests.fuzz.child import GOOD, SECONDS, Outcome, run
from tests.fuzz.mutations import mutated, suffix_for
from tests.fuzz.seeds import seeds

_LIBRARIES = ("corpus.pdf", "corpus.docx", "corpus.html", "corpus.sheets", "corpus.slides", "openpyxl", "pptx", "bs4",
              "pypdf", "corpus.chunking", "corpus.structure", "corpus.plain", "tests.corpus.invariants")  # fmt: skip


def main(arguments: list[str] | None = None) -> int:
    """Run for so many minutes; 1 when something was found."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument(
        "reader", help="pdf, docx, doc, rtf, odt, html, mhtml, txt, xlsx, xls, ods, pptx, ppt, odp, zip, xml"
    )
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, default=Path(tempfile.gettempdir()) / "baocao-fuzz")
    told = parser.parse_args(arguments)
    told.out.mkdir(parents=True, exist_ok=True)
    for name in _LIBRARIES:  # every fork finds them imported
        __import__(name)
    return _loop(told.reader, told.minutes * 60, Random(told.seed), told.out)  # noqa: S311 - to be repeated


def _loop(reader: str, seconds: float, random: Random, out: Path) -> int:
    with tempfile.TemporaryDirectory(prefix="baocao-fuzz-") as place:
        sources = seeds(reader, Path(place))
        counts: Counter[str] = Counter()
        worst = Outcome("read")
        most = 0.0
        found: Counter[str] = Counter()
        refusals: Counter[str] = Counter()
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            data = mutated(random.choice(sources), random, sources)
            path = Path(place) / f"thu{suffix_for('.' + reader, random)}"
            path.write_bytes(data)
            outcome = _judged(run(path))
            path.unlink()
            counts[outcome.verdict] += 1
            refusals[outcome.where] += outcome.verdict == "refused"
            worst = max(worst, outcome, key=lambda one: one.seconds)
            most = max(most, outcome.megabytes)
            if outcome.verdict not in GOOD:
                _keep(out, reader, path.suffix, data, outcome, found)
    summary = {"reader": reader, "seeds": len(sources), "files": counts.total(), **counts, "slowest_s": worst.seconds,
               "most_mb": most, "refusals": dict(refusals.most_common(8)), "findings": found}  # fmt: skip
    sys.stdout.write(json.dumps(summary, ensure_ascii=False, indent=1) + "\n")
    return 1 if found else 0


def _judged(outcome: Outcome) -> Outcome:
    if outcome.verdict in GOOD and outcome.seconds > SECONDS:
        return Outcome("slow", "", outcome.seconds, outcome.megabytes)
    return outcome


def _keep(out: Path, reader: str, suffix: str, data: bytes, outcome: Outcome, found: Counter[str]) -> None:
    """The smallest of each kind of finding."""
    key = f"{outcome.verdict}: {outcome.where}"
    found[key] += 1
    number = list(found).index(key)
    path = out / f"{reader}-{number}{suffix}"
    if found[key] == 1:
        sys.stderr.write(f"{path.name}: {key}\n")
    kept = list(out.glob(f"{reader}-{number}.*"))
    if found[key] == 1 or len(data) < min(old.stat().st_size for old in kept):
        for old in kept:
            old.unlink()
        path.write_bytes(data)


if __name__ == "__main__":
    sys.exit(main())
