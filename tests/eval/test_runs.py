"""A run is written, read back, compared, held to its gates and shown."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from eval import cli
from eval.answers import about_run, make_run, read_answers, save_run, score_all
from eval.compare import compare_runs, load_results
from eval.feedback import from_feedback
from eval.gates import failed_gates, load_gates
from eval.judge import judge_rows, read_verdict
from eval.questions import Question, SetError, Source, save_questions
from eval.report import outcome, render
from tests.eval.helpers import answer, citation, question, unanswerable

QUESTIONS = [question("a"), question("b", question="Diện tích <chè> & quế?"), unanswerable("c")]
GOOD = [answer(), answer(), answer("Không tìm thấy.", refused=True)]
BAD = [answer(), answer("Không rõ 5.", citation(section=("B",))), answer("Có 9.", citation())]


def make(answers: list[dict[str, Any]], questions: list[Question] = QUESTIONS) -> Any:
    timed = [(one, None) for one in answers]
    about = about_run(Path("thu.jsonl"), None, "f", [])
    return make_run(questions, timed, score_all(questions, timed), about)


def test_a_saved_run_is_read_back_as_it_was(tmp_path: Path) -> None:
    run = make(GOOD)
    save_run(run, tmp_path / "a")
    rows = load_results(tmp_path / "a")
    assert list(rows) == ["a", "b", "c"] and json.loads(json.dumps(run.rows[0])) == rows["a"]


def test_comparison_names_each_question_that_changed(tmp_path: Path) -> None:
    runs = []
    for name, answers in (("a", GOOD), ("b", BAD)):
        save_run(make(answers), tmp_path / name)
        runs.append(load_results(tmp_path / name))
    found = compare_runs(*runs)
    assert (found.better, found.worse, found.citations_worse) == ((), ("b", "c"), ("b",))
    assert found.accuracy_a == 1.0 and found.accuracy_b == pytest.approx(1 / 3) and found.p_value == 0.5
    back = compare_runs(runs[1], runs[0])
    assert back.better == ("b", "c") and back.interval[1] == pytest.approx(-found.interval[0])
    with pytest.raises(SetError, match="không có câu hỏi chung"):
        compare_runs(runs[0], {"z": runs[0]["a"]})


def test_gates_fail_only_below_the_minimum_or_above_the_maximum(tmp_path: Path) -> None:
    path = tmp_path / "gates.toml"
    path.write_text("[default.min]\naccuracy = 0.5\n[thu.min]\naccuracy = 1\n[thu.max]\nunsupported_numbers = 0\n")
    part = make(BAD).summary["all"]
    assert [text.split(" = ")[0] for text in failed_gates(part, load_gates(path, "thu"))] == [
        "accuracy",
        "unsupported_numbers",
    ]
    assert failed_gates(part, load_gates(path, "khác")) == []
    assert failed_gates(make(GOOD).summary["all"], load_gates(path, "thu")) == []
    with pytest.raises(SetError, match="không phải tên một chỉ số"):
        failed_gates(part, {"min": {"acuracy": 1.0}})
    path.write_text('[default]\nmin = { accuracy = "cao" }\n')
    with pytest.raises(SetError, match="phải là các số"):
        load_gates(path, "thu")


def test_bundled_gates_name_real_figures() -> None:
    from eval.gates import DEFAULT_GATES

    for name in ("samples", "reports", "khác"):
        assert failed_gates(make(GOOD).summary["all"], load_gates(DEFAULT_GATES, name)) == []


def test_report_shows_failures_escaped_and_needs_no_network() -> None:
    page = render(make(BAD), ["accuracy = 0.3"])
    assert "Diện tích &lt;chè&gt; &amp; quế?" in page and "<chè>" not in page
    assert "bịa câu không có đáp án" in page and "accuracy = 0.3" in page and page.count("<svg") == 4
    assert "<script" not in page and "http://" not in page.replace("http://www.w3.org", "").replace(
        "http://purl.org", ""
    ).replace("http://creativecommons.org", "")


def test_outcomes_are_told_apart() -> None:
    assert [outcome(row) for row in make(GOOD).rows] == [
        "đúng, trích dẫn đúng mục",
        "đúng, trích dẫn đúng mục",
        "từ chối đúng",
    ]
    assert [outcome(row) for row in make(BAD).rows][1:] == ["trả lời sai", "bịa câu không có đáp án"]


def test_answers_of_another_program_are_scored_by_the_command(tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    save_questions(QUESTIONS, tmp_path / "set.jsonl")
    lines = [json.dumps({"id": q.id, **a}) for q, a in zip(QUESTIONS, GOOD, strict=True)]
    (tmp_path / "answers.jsonl").write_text("\n".join(reversed(lines)))
    out = tmp_path / "out"
    command = ["run", str(tmp_path / "set.jsonl"), "--ask-json", str(tmp_path / "answers.jsonl"), "--out", str(out)]
    assert cli.main([*command, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["all"]["accuracy"][0] == 1.0
    assert {path.name for path in out.iterdir()} == {"results.jsonl", "summary.json", "report.html"}
    assert cli.main(["compare", str(out), str(out), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["p_value"] == 1.0


def test_a_missed_gate_is_exit_code_1(tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    save_questions(QUESTIONS, tmp_path / "set.jsonl")
    lines = [json.dumps({"id": q.id, **a}) for q, a in zip(QUESTIONS, BAD, strict=True)]
    (tmp_path / "answers.jsonl").write_text("\n".join(lines))
    command = ["run", str(tmp_path / "set.jsonl"), "--ask-json", str(tmp_path / "answers.jsonl")]
    assert cli.main(command) == 1
    printed = capsys.readouterr()
    assert "Không đạt ngưỡng: accuracy" in printed.err and "Trả lời đúng" in printed.out
    assert cli.main([*command, "--no-gates"]) == 0


def test_missing_answers_and_sets_are_one_line_errors(tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    (tmp_path / "answers.jsonl").write_text(json.dumps({"id": "a", **GOOD[0]}))
    with pytest.raises(SetError, match="thiếu câu trả lời cho 2 câu hỏi"):
        read_answers(tmp_path / "answers.jsonl", QUESTIONS)
    assert cli.main(["run", str(tmp_path / "khong-co.jsonl")]) == 1
    assert capsys.readouterr().err.startswith("Lỗi: không đọc được bộ câu hỏi")


def test_feedback_becomes_lines_for_a_person_to_complete(tmp_path: Path) -> None:
    path = tmp_path / "feedback.jsonl"
    item = {"question": "Ai ký?", "answer": "Ông A", "verdict": "sai", "reason": "sai tên", "citations": [citation()]}
    path.write_text("\n".join(json.dumps({**item, "reason": reason}) for reason in ("cũ", "mới")))
    (line,) = from_feedback(path)
    assert (line["document"], line["section"], line["facts"]) == ("571/BC-UBND", ["A", "I"], [])
    assert line["answerable"] is None and line["feedback"]["reason"] == "mới"
    path.write_text('{"answer": "thiếu câu hỏi"}')
    with pytest.raises(SetError, match="không đọc được phản hồi"):
        from_feedback(path)


class _Judge:
    def __init__(self, replies: list[str]) -> None:
        self.replies, self.prompts = replies, []

    def invoke(self, text: str) -> Any:
        self.prompts.append(text)
        return type("Message", (), {"content": self.replies[len(self.prompts) - 1]})()


def test_the_judge_is_reported_with_its_agreement() -> None:
    judge = _Judge(["ĐÚNG", "KẾT LUẬN: SAI", "tôi không biết"])
    found = judge_rows(judge, make(BAD).rows)
    assert (found["judged"], found["unreadable"], found["accuracy"], found["agreement"]) == (2, 1, 0.5, 1.0)
    assert "1.418" in judge.prompts[0] and "{" not in judge.prompts[0]
    assert read_verdict("Câu này sai") is None and read_verdict("SAI") is False


def test_recorded_verdicts_of_a_real_model_are_read() -> None:
    """What a model of 1.5 billion parameters said of ten answers."""
    recorded = json.loads((Path(__file__).resolve().parent.parent / "data" / "verdicts.json").read_text("utf-8"))
    rows = [{"label": r["label"], "answer": {"answer": r["answer"]}, "score": {"right": r["right"]}} for r in recorded]
    found = judge_rows(_Judge([r["reply"] for r in recorded]), rows)
    assert (found["judged"], found["unreadable"]) == (len(recorded), 0)
    expected = [("ĐÚNG" in r["reply"]) == r["right"] for r in recorded]
    assert found["agreement"] == pytest.approx(sum(expected) / len(expected))
    assert -1 <= found["kappa"] <= 1


def test_a_set_is_asked_over_a_file_and_written(
    tmp_path: Path, samples: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    monkeypatch.setenv("BAOCAO_EMBEDDING__MODEL", "none")
    path, out = tmp_path / "set.jsonl", tmp_path / "out"
    source = Source("512/BC-UBND", ("A", "I", "1", "1.3"), "Toàn huyện trồng mới 320 ha rừng")
    asked = "Huyện Sơn Khê trồng mới bao nhiêu ha rừng năm 2021?"
    save_questions([question("a", question=asked, facts=(("320",),), sources=(source,)), unanswerable("b")], path)
    document = samples / "bao-cao-512-ubnd-2021.txt"
    code = cli.main(["run", str(path), "--documents", str(document), "--out", str(out), "--no-gates", "--json"])
    summary = json.loads(capsys.readouterr().out)
    assert code == 0 and summary["all"]["questions"] == 2 and summary["about"]["library"]
    assert summary["about"]["settings"]["embedding"]["model"] == "none"
    row = load_results(out)["a"]
    assert row["score"]["ranks"][0] in (1, 2, 3) and row["score"]["milliseconds"] > 0
