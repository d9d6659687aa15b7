"""Legal grounds of a specimen answer nothing; an abbreviation is answered where it stands in brackets."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.qa.office import office_over

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
    with office_over(tmp_path, {"huong-dan.txt": _GUIDE}) as made:
        answer = made.ask(question).answer
    assert said in answer, answer
