"""From what a language model said to an answer that can be shown: cleaned, attributed, verified, or replaced.

The extractive answer is the measure. A model's wording of it has to keep its answering figure, date or number, and
where it leaves out more than that, the documents' words follow behind it; where the extractive answerer found nothing,
the model's find has to speak of what is asked. Whatever fails gives way to the words of the documents.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from corpus.numbers import find_numbers, number_key
from index.library import Library
from qa.citations import MARKER, Found, Pick, markers_in, spread_markers
from qa.extraction.matching import Weighted
from qa.extraction.responding import holds_asked, responds, speaks_of
from qa.language.amounts import find_amounts
from qa.settings import Settings
from qa.types import REFUSAL, Answer, Citation
from qa.understanding.question import Question
from qa.verification import Verified, claims_of, marked_sentences
from qa.wording import generation
from qa.wording.attribution import grounding, unsupported_figures
from qa.wording.excerpts import Source, content_words, excerpts
from qa.wording.quoting import verified_words

Role = Literal["word", "lead", "find"]
"""What is asked of the model: to word one place, to say in a sentence what a list holds, to find what was not found."""

LONG_KINDS = frozenset({"list", "reason", "compare"})
_CHECKED_KINDS = frozenset({"date", "docnumber"})
_ENOUGH, _ENOUGH_OF_LIST = 0.6, 0.8
_PHRASE, _ENOUGH_OF_PHRASE = 3, 0.8
_PHRASE_END = re.compile(r"[,;:.](?=\s)|\n")
_LONGEST_LEAD = 420
_BULLET = re.compile(r"^[ \t]*[-*•][ \t]+", re.MULTILINE)
_NOT_WORDED = "Mô hình ngôn ngữ không trả lời được từ các đoạn tìm thấy; đây là câu trả lời trích nguyên văn."
_NOT_SEEN = "Mô hình ngôn ngữ không thấy câu trả lời trong đoạn trích này; hãy đọc kỹ nguồn."
_DIFFERS = "Lời của mô hình ngôn ngữ không khớp với văn bản; đây là câu trả lời trích nguyên văn."
_DOUBTED = "Một phần lời của mô hình ngôn ngữ không có trong nguồn nên đã bị bỏ."


@dataclass(frozen=True, slots=True)
class Task:
    """What is put before the model."""

    role: Role
    question: Question
    weighted: Weighted
    sources: tuple[Source, ...]
    picks: tuple[Pick, ...] = ()
    near: tuple[Pick, ...] = ()


def task_of(question: Question, weighted: Weighted, found: Found) -> Task | None:
    """What a model can do for a question; None where the words of the document are exact, or nothing can answer.

    Header facts and verdicts ("Đúng.") are exact. A refusal stands where no place near it speaks of what is asked.
    """
    role = _role(question, found)
    if role is None:
        return None
    places = found.picks or found.near
    sources = tuple(excerpts(question.text, places, found.hits))
    if role == "find" and not any(_may_answer(question, weighted, source) for source in sources):
        return None
    return Task(role, question, weighted, sources, found.picks, found.near)


def _may_answer(question: Question, weighted: Weighted, source: Source) -> bool:
    return holds_asked(question, source.text) and speaks_of(question, weighted, source.told)


def _role(question: Question, found: Found) -> Role | None:
    if not found.picks:
        return "find" if found.near else None
    listed = _lists(found.picks)
    if found.lead or not (listed or any(pick.chunk for pick in found.picks)):
        return None
    return "lead" if listed or question.kind in LONG_KINDS else "word"


def _lists(picks: Sequence[Pick]) -> bool:
    """Whether a place is a list of several items."""
    return any(not pick.chunk and "\n" in pick.said for pick in picks)


def settle(text: str, task: Task, extractive: Answer, settings: Settings, library: Library) -> Answer:
    """The verified answer of a model; the extractive one where nothing of it holds."""
    text = generation.clean_output(
        spread_markers(text if task.question.kind == "docnumber" else _without_echo(text, task.sources))
    )
    text = text.partition("\n")[0] if _lists(task.picks) else _BULLET.sub("", text)
    if not text:
        return _standing(extractive, _NOT_WORDED)
    if generation.refuses(text):
        return _refused(task, extractive)
    verified = verified_words(text, task.sources, library)
    if not verified.citations or REFUSAL in verified.text:
        return _standing(extractive, _NOT_WORDED, verified.dropped)
    if not _agrees(verified, task):
        return _standing(extractive, _DIFFERS, (*verified.dropped, verified.text))
    said, citations = _composed(verified, task, extractive, settings)
    if not said:
        return _standing(extractive, "", verified.dropped)
    note = _DOUBTED if verified.dropped else ""
    return replace(
        extractive,
        answer=said,
        refused=False,
        answerer="model",
        citations=citations,
        dropped=verified.dropped,
        note=note,
    )


def _without_echo(text: str, sources: Sequence[Source]) -> str:
    """The text without the line over an excerpt that a model began with: its year and its labels answer nothing."""
    text = text.lstrip()
    for source in sources:
        for echo in (source.title, source.document):
            says = _SAYS.match(text, len(echo)) if echo and text.startswith(echo) else None
            if says and text[says.end() :]:
                rest = text[says.end() :]
                return rest[:1].upper() + rest[1:]
    return text


_SAYS = re.compile(r"\s*(?:[:\n]|[–.]\s)\s*(?=\w)|\s+(?:cho thấy|nêu rằng|ghi rằng|cho biết)(?: rằng)?[\s:]+(?=\w)")


def _refused(task: Task, extractive: Answer) -> Answer:
    """A refusal where the model sees no answer and the place that was found does not speak of what is asked either."""
    doubted = not any(speaks_of(task.question, task.weighted, source.told, corrects=True) for source in task.sources)
    if task.role == "word" and doubted:
        dropped = (*extractive.dropped, extractive.answer)
        return replace(extractive, answer=REFUSAL, refused=True, answerer="model", citations=(), dropped=dropped)
    return _standing(extractive, _NOT_SEEN)


def _standing(extractive: Answer, note: str, dropped: tuple[str, ...] = ()) -> Answer:
    """The extractive answer as it is; a refusal needs no note."""
    return replace(extractive, note="" if extractive.refused else note, dropped=(*extractive.dropped, *dropped))


def _agrees(verified: Verified, task: Task) -> bool:
    """Whether the model's words keep what the extractive answer found, or else answer the question by themselves."""
    if task.role == "find":
        evidence = "\n".join(f"{c.quote}\n{_above(c, task.sources)}" for c in verified.citations)
        kept = all(any(_overlap(pick, citation) for pick in task.near) for citation in verified.citations)
        return kept and responds(task.question, task.weighted, verified.text, evidence)
    compared = task.question.kind == "compare" or len(task.question.years) > 1
    needed = task.picks if compared else task.picks[:1]
    if task.role == "lead" and not compared:
        return True
    if not holds_asked(task.question, verified.text):
        return False
    return all(_keeps(pick, task.question, verified) for pick in needed)


