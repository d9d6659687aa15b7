"""A file that says under its title to which document it belongs answers for that document's number."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from qa.assistant import Assistant
from tests.qa.office import office_over

FORMS = """PHỤ LỤC
MẪU PHIẾU ĐĂNG KÝ NUÔI ONG
(Kèm theo Nghị định số 314/2031/NĐ-CP
ngày 05 tháng 3 năm 2031 của Chính phủ)

1. Mẫu số 01: Phiếu đăng ký áp dụng cho hộ nuôi ong lần đầu.
2. Mẫu số 02: Phiếu đăng ký áp dụng cho hộ chuyển đàn ong sang tỉnh khác.
3. Trường hợp chuyển đàn ong, hộ nuôi phải nộp phiếu trong thời hạn mười ngày, kể từ ngày nhận mẫu.
4. Hộ cận nghèo không phải đóng lệ phí đăng ký.
"""
RULES = """ỦY BAN NHÂN DÂN
TỈNH SƠN KHÊ
Số: 58/2031/QĐ-UBND
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Sơn Khê, ngày 12 tháng 4 năm 2031

QUYẾT ĐỊNH
Ban hành Quy chế sử dụng nhà kho

Điều 1. Kho
Kho mở cửa từ 7 giờ đến 17 giờ hằng ngày. Hội viên không đóng phí kho từ 02 (hai) năm trở lên bị xóa tên.

Ban Coi kho có 05 thành viên.

Điều 2. Kệ
Trường hợp kho có hai cửa, kích thước như sau:
- Kệ trái: cách cửa trái 15 mm.
Trường hợp kho có một cửa, kích thước như sau:
- Kệ trái: cách cửa trái 30 mm.

Điều 3. Sổ
Ban Giữ sổ có 03 thành viên do Chủ tịch cử.

CHỦ TỊCH
Lò Văn Thảo
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with office_over(tmp_path_factory.mktemp("appendices"), {"mau.txt": FORMS, "quy-che.txt": RULES}) as made:
        yield made


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ("Theo Nghị định 314/2031/NĐ-CP, hộ chuyển đàn ong sang tỉnh khác dùng mẫu số mấy?", "Mẫu số 02"),
        ("Phụ lục Nghị định 314/2031 cho hộ nuôi ong mấy ngày để nộp phiếu kể từ ngày nhận mẫu?", "mười ngày"),
        (
            "Theo phụ lục Nghị định 314/2031, hộ cận nghèo có phải nộp lệ phí đăng ký không?",
            "không phải đóng",
        ),
        ("Theo Quy chế 58/2031 thì kho mở cửa từ mấy giờ đến mấy giờ mỗi ngày?", "từ 7 giờ đến 17 giờ"),
        ("Không nộp phí kho bao lâu thì hội viên bị xóa tên?", "02 (hai) năm"),
        ("Kho có một cửa thì kệ trái cách cửa trái bao nhiêu mi-li-mét?", "30 mm"),
        ("Kho có hai cửa thì kệ trái cách cửa trái bao nhiêu mi-li-mét?", "15 mm"),
    ],
)
def test_what_belongs_to_a_document_answers_for_it(assistant: Assistant, asked: str, answer: str) -> None:
    assert answer in assistant.ask(asked).answer


def test_two_things_are_counted_in_their_own_places(assistant: Assistant) -> None:
    answer = assistant.ask("Theo Quy chế 58/2031, Ban Coi kho và Ban Giữ sổ có mấy thành viên?")
    assert "05 thành viên" in answer.answer
    assert "03 thành viên" in answer.answer


def test_the_line_that_names_the_document_answers_nothing(assistant: Assistant) -> None:
    answer = assistant.ask("Phụ lục kèm theo Nghị định 314/2031/NĐ-CP của Chính phủ nêu những hội nào?")
    assert "Kèm theo" not in answer.answer
