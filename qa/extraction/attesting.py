"""Whether the header of a document says what a question claims of it."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from corpus.numbers import number_key
from corpus.text import fold
from index.types import DocumentRecord
from qa.extraction.confirming import FALSE, TRUE, UNSURE
from qa.extraction.scope import names_of_place
from qa.language.words import tokenise
from qa.understanding.asked import places_of
from qa.understanding.attested import HeaderClaim
from qa.understanding.people import find_people, office_in

_TITLES = frozenset("ong ba anh chi dong d c vi nguoi cua chinh".split())
_ON_BEHALF = re.compile(r"\bky thay\b|\bthay mat\b|\bthua (?:lenh|uy quyen)\b|\buy quyen\b")
_BODY = re.compile(
    r"\b(?:(?:huyen|tinh|thanh|dang) uy|uy ban nhan dan|hoi dong nhan dan|mat tran|van phong|so|phong|ban|chi cuc)\b"
)
_COLLECTIVE = frozenset(("cac", "nhung"))


def verdict(claim: HeaderClaim, record: DocumentRecord, addressees: str = "") -> str:
    """The lead of the answer to a claim about a header: that it is so, that the document says otherwise, or nothing.

    Args:
        addressees: to whom a letter is written.
    """
    metadata = record.metadata
    if claim.field == "signer":
        return _of_signer(claim, record)
    if claim.field == "recipients":
        written = addressees.split(";") if addressees else ()
        # "Như trên" means them.
        copies = [name for name in metadata.recipients if not (written and _words(name) == "nhu tren")]
        return _of_recipients(claim.said, (*copies, *written))
    if claim.field == "issued_on":
        return _of_date(claim.said, metadata.issued_on or "")
    if claim.field == "number":
        return TRUE if number_key(claim.said) == number_key(metadata.number or "") else FALSE
    return _of_issuer(claim.said, record)


def is_named(claim: str, listed: str) -> bool:
    """Whether the words of a claim stand side by side in a list."""
    return f" {_words(claim)} " in f" {_words(listed)} "


def _of_signer(claim: HeaderClaim, record: DocumentRecord) -> str:
    metadata = record.metadata
    asked, held = office_in(claim.said), office_in(metadata.signer_role or "")
    if asked and held and asked != held:
        return FALSE
    signer = _words(metadata.signer or "").split()
    around = _words(f"{metadata.signer_role} {metadata.issuer} {metadata.signing_for}").split()
    left = [word for word in _words(claim.said).split() if word not in around and word not in _TITLES]
    if find_people(claim.said) and not set(left) & set(signer):
        return FALSE
    stands = not left or left == signer[-len(left) :]
    known = (asked is None or held is not None) and (asked or left)
    return TRUE if stands and known and not _ON_BEHALF.search(fold(claim.stated)) else UNSURE


def _of_recipients(said: str, listed: Sequence[str]) -> str:
    claimed = _words(said)
    whole = [re.sub(r"\([^()]*\)", " ", item) for item in listed]
    items = {_words(part) for item in whole for part in (item, *item.split(","))}
    if claimed in items:
        return TRUE
    held = any(is_named(said, item) or is_named(item, said) for item in whole)
    return UNSURE if held or any(_may_hold(item, claimed.split()) for item in items) else FALSE


def _may_hold(item: str, claimed: Sequence[str]) -> bool:
    """Whether a body may be one of many that an item sums up: "UBND các xã" holds each, "Như Điều 3" anybody."""
    if item.startswith("nhu "):
        return True
    words = item.split()
    pairs = set(itertools.pairwise(words)) & set(itertools.pairwise(claimed))
    return not _COLLECTIVE.isdisjoint(words) and (claimed[0] in words or bool(pairs))


def _of_date(said: str, issued_on: str) -> str:
    claimed = _parts_of_date(said)
    known = dict(zip(("year", "month", "day"), map(int, filter(None, issued_on.split("-"))), strict=False))
    if any(name in known and known[name] != value for name, value in claimed.items()):
        return FALSE
    return TRUE if claimed and claimed.keys() <= known.keys() else UNSURE


def _parts_of_date(said: str) -> dict[str, int]:
    """Day, month and year as far as they are said: "5/3" → day 5, month 3; "tháng 12/2021" → month and year."""
    numbers = [int(number) for number in re.findall(r"\d+", said)]
    found = {"year": numbers.pop()} if numbers and numbers[-1] > 99 else {}
    names = ["month"] if len(numbers) == 1 and "ngay" not in fold(said) else ["day", "month"]
    return found | dict(zip(names, numbers, strict=False))


def _of_issuer(said: str, record: DocumentRecord) -> str:
    issuer = record.metadata.issuer or ""
    if issuer and is_named(said, issuer):
        return TRUE
    asked, held = set(_BODY.findall(_words(said))), set(_BODY.findall(_words(issuer)))
    known = names_of_place(record)
    elsewhere = any(known and place.folded not in known for place in places_of(said, marked=True))
    return FALSE if elsewhere or (asked and held and not asked & held) else UNSURE


def _words(text: str) -> str:
    """Folded words with one space between them, acronyms written out."""
    return " ".join(token.folded for token in tokenise(text))
