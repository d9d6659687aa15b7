"""How well one piece of a passage answers a question: shared words by rarity, the asked kind of thing, nearness."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.text import fold
from index.types import Hit
from qa.extraction.counting import counts
from qa.extraction.fitting import fit, gives_cause, gives_reason
from qa.extraction.matching import Weighted, match
from qa.extraction.others import cost_of_opposite, cost_of_other, cost_of_other_count, lacks_class, lacks_level
from qa.language.figures import Figure, find_figures, measure
from qa.language.ranges import spans_figure
from qa.language.units import ChunkUnits, Unit, Words
from qa.language.words import tokenise
from qa.understanding.asked import Term
from qa.understanding.people import lacks_person
from qa.understanding.question import Question

_LEAD_SHARE = 0.8
_HEADING_SHARE = 0.65
_HEADER_SHARE = 0.6
_UNFOCUSED_COST = 0.45
_UNTOLD_COST = 0.2
_UNNUMBERED_COST, _UNCLASSED_COST = 0.5, 0.8
_UNNAMED_COST, _NAME_TELLS = 0.5, 3.0
_TITLE = 90
# A level that every document of a library says ("huyện" in one of a district) tells nothing.
_TELLS = 0.5
_UNSAID_COST = 0.06
_CAUSE = ("nguyen", "nhan")


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
        beside: further figures that answer other parts of the question.
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
    beside: tuple[Figure, ...] = ()
    missing: tuple[Term, ...] = ()
    cosine: float = 0.0
    topic: float = 1.0
    rarest: float = 0.0

    @property
    def evidence(self) -> float:
        """How sure it is that this speaks of what is asked: words found, and likeness of meaning.

        The share of the cosine is the ratio of the two weights of a logistic regression on the development questions.
        A figure beside which the rarest word is missing is the likeliest to be another thing's.
        """
        unsaid = _UNSAID_COST * self.rarest if self.figure else 0.0
        return min(self.covered, self.topic) + 0.4 * max(0.0, self.cosine) - unsaid


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
    fits, bonus, figure = fit(question, weighted, unit, satisfied, _title(hit))
    # Without a cause, however alike, it only says again what is to be explained.
    fits = fits and (question.kind != "reason" or _explains(unit, units))
    unnamed = question.kind != "yesno" and lacks_person(question.text, hit.chunk.indexed_text, unit.text)
    total = body = covered = topics = topic = heaviest = rarest = other = 0.0
    missing: list[Term] = []
    unfocused = False
    for term, weight in weighted.terms:
        if satisfied.issuperset(term.folded):
            continue
        own = max(match(term, unit.words, question.marked), _implied(term, figure), _spanned(question, term, unit))
        near = max(
            own,
            _LEAD_SHARE * match(term, unit.before, question.marked),
            _HEADING_SHARE * match(term, units.heading, question.marked),
        )
        around = max(near, _HEADER_SHARE * match(term, header, question.marked))
        unfocused = unfocused or (term in question.focus and near < 0.45)
        other = max(other, cost_of_opposite(question, term, unit))
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
            other = max(other, cost_of_other(question, term, unit) if weight >= _TELLS else 0.0)
            # "Công Thương" is a name too, but one that many documents say.
            unnamed = unnamed or (term.name and weight >= _NAME_TELLS and question.kind != "yesno")
    if total <= 0:
        body = covered = total = 1.0
    body, covered = body / total, covered / total
    if question.alias and re.search(rf"goi (?:tat |chung )?la\W+{re.escape(question.alias)}\b", fold(unit.text)):
        body = covered = topic = topics = 1.0
    uncounted = figure is not None and unit.kind != "row" and not counts(question, unit, figure)
    covered -= _lacking(question, missing, unfocused or uncounted, unit, units.heading)
    covered -= other + cost_of_other_count(question, unit) + (_UNNAMED_COST if unnamed else 0.0)
    bonus += _plan_cost(question, unit, units) + _definition_bonus(question, unit)
    rank = 0.55 * body + 0.45 * covered + bonus + 0.1 * max(0.0, hit.parts.get("dense", 0.0)) - _length_cost(unit)
    topic = topic / topics if topics else covered
    rarest = rarest / heaviest if heaviest else 0.0
    return Scored(hit, unit, rank, body, covered, fits, figure, missing=tuple(missing), topic=topic, rarest=rarest)


def _title(hit: Hit) -> str:
    """The title of a passage's section: in its heading path, or as its own first line; else the one above it."""
    path = hit.chunk.prefix.partition("\n")[0].split(" › ")[1:]
    first, _, rest = hit.chunk.text.partition("\n")
    own = path[-1].partition(". ")[2] if path else ""
    # A whole sentence ("a) Theo dõi việc …;") is an item, no title.
    titled = (
        bool(rest) and len(first) < _TITLE and bool(_LABEL.match(first)) and not first.rstrip().endswith((".", ";"))
    )
    own = own or (_LABEL.sub("", first.strip()) if titled else "")
    return own or (path[-2].partition(". ")[2] if len(path) > 1 else "")


