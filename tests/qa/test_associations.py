"""Letters on several associations: each question is answered from its own, and not from the sentence that all have."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from qa.assistant import Assistant
from qa.understanding.associations import associations_in, unknown_association
from tests.qa.office import office_over

_LETTER = """ỦY BAN NHÂN DÂN
TỈNH KHE SƠN
Số: /UBND-NC
V/v kết quả đại hội {name} tỉnh Khe Sơn
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Khe Sơn, ngày tháng 5 năm 2031
Kính gửi: {name} tỉnh Khe Sơn

Ủy ban nhân dân tỉnh nhận được ý kiến của Sở Nội vụ tại Tờ trình số {number}/TTr-SNV ngày 07/{month}/2031 về việc \
thông báo kết quả đại hội {name} tỉnh Khe Sơn. Chủ tịch Ủy ban nhân dân tỉnh có ý kiến như sau:
1. Thống nhất với hồ sơ báo cáo kết quả đại hội của {name} tỉnh tại Công văn số 12/BC-HD.
2. Đại hội đã biểu quyết số lượng Ban Chấp hành gồm {members} thành viên.
3. Chủ tịch: Ông {head}; Tổng thư ký: Ông {secretary}.
"""
_STATUTES = """ĐIỀU LỆ
HIỆP HỘI CHÈ KHE SƠN

Chương I
QUY ĐỊNH CHUNG
Điều 1. Tên gọi
1. Tên gọi: Hiệp hội Chè Khe Sơn.
Chương II
TỔ CHỨC
Điều 2. Lãnh đạo
1. Số lượng Phó Chủ tịch Hiệp hội: 03 người.
2. Trong thời gian 20 (hai mươi) ngày, Văn phòng Hiệp hội báo danh sách hội viên mới cho Ban Chấp hành.
Điều 3. Hiệu lực
1. Điều lệ Hiệp hội Chè Khe Sơn gồm 02 Chương, 03 Điều đã được Đại hội Hiệp hội Chè Khe Sơn thông qua ngày 18 tháng 3 \
năm 2031 tại Khách sạn Suối Hoa.
"""


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    letters = (
        ("Liên đoàn Cờ vua", 61, "4", 11, "Lò Văn Thắng", "Hà Đức Lộc"),
        ("Liên đoàn Bơi lội", 514, "2", 27, "Vi Quốc Hưng", "Lý Minh Đạt"),
    )
    texts = {"dieu-le.txt": _STATUTES}
    for name, number, month, members, head, secretary in letters:
        texts[f"{number}.txt"] = _LETTER.format(
            name=name, number=number, month=month, members=members, head=head, secretary=secretary
        )
    with office_over(tmp_path_factory.mktemp("associations"), texts) as made:
        yield made


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Đại hội Liên đoàn Bơi lội chốt ban chấp hành bao nhiêu thành viên?", "27 thành viên"),
        ("ban chap hanh lien doan co vua gom may thanh vien", "11 thành viên"),
        (
            "Công văn về kết quả đại hội cờ vua dẫn tờ trình của Sở Nội vụ tháng 4/2031, số bao nhiêu?",
            "61/TTr-SNV",
        ),
        ("Ở Liên đoàn Cờ vua, chức tổng thư ký rơi vào ai?", "Hà Đức Lộc"),
        ("Điều lệ Hiệp hội Chè Khe Sơn cho bao nhiêu phó chủ tịch?", "03 người"),
        ("Điều lệ Hiệp hội Chè Khe Sơn gồm mấy chương?", "02 Chương"),
        ("Điều lệ Hiệp hội Chè Khe Sơn được thông qua ngày nào?", "18 tháng 3"),
    ],
)
def test_each_association_is_answered_from_its_own_document(office: Assistant, question: str, said: str) -> None:
    answer = office.ask(question)
    assert said in answer.answer, answer.answer


@pytest.mark.parametrize(
    "question",
    [
        "Đại hội Liên đoàn Bơi lội họp ở địa điểm nào?",
        "Mỗi hội viên Hiệp hội Chè Khe Sơn đóng một năm bao nhiêu tiền?",
        "Chị nào đang làm chủ tịch Hiệp hội Chè Khe Sơn?",
    ],
)
def test_what_no_document_says_of_it_is_refused(office: Assistant, question: str) -> None:
    assert not office.ask(question).citations


def test_an_association_is_known_by_what_stands_behind_its_class() -> None:
    assert associations_in("kết quả đại hội Liên đoàn Quần vợt tỉnh") == {"quan vot"}
    assert associations_in("cho phép Đại hội Hội Làm vườn họp") == {"lam vuon"}
    assert not associations_in("phát triển kinh tế - xã hội, tổ chức đại hội nhiệm kỳ mới, hội nghị và Hội đồng")


@pytest.mark.parametrize(
    "question",
    [
        "Công văn về đại hội Hội Luật gia tỉnh Khe Sơn do cơ quan nào ban hành?",
        "Đại hội Liên đoàn Bóng bàn tỉnh Khe Sơn bầu bao nhiêu ủy viên Ban Chấp hành?",
    ],
)
def test_an_association_that_no_document_names_is_told_of_by_none(office: Assistant, question: str) -> None:
    assert office.ask(question).refused


def test_a_word_behind_the_name_of_an_association_is_no_part_of_it() -> None:
    known = {("go",): 3}
    assert unknown_association("Hội Gỗ bầu mấy ủy viên?", lambda name: known.get(name, 0)) == ""
    assert unknown_association("Hội Luật gia có mấy ủy viên?", lambda name: known.get(name, 0)) == "Luật gia"


def test_each_side_is_answered_from_its_own_letter(office: Assistant) -> None:
    asked = "Ban Chấp hành Liên đoàn Cờ vua và Ban Chấp hành Liên đoàn {other} bên nào đông hơn, mấy thành viên?"
    found = office.ask(asked.format(other="Bơi lội"))
    assert ["11 thành viên" in found.answer, "27 thành viên" in found.answer] == [True, True]
    assert len({citation.document.id for citation in found.citations}) == 2
    assert office.ask(asked.format(other="Bóng bàn")).refused
