"""What is spent is not answered by what came in."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.qa.office import office_over

REPORT = """ỦY BAN NHÂN DÂN HUYỆN MƯỜNG LAI
Số: 78/BC-UBND
Mường Lai, ngày 10 tháng 12 năm 2023

BÁO CÁO
Kết quả thực hiện nhiệm vụ năm 2023

1. Thu, chi ngân sách
Thu ngân sách trên địa bàn đạt 71,5 tỷ đồng, bằng 102% dự toán.
{spent}
2. Văn hóa
Huyện có 14 đội văn nghệ.
"""


@pytest.mark.parametrize(("spent", "said"), [("", ""), ("Chi ngân sách cả năm là 512 tỷ đồng.", "512 tỷ đồng")])
def test_spending_is_no_revenue(tmp_path: Path, spent: str, said: str) -> None:
    with office_over(tmp_path, {"bao-cao.txt": REPORT.format(spent=spent)}) as office:
        answer = office.ask("Tổng chi ngân sách của huyện năm 2023?")
    assert answer.refused if not said else said in answer.answer
    assert "71,5" not in answer.answer
