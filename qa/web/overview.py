"""How many documents of which kind there are from each year, as bars that are plain HTML."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from html import escape

from index.types import DocumentRecord

# Dark enough beside white and light enough beside black for a legend (3 : 1), apart for the colour-blind (Okabe-Ito).
COLOURS = ("#0072b2", "#b35900", "#00805f", "#a8568a", "#7a6a00", "#3b82c4", "#6b7280")
_KINDS = len(COLOURS) - 1
_UNKNOWN = "không rõ"


def overview_html(records: Sequence[DocumentRecord]) -> str:
    """A bar a year, newest first, divided by kind; "" for an empty library."""
    pairs = [(record.metadata.issued_on or "", record.metadata.kind or "Khác") for record in records]
    if not pairs:
        return ""
    common = [kind for kind, _ in Counter(kind for _, kind in pairs).most_common(_KINDS)]
    counts = Counter(((day[:4] or _UNKNOWN), kind if kind in common else "Khác") for day, kind in pairs)
    kinds = [*common, *(["Khác"] if "Khác" not in common and any(k == "Khác" for _, k in counts) else [])]
    years = sorted({year for year, _ in counts}, key=lambda year: (year == _UNKNOWN, year), reverse=True)
    years.sort(key=lambda year: year == _UNKNOWN)
    longest = max(sum(counts[year, kind] for kind in kinds) for year in years)
    rows = "".join(_row(year, [(kind, counts[year, kind]) for kind in kinds], longest) for year in years)
    legend = "".join(
        f'<li><span class="swatch" style="background:{COLOURS[n % len(COLOURS)]}"></span>{escape(kind)}</li>'
        for n, kind in enumerate(kinds)
    )
    return (
        '<figure class="overview"><figcaption>Văn bản theo năm và loại</figcaption>'
        f'<table class="bars"><tbody>{rows}</tbody></table><ul class="legend">{legend}</ul></figure>'
    )


def _row(year: str, parts: Sequence[tuple[str, int]], longest: int) -> str:
    total = sum(count for _, count in parts)
    told = ", ".join(f"{kind}: {count}" for kind, count in parts if count)
    bars = "".join(
        f'<span class="bar" style="width:{100 * count / longest:.2f}%;background:{COLOURS[n % len(COLOURS)]}" '
        f'title="{escape(kind)}: {count}"></span>'
        for n, (kind, count) in enumerate(parts)
        if count
    )
    track = f'<div role="img" aria-label="{escape(told)}">{bars}</div>'
    return f'<tr><th scope="row">{escape(year)}</th><td class="track">{track}</td><td>{total}</td></tr>'
