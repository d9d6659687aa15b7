"""The n-th of a run: "bài học thứ tư là gì" is answered by "Bốn là …", "4. …" or "d) …"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.text import fold

_ORDINALS = {
    "nhat": 1, "dau tien": 1, "hai": 2, "nhi": 2, "ba": 3, "tu": 4, "bon": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8,
    "chin": 9, "muoi": 10, "cuoi cung": -1, "sau cung": -1,
}  # fmt: skip
_NOUNS = (
    r"dieu|cai|muc|y|noi dung|bai hoc|kinh nghiem|giai phap|nhiem vu|kien nghi|de xuat|han che|nguyen nhan|muc tieu"
    r"|yeu cau|quan diem|viec|buoc|nhom|tieu chi|chi tieu|ly do|hinh thuc|bien phap"
)
_ASKED = re.compile(
    rf"\b({_NOUNS})\s+(?:xep |dung )?(?:thu\s+(nhat|hai|nhi|ba|tu|bon|nam|sau|bay|tam|chin|muoi|\d{{1,2}})\b(?! hang)"
    r"|(dau tien|cuoi cung|sau cung)\b)"
)
_GENERAL = frozenset("dieu cai y noi dung viec muc".split())
_LETTERS = "abcdđeghiklm"
_LABEL = re.compile(
    r"\W*(?:(mot|hai|ba|bon|nam|sau|bay|tam|chin|muoi) la\b|(?:thu )(nhat|hai|ba|tu|nam|sau|bay)\b|(\d{1,2})[.)]"
    r"|([a-eđg-ik-m])\))"
)


def ordinal_of(text: str) -> tuple[int, tuple[int, int]]:
    """Which one of a run is asked for (the last: -1, none: 0), and where the words stand that only say so."""
    match = _ASKED.search(fold(text))
    if match is None:
        return 0, (0, 0)
    said = match[2] or match[3]
    number = int(said) if said.isdigit() else _ORDINALS[said]
    # "bài học thứ tư" still asks for lessons.
    return number, match.span() if match[1] in _GENERAL else (match.end(1), match.end())


def member_of(ordinal: int, items: Sequence[str]) -> int | None:
    """The index of the asked item: by the items' own labels where they have any, else by their order."""
    labels = [_label(item) for item in items]
    labelled = [index for index, label in enumerate(labels) if label]
    if ordinal < 0:
        return (labelled or list(range(len(items))))[-1] if items else None
    if labelled:
        return next((index for index in labelled if labels[index] == ordinal), None)
    return ordinal - 1 if ordinal <= len(items) else None


def _label(item: str) -> int:
    match = _LABEL.match(fold(item[:24]))
    if match is None:
        return 0
    if match[3]:
        return int(match[3])
    if match[4]:
        letter = item[: match.end(4)][-1].lower()
        return _LETTERS.find(letter) + 1
    return _ORDINALS["nhat" if match[1] == "mot" else match[1] or match[2]]
