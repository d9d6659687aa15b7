"""From what a model said to an answer that can be shown: cleaned, attributed, verified, or replaced."""

from __future__ import annotations

import re
from collections.abc import Generator as Pieces
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from corpus.document import Document
from corpus.sentences import split_sentences
from index.library import Library
from index.types import Hit
from qa import generation
from qa.citations import MARKER, Pick, cite, markers_in, spread_markers
from qa.question import Question
from qa.types import REFUSAL, Answer, Citation
from qa.verification import marked_sentences, source_of, unsupported, verify
from qa.words import STOP_EXACT, tokenise

if TYPE_CHECKING:
    from qa.extractive import Found

GROUNDED_ENOUGH = 0.6
"""Share of a sentence's content words that its source has to hold; below it the sentence is the model's own."""
_NOT_WORDED = "Mô hình ngôn ngữ không trả lời được từ các đoạn tìm thấy; đây là câu trả lời trích nguyên văn."
_DOUBTED = "Một phần lời của mô hình ngôn ngữ không có trong nguồn nên đã bị bỏ."


def worth_asking(found: Found) -> bool:
    """Whether a model is asked: not where nothing can answer, nor for header facts, which are exact as they are."""
    return bool(found.picks) and any(pick.chunk for pick in found.picks)


def spoken_pieces(generator: generation.Generator, hits: Sequence[Hit], question: str) -> Pieces[str, None, str]:
    """Yield the text so far; return the whole."""
    text = ""
    for piece in generator.stream(generation.frame(hits), question):
        text += piece
        yield text
    return text


def settle(text: str, extractive: Answer, question: Question, hits: Sequence[Hit], library: Library) -> Answer:
    """The verified answer of a model; the extractive one where nothing of it holds."""
    text = generation.clean_output(spread_markers(text))
    if generation.refuses(text):
        return replace(extractive, note=_NOT_WORDED)
    sources = generation.frame(hits)
    attributed = attribute(text, sources)
    citations = [_citation(source, attributed, library) for source in sources]
    told = {c.marker: source_of(replace(c, quote=""), told_by(s)) for c, s in zip(citations, sources, strict=True)}
    verified = verify(attributed, citations, told)
    if not verified.citations or REFUSAL in verified.text:
        return replace(extractive, note=_NOT_WORDED, dropped=verified.dropped)
    return replace(
        extractive,
        answer=verified.text,
        refused=False,
        answerer="model",
        citations=verified.citations,
        dropped=verified.dropped,
        note=_DOUBTED if verified.dropped else "",
    )


def attribute(text: str, sources: Sequence[generation.Source]) -> str:
    """Each sentence with the marker of a passage that holds it; a sentence that no passage holds is left out.

    A marker of the model's own is kept where that passage holds the sentence.
    """
    kept: list[str] = []
    for start, end in split_sentences(text):
        sentence = text[start:end]
        bare = MARKER.sub("", sentence).strip()
        if not any(char.isalnum() for char in bare):
            if kept and markers_in(sentence) and not markers_in(kept[-1]):
                kept[-1] += sentence
            continue
        cited = [s for s in sources if s.marker in markers_in(sentence) and holds(told_by(s), bare)]
        if not cited:
            cited = sorted((s for s in sources if holds(told_by(s), bare)), key=lambda s: -grounding(told_by(s), bare))[
                :1
            ]
        if cited:
            kept.append(bare + "".join(f" [{source.marker}]" for source in cited))
    return " ".join(kept)


def told_by(source: generation.Source) -> str:
    """The words of a passage with its headings and its document's header, which tell whose and of which year it is."""
    metadata = source.hit.document.metadata
    header = (metadata.issuer, metadata.place, metadata.subject, (metadata.issued_on or "")[:4])
    return "\n".join((source.text, source.hit.chunk.prefix, *(part for part in header if part)))


def holds(source: str, sentence: str) -> bool:
    """Whether a passage holds enough of a sentence's words, and all that can be checked."""
    return grounding(source, sentence) >= GROUNDED_ENOUGH and not unsupported_figures(source, sentence)


def unsupported_figures(source: str, sentence: str) -> list[str]:
    """Figures, dates and document numbers of the sentence that the passage lacks; names are checked with the header."""
    return [claim for claim in unsupported(sentence, source) if not claim.startswith(("tên ", "trích dẫn"))]


def grounding(source: str, sentence: str) -> float:
    """Share (0..1) of the sentence's content syllables that the source holds."""
    words = {token.folded for token in tokenise(sentence) if token.exact not in STOP_EXACT}
    if not words:
        return 0.0
    return len(words & {token.folded for token in tokenise(source)}) / len(words)


def _citation(source: generation.Source, text: str, library: Library) -> Citation:
    """The sentence of the passage that fits best what is said with its marker."""
    chunk, record = source.hit.chunk, source.hit.document
    document: Document = library.document(record.id)
    said = " ".join(sentence for sentence in marked_sentences(text) if source.marker in markers_in(sentence))
    ranges = [(a, b) for a, b in split_sentences(chunk.text) if not generation.gives_orders(chunk.text[a:b])]
    start, end = max(
        ranges,
        key=lambda r: grounding(said, chunk.text[r[0] : r[1]]) + _shared(said, chunk.text[r[0] : r[1]]),
        default=(0, len(chunk.text)),
    )
    pick = Pick(record, document, chunk.section, chunk.span.start + start, chunk.span.start + end, chunk=chunk.id)
    return cite(pick, source.marker)


def _shared(said: str, sentence: str) -> float:
    """Share of the said numerals that a sentence holds."""
    numerals = set(re.findall(r"\d+(?:[.,]\d+)*", said))
    return len(numerals & set(re.findall(r"\d+(?:[.,]\d+)*", sentence))) / len(numerals) if numerals else 0.0
