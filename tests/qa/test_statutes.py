"""Questions on statutes, assignments and letters: numbers in words, spans, people in headings, closing formulas."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from qa.assistant import Assistant
from tests.qa.office import office_over

_HEAD = """ỦY BAN NHÂN DÂN
TỈNH {place}
Số: {number}
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
{place}, ngày 05 tháng 3 năm 2024

QUYẾT ĐỊNH
{subject}

"""
_STATUTE = (
    _HEAD.format(place="Sơn Khê", number="41/QĐ-UBND", subject="Ban hành quy chế quản lý bến thuyền du lịch")
    + """Điều 1. Hội đồng bến thuyền
1. Hội đồng bến thuyền có từ mười một đến mười lăm ủy viên.
2. Phiên họp của Hội đồng bến thuyền chỉ được tiến hành khi có ít nhất ba phần tư số ủy viên tham dự.
Điều 2. Xử lý vi phạm của chủ thuyền
1. Cảnh cáo chủ thuyền nộp sổ hành khách chậm trên 5 ngày đến 10 ngày so với thời hạn.
2. Đình chỉ chủ thuyền nộp sổ hành khách chậm trên 10 ngày đến 20 ngày so với thời hạn.
3. Chủ thuyền được neo đậu qua đêm nếu bảo đảm các điều kiện sau đây và được Trưởng ban Quản lý bến thuyền cho phép:
a) Có đèn tín hiệu;
b) Có người trực trên thuyền.
Điều 3. Phân công các ủy viên
1. Ông Lò Văn Sơn
a) Theo dõi việc đăng kiểm thuyền gỗ.
b) Theo dõi việc bán vé cho hành khách.
2. Bà Hoàng Thị Mận
a) Theo dõi việc nạo vét luồng lạch.
Trên đây là quy chế quản lý bến thuyền du lịch, các đơn vị triển khai nạo vét luồng lạch, đăng kiểm thuyền gỗ./.
"""
)
_STATUTE += """Điều 4. Hiệu lực
1. Những nội dung khác của Quyết định số 12/2019/QĐ-UBND ngày 09 tháng 8 năm 2019 vẫn có hiệu lực.
2. Quy chế này có hiệu lực thi hành kể từ ngày 15 tháng 6 năm 2024.
"""
_LAW = """QUỐC HỘI
Luật số: 91/2031/QH18

LUẬT
BẢO VỆ NGUỒN NƯỚC

Điều 1. Giếng khoan
1. Giếng khoan phải cách bãi rác ít nhất 350 m.
"""
_LETTER = """SỞ NỘI VỤ
TỈNH SƠN KHÊ
Số: 77/TTr-SNV
Sơn Khê, ngày 20 tháng 4 năm 2024

TỜ TRÌNH
Về kết quả đại hội Hội Nuôi ong tỉnh Sơn Khê

Sở Nội vụ nhận được Công văn số 06/HNO SK ngày 11/4/2024 của Hội Nuôi ong về việc báo cáo kết quả đại hội của Hội.
- Phó Chủ tịch: Ông Vừ A Páo, bà Lý Thị Chúc.
Hội Nuôi ong lùi lịch quay mật do mưa kéo dài.
"""


@pytest.fixture(scope="module")
def clerk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    texts = {"quy-che.txt": _STATUTE, "luat.txt": _LAW, "to-trinh.txt": _LETTER}
    with office_over(tmp_path_factory.mktemp("statutes"), texts) as made:
        yield made


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Hội đồng bến thuyền có từ mấy đến mấy ủy viên?", "mười một đến mười lăm"),
        ("Phiên họp Hội đồng bến thuyền cần bao nhiêu ủy viên tham dự?", "ba phần tư"),
        ("Chủ thuyền nộp sổ hành khách chậm 8 ngày bị kỷ luật gì?", "Cảnh cáo"),
        ("Chủ thuyền nộp sổ hành khách chậm 14 ngày bị kỷ luật gì?", "Đình chỉ"),
        ("Ai cho phép chủ thuyền neo đậu qua đêm?", "Trưởng ban Quản lý"),
        ("Ông bà nào theo dõi việc nạo vét luồng lạch?", "Hoàng Thị Mận"),
        ("Theo Luật BVNN, giếng khoan phải cách bãi rác bao nhiêu mét?", "350 m"),
        ("Quyết định 41/QĐ-UBND về bến thuyền có hiệu lực từ ngày nào?", "15 tháng 6 năm 2024"),
        ("Quyết định 41/QĐ-UBND bắt đầu áp dụng từ ngày nào?", "15 tháng 6 năm 2024"),
        ("Cho biết tên các phó chủ tịch Hội Nuôi ong.", "Vừ A Páo"),
    ],
)
def test_statutes_and_letters_are_answered(clerk: Assistant, question: str, said: str) -> None:
    assert said in clerk.ask(question).answer


def test_the_heading_that_names_a_person_is_cited(clerk: Assistant) -> None:
    found = clerk.ask("Ông bà nào theo dõi việc bán vé cho hành khách?")
    assert "Lò Văn Sơn" in found.answer
    assert found.citations[0].section == ("Điều 3", "1")


def test_the_date_of_a_cited_letter_is_no_day_of_an_event(clerk: Assistant) -> None:
    assert clerk.ask("Đại hội của Hội Nuôi ong tỉnh Sơn Khê diễn ra ngày nào?").refused


def test_any_other_day_is_no_day_of_effect(clerk: Assistant) -> None:
    assert clerk.ask("Luật Bảo vệ nguồn nước bắt đầu áp dụng từ ngày nào?").refused
    assert clerk.ask("Hội Nuôi ong tỉnh Sơn Khê áp dụng điều lệ từ khi nào?").refused


def test_what_only_says_it_again_is_no_reason(clerk: Assistant) -> None:
    assert clerk.ask("Vì sao chủ thuyền bị đình chỉ khi nộp sổ hành khách chậm 14 ngày?").refused
    assert "mưa kéo dài" in clerk.ask("Vì sao Hội Nuôi ong lùi lịch quay mật?").answer
