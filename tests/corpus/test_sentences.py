from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.sentences import split_clauses, split_sentences


def _split(text: str) -> list[str]:
    return [text[start:end] for start, end in split_sentences(text)]


@pytest.mark.parametrize(
    "parts",
    [
        ["Đạt 1.947 ha.", "Đến nay có 26 cơ sở."],
        ["Ông ở TP. Lai Châu.", "Ông là TS. Nguyễn Văn A. Bình."],
        ["Gồm chè, lúa, v.v. Các xã đều trồng.", "Ưu điểm rõ."],
        ["1. Mục tiêu chung là gì?", "Ăn no!"],
        ["Điều 5. Phạm vi áp dụng"],
        ["Ông nói “Làm sớm. Làm kỹ.” với dân.", "Ấy là ý hay."],
        ["Có máy (xem hình. Ảnh 2) mới.", "Xong."],
        ["Toàn huyện tổ chức 214 hội nghị.¹", "Kết quả tốt."],
        ["Rất nhiều mô hình…", "Nhân dân vui."],
        ["Trong đó có 14,5%.", "100% các xã đạt."],
    ],
)
def test_sentences(parts: list[str]) -> None:
    assert _split(" ".join(parts)) == parts


def test_a_line_end_always_ends_a_sentence() -> None:
    assert _split("Tên đề mục\nĐoạn văn (chưa đóng.\nHết.") == ["Tên đề mục", "Đoạn văn (chưa đóng.", "Hết."]


def test_clauses_end_at_semicolons_outside_brackets() -> None:
    text = "Trồng chè (Kim Tuyên; PH8); nuôi cá; làm miến. Xong."
    assert [text[a:b] for a, b in split_clauses(text)] == [
        "Trồng chè (Kim Tuyên; PH8);",
        "nuôi cá;",
        "làm miến.",
        "Xong.",
    ]


@given(st.text(alphabet="aĐ .;!?…”“()\n1²", max_size=200))
def test_only_white_space_stands_between_sentences(text: str) -> None:
    for ranges in (split_sentences(text), split_clauses(text)):
        end = 0
        for start, stop in ranges:
            assert end <= start < stop
            assert not text[end:start].strip()
            assert text[start:stop] == text[start:stop].strip()
            end = stop
        assert not text[end:].strip()


def test_long_texts_are_split_in_linear_time() -> None:
    started = time.perf_counter()
    split_sentences("(" * 20000 + "a. B" * 20000 + "." * 20000 + "“" * 5000)
    assert time.perf_counter() - started < 2.0
