"""How well one piece of a passage answers a question: shared words by rarity, the asked kind of thing, nearness."""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Callable
from dataclasses import dataclass

from corpus.numbers import find_numbers, kind_of_number, number_key
from corpus.text import fold
from index.types import DocumentRecord, Hit
from qa.figures import (
    Figure,
    find_dates,
    find_figures,
    find_years,
    holds_body,
    holds_person,
    holds_place,
    holds_time,
    measure,
    names_body,
)
from qa.question import Question, Term
from qa.synonyms import alternatives
from qa.units import ChunkUnits, Unit, Words
from qa.words import tokenise

Frequency = Callable[[tuple[str, ...]], float]

_LEAD_SHARE = 0.8
_HEADING_SHARE = 0.65
_HEADER_SHARE = 0.6
_WINDOW_BEFORE, _WINDOW_AFTER = 12, 8
_GENERIC = frozenset(
    """
    huyen tinh xa toan tong dia ban so luong tong_so dia_ban so_luong dia_phuong ket_qua cong_tac viec hoat_dong
    thuc_hien trien_khai tinh_hinh cu_the tong_cong dat_ra de_ra dan_den thay_doi phan_bo lan_luot khop nhau ghi
    rieng hoi
    buoi xong mang hieu gom dung dien_ra hieu bat dang cuoi dau phan hien_hanh luc qua cac quy_dinh ap_dung tuong_ung
    chinh tong_the them ca theo_quy lam nhung cung xay_ra ket_thuc thuoc can noi_dung noi_tren dat den_nay mot_so
    nganh co_so linh_vuc bien_phap hang_nam moi_nam chuc_nang thoi_gian nam ngay thang muc qua_trinh don_vi co_quan
    bao_cao van_ban tai_lieu
    dat de lap muon mang keo_dai toi_thieu mo lo xin giup chu di toi phan dua cham_nhat danh_sach dung ngay keo
    thuc lan buoi dung_ten the doi_voi theo so_sanh hien_co dat_ra truong_hop viec_gi noi
    """.split()
)
_GENERIC_SHARE = 0.35
_UNFOCUSED_COST = 0.35
_UNNUMBERED_COST = 0.5


@dataclass(frozen=True, slots=True)
class Weighted:
    """A question's content words with their weights (rarity in the library)."""

    terms: tuple[tuple[Term, float], ...]

    @property
    def total(self) -> float:
        """Sum of the weights."""
        return sum(weight for _, weight in self.terms)


@dataclass(frozen=True, slots=True)
class Scored:
    """A unit with its score.

    Args:
        body: share of the question's words that the unit itself holds.
        covered: the same with what leads into it, its headings and its document's header.
        topic: the same without proper names: they say where or who, not what.
        rarest: how far the rarest of these words is missing, by its share of the heaviest weight.
        fits: whether it holds the asked kind of thing.
        figure: the figure that answers, for amounts.
        missing: words found nowhere near.
        cosine: likeness of meaning to the question, where vectors are at hand.
    """

    hit: Hit
    unit: Unit
    score: float
    body: float
    covered: float
    fits: bool
    figure: Figure | None = None
    missing: tuple[Term, ...] = ()
    cosine: float = 0.0
    topic: float = 1.0
    rarest: float = 0.0

    @property
    def evidence(self) -> float:
        """How sure it is that this speaks of what is asked: words found, and likeness of meaning.

        The share of the cosine is the ratio of the two weights of a logistic regression on the development questions.
        """
        return min(self.covered, self.topic) + 0.4 * max(0.0, self.cosine)


def weigh(question: Question, rarity: Frequency) -> Weighted:
    """Content words with their weights; the words of administration count little."""
    found = []
    for term in question.terms:
        weight = rarity(term.folded)
        if "_".join(term.folded) in _GENERIC:
            weight *= _GENERIC_SHARE
        found.append((term, weight))
    return Weighted(tuple(found))


def idf(frequency: float, total: float) -> float:
    """Inverse document frequency as in BM25."""
    return math.log(1.0 + (total - frequency + 0.5) / (frequency + 0.5))


def match(term: Term, words: Words, marked: bool) -> float:
    """How far a text holds a term: 1 whole, less for another tone or for syllables that stand apart, 0 not."""
    known = any(syllable in words.folded for syllable in term.folded)
    best = _match(term.exact, term.folded, words, marked) if known else 0.0
    if (
        best < _SYNONYM_SHARE
        and len(term.tokens) == 1
        and _is_acronym(term.folded[0])
        and term.folded[0] in words.initials
    ):
        return _SYNONYM_SHARE
    if best < _SYNONYM_SHARE:
        for other in alternatives(term.folded):
            if all(syllable in words.folded for syllable in other) and _together(other, words):
                return _SYNONYM_SHARE
    return best


