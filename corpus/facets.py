"""Facets for filters: level of the issuing body and period reported."""

from __future__ import annotations

import re

from corpus.text import fold

_LEVELS = (
    ("xã", re.compile(r"(?<!\w)(?:xa|phuong|thi tran|dac khu)\s+(?!hoi)\w|dang uy xa|-bc/du\b")),
    ("huyện", re.compile(r"(?<!\w)(?:huyen|quan uy|quan \w|thi uy|thi xa|thanh pho thuoc tinh)(?!\w)|[-/]hu$")),
    ("tỉnh", re.compile(r"(?<!\w)(?:tinh|thanh uy|thanh pho|so)(?!\w)|[-/]tu$|-s[a-z]{2,}$")),
    (
        "trung ương",
        re.compile(
            # "cán bộ", "nội bộ" and "bộ phận" are no ministries.
            r"(?<!\w)(?<!can )(?<!noi )(?<!dang )bo(?!\w| phan| chi huy| mon)|"
            r"(?<!\w)(?:quoc hoi|chinh phu|thu tuong|trung uong|tong cuc|ban bi thu|nha nuoc viet nam)(?!\w)|"
            r"[-/]tw$|qh\d+$|-cp$|-ttg$"
        ),
    ),
)
_YEAR = r"(?:19|20)\d\d"
_PERIODS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?:giai đoạn|nhiệm kỳ)\s+(?:từ\s+(?:năm\s+)?)?{_YEAR}\s*(?:-|–|—|đến(?: năm)?)\s*{_YEAR}",
        rf"quý\s+(?:IV|III|II|I|[1-4])(?:\s*[,/]?\s*(?:năm\s+)?{_YEAR})?",
        rf"\d+\s+tháng\s+(?:đầu|cuối)\s+năm(?:\s+{_YEAR})?",
        rf"\d+\s+tháng\s+năm\s+{_YEAR}",
        rf"tháng\s+\d{{1,2}}\s*(?:/|năm)\s*{_YEAR}",
        r"\d{1,2}\s+năm(?=\s+(?:thực hiện|thi hành|triển khai|xây dựng|hoạt động|tổ chức|đầu))",
        rf"(?<!đến )(?<!từ )năm\s+{_YEAR}(?:\s*(?:-|–)\s*{_YEAR})?",
    )
)


def level_of(issuer: str | None, number: str | None, parents: tuple[str, ...] = ()) -> str | None:
    """The level of the issuing body: "trung ương", "tỉnh", "huyện" or "xã"; None where nothing tells it."""
    for source in (issuer, *reversed(parents), number):
        if source is None:
            continue
        folded = fold(source)
        for level, pattern in _LEVELS:
            if pattern.search(folded):
                return level
    return None


def period_of(subject: str | None) -> str | None:
    """The period that a report covers, as printed in its subject: "10 năm", "quý I", "6 tháng đầu năm 2023"."""
    if subject is None:
        return None
    for pattern in _PERIODS:
        if match := pattern.search(subject):
            return " ".join(match[0].split())
    return None
