"""Training of the static model: one vector a piece, in-batch negatives, neighbours of the passage among them.

The loop is our own because it is ten times faster on two cores than the trainer of sentence-transformers: texts
are tokenised once, and a batch is one sparse product. The loss is its `MultipleNegativesRankingLoss` in both
directions inside its `MatryoshkaLoss`.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from scipy.sparse import csr_matrix  # type: ignore[import-untyped]
from tokenizers import Tokenizer

from index.training.corpus import Article
from index.training.pairs import Mix, Pair, make_pair
from index.training.tokenizer import MARK, fold, normalise, twins

Ids = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Recipe:
    """What is trained, and how long."""

    dimension: int = 512
    nested: tuple[int, ...] = (64, 128, 256)
    nested_weight: float = 0.15
    batch: int = 1024
    neighbours: int = 4
    epochs: int = 3
    rate: float = 0.03
    repeat_legal: int = 3
    scale: float = 20.0
    token_dropout: float = 0.1
    prefix: float = 0.5
    shared: float = 0.85
    idf_power: float = 1.0
    seed: int = 20
    mix: Mix = field(default_factory=Mix)


@dataclass(frozen=True, slots=True)
class Tokens:
    """Token ids of all sentences, one after the other: sentence i is `ids[starts[i]:starts[i + 1]]`."""

    ids: Ids
    starts: NDArray[np.int64]

    def __getitem__(self, number: int) -> Ids:
        return self.ids[self.starts[number] : self.starts[number + 1]]


def tokenise(tokenizer: Tokenizer, texts: Sequence[str], size: int = 20_000) -> Tokens:
    """Token ids of the texts."""
    parts: list[Ids] = []
    lengths: list[int] = []
    for start in range(0, len(texts), size):
        for encoding in tokenizer.encode_batch_fast(list(texts[start : start + size]), add_special_tokens=False):
            ids = np.asarray(encoding.ids, dtype=np.int32)
            parts.append(ids)
            lengths.append(len(ids))
    return Tokens(np.concatenate(parts), np.concatenate([[0], np.cumsum(lengths)]))


@dataclass(frozen=True, slots=True)
class Material:
    """Tokenised passages: passage i has sentences `first[i]` to `first[i + 1]`, and the text above it."""

    articles: Sequence[Article]
    owners: list[tuple[int, int]]  # article, place of the passage in it
    sentences: Tokens
    first: NDArray[np.int64]
    above: Tokens

    def passage(self, number: int, pair: Pair, with_above: bool) -> list[Ids]:
        """The token ids of a passage, or of what the pair leaves of it, in parts."""
        start, end = int(self.first[number]), int(self.first[number + 1])
        if pair.only[1]:
            start, end = start + pair.only[0], min(end, start + pair.only[1])
        parts = [self.above[number]] if with_above else []
        if pair.removed < 0:
            return [*parts, self.sentences.ids[self.sentences.starts[start] : self.sentences.starts[end]]]
        cut = start + pair.removed
        return [
            *parts,
            self.sentences.ids[self.sentences.starts[start] : self.sentences.starts[cut]],
            self.sentences.ids[self.sentences.starts[cut + 1] : self.sentences.starts[end]],
        ]


def prepare(tokenizer: Tokenizer, articles: Sequence[Article]) -> Material:
    """Tokenise all sentences and headings once."""
    owners = [(a, p) for a, article in enumerate(articles) for p in range(len(article.passages))]
    texts = [s for article in articles for passage in article.passages for s in passage.sentences]
    above = [f"{articles[a].title} {articles[a].passages[p].heading}" for a, p in owners]
    first = np.cumsum([0, *(len(articles[a].passages[p].sentences) for a, p in owners)])
    return Material(articles, owners, tokenise(tokenizer, texts), first, tokenise(tokenizer, above))


def inverse_frequency(material: Material, pieces: int) -> NDArray[np.float32]:
    """log((N + 1) / (df + 1)) of each piece over the passages."""
    seen = np.zeros(pieces, dtype=np.int64)
    number = len(material.owners)
    for i in range(number):
        span = material.sentences.starts[material.first[i]], material.sentences.starts[material.first[i + 1]]
        seen[np.unique(material.sentences.ids[span[0] : span[1]])] += 1
    return np.log((number + 1) / (seen + 1)).astype(np.float32)


def initial(tokenizer: Tokenizer, idf: NDArray[np.float32], recipe: Recipe) -> NDArray[np.float32]:
    """Random directions as long as the piece is rare; a phrase leans towards its words, a folded form to its source.

    Before any training this is a random projection of TF-IDF: that is where the exact matching of names comes from.
    """
    rng = np.random.default_rng(recipe.seed)
    pieces = [piece for piece, _ in sorted(tokenizer.get_vocab().items(), key=lambda item: item[1])]
    own = rng.standard_normal((len(pieces), recipe.dimension)).astype(np.float32)
    number = {piece: i for i, piece in enumerate(pieces)}
    vectors = own.copy()
    for i, piece in enumerate(pieces):
        words = [number[MARK + w] for w in piece.split(MARK)[1:] if MARK + w in number]
        if piece.count(MARK) > 1 and words:
            parts = (own[words] * idf[words, None]).sum(axis=0)
            parts *= math.sqrt(recipe.dimension) / max(1e-6, float(np.linalg.norm(parts)))
            vectors[i] = recipe.shared * parts + math.sqrt(1 - recipe.shared**2) * own[i]
    weights = np.maximum(idf, 0.2) ** recipe.idf_power
    vectors *= (weights / weights.mean())[:, None]
    _lean_folded(vectors, pieces, number)
    vectors[0] = 0.0
    return vectors


def _lean_folded(vectors: NDArray[np.float32], pieces: list[str], number: dict[str, int]) -> None:
    sources: dict[str, int] = {}
    for i, piece in enumerate(pieces):  # frequent pieces come first: the first source wins
        bare = fold(piece)
        if bare != piece and piece.startswith(MARK):
            sources.setdefault(bare, i)
    for bare, source in sources.items():
        if bare in number and number[bare] > source:
            vectors[number[bare]] = 0.9 * vectors[source] + 0.3 * vectors[number[bare]]


class _Mean(torch.autograd.Function):
    """Sparse matrix times table; backwards a third of the processor time of `EmbeddingBag` with a dense gradient."""

    @staticmethod
    def forward(ctx: Any, table: torch.Tensor, chosen: csr_matrix) -> torch.Tensor:  # noqa: ANN401
        ctx.chosen = chosen
        return torch.from_numpy(chosen @ table.detach().numpy())

    @staticmethod
    def backward(ctx: Any, *gradients: torch.Tensor) -> tuple[torch.Tensor, None]:  # noqa: ANN401
        return torch.from_numpy(ctx.chosen.T @ gradients[0].contiguous().numpy()), None


class Trainer:
    """Holds the table of vectors and trains it in place."""

    def __init__(
        self,
        tokenizer: Tokenizer,
        material: Material,
        recipe: Recipe,
        log: Callable[[str], None],
        start: NDArray[np.float32] | None = None,
    ) -> None:
        torch.manual_seed(recipe.seed)
        self.tokenizer, self.material, self.recipe, self.log = tokenizer, material, recipe, log
        if start is None:
            start = initial(tokenizer, inverse_frequency(material, tokenizer.get_vocab_size()), recipe)
        self.table = torch.nn.Parameter(torch.from_numpy(start))
        self.optimizer = torch.optim.Adam([self.table], lr=recipe.rate, betas=(0.9, 0.99), fused=True)
        self.rng = Random(recipe.seed)  # noqa: S311 - nothing secret
        self.noise = np.random.default_rng(recipe.seed)

    def embed(self, rows: Sequence[list[Ids]]) -> torch.Tensor:
        """Means of the texts' vectors, with some of their tokens dropped, shape (texts, dimension)."""
        lengths = [sum(len(part) for part in parts) for parts in rows]
        flat = np.concatenate([part for parts in rows for part in parts])
        keep = self.noise.random(len(flat)) >= self.recipe.token_dropout
        owner = np.repeat(np.arange(len(rows)), lengths)[keep]
        bounds = np.searchsorted(owner, np.arange(len(rows) + 1))
        shares = np.repeat(1.0 / np.maximum(np.diff(bounds), 1), np.diff(bounds)).astype(np.float32)
        chosen = csr_matrix((shares, flat[keep], bounds), shape=(len(rows), len(self.table)))
        mean: torch.Tensor = _Mean.apply(self.table, chosen)  # type: ignore[no-untyped-call]
        return mean

    def loss(self, queries: torch.Tensor, passages: torch.Tensor, same: torch.Tensor) -> torch.Tensor:
        """Cross-entropy in both directions, at the full width and at one narrower width drawn at random."""
        narrow = self.rng.choice(self.recipe.nested) if self.recipe.nested else 0
        total = torch.zeros(())
        for width, weight in ((self.recipe.dimension, 1.0), (narrow, self.recipe.nested_weight)):
            if width:
                left = torch.nn.functional.normalize(queries[:, :width], dim=1)
                right = torch.nn.functional.normalize(passages[:, :width], dim=1)
                logits = (self.recipe.scale * left @ right.T).masked_fill(same, -1e4)
                target = torch.arange(len(logits))
                both = torch.nn.functional.cross_entropy(logits, target)
                both = both + torch.nn.functional.cross_entropy(logits.T, target)
                total = total + weight * both / 2
        return total

    def batches(self, groups: list[list[int]]) -> Iterator[list[int]]:
        """Whole groups of neighbouring passages, shuffled, in batches."""
        self.rng.shuffle(groups)
        batch: list[int] = []
        for group in groups:
            batch += group
            if len(batch) >= self.recipe.batch:
                yield batch
                batch = []

    def groups(self) -> list[list[int]]:
        """Passages of one article in random groups of `neighbours`."""
        by_article: dict[int, list[int]] = {}
        for number, (article, _) in enumerate(self.material.owners):
            by_article.setdefault(article, []).append(number)
        found: list[list[int]] = []
        for article, members in by_article.items():
            size = self.recipe.neighbours
            legal = self.material.articles[article].source == "legal"
            for _ in range(self.recipe.repeat_legal if legal else 1):
                self.rng.shuffle(members)
                found += [members[i : i + size] for i in range(0, len(members), size)]
        return found

    def mined_groups(self, size: int = 8, centres: int = 2000, width: int = 128) -> list[list[int]]:
        """Groups of passages that the present vectors hold for alike: the hard negatives of the next epoch.

        Half of the passages stay in groups of their article.
        """
        with torch.no_grad():
            rows = [self.material.passage(n, Pair(""), with_above=False) for n in range(len(self.material.owners))]
            parts = [self.embed(rows[i : i + 8192])[:, :width] for i in range(0, len(rows), 8192)]
            vectors = torch.nn.functional.normalize(torch.cat(parts), dim=1)
            chosen = torch.from_numpy(self.noise.choice(len(vectors), min(centres, len(vectors)), replace=False))
            nearest = torch.cat(
                [(part @ vectors[chosen].T).argmax(dim=1) for part in torch.split(vectors, 8192)]
            ).tolist()
        alike: dict[int, list[int]] = {}
        for number, centre in enumerate(nearest):
            if self.rng.random() < 0.5:
                alike.setdefault(centre, []).append(number)
        found: list[list[int]] = []
        taken = {number for members in alike.values() for number in members}
        for members in alike.values():
            self.rng.shuffle(members)
            found += [members[i : i + size] for i in range(0, len(members), size)]
        rest = ([number for number in group if number not in taken] for group in self.groups())
        return found + [group for group in rest if group]

    def pairs(self, batch: list[int], acronyms: dict[str, str]) -> list[Pair]:
        """A fresh query for each passage of the batch."""
        made: list[Pair] = []
        for number in batch:
            a, p = self.material.owners[number]
            article = self.material.articles[a]
            made.append(make_pair(article, article.passages[p], self.recipe.mix, acronyms, self.rng))
        return made

    def step(self, queries: Sequence[list[Ids]], passages: Sequence[list[Ids]], rate: float) -> float:
        """One update; equal passages and equal queries are not each other's negatives."""
        for group in self.optimizer.param_groups:
            group["lr"] = rate
        self.optimizer.zero_grad(set_to_none=True)
        same = _equal(queries) | _equal(passages)
        means = self.embed([*queries, *passages])
        value = self.loss(means[: len(queries)], means[len(queries) :], torch.from_numpy(same))
        value.backward()  # type: ignore[no-untyped-call]
        self.optimizer.step()
        with torch.no_grad():
            self.table[0] = 0.0
        return float(value.detach())

    def train(
        self,
        acronyms: dict[str, str],
        extra: tuple[Tokens, Tokens] | None = None,
        extra_batches: int = 0,
        after: Callable[[int], None] = lambda epoch: None,
        groups: Callable[[], list[list[int]]] | None = None,
    ) -> None:
        """All epochs; `extra` are ready pairs (English–Vietnamese), `extra_batches` of them an epoch.

        The rate falls linearly to nothing.
        """
        started, done = time.monotonic(), 0
        for epoch in range(self.recipe.epochs):
            plan = list(self.batches((groups or self.groups)()))
            total = self.recipe.epochs * (len(plan) + extra_batches)
            between = max(1, len(plan) // max(1, extra_batches))
            sums, count = 0.0, 0
            for number, batch in enumerate(plan):
                rate = self.recipe.rate * max(0.0, 1 - done / total) * min(1.0, (done + 1) / 20)
                if extra and number % between == 0 and number // between < extra_batches:
                    self.extra_step(extra, rate)
                    done += 1
                made = self.pairs(batch, acronyms)
                encoded = tokenise(self.tokenizer, [pair.query for pair in made])
                queries = [[encoded[i]] for i in range(len(made))]
                passages = [
                    self.material.passage(n, pair, self.rng.random() < self.recipe.prefix)
                    for n, pair in zip(batch, made, strict=True)
                ]
                sums, count, done = sums + self.step(queries, passages, rate), count + 1, done + 1
                if count % 25 == 0:
                    self.log(
                        f"epoch {epoch} step {number + 1}/{len(plan)} loss {sums / count:.4f} "
                        f"rate {rate:.4f} {time.monotonic() - started:.0f} s"
                    )
                    sums, count = 0.0, 0
            after(epoch)

    def extra_step(self, extra: tuple[Tokens, Tokens], rate: float) -> None:
        """One batch of ready pairs."""
        number = len(extra[0].starts) - 1
        chosen = self.rng.sample(range(number), min(number, self.recipe.batch // 2))
        self.step([[extra[0][i]] for i in chosen], [[extra[1][i]] for i in chosen], rate)


def _equal(rows: Sequence[list[Ids]]) -> NDArray[np.bool_]:
    keys = np.asarray([hash(b"".join(part.tobytes() for part in parts)) for parts in rows])
    same = keys[:, None] == keys[None, :]
    np.fill_diagonal(same, False)
    return np.asarray(same)


def finished(tokenizer: Tokenizer, table: torch.Tensor) -> NDArray[np.float32]:
    """The trained vectors, with those of the old tone placement copied to their twins in the new one."""
    vectors = table.detach().numpy().copy()
    for new, old in twins(tokenizer).items():
        vectors[new] = vectors[old]
    return np.asarray(vectors, dtype=np.float32)


__all__ = ["Material", "Recipe", "Tokens", "Trainer", "finished", "normalise", "prepare", "tokenise"]
