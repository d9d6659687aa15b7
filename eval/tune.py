"""Choose the weights of search on development sets, and write down everything that was tried.

`python -m eval.tune FOLDER_OF_BEIR_SETS --out docs/tuning.json`. Two steps: the boosts of the lexical fields one after
the other (each grid over all questions as typed and without diacritics), then the shares of words and vectors.
The figure to raise is the mean over the sets of R@1 and of MRR@10, so that a small set counts as much as a large one;
for the shares also of the share of questions with a relevant passage among those that the learned order gets to see.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, closing
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np

from corpus.text import fold, normalise
from eval.retrieval import DEPTH, BeirSet, index_passages, read_beir, scores
from index.fusion import fuse
from index.library import Library
from index.settings import IndexSettings, Weights

GRID: dict[str, tuple[float, ...]] = {
    "pairs": (0.3, 0.45, 0.6, 0.8, 1.0),
    "folded": (0.0, 0.1, 0.2, 0.4, 0.6),
    "folded_pairs": (0.0, 0.1, 0.2, 0.4),
    "heads": (0.0, 0.1, 0.2, 0.35),
    "restored": (0.0, 0.25, 0.5, 1.0),
    "expansion": (0.0, 0.25, 0.5, 0.75),
}
_SHARES = "shares"
_SEEN = IndexSettings().ordered
DENSE_SHARES = tuple(share / 20 for share in range(21))


@dataclass(frozen=True, slots=True)
class Trial:
    """One choice and what came of it: mean objective, and R@1, R@10, … of each set, as typed and folded."""

    step: str
    chosen: dict[str, float]
    objective: float
    figures: dict[str, float]


@dataclass(frozen=True, slots=True)
class Shelf:
    """A set whose passages are indexed."""

    name: str
    questions: BeirSet
    library: Library

    def asked(self, every: int) -> Iterator[tuple[str, str, bool]]:
        """Question id, text, and whether it is folded: each question both ways."""
        for query, text in list(self.questions.queries.items())[::every]:
            yield query, text, False
            yield query, fold(normalise(text)), True


def tune_words(shelves: Sequence[Shelf], every: int) -> tuple[Weights, list[Trial]]:
    """Boosts of the lexical fields by coordinate search."""
    trials: list[Trial] = []
    weights, seen = Weights(), dict[Weights, Trial]()
    for name, values in GRID.items():
        for value in values:
            tried = replace(weights, **{name: value})
            if tried not in seen:
                seen[tried] = _judge(f"words: {name}", {name: value}, _ask_words(shelves, tried, every), shelves)
                trials.append(seen[tried])
                _tell(seen[tried])
        weights = max((w for w in seen if _differs_only(w, weights, name)), key=lambda w: seen[w].objective)
    return weights, trials


def _differs_only(left: Weights, right: Weights, name: str) -> bool:
    return replace(left, **{name: 0.0}) == replace(right, **{name: 0.0})


def _ask_words(shelves: Sequence[Shelf], weights: Weights, every: int) -> dict[str, dict[str, list[str]]]:
    ranked: dict[str, dict[str, list[str]]] = {}
    for shelf in shelves:
        shelf.library.settings = replace(shelf.library.settings, weights=weights, ordered=DEPTH)
        for query, text, folded in shelf.asked(every):
            hits = shelf.library.search(text, k=DEPTH, mode="lexical")
            ranked.setdefault(_label(shelf, folded), {})[query] = [hit.chunk.id for hit in hits]
    return ranked


def tune_shares(shelves: Sequence[Shelf], weights: Weights, every: int) -> tuple[Weights, list[Trial]]:
    """The shares of words and vectors, from the candidates of one search a question."""
    pools = {(shelf.name, *asked): _pool(shelf, asked[1], weights) for shelf in shelves for asked in shelf.asked(every)}
    trials: list[Trial] = []
    for share in DENSE_SHARES:
        ranked: dict[str, dict[str, list[str]]] = {}
        for (name, query, _, folded), (ids, lexical, dense) in pools.items():
            fused = fuse(lexical, dense, 1.0 - share, share)
            best = [ids[place] for place in np.argsort(-fused, kind="stable")[:_SEEN]]
            ranked.setdefault(f"{name}{' folded' if folded else ''}", {})[query] = best
        trials.append(_judge(_SHARES, {"dense": share, "lexical": 1.0 - share}, ranked, shelves, _SEEN))
        _tell(trials[-1])
    best_trial = max(trials, key=lambda trial: trial.objective)
    return replace(weights, **best_trial.chosen), trials


def _pool(
    shelf: Shelf, text: str, weights: Weights
) -> tuple[list[str], np.ndarray[tuple[int], np.dtype[np.float32]], np.ndarray[tuple[int], np.dtype[np.float32]]]:
    shelf.library.settings = replace(shelf.library.settings, weights=weights, ordered=0)
    hits = shelf.library.search(text, k=2 * shelf.library.settings.candidates)
    lexical = np.array([hit.parts["lexical"] for hit in hits], np.float32)
    return [hit.chunk.id for hit in hits], lexical, np.array([hit.parts["dense"] for hit in hits], np.float32)


def _label(shelf: Shelf, folded: bool) -> str:
    return f"{shelf.name}{' folded' if folded else ''}"


def _judge(
    step: str,
    chosen: dict[str, float],
    ranked: Mapping[str, Mapping[str, Sequence[str]]],
    shelves: Sequence[Shelf],
    seen: int = 0,
) -> Trial:
    relevant = {_label(shelf, folded): shelf.questions.relevant for shelf in shelves for folded in (False, True)}
    told = {label: scores(found, relevant[label]) for label, found in ranked.items()}
    judged = ["hit@1", "mrr@10"]
    if seen:
        judged.append(f"hit@{seen}")
        for label, found in ranked.items():
            hits = [not relevant[label][query].isdisjoint(first) for query, first in found.items()]
            told[label][judged[-1]] = round(float(np.mean(hits)), 4)
    objective = float(np.mean([row[name] for row in told.values() for name in judged]))
    shown = ("hit@1", "hit@10", *judged[2:])
    figures = {f"{label} {name}": row[name] for label, row in told.items() for name in shown}
    return Trial(step, chosen, round(objective, 5), figures)


def _tell(trial: Trial) -> None:
    first = {label.removesuffix(" hit@1"): value for label, value in trial.figures.items() if label.endswith(" hit@1")}
    sys.stderr.write(f"{trial.step} {trial.chosen} → {trial.objective:.4f} {first}\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Tune, and write a JSON file with the chosen weights and all trials."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="a folder of BEIR folders")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--model", default="bundled")
    parser.add_argument("--every", type=int, default=1, help="only every n-th question")
    parser.add_argument("--words-from", type=Path, help="an earlier result whose lexical boosts are kept")
    chosen = parser.parse_args(arguments)
    with ExitStack() as stack:
        shelves = [_shelf(path.parent, chosen.model, stack) for path in sorted(chosen.folder.glob("*/corpus.jsonl"))]
        if chosen.words_from:
            earlier = json.loads(chosen.words_from.read_text("utf-8"))
            weights = Weights(**earlier["weights"])
            trials = [Trial(**trial) for trial in earlier["trials"] if trial["step"] != _SHARES]
        else:
            weights, trials = tune_words(shelves, chosen.every)
        if chosen.model != "none":
            weights, more = tune_shares(shelves, weights, chosen.every)
            trials = [*trials, *more]
        model = shelves[0].library.embedder
    name = f"{chosen.model} {model.fingerprint}" if model else chosen.model
    result = {"model": name, "weights": asdict(weights), "trials": [asdict(trial) for trial in trials]}
    chosen.out.write_text(json.dumps(result, ensure_ascii=False, indent=1) + "\n", "utf-8")
    return 0


def _shelf(folder: Path, model: str, stack: ExitStack) -> Shelf:
    home = stack.enter_context(tempfile.TemporaryDirectory(prefix="baocao-tune-"))
    library = stack.enter_context(closing(Library.open(Path(home), IndexSettings(model=model, candidates=100))))
    questions = read_beir(folder)
    index_passages(library, questions.passages)
    return Shelf(folder.name, questions, library)


if __name__ == "__main__":
    raise SystemExit(main())
