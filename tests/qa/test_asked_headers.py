"""Natural ways to ask for what a document's header says, or what nothing in it says."""

from __future__ import annotations

import pytest

from qa.assistant import Assistant

BY_NUMBER = [
    ("Báo cáo 571/BC-UBND đề ngày tháng năm nào?", "11/12/2023"),
    ("Báo cáo 571/BC-UBND của Sơn Khê đề ngày nào vậy ạ?", "11/12/2023"),
    ("bao cao 571/BC-UBND de ngay thang nam nao", "11/12/2023"),
    ("Ngày tháng ghi trên báo cáo 571/BC-UBND là bao nhiêu?", "11/12/2023"),
    ("Văn bản 96-BC/HU được ký hôm nào?", "17/12/2021"),
    ("96-BC/HU ra ngày mấy thế?", "17/12/2021"),
    ("Nghị quyết 05-NQ/HU có từ bao giờ?", "15/3/2022"),
    ("Cho tôi hỏi nghị quyết 05-NQ/HU được ban hành vào thời điểm nào?", "15/3/2022"),
    ("Quyết định 640/QĐ-UBND ra đời ngày nào", "20/5/2019"),
    ("Công văn 218/UBND-NN gửi đi ngày mấy?", "6/3/2023"),
    ("Hướng dẫn 12-HD/BTG làm ngày nào?", "28/3/2022"),
    ("Vị nào ký báo cáo 96-BC/HU?", "Trần Khắc Điền"),
    ("Vị nào thay mặt Chủ tịch ký báo cáo 538/BC-UBND?", "Hoàng Thị Mây"),
    ("vi nao thay mat chu tich ky bao cao 538/BC-UBND", "Hoàng Thị Mây"),
    ("Dưới báo cáo 571/BC-UBND là chữ ký của người nào?", "Nông Quốc Hạnh"),
    ("Thông báo 33/TB-UBND ai đặt bút ký?", "Đinh Công Thuật"),
    ("Ai đứng tên ký công văn 218/UBND-NN ạ?", "Vàng A Sềnh"),
    ("Lãnh đạo nào ký ban hành quyết định 640/QĐ-UBND?", "Phan Hữu Tấn"),
    ("quyet dinh 640/QĐ-UBND ai ky", "Phan Hữu Tấn"),
    ("Người ký báo cáo 402/BC-UBND giữ chức gì?", "Phó Chủ tịch"),
    ("Ông Nông Quốc Hạnh ký báo cáo 571/BC-UBND với tư cách gì?", "Chủ tịch"),
    ("Người ký thông báo 33/TB-UBND làm chức vụ nào?", "Trưởng phòng Nội vụ"),
    ("Báo cáo 96-BC/HU do cấp nào lập ra?", "Huyện ủy Sơn Khê"),
    ("Báo cáo 96-BC/HU là của ai?", "Huyện ủy Sơn Khê"),
    ("Cơ quan nào làm ra báo cáo 402/BC-UBND?", "huyện Thanh Lũng"),
    ("Đơn vị nào đứng tên ban hành quyết định 1190/QĐ-UBND?", "huyện Sơn Khê"),
    ("Bên nào phát hành nghị quyết 05-NQ/HU vậy?", "Huyện ủy Sơn Khê"),
    ("bao cao 96-BC/HU do co quan nao lap", "Huyện ủy Sơn Khê"),
    ("Báo cáo 571/BC-UBND được gửi tới những nơi nào?", "Sở Kế hoạch và Đầu tư"),
    ("Báo cáo 571/BC-UBND gửi cho ai?", "Sở Kế hoạch và Đầu tư"),
    ("Những ai nhận được thông báo 33/TB-UBND?", "Sở Nội vụ"),
    ("Nơi nhận của nghị quyết 05-NQ/HU gồm những đâu ạ?", "Ban Thường vụ Tỉnh ủy"),
    ("Công văn 218/UBND-NN nói chuyện gì?", "dịch tả lợn"),
    ("Công văn 218/UBND-NN bàn về việc gì thế ạ?", "dịch tả lợn"),
    ("Trích yếu của quyết định 1190/QĐ-UBND là gì?", "Quy chế tiếp nhận"),
    ("cong van 218/UBND-NN ve viec gi", "dịch tả lợn"),
]
BY_KIND_AND_PLACE = [
    ("Báo cáo của huyện Thanh Lũng mang số hiệu nào?", "402/BC-UBND"),
    ("Báo cáo của Thanh Lũng đề ngày tháng năm nào?", "13/12/2023"),
    ("Vị nào thay mặt Chủ tịch ký báo cáo của UBND huyện Thanh Lũng?", "Quàng Thị Biên"),
    ("bao cao cua thanh lung ai ky vay", "Quàng Thị Biên"),
    ("Báo cáo của xã Bản Mòng do ai ký?", "Lò Văn Tiếp"),
    ("Báo cáo của xã Bản Mòng gửi lên đâu?", "UBND huyện"),
    ("Nghị quyết của Huyện ủy Sơn Khê mang ký hiệu gì?", "05-NQ/HU"),
]
BY_SUBJECT = [
    ("Công văn phòng chống dịch tả lợn Châu Phi đề ngày bao nhiêu?", "6/3/2023"),
    ("Vị nào ký công văn về phòng, chống bệnh dịch tả lợn Châu Phi?", "Vàng A Sềnh"),
    ("Thông báo kết quả xếp hạng cải cách hành chính năm 2023 mang ký hiệu gì?", "33/TB-UBND"),
    ("Nghị quyết phát triển cây chè gắn với du lịch cộng đồng do cấp nào ban hành?", "Huyện ủy Sơn Khê"),
    ("Thông báo kết quả xếp hạng cải cách hành chính năm 2023 do vị nào ký?", "Đinh Công Thuật"),
    ("Hướng dẫn học tập, quán triệt Nghị quyết 05-NQ/HU đề ngày nào?", "28/3/2022"),
]
NOT_SAID = [
    "Đồng chí Phó Chủ tịch nào ký báo cáo 571/BC-UBND?",
    "Chủ tịch UBND huyện ký báo cáo 538/BC-UBND là ai?",
    "Số điện thoại của người ký báo cáo 571/BC-UBND là gì?",
    "Người ký báo cáo 571/BC-UBND sinh ngày tháng năm nào?",
    "Ai ký báo cáo 999/BC-UBND?",
    "Báo cáo 999/BC-UBND đề ngày tháng năm nào?",
    "Báo cáo của huyện Mường Lặng do vị nào ký?",
    "Ai thẩm định báo cáo 571/BC-UBND trước khi ký?",
    "Báo cáo 571/BC-UBND được thông qua tại kỳ họp ngày nào?",
]


