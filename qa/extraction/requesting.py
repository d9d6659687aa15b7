"""What was asked of a higher level ("xin tỉnh", "kiến nghị Trung ương"): a request, and one of that level."""

from __future__ import annotations

import re

from corpus.text import fold
from qa.understanding.patterns import Pattern
from qa.understanding.question import Question

_WORTH = 0.35
# With diacritics, or with a name behind: "bổ sung" and "số liệu" are no ministry and no department.
_ASKED = Pattern(
    r"\b(?:xin|kiến nghị|đề nghị|đề xuất)(?: (?:gì |những gì )?với)? (cấp trên|trung ương|tỉnh|huyện"
    r"|bộ(?= (?:nào|ngành|[a-z]+ [a-z]+))(?! (?:sung|trí|qua|nhiệm)\b)|sở)\b"
)
_REQUESTS = re.compile(
    r"\W*(?:\w{1,3}[.)] )?(?i:kiến nghị|đề nghị|đối với)(?: (?:với|các))?"
    r"(?: (UBND tỉnh|[Tt]rung ương|[Tt]ỉnh|[Hh]uyện|Bộ|Sở))?\b"
)
_HEADED = re.compile(r"\b(?:kien nghi|de xuat|de nghi)\b")
# A department is the province's, a ministry the country's.
_LEVEL_OF = {"huyen": 1, "tinh": 2, "so": 2, "ubnd tinh": 2, "trung uong": 3, "bo": 3}


def fit_request(question: Question, text: str, title: str) -> tuple[bool, float]:
    """Whether a text may tell what a question says was asked of a level, and what that is worth.

    Args:
        title: the title of the section that the text stands in.
    """
    asked = _ASKED.search(question.text.lower(), question.marked)
    if asked is None:
        return True, 0.0
    request = _REQUESTS.match(text)
    level, meant = (_LEVEL_OF.get(fold(found[1] or "")) if found else None for found in (request, asked))
    if level and meant and level != meant:
        return False, 0.0
    return (True, _WORTH) if request or _HEADED.search(fold(title)) else (False, 0.0)
