"""Invitations and slips: the entry that is asked for, whole, and nothing of another event."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from qa.assistant import Assistant
from qa.understanding.question import understand
from tests.qa.office import office_over

INVITATION = """ỦY BAN NHÂN DÂN
HUYỆN BẢN LŨNG
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 41/GM-UBND
Bản Lũng, ngày 3 tháng 4 năm 2023
GIẤY MỜI
Để chuẩn bị Hội nghị tổng kết mùa vụ, UBND huyện Bản Lũng tổ chức cuộc họp bàn công tác thủy lợi, cụ thể như sau:
1. Thành phần:
- Lãnh đạo UBND huyện;
- Trưởng phòng Nông nghiệp;
- Chủ tịch UBND các xã.
2. Thời gian:
8 giờ 30 phút, ngày 12/4/2023 (thứ tư).
3. Địa điểm:
Phòng họp tầng 3, trụ sở UBND huyện.
Nơi nhận:
- Như trên;
- Lưu: VT.
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH
Hà Văn Sủng
"""
SLIP = """VĂN PHÒNG UBND HUYỆN BẢN LŨNG
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Bản Lũng, ngày 9 tháng 5 năm 2023
PHIẾU TRÌNH GIẢI QUYẾT CÔNG VIỆC
Kính gửi:
- Lãnh đạo UBND huyện;
- Chánh Văn phòng.
1. Vấn đề trình: Phê duyệt Điều lệ Hội Nuôi ong Bản Lũng.
2. Thời gian xử lý: 12 ngày, bắt đầu từ ngày 9/5/2023.
3. Cơ quan trình: Phòng Nội vụ.
4. Ý kiến chuyên viên:
Chuyên viên thống nhất với đề xuất của Phòng Nội vụ.

Chuyên viên theo dõi: Lường Thị Páo
5. Ý kiến của Lãnh đạo Văn phòng:
Đồng ý với đề xuất của Phòng Nội vụ.
"""


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with office_over(tmp_path_factory.mktemp("forms"), {"moi.txt": INVITATION, "phieu.txt": SLIP}) as made:
        yield made


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Cuộc họp bàn công tác thủy lợi huyện Bản Lũng diễn ra lúc nào?", ["8 giờ 30 phút", "12/4/2023"]),
        ("Thời gian họp bàn công tác thủy lợi huyện Bản Lũng là ngày nào?", ["12/4/2023"]),
        ("Cuộc họp bàn công tác thủy lợi huyện Bản Lũng ở chỗ nào?", ["Phòng họp tầng 3"]),
        ("hop ban cong tac thuy loi huyen ban lung o dau", ["Phòng họp tầng 3"]),
        ("Thời gian và địa điểm họp bàn công tác thủy lợi huyện Bản Lũng?", ["12/4/2023", "Phòng họp tầng 3"]),
        ("Giấy mời họp bàn công tác thủy lợi mời những ai?", ["Lãnh đạo UBND", "Nông nghiệp", "Chủ tịch UBND các xã"]),
        ("Thành phần cuộc họp bàn công tác thủy lợi gồm những ai?", ["Lãnh đạo UBND", "Chủ tịch UBND các xã"]),
        ("Ai ký giấy mời họp bàn công tác thủy lợi?", ["Hà Văn Sủng"]),
        ("Giấy mời họp bàn công tác thủy lợi ký ngày nào?", ["3/4/2023"]),
        ("Phiếu trình về Hội Nuôi ong cho xử lý trong mấy ngày?", ["12 ngày"]),
        ("Thời gian xử lý của phiếu trình Điều lệ Hội Nuôi ong?", ["12 ngày"]),
        ("Chuyên viên nào theo dõi phiếu trình về Hội Nuôi ong?", ["Lường Thị Páo"]),
        ("Cơ quan trình trong phiếu trình Hội Nuôi ong là cơ quan nào?", ["Phòng Nội vụ"]),
        ("Phiếu trình về Hội Nuôi ong kính gửi ai?", ["Lãnh đạo UBND huyện", "Chánh Văn phòng"]),
    ],
)
def test_the_entry_answers_that_is_asked_for(office: Assistant, question: str, expected: list[str]) -> None:
    answer = office.ask(question)
    assert all(words in answer.answer for words in expected)


@pytest.mark.parametrize(
    "question",
    [
        "Hội nghị tổng kết mùa vụ huyện Bản Lũng diễn ra ngày nào?",
        "Cơ quan trình trong phiếu trình về Hội Làm vườn là cơ quan nào?",
        "Thời gian xử lý của phiếu trình về Hội Làm vườn là bao lâu?",
    ],
)
def test_another_event_or_slip_is_told_nothing_of(office: Assistant, question: str) -> None:
    assert office.ask(question).refused


@pytest.mark.parametrize(
    ("question", "dated"),
    [
        ("Kế hoạch tập huấn nộp ngày nào?", False),
        ("Thời gian cài đặt trong kế hoạch tập huấn là ngày nào?", False),
        ("Kế hoạch tập huấn đề ngày nào?", True),
        ("Thời gian ban hành kế hoạch tập huấn là ngày nào?", True),
    ],
)
def test_a_day_in_a_document_is_no_day_of_issue(question: str, dated: bool) -> None:
    assert ("issued_on" in understand(question).fields) is dated


NEWS = """UBND HUYỆN BẢN LŨNG
Số: 52/BC-UBND
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Bản Lũng, ngày 20 tháng 6 năm 2023

BÁO CÁO
Kết quả khuyến nông

I. HỢP TÁC XÃ
Hợp tác xã Suối Cát thành lập ngày 5/6/2019, đặt tại bản Nậm Pắc, Giám đốc là ông Lò Văn Biên.
II. TẬP HUẤN
Lớp học nghề dệt thổ cẩm mở tại xã Tà Sủng, khai giảng ngày 2/6/2023.
Cuộc họp bàn công tác thủy lợi có 45 người dự, chi 5 triệu đồng tiền nước.
Đề nghị các xã gửi tham luận cho cuộc họp bàn công tác thủy lợi trước ngày 8/4/2023.
"""


@pytest.fixture(scope="module")
def district(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    invited = INVITATION.replace("- Trưởng phòng Nông nghiệp;", "- Giám đốc Hợp tác xã Suối Cát;")
    with office_over(tmp_path_factory.mktemp("news"), {"moi.txt": invited, "bao-cao.txt": NEWS}) as made:
        yield made


@pytest.mark.parametrize(
    ("question", "fact"),
    [
        ("Giám đốc Hợp tác xã Suối Cát là ai?", "Lò Văn Biên"),
        ("Hợp tác xã Suối Cát đặt ở đâu?", "Nậm Pắc"),
        ("Hợp tác xã Suối Cát thành lập ngày nào?", "5/6/2019"),
        ("Lớp học nghề dệt thổ cẩm khai giảng ngày nào?", "2/6/2023"),
        ("Gửi tham luận cho cuộc họp bàn công tác thủy lợi trước ngày nào?", "8/4/2023"),
        ("Cuộc họp bàn công tác thủy lợi diễn ra ngày nào?", "12/4/2023"),
        ("Cuộc họp bàn công tác thủy lợi ở đâu và có bao nhiêu người dự?", "45 người"),
    ],
)
def test_an_invitation_answers_only_of_its_own_event(district: Assistant, question: str, fact: str) -> None:
    assert fact in district.ask(question).answer


def test_an_invitation_of_one_year_answers_for_no_other(district: Assistant) -> None:
    assert "12/4/2023" not in district.ask("Cuộc họp bàn công tác thủy lợi năm 2021 diễn ra ngày nào?").answer
