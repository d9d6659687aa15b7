"""Sentences that every document of a kind has: what leads into the text, legal grounds, how statutes were adopted."""

from __future__ import annotations

import re
from dataclasses import replace

from corpus.text import fold
from qa.extraction.scoring import Scored
from qa.understanding.question import Question

NEVER_LEADS = frozenset({"list", "place", "who", "amount", "percent"})
"""Kinds of question that no such opening answers."""
_LEAD_COST = 0.3


def led(question: Question, about: frozenset[str], scored: Scored) -> Scored:
    """A sentence of the preamble that only leads into what follows, or gives the legal grounds, answers little."""
    opening = not scored.hit.chunk.section
    text = scored.unit.text
    # A specimen behind the text has legal grounds of its own.
    leads = (opening and text.rstrip(" *").endswith(":")) or (
        text.startswith("Căn cứ ") and (opening or bool(_GROUND.match(text)))
    )
    if not leads or about or question.kind == "docnumber":
        return scored
    if question.kind in NEVER_LEADS and not question.alias:
        return replace(scored, fits=False)
    return replace(scored, score=scored.score - _LEAD_COST)


def adopted(question: Question, scored: Scored) -> Scored:
    """The sentence by which statutes or laws are adopted holds their name and says nothing of what they lay down."""
    if not _ADOPTS.search(fold(scored.unit.text)) or _ADOPTION_ASKED.search(fold(question.text)):
        return scored
    return replace(scored, fits=False)


def attaching(question: Question, scored: Scored) -> Scored:
    """The line under a title that says to which document it belongs ("(Kèm theo Nghị định …)") says nothing else."""
    if question.kind == "docnumber" or not _ATTACHES.match(scored.unit.text):
        return scored
    if _ATTACHED_TO.search(fold(question.text)):
        return scored
    return replace(scored, fits=False)


_ATTACHED_TO = re.compile(r"\bkem theo\b[^?]{0,60}\bso (?:bao nhieu|may|nao)\b|\bso\b[^?]{0,40}\bkem theo\b")
# A line may break behind the number.
_ATTACHES = re.compile(
    r"\(\s*(?:ban hành\s+)?kèm theo [^()]{0,200}\)?$|ngày \d{1,2} tháng \d{1,2} năm \d{4} của [^().]{0,80}\)$",
    re.IGNORECASE,
)
_GROUND = re.compile(
    r"Căn cứ (?:(?:Bộ )?[Ll]uật|Nghị định|Thông tư|Nghị quyết|Quyết định|Quy định|Quy chế)\b[^:]{0,240};$"
)
_ADOPTS = re.compile(
    r"\bgom \d+ (?:\([a-z ]+\) )?chuong\b.{0,80}\bdieu\b"
    r"|\b(?:luat|bo luat|phap lenh|nghi quyet) nay (?:da )?duoc .{0,90}\bthong qua\b"
)
_ADOPTION_ASKED = re.compile(r"\bthong qua\b|\bhieu luc\b|\b(?:chuong|dieu)\b(?! le\b| kien\b)|\bban hanh\b|\bky hop\b")
