"""Every number, date, document number, quotation and name of an answer stands in a passage that its marker cites.

A claim is compared in one spelling: "07" is 7, "1.947" is 1947, "ngày 15 tháng 4 năm 2022" is 2022-04-15. A number
with a unit of measure has to carry the same whole unit in the source.
"""

from __future__ import annotations

import logging
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.labels import document_label
from corpus.numbers import find_numbers, number_key
from corpus.sentences import split_sentences
from corpus.text import canonical_tone, fold
from qa.citations import MARKER, drop_unknown, markers_in, renumber, spread_markers
from qa.language.amounts import Amount, find_amounts, holds_amount
from qa.language.figures import UPPER, find_dates, find_quotations, find_years
from qa.language.words import ACRONYMS
from qa.types import Citation

_log = logging.getLogger(__name__)

_NAME = re.compile(rf"(?<!\w)[{UPPER}]\w*(?:\s+[{UPPER}]\w*)+")
_BODY_OR_PLACE = re.compile(
    r"(?<!\w)(?:UBND|HĐND|MTTQ|UBMTTQ\w*|HTX|BCH|BTV|Huyện|Tỉnh|Xã|Phường|Thị trấn|Thành phố|Thôn|Bản|Sở|Bộ|Ban|Phòng"
    r"|Cục|Chi cục|Ủy ban|Uỷ ban|Hội đồng|Trung tâm|Công ty|Hội|Đoàn|Viện|Trường|Văn phòng|Đảng)(?!\w)"
)
_PLACE_BEFORE = re.compile(
    r"(?<!\w)(?:huyện|tỉnh|xã|phường|thị trấn|thành phố|thôn|bản|khu|ủy|uỷ|ban|phòng|sở|bộ|công ty|trung tâm)\s+$",
    re.IGNORECASE,
)
_TITLE = re.compile(r"^(?:(?:Ông|Bà|Anh|Chị|Đồng)\s+)+")
_LIST_NUMBER = re.compile(r"^\s*(?:[-*•]\s*)?\(?\d{1,2}[.)]\s+")
_TAIL_MARKERS = re.compile(r"^(?:\s*\[\d{1,3}\])+")


@dataclass(frozen=True, slots=True)
class Verified:
    """An answer after verification: what is left of it, its citations, and what was dropped and why."""

    text: str
    citations: tuple[Citation, ...]
    dropped: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Claims:
    """What a text asserts that can be checked."""

    figures: frozenset[Amount]
    dates: frozenset[str]
    years: frozenset[int]
    numbers: frozenset[str]
    quotations: frozenset[str]
    names: frozenset[str]


def claims_of(text: str) -> Claims:
    """Figures, dates (ISO), years, document numbers (keys), quotations and names (folded)."""
    text = unicodedata.normalize("NFC", text)
    spans = [(start, end) for start, end, _ in find_numbers(text)]
    bare = list(text)
    for start, end in spans:
        bare[start:end] = " " * (end - start)
    plain = "".join(bare)
    return Claims(
        figures=frozenset(find_amounts(text)),
        dates=frozenset(iso for _, _, iso in find_dates(plain)),
        years=frozenset(year for _, _, year in find_years(plain)),
        numbers=frozenset(number_key(number) for _, _, number in find_numbers(text)),
        quotations=frozenset(_plain(quotation) for quotation in find_quotations(text)),
        names=frozenset(_names(_without_openings(plain))),
    )


def unsupported(sentence: str, source: str) -> list[str]:
    """What a sentence asserts and its source does not say, as Vietnamese words; empty when all of it stands there."""
    said, known = claims_of(sentence), claims_of(source)
    years = {*known.years, *(int(date[:4]) for date in known.dates)}
    found = [
        f"số {amount.glued}{amount.value}{' ' + amount.unit if amount.unit else ''}"
        for amount in said.figures
        if not holds_amount(amount, known.figures, years)
    ]
    found += [f"ngày {iso}" for iso in said.dates if not any(date.startswith(iso) for date in known.dates)]
    found += [f"năm {year}" for year in said.years if not _holds_year(year, known)]
    found += [f"số văn bản {key}" for key in said.numbers - known.numbers]
    plain = _plain(source)
    found += [f"trích dẫn “{quotation}”" for quotation in said.quotations if quotation not in plain]
    folded = f" {' '.join(re.findall(r'[a-z0-9]+', fold(source)))} "
    found += [f"tên {name.rstrip('*')}" for name in said.names if not _holds_name(name, folded)]
    return sorted(found)


def _holds_year(year: int, known: Claims) -> bool:
    return (
        year in known.years
        or any(date.startswith(str(year)) for date in known.dates)
        or any(f"-{year}-" in k for k in known.numbers)
    )


def _names(text: str) -> Iterator[str]:
    """Names in folded letters; that of a place or body, whose words may stand in another order, ends with "*"."""
    for match in _NAME.finditer(text):
        loose = _BODY_OR_PLACE.search(match[0]) or _PLACE_BEFORE.search(text, max(0, match.start() - 24), match.start())
        bare = _TITLE.sub("", match[0])
        if loose:
            yield f"{fold(match[0])}*"
        elif " " in bare.strip():
            yield fold(" ".join(bare.split()))


