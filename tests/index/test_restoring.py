from __future__ import annotations

from collections import Counter
from itertools import pairwise

import pytest

from corpus.text import fold
from index.restoring import Frequencies, accented_forms, restore

CHUNKS = [
    "tổng diện tích chè toàn huyện",
    "diện tích trồng chè của huyện tam đường",
    "sản lượng thủy sản đạt kế hoạch",
    "làm đường giao thông nông thôn mới",
    "đương nhiên huyện ủy chỉ đạo",
    "tích cực tuyên truyền",
]


@pytest.fixture(scope="module")
def frequencies() -> Frequencies:
    alone = Counter(word for chunk in CHUNKS for word in set(chunk.split()))
    together = Counter(pair for chunk in CHUNKS for pair in set(pairwise(chunk.split())))
    return Frequencies(accented_forms(alone, fold), lambda left, right: together[left, right], len(CHUNKS))


@pytest.mark.parametrize("phrase", ["diện tích trồng chè", "huyện tam đường", "đương nhiên", "giao thông nông thôn"])
def test_diacritics_come_back(frequencies: Frequencies, phrase: str) -> None:
    assert restore(fold(phrase).split(), frequencies) == tuple(phrase.split())


def test_neighbours_decide_between_forms(frequencies: Frequencies) -> None:
    assert [form for form, _ in frequencies.forms["duong"]] == ["đường", "đương"]
    assert (restore("duong nhien".split(), frequencies) or ())[0] == "đương"
    assert (restore("duong giao thong".split(), frequencies) or ())[0] == "đường"


def test_numerals_and_single_unknown_words_stay(frequencies: Frequencies) -> None:
    assert restore("dien tich che 2022 12".split(), frequencies) == ("diện", "tích", "chè", "2022", "12")


@pytest.mark.parametrize("text", ["total tea growing area of the district", ""])
def test_a_text_of_other_words_is_left_alone(frequencies: Frequencies, text: str) -> None:
    assert restore(text.split(), frequencies) is None
