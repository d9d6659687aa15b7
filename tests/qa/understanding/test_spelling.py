"""Questions with typing errors, short forms or no diacritics are understood as they were meant."""

from __future__ import annotations

from pathlib import Path

import pytest

from qa.assistant import Assistant
from qa.types import REFUSAL
from tests.qa.office import office_over


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Tổng diên tích chè là bao nhiu?", "Tổng diện tích chè là bao nhiêu?"),
        ("Nghị quyêt của Hôi đồng nhân dân", "Nghị quyết của Hội đồng nhân dân"),
        ("Nghị quyeết nào thay thế?", "Nghị quyết nào thay thế?"),
        ("bài hoc về công tac cán bộ", "bài học về công tác cán bộ"),
        ("trình độ ntn", "trình độ như thế nào"),
        ("dien tich che nam 2021 la bao nhieu", "diện tích chè năm 2021 là bao nhiêu"),
        ("co quan nao de xuat so ket va co may ha che", "cơ quan nào đề xuất sơ kết và có mấy ha chè"),
        ("Xã naof có nhiêuf hộ nghèo nhất huyênj?", "Xã nào có nhiều hộ nghèo nhất huyện?"),
        ("Báo cáo nàào do huyện laạp?", "Báo cáo nào do huyện lập?"),
        ("Diện tích cua xã noà lớn nhất?", "Diện tích của xã nào lớn nhất?"),
        ("Ai kí báo cáo, doanh thu mấy tỉ?", "Ai ký báo cáo, doanh thu mấy tỷ?"),
    ],
)
def test_what_was_meant_is_found_by_its_neighbours(assistant: Assistant, typed: str, meant: str) -> None:
    assert assistant.meant(typed) == meant


@pytest.mark.parametrize(
    "question",
    [
        "Huyện Sơn La trồng mấy ha chè, đạt bao nhiêu tấn?",
        "Ai ký Báo cáo 512/BC-UBND?",
        "Xã Tà Sủng có bao nhiêu hộ tạm trú?",
        "Nội dung QH15 và NQ-HĐND",
        "Trại nuôi 3.000 con một lứa ở xã nào?",
    ],
)
def test_what_is_written_right_stays(assistant: Assistant, question: str) -> None:
    assert assistant.meant(question) == question


def test_a_name_takes_the_marks_with_which_the_library_knows_it(assistant: Assistant) -> None:
    assert assistant.meant("huyện Sơn Khe có mấy xã?") == "huyện Sơn Khê có mấy xã?"


def test_a_syllable_that_cannot_be_is_no_other_name(tmp_path: Path) -> None:
    text = "BÁO CÁO\nHuyện Khe Vượng có 12 xã. Hợp tác xã Bo trồng chè."
    with office_over(tmp_path, {"bao-cao.txt": text}) as office:
        assert office.meant("Huyện Khe Vưọng có mấy xã?") == "Huyện Khe Vượng có mấy xã?"
        assert office.meant("hợp tác xả Bo trồng gì") == "hợp tác xã Bo trồng gì"
        assert office.meant("Huyện Khe Vưởng có mấy xã?") == "Huyện Khe Vưởng có mấy xã?"


@pytest.mark.parametrize("question", ["Bà Lý Thị Nhàm giữ chức vụ gì?", "huyện Sơn Khế có mấy xã?"])
def test_another_name_is_no_typing_error(assistant: Assistant, question: str) -> None:
    assert assistant.meant(question) == question


def test_a_word_that_asks_is_read_as_one_beside_words_with_marks(assistant: Assistant) -> None:
    assert assistant.meant("Nghị quyết 05-NQ/HU ban hành ngay nao").endswith(" nào")
    assert "15/3/2022" in assistant.ask("Nghị quyết 05-NQ/HU ban hành ngay nao").answer
    assert assistant.meant("Kế hoạch chuyển đổi số ai ky").endswith("ai ký")


def test_people_are_told_of_a_word_that_was_read_otherwise(assistant: Assistant) -> None:
    asked = assistant.ask("Tổng diên tích chè huyện Sơn Khê năm 2021 là bao nhiu?")
    assert "được hiểu là: “Tổng diện tích chè huyện Sơn Khê năm 2021 là bao nhiêu?”" in asked.note
    assert assistant.ask("dien tich che huyen son khe nam 2021 la bao nhieu").note == ""


@pytest.mark.parametrize("question", ["Phòng SK có bao nhiêu hộ?", "Dự án SK có mấy hộ?"])
def test_initials_are_a_place_only_where_a_place_may_stand(assistant: Assistant, question: str) -> None:
    assert assistant.meant(question) == question


def test_a_guess_at_diacritics_that_finds_nothing_is_taken_back(assistant: Assistant) -> None:
    assert "842" in assistant.ask("xa ban mong co bao nhieu ho").answer


@pytest.mark.parametrize(
    "question",
    ["Tổng diên tich chè huyện Sơn Khê năm 2021 bao nhiu?", "dien tich che huyen son khe nam 2021 la bao nhieu"],
)
def test_it_is_answered_like_the_question_without_errors(assistant: Assistant, question: str) -> None:
    assert "1.286 ha" in assistant.ask(question).answer


def test_another_district_without_diacritics_is_still_another(assistant: Assistant) -> None:
    assert assistant.ask("dien tich che cua huyen phong tho la bao nhieu").answer == REFUSAL
