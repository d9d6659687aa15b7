"""The kind of thing that a question wants, and who holds one."""

from __future__ import annotations

import pytest

from corpus.text import fold
from qa.understanding.people import find_people, lacks_person
from qa.understanding.question import understand
from qa.understanding.wanted import holds_wanted, wanted_of

WANTS = [
    ("Hội thảo về dược liệu diễn ra ngày nào?", "day"),
    ("Đường lên bản Hua Nặm hoàn thành năm nào?", "year"),
    ("Khi nào thì các xã phải gửi báo cáo?", "time"),
    ("Văn bản phải lưu bao lâu?", "length"),
    ("Đợt kiểm tra diễn ra từ ngày nào đến ngày nào?", "span"),
    ("Lớp nghề mở từ tháng mấy tới tháng mấy?", "span"),
    ("Người dân trồng sa nhân ở mấy xã nào?", "place"),
    ("Ai làm tổ trưởng tổ giám sát?", "person"),
    ("Phó chủ tịch huyện nào theo dõi nuôi ong?", "person"),
    ("Đây là đại hội lần thứ mấy?", "rank"),
    ("Mỗi hộ đóng một năm bao nhiêu tiền?", ""),
    ("Ghế chủ nhiệm thuộc về ai?", "person"),
    ("Buổi khai mạc lớp nghề diễn ra tại hội trường nào?", "site"),
    ("Giám đốc Trung tâm Y tế huyện là ai?", "person"),
    ("Các phó giám đốc Trung tâm Y tế gồm những ai?", "person"),
    ("Cán bộ phụ trách dược liệu tên gì?", "person"),
    ("Doanh nghiệp nào thu mua sa nhân?", "business"),
    ("Trụ sở hợp tác xã đặt ở đâu?", "site"),
    ("Những xã nào trồng sa nhân?", "place"),
    ("Phần mềm quản lý văn bản tên là gì?", "name"),
    ("Đơn vị nào kiểm tra việc trồng sa nhân?", ""),
    ("Ai chịu trách nhiệm kiểm tra?", ""),
]


@pytest.mark.parametrize(("question", "want"), WANTS)
def test_the_words_that_ask_say_what_is_wanted(question: str, want: str) -> None:
    assert understand(question).want == want
    assert understand(fold(question)).want == want


HELD = [
    ("day", "thành lập Hội đồng tư vấn để đánh giá hằng năm", False),
    ("day", "khai mạc ngày 12/5/2024 tại huyện", True),
    ("day", "tiếp công dân vào ngày 15 hằng tháng", True),
    ("day", "theo Quyết định số 12/QĐ-UBND ngày 03/6/2023", False),
    ("span", "ban hành ngày 12/5/2024, định hướng đến năm 2030", False),
    ("span", "từ ngày 02/5 đến hết ngày 20/5/2024", True),
    ("span", "giai đoạn 2021 - 2025", True),
    ("span", "chia từ 2 tổ thành 3 tổ, đến nay có 5 tổ", False),
    ("year", "đưa huyện về đích vào năm 2025", True),
    ("year", "huyện có 12 xã", False),
    ("time", "báo cáo trong vòng 24 giờ khi có dịch", True),
    ("time", "qua 10 năm thực hiện", False),
    ("length", "thời hạn lưu là 05 năm", True),
    ("length", "có hiệu lực từ ngày 01/7/2025", False),
    ("site", "hội thảo được tổ chức với 41 đại biểu", False),
    ("site", "họp tại xã Nậm Vai", True),
    ("site", "kho ảnh có địa chỉ anh.sonkhe.vn", True),
    ("site", "theo biểu mẫu số 15 Phụ lục III", False),
    ("form", "Mẫu số 02 áp dụng cho hộ nuôi ong", True),
    ("form", "mẫu dùng cho hộ nuôi ong", False),
    ("place", "huyện có 8/12 xã đạt chuẩn", False),
    ("place", "các xã Nậm Vai, Tà Sủng", True),
    ("business", "01 Công ty nuôi lợn; 01 cơ sở xã Nậm Vai", False),
    ("business", "do Hợp tác xã Hương Rừng thu mua", True),
    ("name", "01 sản phẩm đạt hạng 5 sao", False),
    ("name", "dùng phần mềm “Một cửa số”", True),
]


