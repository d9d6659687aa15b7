"""Which excerpt bears out a sentence of a language model, word by word and figure by figure."""

from __future__ import annotations

import operator
import re
import unicodedata
from collections.abc import Callable, Sequence

from corpus.sentences import split_clauses, split_sentences
from corpus.text import canonical_tone, fold
from qa.citations import MARKER, markers_in
from qa.language.amounts import Amount, find_amounts
from qa.language.words import STOP_EXACT, numeral, tokenise
from qa.verification import Claims, claims_of, unsupported
from qa.wording.excerpts import Source, content_words

GROUNDED_ENOUGH = 0.6
"""Share of a sentence's content words that its source has to hold; below it the sentence is the model's own."""
_NUMERAL = "một|hai|ba|bốn|tư|năm|lăm|sáu|bảy|bẩy|tám|chín|mười|mươi|trăm|chục|linh|lẻ|rưỡi"
_SPELLED = re.compile(
    rf"(?<!\w)(?<!\d )(?:{_NUMERAL})(?:\s+(?:{_NUMERAL}|nghìn|ngàn|triệu|tỷ|tỉ))*\s+"
    r"(?:nghìn|ngàn|triệu|tỷ|tỉ|đồng|ha|héc|tấn|tạ|kg|km|m|mét|lít|%|phần trăm|"
    r"người|hộ|xã|huyện|thôn|bản|sản phẩm|mô hình|dự án|lần|lượt|con|cây)(?!\w)"
)
_DENIES = re.compile(r"(?<!\w)(?:không(?!\s+(?:gian|khí|quân|phận|những|chỉ|ngừng))|chưa|chẳng)(?!\w)")
_PLANS = re.compile(r"(?<!\w)(?:phấn đấu|dự kiến|sẽ|mục tiêu|đề xuất|kiến nghị|ước đạt|ước)(?!\w)")
# A negation before a comparing word flips it; "không bằng" compares by itself, "bằng" alone does not.
_NOT = r"(?:không|chưa|chẳng) (?:hề |phải |thể )?"
_COMPARED: tuple[tuple[re.Pattern[str], Callable[[float, float], bool]], ...] = tuple(
    (re.compile(rf"(?<!\w)(?:{words})(?!\w)"), holds)
    for words, holds in (
        (rf"(?P<flips>{_NOT})?(?:cao|nhiều|lớn|dài|rộng|đông) hơn", operator.gt),
        (rf"(?P<flips>{_NOT})?(?:thấp|ít|nhỏ|ngắn|hẹp|kém) hơn", operator.lt),
        (rf"(?P<flips>{_NOT})?(?:(?:bằng|giống|như|trùng|khớp) nhau|khớp với|trùng với)", operator.eq),
        (rf"(?P<flips>{_NOT})(?:khớp|trùng|bằng|giống)(?! nhau| với)", operator.eq),
        (rf"(?P<flips>{_NOT})?khác nhau", operator.ne),
    )
)
_UNFINISHED = re.compile(r"(?:…|:\s*\.?)\s*$|^\s*[-*•]")
"""What is cut, only announces a list, or copies an item of one."""
_YES = re.compile(r"^có\s*,")
_NUMERALS = re.compile(r"((?<!\w)(?:trên|hơn|gần|khoảng|dưới)\s+)?(?<![\w.,/-])(\d+(?:[.,]\d+)*)(?![\w/-])")
_COMMON = frozenset("nam huyen xa tinh toan tong dat hien nay".split())
_SEGMENT = re.compile(r"[;,.:\n](?=\s)|\n|\s(?:và|còn|so với|trong khi)\s")


def attribute(text: str, sources: Sequence[Source]) -> str:
    """Each sentence with the marker of an excerpt that holds it; a sentence that none holds is left out.

    A marker of the model's own is kept where that excerpt holds the sentence. A sentence about two places or years
    may stand on two excerpts, each of its parts on one of them.
    """
    kept: list[str] = []
    for start, end in split_sentences(text):
        sentence = text[start:end]
        bare = MARKER.sub("", sentence).strip()
        if not any(char.isalnum() for char in bare):
            if kept and markers_in(sentence) and not markers_in(kept[-1]):
                kept[-1] += sentence
            continue
        if _UNFINISHED.search(bare):
            continue
        if cited := _bearing(bare, markers_in(sentence), sources):
            said = as_spelled("\n".join(source.told for source in cited), bare)
            kept.append(said + "".join(f" [{source.marker}]" for source in cited))
    return " ".join(kept)


