"""Two things that a question sets against each other with the same noun: "hồ sơ đề tài với hồ sơ dự án"."""

from __future__ import annotations

import re

from corpus.text import fold
from qa.language.bodies import ASSOCIATIONS
from qa.language.words import Token, tokenise
from qa.understanding.claimed import blank

_JOINT = re.compile(r"\s(?:so voi|khac (?:voi|so voi)|khac|voi|va)\s")
_EACH = r"(?:moi|tung) (?:ben|loai|cai|truong hop|nhom|nguoi)"
_HOW = r"(?:o )?cho nao|(?:nhu )?the nao|ra sao"
_WHICH = r"(?:thi )?(?:ben|cai|loai) nao"
_TAIL = re.compile(rf"[,:;?]|\s(?:(?:co )?(?:khac|giong|chenh|hon kem)\b|{_HOW}|{_WHICH}|{_EACH}|theo\s)")
_MORE = r"(?:cao|thap|dai|ngan|nhieu|it|lon|nho|dong)(?: hon)?"
_COMPARING = re.compile(
    r"\b(?:so sanh|doi chieu|lan luot|tuong ung|(?:co )?(?:khac|giong) nhau|khac|chenh lech|giua"
    rf"|{_HOW}|{_EACH}|{_WHICH} {_MORE})\b"
)
_COUNTING = frozenset("mot cac nhung tung moi cua".split())
_FEWEST = 2


def sides_of(text: str) -> tuple[str, str] | None:
    """The question in the words that each side is asked; None where it does not repeat a noun on both sides."""
    folded, tokens = fold(text), tokenise(text)
    for joint in _JOINT.finditer(folded):
        head = next((t for t in tokens if t.start >= joint.end() and t.folded not in _COUNTING), None)
        first = _same_before(tokens, head, joint.start()) if head else None
        if first is None and head and _names(text, head):
            first = next((t for t in reversed(tokens) if t.end <= joint.start() and _names(text, t)), None)
        if head is None or first is None:
            continue
        tail = _TAIL.search(folded, head.start)
        end = _predicate(text.lower(), head.end, tail.start() if tail else len(text))
        one, other = text[first.start : joint.start()], text[head.start : end]
        if min(len(one.split()), len(other.split())) < _FEWEST:
            continue
        return _asked(text[: first.start], one, text[end:]), _asked(text[: first.start], other, text[end:])
    return None


def _names(text: str, token: Token) -> bool:
    """Whether the name of an association begins here: "Quỹ …" and "Hội …" are of one kind."""
    return token.folded in _ASSOCIATIONS and text[token.start].isupper()


def _predicate(lowered: str, start: int, end: int) -> int:
    """Where what is asked of both sides begins behind the second: "… có bao nhiêu thành viên"; else `end`."""
    asking = _ASKING.search(lowered, start, end)
    verb = _VERB.search(lowered, start, asking.start() + 1) if asking else None
    found = verb or asking
    return found.start() if found else end


_ASSOCIATIONS = frozenset(name.split()[0] for name in fold(ASSOCIATIONS).split("|"))
# With diacritics: "cần" asks, "cận" does not.
_ASKING = re.compile(r"\s(?:bao (?:nhiêu|lâu|giờ)|mấy|khi nào|lúc nào|(?:ngày|hôm|tháng|năm) nào)\b")
_VERB = re.compile(r"\s(?:là|có|cần|phải|được|mang|thì|gửi|bị)\s")


def asks_each(text: str) -> bool:
    """Whether a question asks the same of each side: "mỗi bên bao nhiêu", "lần lượt trước ngày nào"."""
    return bool(re.search(rf"\b(?:{_EACH}|lan luot|tuong ung)\b", fold(text)))


def _same_before(tokens: list[Token], head: Token, before: int) -> Token | None:
    """The last place before the joint at which the other side's noun stands."""
    same = [token for token in tokens if token.exact == head.exact and token.start < before]
    return same[-1] if same else None


def _asked(before: str, side: str, behind: str) -> str:
    """One side with what is asked of both, without the words that only compare."""
    kept = [_without_comparing(before).strip(), side.strip(), _without_comparing(behind).strip(" ,;:?")]
    return " ".join(" ".join(kept).split())


def _without_comparing(text: str) -> str:
    return blank(text, [match.span() for match in _COMPARING.finditer(fold(text))])
