"""Training of the learned order: LambdaMART over the features of `index.features`.

Candidates come from the very search that the program runs: its `ordering` is replaced by a recorder. What is reported
for a question set is measured by a model that has seen nothing of this set.
"""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.document import Chunk, Document, Metadata, Span
from corpus.text import fold, normalise
from index.features import FEATURES, Floats, features
from index.library import Library
from index.queries import Question
from index.searching import Candidate
from index.settings import IndexSettings
from index.training.corpus import Article
from index.training.pairs import Mix, make_pair
from index.types import Embedder

PARAMETERS: dict[str, Any] = {
    "objective": "lambdarank",
    "learning_rate": 0.04,
    "num_leaves": 7,
    "max_depth": 6,
    "min_data_in_leaf": 100,
    "lambda_l2": 5.0,
    "feature_fraction": 0.7,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "lambdarank_truncation_level": 10,
    "label_gain": [0, 1],
    "num_threads": 1,
    "deterministic": True,
    "force_row_wise": True,
    "verbosity": -1,
}
TREES = 150
# What the names of question sets begin with that were made on the training text: by rule, or written by people.
_MADE, _WRITTEN = "made", "written"


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """Passages (title, text) and questions by id, and the relevant passages of each question."""

    name: str
    passages: Mapping[str, tuple[str, str]]
    questions: Mapping[str, str]
    relevant: Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Listed:
    """The candidates of one question in fused order: features (n, len(FEATURES)) and labels (n,)."""

    table: Floats
    labels: NDArray[np.int8]

    def hit(self, order: NDArray[np.intp], k: int) -> bool:
        """Whether a relevant passage is among the first `k`."""
        return bool(self.labels[order[:k]].any())


def read_set(folder: Path) -> QuestionSet:
    """A BEIR folder."""

    def rows(name: str) -> list[dict[str, str]]:
        return [json.loads(line) for line in (folder / name).read_text("utf-8").splitlines() if line.strip()]

    relevant: dict[str, set[str]] = {}
    for line in (folder / "qrels" / "test.tsv").read_text("utf-8").splitlines()[1:]:
        query, passage, score = line.split("\t")
        if int(score) > 0:
            relevant.setdefault(query, set()).add(passage)
    return QuestionSet(
        folder.name,
        {row["_id"]: (row.get("title", ""), row["text"]) for row in rows("corpus.jsonl")},
        {row["_id"]: row["text"] for row in rows("queries.jsonl") if row["_id"] in relevant},
        {query: frozenset(found) for query, found in relevant.items()},
    )


def made_set(articles: Iterable[Article], questions: int, seed: int) -> QuestionSet:
    """Questions made by rule on passages of the training text; whole articles, so that neighbours compete."""
    rng = Random(seed)  # noqa: S311 - nothing secret
    mix = Mix(remove_source=0.0, folded=0.0, sentence=0.0, keywords=0.1, question=0.8)
    passages: dict[str, tuple[str, str]] = {}
    owners: dict[str, tuple[Article, int]] = {}
    for number, article in enumerate(articles):
        for place, passage in enumerate(article.passages):
            name = f"{number}-{place}"
            passages[name] = (article.title, f"{passage.heading} {passage.text}".strip())
            owners[name] = (article, place)
    chosen = rng.sample(sorted(passages), min(questions, len(passages)))
    made = {
        name: make_pair(owners[name][0], owners[name][0].passages[owners[name][1]], mix, {}, rng).query
        for name in chosen
    }
    return QuestionSet("made", passages, made, {name: frozenset({name}) for name in chosen})


def fill(library: Library, passages: Mapping[str, tuple[str, str]]) -> None:
    """Store passages as they are, a chunk each; those with one title are one document."""
    titled: dict[str, list[tuple[str, str]]] = {}
    for name, (title, text) in passages.items():
        titled.setdefault(title, []).append((name, text))
    with library.batch():
        for title, group in titled.items():
            library.store(*_document(title, group))


def _document(title: str, group: Sequence[tuple[str, str]]) -> tuple[Document, list[Chunk]]:
    name = hashlib.sha256(f"{title}:{group[0][0]}".encode()).hexdigest()[:16]
    chunks, offset = [], 0
    for passage, raw in group:
        text = normalise(raw).replace("\n", " ")
        chunks.append(Chunk(passage, name, (), Span(1, offset, offset + len(text)), text, prefix=normalise(title)))
        offset += len(text) + 1
    body = "\n".join(chunk.text for chunk in chunks)
    about = Metadata(subject=normalise(title) or None)
    return Document(name, f"/set/{name}", "txt", body, 1, ((0, 1),), about, Span(1, 0, len(body)), (), ()), chunks


