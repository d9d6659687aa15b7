"""Acronyms of the administration and their long forms, from a list and from the documents themselves."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from index.tokens import Words, acronym_key, words

_EXPLAINED = re.compile(
    r"\(\s*(?:(?:sau đây|dưới đây)?\s*(?:gọi|viết)\s+tắt\s+là:?\s*)?[\"“]?([A-ZĐ][A-ZĐ&-]{1,11})[\"”]?\s*\)"
)
_BEFORE = re.compile(r"[^\W\d_]+")
_SKIPPED = frozenset("và của các về những cho".split())
_REACH = 160
_LONGEST = 9


@dataclass(frozen=True, slots=True)
class Expansion:
    """What a stretch of a question may also be written as: tokens `start` … `end` (exclusive) → other syllables."""

    start: int
    end: int
    forms: tuple[tuple[str, ...], ...]


class Abbreviations:
    """Acronyms both ways; keys are written together in lower case ("khcn")."""

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        self._long: dict[str, set[tuple[str, ...]]] = {}
        self._short: dict[tuple[str, ...], set[str]] = {}
        for short, long in pairs:
            key, form = acronym_key(short), words(long).syllables
            if len(form) > 1:
                self._long.setdefault(key, set()).add(form)
                self._short.setdefault(form, set()).add(key)

    def expand(self, tokens: Words) -> list[Expansion]:
        """Other ways to write parts of a question."""
        found: list[Expansion] = []
        syllables, folded = tokens.syllables, tokens.folded
        marked = any(exact != plain for exact, plain in zip(syllables, folded, strict=True))
        for start in range(len(syllables)):
            found.extend(self._acronyms_at(syllables, start))
            found.extend(self._long_forms_at(syllables if marked else folded, start, marked))
        return found

    def _acronyms_at(self, syllables: Sequence[str], start: int) -> Iterator[Expansion]:
        """Acronyms in one piece ("khcn") or in two and three ("kh", "cn" from "KH&CN")."""
        for end in range(start + 1, min(start + 3, len(syllables)) + 1):
            forms = self._long.get("".join(syllables[start:end]))
            if forms:
                yield Expansion(start, end, tuple(sorted(forms)))

    def _long_forms_at(self, syllables: Sequence[str], start: int, marked: bool) -> Iterator[Expansion]:
        table = self._short if marked else self._folded
        for end in range(min(start + _LONGEST, len(syllables)), start + 1, -1):
            keys = table.get(tuple(syllables[start:end]))
            if keys:
                yield Expansion(start, end, tuple((key,) for key in sorted(keys)))
                return

    @property
    def _folded(self) -> dict[tuple[str, ...], set[str]]:
        cached: dict[tuple[str, ...], set[str]] | None = self.__dict__.get("_folded_table")
        if cached is None:
            cached = {}
            for form, keys in self._short.items():
                cached.setdefault(words(" ".join(form)).folded, set()).update(keys)
            self.__dict__["_folded_table"] = cached
        return cached


@cache
def listed() -> tuple[tuple[str, str], ...]:
    """The bundled list: (short, long), one a line separated by a tab."""
    text = resources.files("index.data").joinpath("abbreviations.txt").read_text("utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return tuple((short, long) for short, long in rows)


def explained(text: str) -> list[tuple[str, str]]:
    """Acronyms that a text explains: "Mặt trận Tổ quốc (MTTQ)" → ("MTTQ", "Mặt trận Tổ quốc")."""
    found: dict[str, str] = {}
    for match in _EXPLAINED.finditer(text):
        long = _long_form(match[1], text[max(0, match.start() - _REACH) : match.start()])
        if long:
            found.setdefault(match[1], long)
    return list(found.items())


def _long_form(short: str, before: str) -> str | None:
    """The words right before a bracket whose initials are the acronym; small joining words may be left out."""
    letters = [letter for letter in short if letter.isalpha()]
    spoken = list(_BEFORE.finditer(before))
    if not spoken or before[spoken[-1].end() :].strip(' "”'):
        return None
    position = len(spoken) - 1
    for letter in reversed(letters):
        while position >= 0 and spoken[position].group().lower() in _SKIPPED and not _starts(spoken[position], letter):
            position -= 1
        if position < 0 or not _starts(spoken[position], letter):
            return None
        position -= 1
    return before[spoken[position + 1].start() :].strip(' "”')


def _starts(word: re.Match[str], letter: str) -> bool:
    initial = word.group()[0].upper()
    return initial == letter or initial.translate(_PLAIN) == letter.translate(_PLAIN)


_PLAIN = str.maketrans(
    "ÁÀẢÃẠĂẮẰẲẴẶÂẤẦẨẪẬÉÈẺẼẸÊẾỀỂỄỆÍÌỈĨỊÓÒỎÕỌÔỐỒỔỖỘƠỚỜỞỠỢÚÙỦŨỤƯỨỪỬỮỰÝỲỶỸỴ",
    "A" * 17 + "E" * 11 + "I" * 5 + "O" * 17 + "U" * 11 + "Y" * 5,
)
