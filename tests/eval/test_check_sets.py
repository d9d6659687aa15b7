"""The labels of the bundled sets hold against the documents, and a false label is found."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from eval.check_sets import check_question, check_set, relocate, tightest
from eval.documents import read_places
from eval.questions import SETS, Question, Source, documents_of, load_questions
from tests.conftest import need
from tests.eval.helpers import question


def test_labels_of_the_samples_hold(samples: Path) -> None:
    need("tesseract")
    assert check_set(load_questions(SETS / "samples.jsonl"), [samples]) == []


@pytest.mark.parametrize("name", ["reports", "reports-seen", "reports-hard", "reports-unseen"])
def test_labels_of_the_reports_hold(shared: Path, name: str) -> None:
    assert check_set(load_questions(SETS / f"{name}.jsonl"), [shared / "reports"]) == []


@pytest.mark.parametrize("name", ["public", "public-more", "public-unseen"])
def test_labels_of_the_public_documents_hold(shared: Path, name: str) -> None:
    need("soffice")
    path = SETS / f"{name}.jsonl"
    assert check_set(load_questions(path), documents_of(path)) == []


@pytest.fixture
def tea() -> Question:
    return question(
        sources=(Source("512/BC-UBND", ("A", "I", "1", "1.1"), "Tổng diện tích chè toàn huyện là 1.286 ha"),),
        facts=(("1.286",),),
        held_out=True,
    )


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"document": "513/BC-UBND"}, "không đọc được văn bản '513/BC-UBND'"),
        ({"section": ("A", "I", "9")}, "512/BC-UBND không có mục A.I.9"),
        ({"evidence": "Tổng diện tích chè toàn huyện là 1.287 ha"}, "evidence không nằm trong mục"),
        ({"evidence": (10, 99999)}, "khoảng 10-99999 nằm ngoài mục"),
        ({"note": "8"}, "không có chú thích 8"),
        ({"section": ("A", "I", "1", "1.2")}, "evidence không nằm trong mục"),
    ],
)
def test_a_false_place_is_found(tea: Question, samples: Path, changes: dict, fault: str) -> None:
    documents = _only(samples, "bao-cao-512-ubnd-2021.txt")
    tea = replace(tea, held_out=_held(tea))
    assert check_question(tea, documents) == []
    wrong = replace(tea, sources=(replace(tea.sources[0], **changes),))
    assert any(fault in text for text in check_question(wrong, documents))


def test_a_fact_that_the_evidence_lacks_is_found(tea: Question, samples: Path) -> None:
    wrong = replace(tea, facts=(("1.287",),), held_out=_held(tea))
    assert check_question(wrong, _only(samples, "bao-cao-512-ubnd-2021.txt")) == ["evidence không có '1.287'"]


def test_a_mark_that_the_id_does_not_give_is_found_where_anything_is_held_out(samples: Path) -> None:
    asked = load_questions(SETS / "samples.jsonl")[:40]
    looked_at = [replace(one, held_out=False) for one in asked]
    fault = "held_out không khớp"
    assert not any(fault in told for told in check_set(looked_at, [samples]))
    turned = [replace(asked[0], held_out=not asked[0].held_out), *asked[1:]]
    assert [told.split(":")[0] for told in check_set(turned, [samples]) if fault in told] == [asked[0].id]


def test_ranges_are_found_again_by_the_facts(tea: Question, samples: Path) -> None:
    documents = _only(samples, "bao-cao-512-ubnd-2021.txt")
    shifted = replace(tea, sources=(replace(tea.sources[0], evidence=(0, 5)),))
    (source,) = relocate(shifted, documents).sources
    (section,) = [s for s in documents[0].walk() if s.path == source.section]
    start, end = source.evidence or (0, 0)
    assert "1.286 ha" in documents[0].slice(section.body)[start:end]


def test_the_tightest_run_of_sentences_is_chosen() -> None:
    text = "Có 5 xã.\nĐạt 5 xã và 7 bản.\nCòn 7 bản."
    assert text[slice(*tightest(text, (("5",), ("7",)), 0))] == "Đạt 5 xã và 7 bản."
    assert text[slice(*tightest(text, (("7",),), 99))] == "Còn 7 bản."
    assert tightest(text, (("9",),), 0) is None


def _held(chosen: Question) -> bool:
    from eval.questions import is_held_out

    return is_held_out(chosen.id)


def _only(samples: Path, name: str) -> tuple:
    return tuple(d for d in read_places([samples]) if d.path.endswith(name))
