"""What a sentence sums up and its footnote takes apart: the sum is asked for, unless the question names a part."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from qa.assistant import Assistant
from tests.qa.office import office_over

REPORT = """UBND HUYỆN SƠN KHÊ
Số: 77/BC-UBND
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Sơn Khê, ngày 4 tháng 5 năm 2024

BÁO CÁO
Kết quả tuyên truyền phòng cháy rừng

I. TUYÊN TRUYỀN
Kết quả, toàn huyện mở 46 hội nghị¹ tuyên truyền phòng cháy rừng, với 1.200 lượt người; phát 3.500 tờ rơi, ký cam kết
với 640 hộ gia đình có nương gần rừng, lắp 28 biển báo ở các ngã ba và 12 loa phát thanh.

II. CHĂN NUÔI GẦN RỪNG
Đến nay có 06 trại dê quy mô trên 20 con²; 04 trại bò quy mô trên 30 con³.

III. CÂY TRỒNG TRÊN ĐẤT RỪNG
Huyện mở rộng diện tích trồng quế chất lượng cao ở Bản Mòng, Tà Sủng; quế hữu cơ 61 ha, quế theo chuẩn VietGAP 18,5 ha.
Đến nay, tổng diện tích quế toàn huyện đạt 1.326 ha, sản lượng vỏ quế khô đạt 410 tấn.
Tỉnh công nhận 02 sản phẩm quế đạt hạng 4 sao và 05 sản phẩm quế đạt hạng 3 sao. Các hộ tích cực tham gia.
Hợp tác xã Suối Cát ký hợp đồng bao tiêu vỏ quế với 85 hộ ở Tà Sủng.

IV. LỰC LƯỢNG
Các xã có 31 tổ bảo vệ rừng, mỗi tổ được trang bị loa cầm tay.

Nơi nhận:
- Lưu: VT.
CHỦ TỊCH
Vàng A Páo

¹ Hạt Kiểm lâm mở 05 hội nghị tuyên truyền phòng cháy rừng, các xã mở 41 hội nghị.
² Trại dê, bò thả chung trên 30 con ở Bản Mòng 04 trại; Tà Sủng 02 trại.
³ Đồng Thái 03 trại; Chiềng Va 01 trại.
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with office_over(tmp_path_factory.mktemp("whole"), {"bao-cao-77.txt": REPORT}) as made:
        yield made


@pytest.mark.parametrize(
    ("question", "fact"),
    [
        ("Huyện đã mở tất cả mấy cuộc hội nghị tuyên truyền phòng cháy rừng?", "46 hội nghị"),
        ("Hạt Kiểm lâm mở bao nhiêu hội nghị tuyên truyền?", "05 hội nghị"),
    ],
)
def test_the_sum_comes_before_its_parts(assistant: Assistant, question: str, fact: str) -> None:
    assert fact in assistant.ask(question).answer


def test_the_footnote_that_is_shown_stands_at_the_asked_words(assistant: Assistant) -> None:
    answer = assistant.ask("Các trại bò trên 30 con phân bố thế nào?").answer
    assert "Đồng Thái 03 trại" in answer
    assert "Bản Mòng" not in answer


def test_no_footnote_of_another_sentence_is_shown(assistant: Assistant) -> None:
    answer = assistant.ask("Lực lượng bảo vệ rừng của các xã được trang bị gì?")
    assert "loa cầm tay" in answer.answer
    assert len(answer.citations) == 1


@pytest.mark.parametrize(
    "question",
    [
        "Huyện Sơn Khê có bao nhiêu ha quế?",
        "diện tích trồng quế của huyện",
        "Huyện trồng được mấy ha quế rồi?",
        "Cả thảy bao nhiêu héc ta quế vậy?",
    ],
)
def test_an_unqualified_quantity_is_the_total(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question).answer
    assert "1.326 ha" in answer
    assert "18,5" not in answer


def test_a_named_part_is_not_the_total(assistant: Assistant) -> None:
    answer = assistant.ask("Huyện có bao nhiêu ha quế VietGAP?").answer
    assert "18,5 ha" in answer
    assert "1.326" not in answer


