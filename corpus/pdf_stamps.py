"""Numbers and dates that e-signing stamps on a page, set where they stand on it; the seal's own words are dropped."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from corpus.pdf_glyphs import Glyph
from corpus.pdf_layout import Band, bands_of, fold

# What a signature's seal says about itself, and the stamps of the office that received or copied the document.
_SEAL = re.compile(
    "KY ?BOI|NGUOI ?KY|THOI ?GIAN ?KY|NGAY ?KY|KY ?SO|CHU ?KY|DIGITALLY|SIGNED|SIGNATURE|EMAIL"
    "|CO ?QUAN ?:|REASON|LOCATION|CONG ?VAN ?DEN|(^| )DEN( |:|$)|SAO ?Y|SAO ?LUC|[+]0[0-9]:?00"
)


def kept_stamps(stamps: Sequence[Glyph]) -> list[Glyph]:
    """Glyphs of the stamps that belong to the document."""
    kept: list[Glyph] = []
    for _, group in groupby(sorted(stamps, key=lambda glyph: glyph.stamp), key=lambda glyph: glyph.stamp):
        glyphs = list(group)
        words = " ".join(band.text for band in bands_of(glyphs))
        if not _SEAL.search(fold(words)):
            kept += glyphs
    return kept


def without_seal(bands: Sequence[Band]) -> list[Band]:
    """Bands that OCR read, without the fine print of a gateway's seal at the top of the page."""
    first = next((i for i, band in enumerate(bands) if not _fine_print(band)), len(bands))
    seal = any(_SEAL.search(fold(band.text)) for band in bands[:first])
    return list(bands[first:] if seal else bands)


def _fine_print(band: Band) -> bool:
    return band.size < 7 and band.base < 60


def with_stamps(bands: Sequence[Band], stamps: Sequence[Glyph]) -> list[Band]:
    """The bands of the page with every stamp in the blank that it was set in, from top to bottom."""
    result = list(bands)
    for _, group in groupby(stamps, key=lambda glyph: glyph.stamp):
        for stamp in bands_of(list(group)):
            for part in stamp.segments(1.0):
                _insert(result, part)
    return sorted(result, key=lambda band: band.base)


def _insert(bands: list[Band], stamp: Band) -> None:
    best = min(range(len(bands)), key=lambda index: _distance(bands[index], stamp), default=None)
    if best is None or _distance(bands[best], stamp) > 0.8:
        bands.append(stamp)
        return
    base = bands[best].base
    moved = tuple(replace(glyph, base=base) for glyph in stamp.glyphs)
    bands[best] = Band(tuple(sorted((*bands[best].glyphs, *moved), key=lambda glyph: glyph.center)))


def _distance(band: Band, stamp: Band) -> float:
    """How many ems the stamp stands above or below the band; 9 where words are in its way."""
    covered = sum(
        max(0.0, min(glyph.x1, stamp.x1) - max(glyph.x0, stamp.x0)) for glyph in band.glyphs if not glyph.stamp
    )
    if covered > 0.6 * (stamp.x1 - stamp.x0):
        return 9.0
    return abs(band.base - stamp.base) / max(band.size, stamp.size)
