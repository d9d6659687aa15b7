"""Associations that the subjects of documents name ("Liên đoàn Quần vợt"), and which of them a question means."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from corpus.text import fold
from index.types import DocumentRecord
from qa.language.bodies import ASSOCIATIONS
from qa.language.words import pair_known
from qa.understanding.patterns import BODY_NAMED

_CLASS = rf"(?:{fold(ASSOCIATIONS)})"
# "Đại hội Hội Làm vườn" names one, "đại hội nhiệm kỳ", "xã hội hóa" and "hội nghị" none.
_NAMED = re.compile(
    rf"(?<![a-z])(?<!dai )(?<!xa )(?<!co )(?<!quoc )(?<!le )(?<!vu ){_CLASS}\s+"
    r"((?!hoi\b|nghi\b|dong\b|thao\b|thi\b|vien\b|truong\b|nhap\b|cua\b|tinh\b|huyen\b|cap\b|va\b)"
    r"[a-z]+(?:\s+(?!tinh\b|huyen\b|xa\b|thanh\b)[a-z]+)?)"
)


@lru_cache(maxsize=4096)
def associations_in(subject: str) -> frozenset[str]:
    """Folded names, without their class, of the associations that a subject names: "quan vot"."""
    return frozenset(" ".join(name.split()) for name in _NAMED.findall(fold(subject)))


def of_other_associations(asked: str, readable: Sequence[DocumentRecord]) -> frozenset[str]:
    """Ids of the documents about other associations than those that a question names; none where it names none.

    A letter on one association is worded as that on the next, so that the shared words outweigh the one that differs.

    Args:
        asked: the folded words of the question with one space between them.
    """
    if not re.search(rf"\b{_CLASS} ", asked):
        # Most questions name none; the subjects of a large library are not read for them.
        return frozenset()
    about = {record.id: associations_in(record.metadata.subject or "") for record in readable}
    names = frozenset[str]().union(*about.values())
    # "Doanh nghiệp" by itself means no "Hiệp hội Doanh nghiệp".
    meant = {name for name in names if name in asked and re.search(rf"\b{_CLASS} {name}\b", asked)}
    return frozenset(name for name, named in about.items() if meant and named and not named & meant)


def unknown_association(question: str, frequency: Callable[[tuple[str, ...]], int]) -> str:
    """The name of an association that a question says and no document does; "" where there is none.

    Args:
        frequency: in how many passages folded syllables stand side by side.
    """
    for found in BODY_NAMED.finditer(question):
        name = tuple(fold(found[1]).split())
        # Of "Hội Golf bầu" the second syllable is no part of the name.
        if frequency(name[:1]) == 0 or (pair_known(" ".join(name)) and frequency(name) == 0):
            return found[1]
    return ""
