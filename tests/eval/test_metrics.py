"""Each measure against a worked example or a slow obvious oracle, ties and empty input included."""

from __future__ import annotations

import itertools
import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval import metrics


@pytest.mark.parametrize(
    ("text", "spelling", "found"),
    [
        ("diện tích 1.947 ha", "47", False),
        ("diện tích 1.947 ha", "947", False),
        ("diện tích 1.947 ha", "1.947", True),
        ("ngày 12/5/2022", "12", False),
        ("có 12 xã, 12/19 tiêu chí", "12", True),
        ("tăng 8,5%", "8", False),
        ("tăng 8,5%.", "8,5%", True),
        ("đạt 1.947. Ngoài ra", "1.947", True),
        ("Số 24-BC/HU,", "24-bc/hu", True),
        ("Số 124-BC/HU", "24-BC/HU", False),
        ("214 hội nghị¹, với", "214 hội nghị", True),
        ("trồng 3,15ha cam", "3,15", True),
        ("trồng 3,15hạt", "3,15", False),
        ("rộng 40m², dài", "40", True),
        ("tiêu chí 12a", "12", False),
        ("có 2.104/2.250 hộ", "2.104", True),
        ("có 2.104/2.250 hộ", "2.250", True),
        ("có 12/19 xã", "19", False),
        ("số 2.104.500/2.250", "2.104", False),
        ("thể tích 18.000 m³", "18.000 m³", True),
        ("thể tích 18.000 m", "18.000 m³", False),
        ("xã Hoà Bình", "Hòa Bình", True),
        ("hoa\u0300 bi\u0300nh", "hòa bình", True),
        ("chè\n  búp   tươi", "chè búp tươi", True),
        ("“Chè Tam Đường”", '"Chè Tam Đường"', True),
        ("khóa XII", "khóa XI", False),
    ],
)
def test_a_fact_stands_free_in_the_text(text: str, spelling: str, found: bool) -> None:
    assert metrics.holds(text, spelling) is found


def test_an_answer_is_right_when_every_fact_stands_in_it_within_the_limit() -> None:
    facts = (("07 sản phẩm", "7 sản phẩm"), ("3 sao",))
    assert metrics.is_right("Có 7 sản phẩm đạt 3 sao [1].", False, True, facts, 400)
    assert not metrics.is_right("Có 7 sản phẩm [1].", False, True, facts, 400)
    assert not metrics.is_right("Có 7 sản phẩm đạt 3 sao.", True, True, facts, 400)
    assert not metrics.is_right("Có 7 sản phẩm đạt 3 sao." + "x" * 400, False, True, facts, 400)
    assert metrics.is_right("x", True, False, (), 400) and not metrics.is_right("x", False, False, (), 400)


def test_markers_count_neither_as_text_nor_as_numbers() -> None:
    body = "a" * 400
    assert metrics.is_right(f"{body} [1] [12]", False, True, ((body,),), 400)
    assert metrics.unsupported_numbers("Có 5 xã [3].", ["05 xã"]) == []


@pytest.mark.parametrize(
    ("answer", "support", "missing"),
    [
        ("1.947 ha", "tổng 1.947 ha", []),
        ("1.974 ha", "tổng 1.947 ha", ["1.974"]),
        ("47 ha", "tổng 1.947 ha", ["47"]),
        ("ngày 05/04/2022", "ngày 5 tháng 4 năm 2022", []),
        ("7 sản phẩm", "07 sản phẩm", []),
        ("5 hội nghị", "hội nghị⁵", ["5"]),
        ("12 xã", "ngày 11/12/2023", ["12"]),
        ("năm 2023, tháng 12/2023", "ngày 11/12/2023", []),
        ("ngày 12/12/2023", "ngày 11/12/2023", ["2023-12-12"]),
        ("có 6 xã trên 11 xã", "6/11 xã", []),
        ("6/12 xã", "6/11 xã, 12 bản", ["6/12"]),
    ],
)
def test_unsupported_numbers(answer: str, support: str, missing: list[str]) -> None:
    assert metrics.unsupported_numbers(answer, [support]) == missing


def test_documents_are_the_same_by_number_or_file_name() -> None:
    assert metrics.same_document("24-BC/HU", "24-BC/HU", "/x/a.txt")
    assert metrics.same_document("24-BC/HU", "24 - BC/HU", None)
    assert metrics.same_document("1190/QĐ-UBND", "1190/QÐ-UBND", None)
    assert metrics.same_document("a.txt", None, "/x/a.txt")
    assert not metrics.same_document("24-BC/HU", "124-BC/HU", "/x/24-BC/HU.txt")
    assert not metrics.same_document("a.txt", None, "/a.txt/b.txt")


