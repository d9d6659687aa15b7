"""Parts of a question: what kind of thing it asks for, its words, places, years and claims."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from corpus.text import canonical_tone, fold
from qa.language.figures import find_quotations
from qa.language.words import Token, is_stop, segment, tokenise, without_question_words
from qa.understanding.confirmation import CONFIRM, YESNO
from qa.understanding.patterns import (
    AMOUNT,
    ANY_KIND,
    BODY_CLASS,
    BODY_NAMED,
    CAUSE_NAMED,
    CITED_ASKED,
    COMPARE,
    COMPARING,
    DATE,
    DEFINED,
    DEFINITION,
    DOCNUMBER,
    HOW_MANY,
    KIND_ASKED,
    LABEL,
    LABEL_WORDS,
    LIST,
    LIST_FIRST,
    MEASURED,
    NAMING,
    PERCENT,
    PLACE,
    PLACE_BARE,
    PLACE_FIRST,
    PLACE_NAMED,
    PROPER_NAME,
    REASON,
    SHORT_FOR,
    UNITS,
    WHEN,
    WHO,
    WHO_FIRST,
    Pattern,
)

Kind = Literal[
    "amount", "percent", "date", "docnumber", "who", "place", "list", "reason", "yesno", "definition", "compare", "text"
]


@dataclass(frozen=True)
class Term:
    """A content word of one or two syllables; `name` where it is part of a proper name of two syllables or more."""

    tokens: tuple[Token, ...]
    name: bool = False

    @cached_property
    def exact(self) -> tuple[str, ...]:
        """Its syllables with diacritics."""
        return tuple(token.exact for token in self.tokens)

    @cached_property
    def folded(self) -> tuple[str, ...]:
        """Its syllables without diacritics."""
        return tuple(token.folded for token in self.tokens)


@dataclass(frozen=True, slots=True)
class Place:
    """A named place: level ("huyện") and name ("Tam Đường"), the name also folded."""

    level: str
    name: str
    folded: str


# "Mấy cuộc hội nghị" counts what "214 hội nghị" does.
EVENTS = frozenset(("cuoc", "buoi"))


def kind_of(lowered: str, marked: bool) -> Kind:
    """What is asked for; the more explicit question words are looked for first."""
    order: tuple[tuple[Kind, Pattern], ...] = (
        ("reason", REASON), ("reason", CAUSE_NAMED),
        ("compare", COMPARE), ("definition", DEFINED), ("yesno", YESNO), ("percent", PERCENT),
        ("docnumber", DOCNUMBER),
        ("date", WHEN), ("list", LIST_FIRST), ("amount", HOW_MANY), ("who", WHO_FIRST), ("place", PLACE_FIRST),
        ("list", LIST), ("amount", AMOUNT), ("date", DATE), ("who", WHO), ("place", PLACE),
        ("definition", DEFINITION),
    )  # fmt: skip
    counts = HOW_MANY.search(lowered, marked)
    for kind, pattern in order:
        if pattern.search(lowered, marked):
            if counts and ((kind == "yesno" and not CONFIRM.search(lowered, marked)) or pattern is CAUSE_NAMED):
                continue
            return kind
    return "text"


def document_kind_of(lowered: str, marked: bool) -> str:
    """The folded kind of document that is asked for; "" where any fits."""
    match = KIND_ASKED.search(lowered, marked) or CITED_ASKED.search(lowered, marked)
    kind = fold(match[1]) if match else "van ban"
    if kind in ("van ban", "tai lieu"):
        first = ANY_KIND.search(lowered, marked)
        kind = fold(first[0]) if first else ""
    return "" if kind in ("van ban", "tai lieu") else kind


def alias_of(clean: str, lowered: str, marked: bool) -> str:
    """What stands in quotation marks where the question asks what it is short for."""
    quoted = find_quotations(clean)
    return quoted[0] if quoted and SHORT_FOR.search(lowered, marked) else ""


def body_class_of(lowered: str, marked: bool) -> str:
    """The folded class of body that is asked for: "hợp tác xã nào" → "hop tac xa"."""
    match = BODY_CLASS.search(lowered, marked)
    return fold(match[1]) if match else ""


def terms_of(bare: str, marked: bool, kind: Kind) -> tuple[Term, ...]:
    """Content words: two-syllable words first, then what is left without stop words."""
    tokens = tokenise(without_question_words(bare))
    tokens = [token for token in tokens if not token.exact[0].isdigit()]
    found: dict[tuple[str, ...], Term] = {}
    names = _name_starts(bare)
    measured = {match.start(1) for match in MEASURED.finditer(fold(bare))}
    words = segment(tokens, marked)
    for place, word in enumerate(words):
        if word[0].folded in EVENTS and len(word) == 1 and len(next(iter(words[place + 1 : place + 2]), ())) > 1:
            continue
        if len(word) == 1 and (is_stop(word[0], marked) or len(word[0].exact) < 2):
            continue
        if len(word) == 2 and word[1].exact in ("gì", "nào"):
            word = word[:1]
        if all(is_stop(token, marked) for token in word):
            continue
        if word[0].start in measured and (len(word) == 1 or word[1].folded in ("khoi", "vuong")):
            continue
        if kind == "compare" and all(token.folded in COMPARING for token in word):
            continue
        if len(word) == 2 and word[0].exact in ("con", "cái", "chiếc") and word[1].exact != "người":
            word = word[1:]
        named = names.issuperset(token.start for token in word)
        found.setdefault(tuple(token.exact for token in word), Term(word, named))
    return tuple(found.values())


def _name_starts(text: str) -> frozenset[int]:
    """Where the syllables of proper names begin: "Tà Sủng", but not "Nghị quyết" or "OCOP"."""
    spans = [match.span() for match in PROPER_NAME.finditer(text)]
    spans += [match.span(1) for match in BODY_NAMED.finditer(text)]
    return frozenset(
        syllable.start()
        for start, end in spans
        for syllable in _SYLLABLE.finditer(text, start, end)
        if syllable[0].lower() not in _LEVELS
    )


_LEVELS = frozenset("xã huyện tỉnh phường quận thôn bản".split())
_SYLLABLE = re.compile(r"[^\W\d_]+")


def units_of(lowered: str, marked: bool, kind: Kind) -> frozenset[str]:
    """Folded units that fit the asked amount; empty where any fits."""
    if kind == "percent":
        return frozenset({"%"})
    if kind not in ("amount", "compare", "yesno"):
        return frozenset()
    for pattern, units in UNITS:
        if pattern.search(lowered, marked):
            return frozenset(units.split())
    return frozenset()


def places_of(clean: str, marked: bool) -> tuple[Place, ...]:
    """The places that are named with their level."""
    found = [Place(match[1].lower(), match[2], fold(match[2])) for match in PLACE_NAMED.finditer(clean)]
    if not found and (not marked or clean.islower()):
        lowered = canonical_tone(clean.lower())
        found = [Place(match[1], match[2], fold(match[2])) for match in PLACE_BARE.finditer(lowered, marked)]
    return tuple(dict.fromkeys(found))


def labels_of(text: str, marked: bool) -> list[tuple[int, int, str]]:
    """Labels of sections that are named, as (start, end, folded label); "mức độ 3" names none."""
    return [
        (match.start(), match.end(), f"{match[1] or match[3]} {match[2] or ''}".strip())
        for match in LABEL.finditer(fold(text))
        if not marked or canonical_tone(text[match.start() : match.end()].lower()).startswith(LABEL_WORDS)
    ]


def wh_words(clean: str, marked: bool) -> frozenset[int]:
    """Where the syllables right before "nào" or "gì" begin: they name the class that is asked for, nothing known."""
    tokens = tokenise(clean)
    found: set[int] = set()
    for place, token in enumerate(tokens):
        if token.exact in ("nào", "gì") or (not marked and token.folded in ("nao", "gi")):
            found.update(before.start for before in tokens[max(0, place - _WH_REACH) : place])
    return frozenset(found)


_WH_REACH = 3


def without_name(text: str, start: int, end: int) -> str:
    """The question without the number that stands at `start` to `end` and the words that name its document."""
    match = NAMING.search(fold(text[:start]))
    rest = f"{text[: match.start() if match else start]} {text[end:]}"
    return " ".join(rest.split()).strip(" ,")
