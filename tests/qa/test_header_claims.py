"""Claims about the header of a document: confirmed, denied with what it says, or answered without a verdict."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from qa.assistant import Assistant
from qa.extraction.attesting import verdict
from qa.extraction.confirming import TRUE as TRUE_LEAD
from qa.extraction.confirming import UNSURE
from qa.understanding.attested import claimed_header
from qa.understanding.question import understand
from tests.qa.office import office_over

TRUE = [
    "Báo cáo 96-BC/HU có phải do Bí thư ký không?",
    "Ai ký Báo cáo 512/BC-UBND, Chủ tịch phải không?",
    "Báo cáo 571/BC-UBND do ông Nông Quốc Hạnh ký đúng không?",
    "Người ký Công văn 218/UBND-NN là Vàng A Sềnh à?",
    "Báo cáo 571/BC-UBND có được gửi cho Sở Kế hoạch và Đầu tư không?",
    "Công văn 218/UBND-NN có gửi cho UBND các xã, thị trấn không?",
    "Báo cáo 512/BC-UBND ban hành ngày 14/12/2021 phải không?",
    "Có phải Báo cáo 512/BC-UBND ban hành tháng 12/2021 không?",
    "Báo cáo 512/BC-UBND của UBND huyện Sơn Khê phải không?",
    "Huyện ủy Sơn Khê ban hành Báo cáo 96-BC/HU đúng không?",
]
FALSE = [
    ("Báo cáo 402/BC-UBND có phải do Chủ tịch ký không?", "Phó Chủ tịch Quàng Thị Biên"),
    ("bao cao 402/BC-UBND do chu tich ky phai khong", "Phó Chủ tịch Quàng Thị Biên"),
    ("Ai ký Báo cáo 538/BC-UBND, Chủ tịch phải không?", "Hoàng Thị Mây"),
    ("Báo cáo 538/BC-UBND do ông Nông Quốc Hạnh ký đúng không?", "Hoàng Thị Mây"),
    ("Quyết định 640/QĐ-UBND có chữ ký của Chủ tịch không?", "Phan Hữu Tấn"),
    ("Báo cáo 538/BC-UBND có gửi Tỉnh ủy không?", "Thường trực Huyện ủy"),
    ("Báo cáo 571/BC-UBND gửi cho Sở Nội vụ phải không?", "Sở Kế hoạch và Đầu tư"),
    ("Báo cáo 512/BC-UBND ban hành ngày 5/3 phải không?", "14/12/2021"),
    ("Có phải Báo cáo 512/BC-UBND ban hành năm 2022 không?", "14/12/2021"),
    ("Báo cáo 512/BC-UBND do Huyện ủy ban hành phải không?", "Ủy ban nhân dân huyện Sơn Khê"),
    ("Báo cáo 402/BC-UBND là của huyện Sơn Khê à?", "huyện Thanh Lũng"),
    ("Số của nghị quyết về phát triển cây chè là 06-NQ/HU phải không?", "05-NQ/HU"),
]
OPEN = [
    ("Công văn 218/UBND-NN có gửi Phòng Nội vụ không?", "Nơi nhận"),
    ("Báo cáo 571/BC-UBND có gửi UBND xã Bản Mòng không?", "UBND các xã"),
    ("Thông báo 33/TB-UBND do Trưởng phòng Nội vụ ký thay Chủ tịch phải không?", "Đinh Công Thuật"),
]


@pytest.mark.parametrize("question", TRUE)
def test_what_the_header_says_is_confirmed(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert answer.answer.startswith("Đúng. ")
    assert answer.citations[0].section == ()


@pytest.mark.parametrize(("question", "said"), FALSE)
def test_another_value_denies_and_is_told(assistant: Assistant, question: str, said: str) -> None:
    answer = assistant.ask(question).answer
    assert answer.startswith("Tài liệu ghi khác: ")
    assert said in answer


@pytest.mark.parametrize(("question", "said"), OPEN)
def test_what_a_header_leaves_open_gets_no_verdict(assistant: Assistant, question: str, said: str) -> None:
    answer = assistant.ask(question).answer
    assert said in answer
    assert not answer.startswith(("Đúng", "Tài liệu ghi khác"))


@pytest.mark.parametrize(
    "question",
    [
        "Ai ký Báo cáo 512/BC-UBND?",
        "Nghị quyết 05-NQ/HU nói về chuyển đổi số phải không?",
        "Theo Công văn 218/UBND-NN, các xã phải gửi báo cáo về Phòng Nông nghiệp phải không?",
        "Ngày ban hành Nghị quyết 05-NQ/HU trong hai báo cáo có giống nhau không?",
        "Huyện có ký kết hợp đồng với doanh nghiệp không?",
    ],
)
def test_what_is_no_claim_about_a_header_is_none(question: str) -> None:
    assert claimed_header(understand(question)) is None


REPORT = """UBND HUYỆN LŨNG PHÌN
Số: 77/BC-UBND
Lũng Phìn, ngày 12 tháng 3 năm 2022

