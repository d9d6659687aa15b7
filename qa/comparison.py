"""Comparisons: the same question asked of each side, both answers with their sources."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from corpus.labels import document_label
from index.types import DocumentRecord, Hit
from qa.citations import Pick
from qa.question import Question
from qa.scope import Scope

if TYPE_CHECKING:
    from qa.extractive import Extractor, Found

DOCUMENT_KINDS = (
    r"nghị quyết|kế hoạch|công văn|báo cáo|quyết định|kết luận|chương trình|thông báo|chỉ thị|hướng dẫn|tờ trình|nghị định|thông tư|văn bản"
    r"|nghi quyet|ke hoach|cong van|bao cao|quyet dinh|ket luan|chuong trinh|thong bao|chi thi|huong dan|to trinh|nghi dinh|thong tu|van ban"
)
_MOST_SIDES = 3


def compare(extractor: Extractor, question: Question, scope: Scope, hits: Sequence[Hit]) -> Found | None:
    """Both sides with both sources; None where the question does not set documents against each other.

    Where one side says nothing, there is no comparison and so no answer.
    """
    from qa.extractive import Found

    sides = scope.sides or _found_sides(hits)
    if len(sides) < 2:
        return None
    single = replace(question, kind=_kind_of_side(question))
    picks: list[Pick] = []
    limit = extractor.settings.answers.long_chars // len(sides[:_MOST_SIDES]) - 60
    for side in sides[:_MOST_SIDES]:
        narrowed = replace(scope, filters=replace(scope.filters, documents=tuple(r.id for r in side)), records=side)
        found = extractor.answer_within(single, narrowed, extractor.search(question.text, narrowed.filters))
        if not found.picks:
            if scope.sides:
                return Found(hits=tuple(hits), why=f"một bên không có: {found.why}")
            continue
        picks.append(_named(found.picks[0], limit))
    if len(picks) < 2:
        return None if not scope.sides else Found(hits=tuple(hits), why="chỉ một bên")
    return Found(tuple(picks), tuple(hits), "\n")


def _named(pick: Pick, limit: int) -> Pick:
    """The place with its document's name in front."""
    said = pick.said if len(pick.said) <= limit else pick.said[:limit].rsplit(" ", 1)[0] + " …"
    return replace(pick, text=f"{_label(pick.record)}: {said}")


def _label(record: DocumentRecord) -> str:
    metadata = record.metadata
    label = document_label(metadata)
    place = metadata.issuer or metadata.place or ""
    return label if not place or place in label else f"{label} ({place})"


def _kind_of_side(question: Question):  # type: ignore[no-untyped-def]  # noqa: ANN202
    counts = (
        "bao nhieu",
        "so ",
        "may ",
        "nhieu",
        " it ",
        "tong",
        "dien tich",
        "san luong",
        "ty le",
        "cao hon",
        "thap hon",
    )
    from corpus.text import fold

    folded = f" {fold(question.text)} "
    if question.units or any(word in folded for word in counts):
        return "amount"
    return "list" if any("_".join(term.folded) in _sections() for term in question.terms) else "text"


def _sections() -> frozenset[str]:
    from qa.lists import SECTION_NOUNS

    return SECTION_NOUNS


def _found_sides(hits: Sequence[Hit]) -> tuple[tuple[DocumentRecord, ...], ...]:
    """Where the question names no sides: the documents of the best passages, one a place."""
    sides: dict[str, DocumentRecord] = {}
    for hit in hits:
        place = hit.document.metadata.place or hit.document.metadata.issuer or hit.document.id
        sides.setdefault(place, hit.document)
    return tuple((record,) for record in sides.values())
