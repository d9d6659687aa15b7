"""Digits that were written or stamped into the blanks of a header: "Số: 37 /2026/TT-BCA", "ngày 24 tháng 4".

A wrong number is worse than none: what stands between the printed words is cut out and must be read the same way in
every view of it, and the reading of the whole line must not say other digits. Lengths are pixels.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from statistics import median

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter
from scipy import ndimage  # type: ignore[import-untyped]

from corpus.ocr_recogniser import read_lines

Mask = NDArray[np.bool_]

_NUMBER = r"^\W*(?P<left>[S5][^\d\s]{{0,3}})\s*(?P<digits>.{{0,9}}?)(?P<right>[/-])\s*(?:{first})"
_DAY = re.compile(r"(?P<left>ng.y)(?P<digits>.{0,8}?)(?P<right>th.n)", re.IGNORECASE)
_MONTH = re.compile(r"(?P<left>th.ng)(?P<digits>.{0,8}?)(?P<right>n.m)", re.IGNORECASE)
_MOST = {"number": 99_999, "day": 31, "month": 12}
_DARK = 160
# How far above and below the printed letters a line is cut, in their heights; how much it is stretched.
_CUTS = ((0.25, 0.2), (0.5, 0.3), (0.8, 0.4))
_STRETCHES = (1.0, 0.8, 1.25)
# Margin (in the ink's heights), stretch, shear, turn in degrees and thickening of the views of ink alone.
_VIEWS = (
    (0.2, 1.0, 0.0, 0, False),
    (0.6, 1.0, 0.0, 0, False),
    (0.4, 0.8, 0.0, 0, False),
    (0.4, 1.25, 0.0, 0, False),
    (0.4, 1.0, 0.2, 0, False),
    (0.4, 1.0, -0.2, 0, False),
    (0.4, 1.0, 0.0, 4, False),
    (0.4, 1.0, 0.0, -4, False),
    (0.4, 1.0, 0.0, 0, True),
)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a header: the straightened page in gray, and where its printed letters stand on it."""

    page: Image.Image
    left: int
    top: int
    right: int
    bottom: int

    @property
    def height(self) -> int:
        """Height of the printed letters."""
        return self.bottom - self.top

    def band(self, above: float, below: float) -> tuple[int, int]:
        """Top and bottom of a band around the letters; margins in their heights."""
        return max(0, self.top - round(above * self.height)), self.bottom + round(below * self.height)


@dataclass(frozen=True, slots=True)
class _Reading:
    """What one view of a line shows in a blank, and the view's top and bottom on the page."""

    text: str
    top: int
    bottom: int


@dataclass(frozen=True, slots=True)
class _Blank:
    """A blank as the views of a line saw it, and the middles of the letters beside it."""

    readings: tuple[_Reading, ...]
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class _Ink:
    """Strokes cut out on white, and where they begin and end on the page."""

    image: Image.Image
    top: int
    bottom: int


def read_blank(line: Line, name: str, symbol: str = "") -> str | None:
    """The digits of a blank ("number", "day" or "month"); None where it is empty or they are not sure.

    Args:
        line: reaches from the printed word before the blank to the one behind it.
        symbol: how the symbol behind a number begins ("QĐ", "2026/TT").
    """
    blank = _blank(line, _pattern(name, symbol))
    ink = _ink(line, blank.left, blank.right) if blank and any(reading.text for reading in blank.readings) else None
    if blank is None or ink is None:
        return None
    value = _agreed([_bare("".join(seen.char for seen in view)) for view in read_lines(list(_views(ink.image)))])
    if value is None or not 0 < int(value) <= _MOST[name]:
        return None
    slack = line.height // 4
    whole = [one for one in blank.readings if one.top - slack <= ink.top and ink.bottom <= one.bottom + slack]
    return value if _supported(value, whole) else None


def _pattern(name: str, symbol: str) -> re.Pattern[str]:
    if name != "number":
        return _DAY if name == "day" else _MONTH
    first = "D|Đ|Ð" if symbol[:1] in "DĐÐ" else re.escape(symbol[:1])
    return re.compile(_NUMBER.format(first=first))


def _bare(text: str) -> str:
    """Without spaces, leaders and specks."""
    return re.sub(r"[\s.,:;…_·'`’°-]", "", text)


def _agreed(readings: Sequence[str]) -> str | None:
    """The digits that the readings give: all but two of them must, and none may give others."""
    value, times = Counter(readings).most_common(1)[0]
    others = [reading for reading in readings if re.search(r"[0-9]", reading) and not _lost(reading, value)]
    sure = times >= len(readings) - 2 and len(others) == times
    return value if sure and re.fullmatch(r"[0-9]{1,5}", value) else None


def _supported(value: str, readings: Sequence[_Reading]) -> bool:
    """Whether more than two thirds of the line's views that show all of the ink confirm the value."""
    same = [reading.text for reading in readings].count(value)
    return same > 1 and 3 * same > 2 * len(readings)


