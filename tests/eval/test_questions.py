"""Question sets: reading, writing, and what a wrong line is told."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from eval.questions import KINDS, SETS, SetError, documents_of, is_held_out, load_questions, save_questions

BUNDLED = sorted(SETS.glob("*.jsonl"))
TUNED = [path for path in BUNDLED if path.stem in ("reports", "samples")]
GOOD = {"id": "a", "question": "?", "answerable": True, "document": "1/BC-UBND", "section": [], "facts": [["x"]]}


@pytest.mark.parametrize("path", TUNED, ids=lambda path: path.stem)
def test_a_bundled_set_is_large_spread_and_a_sixth_unanswerable(path: Path, tmp_path: Path) -> None:
    questions = load_questions(path)
    kinds = Counter(question.kind for question in questions)
    assert len(questions) >= 150 and set(KINDS) - set(kinds) <= {"place"} and min(kinds.values()) >= 4
    assert kinds["unanswerable"] * 6 >= len(questions)
    assert all(question.held_out == is_held_out(question.id) for question in questions)
    assert 0.15 <= sum(question.held_out for question in questions) / len(questions) <= 0.25
    assert len({question.question for question in questions}) == len(questions)
    save_questions(questions, tmp_path / "copy.jsonl")
    assert (tmp_path / "copy.jsonl").read_bytes() == path.read_bytes()


@pytest.mark.parametrize(
    "name", ["public", "public-more", "public-unseen", "reports", "reports-seen", "reports-hard", "reports-unseen"]
)
def test_sets_on_documents_that_are_not_ours_hold_no_sentence_of_them(name: str) -> None:
    for question in load_questions(SETS / f"{name}.jsonl"):
        for source in (*question.sources, *question.alternatives):
            assert not isinstance(source.evidence, str), question.id
        assert all(len(spelling) <= 60 for fact in question.facts for spelling in fact), question.id


def test_a_raised_note_marker_is_the_plain_one_and_a_question_may_ask_for_a_place(tmp_path: Path) -> None:
    path = tmp_path / "set.jsonl"
    path.write_text(json.dumps({**GOOD, "kind": "place", "note": "¹²", "evidence": "x"}), "utf-8")
    (question,) = load_questions(path)
    assert question.kind == "place" and question.sources[0].note == "12"


def test_bundled_sets_know_their_documents() -> None:
    names = {
        "public",
        "public-more",
        "public-unseen",
        "reports",
        "reports-hard",
        "reports-seen",
        "reports-unseen",
        "samples",
    }
    assert {path.stem for path in BUNDLED} == names
    (folder,) = documents_of(SETS / "samples.jsonl")
    assert (folder / "bao-cao-571-ubnd-2023.pdf").is_file()
    assert documents_of(Path("samples.jsonl")) == ()


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "dòng 1: không phải JSON"),
        ("[1]", "dòng 1: phải là một đối tượng JSON"),
        (json.dumps({"id": "a"}), "trường thiếu hoặc sai: 'question'"),
        (json.dumps({**GOOD, "kind": "sum"}), "không có loại 'sum'"),
        (json.dumps({**GOOD, "kind": "number", "facts": []}), "ít nhất một mục trong facts"),
        (json.dumps({**GOOD, "kind": "number", "evidence": [1]}), "trường thiếu hoặc sai"),
        (json.dumps({**GOOD, "kind": "number"}) + "\n" + json.dumps({**GOOD, "kind": "number"}), "dòng 2: mã câu hỏi"),
        ("\n", "không có câu nào"),
    ],
)
def test_a_wrong_line_is_named(tmp_path: Path, line: str, message: str) -> None:
    path = tmp_path / "set.jsonl"
    path.write_text(line)
    with pytest.raises(SetError, match=message):
        load_questions(path)


@pytest.mark.parametrize("path", TUNED, ids=lambda path: path.stem)
def test_the_held_out_fifth_holds_nearly_every_kind(path: Path) -> None:
    kinds = {question.kind for question in load_questions(path) if question.held_out}
    assert len(set(KINDS) - kinds - {"place"}) <= 2
