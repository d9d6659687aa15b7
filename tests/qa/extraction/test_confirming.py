"""A claim is confirmed only where all of it stands; it is denied only where the same measure has another value."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from qa.assemble import build_assistant
from qa.assistant import Assistant
from qa.extraction.confirming import amounts
from qa.settings import load_settings
from tests.qa.office import office_over

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
_HEAD = """ỦY BAN NHÂN DÂN HUYỆN MƯỜNG LAI
Số: 78/BC-UBND
Mường Lai, ngày 11 tháng 12 năm 2023

BÁO CÁO
Kết quả thực hiện nhiệm vụ

I. Kết quả
"""
_SENDING = "Các xã gửi báo cáo trước ngày 05/4/2022, hội nghị tổng kết tổ chức ngày 20/4/2022."
_SIGNING = "Thời gian đăng ký dự thi đến hết ngày 30/6/2022."
_PIGS = "Tổng đàn lợn năm 2021 là 5.200 con, năm 2020 là 4.800 con."
_GUESTS = "Hội nghị sơ kết có 80 đại biểu; hội nghị tổng kết có 150 đại biểu."
_RUBBER = "Diện tích cao su là 1.500 ha, trong đó diện tích kinh doanh là 900 ha."
_TEA = "Diện tích chè trên địa bàn huyện là 96 ha."
_COMMUNES = "Toàn huyện có 4/11 xã đạt chuẩn nông thôn mới."
_MEETING = "UBND huyện họp ngày 15/7/2021."
_SEEDS = "Huyện cấp 900 lít chế phẩm cho các xã trước ngày 15/3/2023."


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
        "Phòng Nông nghiệp cấp trên 800 lít chế phẩm, đúng chứ?",
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
        ("Phòng Nông nghiệp cấp trên 1.000 lít chế phẩm à?", True),
        ("Nghe nói tổng diện tích chè đạt 1.800 ha?", True),
        ("Đàn ngựa giảm 60 con phải không?", True),
        ("Đàn ngựa có 400 con, đúng chứ?", True),
        ("Phòng Nông nghiệp cấp 1.200 lít chế phẩm phải không?", True),
        ("Phòng Nông nghiệp cấp chế phẩm trước ngày 20/3/2023 phải không?", False),
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


@pytest.mark.parametrize(
    ("said", "question", "lead"),
    [
        (_SENDING, "Hội nghị tổng kết tổ chức ngày 05/4/2022 phải không?", ""),
        (_SENDING, "Các xã gửi báo cáo trước ngày 20/4/2022 phải không?", ""),
        (_SENDING, "Các xã gửi báo cáo sau ngày 05/4/2022 phải không?", ""),
        (_SIGNING, "Thời gian đăng ký dự thi đến hết ngày 30/6/2022 phải không?", "Đúng. "),
        (_SIGNING, "Thời gian đăng ký dự thi từ ngày 30/6 phải không?", ""),
        (_SIGNING, "Thời gian đăng ký dự thi sau ngày 30/6 phải không?", ""),
        ("Hội thi tổ chức từ ngày 05/3 đến ngày 10/3.", "Hội thi tổ chức đến ngày 05/3 phải không?", ""),
        ("Hội thi tổ chức từ 05/3 đến 10/3.", "Hội thi tổ chức đến ngày 05/3 phải không?", ""),
        (_MEETING, "UBND huyện họp trước ngày 20/7/2021 phải không?", ""),
        (_MEETING, "UBND huyện họp ngày 15/7/2021 phải không?", "Đúng. "),
        (_MEETING, "UBND huyện họp ngày 20/7/2021 phải không?", "Tài liệu ghi khác: "),
        (_SEEDS, "Huyện cấp 900 lít chế phẩm trước ngày 15/3/2023 phải không?", "Đúng. "),
        (_SEEDS, "Huyện cấp 900 lít chế phẩm sau ngày 15/3/2023 phải không?", ""),
        (_PIGS, "Tổng đàn lợn năm 2020 hơn 5.000 con phải không?", ""),
        (_PIGS, "Tổng đàn lợn năm 2020 dưới 5.000 con phải không?", ""),
        (_GUESTS, "Hội nghị tổng kết có dưới 100 đại biểu phải không?", ""),
        (_RUBBER, "Diện tích cao su trên 1.000 ha phải không?", ""),
        (_TEA, "Diện tích chè trên địa bàn 96 ha phải không?", "Đúng. "),
        (_TEA, "Diện tích chè trên địa bàn huyện trên 96 ha phải không?", ""),
        (_TEA, "Diện tích chè trên địa bàn huyện trên 90 ha phải không?", "Đúng. "),
        (_TEA, "Diện tích chè trên địa bàn huyện hơn 100 ha phải không?", "Tài liệu ghi khác: "),
        (_TEA, "Diện tích chè trên địa bàn huyện vượt quá 100 ha phải không?", ""),
        ("Kiểm tra 45 hộ trồng mới.", "Qua kiểm tra 45 hộ trồng mới phải không?", "Đúng. "),
        ("Có 38 cơ sở vi phạm.", "Kết quả 38 cơ sở vi phạm phải không?", "Đúng. "),
        ("Số cặp tảo hôn là 12 cặp.", "Số cặp tảo hôn 12 cặp phải không?", "Đúng. "),
        ("Số cặp tảo hôn là 15 cặp.", "so cap tao hon 12 cap phai khong", ""),
        ("Diện tích quế trên đất dốc là 77 ha.", "Diện tích quế trên đất dốc 77 ha phải không?", "Đúng. "),
        ("Huyện trồng trên 120 ha quế.", "Huyện trồng trên 100 ha quế phải không?", ""),
        (_COMMUNES, "Có 4/11 xã đạt chuẩn nông thôn mới phải không?", "Đúng. "),
        (_COMMUNES, "Có 4 xã đạt chuẩn nông thôn mới phải không?", "Đúng. "),
        (_COMMUNES, "Có 11 xã đạt chuẩn nông thôn mới phải không?", ""),
        (_COMMUNES, "Có 4/12 xã đạt chuẩn nông thôn mới phải không?", ""),
        ("UBND xã đề nghị hỗ trợ 45 tấn gạo.", "UBND xã được hỗ trợ 45 tấn gạo phải không?", ""),
        ("UBND xã được hỗ trợ 45 tấn gạo.", "UBND xã đề nghị hỗ trợ 45 tấn gạo phải không?", ""),
        ("UBND xã được hỗ trợ 45 tấn gạo.", "UBND xã được hỗ trợ 45 tấn gạo phải không?", "Đúng. "),
    ],
)
def test_a_verdict_is_given_only_where_it_is_sure(tmp_path: Path, said: str, question: str, lead: str) -> None:
    with office_over(tmp_path, {"van-ban.txt": f"{_HEAD}{said}\n"}) as office:
        answer = office.ask(question).answer
    assert next((known for known in ("Đúng. ", "Tài liệu ghi khác: ") if answer.startswith(known)), "") == lead


@pytest.mark.parametrize("claimed", ["11/11 xã", "trên 10 xã"])
def test_the_whole_of_a_ratio_is_never_confirmed(tmp_path: Path, claimed: str) -> None:
    with office_over(tmp_path, {"van-ban.txt": f"{_HEAD}{_COMMUNES}\n"}) as office:
        answer = office.ask(f"Có {claimed} đạt chuẩn nông thôn mới phải không?").answer
    assert not answer.startswith("Đúng")
