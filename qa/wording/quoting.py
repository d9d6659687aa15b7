"""The quotes that a model's sentences stand on: each figure that is said stands in a quote of its marker."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from corpus.document import Document
from corpus.sentences import split_sentences
from index.library import Library
from qa.citations import MARKER, Pick, cite, markers_in
from qa.types import Citation
from qa.verification import Verified, marked_sentences, source_of, verify
from qa.wording.attribution import attribute, grounding, shared, unsupported_figures
from qa.wording.excerpts import Source, gives_orders


def verified_words(text: str, sources: Sequence[Source], library: Library) -> Verified:
    """The sentences that an excerpt bears out and whose figures their quotes hold, with their citations."""
    attributed = attribute(text, sources)
    citations = [_citation(source, attributed, library) for source in sources]
    vouching = {c.marker: _vouched(c, source) for c, source in zip(citations, sources, strict=True)}
    sentences = marked_sentences(attributed)
    quoted = [sentence for sentence in sentences if not _unquoted(sentence, vouching)]
    told = {
        s.marker: source_of(_bare(c), f"{s.told}\n{vouching[c.marker]}")
        for c, s in zip(citations, sources, strict=True)
    }
    verified = verify(" ".join(quoted), citations, told)
    unquoted = [sentence for sentence in sentences if sentence not in quoted]
    return replace(verified, dropped=(*unquoted, *verified.dropped))


def _unquoted(sentence: str, vouching: Mapping[int, str]) -> bool:
    """Whether a figure, date or number of the sentence stands in none of its quotes, nor in the headings over them."""
    words = "\n".join(vouching[marker] for marker in markers_in(sentence))
    return bool(unsupported_figures(words, MARKER.sub("", sentence)))


def _citation(source: Source, text: str, library: Library) -> Citation:
    """The place of the extractive answer, else the sentences or the note that hold what is said with the marker."""
    said = _said_with(source, text)
    pick = source.pick
    if pick and (source.hit is None or not _missing(source, pick.quote, said)):
        return cite(pick, source.marker)
    if source.hit is None:
        raise ValueError("an excerpt comes from a passage or from a pick")
    chunk, record = source.hit.chunk, source.hit.document
    document: Document = library.document(record.id)
    start, end = _quoted(source, chunk.text, said)
    low, high = chunk.span.start + start, chunk.span.start + end
    section = chunk.section
    if _missing(source, document.text[low:high], said):
        for note in document.footnotes:
            own = document.slice(note.span)
            if any(told.strip() in own for told in chunk.notes) and not _missing(source, own, said):
                low, high, section = note.span.start, note.span.end, note.section
    return cite(Pick(record, document, section, low, high, chunk=chunk.id), source.marker)


def _said_with(source: Source, text: str) -> str:
    return " ".join(sentence for sentence in marked_sentences(text) if source.marker in markers_in(sentence))


def _quoted(source: Source, text: str, said: str) -> tuple[int, int]:
    """The best sentence of the chunk, widened by whole sentences until it holds every figure that is said."""
    ranges = [(a, b) for a, b in split_sentences(text) if not gives_orders(text[a:b])]
    worths = [grounding(said, text[a:b]) + shared(said, text[a:b]) for a, b in ranges]
    start, end = ranges[worths.index(max(worths))] if ranges else (0, len(text))
    while missing := _missing(source, text[start:end], said):
        wider = [(min(start, a), max(end, b)) for a, b in ranges]
        wider = [(a, b) for a, b in wider if len(_missing(source, text[a:b], said)) < len(missing)]
        wider = [(a, b) for a, b in wider if not gives_orders(text[a:b])]
        if not wider:
            break
        start, end = min(wider, key=lambda r: r[1] - r[0])
    return start, end


def _missing(source: Source, quote: str, said: str) -> list[str]:
    """Figures, dates and numbers that are said and stand neither in the quote nor in the headings above it."""
    return unsupported_figures(f"{quote}\n{source.headings}", MARKER.sub("", said))


def _vouched(citation: Citation, source: Source) -> str:
    """What a quote vouches for with the headings, and the labels of a row, over it."""
    return "\n".join((citation.quote, source.headings, source.pick.context if source.pick else ""))


def _bare(citation: Citation) -> Citation:
    """The citation without its quote, and never one of a header, whose signer and date would vouch for the content."""
    return replace(citation, quote="", chunk=citation.chunk or "list")