def _keeps(pick: Pick, question: Question, verified: Verified) -> bool:
    """Whether the answering figure of a place, or a date or number where such is asked for, stands in the words."""
    said, asked = claims_of(MARKER.sub("", verified.text)), claims_of(question.text)
    figures = {a.value for start, end in _answers(pick) for a in find_amounts(pick.document.text[start:end])}
    if figures:
        return figures <= {amount.value for amount in said.figures}
    known = claims_of(f"{pick.said}\n{pick.quote}")
    if question.kind == "date":
        days = {*known.dates, *map(str, known.years)} - asked.dates - {str(year) for year in asked.years}
        told = {*said.dates, *map(str, said.years)}
        return not days or any(day.startswith(date) for day in days for date in told)
    if question.kind == "docnumber":
        own = [key for key in _keys_in_order(pick) if key not in asked.numbers]
        return not own or own[0] in said.numbers
    return any(_overlap(pick, citation) for citation in verified.citations)


def _keys_in_order(pick: Pick) -> list[str]:
    """The document numbers of the answering words, else of the place; what the document is called itself is none."""
    words = [pick.document.text[start:end] for start, end in _answers(pick)]
    keys = [number_key(number) for text in (*words, pick.said, pick.quote) for _, _, number in find_numbers(text)]
    return [key for key in keys if key != number_key(pick.record.metadata.number or "")]


