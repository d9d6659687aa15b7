"""`python -m index.training model|ordering`: makes what lies in `index/model` from the training text.

python -m index.training model --data ../shared/training --benchmarks ../shared/benchmarks --out index/model
python -m index.training ordering --data … --benchmarks … --out index/model/ordering.txt
python -m index.training ordering --leave-out --benchmarks ../shared/benchmarks
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, replace
from itertools import islice
from pathlib import Path

from index.training.corpus import Article, benchmark_shingles, read_articles, read_parallel, without

_NEWS_EVERY = 2


def log(line: str) -> None:
    """Progress goes to standard error."""
    sys.stderr.write(line + "\n")
    sys.stderr.flush()


def chosen(articles: Iterable[Article], held_out: set[int]) -> Iterator[Article]:
    """Every second news story with one or two passages, all the rest; nothing that the benchmarks hold."""
    stories = 0
    for article in articles:
        if article.source == "news":
            stories += 1
            if stories % _NEWS_EVERY:
                continue
            article = replace(article, passages=article.passages[: 1 + (stories % 4 == 0)])
        else:
            article = without(article, held_out)
        if article.passages:
            yield article


def corpus_texts(articles: Sequence[Article], pairs: Sequence[tuple[str, str]]) -> Iterator[str]:
    """What the vocabulary is counted on; legal text counts twice."""
    for article in articles:
        for _ in range(2 if article.source == "legal" else 1):
            yield article.title
            for passage in article.passages:
                yield passage.heading
                yield passage.text
    for english, vietnamese in pairs:
        yield english
        yield vietnamese


def acronyms(articles: Sequence[Article]) -> dict[str, str]:
    """Acronyms that the text explains, and those of the program's own list."""
    from index.abbreviations import listed
    from index.training.pairs import acronym_table, find_acronyms

    found: dict[tuple[str, str], int] = {(short, full.lower()): 3 for short, full in listed()}
    for article in articles:
        for passage in article.passages:
            find_acronyms(passage.text, found)
    return acronym_table(found)


def train_model(options: argparse.Namespace) -> None:
    """Vocabulary, vectors, files."""
    import torch

    from index.training import export
    from index.training.static import Recipe, Trainer, finished, prepare, tokenise
    from index.training.tokenizer import Sizes, build, count

    torch.set_num_threads(options.threads)
    started = time.monotonic()
    held_out = benchmark_shingles(options.benchmarks) if options.benchmarks else set[int]()
    articles = list(chosen(read_articles(options.data, options.limit), held_out))
    pairs = read_parallel(options.data, options.limit)
    tokenizer = build(count(corpus_texts(articles, pairs), options.least), Sizes())
    log(f"{tokenizer.get_vocab_size()} pieces, {time.monotonic() - started:.0f} s")
    material = prepare(tokenizer, articles)
    log(f"{len(material.owners)} passages, {time.monotonic() - started:.0f} s")
    first = Recipe(dimension=options.dimension, epochs=options.epochs, batch=options.batch, seed=options.seed)
    second = replace(first, epochs=options.mined_epochs, rate=first.rate / 2, seed=first.seed + 1)
    extra = tokenise(tokenizer, [e for e, _ in pairs]), tokenise(tokenizer, [v for _, v in pairs])
    known, table = acronyms(articles), None
    for recipe, mined in ((first, False), (second, True)):
        trainer = Trainer(tokenizer, material, recipe, log, table)
        groups = trainer.mined_groups if mined else None
        trainer.train(known, extra, options.parallel_batches, groups=groups)
        table = finished(tokenizer, trainer.table)
    stages = [asdict(first), {**asdict(second), "groups": "mined"}]
    export.save(options.out, tokenizer, finished(tokenizer, trainer.table), {"recipe": {"stages": stages}})
    log(f"{options.out}: {time.monotonic() - started:.0f} s")