def _holds_name(name: str, folded: str) -> bool:
    """The name as a run of words; of a place or body each word: "Tam Đường, Huyện ủy" holds "Huyện ủy Tam Đường"."""
    words = re.findall(r"[a-z0-9]+", name)
    if f" {' '.join(words)} " in folded:
        return True
    return name.endswith("*") and all(f" {word} " in folded for word in words)


def _without_openings(text: str) -> str:
    """The text with the first letter of each sentence in lower case, which is no sign of a name."""
    chars = list(text)
    for start, _ in split_sentences(text):
        while start < len(chars) and not chars[start].isalpha():
            start += 1
        if start < len(chars):
            chars[start] = chars[start].lower()
    return "".join(chars)


def _plain(text: str) -> str:
    """Words alone, in one spelling, for comparing quotations."""
    return " ".join(re.findall(r"\w+", canonical_tone(unicodedata.normalize("NFC", text)).lower()))


def source_of(citation: Citation, passage: str) -> str:
    """All that a marker vouches for: the cited passage, and what its document is called.

    The page and section of the label vouch for nothing; signer, date and recipients vouch for the header alone.
    """
    metadata = citation.document.metadata
    fields = [metadata.kind, metadata.number, metadata.issuer, metadata.place, metadata.subject]
    if not citation.chunk and not citation.section:
        people = (metadata.signer_role, metadata.signer, metadata.signing_for, *metadata.recipients)
        fields += [*people, *_spelled_dates(metadata.issued_on or "")]
    text = "\n".join([passage, citation.quote, *(field for field in fields if field)])
    spelled = [long for short, long in ACRONYMS.items() if re.search(rf"(?<!\w){short}(?!\w)", text, re.IGNORECASE)]
    return "\n".join([text, *spelled])


def _spelled_dates(day: str) -> list[str]:
    parts = day.split("-")
    if len(parts) == 2:
        return [f"tháng {int(parts[1])} năm {parts[0]}"]
    return [day] if len(parts) < 3 else [f"{parts[2]}/{parts[1]}/{parts[0]}"]


def verify(text: str, citations: Sequence[Citation], sources: dict[int, str]) -> Verified:
    """Drop markers that point nowhere, and sentences whose claims their sources do not bear out.

    Args:
        sources: marker → all that it vouches for. A marker covers the sentences before it that have none.
    """
    text = drop_unknown(spread_markers(text), [citation.marker for citation in citations])
    lines = [marked_sentences(line) for line in text.split("\n")]
    cited = iter(_cited([sentence for line in lines for sentence in line]))
    labels = {citation.marker: document_label(citation.document.metadata) for citation in citations}
    kept: list[str] = []
    dropped: list[str] = []
    reasons: list[str] = []
    for line in lines:
        good: list[str] = []
        for sentence in line:
            markers = next(cited)
            wrong = _wrong(_without_label(sentence, markers, labels), markers, sources)
            if wrong:
                dropped.append(sentence)
                reasons.extend(wrong)
            else:
                good.append(sentence)
        if good:
            kept.append(" ".join(good))
    if dropped:
        _log.warning("verification dropped %d sentence(s): %s", len(dropped), "; ".join(sorted(set(reasons))))
    cleaned, used = renumber("\n".join(kept), citations)
    return Verified(cleaned, used, tuple(dropped), tuple(reasons))


def _cited(sentences: Sequence[str]) -> list[list[int]]:
    """For each sentence its own markers, else those of the next sentence that has any, else of the one before."""
    found = [markers_in(sentence) for sentence in sentences]
    following: list[int] = []
    for index in range(len(found) - 1, -1, -1):
        if found[index]:
            following = found[index]
        else:
            found[index] = following
    last: list[int] = []
    for index, markers in enumerate(found):
        found[index] = last = markers or last
    return found


def _without_label(sentence: str, markers: Sequence[int], labels: dict[int, str]) -> str:
    """The sentence without the name of a cited document in front, which may carry the month of issue."""
    for marker in markers:
        sentence = sentence.removeprefix(labels.get(marker, ""))
    return sentence


def _wrong(sentence: str, markers: Sequence[int], sources: dict[int, str]) -> list[str]:
    """What is unsupported; a claim may stand in any of the places that the sentence cites."""
    bare = _LIST_NUMBER.sub("", MARKER.sub("", sentence))
    source = "\n".join(sources[marker] for marker in markers if marker in sources)
    return unsupported(bare, source)


def marked_sentences(line: str) -> list[str]:
    """Sentences with the markers that stand behind their full stops."""
    found: list[str] = []
    for start, end in split_sentences(line):
        piece = line[start:end]
        tail = _TAIL_MARKERS.match(piece)
        if tail and found:
            found[-1] += " " + piece[: tail.end()].strip()
            piece = piece[tail.end() :].strip()
        if piece:
            found.append(piece)
    return found