_SYNONYM_SHARE = 0.75
_SCATTERED_SHARE = 0.5
_CLOSE = 6
_VOWELS = frozenset("aeiouy")


def _is_acronym(folded: str) -> bool:
    """Whether three letters or more cannot be a syllable: "ttdvnn", "nckh"."""
    return (
        len(folded) >= 3
        and folded.isalpha()
        and (not _VOWELS & set(folded) or (len(folded) >= 4 and folded[-1] in "tckh" and folded[0] == folded[1]))
    )


def _together(syllables: tuple[str, ...], words: Words) -> bool:
    return all(pair in words.folded_pairs for pair in itertools.pairwise(syllables))


def _match(exact: tuple[str, ...], folded: tuple[str, ...], words: Words, marked: bool) -> float:
    if len(exact) == 1:
        return _match_single(exact[0], folded[0], words, marked)
    pair, folded_pair = (exact[0], exact[1]), (folded[0], folded[1])
    if marked and pair in words.exact_pairs:
        return 1.0
    if folded_pair in words.folded_pairs:
        return 0.85 if marked else 1.0
    held = words.exact if marked else words.folded
    syllables = exact if marked else folded
    if not all(syllable in held for syllable in syllables):
        return 0.0
    return _SCATTERED_SHARE if _close(syllables, words, marked) else 0.3


def _close(syllables: tuple[str, ...], words: Words, marked: bool) -> bool:
    """Whether two syllables stand a few words apart: "gom rác" in "rác thải tập trung; việc thu gom"."""
    tokens = words.tokens
    first, second = ([i for i, t in enumerate(tokens) if (t.exact if marked else t.folded) == s] for s in syllables)
    return any(abs(a - b) <= _CLOSE for a in first for b in second)


def _match_single(exact: str, folded: str, words: Words, marked: bool) -> float:
    """A syllable counts whole only where it is a word of its own."""
    if marked:
        if exact in words.exact:
            return 1.0 if exact in words.exact_alone else 0.4
        return 0.2 if folded in words.folded else 0.0
    if folded in words.folded:
        return 1.0 if folded in words.folded_alone else 0.4
    return 0.0


def header_words(record: DocumentRecord) -> Words:
    """Words of a document's header."""
    metadata = record.metadata
    parts = (metadata.kind, metadata.number, metadata.issuer, metadata.place, metadata.subject, metadata.period)
    return Words(tokenise(". ".join(part for part in parts if part)))


def score(
    question: Question,
    weighted: Weighted,
    hit: Hit,
    units: ChunkUnits,
    unit: Unit,
    header: Words,
    satisfied: frozenset[str],
) -> Scored:
    """Score one unit.

    Args:
        satisfied: folded syllables that the document as a whole answers for (its place, its number).
    """
    title = hit.chunk.prefix.partition("\n")[0].rpartition(" › ")[2].partition(". ")[2]
    fits, bonus, figure = _fit(question, weighted, unit, satisfied, title)
    total = body = covered = topics = topic = heaviest = rarest = 0.0
    missing: list[Term] = []
    unfocused = False
    for term, weight in weighted.terms:
        if satisfied.issuperset(term.folded):
            continue
        own = max(match(term, unit.words, question.marked), _implied(term, figure))
        near = max(
            own,
            _LEAD_SHARE * match(term, unit.before, question.marked),
            _HEADING_SHARE * match(term, units.heading, question.marked),
        )
        around = max(near, _HEADER_SHARE * match(term, header, question.marked))
        unfocused = unfocused or (term in question.focus and near < 0.45)
        total += weight
        body += weight * own
        covered += weight * around
        if not term.name:
            topics += weight
            topic += weight * around
            heaviest = max(heaviest, weight)
            if near < 0.35:
                rarest = max(rarest, weight)
        if around < 0.25:
            missing.append(term)
    if total <= 0:
        body = covered = total = 1.0
    body, covered = body / total, covered / total
    if question.alias and re.search(rf"goi (?:tat |chung )?la\W+{re.escape(question.alias)}\b", fold(unit.text)):
        body = covered = topic = topics = 1.0
    if unfocused:
        covered -= _UNFOCUSED_COST
    if any(term.folded[0].isdigit() for term in missing):
        covered -= _UNNUMBERED_COST
    bonus += _plan_cost(question, unit, units) + _definition_bonus(question, unit)
    rank = 0.55 * body + 0.45 * covered + bonus + 0.1 * max(0.0, hit.parts.get("dense", 0.0)) - _length_cost(unit)
    topic = topic / topics if topics else covered
    rarest = rarest / heaviest if heaviest else 0.0
    return Scored(hit, unit, rank, body, covered, fits, figure, tuple(missing), topic=topic, rarest=rarest)


