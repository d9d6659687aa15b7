"""Laws named by their titles are answered from themselves; of other laws and other years nothing is known."""

from __future__ import annotations

import pytest

from index.library import Library
from index.settings import IndexSettings
from qa.assistant import Assistant
from qa.settings import Settings

LAW = """QUỐC HỘI
Luật số: {number}/2024/QH15
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

LUẬT
{title}

Căn cứ Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam;
Quốc hội ban hành Luật {title}.

Chương I
NHỮNG QUY ĐỊNH CHUNG
Điều 1. Phạm vi điều chỉnh
Luật này quy định về {subject}.
Điều 2. Thời hạn
1. Thời hạn giữ sổ {subject} là {years} năm.
2. Sổ được giao cho Ủy ban nhân dân cấp xã.
Điều 3. Xử phạt
1. Phạt tiền từ {fine}.000.000 đồng đến {fine}.500.000 đồng đối với một trong những hành vi sau đây:
a) Tẩy xóa sổ {subject};
b) Làm mất sổ {subject}.
Điều 4. Hiệu lực thi hành
Luật này có hiệu lực thi hành từ ngày 01 tháng 7 năm 2025.
Luật này được Quốc hội thông qua ngày 21 tháng 6 năm 2024.
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder = tmp_path_factory.mktemp("titled")
    laws = (("71", "Nuôi ong", "đàn ong", "07", "3"), ("72", "Khai thác rêu", "bãi rêu", "09", "5"))
    library = Library.open(folder / "home", IndexSettings())
    for number, title, subject, years, fine in laws:
        path = folder / f"luat-{number}.txt"
        path.write_text(
            LAW.format(number=number, title=title, subject=subject, years=years, fine=fine), encoding="utf-8"
        )
        library.add([path])
    return Assistant(library, Settings(home=folder / "home"))


@pytest.mark.parametrize(
    ("question", "fact"),
    [
        ("Theo Luật Nuôi ong thì phải giữ sổ trong thời hạn bao nhiêu năm?", "07 năm"),
        ("Luật Khai thác rêu 2024 quy định thời hạn giữ sổ là bao nhiêu năm?", "09 năm"),
        ("luat khai thac reu quy dinh thoi han giu so la bao nhieu nam", "09 năm"),
    ],
)
def test_a_law_is_found_by_its_title(assistant: Assistant, question: str, fact: str) -> None:
    assert fact in assistant.ask(question).answer


@pytest.mark.parametrize(
    "question",
    [
        "Luật Điện lực quy định thời hạn giữ sổ là bao nhiêu năm?",
        "Theo Luật Nuôi ong năm 2011 thì thời hạn giữ sổ là bao nhiêu năm?",
    ],
)
def test_another_law_or_year_is_unknown(assistant: Assistant, question: str) -> None:
    assert assistant.ask(question).refused


def test_a_fine_is_said_with_the_act_it_stands_over(assistant: Assistant) -> None:
    answer = assistant.ask("Theo Luật Nuôi ong, làm mất sổ đàn ong bị phạt tiền bao nhiêu?")
    assert "3.000.000 đồng đến 3.500.000 đồng" in answer.answer
    assert "Làm mất sổ đàn ong" in answer.answer
