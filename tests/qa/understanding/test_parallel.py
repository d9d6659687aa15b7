from __future__ import annotations

import pytest

from qa.understanding.parallel import asks_each, sides_of


@pytest.mark.parametrize(
    ("question", "sides"),
    [
        ("Lệ phí của thuyền gỗ với thuyền sắt khác nhau thế nào?", ("Lệ phí của thuyền gỗ", "Lệ phí của thuyền sắt")),
        (
            "Hạn nộp sổ hành khách và hạn nộp sổ máy, mỗi loại bao nhiêu ngày?",
            ("Hạn nộp sổ hành khách bao nhiêu ngày", "hạn nộp sổ máy bao nhiêu ngày"),
        ),
        ("So sánh bến loại một so với bến loại hai.", ("bến loại một", "bến loại hai.")),
        (
            "Ban bầu cử ở bến và ban bầu cử ở thuyền có mấy thành viên?",
            ("Ban bầu cử ở bến có mấy thành viên", "ban bầu cử ở thuyền có mấy thành viên"),
        ),
        (
            "Quỹ Chèo thuyền và Hội Nuôi ong cần bao nhiêu người tán thành?",
            ("Quỹ Chèo thuyền cần bao nhiêu người tán thành", "Hội Nuôi ong cần bao nhiêu người tán thành"),
        ),
        (
            "Số hộ nghèo và số hộ cận nghèo là bao nhiêu?",
            ("Số hộ nghèo là bao nhiêu", "số hộ cận nghèo là bao nhiêu"),
        ),
        ("Thuyền gỗ neo ở đâu và do ai trông coi?", None),
    ],
)
def test_a_question_is_asked_of_each_of_two_things_with_one_noun(question: str, sides: tuple[str, str] | None) -> None:
    assert sides_of(question) == sides


def test_each_side_is_asked_the_same() -> None:
    assert asks_each("Tổ một và tổ hai, mỗi bên mấy người?")
    assert asks_each("Tổ phải nộp sổ và phải nộp thẻ lần lượt trước ngày nào?")
    assert not asks_each("Tổ một có mấy người?")
