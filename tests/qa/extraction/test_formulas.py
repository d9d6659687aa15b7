"""Legal grounds of a specimen answer nothing; an abbreviation is answered where it stands in brackets."""

from __future__ import annotations

from pathlib import Path

import pytest

from qa.assemble import build_assistant
from qa.settings import load_settings

_GUIDE = """ỦY BAN NHÂN DÂN
XÃ BẢN MUA
Số: 17/HD-UBND
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Bản Mua, ngày 04 tháng 4 năm 2031

HƯỚNG DẪN
Lập sổ rừng cộng đồng

I. SỔ RỪNG
1. Sổ rừng gồm các thành phần: sơ đồ khu rừng, danh sách chủ rừng, nhật ký tuần tra.
2. Nhiệm vụ của TTRCĐ được ghi vào sổ.
3. Tổ tuần rừng cộng đồng (TTRCĐ) do dân bản cử ra.
II. MẪU SỔ
Căn cứ Nghị định số 812/2031/NĐ-CP ngày 05 tháng 3 năm 2031 của Chính phủ về sổ rừng cộng đồng;
Nay lập sổ như sau.
"""


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Sổ rừng theo nghị định về rừng cộng đồng gồm những thành phần nào?", "nhật ký tuần tra"),
        ("Trong sổ rừng, TTRCĐ nghĩa là gì?", "Tổ tuần rừng cộng đồng"),
    ],
)
def test_what_is_said_answers_before_what_only_repeats_the_words(tmp_path: Path, question: str, said: str) -> None:
    (tmp_path / "huong-dan.txt").write_text(_GUIDE, "utf-8")
    made = build_assistant(load_settings(tmp_path / "home", {}))
    made.library.add([tmp_path / "huong-dan.txt"])
    answer = made.ask(question).answer
    made.close()
    assert said in answer, answer