def _plan_cost(question: Question, unit: Unit, units: ChunkUnits) -> float:
    """What is planned is no answer to what was reached, nor the other way round."""
    planned = any(pair in unit.words.folded_pairs or pair in unit.before.folded_pairs for pair in _PLANNED)
    headed = any(pair in units.heading.folded_pairs for pair in _PLANNED_HEADINGS)
    planned = planned or (headed and ("ket", "qua") not in units.heading.folded_pairs)
    return 0.0 if planned == question.planned else -_PLAN_COST


_PLANNED = frozenset({("phan", "dau"), ("chi", "tieu"), ("muc", "tieu"), ("du", "kien"), ("tro", "len")})
_PLANNED_HEADINGS = _PLANNED | {("phuong", "huong"), ("nhiem", "vu"), ("giai", "phap")}
_PLAN_COST = 0.15


def _definition_bonus(question: Question, unit: Unit) -> float:
    """A definition begins with the word that it defines."""
    if question.kind != "definition" or not question.terms:
        return 0.0
    opening = Words(unit.words.tokens[:8])
    return (
        0.3
        if all(match(term, opening, question.marked) >= 0.8 for term in question.terms[:1])
        and " là " in unit.text[:120]
        else 0.0
    )


def _implied(term: Term, figure: Figure | None) -> float:
    """A measure that the unit says without the word: 321 ha is an area."""
    if figure is None:
        return 0.0
    return 0.8 if measure(figure.unit) in _MEASURED.get("_".join(term.folded), ()) else 0.0


_MEASURED: dict[str, tuple[str, ...]] = {
    "dien_tich": ("ha", "m²", "km²"),
    "san_luong": ("tan", "ta", "kg"),
    "kinh_phi": ("ty", "trieu", "dong"),
    "doanh_thu": ("ty", "trieu", "dong"),
    "ty_le": ("%",),
    "ti_le": ("%",),
    "chieu_dai": ("km", "m"),
    "the_tich": ("m³", "lit"),
}


def _length_cost(unit: Unit) -> float:
    """Long units hold more words by chance."""
    return 0.04 * max(0.0, math.log2(max(len(unit.text), 1) / 200))


def _fit(
    question: Question, weighted: Weighted, unit: Unit, satisfied: frozenset[str], title: str
) -> tuple[bool, float, Figure | None]:
    """Whether the unit holds what is asked, what that is worth, and the figure that answers."""
    text = unit.text
    if question.kind in ("amount", "percent") or (question.units and question.kind == "yesno"):
        return _fit_figure(question, weighted, unit, satisfied)
    if question.kind == "date":
        return _flag(holds_time(text), 0.12)
    if question.kind == "docnumber":
        return _flag(_names_document(question, text), 0.12)
    if question.kind == "who":
        return _fit_who(question, unit, title)
    if question.kind == "place":
        return _flag(holds_place(text), 0.05)
    if question.kind in ("reason", "list"):
        return _fit_prose(question, unit)
    if question.kind == "definition":
        return True, 0.08 if " là " in text or "gọi tắt" in text else 0.0, None
    purposeful = _PURPOSE_ASKED.search(fold(question.text)) and _PURPOSES.search(text)
    return True, 0.15 if purposeful else 0.0, None


def _fit_prose(question: Question, unit: Unit) -> tuple[bool, float, Figure | None]:
    """Reasons and lists: no single row is one."""
    text = unit.text
    if unit.kind == "row":
        return False, 0.0, None
    if question.kind == "reason":
        return True, 0.35 if _CAUSES.search(text) else (0.1 if _PURPOSES.search(text) else 0.0), None
    return True, 0.02 * min(5, text.count(",") + text.count(";")), None


_PURPOSE_ASKED = re.compile(r"de lam gi|nham (?:muc dich )?gi|muc dich gi")