def test_sections_are_the_same_label_by_label() -> None:
    assert metrics.same_section(("Chương II", "Điều 7"), ["CHƯƠNG II", "Điều  7"])
    assert not metrics.same_section(("B", "I"), ["B"]) and metrics.same_section((), [])


def test_coverage_counts_runs_of_four_words() -> None:
    evidence = "một hai ba bốn năm sáu"
    assert metrics.coverage("một hai ba bốn năm sáu", evidence) == 1.0
    assert metrics.coverage("một hai ba bốn năm", evidence) == pytest.approx(2 / 3)
    assert metrics.coverage("sáu năm bốn ba hai một", evidence) == 0.0
    assert metrics.coverage("có 24-BC/HU đây", "24-BC/HU") == 1.0
    assert metrics.coverage("bất kỳ", "") == 0.0


def test_first_hit_takes_the_first_of_equal_passages() -> None:
    evidence = "tổng diện tích chè toàn huyện"
    assert metrics.first_hit(["khác", evidence, evidence], evidence) == 2
    assert metrics.first_hit([], evidence) is None and metrics.first_hit(["khác"], evidence) is None


def test_recall_and_reciprocal_rank_of_a_worked_example() -> None:
    ranks = [1, 3, None, 6]
    assert [metrics.recall_at(ranks, k) for k in (1, 5, 10)] == [0.25, 0.5, 0.75]
    assert [metrics.reciprocal_rank(rank) for rank in ranks] == pytest.approx([1, 1 / 3, 0, 1 / 6])
    assert math.isnan(metrics.recall_at([], 5))


def test_refusal_scores_of_a_worked_example_and_of_none() -> None:
    precision, recall = metrics.refusal_scores([True, True, False, False, True], [False, True, False, True, False])
    assert (precision, recall) == pytest.approx((2 / 3, 2 / 3))
    nothing = metrics.refusal_scores([False, False], [True, True])
    assert all(math.isnan(value) for value in nothing)


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=40), st.floats(0, 1))
def test_percentile_agrees_with_numpy(values: list[float], share: float) -> None:
    assert metrics.percentile(values, share) == pytest.approx(float(np.quantile(values, share)), abs=1e-9)


def test_bootstrap_brackets_the_mean_and_is_repeatable() -> None:
    values = [True] * 70 + [False] * 30
    low, high = metrics.bootstrap(values)
    # The normal approximation gives 0.70 ± 1.96 · sqrt(0.7 · 0.3 / 100) = 0.61 … 0.79.
    assert low == pytest.approx(0.61, abs=0.02) and high == pytest.approx(0.79, abs=0.02)
    assert metrics.bootstrap(values) == (low, high)
    assert metrics.bootstrap([True] * 9) == (1.0, 1.0) and all(map(math.isnan, metrics.bootstrap([])))


def test_bootstrap_of_four_values_has_the_exact_quantiles_of_all_resamples() -> None:
    values = [0.0, 1.0, 2.0, 5.0]
    exact = sorted(sum(draw) / 4 for draw in itertools.product(values, repeat=4))
    low, high = metrics.bootstrap(values, rounds=20000)
    assert (low, high) == pytest.approx((exact[6], exact[249]), abs=0.26)


def test_paired_bootstrap_of_equal_runs_is_zero() -> None:
    run = [number % 3 == 0 for number in range(50)]
    assert metrics.paired_bootstrap(run, run) == (0.0, 0.0)
    with pytest.raises(ValueError, match="argument 2 is shorter"):
        metrics.paired_bootstrap([True, False], [True])


@given(st.integers(0, 14), st.integers(0, 14))
def test_mcnemar_is_the_exact_binomial_test(better: int, worse: int) -> None:
    total = better + worse
    extreme = [k for k in range(total + 1) if abs(Fraction(2 * k - total)) >= abs(better - worse)]
    expected = sum(Fraction(math.comb(total, k), 2**total) for k in extreme)
    assert metrics.mcnemar(better, worse) == pytest.approx(float(min(Fraction(1), expected)))


def test_kappa_of_worked_examples() -> None:
    first = [True] * 25 + [False] * 25
    second = [True] * 20 + [False] * 5 + [True] * 10 + [False] * 15
    # Agreement 0.7, chance 0.5 · 0.6 + 0.5 · 0.4 = 0.5 (Cohen 1960).
    assert metrics.kappa(first, second) == pytest.approx(0.4)
    assert metrics.kappa([True], [True]) == 1.0 and math.isnan(metrics.kappa([], []))
