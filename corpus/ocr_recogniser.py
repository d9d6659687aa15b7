"""PP-OCR's recogniser of one line: the model that the rapidocr package carries, run by onnxruntime; no network.

Only the model file of that package is used: importing the package itself would load OpenCV and log to standard error.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PIL import Image

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

_HEIGHT = 48
# Pixels of a line of that height for each step of the model's answer.
_STRIDE = 8
_LEAST_WIDTH = 160


@dataclass(frozen=True, slots=True)
class Seen:
    """A character, and where in the line it was seen: x in pixels of the image given."""

    char: str
    x: float


@dataclass(frozen=True, slots=True)
class _Model:
    session: InferenceSession
    characters: tuple[str, ...]


def is_installed() -> bool:
    """Whether the model and what runs it are there."""
    return _model_file() is not None and find_spec("onnxruntime") is not None


def read_lines(images: Sequence[Image.Image]) -> list[list[Seen]]:
    """The characters of images that hold one line each, from left to right."""
    model = _model()
    widths = [max(_STRIDE, round(image.width * _HEIGHT / max(1, image.height))) for image in images]
    batch = np.zeros((len(images), 3, _HEIGHT, max([_LEAST_WIDTH, *widths])), dtype=np.float32)
    for place, (image, width) in enumerate(zip(images, widths, strict=True)):
        gray = image.convert("L").resize((width, _HEIGHT), Image.Resampling.BILINEAR)
        batch[place, :, :, :width] = np.asarray(gray, dtype=np.float32) / 127.5 - 1
    chances = model.session.run(None, {model.session.get_inputs()[0].name: batch})[0]
    return [
        _seen(rows[: -(-width // _STRIDE)], model.characters, _STRIDE * image.width / width)
        for rows, width, image in zip(chances, widths, images, strict=True)
    ]


def _seen(chances: NDArray[np.float32], characters: Sequence[str], step: float) -> list[Seen]:
    """Greedy CTC decoding: the likeliest character of each step, repetitions once, blanks (0) left out."""
    best = chances.argmax(axis=1)
    first = np.concatenate(([True], best[1:] != best[:-1]))
    return [Seen(characters[best[place]], (place + 0.5) * step) for place in np.flatnonzero(first & (best > 0))]


@lru_cache(maxsize=1)
def _model_file() -> Path | None:
    spec = find_spec("rapidocr")
    folders = spec.submodule_search_locations if spec else None
    return next((file for folder in folders or [] for file in Path(folder).glob("models/*_rec_*.onnx")), None)


@lru_cache(maxsize=1)
def _model() -> _Model:
    from onnxruntime import InferenceSession, SessionOptions

    options = SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1  # as many pages as processors are read at a time
    options.log_severity_level = 4
    session = InferenceSession(str(_model_file()), options, providers=["CPUExecutionProvider"])
    characters = session.get_modelmeta().custom_metadata_map["character"].splitlines()
    return _Model(session, ("", *characters, " "))