def _names_document(question: Question, text: str) -> bool:
    """Whether another document than the question's own is named, of the asked kind where one is asked for."""
    others = [number for _, _, number in find_numbers(text) if number_key(number) not in question.keys]
    if not question.document_kind:
        return bool(others)
    return any(fold(kind_of_number(number) or "") in ("", question.document_kind) for number in others)


_CAUSES = re.compile(r"\b(?:nguyên nhân|lý do|là do|chủ yếu do|do|vì|bởi)\b", re.IGNORECASE)
_PURPOSES = re.compile(r"\b(?:nhằm|để)\b", re.IGNORECASE)


def _fit_who(question: Question, unit: Unit, title: str) -> tuple[bool, float, Figure | None]:
    """A body of the asked class ("hợp tác xã nào"), or a person's name where one is asked for."""
    text = unit.text
    if question.person:
        return _flag(holds_person(text), 0.1)
    if unit.kind == "row":
        return True, 0.0, None
    if question.body_class:
        return True, 0.18 if _names_body(question.body_class, text) else -0.06, None
    return _flag(holds_body(text) or names_body(title), 0.05)


def _names_body(body_class: str, text: str) -> bool:
    """Whether the class stands before a name: "Hợp tác xã Ngũ Chi Sơn"."""
    folded = fold(text)
    at = folded.find(body_class)
    while at >= 0:
        behind = text[at + len(body_class) : at + len(body_class) + 2].strip()
        if behind[:1].isupper() and (at == 0 or not folded[at - 1].isalpha()):
            return True
        at = folded.find(body_class, at + 1)
    return False


def _flag(holds: bool, worth: float) -> tuple[bool, float, Figure | None]:
    return holds, worth if holds else 0.0, None


def _fit_figure(
    question: Question, weighted: Weighted, unit: Unit, satisfied: frozenset[str]
) -> tuple[bool, float, Figure | None]:
    figures = find_figures(unit.text)
    best: tuple[float, Figure] | None = None
    for figure in figures:
        worth = _figure_worth(question, weighted, unit, figure, satisfied)
        if worth is not None and (best is None or worth > best[0] + 1e-9):
            best = (worth, figure)
    if best is None:
        return False, 0.0, None
    return True, 0.5 * best[0], best[1]


def _figure_worth(
    question: Question, weighted: Weighted, unit: Unit, figure: Figure, satisfied: frozenset[str]
) -> float | None:
    """How well one figure of the unit answers; None where its unit is another than the asked one."""
    unit_of = measure(figure.unit)
    if question.units:
        fits_unit = unit_of in question.units or (figure.unit.split(" ")[0] if figure.unit else "") in question.units
        if unit.kind == "row" and not unit_of:
            fits_unit = fits_unit or _row_measured(question.units, unit)
        if not fits_unit:
            return None
    if unit.kind == "row" and unit.labels:
        return _cell_worth(question, weighted, unit, figure)
    near = _nearness(question, weighted, unit, figure, satisfied)
    worth = 0.5 * near + (0.25 if question.units else 0.0) + _claim_worth(question, figure)
    if question.asked:
        behind = [token.folded for token in unit.words.tokens if figure.end <= token.start < figure.end + 40]
        if any(tuple(behind[: len(noun)]) == noun for noun in (question.asked, *alternatives(question.asked))):
            worth += 0.5
        elif question.asked[0] in behind[:4]:
            worth += 0.3
        elif unit_of and unit_of not in question.asked:
            worth -= 0.3
        elif not _counted_before(question.asked, unit, figure):
            worth -= 0.4
    return worth


def _counted_before(asked: tuple[str, ...], unit: Unit, figure: Figure) -> bool:
    """Whether the counted noun stands shortly before a figure: "số hội nghị là 214"."""
    before = [token.folded for token in unit.words.tokens if figure.start - 60 <= token.start < figure.start]
    return asked[0] in before


def _row_measured(units: frozenset[str], unit: Unit) -> bool:
    """Whether a cell or the label of a row names one of the units ("Ha", "%", "Số tiền (triệu đồng)")."""
    cells = {fold(cell).strip() for cell in unit.text.split("|")}
    return bool(cells & units) or any(units & label.folded for label in unit.labels)


def _claim_worth(question: Question, figure: Figure) -> float:
    """A claim that is to be confirmed is mostly of the right size even where it is wrong."""
    values = [_value(claim) for claim in question.claims] if question.confirms else []
    own = _value(figure.value)
    close = any(value > 0 and own > 0 and abs(math.log(value / own)) < _SAME_SIZE for value in values)
    return 0.4 if close else 0.0


_SAME_SIZE = 0.4


