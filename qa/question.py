"""What a question asks for, and what limits where the answer may come from."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from corpus.numbers import find_number_mentions, find_numbers, number_key
from corpus.text import canonical_tone, fold, normalise
from qa.figures import find_figures, find_quotations, measure
from qa.patterns import (
    AMOUNT,
    ANY_KIND,
    BODY_CLASS,
    CLAIM,
    CLASSIFIERS,
    COMPARE,
    COMPARING,
    CONFIRM,
    COUNTED,
    DATE,
    DEFINED,
    DEFINITION,
    DOCNUMBER,
    FULL_DATE,
    HEADER,
    HOW_MANY,
    KIND_ASKED,
    LABEL,
    LIST,
    LIST_FIRST,
    MEASURED,
    NOT_CLAIMS,
    PERCENT,
    PERSON_ASKED,
    PLACE,
    PLACE_BARE,
    PLACE_FIRST,
    PLACE_NAMED,
    PLANNED,
    PROPER_NAME,
    QUANTITIES,
    REASON,
    SHORT_FOR,
    UNIT_WORDS,
    UNITS,
    WHEN,
    WHO,
    WHO_FIRST,
    YEAR,
    YESNO,
    HeaderField,
    Pattern,
)
from qa.types import QuestionError
from qa.words import Token, has_marks, is_stop, segment, tokenise, without_question_words

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


@dataclass(frozen=True, slots=True)
class Question:
    """A question as understood.

    Args:
        text: NFC, one line.
        marked: whether it carries diacritics.
        kind: what is asked for.
        fields: header fields it may ask for.
        terms: content words.
        asked: folded syllables of what is counted ("bao nhiêu hội nghị" → ("hoi", "nghi")).
        units: folded units that fit an amount ("diện tích" → "ha", "m2" …); empty where any fits.
        numbers: document numbers, canonical.
        mentions: (kind, digits) of documents named without their symbol.
        years: years that stand alone.
        places: named places.
        claims: figures that the question asserts, as numerals.
        confirms: whether it asks to confirm a claim.
        keys: comparison keys of `numbers`.
        number_at: where the first number stands, the words that name its kind before it.
        focus: the quantity that is asked for ("sản lượng", "hội nghị"): an answer has to speak of it.
        planned: whether a goal or plan is asked for, and not what was reached.
        labels: folded labels of sections that the question names ("dieu 15", "phu luc").
        document_kind: folded kind of document that is asked for ("công văn nào" → "cong van"); "" where any fits.
        person: whether a person is asked for.
        body_class: folded class of body that is asked for ("hợp tác xã nào" → "hop tac xa").
        alias: folded short name in quotation marks whose full form is asked for; "" for none.
    """

    text: str
    marked: bool
    kind: Kind
    terms: tuple[Term, ...]
    fields: tuple[HeaderField, ...] = ()
    asked: tuple[str, ...] = ()
    units: frozenset[str] = frozenset()
    numbers: tuple[str, ...] = ()
    mentions: tuple[tuple[str, str], ...] = ()
    years: tuple[int, ...] = ()
    places: tuple[Place, ...] = ()
    claims: tuple[str, ...] = ()
    confirms: bool = False
    keys: frozenset[str] = field(default=frozenset())
    number_at: int = 0
    focus: tuple[Term, ...] = ()
    document_kind: str = ""
    planned: bool = False
    labels: tuple[str, ...] = ()
    person: bool = False
    body_class: str = ""
    alias: str = ""


def understand(text: str, longest: int = 2000) -> Question:
    """Read a question.

    Raises:
        QuestionError: it is empty, too long, or has no letters.
    """
    clean = clean_question(text, longest)
    marked = has_marks(clean)
    lowered = canonical_tone(clean.lower()) if marked else fold(clean)
    alias = _alias(clean, lowered, marked)
    named = clean.replace(alias, " " * len(alias)) if alias else clean
    numbers, mentions = find_numbers(named), find_number_mentions(named)
    kind = _kind(lowered, marked)
    if kind != "compare" and len(_years(clean)) > 1 and _AGAINST.search(lowered, marked):
        kind = "compare"
    places = _places(clean, marked)
    bare = _blank(clean, [(start, end) for start, end, _ in numbers])
    bare = _blank(bare, [(mention.start, mention.end) for mention in mentions])
    bare = _blank(bare, [match.span() for match in LABEL.finditer(fold(bare))])
    asked = _asked(lowered, marked)
    claims, confirms = _claims(bare, lowered, marked), bool(CONFIRM.search(lowered, marked))
    terms = _terms(bare, marked, kind)
    if asked[:1] == ("tien",):
        asked, terms = (), tuple(term for term in terms if term.folded != ("tien",))
    if not confirms:
        terms += tuple(Term((Token(claim, claim, 0, 0),)) for claim in dict.fromkeys(claims))
    return Question(
        text=clean,
        marked=marked,
        kind=kind,
        terms=terms,
        fields=tuple(name for name, pattern in HEADER if pattern.search(lowered, marked)),
        asked=asked,
        units=frozenset()
        if asked and kind == "amount"
        else _units(lowered, marked, kind) | _claimed_units(clean, claims, confirms),
        numbers=tuple(dict.fromkeys(number for _, _, number in numbers)),
        mentions=tuple((mention.kind, mention.number) for mention in mentions),
        years=_years(bare),
        places=places,
        claims=claims,
        confirms=confirms,
        keys=frozenset(number_key(number) for _, _, number in numbers),
        number_at=min([start for start, _, _ in numbers] + [mention.end for mention in mentions], default=0),
        focus=_focus(kind, terms, asked, _substance(bare, terms)),
        planned=bool(PLANNED.search(lowered, marked)),
        labels=tuple(f"{match[1] or match[3]} {match[2] or ''}".strip() for match in LABEL.finditer(fold(clean))),
        document_kind=_document_kind(lowered, marked) if kind == "docnumber" else "",
        person=bool(PERSON_ASKED.search(lowered, marked)),
        body_class=_body_class(lowered, marked),
        alias=fold(alias),
    )


def clean_question(text: str, longest: int) -> str:
    """One line of NFC text.

    Raises:
        QuestionError: it is empty, too long, or has no letters.
    """
    if len(text) > longest:
        raise QuestionError(
            f"Câu hỏi dài {_grouped(len(text))} ký tự, giới hạn là {_grouped(longest)}; hãy hỏi ngắn hơn."
        )
    clean = " ".join(normalise(unicodedata.normalize("NFC", text)).split())
    if not clean:
        raise QuestionError("Chưa có câu hỏi; hãy nhập một câu hỏi về các văn bản trong kho.")
    if sum(char.isalpha() for char in clean) < max(2, len(clean) // 5):
        raise QuestionError("Câu hỏi không đọc được thành chữ; hãy nhập một câu hỏi bằng tiếng Việt.")
    return clean


def _grouped(count: int) -> str:
    """A number as Vietnamese writes it: 100000 → "100.000"."""
    return f"{count:,}".replace(",", ".")


def _kind(lowered: str, marked: bool) -> Kind:
    """What is asked for; the more explicit question words are looked for first."""
    order: tuple[tuple[Kind, Pattern], ...] = (
        ("reason", REASON), ("compare", COMPARE), ("definition", DEFINED), ("yesno", YESNO), ("percent", PERCENT),
        ("docnumber", DOCNUMBER),
        ("date", WHEN), ("list", LIST_FIRST), ("amount", HOW_MANY), ("who", WHO_FIRST), ("place", PLACE_FIRST),
        ("list", LIST), ("amount", AMOUNT), ("date", DATE), ("who", WHO), ("place", PLACE),
        ("definition", DEFINITION),
    )  # fmt: skip
    counts = HOW_MANY.search(lowered, marked)
    for kind, pattern in order:
        if pattern.search(lowered, marked):
            if kind == "yesno" and counts and not CONFIRM.search(lowered, marked):
                continue
            return kind
    return "text"


def _focus(
    kind: Kind, terms: tuple[Term, ...], asked: tuple[str, ...], substance: Term | None = None
) -> tuple[Term, ...]:
    """The quantity of an amount question: what is counted, else the measure that it names."""
    if kind not in ("amount", "percent"):
        return ()
    if substance is not None:
        return (substance,)
    for term in terms:
        if asked and asked[0] not in CLASSIFIERS and term.folded[0] == asked[0]:
            return (term,)
    return tuple(term for term in terms if "_".join(term.folded) in QUANTITIES)[:1]


def _substance(bare: str, terms: tuple[Term, ...]) -> Term | None:
    """What is measured: "bao nhiêu ha cây mắc ca" asks after "mắc ca", not after any crop."""
    match = MEASURED.search(fold(bare))
    if match is None:
        return None
    behind = [term for term in terms if term.tokens and term.tokens[0].start >= match.end() and not term.name]
    named = next((term for term in behind if "_".join(term.folded) not in ("cay", "con", "dat")), None)
    between = bare[match.end() : named.tokens[0].start] if named else ""
    return named if named and len(between.split()) <= 1 else None


def _document_kind(lowered: str, marked: bool) -> str:
    match = KIND_ASKED.search(lowered, marked)
    kind = fold(match[1]) if match else "van ban"
    if kind in ("van ban", "tai lieu"):
        first = ANY_KIND.search(lowered, marked)
        kind = fold(first[0]) if first else ""
    return "" if kind in ("van ban", "tai lieu") else kind


def _alias(clean: str, lowered: str, marked: bool) -> str:
    """What stands in quotation marks where the question asks what it is short for."""
    quoted = find_quotations(clean)
    return quoted[0] if quoted and SHORT_FOR.search(lowered, marked) else ""


def _body_class(lowered: str, marked: bool) -> str:
    match = BODY_CLASS.search(lowered, marked)
    return fold(match[1]) if match else ""


def _terms(bare: str, marked: bool, kind: Kind) -> tuple[Term, ...]:
    """Content words: two-syllable words first, then what is left without stop words."""
    tokens = tokenise(without_question_words(bare))
    tokens = [token for token in tokens if not token.exact[0].isdigit()]
    found: dict[tuple[str, ...], Term] = {}
    names = _name_starts(bare)
    measured = {match.start(1) for match in MEASURED.finditer(fold(bare))}
    for word in segment(tokens, marked):
        if len(word) == 1 and (is_stop(word[0], marked) or len(word[0].exact) < 2):
            continue
        if len(word) == 2 and all(is_stop(token, marked) for token in word):
            continue
        if len(word) == 1 and word[0].start in measured:
            continue
        if kind == "compare" and all(token.folded in COMPARING for token in word):
            continue
        if len(word) == 2 and word[0].exact in ("con", "cái", "chiếc"):
            word = word[1:]
        named = names.issuperset(token.start for token in word)
        found.setdefault(tuple(token.exact for token in word), Term(word, named))
    return tuple(found.values())


def _name_starts(text: str) -> frozenset[int]:
    """Where the syllables of proper names begin: "Tà Sủng", but not "Nghị quyết" or "OCOP"."""
    return frozenset(
        name.start() + syllable.start()
        for name in PROPER_NAME.finditer(text)
        for syllable in _SYLLABLE.finditer(name[0])
    )


_AGAINST = Pattern(r"so với năm|và năm \d{4}.{0,20}(?:khác|hơn|kém)|năm \d{4} (?:so )?với")
_SYLLABLE = re.compile(r"[^\W\d_]+")


def _asked(lowered: str, marked: bool) -> tuple[str, ...]:
    match = COUNTED.search(lowered, marked)
    if not match:
        return ()
    kept: list[str] = []
    for token in tokenise(match.group(1)):
        if is_stop(token, marked) or token.folded in UNIT_WORDS:
            break
        kept.append(token.folded)
    return tuple(kept[:2])


def _units(lowered: str, marked: bool, kind: Kind) -> frozenset[str]:
    if kind == "percent":
        return frozenset({"%"})
    if kind not in ("amount", "compare", "yesno"):
        return frozenset()
    for pattern, units in UNITS:
        if pattern.search(lowered, marked):
            return frozenset(units.split())
    return frozenset()


_MONEY = frozenset(("dong", "nghin", "trieu", "ty"))


def _claimed_units(clean: str, claims: tuple[str, ...], confirms: bool) -> frozenset[str]:
    """Units of measure of the figures that are to be confirmed."""
    if not confirms:
        return frozenset()
    found = frozenset(measure(f.unit) for f in find_figures(clean) if f.value in claims) - {""}
    # "5 triệu đồng" may be written "5.000.000 đồng".
    return found | _MONEY if found & _MONEY else found


def _places(clean: str, marked: bool) -> tuple[Place, ...]:
    found = [Place(match[1].lower(), match[2], fold(match[2])) for match in PLACE_NAMED.finditer(clean)]
    if not found and not marked:
        folded = fold(clean)
        found = [Place(match[1], match[2], match[2]) for match in PLACE_BARE.finditer(folded)]
    return tuple(dict.fromkeys(found))


def _years(bare: str) -> tuple[int, ...]:
    without = _blank(bare, [match.span() for match in FULL_DATE.finditer(bare)])
    return tuple(dict.fromkeys(int(match[1]) for match in YEAR.finditer(without)))


def _claims(bare: str, lowered: str, marked: bool) -> tuple[str, ...]:
    """Figures that are asserted, as one numeral each; years, ordinals and dates are not."""
    from qa.words import numeral

    masked = _blank(bare, [match.span() for match in FULL_DATE.finditer(bare)])
    found: list[str] = []
    for match in CLAIM.finditer(masked):
        if NOT_CLAIMS.search(lowered[: match.start()], marked) or YEAR.fullmatch(match.group()):
            continue
        found.append(numeral(match.group()))
    return tuple(found)


def _blank(text: str, spans: list[tuple[int, int]]) -> str:
    chars = list(text)
    for start, end in spans:
        chars[start:end] = " " * (end - start)
    return "".join(chars)
