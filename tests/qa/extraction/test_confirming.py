"""A claim is confirmed only where all of it stands; it is denied only where the same measure has another value."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from qa.assemble import build_assistant
from qa.assistant import Assistant
from qa.extraction.confirming import amounts
from qa.settings import load_settings

REPORT = """ỦY BAN NHÂN DÂN HUYỆN MƯỜNG LAI
Số: 77/BC-UBND
Mường Lai, ngày 10 tháng 12 năm 2023

BÁO CÁO
Kết quả phát triển cây chè năm 2023

I. Kết quả
Trong năm toàn huyện trồng mới 280 ha chè tại 12 xã, tổng diện tích chè đạt 1.947 ha.
Mỗi hộ trồng chè được hỗ trợ 5.000.000 đồng tiền giống.
Toàn huyện không trồng mới 45 ha cam như kế hoạch.
Đàn dê 1.240 con; đàn ngựa 310 con, giảm 45 con so với năm trước.
Phòng Nông nghiệp cấp 900 lít chế phẩm cho các xã trước ngày 15/3/2023.
Có 8/14 xã trồng chè theo hướng hữu cơ.
Mức phạt vi phạm bảo vệ rừng đối với hộ gia đình là 40.000.000 đồng, đối với tổ chức là 80.000.000 đồng.
"""


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("confirm")
    path = Path(folder) / "bao-cao.txt"
    path.write_text(REPORT, "utf-8")
    made = build_assistant(load_settings(folder / "home", {}))
    made.library.add([path])
    yield made
    made.close()


@pytest.mark.parametrize(
    "question",
    [
        "Có phải tổng diện tích chè đạt 1.947 ha?",
        "Trồng mới 280 ha chè tại 12 xã, đúng không?",
        "Có phải mỗi hộ trồng chè được hỗ trợ 5 triệu đồng?",
        "Trồng mới 280 ha chè tại 12 xã à?",
        "Nghe nói trồng mới 280 ha chè tại 12 xã?",
        "Trồng mới chỉ 280 ha chè thôi à?",
        "Đàn ngựa giảm 45 con hả?",
        "Phòng Nông nghiệp cấp chế phẩm trước ngày 15/3 phải không?",
        "Tổng diện tích chè trên 1.900 ha, đúng chứ?",
        "Có 8/14 xã trồng chè theo hướng hữu cơ đúng không?",
    ],
)
def test_what_stands_there_is_confirmed(reader: Assistant, question: str) -> None:
    assert reader.ask(question).answer.startswith("Đúng. ")


@pytest.mark.parametrize(
    "question",
    [
        "Có phải tổng diện tích chè đạt 1.947 tấn?",
        "Có phải trồng mới 280 ha chè tại 15 xã?",
        "Có phải mỗi hộ trồng chè được hỗ trợ 5.000.000 USD?",
        "Có phải không trồng mới 280 ha chè?",
        "Có phải tổng diện tích chè đạt 280 ha?",
        "Có phải trồng mới 280 ha lúa?",
        "Mức phạt vi phạm bảo vệ rừng đối với tổ chức có phải là 40 triệu đồng không?",
        "Có phải trồng mới trên 280 ha chè?",
        "Có phải trồng mới 45 ha cam?",
    ],
)
def test_a_false_claim_is_never_confirmed(reader: Assistant, question: str) -> None:
    assert not reader.ask(question).answer.startswith("Đúng")


@pytest.mark.parametrize(
    ("question", "denied"),
    [
        ("Có phải tổng diện tích chè đạt 1.800 ha?", True),
        ("Có phải trồng mới 280 ha chè tại 15 xã?", True),
        ("Có phải mỗi hộ trồng chè được hỗ trợ 6 triệu đồng?", True),
        ("Có phải mỗi hộ trồng chè được hỗ trợ 5 triệu đồng?", False),
        ("Có phải tổng diện tích chè đạt 1.947 tấn?", False),
        ("Có phải mỗi hộ trồng chè được hỗ trợ 5.000.000 USD?", False),
        ("Có phải tổng diện tích chè không đạt 1.800 ha?", False),
        ("Có phải tổng diện tích chè đạt dưới 2.000 ha?", False),
        ("Tổng diện tích chè đạt trên 2.000 ha à?", True),
        ("Nghe nói tổng diện tích chè đạt 1.800 ha?", True),
        ("Đàn ngựa giảm 60 con phải không?", True),
        ("Đàn ngựa có 400 con, đúng chứ?", True),
        ("Phòng Nông nghiệp cấp 1.200 lít chế phẩm phải không?", True),
        ("Phòng Nông nghiệp cấp chế phẩm trước ngày 20/3/2023 phải không?", True),
        ("Có 9/14 xã trồng chè theo hướng hữu cơ đúng không?", True),
        ("Bao nhiêu xã trồng chè theo hướng hữu cơ vậy à?", False),
    ],
)
def test_only_another_value_of_the_same_measure_denies(reader: Assistant, question: str, denied: bool) -> None:
    assert reader.ask(question).answer.startswith("Tài liệu ghi khác: ") is denied


def test_scale_words_are_multiplied_out() -> None:
    first, second, third = amounts("1,5 tỷ đồng, 1.500 triệu đồng và 12 xã")
    assert (first.value, first.unit) == (second.value, second.unit) == (1_500_000_000, "dong")
    assert (third.value, third.unit) == (12, "xa")
