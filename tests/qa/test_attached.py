"""A document that stands behind another in the same file is found by its own number, and never under a false header."""

from __future__ import annotations

import json

import pytest

from index.library import Library
from index.settings import IndexSettings
from index.types import Filters
from qa.assistant import Assistant
from qa.cli import main
from qa.settings import Settings

TEXT = """UBND HUYỆN SƠN KHÊ
Số: 61/UBND-NN
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Sơn Khê, ngày 4 tháng 5 năm 2024

Kính gửi: Ủy ban nhân dân các xã

Ủy ban nhân dân huyện gửi các xã Kế hoạch phòng chống hạn để thực hiện.

Nơi nhận:
- Như trên;
- Lưu: VT.
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH
Lò Văn Thảo

UBND HUYỆN SƠN KHÊ
Số: 12/KH-UBND
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Sơn Khê, ngày 28 tháng 4 năm 2024

KẾ HOẠCH
Phòng chống hạn vụ hè thu

I. MỤC TIÊU
Bảo đảm nước tưới cho 340 ha lúa hè thu.

II. TỔ CHỨC THỰC HIỆN
Phòng Nông nghiệp huyện làm đầu mối.

Nơi nhận:
- Như trên.
CHỦ TỊCH
Vàng A Páo
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder = tmp_path_factory.mktemp("attached")
    path = folder / "hai-van-ban.txt"
    path.write_text(TEXT, encoding="utf-8")
    library = Library.open(folder / "home", IndexSettings())
    library.add([path])
    return Assistant(library, Settings(home=folder / "home"))


def test_the_number_of_an_attached_document_finds_its_file(assistant: Assistant) -> None:
    library = assistant.library
    (record,) = library.find_by_number("12/KH-UBND")
    assert (record.metadata.number, record.metadata.attached) == ("61/UBND-NN", ("12/KH-UBND",))
    assert library.find("12/KH-UBND") == []  # what is removed or corrected by number is named by its own
    assert library.search("nước tưới", filters=Filters(numbers=("12/KH-UBND",)))


def test_the_header_of_the_file_does_not_speak_for_it(assistant: Assistant) -> None:
    answer = assistant.ask("Kế hoạch số 12/KH-UBND do ai ký?")
    assert "Lò Văn Thảo" not in answer.answer
    assert "4/5/2024" not in assistant.ask("Kế hoạch số 12/KH-UBND ban hành ngày nào?").answer


def test_its_content_is_cited_under_its_own_name(assistant: Assistant) -> None:
    answer = assistant.ask("Kế hoạch số 12/KH-UBND bảo đảm nước tưới cho bao nhiêu ha lúa?")
    assert "340 ha" in answer.answer
    assert answer.citations[0].section == ("I",)
    assert "12/KH-UBND" in answer.citations[0].label


def test_show_finds_it_and_names_what_a_file_holds(assistant: Assistant, capsys: pytest.CaptureFixture[str]) -> None:
    home = str(assistant.settings.home)
    assert main(["--home", home, "show", "12/KH-UBND", "--json"]) == 0
    view = json.loads(capsys.readouterr().out)
    assert view["metadata"]["number"] == "61/UBND-NN"
    assert [(a["number"], a["kind"], a["issued_on"]) for a in view["attachments"]] == [
        ("12/KH-UBND", "Kế hoạch", "2024-04-28")
    ]
