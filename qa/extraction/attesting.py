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
from qa.language.words import has_marks, tokenise
from qa.understanding.asked import places_of
from qa.understanding.attested import HeaderClaim
from qa.understanding.people import find_people, office_in

_TITLES = frozenset("ong ba anh chi dong d c vi nguoi cua chinh".split())
_ON_BEHALF = re.compile(r"\bky thay\b|\bthay mat\b|\bthua (?:lenh|uy quyen)\b|\buy quyen\b")
_BODY = re.compile(
    r"\b(?:(?:huyen|tinh|thanh|dang) uy|uy ban nhan dan|hoi dong nhan dan|mat tran|van phong|so|phong|ban|chi cuc)\b"
)
_COLLECTIVE = frozenset(("cac", "nhung"))
# "Không phải do …", "trước ngày …" claim something else than the header says, which may be so or not.
_TURNED = re.compile(r"\b(?:khong|chua|chang|truoc|sau|ke tu|hay|hoac|ngoai|duy nhat)\b")
_ANY_BODY = re.compile(r"\b(?:co quan|don vi|phong ban|ban nganh|so nganh|so ban)\b")
# These are no "phòng, ban, đơn vị".
_COMMITTEE = re.compile(r"\b(?:tinh|huyen|thanh|trung uong) uy\b|\bhoi dong nhan dan\b|\buy ban nhan dan\b")
_SHORT = {"tt": "thuong truc", "vt": "van thu", "ptnt": "phat trien nong thon", "bt": "bi thu", "ct": "chu tich"}


def verdict(claim: HeaderClaim, record: DocumentRecord, addressees: str = "") -> str:
    """The lead of the answer to a claim about a header: that it is so, that the document says otherwise, or nothing.

    Args:
        addressees: to whom a letter is written.
    """
    metadata = record.metadata
    if _TURNED.search(fold(claim.stated)):
        return UNSURE
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
    beside = f"{metadata.signer_role} {metadata.issuer} {metadata.signing_for}"
    around = _words(beside).split()
    left = [word for word in _words(claim.said).split() if word not in around and word not in _TITLES]
    if find_people(claim.said) and not set(left) & set(signer):
        return FALSE
    stands = not left or left == signer[-len(left) :]
    if not _as_written(claim.said, f"{beside} {metadata.signer}"):
        return UNSURE
    known = (asked is None or held is not None) and (asked or left)
    return TRUE if stands and known and not _ON_BEHALF.search(fold(claim.stated)) else UNSURE


def _of_recipients(said: str, listed: Sequence[str]) -> str:
    claimed = _words(said)
    whole = [re.sub(r"\([^()]*\)", " ", item) for item in listed]
    items = {_words(part) for item in whole for part in (item, *item.split(","))}
    if claimed in items:
        return TRUE
    return UNSURE if any(_may_hold(item, claimed.split()) for item in items) else FALSE


def _may_hold(item: str, claimed: Sequence[str]) -> bool:
    """Whether a body may be meant by an item, in other words or as one of many that it sums up.

    "UBND các xã" holds each, "Như Điều 3" and "các cơ quan" anybody.
    """
    words = item.split()
    office = not _COMMITTEE.search(" ".join(claimed))
    if item.startswith("nhu ") or (office and not _COLLECTIVE.isdisjoint(words) and _ANY_BODY.search(item)):
        return True
    shared = set(itertools.pairwise(words)) & set(itertools.pairwise(claimed)) - _LEVELS
    return bool(shared) or item == " ".join(claimed) or (not _COLLECTIVE.isdisjoint(words) and claimed[0] in words)


# Bodies of one level share these; "Tỉnh ủy" and "Thường trực Tỉnh ủy" share more.
_LEVELS = frozenset((("cua", "huyen"), ("cua", "tinh"), ("ke", "hoach")))


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
    bodies = [_BODY.findall(_words(text)) for text in (said, issuer)]
    if issuer and is_named(said, issuer):
        # An office of a committee is not the committee.
        same = not bodies[0] or bodies[0][0] == bodies[1][0]
        return TRUE if same and _as_written(said, issuer) else UNSURE
    asked, held = map(set, bodies)
    known = names_of_place(record)
    elsewhere = any(known and place.folded not in known for place in places_of(said, marked=True))
    return FALSE if elsewhere or (asked and held and not asked & held) else UNSURE


def _as_written(said: str, known: str) -> bool:
    """Whether no syllable of a claim differs in its marks alone from one that is known: Hùng is not Hưng."""
    if not has_marks(said):
        return True
    exact, folded = ({getattr(token, form) for token in tokenise(known)} for form in ("exact", "folded"))
    return all(token.exact in exact for token in tokenise(said) if token.folded in folded)


def _words(text: str) -> str:
    """Folded words with one space between them, acronyms and short forms written out."""
    return " ".join(_SHORT.get(token.folded, token.folded) for token in tokenise(text))
