"""Lists, reasons and whole sections: a heading or lead-in that names what is asked, with all that stands under it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.document import Block, Document, Section, SectionPath
from index.types import DocumentRecord
from qa.citations import Pick
from qa.extraction.matching import Weighted, match
from qa.extraction.shortening import LEFT_OUT, shorten
from qa.extraction.tasked import does_task
from qa.language.units import Words
from qa.language.words import tokenise
from qa.understanding.asked import Term
from qa.understanding.ordinals import member_of
from qa.understanding.periods import own_year
from qa.understanding.question import Question

SECTION_NOUNS = frozenset(
    """han_che ton_tai yeu_kem khuyet_diem kho_khan vuong_mac nguyen_nhan ly_do bai_hoc kinh_nghiem kien_nghi
    de_xuat de_nghi
    nhiem_vu giai_phap muc_tieu muc_dich yeu_cau uu_diem quan_diem phuong_huong chi_tieu to_chuc_thuc_hien
    thanh_tuu bat_cap
    phan_cong noi_dung yeu""".split()
)
_REASON_WORDS = Words(tokenise("nguyên nhân"))
_MARK = re.compile(r"^\s*([*+•–-]+)\s*")
CLOSING_WORDS = re.compile(r"^(?:Trên đây là|Nơi nhận)", re.IGNORECASE)
_HEAD_LENGTH = 130
_LEAD_LENGTH = 420
_REASON_COVERED = 0.45
_ALONE_COVERED = 0.6
_TITLED = 0.8
_RESULTS = ("ket", "qua")
_RESULTS_COST = 0.5


@dataclass(frozen=True, slots=True)
class Group:
    """A heading or lead-in and what stands under it.

    Args:
        head: its words; `path`: words of the headings above.
        start, end: the whole run in `Document.text`, head included.
        members: ranges of the items.
    """

    head: Words
    path: Words
    section: SectionPath
    start: int
    end: int
    members: tuple[tuple[int, int], ...]
    body: Words
    depth: int


@dataclass(frozen=True, slots=True)
class RankedGroup:
    """A group with how well it fits.

    Args:
        covered: share of the question's words in head, headings above, document header and items.
        named: whether the head names the asked kind of section.
        own: share of the question's words in the head.
        precise: share of the head's words that the question says.
    """

    group: Group
    document: Document
    record: DocumentRecord
    score: float
    covered: float
    named: bool = False
    own: float = 0.0
    precise: float = 0.0


def groups_of(document: Document) -> tuple[Group, ...]:
    """All runs of a document that a heading or lead-in names."""
    found: list[Group] = []

    def walk(section: Section, above: str) -> None:
        blocks = [b for b in document.blocks if section.span.start <= b.span.start < section.span.end]
        blocks = [b for b in blocks if b.kind not in ("footnote", "closing", "header")]
        found.extend(_section_groups(document, section, above, blocks))
        for child in section.children:
            walk(child, f"{above}. {section.title}")

    for section in document.sections:
        walk(section, "")
    return tuple(group for group in found if group.members)


def _section_groups(document: Document, section: Section, above: str, blocks: Sequence[Block]) -> list[Group]:
    found: list[Group] = []
    own = [b for b in blocks if b.span.start < section.body.end or not section.children]
    if section.title:
        inner = [b for b in blocks if b.kind != "heading" and not CLOSING_WORDS.match(document.slice(b.span))]
        if section.children:
            members = tuple((child.span.start, _end(document, child.span.end)) for child in section.children)
        else:
            members = tuple((b.span.start, b.span.end) for b in inner)
        found.append(_group(document, section, section.title, above, (section.span.start, members), 0))
        if section.children and own and document.slice(own[-1].span).rstrip(" *").endswith(":"):
            lead = own[-1].span
            found.append(_group(document, section, document.slice(lead), section.title, (lead.start, members), 1))
    found.extend(_inner_groups(document, section, above, own))
    return found


def _inner_groups(document: Document, section: Section, above: str, blocks: Sequence[Block]) -> list[Group]:
    """Runs under a short line ("* Nguyên nhân") or a lead-in that ends with a colon."""
    found: list[Group] = []
    texts = [document.slice(block.span) for block in blocks]
    for index, text in enumerate(texts):
        if blocks[index].kind == "heading" or not _is_head(text):
            continue
        mark = _mark(text)
        members: list[tuple[int, int]] = []
        for later in range(index + 1, len(blocks)):
            if _ends_run(texts[later], mark) or blocks[later].kind == "heading":
                break
            if text.rstrip(" *").endswith(":") and blocks[later].kind == "paragraph":
                break
            members.append((blocks[later].span.start, blocks[later].span.end))
        title = f"{above}. {section.title}"
        found.append(_group(document, section, text, title, (blocks[index].span.start, tuple(members)), 1))
    return found


def _is_head(text: str) -> bool:
    stripped = text.rstrip(" *_")
    if " | " in text:
        return False
    if stripped.endswith(":"):
        return len(stripped) <= _LEAD_LENGTH
    return len(stripped) <= _HEAD_LENGTH and not stripped.endswith((".", ";", ",", "/"))


def _mark(text: str) -> str:
    match = _MARK.match(text)
    return match[1][0] if match else ""


def _ends_run(text: str, mark: str) -> bool:
    """A line with the same mark that is itself a head ends the run; so does the formula that closes a document."""
    return (bool(mark) and _mark(text) == mark and _is_head(text)) or bool(CLOSING_WORDS.match(text))


def _end(document: Document, end: int) -> int:
    while end > 0 and document.text[end - 1].isspace():
        end -= 1
    return end


def _group(
    document: Document,
    section: Section,
    head: str,
    above: str,
    run: tuple[int, tuple[tuple[int, int], ...]],
    depth: int,
) -> Group:
    start, members = run
    body = Words(tokenise("\n".join(document.text[first:last] for first, last in members)[:6000]))
    end = members[-1][1] if members else start
    return Group(Words(tokenise(head)), Words(tokenise(above)), section.path, start, end, members, body, depth)


def rank_groups(
    question: Question,
    weighted: Weighted,
    groups: Sequence[Group],
    document: Document,
    record: DocumentRecord,
    header: Words,
    satisfied: frozenset[str],
) -> list[RankedGroup]:
    """The groups whose head names the asked kind of section, best first."""
    terms = [(term, weight) for term, weight in weighted.terms if not satisfied.issuperset(term.folded)]
    wanted = _section_nouns(question, [term for term, _ in terms])
    asked = {token.folded for token in tokenise(question.text)} | {"nguyen", "nhan"}
    found: list[RankedGroup] = []
    for group in groups:
        off = question.years and not _speaks_of_year(question, group, record)
        if off or not does_task(question.text, "", group.head, group.path):
            continue
        named = _named_share(question, wanted, group)
        if named is None and (question.kind != "list" or not asked & group.head.folded):
            continue
        own, covered = _shares(question, terms, group, header)
        precise = len(asked & group.head.folded) / max(1, len(group.head.folded))
        if question.kind == "reason" and covered < _REASON_COVERED:
            continue
        if named is None:
            alone = len(group.members) < 2 and (precise < 1.0 or covered < _ALONE_COVERED)
            if alone or own < 0.3 or own + 0.4 * precise < 0.6:
                continue
        score = own + 0.6 * covered + 0.5 * precise + 0.4 * (named or 0.0)
        if _RESULTS in group.head.folded_pairs and not asked.issuperset(_RESULTS):
            score -= _RESULTS_COST
        is_named = named is not None and named >= 0.9
        found.append(RankedGroup(group, document, record, score, covered, is_named, own, precise))
    if question.kind == "reason":
        # Under "Hạn chế và nguyên nhân" stand limits too: the run of the causes alone answers.
        found = [ranked for ranked in found if not any(_holds(ranked.group, other.group) for other in found)]
    return sorted(found, key=lambda ranked: -ranked.score)


def _holds(outer: Group, inner: Group) -> bool:
    """Whether a run holds another and more."""
    return (
        outer.start <= inner.start and inner.end <= outer.end and (outer.start, outer.end) != (inner.start, inner.end)
    )


def _section_nouns(question: Question, terms: Sequence[Term]) -> list[Term]:
    """The kinds of section that are asked for; none where another class is: "mục tiêu … những ngành nào"."""
    named = [term for term in terms if "_".join(term.folded) in SECTION_NOUNS]
    classes = [t for t in terms if t.tokens[0].start in question.wh and "_".join(t.folded) not in _ANY_CLASS]
    return named if not classes or any(term in named for term in classes) else []


_ANY_CLASS = frozenset("dieu viec cai mat thu van_de chuyen the cach".split())


def _named_share(question: Question, wanted: Sequence[Term], group: Group) -> float | None:
    """How far the head names the asked kind of section; None where it does not."""
    if question.kind == "reason":
        return 1.0 if _REASON_WORDS.folded_pairs <= group.head.folded_pairs else None
    if question.kind not in ("list", "text", "definition"):
        return None
    heads = [match(term, group.head, question.marked) for term in wanted]
    if not heads or max(heads) < 0.7:
        return None
    around = [max(own, 0.8 * match(term, group.path, question.marked)) for own, term in zip(heads, wanted, strict=True)]
    return sum(around) / len(around)


def _shares(
    question: Question, terms: Sequence[tuple[Term, float]], group: Group, header: Words
) -> tuple[float, float]:
    """Share of the question's words that the head holds, and that head, path, header and items hold together."""
    total = own = covered = open_total = open_own = 0.0
    for term, weight in terms:
        head = match(term, group.head, question.marked)
        title = match(term, header, question.marked)
        around = max(
            head,
            0.75 * match(term, group.path, question.marked),
            0.6 * title,
            0.6 * match(term, group.body, question.marked),
        )
        total += weight
        own += weight * head
        covered += weight * around
        if title < _TITLED:
            open_total += weight
            open_own += weight * head
    if not total:
        return 1.0, 1.0
    # What the document's own title says need not be said by a heading again.
    return max(own / total, 0.9 * open_own / open_total if open_total else 0.0), covered / total


