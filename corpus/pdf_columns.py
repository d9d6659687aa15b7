"""The places where administrative documents stand in two columns: header and signature block."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.document import RawLine
from corpus.pdf_layout import Band, fold

# Letters without spaces; the second pattern tolerates what OCR and fonts without a map leave of the first.
_MOTTO = re.compile("CONGHOAXAHOI|DANGCONGSANVIETNAM|CONG.?.?OA.?XA.?.?.?OI|DOANTNCSHOCHIMINH")
_RIGHT = re.compile("^(DOC ?LAP|.{0,40}NGAY.{0,14}THANG)")
_DATE = re.compile("NGAY.{0,14}THANG.{0,12}NAM|NGAY[ .…]*THANG|NGAY *[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}")
_NUMBER = re.compile("^[^A-Z]?S[O0][ :.]|^[^A-Z]?S[O0]$")
_RECIPIENTS = re.compile("^.?NOINHAN")


@dataclass(frozen=True, slots=True)
class Zone:
    """Bands [start, stop) stand in two columns on both sides of x = gutter."""

    start: int
    stop: int
    gutter: float


@dataclass(slots=True)
class _Gutter:
    """The stretch between two columns; it narrows with every band that is seen."""

    low: float
    high: float

    def narrowed(self, band: Band, least: float) -> bool:
        """Whether the band leaves a gap of `least` ems in the stretch; narrows to the widest one."""
        inside = [
            (max(self.low, left), min(self.high, right))
            for left, right in band.gaps(least)
            if min(self.high, right) - max(self.low, left) > 0.5
        ]
        if inside:
            self.low, self.high = max(inside, key=lambda gap: gap[1] - gap[0])
        return bool(inside)

    @property
    def middle(self) -> float:
        return (self.low + self.high) / 2


def lines_of(number: int, width: float, bands: Sequence[Band]) -> list[RawLine]:
    """Lines of a page in reading order; headers and signature blocks column by column."""
    lines: list[RawLine] = []
    rest = list(bands)
    while zone := _next_zone(rest, width):
        lines += [band.line(number) for band in rest[: zone.start]]
        part = rest[zone.start : zone.stop]
        header = any(_MOTTO.search(band.folded) for band in part)
        lines += _header(part, zone.gutter, number) if header else _side_by_side(part, zone.gutter, number)
        rest = rest[zone.stop :]
    return lines + [band.line(number) for band in rest]


def _next_zone(bands: Sequence[Band], width: float) -> Zone | None:
    for index, band in enumerate(bands):
        motto = _MOTTO.search(band.folded)
        if motto and (zone := _header_zone(bands, index, motto.start(), motto.end(), width)):
            return zone
        if _RECIPIENTS.search(band.folded) and (zone := _signature_zone(bands, index, width)):
            return zone
    return None


def _header_zone(bands: Sequence[Band], index: int, first: int, last: int, width: float) -> Zone | None:
    band = bands[index]
    motto = Band(band.glyphs[first:])
    if motto.x0 < 0.25 * width:
        return None
    gutter = _Gutter(band.glyphs[first - 1].x1 if first else 0.0, motto.x0)
    start = index
    while start and _close(bands, start) and bands[start - 1].x1 < gutter.high:
        start -= 1
        gutter.low = max(gutter.low, bands[start].x1)
    stop = _header_end(bands, index, motto, gutter)
    lefts = [part.split(gutter.middle)[0] for part in bands[start:stop]]
    return Zone(start, stop, gutter.middle) if any(lefts) else None


def _close(bands: Sequence[Band], index: int, ems: float = 2.4) -> bool:
    """Whether band `index` follows the one before it within so many ems."""
    return bands[index].base - bands[index - 1].base < ems * max(bands[index].size, bands[index - 1].size)


def _header_end(bands: Sequence[Band], index: int, motto: Band, gutter: _Gutter) -> int:
    dated, stop = False, index + 1
    quarter = (motto.x1 - motto.x0) / 4
    while stop < len(bands) and _close(bands, stop, 2.4 if dated else 5.5):
        band = bands[stop]
        if band.x1 <= gutter.high:  # left column alone
            if gutter.low and not dated and band.center > gutter.high:
                break
            gutter.low = max(gutter.low, band.x1)
        elif dated:
            break
        elif motto.x0 + quarter < band.center < motto.x1 - quarter and band.x0 >= gutter.low:  # right column alone
            gutter.high = min(gutter.high, band.x0)
        elif not _both(band, gutter):
            break
        dated = dated or bool(_DATE.search(fold(band.text)))
        stop += 1
    return stop


def _both(band: Band, gutter: _Gutter) -> bool:
    """Whether the band stands in both columns: by a wide gap, or by a narrow one beside known words."""
    if gutter.narrowed(band, 0.9):
        return True
    trial = _Gutter(gutter.low, gutter.high)
    if not trial.narrowed(band, 0.15):
        return False
    left, right = band.split(trial.middle)
    if not (left and right and (_RIGHT.search(fold(right.text)) or _NUMBER.search(fold(left.text)))):
        return False
    gutter.low, gutter.high = trial.low, trial.high
    return True


def _header(bands: Sequence[Band], gutter: float, page: int) -> list[RawLine]:
    """Cell by cell as the table behind it: issuer, motto; number and subject, place and date."""
    left = [part.line(page, "left") for band in bands if (part := band.split(gutter)[0])]
    right = [part.line(page, "right") for band in bands if (part := band.split(gutter)[1])]
    number = next((i for i, line in enumerate(left) if _NUMBER.search(fold(line.text))), len(left))
    date = next((i for i, line in enumerate(right) if _DATE.search(fold(line.text))), len(right))
    return left[:number] + right[:date] + left[number:] + right[date:]


def _side_by_side(bands: Sequence[Band], gutter: float, page: int) -> list[RawLine]:
    left = [part.line(page, "left") for band in bands if (part := band.split(gutter)[0])]
    right = [part.line(page, "right") for band in bands if (part := band.split(gutter)[1])]
    return left + right


def _signature_zone(bands: Sequence[Band], index: int, width: float) -> Zone | None:
    parts = bands[index].segments(1.0)
    gutter = _Gutter(parts[0].x1, parts[1].x0 if len(parts) > 1 else 0.97 * width)
    start = index
    while start and _close(bands, start) and bands[start - 1].x0 > max(gutter.low, 0.3 * width):
        start -= 1
        gutter.high = min(gutter.high, bands[start].x0)
    stop = index + 1
    while stop < len(bands) and _fits(bands[stop], gutter, width):
        stop += 1
    rights = [part.split(gutter.middle)[1] for part in bands[start:stop]]
    return Zone(start, stop, gutter.middle) if any(rights) else None


def _fits(band: Band, gutter: _Gutter, width: float) -> bool:
    if band.x1 <= gutter.high and band.x0 < 0.3 * width:
        gutter.low = max(gutter.low, band.x1)
        return True
    if band.x0 >= gutter.low and band.x0 > 0.3 * width:
        gutter.high = min(gutter.high, band.x0)
        return True
    return gutter.narrowed(band, 0.6)