def _bearing(sentence: str, own: Sequence[int], sources: Sequence[Source]) -> list[Source]:
    cited = [source for source in sources if source.marker in own and bears_out(source, sentence)]
    if cited:
        return cited
    fitting = [source for source in sources if bears_out(source, sentence)]
    if fitting:
        return sorted(fitting, key=lambda source: -grounding(source.told, sentence))[:1]
    return _bearing_together(sentence, sources)


def _bearing_together(sentence: str, sources: Sequence[Source]) -> list[Source]:
    """Two excerpts that bear out a sentence part by part: each figure stands beside the name or year that it is of."""
    parts = [part for part in _SEGMENT.split(sentence) if part and _checkable(part)]
    found: list[Source] = []
    for part in parts:
        named = claims_of(part)
        if named.figures and not (named.names or named.years):
            return []
        bearing = [s for s in sources if not unsupported(part, s.told) and not mixes(s, part)]
        if not bearing:
            return []
        found += [source for source in bearing[:1] if source not in found]
    whole = "\n".join(source.told for source in found)
    good = len(found) == 2 and grounding(whole, sentence) >= GROUNDED_ENOUGH and compares_rightly(sentence, whole)
    return sorted(found, key=lambda source: source.marker) if good and not unsupported(sentence, whole) else []


def as_spelled(source: str, sentence: str) -> str:
    """The sentence with its numerals as the source writes them: "1 sản phẩm" from "trên 01 sản phẩm" is "trên 01 …"."""
    written: dict[str, set[str]] = {}
    for match in _NUMERALS.finditer(source):
        written.setdefault(numeral(match[2]), set()).add(" ".join(match[0].split()))

    def spelled(match: re.Match[str]) -> str:
        forms = written.get(numeral(match[2]), set())
        return forms.copy().pop() if len(forms) == 1 and not match[1] else match[0]

    return _NUMERALS.sub(spelled, sentence)


def _checkable(part: str) -> bool:
    claims = claims_of(part)
    return bool(claims.figures or claims.dates or claims.years or claims.numbers or claims.names)


def compares_rightly(sentence: str, source: str) -> bool:
    """Whether "cao hơn", "khớp nhau" between two figures of one unit says what the figures say.

    Where the sentence does not hold two such figures the source has to compare in the same words.
    """
    said, known = _lowered(sentence), _lowered(source)
    compared = [(match, holds) for pattern, holds in _COMPARED for match in pattern.finditer(said)]
    if not compared:
        return True
    figures = [amount for amount in find_amounts(sentence) if _value(amount) is not None]
    if len(figures) != 2 or figures[0].unit != figures[1].unit:
        own = {match[0] for pattern, _ in _COMPARED for match in pattern.finditer(known)}
        return all(match[0] in own for match, _ in compared)
    first, second = (_value(figure) or 0.0 for figure in figures)
    return all(holds(first, second) is not bool(match["flips"]) for match, holds in compared)


def _value(amount: Amount) -> float | None:
    try:
        return float(amount.value.replace(",", "."))
    except ValueError:
        return None


def bears_out(source: Source, sentence: str) -> bool:
    """Whether one excerpt holds a sentence: its words, its figures, and what they are figures of."""
    if not holds(source.told, sentence) or twists(source.text, sentence, source.above):
        return False
    return (
        compares_rightly(sentence, source.told) and not misplaces(source.text, sentence) and not mixes(source, sentence)
    )


def twists(source: str, sentence: str, above: str = "") -> bool:
    """Whether a sentence spells out a number, denies, or turns a plan into a fact, where its source does not.

    Args:
        above: headings over the source, which may say that it is a plan.
    """
    said, whole = _lowered(sentence), _lowered(f"{source}\n{above}")
    if any(match[0] not in whole for match in _SPELLED.finditer(said)) or (_YES.match(said) and _DENIES.search(said)):
        return True
    pieces = [source[start:end] for start, end in split_clauses(source)]
    return any(_turned(sentence[start:end], pieces, whole) for start, end in split_clauses(sentence))


