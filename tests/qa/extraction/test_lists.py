"""Long lists say how many of their items they leave out, and that line passes verification."""

from __future__ import annotations

from pathlib import Path

import pytest

from qa.assemble import build_assistant
from qa.extraction.shortening import shorten
from qa.settings import load_settings


@pytest.mark.parametrize("limit", [200, 400, 900])
def test_what_is_left_out_is_counted(limit: int) -> None:
    items = [f"{number}) Rà soát tuyến đường liên bản thuộc nhóm ưu tiên của xã" for number in range(1, 40)]
    lines = shorten(items, limit)
    kept = len(lines) - 1
    assert 0 < kept < 39
    assert lines[-1] == f"… (còn {39 - kept} mục, xem nguồn)"
    assert sum(len(line) + 1 for line in lines) <= limit + 1


def test_a_list_that_fits_is_whole() -> None:
    assert shorten(["Một là, chè", "Hai là, ngô"], 100) == ["Một là, chè", "Hai là, ngô"]


def test_a_long_list_is_answered_with_its_count(tmp_path: Path) -> None:
    lines = "\n".join(
        f"- Đầu tư tuyến đường bản {name} đi trung tâm xã, bảo đảm xe qua lại bốn mùa;" for name in _NAMES
    )
    path = tmp_path / "ke-hoach.txt"
    path.write_text(f"{_HEADER}\nII. Nhiệm vụ\n{lines}\n", "utf-8")
    made = build_assistant(load_settings(tmp_path / "home", {}))
    made.library.add([path])
    answer = made.ask("Nhiệm vụ của Kế hoạch 61/KH-UBND là gì?")
    made.close()
    shown = answer.answer.count("Đầu tư")
    assert f"… (còn {len(_NAMES) - shown} mục, xem nguồn) [1]" in answer.answer
    assert 0 < shown < len(_NAMES)
    assert answer.dropped == ()


_NAMES = [f"{first} {second}" for first in ("Nà", "Pá", "Tà", "Huổi", "Lùng", "Sin", "Phìn", "Cò")
          for second in ("Lo", "Hin", "Mùa", "Sáy", "Cang")]  # fmt: skip
_HEADER = """ỦY BAN NHÂN DÂN HUYỆN MƯỜNG LAI
Số: 61/KH-UBND
Mường Lai, ngày 10 tháng 01 năm 2023

KẾ HOẠCH
Phát triển giao thông nông thôn năm 2023

I. Mục đích
Nối các bản với trung tâm xã."""
