"""References to other documents."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.references import find_references


def test_number_date_body_and_relation() -> None:
    text = (
        "Thực hiện Nghị quyết số 20-NQ/TW, ngày 01/11/2012 của Ban Chấp hành Trung ương Đảng khóa XI về khoa học; "
        "căn cứ Quyết định số 15/QĐ-UBND ngày 01 tháng 3 năm 2017 của UBND tỉnh Lai Châu, "
        "thay thế Quyết định số 09/QĐ-UB."
    )
    first, second, third = find_references(text)
    assert (first.number, first.kind, first.issued_on) == ("20-NQ/TW", "Nghị quyết", "2012-11-01")
    assert (first.body, first.relation) == ("Ban Chấp hành Trung ương Đảng", "thực hiện")
    assert text[first.span.start : first.span.end] == "20-NQ/TW"
    assert (second.issued_on, second.body, second.relation) == ("2017-03-01", "UBND tỉnh Lai Châu", "căn cứ")
    assert (third.number, third.issued_on, third.body, third.relation) == ("09/QĐ-UB", None, None, "thay thế")


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("Luật này sửa đổi, bổ sung một số điều của Luật số 17/2023/QH15", "sửa đổi"),
        ("bãi bỏ Quyết định số 31/2021/QĐ-UBND", "bãi bỏ"),
        ("(Kèm theo Báo cáo số 25-BC/HU)", "kèm theo"),
        ("hướng dẫn thi hành Nghị định số 37/2007/NĐ-CP", "hướng dẫn"),
        ("Công văn số 26-CV/HU", None),
        ("Thực hiện kế hoạch. Công văn số 26-CV/HU", None),
    ],
)
def test_relation(text: str, relation: str | None) -> None:
    assert [found.relation for found in find_references(text)] == [relation]


def test_the_word_before_tells_the_kind() -> None:
    assert find_references("Công văn số 02/BC-LĐQV")[0].kind == "Công văn"
    assert find_references("số 02/BC-LĐQV")[0].kind == "Báo cáo"
    assert find_references("Luật Cư trú số 68/2020/QH14")[0].kind == "Luật"


def test_impossible_date_is_no_date() -> None:
    assert find_references("Báo cáo số 25-BC/HU, ngày 31/02/2022")[0].issued_on is None
    assert find_references("Báo cáo số 25-BC/HU, ngày 14/2022 của BTV")[0].issued_on is None


def test_real_report(shared: Path) -> None:
    text = (shared / "reports" / "bao-cao-tam-duong-2022.txt").read_text(encoding="utf-8")
    found = find_references(text)
    assert {"24-BC/HU", "25-BC/HU", "830-CV/TU", "50-KL/TW", "334-KH/TU", "40-CTr/TU", "154/KH-UBND"} <= {
        r.number for r in found
    }
    letter = next(r for r in found if r.number == "830-CV/TU")
    assert (letter.kind, letter.issued_on, letter.body) == ("Công văn", "2022-03-21", "Ban Thường vụ Tỉnh ủy")
    dates = {r.issued_on for r in found if r.number == "20-NQ/TW"} - {None}
    assert dates == {"2012-11-01", "2012-10-31"}
    assert all(text[r.span.start : r.span.end] for r in found)
