"""Which documents an answer may come from: the number, the district, the two sides of a comparison."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.numbers import find_numbers, kind_of_number, number_key
from corpus.text import fold
from index.library import Library
from index.types import DocumentRecord, Filters
from qa.extraction.naming import (
    attached_to,
    carried_out,
    carrying,
    is_about_cited,
    naming,
    of_named_kind,
    titling,
    unique,
)
from qa.language.words import STOP_EXACT, tokenise
from qa.understanding.asked import Place
from qa.understanding.associations import of_other_associations, unknown_association
from qa.understanding.question import Question
from qa.understanding.titled import titled_in


@dataclass(frozen=True, slots=True)
class Scope:
    """Where an answer may come from.

    Args:
        filters: for the search.
        records: the documents that are left; empty where nothing narrows.
        satisfied: folded syllables that the choice of documents already answers for.
        cited: numbers that the documents only cite.
        about: keys of the numbers that the question is about: the answer stands beside one of them.
        needed: names that must stand near the answer ("Bản Bo").
        sides: groups of documents that the question sets against each other.
        named: whether a number of the question chose the documents, so that it asks nothing more.
        rest: the question without the laws that it names by title, where these chose the documents.
        foreign: a number, place or association that no document knows; nothing can answer.
    """

    filters: Filters
    records: tuple[DocumentRecord, ...] = ()
    satisfied: frozenset[str] = frozenset()
    cited: tuple[str, ...] = ()
    about: frozenset[str] = frozenset()
    needed: tuple[str, ...] = ()
    sides: tuple[tuple[DocumentRecord, ...], ...] = ()
    named: bool = False
    rest: str = ""
    foreign: str = ""

    def asked(self, question: Question) -> str:
        """What is left to look for once the documents are chosen."""
        return question.core if self.named and question.core else question.text


def narrow(question: Question, library: Library, filters: Filters) -> Scope:
    """Work out where the answer may come from."""
    readable = [record for record in library.documents() if record.state == "indexed"]
    scope = _by_number(question, library, readable, Scope(filters))
    if not (scope.foreign or scope.records):
        scope = _by_title(question, library, readable, scope)
    if not scope.foreign and (unknown := unknown_association(question.text, library.frequency)):
        scope = replace(scope, foreign=unknown)
    if not scope.foreign:
        scope = _by_place(question, library, readable, scope)
    others = frozenset[str]() if question.numbers else of_other_associations(_padded(question.text), readable)
    if others:
        scope = _without(scope, others, readable)
    if scope.records:
        narrowed = tuple(record.id for record in scope.records)
        kept = tuple(name for name in narrowed if not filters.documents or name in filters.documents)
        scope = replace(scope, filters=replace(scope.filters, documents=kept or filters.documents))
    return scope


def _without(scope: Scope, others: frozenset[str], readable: Sequence[DocumentRecord]) -> Scope:
    """The scope without some documents, where that leaves any."""
    if kept := tuple(record for record in scope.records if record.id not in others):
        return replace(scope, records=kept)
    if scope.records or scope.filters.documents:
        return scope
    return replace(scope, filters=replace(scope.filters, documents=tuple(r.id for r in readable if r.id not in others)))


def _by_title(question: Question, library: Library, readable: Sequence[DocumentRecord], scope: Scope) -> Scope:
    """The laws that are named by their titles; one that only is cited has to stand beside the answer."""
    found = titled_in(question.text, question.marked, readable)
    if found.records:
        return replace(scope, records=unique(found.records), rest=found.rest)
    if not found.unknown:
        return scope
    pairs = list(itertools.pairwise(found.unknown.split()))
    cited = found.unknown[-1].isalpha() and all(library.frequency(pair) > 0 for pair in pairs)
    return replace(scope, needed=(found.unknown,)) if cited else replace(scope, foreign=found.unknown)


def _by_number(question: Question, library: Library, readable: Sequence[DocumentRecord], scope: Scope) -> Scope:
    """The documents that carry the numbers of the question; where none does, those that cite them."""
    own: list[DocumentRecord] = []
    cited: list[str] = []
    for number in question.numbers:
        carriers = library.find_by_number(number)
        if any(number_key(number) in map(number_key, record.metadata.attached) for record in carriers):
            return _attached(question, carriers, number, scope)
        own.extend(carriers)
        if not carriers and not library.cited_by(number):
            return replace(scope, foreign=number)
        if not carriers:
            cited.append(number)
    for kind, digits in question.mentions:
        carriers = [record for record in readable if _is_mentioned(record, kind, digits)]
        carriers = carriers or [record for record in readable if _carries_out(record, kind, digits)]
        own.extend(carriers)
        if carriers:
            continue
        named = _named_in(library, question.text, kind, digits)
        if not named:
            return replace(scope, foreign=f"{kind} {digits}")
        cited.append(named)
    if not own and not cited:
        return scope
    return _chosen(question, library, unique(own), cited, scope)


def _attached(question: Question, holding: Sequence[DocumentRecord], number: str, scope: Scope) -> Scope:
    """The files in which a document of that number stands behind another, whose header does not speak for it."""
    about = frozenset((number_key(number),)) if question.fields else frozenset[str]()
    return replace(scope, records=unique(holding), cited=(number,), about=about)


def _chosen(
    question: Question, library: Library, own: tuple[DocumentRecord, ...], cited: Sequence[str], scope: Scope
) -> Scope:
    if citing_it := of_named_kind(question, library, own):
        return replace(scope, records=citing_it)
    if own and carried_out(question):
        topics = [record.metadata.number for record in own if record.metadata.number]
        others = [record for number in topics for record in library.cited_by(number)]
        return (
            replace(scope, records=unique([*others, *own]), cited=tuple(topics))
            if others
            else replace(scope, records=own)
        )
    if not own and not question.fields and (attached := attached_to(library, cited)):
        words = titling(question, attached)
        return replace(scope, records=attached, cited=tuple(cited), satisfied=scope.satisfied | words, named=True)
    carriers = carrying(question, library, cited) if not own else ()
    if carriers:
        return replace(
            scope, records=carriers, cited=tuple(cited), satisfied=scope.satisfied | naming(question), named=True
        )
    words = frozenset(fold(" ".join(filter(None, (r.metadata.kind for r in own)))).split())
    if len(own) == 1 and not question.fields and (attached := attached_to(library, [own[0].metadata.number or ""])):
        own, words = unique([*own, *attached]), words | titling(question, attached)
        return replace(scope, records=own, satisfied=words, cited=tuple(cited), named=True)
    if len(own) > 1 and question.kind == "compare":
        return replace(scope, records=own, satisfied=words, cited=tuple(cited), sides=tuple((r,) for r in own))
    if len(own) > 1 and question.numbers:
        rest = [number for number in question.numbers if own[0] not in library.find_by_number(number)]
        return replace(scope, records=own[:1], satisfied=words, about=frozenset(map(number_key, rest)))
    if own:
        return replace(scope, records=own, satisfied=words, cited=tuple(cited), named=True)
    citing = [record for number in cited for record in library.cited_by(number)]
    about = frozenset(map(number_key, cited)) if is_about_cited(question) else frozenset()
    named = scope.satisfied | naming(question)
    return replace(scope, records=unique(citing), cited=tuple(cited), about=about, satisfied=named, named=not about)


def _is_mentioned(record: DocumentRecord, kind: str, digits: str) -> bool:
    number = record.metadata.number
    if not number:
        return False
    own_kind = record.metadata.kind or kind_of_number(number) or ""
    if number_key(number).split("-")[0] != digits:
        return False
    # "Quy chế 93" is laid down by the decision of that number.
    laid_down = fold(record.metadata.subject or "").startswith(f"ban hanh {fold(kind)} ")
    return laid_down or fold(own_kind) == fold(kind)


def _carries_out(record: DocumentRecord, kind: str, digits: str) -> bool:
    """Whether a document without a number goes by the one that it carries out: "Kế hoạch 730" for 730-TB/TU."""
    metadata = record.metadata
    carried = find_numbers(metadata.subject or "")
    named = bool(carried) and number_key(carried[0][2]).split("-")[0] == digits
    return named and not metadata.number and fold(metadata.kind or "") == fold(kind)


def _named_in(library: Library, text: str, kind: str, digits: str) -> str:
    """The number in full of a document that passages near the question cite: ("Thông báo", "730") → "730-TB/TU"."""
    for name in dict.fromkeys(hit.document.id for hit in library.search(text, k=8)):
        for reference in library.document(name).references:
            own_kind = reference.kind or kind_of_number(reference.number) or ""
            if number_key(reference.number).split("-")[0] == digits and fold(own_kind) == fold(kind):
                return reference.number
    return ""


def _by_place(question: Question, library: Library, readable: Sequence[DocumentRecord], scope: Scope) -> Scope:
    pool = list(scope.records) or list(readable)
    text = _padded(question.text)
    named: dict[str, list[DocumentRecord]] = {}
    for record in pool:
        for name in names_of_place(record):
            if f" {name} " in text:
                named.setdefault(name, []).append(record)
    for name, carriers in named.items():
        # An office of another place may write about this one: places are renamed and joined.
        carriers += [r for r in pool if r not in carriers and f" {name} " in _padded(r.metadata.subject or "")]
    groups = [unique(group) for group in named.values()]
    syllables = frozenset(word for name in named for word in name.split())
    scope = replace(
        scope, satisfied=scope.satisfied | syllables | (frozenset({"huyen", "tinh", "xa"}) if named else frozenset())
    )
    foreign, needed = _strangers(question, library, named)
    if foreign:
        return replace(scope, foreign=foreign)
    scope = replace(scope, needed=(*scope.needed, *needed))
    if not groups:
        return scope
    # Only what every issuer is called tells nothing: "Sở Nội vụ" chooses between two offices of one province.
    issuers = [frozenset(_spelled(r.metadata.issuer or "").split()) for group in groups for r in group]
    scope = replace(scope, satisfied=scope.satisfied | frozenset.intersection(*issuers))
    if len(groups) > 1 and len({frozenset(r.id for r in group) for group in groups}) > 1:
        return replace(scope, records=unique([r for group in groups for r in group]), sides=tuple(groups))
    return replace(scope, records=groups[0])


def _padded(text: str) -> str:
    """The folded words of a text with one space before and behind each."""
    return f" {' '.join(re.findall(r'[a-z0-9]+', fold(text)))} "


def known_places(library: Library) -> frozenset[str]:
    """Folded names of all places that documents are about."""
    return frozenset(name for record in library.documents() for name in names_of_place(record))


def names_of_place(record: DocumentRecord) -> set[str]:
    """Folded place names of two or more syllables that a document is about."""
    metadata = record.metadata
    found = {fold(metadata.place)} if metadata.place else set()
    issuer = fold(metadata.issuer or "")
    match = re.search(
        r"(?:huyen uy|huyen|tinh uy|tinh|thanh pho|thi xa|xa|phuong|thi tran|quan)\s+((?:[a-z]+\s?){2,3})$", issuer
    )
    if match and match[1].strip().split()[0] not in {"uy", "doan"}:
        found.add(match[1].strip())
    return {name for name in found if len(name.split()) >= 2}


def _strangers(
    question: Question, library: Library, known: dict[str, list[DocumentRecord]]
) -> tuple[str, tuple[str, ...]]:
    """A place that the library does not know, and the places that must stand beside the answer."""
    needed: list[str] = []
    cased = question.marked and not question.text.islower()  # else a place is only guessed
    for place in question.places:
        if place.folded in known or any(place.folded.startswith(name) for name in known):
            continue
        if not _occurs(place, library):
            if cased or _looks_like_a_name(place, library):
                return place.name, ()
            continue
        if cased:
            single = " " not in place.folded
            needed.append(f"{fold(place.level).split()[-1]} {place.folded}" if single else place.folded)
    return "", tuple(needed)


def _occurs(place: Place, library: Library) -> bool:
    words = re.findall(r"[a-z]+", place.folded)
    if len(words) == 1:
        return library.frequency((fold(place.level).split()[-1], words[0])) > 0
    return all(library.frequency(pair) > 0 for pair in itertools.pairwise(words))


def _looks_like_a_name(place: Place, library: Library) -> bool:
    """For text without capitals: neither syllable is an everyday word of questions."""
    everyday = {fold(word) for word in STOP_EXACT} | _EVERYDAY
    return not any(word in everyday for word in place.folded.split())


_EVERYDAY = frozenset(
    "tong dien so luong san pham che lua giao duc y te kinh te du lich thuc hien uy hoi ban bao cao dat duoc ngheo "
    "ngay nam moi nong".split()
)


def _spelled(issuer: str) -> str:
    """Folded words of an issuer, acronyms written out."""
    return " ".join(token.folded for token in tokenise(issuer))
