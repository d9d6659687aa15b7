"""Character error rate of scans that have a transcription beside them."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from corpus.document import CorpusError, RawDocument
from corpus.pdf import read_pdf


@dataclass(frozen=True, slots=True)
class OcrScore:
    """One file: character error rate (0 is perfect), seconds of processor time a page, quality as the reader saw it."""

    file: str
    cer: float
    seconds_per_page: float
    pages: int
    quality: float | None
    error: str = ""


@dataclass(frozen=True, slots=True)
class OcrReport:
    """All files of a folder; `mean_cer` weighs them equally, `pages_per_minute` is for one core."""

    files: tuple[OcrScore, ...]
    mean_cer: float
    seconds_per_page: float
    pages_per_minute: float


def score_folder(folder: Path) -> OcrReport:
    """Read every `NAME.pdf` of the folder that has a `NAME.txt` and compare; a file that cannot be read scores 1."""
    files = tuple(_score(path) for path in sorted(folder.glob("*.pdf")) if path.with_suffix(".txt").is_file())
    if not files:
        raise FileNotFoundError(f"{folder}: không có cặp tệp TÊN.pdf và TÊN.txt nào")
    pages = sum(score.pages for score in files)
    seconds = sum(score.seconds_per_page * score.pages for score in files) / max(1, pages)
    mean = float(np.mean([score.cer for score in files]))
    return OcrReport(files, round(mean, 4), round(seconds, 2), round(60 / seconds, 1) if seconds else 0.0)


def _score(path: Path) -> OcrScore:
    truth = path.with_suffix(".txt").read_text(encoding="utf-8-sig")
    before = _processor_seconds()
    try:
        document = read_pdf(path)
    except CorpusError as error:
        return OcrScore(path.name, 1.0, 0.0, 1, None, str(error))
    seconds = (_processor_seconds() - before) / document.pages
    error_rate = character_error_rate(_text(document), truth)
    return OcrScore(path.name, round(error_rate, 4), round(seconds, 2), document.pages, document.quality)


def _processor_seconds() -> float:
    """User and system time of this process and of the tesseract processes that have ended."""
    return sum(os.times()[:4])


def _text(document: RawDocument) -> str:
    return "\n".join(line.text for line in document.lines)


def character_error_rate(read: str, truth: str) -> float:
    """Edit distance over the length of the truth; runs of whitespace count as one space."""
    read, truth = " ".join(read.split()), " ".join(truth.split())
    return edit_distance(read, truth) / max(1, len(truth))


def edit_distance(left: str, right: str) -> int:
    """Levenshtein distance, one row of the table at a time."""
    if not left or not right:
        return max(len(left), len(right))
    codes = np.array([ord(char) for char in right])
    steps = np.arange(len(right) + 1)
    row = steps.copy()
    for index, char in enumerate(left, 1):
        best = np.minimum(row[1:] + 1, row[:-1] + (codes != ord(char)))
        full = np.concatenate(([index], best))
        # A cell may also be its left neighbour plus one: a running minimum along the diagonal of ones.
        row = np.minimum.accumulate(full - steps) + steps
    return int(row[-1])