@pytest.mark.parametrize(("want", "text", "held"), HELD)
def test_a_text_holds_the_wanted_thing_or_not(want: str, text: str, held: bool) -> None:
    assert holds_wanted(want, text, "?") is held  # type: ignore[arg-type]


def test_what_the_question_says_itself_is_no_answer() -> None:
    assert not holds_wanted("place", "các xã Nậm Vai", "Ngoài xã Nậm Vai còn xã nào?")
    assert not holds_wanted("year", "từ năm 2021", "Sau năm 2021 thì năm nào?")


def test_people_are_known_by_title_or_surname() -> None:
    text = "Giao ông Lò Văn Páo và Hội Nữ Doanh nhân; Đoàn Ngọc Mai theo dõi xã Hoàng Liên Sơn, Đoàn Luật sư tỉnh."
    assert [text[start:end] for start, end in find_people(text)] == ["Lò Văn Páo", "Đoàn Ngọc Mai"]


def test_a_person_who_stands_nowhere_is_missed() -> None:
    asked = "Ông Lò Văn Páo giữ việc gì trong tổ nuôi ong?"
    assert lacks_person(asked, "Tổ nuôi ong gồm 9 người, do bà Vàng Thị Mỷ phụ trách.")
    assert not lacks_person(asked, "Tổ trưởng: đồng chí LÒ VĂN PÁO.")
    assert not lacks_person("Tổ nuôi ong gồm mấy người?", "Tổ nuôi ong gồm 9 người.")


def test_a_deputy_is_no_director() -> None:
    assert not holds_wanted("person", "Phó Giám đốc Lò Văn Páo", "Giám đốc trung tâm là ai?")
    assert holds_wanted("person", "Giám đốc Lò Văn Páo", "Giám đốc trung tâm là ai?")
    assert holds_wanted("person", "(1) Bà Lò Thị Mai - Trưởng Ban Pháp chế, Tổ trưởng", "Tổ trưởng là ai?")


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("Xã dùng phần mềm Easybook để quản lý thu chi.", True),
        ("Xã dùng phần mềm để quản lý thu chi. Mỗi tháng …", False),
    ],
)
def test_one_foreign_word_is_a_name(text: str, holds: bool) -> None:
    assert holds_wanted("name", text, "Phần mềm quản lý thu chi của xã tên là gì?") is holds


@pytest.mark.parametrize(
    ("question", "text", "holds"),
    [
        ("Số điện thoại của Phòng Nội vụ là gì?", "Liên hệ qua số điện thoại 0900 111 218.", True),
        ("Số điện thoại của Phòng Nội vụ là gì?", "Phòng Nội vụ có 12 máy điện thoại.", False),
        ("Email của Phòng Nội vụ?", "Gửi về hộp thư noivu@sonkhe.example.", True),
        ("Mã số thuế của hợp tác xã là bao nhiêu?", "Hợp tác xã có 12 thành viên.", False),
        ("Địa chỉ trang thông tin điện tử của huyện?", "Trang thông tin điện tử huyện đăng 120 tin.", False),
        ("Bao lâu thì họp một lần?", "Tổ họp định kỳ hằng quý.", True),
        ("Bao lâu thì họp một lần?", "Họp từ ngày 20 đến ngày 22/10/2023.", False),
        ("Bao lâu thì xã phải báo cáo?", "Báo cáo trong vòng 24 giờ.", True),
        ("Bao lâu thì xã phải báo cáo?", "Xã đã báo cáo trong 10 năm qua.", False),
        ("Mất bao lâu để xây dựng vùng chè?", "Theo dõi tiến độ xây dựng hằng tháng.", False),
    ],
)
def test_addresses_and_lengths_have_to_stand_there(question: str, text: str, holds: bool) -> None:
    assert holds_wanted(wanted_of(question.lower(), True), text, question) is holds
