"""The grammar of document numbers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.numbers import canonical, find_number_mentions, find_numbers, fold, kind_of_number, number_key


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("24-BC/HU", "24-BC/HU"),
        ("Số: 154 / KH - UBND", "154/KH-UBND"),
        ("30/2020/NÐ-CP", "30/2020/NĐ-CP"),
        ("93/2007/QD-TTg", "93/2007/QĐ-TTg"),
        ("61/2020/QH14", "61/2020/QH14"),
        ("01/2021/UBTVQH14", "01/2021/UBTVQH14"),
        ("1257 + 1258/KH-UBND", "1257+1258/KH-UBND"),
        ("40-CTr/TU", "40-CTr/TU"),
        ("63/2025/QĐ-CTUBND", "63/2025/QĐ-CTUBND"),
        ("437/SNV-TCCC", "437/SNV-TCCC"),
        ("15/QĐ.UB", "15/QĐ-UB"),
        ("253/TTr-SNV", "253/TTr-SNV"),
        ("57/2013/TTLT-BTC-BNV", "57/2013/TTLT-BTC-BNV"),
        ("154/CTPH-LĐLĐ-SVH,TT,DL", "154/CTPH-LĐLĐ-SVH,TT,DL"),
        ("1.234/QĐ-UBND", "1234/QĐ-UBND"),
        ("66.15/2026/NQ-CP", "66.15/2026/NQ-CP"),
        ("06/2026/TT-BT\u0421", "06/2026/TT-BTC"),
        ("12–NQ/TW", "12-NQ/TW"),
        ("số 02-QC/TU-UBND", "02-QC/TU-UBND"),
    ],
)
def test_canonical(written: str, expected: str) -> None:
    assert canonical(written) == expected
    assert canonical(expected) == expected


@pytest.mark.parametrize(
    "text",
    [
        "1.902/1.944=97,8%",
        "ngày 21/3/2022",
        "186/337 đạt 55,19%",
        "BM01/VPUB-QT",
        "100 kg/ha",
        "Mẫu số 31/GQKN-CA",
        "Số 1583 + 1584/Ngày 17",
        "TCVN ISO 9001:2015",
        "giai đoạn 2021-2025",
        "mức độ 3, 4",
        "km 12/QL1",
    ],
)
def test_what_is_no_number(text: str) -> None:
    assert find_numbers(text) == []


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("24 bc hu", "24-BC/HU"),
        ("24bc/hu", "24-BC/HU"),
        ("bao cao 24-bc/hu", "24-BC/HU"),
        ("154 kh ubnd", "154/KH-UBND"),
        ("nghi dinh 30/2020/nd-cp", "30/2020/NĐ-CP"),
        ("luat 61/2020/qh14", "61/2020/QH14"),
        ("12 nq-hđnd", "12/NQ-HĐND"),
        ("50 kl tw nói gì", "50-KL/TW"),
    ],
)
def test_casual_spellings(query: str, expected: str) -> None:
    assert [found for _, _, found in find_numbers(query)] == [expected]


def test_key_unites_spellings_and_parts_lookalikes() -> None:
    same = ["05-NQ/HU", "5-NQ/HU", "5 nq hu", "05 – NQ/HU", "05-NQ / HU"]
    assert {number_key(number) for number in same} == {"5-nq-hu"}
    different = [
        "50-KL/TW",
        "50-CV/BTG",
        "50-KL/TU",
        "20-NQ/TW",
        "20-CT/TW",
        "52-NQ/TW",
        "30/2020/NĐ-CP",
        "30/2021/NĐ-CP",
    ]
    assert len({number_key(number) for number in different}) == len(different)


def test_two_in_one_sentence() -> None:
    text = "NGHỊ QUYẾT SỐ 20-NQ/TW,KẾT LUẬN SỐ 50-KL/TW; Kế hoạch số 441/KH-UBND. UBND huyện"
    assert [number for _, _, number in find_numbers(text)] == ["20-NQ/TW", "50-KL/TW", "441/KH-UBND"]


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        ("24-BC/HU", "Báo cáo"),
        ("40-CTr/TU", "Chương trình"),
        ("09/2009/CT-UBND", "Chỉ thị"),
        ("12/UBND-VX", "Công văn"),
        ("12/SNV-TCCC", "Công văn"),
        ("61/2020/QH14", None),
        ("không phải số", None),
    ],
)
def test_kind_of_number(number: str, kind: str | None) -> None:
    assert kind_of_number(number) == kind


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("nghị quyết 20 nói gì", [("20", "Nghị quyết", None)]),
        ("nghi quyet so 020", [("20", "Nghị quyết", None)]),
        ("kh 334", [("334", "Kế hoạch", None)]),
        ("quyết định 2280 năm 2020", [("2280", "Quyết định", 2020)]),
        ("Luật 61/2020", [("61", "Luật", 2020)]),
        ("kế hoạch 5 năm", []),
        ("báo cáo 2022", []),
        ("báo cáo 6 tháng", []),
        ("nghị quyết 20-NQ/TW", []),
        ("tổng diện tích chè là bao nhiêu", []),
    ],
)
def test_mentions_without_symbol(query: str, expected: list[tuple[str, str, int | None]]) -> None:
    assert [(found.number, found.kind, found.year) for found in find_number_mentions(query)] == expected


@given(st.text(max_size=80))
def test_any_text(text: str) -> None:
    for start, end, number in find_numbers(text):
        assert 0 <= start < end <= len(text)
        assert number_key(number)
    for mention in find_number_mentions(text):
        assert fold(text)[mention.start : mention.end].endswith(str(mention.year or "")[-2:])


@given(
    st.integers(1, 9999),
    st.sampled_from(["BC", "KH", "NQ", "QĐ", "TTr", "CTr", "CV", "KL"]),
    st.sampled_from(["UBND", "HĐND", "SNV", "HU", "TU", "TW", "BTG"]),
    st.sampled_from(["{n}/{k}-{b}", "{n}-{k}/{b}", "{n}/2021/{k}-{b}"]),
)
def test_round_trip(n: int, k: str, b: str, form: str) -> None:
    number = form.format(n=n, k=k, b=b)
    assert canonical(number) == number
    assert find_numbers(f"theo số {number}, ngày 01/02/2020") == [(8, 8 + len(number), number)]
    assert number_key(number.lower()) == number_key(f"0{number}") == number_key(number)
