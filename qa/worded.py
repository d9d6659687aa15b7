"""From what a model said to an answer that can be shown: cleaned, attributed, verified, or replaced."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Generator as Pieces
from collections.abc import Sequence
from dataclasses import replace

from corpus.document import Document
from corpus.sentences import split_sentences
from corpus.text import canonical_tone
from index.library import Library
from index.types import Hit
from qa import generation
from qa.citations import MARKER, Found, Pick, cite, markers_in, spread_markers
from qa.question import Question
from qa.types import REFUSAL, Answer, Citation
from qa.verification import marked_sentences, source_of, unsupported, verify
from qa.words import STOP_EXACT, tokenise

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
    told = {c.marker: _vouched(c, s, attributed) for c, s in zip(citations, sources, strict=True)}
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
        cited = [s for s in sources if s.marker in markers_in(sentence) and _bears_out(s, bare)]
        if not cited:
            fitting = [s for s in sources if _bears_out(s, bare)]
            cited = sorted(fitting, key=lambda s: -grounding(told_by(s), bare))[:1]
        if cited:
            kept.append(bare + "".join(f" [{source.marker}]" for source in cited))
    return " ".join(kept)


def _bears_out(source: generation.Source, sentence: str) -> bool:
    return holds(told_by(source), sentence) and not twists(source.text, sentence)


def twists(source: str, sentence: str) -> bool:
    """Whether a sentence spells out a number, denies, or turns a plan into a fact, where its source does not."""
    said, whole = _lowered(sentence), _lowered(source)
    if any(match[0] not in whole for match in _SPELLED.finditer(said)):
        return True
    pieces = [source[start:end] for start, end in split_sentences(source)]
    support = max(pieces, key=lambda piece: grounding(piece, sentence) + _shared(sentence, piece), default="")
    meant = _lowered(support)
    if bool(_DENIES.search(said)) != bool(_DENIES.search(meant)):
        return True
    if _PLANS.search(meant):
        return not _PLANS.search(said)
    # A plan may be announced by the line that leads into a list.
    return any(match[0] not in whole for match in _PLANS.finditer(said))


def _lowered(text: str) -> str:
    return canonical_tone(" ".join(unicodedata.normalize("NFC", text).lower().split()))


def told_by(source: generation.Source) -> str:
    """The words of a passage with its headings and its document's header, which tell whose and of which year it is."""
    return "\n".join((source.text, _above(source)))


def _above(source: generation.Source) -> str:
    metadata = source.hit.document.metadata
    header = (metadata.number, metadata.issuer, metadata.place, metadata.subject, (metadata.issued_on or "")[:4])
    return "\n".join((source.hit.chunk.prefix, *(part for part in header if part)))


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
    """The sentences of the passage, or its note, that hold what is said with its marker."""
    chunk, record = source.hit.chunk, source.hit.document
    document: Document = library.document(record.id)
    said = " ".join(sentence for sentence in marked_sentences(text) if source.marker in markers_in(sentence))
    start, end = _quoted(source, said)
    low, high = chunk.span.start + start, chunk.span.start + end
    if _missing(source, document.text[low:high], said):
        for note in document.footnotes:
            own = document.slice(note.span)
            if any(told.strip() in own for told in chunk.notes) and not _missing(source, own, said):
                low, high = note.span.start, note.span.end
    return cite(Pick(record, document, chunk.section, low, high, chunk=chunk.id), source.marker)


def _quoted(source: generation.Source, said: str) -> tuple[int, int]:
    """The best sentence of the chunk, widened by whole sentences until it holds every figure that is said."""
    text = source.hit.chunk.text
    ranges = [(a, b) for a, b in split_sentences(text) if not generation.gives_orders(text[a:b])]
    start, end = max(
        ranges,
        key=lambda r: grounding(said, text[r[0] : r[1]]) + _shared(said, text[r[0] : r[1]]),
        default=(0, len(text)),
    )
    while missing := _missing(source, text[start:end], said):
        wider = [(min(start, a), max(end, b)) for a, b in ranges]
        wider = [(a, b) for a, b in wider if len(_missing(source, text[a:b], said)) < len(missing)]
        wider = [(a, b) for a, b in wider if not generation.gives_orders(text[a:b])]
        if not wider:
            break
        start, end = min(wider, key=lambda r: r[1] - r[0])
    return start, end


def _missing(source: generation.Source, quote: str, said: str) -> list[str]:
    """Figures, dates and numbers that are said and stand neither in the quote nor in the headings above it."""
    return unsupported_figures("\n".join((quote, _above(source))), MARKER.sub("", said))


def _vouched(citation: Citation, source: generation.Source, text: str) -> str:
    """What the marker vouches for: the passage, but the quote alone where a figure of the passage is not in it."""
    said = " ".join(sentence for sentence in marked_sentences(text) if source.marker in markers_in(sentence))
    whole = not _missing(source, citation.quote, said)
    passage = told_by(source) if whole else "\n".join((citation.quote, _above(source)))
    return source_of(replace(citation, quote="", chunk=source.hit.chunk.id), passage)


def _shared(said: str, sentence: str) -> float:
    """Share of the said numerals that a sentence holds."""
    numerals = set(re.findall(r"\d+(?:[.,]\d+)*", said))
    return len(numerals & set(re.findall(r"\d+(?:[.,]\d+)*", sentence))) / len(numerals) if numerals else 0.0
