"""People and offices that a text names."""

from __future__ import annotations

import re
from functools import lru_cache

from corpus.closing import SURNAMES
from corpus.text import fold
from qa.language.figures import UPPER

_TITLED = re.compile(
    r"(?:\b(?i:ông|bà|đồng chí|đ/c|anh|chị|bác sĩ|luật sư|thạc sĩ|tiến sĩ|giám đốc|chủ tịch|bí thư|trưởng \w+"
    r"|thư ký|chủ nhiệm|chuyên viên)\b:?\s*)$"
)
_BODY_BEFORE = re.compile(
    r"\b(?i:xã|huyện|tỉnh|phường|thị trấn|thành phố|thị xã|thôn|bản|công ty|trường|đường|hội|di tích|htx|hợp tác xã"
    r"|ủy|uỷ|ban|sở|phòng|viện)\s+$"
)
_PERSON = re.compile(rf"(?<!\w)[{UPPER}][^\W\d_]*(?:\s+[{UPPER}][^\W\d_]*){{1,3}}")
_BEFORE = 24


def find_people(text: str, known: str = "") -> list[tuple[int, int]]:
    """Where people are named: behind their title, or by a surname and two syllables more.

    Args:
        known: folded words; names in them are left out.
    """
    found: list[tuple[int, int]] = []
    for match in _PERSON.finditer(text):
        before = text[max(0, match.start() - _BEFORE) : match.start()]
        words = fold(match[0]).split()
        titled = (_TITLED.search(before) or words[0] in _TITLES) and words[0] not in BODY_WORDS
        surnamed = words[0] in SURNAMES and len(words) > 2 and not _BODY_BEFORE.search(before)
        if (titled or surnamed) and not match[0].isupper() and " ".join(words) not in known:
            found.append(match.span())
    return found


def lacks_person(question: str, *texts: str) -> bool:
    """Whether a person that a question names stands in none of the texts: what others do is no answer."""
    people = _people_in(question)
    folded = [fold(text) for text in texts] if people else []
    return any(not any(person in text for text in folded) for person in people)


@lru_cache(maxsize=16)
def _people_in(question: str) -> tuple[str, ...]:
    names = (fold(question[start:end]).split() for start, end in find_people(question))
    return tuple(" ".join(words[1:] if words[0] in _TITLES else words) for words in names)


def of_asked_office(question: str, role: str) -> bool:
    """Whether a signer's role is the office that the question says has signed: a deputy is no secretary.

    "Thay mặt Chủ tịch" names who did not sign.
    """
    asked = next(
        (m for m in _OFFICE.finditer(fold(question)) if not _ON_BEHALF.search(fold(question)[: m.start()])), None
    )
    held = office_in(role)
    return asked is None or held is None or asked.groups() == held


def office_in(text: str) -> tuple[str, str] | None:
    """The office that a text names first, its "phó" apart; None where it names none."""
    found = _OFFICE.search(fold(text))
    return (found[1], found[2]) if found else None


_ON_BEHALF = re.compile(r"(?:thay mat|thay(?: cho)?|thua lenh|uy quyen|t/?m|k/?t\.?|t/?l\.?)\s+(?:cho )?$")


def in_asked_role(text: str, start: int, end: int, question: str) -> bool:
    """Whether the asked office stands beside a name: a deputy is no director."""
    asked = _OFFICE.search(question)
    if asked is None:
        return True
    near = fold(text[max(0, start - _OFFICE_BEFORE) : end + _OFFICE_BEHIND])
    return any(found.groups() == asked.groups() for found in _OFFICE.finditer(near))


_OFFICE = re.compile(
    r"\b(pho )?(giam doc|chu tich|bi thu|(?:tong )?thu ky|chu nhiem|hieu truong|vien truong|to truong|doi truong"
    r"|truong (?:phong|ban|doan)|chanh [a-z]+ [a-z]+)\b"
)
_OFFICE_BEFORE, _OFFICE_BEHIND = 60, 100


_TITLES = frozenset(("ong", "ba"))


BODY_WORDS = frozenset(
    "ban bo chi chinh cong cuc dang doan hiep hoi huyen lien mat phong quoc quy so thanh tinh to toa trung ubnd hdnd"
    " uy van vien".split()
)