@pytest.mark.parametrize(
    "question",
    [
        "Sản phẩm quế đạt hạng 4 sao là sản phẩm gì?",
        "Sản phẩm nào của huyện đạt hạng 4 sao?",
        "Cho hỏi tên sản phẩm quế 3 sao",
        # No such class is spoken of.
        "Huyện có bao nhiêu sản phẩm quế đạt hạng 5 sao?",
        # The contract is told, how long it runs is not.
        "Hợp tác xã Suối Cát ký hợp đồng bao tiêu vỏ quế trong mấy năm?",
        "Hợp tác xã Suối Cát bao tiêu vỏ quế trong bao lâu?",
    ],
)
def test_what_is_only_counted_has_no_name_and_no_length(assistant: Assistant, question: str) -> None:
    assert assistant.ask(question).refused


def test_what_is_counted_is_told(assistant: Assistant) -> None:
    assert "02 sản phẩm" in assistant.ask("Huyện có bao nhiêu sản phẩm quế đạt hạng 4 sao?").answer


OTHER_TOTALS = """UBND HUYỆN SƠN KHÊ
Số: 79/BC-UBND
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Sơn Khê, ngày 4 tháng 5 năm 2023

BÁO CÁO
Tình hình kinh tế năm 2022

I. TRỒNG TRỌT
Năm 2022, diện tích lúa nương là 210 ha. Theo quy hoạch đến năm 2030, tổng diện tích lúa nương của cả tỉnh là 9.500 ha.
Sản lượng ngô của huyện đạt 3.200 tấn, sản lượng ngô vụ xuân đạt 1.100 tấn. Tổng sản lượng ngô cả tỉnh đạt 90.000 tấn.
Trên địa bàn có 38 ha hồi cho thu hoạch. Tổng diện tích đất nông nghiệp toàn huyện 7.300 ha.

II. RỪNG
Tổng diện tích rừng của huyện 18.200 ha. Diện tích rừng bị cháy trong năm là 3,5 ha.
Kinh phí sửa đường là 2 tỷ đồng. Tổng giám đốc Công ty Hoa Lư ủng hộ kinh phí sửa cầu 9 tỷ đồng.

III. NGÂN SÁCH
Thu ngân sách địa phương đạt 45 tỷ đồng. Tổng chi ngân sách địa phương 612 tỷ đồng.
"""


@pytest.fixture(scope="module")
def economy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with office_over(tmp_path_factory.mktemp("totals"), {"bao-cao-79.txt": OTHER_TOTALS}) as made:
        yield made


@pytest.mark.parametrize(
    ("question", "fact", "other"),
    [
        ("Diện tích lúa nương năm 2022 của huyện Sơn Khê là bao nhiêu?", "210 ha", "9.500"),
        ("Sản lượng ngô vụ xuân đạt bao nhiêu?", "1.100 tấn", "90.000"),
        ("Sản lượng ngô của huyện đạt bao nhiêu tấn?", "3.200 tấn", "90.000"),
        ("Diện tích rừng bị cháy là bao nhiêu?", "3,5 ha", "18.200"),
        ("Kinh phí sửa đường là bao nhiêu?", "2 tỷ", "9 tỷ"),
        ("Thu ngân sách địa phương đạt bao nhiêu tỷ đồng?", "45 tỷ", "612"),
        ("Huyện có bao nhiêu ha hồi?", "38 ha", "7.300"),
    ],
)
def test_a_total_of_another_thing_year_or_level_stands_back(
    economy: Assistant, question: str, fact: str, other: str
) -> None:
    answer = economy.ask(question).answer
    assert fact in answer
    assert other not in answer


@pytest.mark.parametrize(
    "question",
    [
        "Tổng diện tích mặt nước ao hồ là bao nhiêu?",
        "Diện tích mắc ca của huyện là bao nhiêu?",
    ],
)
def test_the_measure_of_another_thing_is_none(assistant: Assistant, question: str) -> None:
    assert assistant.ask(question).refused