def collect(asked: QuestionSet, embedder: Embedder | None, settings: IndexSettings) -> dict[str, list[Listed]]:
    """The candidates of every question, as typed ("plain") and without diacritics ("folded")."""
    found: dict[str, list[Listed]] = {"plain": [], "folded": []}
    with (
        tempfile.TemporaryDirectory(prefix="baocao-order-") as home,
        closing(Library.open(Path(home), settings, embedder)) as library,
    ):
        fill(library, asked.passages)
        recorded: list[tuple[Question, Sequence[Candidate]]] = []

        def record(question: Question, candidates: Sequence[Candidate]) -> Sequence[Candidate]:
            recorded.append((question, candidates))
            return candidates

        library.ordering = record
        for kind, change in (("plain", lambda text: text), ("folded", lambda text: fold(normalise(text)))):
            for query, text in asked.questions.items():
                recorded.clear()
                library.search(change(text), k=10)
                found[kind].append(_listed(recorded, asked.relevant[query]))
    return found


def _listed(recorded: Sequence[tuple[Question, Sequence[Candidate]]], relevant: frozenset[str]) -> Listed:
    if not recorded or not recorded[0][1]:
        return Listed(np.zeros((0, len(FEATURES)), np.float32), np.zeros(0, np.int8))
    question, candidates = recorded[0]
    labels = np.array([candidate.chunk.id in relevant for candidate in candidates], np.int8)
    return Listed(features(question, candidates), labels)


def train(lists: Sequence[Listed], weights: Sequence[float], seed: int, trees: int = TREES) -> Any:  # noqa: ANN401
    """A LightGBM booster; a question without a relevant candidate teaches nothing and is left out."""
    import lightgbm

    kept = [(one, weight) for one, weight in zip(lists, weights, strict=True) if one.labels.any()]
    data = lightgbm.Dataset(
        np.concatenate([one.table for one, _ in kept]),
        np.concatenate([one.labels for one, _ in kept]),
        group=[len(one.labels) for one, _ in kept],
        weight=np.concatenate([np.full(len(one.labels), weight) for one, weight in kept]),
        feature_name=list(FEATURES),
    )
    return lightgbm.train({**PARAMETERS, "seed": seed}, data, trees)


Lists = Mapping[str, Mapping[str, Sequence[Listed]]]


def training_lists(sets: Lists, left_out: str | None, own_weight: float) -> tuple[list[Listed], list[float]]:
    """All lists but those of one set; each set weighs the same, one of our own making `own_weight` of that."""
    lists: list[Listed] = []
    weights: list[float] = []
    for name, kinds in sets.items():
        if name == left_out:
            continue
        share = own_weight if name.startswith((_MADE, _WRITTEN)) else 1.0
        number = sum(len(found) for found in kinds.values())
        for found in kinds.values():
            lists += found
            weights += [share * 1000 / max(1, number)] * len(found)
    return lists, weights


Order = Callable[[Listed], NDArray[np.intp]]


def by_model(booster: Any) -> Order:  # noqa: ANN401
    """The order of a booster; ties stay in fused order."""

    def order(one: Listed) -> NDArray[np.intp]:
        values = booster.predict(one.table) if len(one.labels) else np.zeros(0)
        return np.argsort(-values, kind="stable")

    return order


def as_fused(one: Listed) -> NDArray[np.intp]:
    """The order the candidates came in."""
    return np.arange(len(one.labels))


def hits(lists: Sequence[Listed], order: Order) -> tuple[float, float]:
    """Share of the questions with a relevant passage first, and among the first ten."""
    orders = [order(one) for one in lists]
    first, ten = (
        float(np.mean([one.hit(o, k) for one, o in zip(lists, orders, strict=True)])) if lists else 0.0 for k in (1, 10)
    )
    return first, ten


def leave_out(sets: Lists, seeds: Sequence[int], own_weight: float, log: Callable[[str], None]) -> None:
    """The table of docs/model.md: for each set the fused order, and models trained without this set."""
    log("| set | query | fused R@1 / R@10 | learned R@1 (each seed) | learned R@1 / R@10 (mean) |")
    log("|---|---|---|---|---|")
    for name, kinds in sets.items():
        if name.startswith(_MADE):
            continue
        boosters = [train(*training_lists(sets, name, own_weight), seed) for seed in seeds]
        for kind, lists in kinds.items():
            before = hits(lists, as_fused)
            after = [hits(lists, by_model(booster)) for booster in boosters]
            each = " ".join(f"{first:.3f}" for first, _ in after)
            mean = np.mean(after, axis=0)
            log(f"| {name} | {kind} | {before[0]:.3f} / {before[1]:.3f} | {each} | {mean[0]:.3f} / {mean[1]:.3f} |")