_LABEL = re.compile(r"(?:Điều\s+)?(?:\d+(?:\.\d+)*|[a-zđ]|[IVX]+)[.)]\s+")


def _lacking(question: Question, missing: Sequence[Term], unfocused: bool, unit: Unit, heading: Words) -> float:
    """What an answer loses without the asked quantity, class, number, predicate or premise of the question."""
    cost = _UNFOCUSED_COST if unfocused else 0.0
    # The sentence before may speak of another class or level.
    before = unit.before if unit.kind != "sentence" else (unit.lead or Words(()))
    texts = (unit.words, before, heading)
    if unit.kind != "row" and (lacks_class(question, *texts) or lacks_level(question, *texts)):
        cost += _UNCLASSED_COST
    elif any(term.folded[0].isdigit() for term in missing):
        cost += _UNNUMBERED_COST
    told = question.predicate
    if told and told[0] in missing and 2 * sum(term in missing for term in told) >= len(told):
        # Of what is measured no word stands there: it is the measure of another thing.
        cost += _UNNUMBERED_COST if not question.asked and all(term in missing for term in told) else _UNTOLD_COST
    # A cause that is said may call the effect by another word.
    telling = question.premise if gives_cause(unit.text) else question.premise[:1]
    if telling and all(term in missing for term in telling):
        cost += _UNNUMBERED_COST
    return cost


def _explains(unit: Unit, units: ChunkUnits) -> bool:
    """Whether a unit gives a reason, or stands where reasons are listed."""
    listed = any(_CAUSE in words.folded_pairs for words in (units.heading, unit.before))
    return listed or gives_reason(unit.text)


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
    defined, says, _ = unit.text[:_DEFINED].partition(" là ")
    if question.kind != "definition":
        return 0.0
    if _spells_out(question, unit):
        return _DEFINES
    if not question.terms or not says:
        return 0.0
    before = [token for token in unit.words.tokens if token.start < len(defined) and not token.exact[0].isdigit()]
    term, asked = (" ".join(token.folded for token in tokens) for tokens in (before, tokenise(question.text)))
    if len(before) <= _OPENING and re.search(rf"(?<!\w){re.escape(term)}{_ASKS_WHAT}", asked):
        # Of "sản phẩm" and "sản phẩm phụ" the question means the longer one that it says.
        return _DEFINES + _LONGER * len(before)
    if match(question.terms[0], Words(tuple(before[:_OPENING])), question.marked) < _SAID:
        return 0.0
    wanted = {token.folded for token in tokenise(question.text)}
    return _DEFINES if all(token.folded in wanted for token in before) else _DEFINES / 2


def _spells_out(question: Question, unit: Unit) -> bool:
    """Whether the abbreviation that a question asks after stands in brackets behind what it is short for."""
    asked = (match[0] for match in _ABBREVIATION.finditer(question.text))
    return any(re.search(rf"[^\W\d_] \((?:gọi tắt là |viết tắt là )?{short}\)", unit.text) for short in asked)


_ABBREVIATION = re.compile(r"(?<![^\W_])[A-ZĐ]{3,10}(?![^\W_])")
_DEFINED, _OPENING, _SAID = 120, 8, 0.8
_DEFINES, _LONGER = 0.6, 0.03
_ASKS_WHAT = r" (?:co |duoc )?(?:nghia |hieu |dinh nghia )?(?:la (?:gi|sao|the nao|nhu the nao)|nhu the nao|the nao)\b"


def _implied(term: Term, figure: Figure | None) -> float:
    """A measure that the unit says without the word: 321 ha is an area."""
    if figure is None:
        return 0.0
    return 0.8 if measure(figure.unit) in _MEASURED.get("_".join(term.folded), ()) else 0.0


def _spanned(question: Question, term: Term, unit: Unit) -> float:
    """A number of the question that a span of numbers in the unit holds: 5 in "từ 04 đến 08 người"."""
    if not term.folded[0][0].isdigit():
        return 0.0
    figures = (figure for figure in find_figures(question.text) if figure.value == term.folded[0])
    return 0.9 if any(spans_figure(unit.text, figure) for figure in figures) else 0.0


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
