"""The only place that turns `Settings` into objects."""

from __future__ import annotations

from index.library import Library
from index.settings import IndexSettings, Weights
from qa.assistant import Assistant
from qa.settings import Settings
from qa.wording.generation import Generator


def build_library(settings: Settings, *, rebuild: bool = False) -> Library:
    """The library of the home folder, made when there is none.

    Raises:
        LibraryMismatch: it was made with other settings and `rebuild` is False.
    """
    embedding, retrieval = settings.embedding, settings.retrieval
    chosen = IndexSettings(
        model=embedding.model,
        backend=embedding.backend,
        query_prefix=embedding.query_prefix,
        passage_prefix=embedding.passage_prefix,
        reranker=settings.reranker.model,
        online=embedding.online,
        candidates=retrieval.candidates,
        weights=Weights(lexical=retrieval.weights.lexical, dense=retrieval.weights.dense),
    )
    return Library.open(settings.home, chosen, rebuild=rebuild)


def build_assistant(settings: Settings) -> Assistant:
    """The assistant of the home folder."""
    return Assistant(build_library(settings), settings, build_generator(settings))


def build_generator(settings: Settings) -> Generator | None:
    """The language model of the settings; None where they name none."""
    return Generator(settings.generation) if settings.generation.model else None