def _turned(clause: str, pieces: Sequence[str], whole: str) -> bool:
    """Whether a clause denies, or is no plan, where the piece that it is made of is otherwise."""
    said = _lowered(clause)
    support = max(pieces, key=lambda piece: grounding(piece, clause) + shared(clause, piece), default="")
    meant = _lowered(support)
    if bool(_DENIES.search(said)) != bool(_DENIES.search(meant)):
        return True
    if _PLANS.search(meant):
        return not _PLANS.search(said)
    # A plan may be announced by the line that leads into a list.
    return any(match[0] not in whole for match in _PLANS.finditer(said))


def misplaces(source: str, sentence: str) -> bool:
    """Whether a figure is given to another name than the one beside which it stands in the source.

    Every place of the source that holds the figure names somebody, and none of those is named in the sentence.
    """
    said = fold(sentence)
    parts = [part for part in _SEGMENT.split(source) if part and part.strip()]
    for amount in find_amounts(sentence):
        beside = [claims_of(part).names for part in parts if amount.value in {a.value for a in find_amounts(part)}]
        if beside and all(names and not any(name.rstrip("*") in said for name in names) for names in beside):
            return True
    return False


def mixes(source: Source, sentence: str) -> bool:
    """Whether a clause puts together what two sentences of an excerpt say: the figure of one, the thing of the other.

    All figures of a clause stand in one sentence of the excerpt, and no word of the clause stands only in another one;
    what the question names may, where the sentence is the one that the extractive answer quotes.
    """
    return any(
        not any(_home(source, sentence[start:end], piece) for piece in _sentences(source.text))
        for start, end in split_clauses(sentence)
        if _placed(claims_of(sentence[start:end]))
    )


def _placed(said: Claims) -> bool:
    """Whether a clause says something that belongs to one sentence: a figure, a date, a document number."""
    return bool(said.figures or said.dates or said.numbers)


def _home(source: Source, clause: str, piece: str) -> bool:
    """Whether one sentence of the excerpt says all that a clause says."""
    said, known = claims_of(clause), claims_of(f"{piece}\n{source.headings}")
    figures = {amount.value for amount in said.figures} <= {amount.value for amount in known.figures}
    if not (figures and said.dates <= known.dates and said.numbers <= known.numbers):
        return False
    foreign = content_words(clause) & content_words(source.text) - content_words(f"{piece}\n{source.above}") - _COMMON
    quoted = source.pick is not None and piece in source.pick.said
    return not (foreign - source.asked if quoted else foreign)


def _sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in split_sentences(text)]


def holds(source: str, sentence: str) -> bool:
    """Whether a text holds enough of a sentence's words, and all that can be checked."""
    return grounding(source, sentence) >= GROUNDED_ENOUGH and not unsupported_figures(source, sentence)


def unsupported_figures(source: str, sentence: str) -> list[str]:
    """Figures, dates and document numbers of the sentence that the text lacks; names are checked with the header."""
    return [claim for claim in unsupported(sentence, source) if not claim.startswith(("tên ", "trích dẫn"))]


def grounding(source: str, sentence: str) -> float:
    """Share (0..1) of the sentence's content syllables that the source holds."""
    words = {token.folded for token in tokenise(sentence) if token.exact not in STOP_EXACT}
    if not words:
        return 0.0
    return len(words & {token.folded for token in tokenise(source)}) / len(words)


def shared(said: str, sentence: str) -> float:
    """Share of the said numerals that a sentence holds."""
    numerals = set(re.findall(r"\d+(?:[.,]\d+)*", said))
    return len(numerals & set(re.findall(r"\d+(?:[.,]\d+)*", sentence))) / len(numerals) if numerals else 0.0


def _lowered(text: str) -> str:
    return canonical_tone(" ".join(unicodedata.normalize("NFC", text).lower().split()))