@pytest.mark.parametrize(("question", "said"), [*BY_NUMBER, *BY_KIND_AND_PLACE, *BY_SUBJECT])
def test_the_header_answers(assistant: Assistant, question: str, said: str) -> None:
    answer = assistant.ask(question)
    assert said in answer.answer
    assert answer.citations[0].section == ()


def test_what_a_document_says_of_something_is_no_subject(assistant: Assistant) -> None:
    answer = assistant.ask("Nghị quyết 05-NQ/HU nói gì về du lịch?")
    assert not answer.citations or answer.citations[0].section != ()


@pytest.mark.parametrize("question", NOT_SAID)
def test_what_no_header_says_is_refused(assistant: Assistant, question: str) -> None:
    assert assistant.ask(question).refused


@pytest.mark.parametrize(
    "question",
    [
        "Báo cáo 96-BC/HU được lập theo công văn nào?",
        "Báo cáo 96-BC/HU này căn cứ văn bản nào của tỉnh? cho xin số hiệu",
        "Báo cáo số 96-BC/HU làm dựa trên công văn nào vậy?",
        "Huyện ủy Sơn Khê làm báo cáo 96-BC/HU theo công văn số mấy, của cơ quan nào?",
        "Báo cáo 96-BC/HU được làm theo công văn số nào của Tỉnh ủy?",
    ],
)
def test_the_opening_says_by_which_document_another_was_made(assistant: Assistant, question: str) -> None:
    assert "412-CV/TU" in assistant.ask(question).answer


@pytest.mark.parametrize("question", ["Năm 2023 SK có tổng cộng bao nhiêu ha chè?", "SK 2023 có mấy ha chè vậy ad?"])
def test_initials_of_the_one_place_that_has_them_are_written_out(assistant: Assistant, question: str) -> None:
    assert assistant.meant(question).count("Sơn Khê") == 1
    assert "1.418" in assistant.ask(question).answer


@pytest.mark.parametrize("text", ["TP Sơn La có gì mới?", "QĐ 640 nói gì?", "XY có bao nhiêu ha chè?"])
def test_other_capitals_are_no_initials(assistant: Assistant, text: str) -> None:
    assert "Sơn Khê" not in assistant.meant(text)
