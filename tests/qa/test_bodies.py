"""Which body a sentence speaks of: its level, its count, its name; and what an invitation says."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from qa.assistant import Assistant
from tests.qa.office import office_over

_DECREE = """CHÍNH PHỦ
Số: 812/2031/NĐ-CP
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Hà Nội, ngày 05 tháng 3 năm 2031

NGHỊ ĐỊNH
Về kiểm lâm và quản lý rừng cộng đồng

Điều 1. Hạt kiểm lâm
1. Hạt trưởng Hạt kiểm lâm do Giám đốc Sở Nông nghiệp cấp tỉnh bổ nhiệm.
Điều 2. Đại hội chủ rừng
1. Ngày khai mạc đại hội chủ rừng được công bố chậm nhất 40 ngày trước đại hội.
Điều 3. Tổ tuần rừng
1. Tổ tuần rừng số 01: tuần tra khu rừng Khe Lim.
2. Tổ tuần rừng số 02: tuần tra khu rừng Suối Hoa.
3. Thư ký của các tổ ghi nhật ký.
"""
_INVITATION = """HỘI ĐỒNG NHÂN DÂN
HUYỆN SƠN KHÊ
Số: 31/GM-HĐND
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Sơn Khê, ngày 12 tháng 4 năm 2031

GIẤY MỜI
Kính gửi: ……………………

Để chuẩn bị kỳ họp giữa năm, Hội đồng nhân dân huyện mở hội thảo góp ý đề án du lịch cộng đồng, cụ thể như sau:
1. Thời gian:
8 giờ 30 phút, ngày 20/4/2031.
2. Địa điểm:
Hội trường tầng 3, trụ sở huyện.
Nơi nhận:
- Như trên.
"""
_LETTER = """SỞ NỘI VỤ
TỈNH SƠN KHÊ
Số: 95/SNV-TC
Sơn Khê, ngày 02 tháng 5 năm 2031
V/v đại hội các hội

Kính gửi: Ủy ban nhân dân tỉnh
1. Hội Nuôi ong tổ chức đại hội lần thứ IV vào tháng 6 năm 2031, có 45 đại biểu.
2. Hội Làm gốm xin giải thể.
"""


@pytest.fixture(scope="module")
def bodies(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """An assistant over a decree, an invitation and a letter on associations."""
    texts = {"nghi-dinh.txt": _DECREE, "giay-moi.txt": _INVITATION, "cong-van.txt": _LETTER}
    with office_over(tmp_path_factory.mktemp("bodies"), texts) as made:
        yield made


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Ai bổ nhiệm Hạt trưởng Hạt kiểm lâm theo Nghị định 812/2031/NĐ-CP?", "Giám đốc Sở Nông nghiệp"),
        ("Tổ tuần rừng số 2 tuần tra khu rừng nào?", "Suối Hoa"),
        ("Hội thảo góp ý đề án du lịch cộng đồng diễn ra ở đâu?", "Hội trường tầng 3"),
        ("Hội thảo góp ý đề án du lịch cộng đồng mở vào ngày nào?", "20/4/2031"),
        ("Đại hội của Hội Nuôi ong là lần thứ mấy?", "lần thứ IV"),
    ],
)
def test_the_body_that_is_asked_about_answers(bodies: Assistant, question: str, said: str) -> None:
    assert said in bodies.ask(question).answer


@pytest.mark.parametrize(
    "question",
    [
        "Ai bổ nhiệm Hạt trưởng Hạt kiểm lâm huyện theo Nghị định 812/2031/NĐ-CP?",
        "Đại hội chủ rừng khóa XXIII khai mạc ngày nào?",
        "Tổ tuần rừng số 3 tuần tra khu rừng nào?",
        "Đại hội của Hội Thêu ren là lần thứ mấy?",
    ],
)
def test_what_is_said_of_another_body_is_no_answer(bodies: Assistant, question: str) -> None:
    answer = bodies.ask(question)
    assert answer.refused, answer.answer
