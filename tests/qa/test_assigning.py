"""A plan that carries out a notice: who does what until when, and what the plan and its annex do not say."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from qa.assistant import Assistant
from tests.qa.office import office_over

PLAN = """HUYỆN ỦY SƠN KHÊ
*
KẾ HOẠCH
thực hiện Thông báo số 915-TB/TU của Ban Thường vụ Tỉnh ủy về phát triển dược liệu

Ngày 12/5/2024, Tỉnh ủy ban hành Thông báo số 915-TB/TU về kết quả giám sát việc phát triển dược liệu.

I. MỤC ĐÍCH, YÊU CẦU
1. Nâng cao nhận thức của cán bộ, đảng viên về cây dược liệu.
2. Thông báo phải được quán triệt đến từng chi bộ thôn, bản.

II. NHIỆM VỤ, GIẢI PHÁP
1. Mở rộng vùng trồng sa nhân dưới tán rừng ở các xã vùng cao. Ưu tiên cây giống được kiểm định.
- Hội Nông dân huyện phối hợp với các xã thực hiện từ nay đến năm 2027.
2. Đào tạo nghề sơ chế dược liệu cho thanh niên.
- Huyện đoàn chủ trì, thực hiện đến năm 2026.

III. TỔ CHỨC THỰC HIỆN
1. Văn phòng Huyện ủy theo dõi, đôn đốc việc thực hiện Kế hoạch này. Tham mưu cho Ban Thường vụ sơ kết hằng năm.

PHỤ LỤC
Danh mục văn bản

| STT | Loại | Số, ký hiệu | Ngày ban hành | Trích yếu |
|---|---|---|---|---|
| 1 | Công văn | 71-CV/HU | 03/6/2023 | về trồng sa nhân |
| 2 | Công văn | 88-CV/HU | 09/8/2023 | thực hiện Công văn số 71-CV/HU |

Nơi nhận:
- Thường trực Tỉnh ủy;
- Huyện đoàn.
T/M BAN THƯỜNG VỤ
PHÓ BÍ THƯ
Lò Thị Hương
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with office_over(tmp_path_factory.mktemp("assigning"), {"ke-hoach-915.md": PLAN}) as made:
        yield made


@pytest.mark.parametrize(
    ("question", "fact", "section"),
    [
        ("Cơ quan nào lo mở rộng vùng trồng sa nhân dưới tán rừng?", "Hội Nông dân huyện", ("II", "1")),
        (
            "Theo kế hoạch thực hiện Thông báo số 915-TB/TU, ai đào tạo nghề sơ chế dược liệu?",
            "Huyện đoàn",
            ("II", "2"),
        ),
        ("Việc mở rộng vùng trồng sa nhân kéo dài đến bao giờ?", "năm 2027", ("II", "1")),
        ("Kế hoạch 915 yêu cầu quán triệt Thông báo đến đâu?", "từng chi bộ", ("I", "2")),
        ("Việc mở rộng vùng trồng sa nhân giao cho hội nào?", "Hội Nông dân huyện", ("II", "1")),
        ("Đào tạo nghề sơ chế dược liệu là do Hội Nông dân chủ trì phải không?", "Huyện đoàn chủ trì", ("II", "2")),
        ("Cơ quan nào tham mưu cho Ban Thường vụ sơ kết hằng năm?", "Văn phòng Huyện ủy", ("III", "1")),
    ],
)
def test_a_plan_is_read_down_to_who_and_when(
    assistant: Assistant, question: str, fact: str, section: tuple[str, ...]
) -> None:
    answer = assistant.ask(question)
    assert fact in answer.answer
    assert answer.citations[0].section == section
    assert answer.dropped == ()


def test_a_plan_without_number_goes_by_the_notice_it_carries_out(assistant: Assistant) -> None:
    assert "Huyện đoàn" in assistant.ask("Kế hoạch 915 gửi cho những nơi nào?").answer
    assert assistant.ask("Kế hoạch 916 gửi cho những nơi nào?").refused


def test_a_listed_document_is_told_by_its_own_row(assistant: Assistant) -> None:
    assert "về trồng sa nhân" in assistant.ask("Công văn 71-CV/HU nói về chuyện gì?").answer
    both = assistant.ask("Phụ lục liệt kê những công văn nào của Huyện ủy?").answer
    assert "71-CV/HU" in both
    assert "88-CV/HU" in both


@pytest.mark.parametrize(
    ("question", "fact"),
    [
        ("Trong danh mục văn bản kèm theo kế hoạch, công văn nào nói về trồng sa nhân, ra ngày nào?", "03/6/2023"),
        ("Bảng danh mục công văn ghi công văn 88-CV/HU ban hành hôm nào?", "09/8/2023"),
        ("Ở danh mục kèm kế hoạch, văn bản ngày 09/8/2023 có số hiệu gì?", "88-CV/HU"),
    ],
)
def test_the_list_of_documents_is_a_place_and_nothing_that_is_asked_for(
    assistant: Assistant, question: str, fact: str
) -> None:
    answer = assistant.ask(question)
    assert fact in answer.answer
    assert answer.citations[0].section[:1] == ("PHỤ LỤC",)


@pytest.mark.parametrize(
    "question",
    [
        "Vì sao việc đào tạo nghề sơ chế dược liệu bị đình chỉ?",
        "Công văn 71-CV/HU đề ra những hạn chế nào?",
        "Huyện ủy có bao nhiêu Văn phòng?",
        "Kế hoạch thực hiện Thông báo số 915-TB/TU được ký ngày nào?",
    ],
)
def test_what_is_not_said_is_refused(assistant: Assistant, question: str) -> None:
    assert assistant.ask(question).refused
