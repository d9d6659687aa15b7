"""The date of a document that is only cited is the one written with its number."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.library import Library
from index.settings import IndexSettings
from qa.assistant import Assistant
from qa.settings import Settings

TEXT = """HUYỆN ỦY SƠN KHÊ
Số 61-BC/HU
Sơn Khê, ngày 4 tháng 5 năm 2024

BÁO CÁO
Sơ kết thực hiện Nghị quyết số 77-NQ/TU

I. LÃNH ĐẠO, CHỈ ĐẠO

Huyện ủy ban hành Kế hoạch số 12-KH/HU, ngày 3/2/2021 để thực hiện Nghị quyết số 77-NQ/TU. Nghị quyết số 77-NQ/TU ngày 20/10/2020 của Tỉnh ủy giao sáu nhiệm vụ.

II. KIẾN NGHỊ

Đề nghị Tỉnh ủy sơ kết Nghị quyết số 77-NQ/TU, ngày 21/10/2020.
"""  # noqa: E501  # a paragraph is one line


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder = tmp_path_factory.mktemp("cited")
    path = folder / "bao-cao.txt"
    path.write_text(TEXT, encoding="utf-8")
    library = Library.open(folder / "home", IndexSettings())
    library.add([path])
    return Assistant(library, Settings(home=folder / "home"))


def test_a_neighbouring_number_lends_no_date(assistant: Assistant) -> None:
    answer = assistant.ask("Nghị quyết số 77-NQ/TU ban hành ngày nào?")
    assert "20/10/2020" in answer.answer
    assert "3/2/2021" not in answer.answer
    assert answer.citations[0].section == ("I",)


def test_two_dates_of_one_number_are_both_shown(assistant: Assistant) -> None:
    answer = assistant.ask("Nghị quyết 77-NQ/TU ban hành ngày nào?")
    assert "21/10/2020" in answer.answer
    assert {citation.section for citation in answer.citations} == {("I",), ("II",)}


def test_lists_of_documents_date_by_row(shared: Path, tmp_path: Path) -> None:
    library = Library.open(tmp_path / "home", IndexSettings())
    library.add([shared / "reports" / "bao-cao-tam-duong-2022.txt"])
    answer = Assistant(library, Settings(home=tmp_path / "home")).ask("Báo cáo số 25-BC/HU ban hành ngày nào?")
    assert "12/10/2015" in answer.answer
    assert "25/10/2015" in answer.answer
    assert {citation.section for citation in answer.citations} == {("A", "3"), ("DANH MỤC", "I")}
