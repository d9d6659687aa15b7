"""What was asked of a higher level ("xin tỉnh", "kiến nghị Trung ương"): a request, and one of that level."""

from __future__ import annotations

import re

from corpus.text import fold

_WORTH = 0.35
_ASKED = re.compile(r"\b(?:xin|kien nghi|de nghi|de xuat)(?: voi)? (cap tren|trung uong|tinh|huyen|bo|so)\b")
_REQUESTS = re.compile(
    r"\W*(?:\w{1,3}[.)] )?(?:kien nghi|de nghi|doi voi)(?: (?:voi|cac))?(?: (ubnd tinh|trung uong|tinh|huyen|bo|so))?\b"
)
_HEADED = re.compile(r"\b(?:kien nghi|de xuat|de nghi)\b")
# A department is the province's, a ministry the country's.
_LEVEL_OF = {"huyen": 1, "tinh": 2, "so": 2, "ubnd tinh": 2, "trung uong": 3, "bo": 3}


def fit_request(question: str, text: str, title: str) -> tuple[bool, float]:
    """Whether a text may tell what a question says was asked of a level, and what that is worth.

    Args:
        title: the title of the section that the text stands in.
    """
    asked = _ASKED.search(fold(question))
    if asked is None:
        return True, 0.0
    request = _REQUESTS.match(fold(text))
    if request and request[1] and asked[1] in _LEVEL_OF and _LEVEL_OF[request[1]] != _LEVEL_OF[asked[1]]:
        return False, 0.0
    return True, _WORTH if request or _HEADED.search(fold(title)) else -_WORTH