def _value(numeral: str) -> float:
    try:
        return float(numeral.replace(",", "."))
    except ValueError:
        return 0.0


def _cell_worth(question: Question, weighted: Weighted, unit: Unit, figure: Figure) -> float:
    """How far the label of a figure's column is what is asked."""
    column = unit.text.count(" | ", 0, figure.start)
    if column >= len(unit.labels):
        return 0.0
    label = unit.labels[column]
    total = sum(weight for _, weight in weighted.terms) or 1.0
    near = sum(weight * match(term, label, question.marked) for term, weight in weighted.terms) / total
    years = {str(year) for year in question.years}
    return 0.8 * near + (0.5 if years & label.folded else 0.0) + (0.3 if set(question.asked) & label.folded else 0.0)


def _nearness(question: Question, weighted: Weighted, unit: Unit, figure: Figure, satisfied: frozenset[str]) -> float:
    """Share of the question's weight that stands close to a figure, the closer the more; inside one clause best."""
    tokens = unit.words.tokens
    place = next((i for i, token in enumerate(tokens) if token.start >= figure.start), len(tokens))
    total = near = 0.0
    for term, weight in weighted.terms:
        if satisfied.issuperset(term.folded):
            continue
        total += weight
        distance = _distance(term, tokens, place, question.marked)
        if distance is not None:
            crossed = _crossings(unit.text, tokens, place, distance)
            near += weight * max(0.0, 1.0 - (abs(distance) - 1) / 24) * (0.75**crossed)
    return near / total if total else 0.0


def _distance(term: Term, tokens: tuple, place: int, marked: bool) -> int | None:  # type: ignore[type-arg]
    """Signed distance in tokens from a figure to the closest occurrence of a term; None where there is none."""
    want = term.exact if marked else term.folded
    size = len(want)
    best: int | None = None
    for index in range(max(0, place - 28), min(len(tokens) - size + 1, place + 20)):
        held = tuple((t.exact if marked else t.folded) for t in tokens[index : index + size])
        if held == want:
            distance = index - place or 1
            if best is None or abs(distance) < abs(best):
                best = distance
    return best


def _crossings(text: str, tokens: tuple, place: int, distance: int) -> int:  # type: ignore[type-arg]
    """Commas and semicolons between a figure and a word."""
    if not tokens:
        return 0
    first, last = sorted((min(place, len(tokens) - 1), max(0, min(place + distance, len(tokens) - 1))))
    between = text[tokens[first].start : tokens[last].start]
    return between.count(",") + 2 * between.count(";") + between.count(". ")


def years_fit(question: Question, unit: Unit, units: ChunkUnits, record: DocumentRecord) -> bool:
    """Whether every asked year is the unit's, its heading's or its document's; a base of comparison does not
    count.
    """
    if not question.years:
        return True
    text = without_bases(unit.text)
    own = {year for _, _, year in find_years(text)} | {int(iso[:4]) for _, _, iso in find_dates(text)}
    labels = {int(t.folded) for label in unit.labels for t in label.tokens if is_year(t.folded)}
    lead = {int(t.folded) for t in (unit.lead.tokens if unit.lead else ()) if is_year(t.folded)}
    heading = {int(t.folded) for t in units.heading.tokens if is_year(t.folded)}
    based = bool(_BASED.search(fold(question.text)))
    for year in question.years:
        if year in own | labels or (based and str(year) in unit.text):
            continue
        # The nearest year that is named decides: the sentence before, the headings, the document.
        nearest = lead or heading or {own_year(record)}
        if year not in nearest and not (year in heading and not lead - heading):
            return False
    return True


_BASED = re.compile(r"so voi|ke tu|\btu nam|tang|giam|hon nam|them")


def is_year(token: str) -> bool:
    """Whether a token is a year."""
    return len(token) == 4 and token.isdigit() and token[:2] in ("19", "20")


def own_year(record: DocumentRecord) -> int:
    """The year that a document reports on: the first one of its subject, else of its date; 0 where unknown."""
    metadata = record.metadata
    for part in (metadata.subject, metadata.period):
        if part and (years := find_years(part)):
            return years[0][2]
    return int((metadata.issued_on or "0")[:4])


def without_bases(text: str) -> str:
    """The text without "so với (cùng kỳ) năm 2012", which names what a figure is compared with, not its own year."""
    return re.sub(r"so với\s+(?:cùng kỳ\s+)?(?:năm\s+)?(?:19|20)\d\d", " ", text, flags=re.IGNORECASE)
