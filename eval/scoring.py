"""One answer against one label."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from eval import metrics
from eval.questions import Question, Source

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Score:
    """What one answer is worth.

    Args:
        document, section: every source of the label (or an alternative) is cited, by document, by section path;
            None for unanswerable questions. A refusal cites nothing and is wrong here.
        precision: share of the citations that point to a labelled place; None without citations or label.
        ranks: rank of the first passage that holds each evidence; None where none does. Empty without evidence.
        unsupported: numbers of the answer that no cited place holds.
        length: characters without markers.
    """

    right: bool
    refused: bool
    document: bool | None
    section: bool | None
    precision: float | None
    ranks: tuple[int | None, ...]
    unsupported: tuple[str, ...]
    length: int
    milliseconds: float
    tokens: int


def score(
    question: Question,
    answer: Json,
    evidence: Sequence[Sequence[str]],
    milliseconds: float | None = None,
    context: Sequence[str] = (),
) -> Score:
    """Score one `ask --json` object.

    Args:
        evidence: for each source the texts of which any will do, in the order of `question.sources`.
        context: headings and table headers over the cited quotes, which may support a number too.
        milliseconds: the time as measured outside; the answer's own timings where None.
    """
    text, refused = str(answer.get("answer") or ""), bool(answer.get("refused"))
    citations: list[Json] = [] if refused else list(answer.get("citations") or ())
    own_time = sum(float(value) for value in (answer.get("timings_ms") or {}).values())
    return Score(
        right=metrics.is_right(text, refused, question.answerable, question.facts, question.limit),
        refused=refused,
        document=_cited(question, citations, by_section=False) if question.sources else None,
        section=_cited(question, citations, by_section=True) if question.sources else None,
        precision=_precision(question, citations),
        ranks=tuple(_best_rank(_passages(answer), texts) for texts in evidence),
        unsupported=tuple(() if refused else metrics.unsupported_numbers(text, [*_supports(citations), *context])),
        length=len(metrics.strip_markers(text)),
        milliseconds=own_time if milliseconds is None else milliseconds,
        tokens=int(answer.get("tokens") or 0),
    )


def _cited(question: Question, citations: Sequence[Json], *, by_section: bool) -> bool:
    """Whether each source is cited; an alternative stands in for the first source."""
    first, *others = question.sources
    groups = [(first, *question.alternatives), *((source,) for source in others)]
    return all(any(_points(c, source, by_section) for c in citations for source in group) for group in groups)


def _points(citation: Json, source: Source, by_section: bool) -> bool:
    document = citation.get("document") or {}
    if not metrics.same_document(source.document, document.get("number"), document.get("path")):
        return False
    return not by_section or metrics.same_section(source.section, citation.get("section") or ())


def _precision(question: Question, citations: Sequence[Json]) -> float | None:
    if not question.sources or not citations:
        return None
    gold = (*question.sources, *question.alternatives)
    return metrics.mean([any(_points(citation, source, True) for source in gold) for citation in citations])


def _passages(answer: Json) -> list[str]:
    return [
        "\n".join([str(passage.get("text") or ""), *map(str, passage.get("notes") or ())])
        for passage in answer.get("passages") or ()
    ]


def _best_rank(passages: Sequence[str], texts: Sequence[str]) -> int | None:
    ranks = [rank for text in texts if (rank := metrics.first_hit(passages, text))]
    return min(ranks, default=None)


def _supports(citations: Sequence[Json]) -> list[str]:
    """What may support a number: the quotes, and what the label of each citation says about its document."""
    texts: list[str] = []
    for citation in citations:
        document = citation.get("document") or {}
        texts += [str(citation.get("quote") or ""), str(citation.get("label") or "")]
        texts += [
            str(document.get("number") or ""),
            "/".join(reversed(str(document.get("issued_on") or "").split("-"))),
        ]
    return texts
