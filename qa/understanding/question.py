"""What a question asks for, and what limits where the answer may come from."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

from corpus.numbers import find_number_mentions, find_numbers, number_key
from corpus.text import canonical_tone, fold, normalise
from qa.language.figures import find_figures, without_bases
from qa.language.shortforms import written_out
from qa.language.words import Token, has_marks
from qa.types import QuestionError
from qa.understanding.asked import (
    Kind,
    Place,
    Term,
    alias_of,
    body_class_of,
    document_kind_of,
    kind_of,
    labels_of,
    places_of,
    terms_of,
    units_of,
    wh_words,
    without_name,
)
from qa.understanding.catalogues import LISTED, catalogue_in, without_catalogue
from qa.understanding.claimed import (
    blank,
    claimed_noun,
    claimed_units,
    claims_of,
    designations_of,
    without_asides,
    years_of,
)
from qa.understanding.confirmation import CONFIRM
from qa.understanding.counted import counted_noun, focus_of, predicate_of, premise_of, substance_of
from qa.understanding.openings import without_opening
from qa.understanding.ordinals import ordinal_of
from qa.understanding.patterns import (
    ASSIGNED,
    BOUND_ASKED,
    CITED_ASKED,
    EFFECT_ASKED,
    EVENT_TIME,
    HEADER,
    PLANNED,
    SEVERAL,
    SYMBOL_ASKED,
    HeaderField,
    Pattern,
)
from qa.understanding.wanted import MEANS_ASKED, PURPOSE_ASKED, Want, wanted_of


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
        want: the kind of thing that is wanted, where the words that ask say it.
        body_class: folded class of body that is asked for ("hợp tác xã nào" → "hop tac xa").
        ordinal: which one of a run is asked for; 0 for none, -1 for the last.
        alias: folded short name in quotation marks whose full form is asked for; "" for none.
        figures: figures that it says itself, as numerals.
        bounded: whether it asks until when.
        effective: whether it asks from when a document applies.
        purposeful: whether it asks what for.
        by_means: whether it asks by what means.
        premise: for a question why, what is taken to have happened ("bị thu hồi", "phải ngừng").
        predicate: what is said of the things that are counted ("bao nhiêu đảng viên bị kỷ luật").
        core: the text without its first document number and the words that name the document.
        several: whether more than one thing is asked for ("những kế hoạch nào").
        wh: where the syllables of the class that is asked for begin ("phòng chuyên môn nào").
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
    want: Want = ""
    body_class: str = ""
    alias: str = ""
    figures: frozenset[str] = frozenset()
    bounded: bool = False
    effective: bool = False
    purposeful: bool = False
    by_means: bool = False
    premise: tuple[Term, ...] = ()
    predicate: tuple[Term, ...] = ()
    core: str = ""
    several: bool = False
    wh: frozenset[int] = frozenset()
    ordinal: int = 0


def understand(text: str, longest: int = 2000) -> Question:
    """Read a question.

    Raises:
        QuestionError: it is empty, too long, or has no letters.
    """
    clean = without_opening(clean_question(text, longest))
    marked = has_marks(clean)
    lowered = canonical_tone(clean.lower()) if marked else fold(clean)
    alias = alias_of(clean, lowered, marked)
    named = clean.replace(alias, " " * len(alias)) if alias else clean
    numbers, mentions = find_numbers(named), find_number_mentions(named)
    # What stands in brackets narrows a question; how it asks is said outside of them.
    lowered = _which(without_catalogue(without_asides(lowered)), marked)
    kind = kind_of(lowered, marked)
    if kind != "compare" and len(years_of(clean)) > 1 and _AGAINST.search(lowered, marked):
        kind = "compare"
    # Beside a number, marks that were restored one by one ("ai ky" → "ai kỳ") hide no header question.
    fields = _fields(lowered, marked) or (_fields(lowered, False) if numbers else ())
    if fields[:1] == ("number",) and (kind in ("definition", "text") or SYMBOL_ASKED.search(lowered, marked)):
        kind = "docnumber"
    places = places_of(clean, marked)
    spans = [(start, end) for start, end, _ in numbers] + [(mention.start, mention.end) for mention in mentions]
    bare = blank(clean, spans)
    labels = _labels(bare, marked, kind)
    bare = blank(bare, [(start, end) for start, end, _ in labels])
    ordinal, said_so = ordinal_of(clean)
    if ordinal:
        kind, bare, lowered = "list", blank(bare, [said_so]), blank(lowered, [said_so])
    asked = counted_noun(lowered, marked) if not ordinal else ()
    if asked == ("cuoc",) and (met := _MEETING.search(fold(clean))):
        asked = tuple(met[0].split())
    claims, confirms = claims_of(bare, lowered, marked), bool(CONFIRM.search(lowered, marked))
    if confirms and claims and kind == "yesno":
        asked = asked or claimed_noun(clean, claims[0])
    years: tuple[int, ...] = years_of(bare)
    want: Want = wanted_of(lowered, marked)
    kind, asked = _of_want(want, kind), () if want in ("rank", "form") else asked
    if kind == "yesno" and not claims and ASSIGNED.search(lowered, marked):
        kind = "who"
    if confirms and not claims and years_of(without_bases(bare)):
        # The year itself is to be confirmed: it chooses no sentence.
        years, want = (), "year"
    terms = terms_of(bare, marked, kind)
    if asked[:1] == ("tien",):
        asked, terms = (), tuple(term for term in terms if term.folded != ("tien",))
    if not confirms:
        # "có vượt 50% không" is answered by another figure.
        said = (*(claims if kind != "yesno" else ()), *designations_of(bare))
        terms += tuple(Term((Token(claim, claim, 0, 0),)) for claim in dict.fromkeys(said))
    return Question(
        text=clean,
        marked=marked,
        kind=kind,
        terms=terms,
        fields=tuple(name for name in fields if not (want == "form" and name == "number")),
        asked=asked,
        units=frozenset()
        if (asked and kind == "amount") or (kind == "yesno" and not claims and _DUTY.search(lowered, marked))
        else units_of(lowered, marked, kind) | claimed_units(clean, claims, confirms),
        numbers=tuple(dict.fromkeys(number for _, _, number in numbers)),
        mentions=tuple((mention.kind, mention.number) for mention in mentions),
        years=years,
        places=places,
        claims=claims,
        confirms=confirms,
        keys=frozenset(number_key(number) for _, _, number in numbers),
        number_at=min([start for start, _, _ in numbers] + [mention.end for mention in mentions], default=0),
        focus=focus_of(kind, terms, asked, substance_of(bare, terms)),
        planned=bool(PLANNED.search(lowered, marked)),
        labels=tuple(label for _, _, label in labels),
        figures=frozenset(figure.value for figure in find_figures(clean)),
        bounded=bool(BOUND_ASKED.search(fold(clean))),
        effective=bool(EFFECT_ASKED.search(fold(clean))),
        purposeful=bool(PURPOSE_ASKED.search(fold(clean))),
        by_means=bool(MEANS_ASKED.search(fold(clean))),
        premise=premise_of(lowered, marked, terms) if kind == "reason" else (),
        predicate=predicate_of(lowered, marked, terms, asked) if kind == "amount" else (),
        core=without_name(without_catalogue(clean), *min(spans)) if spans else clean,
        several=bool(SEVERAL.search(lowered, marked)),
        wh=wh_words(clean, marked),
        document_kind=document_kind_of(lowered, marked) if kind == "docnumber" else "",
        want=want,
        body_class=body_class_of(lowered, marked),
        alias=fold(alias),
        ordinal=ordinal,
    )


def _which(lowered: str, marked: bool) -> str:
    """The words with "mấy xã nào", which asks which ones, as "các xã nào"; offsets kept."""
    return _WHICH_ONES.sub("các", lowered) if marked else lowered


_WHICH_ONES = re.compile(r"(?<!thứ )(?<!số )\bmấy(?= (?:\w+ ){1,2}nào\b)")


def _of_want(want: Want, kind: Kind) -> Kind:
    """The kind that a wanted thing makes of a question: the n-th of a run is no amount, a hall is no body."""
    if want in ("person", "business") and kind in ("text", "definition"):
        return "who"
    if want == "site" and kind == "who":
        return "place"
    return "text" if want in ("rank", "form") else kind


def _fields(lowered: str, marked: bool) -> tuple[HeaderField, ...]:
    found = tuple(name for name, pattern in HEADER if pattern.search(lowered, marked))
    effective = EFFECT_ASKED.search(fold(lowered)) or EVENT_TIME.search(lowered, marked)
    cites = CITED_ASKED.search(lowered, marked)
    return tuple(name for name in found if not ((effective and name == "issued_on") or (cites and name == "number")))


def _labels(bare: str, marked: bool, kind: Kind) -> list[tuple[int, int, str]]:
    """Sections that are named as the place of the answer; those of a comparison are its sides."""
    found, listed = labels_of(bare, marked), catalogue_in(bare)
    if listed is None or kind == "compare":
        return found
    inside = next((label for start, _, label in found if listed[0] <= start < listed[1]), LISTED)
    return [*(entry for entry in found if not listed[0] <= entry[0] < listed[1]), (*listed, inside)]


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
    clean = _REPORTS.sub(_as_report, written_out(clean))
    if not clean:
        raise QuestionError("Chưa có câu hỏi; hãy nhập một câu hỏi về các văn bản trong kho.")
    if sum(char.isalpha() for char in clean) < max(2, len(clean) // 5):
        raise QuestionError("Câu hỏi không đọc được thành chữ; hãy nhập một câu hỏi bằng tiếng Việt.")
    return clean


def _as_report(match: re.Match[str]) -> str:
    """Who says "bản tổng kết 10 năm" means the report of that name."""
    return f"{'báo cáo' if has_marks(match[0]) else 'bao cao'} {match[1]}"


_REPORTS = re.compile(r"\b(?:bản|ban) ((?:tổng|sơ|tong|so) (?:kết|ket))\b", re.IGNORECASE)


def _grouped(count: int) -> str:
    """A number as Vietnamese writes it: 100000 → "100.000"."""
    return f"{count:,}".replace(",", ".")


_MEETING = re.compile(r"\bhoi (?:nghi|thao|thi)\b")
# Who asks whether something has to be paid wants no sum.
_DUTY = Pattern(r"\b(?:phải|cần|được|bị)(?: \w+){0,2} (?:nộp|đóng|trả|chịu|mất|miễn|hoàn|tính|thu)\b.{0,60}\bkhông\b")
_AGAINST = Pattern(r"so với năm|và năm \d{4}.{0,20}(?:khác|hơn|kém)|năm \d{4} (?:so )?với")