def _lost(reading: str, value: str) -> bool:
    """Whether a reading only lacks digits of the value."""
    places = iter(value)
    return len(reading) < len(value) and all(digit in places for digit in reading)


def _blank(line: Line, pattern: re.Pattern[str]) -> _Blank | None:
    """The blank, where most views of the line show the words beside it."""
    margin = line.height // 5
    start = max(0, line.left - margin)
    width = min(line.page.width, line.right + margin) - start
    cuts = [(*line.band(above, below), stretch) for (above, below), stretch in product(_CUTS, _STRETCHES)]
    views = [
        line.page.crop((start, top, start + width, bottom)).resize((round(width * stretch), bottom - top))
        for top, bottom, stretch in cuts
    ]
    readings: list[_Reading] = []
    edges: list[tuple[float, float]] = []
    for (top, bottom, _), view, seen in zip(cuts, views, read_lines(views), strict=True):
        if match := pattern.search("".join(one.char for one in seen)):
            readings.append(_Reading(_bare(match["digits"]), top, bottom))
            beside = seen[match.end("left") - 1].x, seen[match.start("right")].x
            edges.append((beside[0] * width / view.width, beside[1] * width / view.width))
    if len(edges) * 2 < len(views):
        return None
    left, right = (start + median(edge[side] for edge in edges) for side in (0, 1))
    return _Blank(tuple(readings), left, right)


def _ink(line: Line, left: float, right: float) -> _Ink | None:
    """The strokes between two printed letters, whose middles are given, on white; None where there are none."""
    unit = line.height
    top, bottom = line.band(0.9, 0.5)
    start = max(0, round(left - unit))
    stop = min(line.page.width, round(right + unit))
    part = np.asarray(line.page.crop((start, top, stop, bottom)))
    labels, _ = ndimage.label(part < _DARK, structure=np.ones((3, 3)))
    boxes = ndimage.find_objects(labels)
    letters = (line.top - top, line.bottom - top)
    beside = {_nearest(boxes, place - start, 0.35 * unit) for place in (left, right)}
    first, last = round(left - start + 0.25 * unit), round(right - start - 0.25 * unit)
    mask = np.zeros(part.shape, dtype=bool)
    for index, (high, wide) in enumerate(boxes):
        if not _is_stroke(high, wide, unit, letters):
            continue
        stroke = labels == index + 1
        if index in beside:  # a printed letter, perhaps with digits that touch it
            stroke[:, :first] = stroke[:, last:] = False
            inside = _reaches(stroke, unit)
        else:
            inside = first < (wide.start + wide.stop) / 2 < last
        if inside:
            mask |= stroke
    if not mask.any():
        return None
    rows, columns = np.nonzero(mask)
    clean = np.where(ndimage.binary_dilation(mask, iterations=2), part, 255).astype(np.uint8)
    image = Image.fromarray(clean[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1])
    return _Ink(image, top + int(rows.min()), top + int(rows.max()))


def _nearest(boxes: Sequence[tuple[slice, slice]], place: float, most: float) -> int | None:
    """The shape whose middle, or whose edge if it is wide, is next to a column."""

    def distance(index: int) -> float:
        columns = boxes[index][1]
        if columns.start <= place <= columns.stop:
            return 0.1 * float(abs((columns.start + columns.stop) / 2 - place))
        return float(min(abs(columns.start - place), abs(columns.stop - place)))

    best = min(range(len(boxes)), key=distance, default=None)
    return best if best is not None and distance(best) < most else None


def _reaches(stroke: Mask, unit: int) -> bool:
    """Whether what is left of a shape is large enough for a digit."""
    rows, columns = np.nonzero(stroke)
    return len(rows) > 0 and bool(np.ptp(rows) > 0.6 * unit and np.ptp(columns) > 0.25 * unit)


def _is_stroke(rows: slice, columns: slice, unit: int, letters: tuple[int, int]) -> bool:
    """Neither a dot, a leader, a rule, nor part of the lines above and below."""
    high, wide = rows.stop - rows.start, columns.stop - columns.start
    if high < 0.45 * unit or high > 2.2 * unit or wide > 4 * unit:
        return False
    return bool(rows.stop > letters[0] + 0.5 * unit and rows.start < letters[1] - 0.3 * unit)


def _views(ink: Image.Image) -> Iterator[Image.Image]:
    above = round(0.18 * ink.height)
    for margin, stretch, shear, turn, thick in _VIEWS:
        beside = round(margin * ink.height)
        view = Image.new("L", (ink.width + 2 * beside, ink.height + 2 * above), 255)
        view.paste(ink, (beside, above))
        if shear:
            rows = (1, shear, -shear * view.height / 2, 0, 1, 0)
            view = view.transform(view.size, Image.Transform.AFFINE, rows, Image.Resampling.BICUBIC, fillcolor=255)
        if turn:
            view = view.rotate(turn, Image.Resampling.BICUBIC, fillcolor=255)
        if thick:
            view = view.filter(ImageFilter.MinFilter(3))
        yield view.resize((round(view.width * stretch), view.height), Image.Resampling.BILINEAR)