def _answers(pick: Pick) -> list[tuple[int, int]]:
    """Ranges of the answering words; a whole row or item is none."""
    return [(start, end) for start, end in pick.answers if end - start < 40]


def _overlap(pick: Pick, citation: Citation) -> bool:
    if pick.record.id != citation.document.id:
        return False
    return pick.start < citation.span.end and citation.span.start < pick.end


def _composed(
    verified: Verified, task: Task, extractive: Answer, settings: Settings
) -> tuple[str, tuple[Citation, ...]]:
    """The words to show and their citations; "" where the documents' words alone are better."""
    # A single place that answers a list question is short, and so is what is made of it.
    long = _lists(task.picks) or task.question.kind in LONG_KINDS - {"list"}
    limit = settings.answers.long_chars if long else settings.answers.factual_chars
    bare, words = MARKER.sub("", verified.text), MARKER.sub("", extractive.answer)
    alone = (verified.text, verified.citations) if len(bare) <= limit and _holds_all(verified, task) else ("", ())
    enough = _ENOUGH_OF_LIST if task.role == "lead" else _ENOUGH
    if task.role == "find" or (alone[0] and _says_all(bare, words, enough)):
        return alone
    led = _led(verified, extractive, limit)
    checked = bool(_answers(task.picks[0])) or task.question.kind in _CHECKED_KINDS
    return alone if not led[0] and task.role == "word" and checked else led


def _holds_all(verified: Verified, task: Task) -> bool:
    """Whether each of several places is kept and cited: figures that contradict each other, the parts of a question."""
    if len(task.picks) < 2:
        return True
    cited = all(any(_overlap(pick, citation) for citation in verified.citations) for pick in task.picks)
    return cited and all(_keeps(pick, task.question, verified) for pick in task.picks)


def _says_all(said: str, words: str, share: float) -> bool:
    """Whether the model's words leave out little of the documents' words: no figure, date or number, and no phrase."""
    if unsupported_figures(said, words) or grounding(said, words) < share:
        return False
    phrases = [phrase for phrase in _PHRASE_END.split(words) if len(content_words(phrase)) >= _PHRASE]
    return all(grounding(said, phrase) >= _ENOUGH_OF_PHRASE for phrase in phrases)


def _led(verified: Verified, extractive: Answer, limit: int) -> tuple[str, tuple[Citation, ...]]:
    """The model's first sentences before the documents' words; "" where both together are too long."""
    words = [s for line in verified.text.split("\n") for s in marked_sentences(line)]
    while words and len(MARKER.sub("", " ".join(words))) > _LONGEST_LEAD:
        words.pop()
    if not words or len(MARKER.sub("", " ".join((*words, extractive.answer)))) > limit:
        return "", ()
    shown = len(extractive.citations)
    used = {number for sentence in words for number in markers_in(sentence)}
    own = {c.marker: c for c in verified.citations if c.marker in used}
    places = {
        marker: _place_of(c, extractive.citations) or shown + order for order, (marker, c) in enumerate(own.items(), 1)
    }
    said = MARKER.sub(lambda match: match[0].replace(match[1], str(places[int(match[1])])), " ".join(words))
    more = [replace(c, marker=places[m]) for m, c in own.items() if places[m] > shown]
    return f"{said}\n{extractive.answer}", (*extractive.citations, *more)


def _place_of(citation: Citation, shown: Sequence[Citation]) -> int:
    """The marker of a citation that quotes all of this one; 0 for none."""
    for other in shown:
        inside = other.span.start <= citation.span.start and citation.span.end <= other.span.end
        if other.document.id == citation.document.id and inside:
            return other.marker
    return 0


def _above(citation: Citation, sources: Sequence[Source]) -> str:
    same = [source for source in sources if source.record.id == citation.document.id]
    chosen = next((source for source in same if source.hit and source.hit.chunk.id == citation.chunk), None)
    return (chosen or same[0]).above if same else ""
