"""Conversations over several documents, and questions that only look like those on headers, requests and closings."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from index.types import Filters
from qa.assistant import Assistant
from qa.followup import stand_alone
from qa.types import Turn
from tests.qa.office import office_over

REPORT = """UBND HUYỆN LŨNG PHÌN
Số: 21/BC-UBND
Lũng Phìn, ngày 12 tháng 3 năm 2022

BÁO CÁO
Tình hình kinh tế - xã hội

1. Kinh tế
Sản lượng cá nuôi đạt 310 tấn. Diện tích cao su đạt 420 ha.
Đoạn cuối cùng của đường Nà Pồ dài 3,5 km đã được rải nhựa.
2. Kiến nghị
- Đề nghị bổ sung kinh phí làm đường Nà Pồ.
- Kiến nghị UBND tỉnh phê duyệt quy hoạch chợ.
- Đề nghị Bộ Nông nghiệp hướng dẫn tiêu chí trồng rừng.

Trên đây là báo cáo tình hình kinh tế - xã hội của huyện.

CHỦ TỊCH
Lò Văn Sỹ
"""
DECISION = """UBND HUYỆN LŨNG PHÌN
Số: 12/QĐ-UBND
Lũng Phìn, ngày 05 tháng 5 năm 2021

QUYẾT ĐỊNH
Về việc ban hành Quy chế quản lý chợ Nà Pồ

Điều 1. Ban hành kèm theo Quyết định này Quy chế quản lý chợ Nà Pồ.
Điều 2. Quyết định có hiệu lực từ ngày ký.

PHÓ CHỦ TỊCH
Giàng A Páo
"""
RULES = """QUY CHẾ
Quản lý chợ Nà Pồ
(Ban hành kèm theo Quyết định số 12/QĐ-UBND ngày 05/5/2021 của UBND huyện Lũng Phìn)

Điều 1. Phí
Phí thuê sạp trong chợ là 35.000 đồng mỗi ngày.
Số điện thoại của Ban Quản lý chợ là (0203) 3.555.777, quỹ có 30.000.000.000 đồng.
"""


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    texts = {"bao-cao.txt": REPORT, "quyet-dinh.txt": DECISION, "quy-che.txt": RULES}
    with office_over(tmp_path_factory.mktemp("threads"), texts) as made:
        yield made


def told(office: Assistant, *asked: str, filters: Filters | None = None) -> str:
    """The answer to the last of several questions that follow each other."""
    history: tuple[Turn, ...] = ()
    answer = ""
    for place, question in enumerate(asked, 1):
        given = office.ask(question, history, filters=filters if place == len(asked) else None)
        history, answer = (*history, Turn.of_view(given.to_json())), given.answer
    return answer


FISH, RUBBER, WHO = "Sản lượng cá nuôi là bao nhiêu tấn?", "Còn cao su thì sao?", "Ai ký?"


def test_a_filter_outweighs_the_document_that_was_cited(office: Assistant) -> None:
    (decision,) = office.library.find_by_number("12/QĐ-UBND")
    assert "Lò Văn Sỹ" in told(office, FISH, WHO)
    assert "Giàng A Páo" in told(office, FISH, WHO, filters=Filters(documents=(decision.id,)))


@pytest.mark.parametrize("question", ["Ai ký văn bản 15?", "Ai ký văn bản kia?"])
def test_another_document_than_the_cited_one_is_not_taken_for_it(office: Assistant, question: str) -> None:
    assert "Lò Văn Sỹ" not in told(office, FISH, question)


def test_nothing_is_bound_to_a_document_past_a_refusal(office: Assistant) -> None:
    assert "Lò Văn Sỹ" not in told(office, FISH, "Trời mưa bao nhiêu mm?", WHO)


def test_thanks_and_a_question_on_the_header_end_no_thread(office: Assistant) -> None:
    assert "420 ha" in told(office, "Diện tích cao su là bao nhiêu ha?")
    assert "3,5 km" in told(office, "Đường Nà Pồ dài bao nhiêu km?", "Cảm ơn", "Chi tiết hơn")
    assert "Người ký" not in told(office, FISH, WHO, RUBBER)
    assert "310 tấn" in told(office, FISH, WHO, "Còn năm 2022 thì sao?")


def test_what_is_asked_of_a_part_is_asked_of_what_came_before() -> None:
    said = (Turn("Huyện Lũng Phìn có bao nhiêu cơ sở nuôi cá nước lạnh?", "26 cơ sở."),)
    assert "cá nước lạnh" in stand_alone("Trong đó Nà Pồ mấy cơ sở?", said)
    assert "Nà Pồ mấy cơ sở" in stand_alone("Trong đó Nà Pồ mấy cơ sở?", said)
    assert "Lũng Phìn" in stand_alone("Nguyên nhân do đâu?", (Turn("Hạn chế của huyện Lũng Phìn là gì?", "…"),))
    assert "cao su" in stand_alone("Sản lượng thì sao?", (Turn("Diện tích cao su là bao nhiêu?", "420 ha."),))


def test_the_end_of_a_road_is_no_end_of_a_report(office: Assistant) -> None:
    assert "3,5 km" in told(office, "Theo Báo cáo 21/BC-UBND, đoạn cuối cùng của đường Nà Pồ dài bao nhiêu km?")
    assert "Trên đây" in told(office, "Câu kết của Báo cáo 21/BC-UBND viết gì?")


def test_what_is_asked_of_a_level_is_a_request_to_it(office: Assistant) -> None:
    assert "kinh phí làm đường" in told(office, "Huyện đề nghị bổ sung gì?")
    asked = told(office, "Huyện đề nghị tỉnh những gì?")
    assert "phê duyệt quy hoạch" in asked and "Bộ Nông nghiệp" not in asked


def test_a_decision_and_the_file_that_belongs_to_it_answer_together(office: Assistant) -> None:
    assert "35.000 đồng" in told(office, "Quyết định 12/QĐ-UBND quy định phí thuê sạp là bao nhiêu?")
    assert "Giàng A Páo" in told(office, "Ai ký Quyết định 12/QĐ-UBND?")


def test_a_sum_is_no_telephone_number(office: Assistant) -> None:
    assert "3.555.777" in told(office, "Số điện thoại của Ban Quản lý chợ Nà Pồ là gì?")


def test_who_calls_first_and_asks_then_is_answered(office: Assistant) -> None:
    assert "Giàng A Páo" in told(office, "Alo ai ký Quyết định 12/QĐ-UBND?")