def _speaks_of_year(question: Question, group: Group, record: DocumentRecord) -> bool:
    """Whether an asked year stands in a run or over it, or is its document's."""
    years = {str(year) for year in question.years}
    around = (group.head.folded, group.path.folded, group.body.folded)
    return str(own_year(record)) in years or any(years & words for words in around)


def pick_member(ranked: RankedGroup, ordinal: int, limit: int) -> Pick | None:
    """The asked one of a run as one place; None where it has no such item."""
    document, group = ranked.document, ranked.group
    index = member_of(ordinal, [document.text[start:end] for start, end in group.members])
    if index is None:
        return None
    start, end = group.members[index]
    said = "\n".join(shorten([document.text[start:end]], limit - 8))
    return Pick(ranked.record, document, group.section, start, end, said, ((start, end),), context="")


def pick_group(ranked: RankedGroup, limit: int) -> Pick:
    """The whole run as one place; items are shortened, first to a sentence, then to a clause, when it is too long."""
    document, group = ranked.document, ranked.group
    items = [document.text[start:end] for start, end in group.members]
    lines = shorten(items, limit - 8)
    said = "\n".join(lines)
    first, last = group.members[0][0], group.members[-1][1]
    answers = tuple(group.members)
    # The count of what is left out is no figure of the document: it vouches for itself.
    left_out = lines[-1] if LEFT_OUT.fullmatch(lines[-1]) else ""
    return Pick(ranked.record, document, group.section, first, last, said, answers, context=left_out)
