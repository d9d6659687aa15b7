"""Follow-up questions made to stand alone."""

from __future__ import annotations

import pytest

from corpus.document import Metadata
from qa.followup import faithful, leans, of_document, stand_alone
from qa.types import Turn

CASES = [
    ("Diện tích chè huyện Sơn Khê năm 2021 là bao nhiêu?", "Còn năm 2022 thì sao?",
     "Diện tích chè huyện Sơn Khê năm 2022 là bao nhiêu?"),
    ("Diện tích chè huyện Sơn Khê năm 2021 là bao nhiêu?", "con nam 2022 thi sao",
     "Diện tích chè huyện Sơn Khê năm 2022 là bao nhiêu?"),
    ("Diện tích chè huyện Sơn Khê là bao nhiêu?", "Còn năm 2022?",
     "Diện tích chè huyện Sơn Khê là bao nhiêu năm 2022?"),
    ("Huyện Sơn Khê có mấy hợp tác xã?", "Còn huyện Thanh Lũng?", "huyện Thanh Lũng có mấy hợp tác xã?"),
    ("Ai ký Báo cáo 512/BC-UBND?", "Còn 96-BC/HU thì sao?", "Ai ký Báo cáo 96-BC/HU?"),
    ("Liên đoàn Đua thuyền tỉnh Sơn Khê có mấy ủy viên?", "Còn Bắn nỏ?",
     "Liên đoàn Bắn nỏ tỉnh Sơn Khê có mấy ủy viên?"),
    ("Liên đoàn Đua thuyền tỉnh Sơn Khê có mấy ủy viên?", "Còn Hội Nuôi ong thì sao?",
     "Hội Nuôi ong tỉnh Sơn Khê có mấy ủy viên?"),
    ("Sở Nội vụ được giao nhiệm vụ gì?", "Thế còn Sở Kế hoạch và Đầu tư?",
     "Sở Kế hoạch và Đầu tư được giao nhiệm vụ gì?"),
    ("Công văn 9/UBND-NN giao Phòng Nội vụ làm gì?", "Thế Đội Quản lý rừng số 3 thì sao?",
     "Công văn 9/UBND-NN giao Đội Quản lý rừng số 3 làm gì?"),
    ("Năm 2021 huyện Sơn Khê có bao nhiêu sản phẩm OCOP?", "Kể tên các sản phẩm đó",
     "Năm 2021 huyện Sơn Khê có sản phẩm OCOP, kể tên các sản phẩm"),
    ("Vì sao đàn lợn huyện Sơn Khê năm 2021 giảm?", "Ở những xã nào?",
     "đàn lợn huyện Sơn Khê năm 2021 giảm, ở những xã nào?"),
    ("Đàn lợn huyện Sơn Khê năm 2021 có mấy con?", "Chi tiết hơn", "Đàn lợn huyện Sơn Khê năm 2021 có mấy con?"),
    ("Đàn lợn huyện Sơn Khê năm 2021 có mấy con?", "Cho xem nguyên văn",
     "Đàn lợn huyện Sơn Khê năm 2021 có mấy con?"),
    ("Huyện Sơn Khê có bao nhiêu xã?", "Ở đó ai ký báo cáo?", "Ở đó ai ký báo cáo huyện Sơn Khê?"),
]  # fmt: skip


@pytest.mark.parametrize(("before", "now", "whole"), CASES)
def test_what_is_left_unsaid_is_taken_from_the_question_before(before: str, now: str, whole: str) -> None:
    assert stand_alone(now, [Turn(before)]).lower() == whole.lower()


@pytest.mark.parametrize(
    "text", ["Vì sao sản lượng lúa của huyện Thanh Lũng giảm trong năm 2023?", "Ai ký Quyết định 640/QĐ-UBND?"]
)
def test_a_whole_question_stays_as_it_is(text: str) -> None:
    assert stand_alone(text, [Turn("Diện tích chè huyện Sơn Khê là bao nhiêu?")]) == text


def test_without_earlier_turns_nothing_changes() -> None:
    assert stand_alone("Còn năm 2022 thì sao?", []) == "Còn năm 2022 thì sao?"


def test_another_place_takes_the_place_of_the_one_that_opens_the_question() -> None:
    history = [Turn("Sơn Khê có mấy xã nông thôn mới?")]
    assert stand_alone("Còn Thanh Lũng?", history) == "Thanh Lũng có mấy xã nông thôn mới?"


def test_a_pronoun_leans_and_a_rewriting_invents_nothing() -> None:
    history = [Turn("Diện tích chè Sơn Khê là bao nhiêu?", "1.286 ha.")]
    assert leans("Thế sản lượng của nó là bao nhiêu trong năm qua?", history)
    assert leans("Ai được giao phụ trách việc đó ở các xã?", history)
    assert faithful("Sản lượng chè Sơn Khê là bao nhiêu?", "Thế sản lượng của nó?", history)
    assert not faithful("Sản lượng chè Sơn Khê năm 2030 là bao nhiêu?", "Thế sản lượng của nó?", history)
    assert not faithful(history[0].question, "Thế sản lượng của nó?", history)
    assert not faithful("", "Thế sản lượng của nó?", history)


def test_a_chain_of_follow_ups_leans_on_what_each_was_understood_as() -> None:
    history = [Turn("Diện tích chè huyện Sơn Khê năm 2021 là bao nhiêu?"), Turn("Còn năm 2022?")]
    whole = "Diện tích chè huyện Thanh Lũng năm 2022 là bao nhiêu?"
    assert stand_alone("Còn huyện Thanh Lũng thì sao?", history) == whole


REPORT = Metadata(number="12/BC-UBND", kind="Báo cáo")
CITED = [Turn("Huyện Sơn Khê có mấy xã?", "11 xã. [1]", document="a1")]


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("Ai ký?", "Báo cáo số 12/BC-UBND, ai ký?"),
        ("Nơi nhận là những ai?", "Báo cáo số 12/BC-UBND, nơi nhận là những ai?"),
        ("văn bản này gửi cho ai", "Báo cáo số 12/BC-UBND gửi cho ai"),
        ("Trong báo cáo đó, sản lượng chè là bao nhiêu?", "Trong Báo cáo số 12/BC-UBND, sản lượng chè là bao nhiêu?"),
        ("Chủ tịch ký à?", "Báo cáo số 12/BC-UBND, chủ tịch ký à?"),
        ("Nghị quyết đó ai ký?", ""),
        ("Công văn do ai ký?", ""),
        ("Ngày nào?", ""),
        ("Ai ký Quyết định 640/QĐ-UBND?", ""),
        ("Sản lượng chè là bao nhiêu?", ""),
    ],
)
def test_what_asks_about_the_document_that_was_cited_names_it(text: str, whole: str) -> None:
    assert of_document(text, CITED, REPORT) == whole


def test_a_day_behind_a_question_on_the_header_is_that_of_the_document() -> None:
    history = [Turn("Ai ký báo cáo của huyện Sơn Khê?", "Người ký: … [1]", document="a1")]
    assert of_document("Ngày nào?", history, REPORT) == "Báo cáo số 12/BC-UBND, ngày nào?"
