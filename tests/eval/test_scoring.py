"""Scores of single answers, and the figures made of them."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from corpus.readers import read_document
from eval.documents import cited_context
from eval.questions import Source
from eval.scoring import score
from eval.summary import figures, point, summarise
from tests.eval.helpers import answer, citation, question, unanswerable


def test_a_right_answer_with_its_place() -> None:
    found = score(question(), answer(), [["x"]])
    assert (found.right, found.document, found.section, found.precision) == (True, True, True, 1.0)
    assert found.unsupported == () and found.length == 27 and found.milliseconds == 7


def test_a_wrong_place_is_told_from_a_wrong_document() -> None:
    found = score(question(), answer("1.418 [1]", citation(section=("A",))), [])
    assert (found.document, found.section) == (True, False)
    found = score(question(), answer("1.418 [1]", citation(number="402/BC-UBND")), [])
    assert (found.document, found.section) == (False, False)


def test_one_right_citation_of_two_is_enough_but_lowers_precision() -> None:
    found = score(question(), answer("1.418 [1][2]", citation(number="1/BC-HU"), citation()), [])
    assert found.section and found.precision == 0.5


def test_every_source_of_a_comparison_must_be_cited() -> None:
    two = question(sources=(*question().sources, Source("538/BC-UBND", ("B",))), kind="compare")
    assert score(two, answer(), []).section is False
    both = answer("1.418 và 1.352", citation(), citation("538/BC-UBND", ("B",)))
    assert score(two, both, []).section is True


def test_an_alternative_stands_for_the_first_source() -> None:
    other = question(alternatives=(Source("571/BC-UBND", ("PHỤ LỤC",)),))
    found = score(other, answer("1.418", citation(section=("PHỤ LỤC",))), [])
    assert found.section and found.precision == 1.0


def test_a_refusal_cites_nothing() -> None:
    found = score(question(), answer("Không tìm thấy.", citation(), refused=True), [])
    assert not found.right and found.section is False and found.precision is None


def test_numbers_of_the_document_label_are_supported_but_others_are_not() -> None:
    text = "Báo cáo số 571/BC-UBND ngày 11/12/2023: 1.418 ha, 99 xã [1]."
    assert score(question(), answer(text), []).unsupported == ("99",)


def test_numbers_of_a_heading_or_table_header_over_the_quote_are_supported() -> None:
    told = answer("Năm 2023: 1.418", citation(quote="Diện tích chè | 1.418"))
    told["citations"][0]["document"]["issued_on"] = None
    assert score(question(), told, []).unsupported == ("2023",)
    assert score(question(), told, [], context=["Chỉ tiêu | Năm 2022 | Năm 2023"]).unsupported == ()


def test_context_is_the_headings_and_table_headers_of_the_cited_section(samples: Path) -> None:
    document = read_document(samples / "bao-cao-xa-ban-mong-2023.docx")
    cited = {**citation(section=("II", "2")), "document": {"id": document.id}}
    context = cited_context([document], [cited, citation()])
    assert context == ["KẾT QUẢ THỰC HIỆN", "Huy động nguồn lực", " | ".join(document.tables[0].header)]


def test_ranks_look_into_notes_and_take_the_best_text() -> None:
    passages = [{"text": "không liên quan"}, {"text": "câu chính", "notes": ["ba xã vùng cao được hỗ trợ"]}]
    found = score(question(), answer(passages=passages), [["ba xã vùng cao", "câu không có ở đâu cả"], ["vắng mặt"]])
    assert found.ranks == (2, None)


def test_figures_of_a_worked_example() -> None:
    pairs = [
        (question("a"), answer()),
        (question("b"), answer("sai", citation(section=("B",)))),
        (question("c"), answer("Không tìm thấy.", refused=True)),
        (unanswerable("d"), answer("Không tìm thấy.", refused=True)),
        (unanswerable("e"), answer("Có 12 xã", citation(quote="không có"))),
    ]
    scores = [score(q, a, []) for q, a in pairs]
    part = figures(list(zip([q for q, _ in pairs], scores, strict=True)))
    expected = {
        "accuracy": 1 / 3,
        "accuracy_all": 2 / 5,
        "citation_document": 1.0,
        "citation_section": 1 / 2,
        "citation_section_of_all": 1 / 3,
        "refusal_precision": 1 / 2,
        "refusal_recall": 1 / 2,
        "unanswerable_refused": 1 / 2,
        "answerable_refused": 1 / 3,
        "unsupported_rate": 1 / 3,
        "unsupported_numbers": 1,
    }
    assert {name: point(part, name) for name in expected} == pytest.approx(expected, abs=1e-4)
    assert part["evidence_recall@5"] is None and part["p50_ms"] == 7


def test_undefined_figures_are_null_and_never_nan() -> None:
    summary = summarise([unanswerable("a")], [score(unanswerable("a"), answer("", refused=True), [])])
    assert summary["all"]["accuracy"] is None and summary["held_out"]["questions"] == 0
    numbers = [v for part in (summary["all"], summary["held_out"]) for v in part.values() if isinstance(v, float)]
    assert not any(map(math.isnan, numbers))
