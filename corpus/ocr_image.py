"""Scanned pages made ready for OCR: coloured ink and stamps out, straightened, specks and rules removed.

Lengths are pixels at about 300 dots per inch unless told otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from scipy import ndimage  # type: ignore[import-untyped]

Gray = NDArray[np.uint8]
Mask = NDArray[np.bool_]
# Left, top, right, bottom.
Box = tuple[int, int, int, int]

# Steeper than this is a photograph, not a scan; finer than the step makes no difference to tesseract.
_MOST_SKEW = 4.0
_STEP = 0.1


@dataclass(frozen=True, slots=True)
class _Shapes:
    """Connected dark shapes: boxes (top, bottom, left, right) in rows, and how many dark pixels each has."""

    labels: NDArray[np.int32]
    boxes: NDArray[np.int64]
    areas: NDArray[np.int64]

    @property
    def heights(self) -> NDArray[np.int64]:
        return self.boxes[:, 1] - self.boxes[:, 0]

    @property
    def widths(self) -> NDArray[np.int64]:
        return self.boxes[:, 3] - self.boxes[:, 2]


@dataclass(frozen=True, slots=True)
class Prepared:
    """A page made ready.

    Args:
        straight: the page in gray, straight, without red ink.
        clean: nothing on it but what may be printed words.
        seals: where black seals stood.
    """

    straight: Image.Image
    clean: Image.Image
    seals: tuple[Box, ...]


def prepared(image: Image.Image) -> Prepared:
    """The page straight and cleaned."""
    gray = _without_colour(np.asarray(image.convert("RGB")))
    angle = skew(gray)
    if abs(angle) >= 2 * _STEP:
        turned = Image.fromarray(gray).rotate(angle, Image.Resampling.BILINEAR, fillcolor=255)
        gray = np.asarray(turned)
    clean, seals = _without_marks(gray)
    return Prepared(Image.fromarray(gray), Image.fromarray(clean), tuple(seals))


def _without_colour(rgb: NDArray[np.uint8]) -> Gray:
    """Gray values with red ink (seals) turned white; blue is kept, since clerks write numbers with blue pens."""
    red, green, blue = (rgb[..., channel].astype(np.int32) for channel in range(3))
    gray = ((299 * red + 587 * green + 114 * blue) // 1000).astype(np.uint8)
    gray[(red - np.maximum(green, blue) > 45) & (red > 110)] = 255
    return gray


def skew(gray: Gray) -> float:
    """Degrees by which the page must be turned counterclockwise to be straight; 0 where nothing can be told."""
    small = gray[::4, ::4] < 150
    rows, columns = np.nonzero(small[: small.shape[0], :])
    if len(rows) < 500:
        return 0.0
    pick = slice(None, None, max(1, len(rows) // 60_000))
    rows, columns = rows[pick], columns[pick]

    def sharpness(degrees: float) -> float:
        shifted = np.round(rows - columns * np.tan(np.radians(degrees))).astype(np.int64)
        profile = np.bincount(shifted - shifted.min())
        return float((profile.astype(np.float64) ** 2).sum())

    coarse = max(np.arange(-_MOST_SKEW, _MOST_SKEW + 0.01, 0.5), key=sharpness)
    return float(max(np.arange(coarse - 0.4, coarse + 0.41, _STEP), key=sharpness))


def _without_marks(gray: Gray) -> tuple[Gray, list[Box]]:
    """Without specks, rules, seals, strokes of pens and boxed stamps; shapes of the size of letters stay."""
    shapes = _shapes(gray < 150)
    if not len(shapes.areas):
        return gray, []
    heights, widths = shapes.heights, shapes.widths
    letter = _letter_height(heights, widths)
    mark = (heights > 3.2 * letter) | (widths > 12 * letter) | (shapes.areas < 12)
    clean = gray.copy()
    clean[np.concatenate(([False], mark))[shapes.labels]] = 255
    for index in np.flatnonzero(mark).tolist():
        if _is_boxed_stamp(shapes, index, gray.shape):
            top, bottom, left, right = shapes.boxes[index]
            clean[top:bottom, left:right] = 255
    seals = [_box(shapes, index) for index in np.flatnonzero(_is_seal(shapes, letter)).tolist()]
    return clean, seals


def _is_seal(shapes: _Shapes, letter: float) -> Mask:
    """Round things: about as high as wide, at least seven letters of it, and mostly empty."""
    heights, widths = shapes.heights, shapes.widths
    square = (widths < 2.2 * heights) & (heights < 1.5 * widths)
    hollow = shapes.areas < 0.5 * heights * widths
    return square & hollow & (heights > 7 * letter) & (heights < 30 * letter)


def _box(shapes: _Shapes, index: int) -> Box:
    top, bottom, left, right = (int(value) for value in shapes.boxes[index])
    return left, top, right, bottom


def _shapes(dark: Mask) -> _Shapes:
    labels, count = ndimage.label(dark, structure=np.ones((3, 3)))
    found = ndimage.find_objects(labels)
    boxes = np.array([(s[0].start, s[0].stop, s[1].start, s[1].stop) for s in found], dtype=np.int64).reshape(-1, 4)
    return _Shapes(labels, boxes, np.bincount(labels.ravel(), minlength=count + 1)[1:])


def _letter_height(heights: NDArray[np.int64], widths: NDArray[np.int64]) -> float:
    letters = heights[(heights > 12) & (heights < 80) & (widths > 5) & (widths < 80)]
    return float(np.median(letters)) if len(letters) else 32.0


def _is_boxed_stamp(shapes: _Shapes, index: int, page: tuple[int, ...]) -> bool:
    """A drawn rectangle in the upper half, a tenth to half as wide as the page: ĐẾN, HOẢ TỐC, MẬT."""
    top, bottom, left, right = shapes.boxes[index]
    high, wide = bottom - top, right - left
    if not (0.1 < wide / page[1] < 0.45 and 0.02 < high / page[0] < 0.13 and top < page[0] / 2):
        return False
    own = shapes.labels[top:bottom, left:right] == index + 1
    edge = 12
    sides = (own[:edge].any(0), own[-edge:].any(0), own[:, :edge].any(1), own[:, -edge:].any(1))
    return min(float(side.mean()) for side in sides) > 0.5 and shapes.areas[index] < 0.35 * high * wide