BÁO CÁO
Tình hình cấp nước

1. Kết quả
Trạm bơm Nà Pồ do Công ty An Khánh xây dựng.
Hợp đồng cấp nước do ông Trần Văn Bình ký ngày 02/02/2021.

Nơi nhận:
- Sở Nông nghiệp và PTNT;
- TT Huyện ủy;
- Các cơ quan chuyên môn thuộc UBND huyện;
- Lưu: VT.

KT. CHỦ TỊCH
PHÓ CHỦ TỊCH
Nguyễn Văn Hưng
"""


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with office_over(tmp_path_factory.mktemp("claims"), {"bao-cao.txt": REPORT}) as made:
        yield made


@pytest.mark.parametrize(
    "question",
    [
        "Báo cáo 77/BC-UBND không phải do Phó Chủ tịch ký đúng không?",
        "Báo cáo 77/BC-UBND chưa ban hành ngày 12/3/2022 phải không?",
        "Báo cáo 77/BC-UBND không do Chủ tịch ký phải không?",
        "Báo cáo 77/BC-UBND do ông Nguyễn Văn Hùng ký phải không?",
        "Báo cáo 77/BC-UBND ban hành sau ngày 12/3/2022 phải không?",
        "Báo cáo 77/BC-UBND ban hành trước ngày 25/12/2022 phải không?",
        "Báo cáo 77/BC-UBND gửi Phòng Nội vụ phải không?",
        "Báo cáo 77/BC-UBND gửi ngày 12/3/2022 phải không?",
    ],
)
def test_what_a_header_neither_bears_out_nor_denies_gets_no_verdict(office: Assistant, question: str) -> None:
    assert not office.ask(question).answer.startswith(("Đúng", "Tài liệu ghi khác"))


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Theo Báo cáo 77/BC-UBND, trạm bơm Nà Pồ do Công ty An Khánh xây dựng phải không?", "An Khánh"),
        ("Theo Báo cáo 77/BC-UBND, hợp đồng cấp nước do ông Trần Văn Bình ký phải không?", "Trần Văn Bình"),
        ("Nghe nói Báo cáo 77/BC-UBND do Phó Chủ tịch ký?", "Nguyễn Văn Hưng"),
    ],
)
def test_what_a_report_tells_of_others_is_no_claim_on_its_header(office: Assistant, question: str, said: str) -> None:
    assert said in office.ask(question).answer


@pytest.mark.parametrize("body", ["Thường trực Huyện ủy", "Sở Nông nghiệp và Phát triển nông thôn"])
def test_a_body_is_known_by_its_short_form_among_the_recipients(office: Assistant, body: str) -> None:
    assert office.ask(f"Báo cáo 77/BC-UBND gửi {body} phải không?").answer.startswith("Đúng. Nơi nhận")


def test_the_office_of_a_committee_is_not_the_committee(office: Assistant) -> None:
    (record,) = office.library.find_by_number("77/BC-UBND")
    claim = claimed_header(understand("Báo cáo 77/BC-UBND do UBND huyện ban hành phải không?"))
    assert claim is not None
    assert verdict(claim, record) == TRUE_LEAD
    office_of_it = replace(record.metadata, issuer="Văn phòng UBND huyện Lũng Phìn")
    assert verdict(claim, replace(record, metadata=office_of_it)) == UNSURE
