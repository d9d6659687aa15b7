"""The error rate of OCR."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.ocr import character_error_rate, edit_distance, score_folder
from tests.corpus.pdfs import make_pdf

WORDS = st.text(alphabet="aăâ bđ", max_size=14)


def _slow(left: str, right: str) -> int:
    row = list(range(len(right) + 1))
    for index, char in enumerate(left, 1):
        fresh = [index]
        for place, other in enumerate(right, 1):
            fresh.append(min(row[place] + 1, fresh[-1] + 1, row[place - 1] + (char != other)))
        row = fresh
    return row[-1]


@given(WORDS, WORDS)
def test_the_fast_distance_is_the_slow_one(left: str, right: str) -> None:
    assert edit_distance(left, right) == _slow(left, right)


def test_whitespace_does_not_count() -> None:
    assert character_error_rate("Căn  cứ\nLuật", "Căn cứ Luật\n") == 0.0
    assert character_error_rate("Can cứ Luật", "Căn cứ Luật") == pytest.approx(1 / 11)


def test_a_folder_is_scored_file_by_file(tmp_path: Path) -> None:
    text = "Báo cáo kết quả trồng rừng"
    (tmp_path / "a.pdf").write_bytes(make_pdf([[(85, 100, text, 12)]]))
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    (tmp_path / "b.pdf").write_bytes(b"hong")
    (tmp_path / "b.txt").write_text(text, encoding="utf-8")
    (tmp_path / "c.pdf").write_bytes(b"khong co ban go")
    report = score_folder(tmp_path)
    assert [(score.file, score.cer) for score in report.files] == [("a.pdf", 0.0), ("b.pdf", 1.0)]
    assert report.mean_cer == 0.5
    assert "hỏng" in report.files[1].error


def test_a_folder_without_pairs_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"TÊN\.txt"):
        score_folder(tmp_path)
