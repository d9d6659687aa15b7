"""Which thing is asked for: a sentence that only counts such things, or speaks of another class, does not answer."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from qa.assistant import Assistant
from qa.extraction.named import asks_one, only_counts
from qa.extraction.others import lacks_class
from qa.language.units import Words
from qa.language.words import tokenise
from qa.types import REFUSAL
from qa.understanding.question import understand
from tests.qa.office import office_over

REPORT = """UBND HUYỆN SƠN KHÊ
Số: 78/BC-UBND
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Sơn Khê, ngày 4 tháng 5 năm 2024

BÁO CÁO
Kết quả xây dựng sản phẩm đặc trưng

I. SẢN PHẨM
Tỉnh công nhận 02 sản phẩm OCOP đạt hạng 5 sao, 06 sản phẩm đạt hạng 4 sao. Các hộ dự hội thi “Phân hạng sản phẩm OCOP”.
Huyện có 03 sản phẩm OCOP đạt 3 sao (mật ong, táo mèo khô, rượu ngô).

II. ĐẢNG VIÊN
Toàn huyện có 640 đảng viên dự hội nghị học tập nghị quyết.
Công ty Mắc ca Tà Sủng trồng 12 ha mắc ca với 40 hộ.
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with office_over(tmp_path_factory.mktemp("which"), {"bao-cao-78.txt": REPORT}) as made:
        yield made


@pytest.mark.parametrize(
    "question",
    [
        "Sản phẩm OCOP hạng 5 sao của Sơn Khê tên là gì?",
        "Mặt hàng nào của Sơn Khê đạt OCOP 5 sao?",
        "Bao nhiêu đảng viên Sơn Khê bị khai trừ vì vắng họp?",
        "Công ty Mắc ca Tà Sủng thuê đất trồng mắc ca trong mấy năm?",
    ],
)
def test_what_is_only_counted_or_of_another_class_is_not_told(assistant: Assistant, question: str) -> None:
    assert assistant.ask(question).answer == REFUSAL


@pytest.mark.parametrize(
    ("question", "fact"),
    [
        ("Sản phẩm OCOP 3 sao của Sơn Khê là sản phẩm gì?", "táo mèo khô"),
        ("Sơn Khê có bao nhiêu sản phẩm OCOP đạt 5 sao?", "02 sản phẩm"),
        ("Bao nhiêu đảng viên Sơn Khê dự hội nghị học tập nghị quyết?", "640 đảng viên"),
    ],
)
def test_what_is_told_is_answered(assistant: Assistant, question: str, fact: str) -> None:
    assert fact in assistant.ask(question).answer


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("Huyện triển khai 04 mô hình trong năm 2023.", True),
        ("Huyện triển khai 04 mô hình, gồm: nuôi ong, trồng sâm.", False),
        ("Huyện triển khai 02 mô hình trồng Sâm Lai Châu.", False),
        ("Huyện triển khai 02 mô hình tại xã Tà Sủng.", True),
        ("Mô hình nuôi ong đạt kết quả tốt.", False),
    ],
)
def test_a_number_of_things_is_no_name(text: str, counts: bool) -> None:
    assert only_counts(understand("Huyện triển khai mô hình nào?"), text) is counts


@pytest.mark.parametrize(
    ("said", "lacks"),
    [
        ("thủ tục trực tuyến mức độ 3, 4", False),
        ("thủ tục trực tuyến mức 4", False),
        ("thủ tục trực tuyến mức độ 3", True),
        ("4 thủ tục trực tuyến", True),
    ],
)
def test_the_figure_of_a_class_stands_as_one(said: str, lacks: bool) -> None:
    question = understand("Có bao nhiêu thủ tục trực tuyến mức độ 4?")
    assert lacks_class(question, Words(tokenise(said))) is lacks


@pytest.mark.parametrize(
    ("question", "one"),
    [
        ("Trạm y tế dùng phần mềm gì để hẹn lịch khám?", True),
        ("Trạm y tế dùng những phần mềm gì?", False),
        ("Phần mềm của trạm y tế gồm phần mềm gì?", False),
        ("Trạm y tế có mấy phần mềm?", False),
    ],
)
def test_one_thing_of_a_class_is_no_list(question: str, one: bool) -> None:
    assert asks_one(understand(question)) is one


@pytest.mark.parametrize("question", ["Rượu ngô do hợp tác xã hay hộ nào sản xuất?", "Rượu ngô do cơ sở nào sản xuất?"])
def test_a_business_that_is_not_named_is_not_told(assistant: Assistant, question: str) -> None:
    assert assistant.ask(question).answer == REFUSAL


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Sáp nhập những thôn nào?", "Sáp nhập hai thôn Nậm Pắc và Tà Làng."),
        ("Mô hình trồng nấm hương triển khai tại những xã nào?", "Triển khai tại 02 xã Tà Sủng và Nậm Vai."),
        ("Những trường nào đạt chuẩn?", "Có 04 trường Mầm non Hoa Mai, Hoa Lan đạt chuẩn."),
        ("Đề tài nào được nghiệm thu?", "Nghiệm thu 02 đề tài về nuôi ong và ủ phân."),
        ("Hỗ trợ những xã nào?", "Hỗ trợ 02 hợp tác xã Suối Cát, xã Tà Sủng."),
    ],
)
def test_names_right_behind_a_number_are_names(question: str, text: str) -> None:
    assert not only_counts(understand(question), text)
