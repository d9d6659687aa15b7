"""Two things of one document set against each other, and what a law says a word means."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from qa.assistant import Assistant
from tests.qa.office import office_over

_DECREE = """CHÍNH PHỦ
Số: 733/2031/NĐ-CP
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Hà Nội, ngày 05 tháng 3 năm 2031

NGHỊ ĐỊNH
Về bến thuyền du lịch

Điều 1. Giải thích từ ngữ
1. Bến chính là bến có nhà chờ và có người trực ngày đêm.
2. Bến phụ là bến chỉ mở trong mùa lễ hội.
Điều 2. Phân loại
1. Bến gồm bến chính, bến phụ, bến tạm; bến chính và bến phụ do huyện quản lý.
Điều 3. Thời hạn đăng kiểm
1. Thời hạn đăng kiểm của thuyền gỗ là 12 tháng.
2. Thời hạn đăng kiểm của thuyền sắt là 24 tháng.
"""


@pytest.fixture(scope="module")
def sided(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """An assistant over one decree."""
    with office_over(tmp_path_factory.mktemp("sides"), {"nghi-dinh.txt": _DECREE}) as made:
        yield made


@pytest.mark.parametrize(
    ("question", "said"),
    [
        (
            "Theo Nghị định 733/2031/NĐ-CP, thời hạn đăng kiểm của thuyền gỗ với thuyền sắt khác nhau thế nào?",
            ("12 tháng", "24 tháng"),
        ),
        ("Theo Nghị định 733/2031/NĐ-CP, bến chính khác bến phụ ở chỗ nào?", ("có người trực", "mùa lễ hội")),
    ],
)
def test_both_things_of_one_document_are_told_with_their_places(
    sided: Assistant, question: str, said: tuple[str, str]
) -> None:
    answer = sided.ask(question)
    assert all(words in answer.answer for words in said), answer.answer
    assert len(answer.citations) == len(said)


def test_what_a_word_means_is_told_by_its_definition(sided: Assistant) -> None:
    answer = sided.ask("Nghị định 733/2031/NĐ-CP về bến thuyền giải thích bến phụ là gì?")
    assert "mùa lễ hội" in answer.answer