def train_ordering(options: argparse.Namespace) -> None:
    """Collect candidates, then the table with one set left out each, or the model of all of them."""
    from index.embedding import load_embedder
    from index.settings import IndexSettings
    from index.training import ordering
    from index.training.headlines import headline_set
    from index.training.written import written_sets

    embedder, settings = load_embedder(options.model), IndexSettings(model=options.model)
    sets = {}
    for folder in sorted(path.parent for path in options.benchmarks.glob("*/corpus.jsonl")):
        sets[folder.name] = ordering.collect(ordering.read_set(folder), embedder, settings)
        log(f"{folder.name}: {len(sets[folder.name]['plain'])} questions")
    for name, articles in made_articles(options.data, options.seed).items() if options.data else ():
        asked = ordering.made_set(articles, options.made, options.seed)
        sets[f"made-{name}"] = ordering.collect(asked, embedder, settings)
        log(f"made-{name}: {len(asked.questions)} questions")
    if options.data:
        others = {f"written-{asked.name}": asked for asked in written_sets(options.data)}
        others["made-headlines"] = headline_set(options.data, options.headlines, options.seed)
        for name, asked in others.items():
            sets[name] = ordering.collect(asked, embedder, settings)
            log(f"{name}: {len(asked.questions)} questions")
    seeds = [options.seed + i for i in range(options.seeds)]
    if options.leave_out:
        ordering.leave_out(sets, seeds, options.own_weight, log)
    if options.out:
        lists, weights = ordering.training_lists(sets, None, options.own_weight)
        options.out.write_text(ordering.train(lists, weights, options.seed).model_to_string(), "utf-8")
        log(str(options.out))


def made_articles(data: Path, seed: int) -> dict[str, list[Article]]:
    """Articles of the training text to make questions on: a few hundred of each source."""
    found: dict[str, list[Article]] = {}
    for article in read_articles(data, 400):
        found.setdefault(article.source, []).append(article)
    return {
        source: list(islice(articles[seed % 7 :: 2], 150 if source != "legal" else 30))
        for source, articles in found.items()
    }


def parser() -> argparse.ArgumentParser:
    """The command line."""
    commands = argparse.ArgumentParser(prog="python -m index.training", description=__doc__)
    inner = commands.add_subparsers(dest="command", required=True)
    model = inner.add_parser("model", help="the static embedding model")
    model.add_argument("--data", type=Path, required=True)
    model.add_argument("--benchmarks", type=Path, help="passages to keep out of the training text")
    model.add_argument("--out", type=Path, required=True)
    model.add_argument("--limit", type=int, default=1 << 30, help="records of each source")
    model.add_argument("--least", type=int, default=30, help="occurrences that make a phrase")
    model.add_argument("--dimension", type=int, default=512)
    model.add_argument("--epochs", type=int, default=6)
    model.add_argument("--mined-epochs", type=int, default=6, help="epochs with groups of passages that look alike")
    model.add_argument("--batch", type=int, default=1024)
    model.add_argument("--parallel-batches", type=int, default=24, help="batches of English–Vietnamese pairs an epoch")
    model.add_argument("--threads", type=int, default=1, help="of torch; another number gives other last digits")
    model.add_argument("--seed", type=int, default=20)
    model.set_defaults(run=train_model)
    order = inner.add_parser("ordering", help="the learned order")
    order.add_argument("--benchmarks", type=Path, required=True)
    order.add_argument("--data", type=Path, help="training text, for questions made by rule")
    order.add_argument("--model", default="bundled")
    order.add_argument("--out", type=Path)
    order.add_argument("--leave-out", action="store_true", help="print the table with one set left out each")
    order.add_argument("--made", type=int, default=300, help="questions made by rule on each source")
    order.add_argument("--headlines", type=int, default=400, help="headlines of news that ask something")
    order.add_argument("--own-weight", type=float, default=0.5, help="of sets made on the training text")
    order.add_argument("--seed", type=int, default=1)
    order.add_argument("--seeds", type=int, default=3)
    order.set_defaults(run=train_ordering)
    return commands


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one of the two trainings."""
    options = parser().parse_args(arguments)
    log(json.dumps({key: str(value) for key, value in vars(options).items() if key != "run"}, ensure_ascii=False))
    options.run(options)


if __name__ == "__main__":
    main()
