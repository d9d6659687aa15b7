"""What a question asks for."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.text import fold
from qa.types import QuestionError
from qa.understanding.question import understand

KINDS = [
    ("Huyện có bao nhiêu ha chè?", "amount"),
    ("Tỷ lệ hộ nghèo của huyện là bao nhiêu?", "percent"),
    ("Nghị quyết này được ban hành khi nào?", "date"),
    ("Huyện thực hiện theo kế hoạch số mấy?", "docnumber"),
    ("Cơ quan nào chủ trì việc kiểm tra?", "who"),
    ("Mô hình lúa được trồng ở đâu?", "place"),
    ("Huyện đã đề ra những giải pháp nào?", "list"),
    ("Vì sao sản lượng lúa giảm?", "reason"),
    ("Có bao nhiêu vụ cháy do nguyên nhân khách quan?", "amount"),
    ("Bản sao thì có giá trị như bản chính không?", "yesno"),
    ("Nộp sổ muộn bị kỷ luật gì?", "text"),
    ("Xã đã đạt chuẩn nông thôn mới chưa?", "yesno"),
    ("Văn bản hỏa tốc được hiểu là gì?", "definition"),
    ("Rừng khép kín hiểu là rừng như thế nào?", "definition"),
    ("Chủ rừng trong quy chế này hiểu ra sao?", "definition"),
    ("So sánh sản lượng chè của hai huyện", "compare"),
]


@pytest.mark.parametrize(("text", "kind"), KINDS)
def test_kind_is_told_with_and_without_diacritics(text: str, kind: str) -> None:
    assert understand(text).kind == kind
    assert understand(fold(text)).kind == kind


def test_decomposed_and_old_tone_placement_read_the_same() -> None:
    text = "Huyện Tam Đường có bao nhiêu cơ sở hoà giải?"
    composed, decomposed = understand(text), understand(unicodedata.normalize("NFD", text.replace("hoà", "hòa")))
    assert [term.exact for term in composed.terms] == [term.exact for term in decomposed.terms]
    assert composed.kind == decomposed.kind


def test_years_numbers_and_dates_are_kept_apart() -> None:
    question = understand("Năm 2021, Kế hoạch số 64/KH-UBND ngày 12/4/2023 giao mấy chỉ tiêu?")
    assert question.years == (2021,)
    assert question.numbers == ("64/KH-UBND",)


def test_places_need_a_name() -> None:
    assert [place.name for place in understand("Xã Bản Mòng và huyện Sơn Khê thu bao nhiêu?").places] == [
        "Bản Mòng",
        "Sơn Khê",
    ]
    assert understand("Mấy xã NTM của huyện có chợ?").places == ()


def test_claims_are_figures_and_not_years() -> None:
    question = understand("Năm 2022 huyện có 1.500 ha chè, đúng không?")
    assert question.claims == ("1500",)
    assert question.confirms


def test_counted_noun_is_the_focus() -> None:
    question = understand("Toàn huyện tổ chức bao nhiêu hội nghị?")
    assert question.asked == ("hoi", "nghi")
    assert [term.exact for term in question.focus] == [("hội", "nghị")]


def test_a_question_about_goals_is_told_from_one_about_results() -> None:
    assert understand("Mục tiêu diện tích chè đến năm 2025 là bao nhiêu?").planned
    assert not understand("Diện tích chè năm 2022 là bao nhiêu?").planned


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "Chưa có câu hỏi"),
        ("  \n ", "Chưa có câu hỏi"),
        ("a" * 100_000, r"100\.000 ký tự, giới hạn là 2\.000"),
        ("\x00\x01\x02\x7f", "Chưa có câu hỏi"),
        ("12 34 56 ??? !!!", "không đọc được thành chữ"),
    ],
)
def test_what_cannot_be_asked_is_said_in_vietnamese(text: str, message: str) -> None:
    with pytest.raises(QuestionError, match=message):
        understand(text)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_read_or_refused_with_a_message(text: str) -> None:
    try:
        question = understand(text)
    except QuestionError as error:
        assert str(error)
    else:
        assert question.text == " ".join(question.text.split())


def test_a_label_is_told_from_a_level_by_its_diacritics() -> None:
    assert understand("Mục 3 nói gì?").labels == ("muc 3",)
    assert understand("Dịch vụ công mức độ 3 của huyện đạt bao nhiêu?").labels == ()


def test_what_names_the_document_is_taken_off_the_question() -> None:
    question = understand("Trong kế hoạch thực hiện Thông báo số 915-TB/TU, cơ quan nào trồng sa nhân?")
    assert question.core == "cơ quan nào trồng sa nhân?"
    assert understand("Diện tích chè là bao nhiêu?").core == "Diện tích chè là bao nhiêu?"


def test_a_hectare_is_one_however_it_is_spelt() -> None:
    assert understand("Huyện có bao nhiêu héc-ta chè?").units == understand("Huyện có bao nhiêu ha chè?").units


def test_the_premise_of_why_is_what_is_taken_to_have_happened() -> None:
    premise = understand("Vì sao nhãn hiệu chè bị thu hồi?").premise
    assert [term.exact for term in premise] == [("thu", "hồi")]
    assert understand("Nhãn hiệu chè bị thu hồi khi nào?").premise == ()


@pytest.mark.parametrize(
    ("typed", "written"),
    [("huyện có bn cty, ko tính HTX?", "huyện có bao nhiêu công ty, không tính HTX?"), ("co bn xa", "co bao nhieu xa")],
)
def test_short_forms_of_chats_are_written_out(typed: str, written: str) -> None:
    assert understand(typed).text == written


def test_numerals_tell_things_apart_and_thresholds_do_not() -> None:
    assert ("4",) in [term.folded for term in understand("Tổ công tác số 04 do ai phụ trách?").terms]
    assert ("50",) not in [term.folded for term in understand("Tỷ lệ hộ nghèo có vượt 50% không?").terms]


def test_the_year_of_a_claim_chooses_no_sentence() -> None:
    question = understand("Có phải huyện về đích vào năm 2024?")
    assert (question.years, question.want) == ((), "year")


def test_a_year_to_compare_with_is_not_what_is_to_be_confirmed() -> None:
    question = understand("Có phải đàn dê đã giảm so với hồi 2019?")
    assert (question.years, question.want) == ((2019,), "")


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Xã đã mở mấy cuộc hội thảo?", ("hoi", "thao")),
        ("Có bao nhiêu buổi tập huấn?", ("tap", "huan")),
        ("Đã có bao nhiêu cuộc họp?", ("cuoc", "hop")),
    ],
)
def test_the_word_before_an_event_counts_nothing_itself(text: str, asked: tuple[str, ...]) -> None:
    assert understand(text).asked == asked


def test_what_was_ended_is_the_premise_of_a_question_why() -> None:
    premise = understand("Vì sao xã Nậm Vai ngừng thu phí chợ?").premise
    assert premise[0].exact == ("ngừng",)
    assert understand("Tại sao huyện đóng cửa lò gạch?").premise
    assert not understand("Vì sao huyện mở rộng chợ?").premise


def test_a_price_is_money() -> None:
    assert "dong" in understand("Giá bán chè khô là bao nhiêu một cân?").units
    assert "dong" not in understand("Có bao nhiêu hộ được đánh giá thành công?").units


def test_marks_tell_words_that_ask_or_name_from_others() -> None:
    assert understand("ban hành hôm nào").places == ()
    assert [term.exact for term in understand("nghị quyết về chuyển đổi số").terms][1] == ("chuyển", "đổi")


def test_the_unit_of_a_rate_is_not_what_is_measured() -> None:
    assert [term.folded for term in understand("Lúa đạt năng suất bao nhiêu tạ một ha?").focus] == [("nang", "suat")]


def test_a_sum_is_no_number_of_a_document() -> None:
    assert understand("Bao nhiêu người học nghị quyết, trên tổng số bao nhiêu người?").kind == "amount"


def test_who_says_summary_means_the_report() -> None:
    assert understand("Bản tổng kết 5 năm của huyện đề ngày nào?").text.startswith("báo cáo tổng kết 5 năm")


@pytest.mark.parametrize(
    ("question", "terms"),
    [
        ("Sản phẩm OCOP gồm những gì (không tính cá nước lạnh)?", ["sản phẩm", "ocop"]),
        ("Số sản phẩm OCOP, chưa kể của hợp tác xã, là mấy?", ["số", "sản phẩm", "ocop"]),
        ("Nghị quyết nằm trong chú thích cuối trang là số mấy?", ["nghị quyết", "số"]),
        ("Xét riêng về cán bộ thì vì sao còn yếu?", ["cán bộ", "yếu"]),
        ("Khoản nào không tính thuế?", ["khoản", "tính thuế"]),
    ],
)
def test_what_is_left_out_and_where_to_look_are_no_words_of_the_answer(question: str, terms: list[str]) -> None:
    assert [" ".join(term.exact) for term in understand(question).terms] == terms


def test_who_heads_a_body_is_not_who_issued_a_document() -> None:
    assert understand("Hội Nuôi ong do ai làm chủ tịch?").fields == ()
    assert understand("Đoàn Luật sư tỉnh tổ chức đại hội ngày nào?").fields == ()
    assert understand("Hội Luật gia thành lập ngày nào?").fields == ()
    assert understand("Biên bản lập ngày nào?").fields == ("issued_on",)
    assert understand("Quy chế bến thuyền của cơ quan nào?").fields == ("issuer",)
