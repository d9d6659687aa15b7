"""The command line as a script meets it: exit codes, JSON on standard output, messages on standard error."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from qa.cli import main
from qa.types import INVITATION
from tests.conftest import ROOT


@dataclass
class Result:
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


def baocao(home: Path, *arguments: str, stdin: str | None = None, **environment: str) -> Result:
    """Run a command within this process, which costs a hundredth of a new one."""
    out, err = io.StringIO(), io.StringIO()
    with (
        patch.dict(os.environ, environment),
        patch("sys.stdin", io.StringIO(stdin or "")),
        redirect_stdout(out),
        redirect_stderr(err),
    ):
        try:
            code = main(["--home", str(home), *arguments])
        except SystemExit as done:
            code = int(str(done.code))
    assert "lỗi ngoài dự kiến" not in err.getvalue()
    return Result(code, out.getvalue(), err.getvalue())


def baocao_alone(home: Path, *arguments: str) -> Result:
    """Run a command as a program of its own."""
    command = [sys.executable, "-m", "qa.cli", "--home", str(home), *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=110)
    assert "Traceback" not in done.stderr, done.stderr
    return Result(done.returncode, done.stdout, done.stderr)


TEXT = """ỦY BAN NHÂN DÂN
HUYỆN SƠN KHÊ
Số: 45/BC-UBND
Sơn Khê, ngày 12 tháng 3 năm 2024

BÁO CÁO
Kết quả trồng rừng

I. KẾT QUẢ

Toàn huyện trồng mới 321 ha rừng phòng hộ.

II. KIẾN NGHỊ

Đề nghị tỉnh bổ sung kinh phí giống cây.
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cli")
    (folder / "in").mkdir()
    (folder / "in" / "bao-cao.txt").write_text(TEXT, encoding="utf-8")
    result = baocao(folder / "home", "index", str(folder / "in"), "--json")
    assert result.code == 0
    assert (result.json["added"], result.json["failed"]) == (1, [])
    return folder / "home"


def test_a_second_run_changes_nothing(home: Path) -> None:
    result = baocao(home, "index", str(home.parent / "in"), "--json")
    assert result.json["unchanged"] == 1
    assert result.json["added"] == result.json["updated"] == 0


def test_a_bad_file_is_named_and_the_rest_is_indexed(tmp_path: Path) -> None:
    folder, home = tmp_path / "in", tmp_path / "home"
    folder.mkdir()
    (folder / "tot.txt").write_text(TEXT, encoding="utf-8")
    (folder / "hong.pdf").write_bytes(b"%PDF-1.4 nothing")
    (folder / "rong.txt").write_bytes(b"")
    for name in ("anh.JPG", "phim.mp4", "~$tot.docx", "GHICHU"):
        (folder / name).write_bytes(b"x")
    result = baocao(home, "index", str(folder), "--json")
    assert result.code == 1
    assert result.json["added"] == 1
    assert result.json["passed_over"] == {"": 1, ".jpg": 1, ".mp4": 1}
    assert "Bỏ qua 3 tệp loại khác: không đuôi 1, .jpg 1, .mp4 1" in baocao(home, "index", str(folder)).err
    assert {Path(failure["path"]).name for failure in result.json["failed"]} == {"hong.pdf", "rong.txt"}
    assert all(failure["reason"] for failure in result.json["failed"])


def test_ask_prints_the_contract(home: Path) -> None:
    view = baocao_alone(home, "ask", "Diện tích rừng trồng mới là bao nhiêu?", "--json").json
    assert "321 ha" in view["answer"]
    assert view["refused"] is False
    (citation,) = view["citations"]
    assert citation["document"]["number"] == "45/BC-UBND"
    assert citation["section"] == ["I"]
    assert "321 ha" in citation["quote"]
    assert set(view) >= {"id", "question", "answer", "refused", "answerer", "citations", "passages", "timings_ms"}


def test_decomposed_and_bare_questions_find_the_same(home: Path) -> None:
    import unicodedata

    decomposed = unicodedata.normalize("NFD", "Diện tích rừng trồng mới là bao nhiêu?")
    for question in (decomposed, "dien tich rung trong moi la bao nhieu"):
        assert "321 ha" in baocao(home, "ask", question, "--json").json["answer"]


def test_a_batch_answers_in_order_and_survives_bad_lines(home: Path) -> None:
    lines = [
        json.dumps({"id": "a", "question": "Huyện trồng mới bao nhiêu ha rừng?"}),
        "không phải JSON",
        json.dumps({"id": "c", "question": ""}),
        json.dumps({"id": "d", "question": "Báo cáo số 45/BC-UBND ban hành ngày nào?"}),
    ]
    result = baocao(home, "ask", "--batch", "-", stdin="\n".join(lines))
    rows = [json.loads(line) for line in result.out.splitlines()]
    assert [row["id"] for row in rows] == ["a", "2", "c", "d"]
    assert "error" in rows[1]
    assert "error" in rows[2]
    assert "12" in rows[3]["answer"]
    assert result.code == 1


@pytest.mark.parametrize("question", ["", "   ", "x" * 100_000, "\x00\x01\x02 \ufffd"])
def test_a_hopeless_question_gets_a_message(home: Path, question: str) -> None:
    result = baocao(home, "ask", "--batch", "-", stdin=json.dumps({"id": "q", "question": question}))
    row = json.loads(result.out)
    assert "error" in row or row["refused"]


def test_search_filters_and_modes(home: Path) -> None:
    hits = baocao(home, "search", "kinh phí giống cây", "--section", "kiến nghị", "--json").json
    assert hits
    assert {tuple(hit["section"]) for hit in hits} == {("II",)}
    assert baocao(home, "search", "kinh phí", "--year", "1999", "--json").json == []
    assert baocao(home, "search", "kinh phí", "--level", "huyện", "--place", "sơn khê", "--json").json
    assert baocao(home, "search", "kinh phí", "--level", "trung ương", "--json").json == []
    assert baocao(home, "search", "kinh phí", "--issuer", "UBND huyện", "--json").json
    wording = baocao(home, "search", "bổ sung kinh phí giống", "--precedents", "--json").json
    assert wording[0]["uses"][0]["section"] == ["II"]


@pytest.mark.parametrize(
    ("filters", "told"),
    [
        (("--place", "Thanh Lũng"), "nơi ban hành là “Thanh Lũng”; trong kho có: Sơn Khê."),
        (("--year", "1999", "--year", "2001"), "năm ban hành là “1999” hoặc “2001”; trong kho có: 2024."),
        (("--period", "quý I"), "kỳ báo cáo là “quý I”; không văn bản nào ghi mục này."),
        (("--year", "2024"), ""),
        (("--issuer", "UBND"), ""),
    ],
)
def test_filters_that_leave_nothing_say_what_there_is(home: Path, filters: tuple[str, ...], told: str) -> None:
    for command in ("search", "ask"):
        result = baocao(home, command, "kinh phí giống cây", *filters)
        assert told in result.err
        assert bool(told) == ("Không văn bản nào có" in result.err)


def test_show_reads_a_file_without_a_library(tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    path.write_text(TEXT, encoding="utf-8")
    view = baocao(tmp_path / "none", "show", str(path), "--json").json
    assert view["metadata"]["number"] == "45/BC-UBND"
    assert [section["path"] for section in view["sections"]] == [[], ["I"], ["II"]]
    assert not (tmp_path / "none").exists()


def test_correct_and_remove(tmp_path: Path) -> None:
    home = tmp_path / "home"
    path = tmp_path / "x.txt"
    path.write_text(TEXT, encoding="utf-8")
    baocao(home, "index", str(path))
    assert baocao(home, "correct", "45/BC-UBND", "number", "46/BC-UBND").code == 0
    (record,) = baocao(home, "list", "--json").json
    assert (record["metadata"]["number"], record["corrected"]) == ("46/BC-UBND", ["number"])
    undone = baocao(home, "correct", "46/BC-UBND", "number", "--undo")
    assert (undone.code, "46/BC-UBND → 45/BC-UBND" in undone.err) == (0, True)
    assert baocao(home, "list", "--json").json[0]["corrected"] == []
    nothing = baocao(home, "correct", "45/BC-UBND", "--undo")
    assert (nothing.code, "chưa được sửa tay" in nothing.err) == (1, True)
    removed = baocao(home, "remove", "45/BC-UBND")
    assert (removed.code, "Đã bỏ khỏi kho: Báo cáo số 45/BC-UBND" in removed.err) == (0, True)
    assert baocao(home, "list", "--json").json == []
    again = baocao(home, "remove", "45/BC-UBND")
    assert (again.code, "45/BC-UBND" in again.err) == (1, True)


def test_a_number_of_two_documents_changes_neither(tmp_path: Path) -> None:
    home, folder = tmp_path / "home", tmp_path / "in"
    folder.mkdir()
    (folder / "x.txt").write_text(TEXT, encoding="utf-8")
    (folder / "y.txt").write_text(TEXT.replace("321 ha", "322 ha"), encoding="utf-8")
    baocao(home, "index", str(folder))
    before = baocao(home, "list", "--json").json
    assert len(before) == 2
    for command in (("correct", "45/BC-UBND", "number", "46/BC-UBND"), ("remove", "45/BC-UBND")):
        told = baocao(home, *command)
        assert told.code == 1
        assert all(record["id"] in told.err and record["paths"][0] in told.err for record in before)
    assert baocao(home, "list", "--json").json == before
    assert baocao(home, "correct", before[0]["id"], "issued_on", "15/4/2022").code == 0
    assert baocao(home, "list", "--json").json[0]["metadata"]["issued_on"] == "2022-04-15"
    wrong = baocao(home, "correct", before[0]["id"], "issued_on", "2022-4x")
    assert (wrong.code, "không phải một ngày" in wrong.err) == (1, True)
    assert baocao(home, "remove", str(folder / "y.txt"), "--json").json == {"removed": {str(folder / "y.txt"): 1}}
    (left,) = baocao(home, "list", "--json").json
    assert left["id"] == before[0]["id"]


COMMANDS = (
    ("list",),
    ("ask", "Diện tích rừng là bao nhiêu?"),
    ("search", "trồng rừng"),
    ("search", "trồng rừng", "--precedents"),
    ("show", "45/BC-UBND"),
    ("remove", "45/BC-UBND"),
    ("correct", "45/BC-UBND", "number", "46/BC-UBND"),
    ("index", "--rebuild"),
)


@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
def test_without_a_library_a_command_makes_none_and_names_the_remedy(
    tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    result = baocao(tmp_path / "none", *arguments)
    assert result.code == int(arguments[0] in ("show", "remove", "correct", "index", "ask"))
    assert f"hưa có kho ở {tmp_path / 'none'}" in result.err
    assert "baocao index THƯ_MỤC" in result.err
    assert not (tmp_path / "none").exists()


def test_without_a_library_json_stays_json(tmp_path: Path) -> None:
    assert baocao(tmp_path / "none", "list", "--json").json == []
    assert baocao(tmp_path / "none", "search", "trồng rừng", "--json").json == []
    assert baocao(tmp_path / "none", "ask", "Diện tích rừng là bao nhiêu?", "--json").json["refused"] is True


def test_an_empty_library_is_told_once(tmp_path: Path) -> None:
    home = tmp_path / "home"
    failed = baocao(home, "index", str(tmp_path / "away.txt"))
    assert (failed.code, failed.err.count("away.txt"), "No such file" in failed.err) == (1, 1, False)
    for arguments in (("list",), ("search", "trồng rừng")):
        told = baocao(home, *arguments)
        assert (told.code, told.out, told.err.count("\n")) == (0, "", 1)
        assert "còn trống. Thêm văn bản bằng" in told.err
    asked = baocao(home, "ask", "Diện tích rừng là bao nhiêu?")
    assert (asked.code, asked.out, "còn trống. Thêm văn bản bằng" in asked.err) == (1, "", True)


def test_words_that_no_document_holds_find_nothing(home: Path) -> None:
    found = baocao(home, "search", "zzqqq")
    assert (found.code, found.out) == (0, "")
    assert "Không văn bản nào trong kho có từ nào" in found.err
    assert baocao(home, "search", "zzqqq", "--json").json == []


def test_who_greets_is_told_what_can_be_asked(home: Path) -> None:
    view = baocao(home, "ask", "Xin chào bạn!", "--json").json
    assert (view["refused"], view["passages"]) == (True, [])
    assert view["answer"] == INVITATION


def test_a_rebuild_counts_what_it_made_anew(home: Path) -> None:
    assert "Đã dựng lại 1 văn bản" in baocao(home, "index", "--rebuild").err
    assert baocao(home, "index", "--rebuild", "--json").json["rebuilt"] == 1


def test_people_read_dates_as_they_write_them(home: Path) -> None:
    told = baocao(home, "list").out + baocao(home, "search", "bổ sung kinh phí giống", "--precedents").out
    assert told.count("12/03/2024") == 2
    assert "2024-03-12" not in told


def test_a_moved_file_is_found_again(tmp_path: Path) -> None:
    home, old, new = tmp_path / "home", tmp_path / "in" / "cu.txt", tmp_path / "in" / "moi.txt"
    old.parent.mkdir()
    old.write_text(TEXT, encoding="utf-8")
    baocao(home, "index", str(old.parent))
    old.rename(new)
    assert baocao(home, "show", "cu.txt").code == 0  # still known by the old name until it is indexed again
    baocao(home, "index", str(old.parent))
    assert [record["paths"] for record in baocao(home, "list", "--json").json] == [[str(new)]]


ENGLISH = re.compile(
    r"\b(?:usage|error|errors|argument|arguments|option|options|choose|invalid|expected|required|unrecognized|ignored"
    r"|input|should|value|must|not|file|directory|such|permission|failed|failure|cannot|could|line|unable|greater)\b"
)


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("lập",),
        ("list", "--home"),
        ("list", "--json=1"),
        ("list", "--jsn"),
        ("search",),
        ("search", ""),
        ("search", "chè", "-k"),
        ("search", "chè", "-k", "0"),
        ("search", "chè", "-k", "tám"),
        ("search", "chè", "--mode", "nhanh"),
        ("search", "chè", "--level", "ấp"),
        ("search", "chè", "--year", "20222"),
        ("search", "chè", "--p", "x"),
        ("show",),
        ("show", "/"),
        ("show", "/khong/co.pdf"),
        ("correct", "45/BC-UBND"),
        ("correct", "45/BC-UBND", "màu", "đỏ"),
        ("correct", "45/BC-UBND", "issued_on", "31/2/2024"),
        ("correct", "45/BC-UBND", "number", "x", "--undo"),
        ("ask",),
        ("ask", ""),
        ("ask", "???"),
        ("ask", "x" * 3000),
        ("ask", "--batch", "/khong/co.jsonl"),
        ("ask", "--batch", "/"),
        ("index", "/khong/co"),
        ("chat", "--port", "99999"),
        ("chat", "--host", "192.0.2.1"),
    ],
    ids=lambda arguments: " ".join(arguments)[:40] or "nothing",
)
def test_bad_input_is_answered_in_vietnamese(home: Path, arguments: tuple[str, ...]) -> None:
    result = baocao(home, *arguments)
    assert result.code in (1, 2)
    assert (result.out, bool(result.err)) == ("", True)
    assert not ENGLISH.findall(result.err.replace(str(home), ""))
    named = [word for word in arguments[1:] if word.strip("?") and not word.startswith("-") and len(word) < 100]
    assert result.code == 2 or not named or any(word in result.err for word in named)


def test_a_question_needs_no_quotation_marks(home: Path) -> None:
    words = "Diện tích rừng trồng mới là bao nhiêu?".split()
    assert "321 ha" in baocao(home, "ask", *words, "--json").json["answer"]


def test_errors_name_the_remedy(home: Path) -> None:
    usage = baocao(home, "ask", "--khong-co")
    assert (usage.code, "Xem trợ giúp" in usage.err) == (2, True)
    missing = baocao(home, "index", "/khong/co/thu-muc")
    assert missing.code == 1
    assert "/khong/co/thu-muc" in missing.err
    setting = baocao(home, "list", BAOCAO_EMBEDDING__MODLE="x")
    assert (setting.code, "modle" in setting.err) == (1, True)


@pytest.mark.parametrize(
    "arguments",
    [
        ("index",),
        ("ask",),
        ("ask", "Câu hỏi?", "--batch", "-"),
        ("chat", "--port", "70000"),
        ("start", "--port", "0"),
        ("chat", "--port", "tám"),
    ],
)
def test_wrong_usage_exits_with_two_and_names_the_help(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    result = baocao(tmp_path / "home", *arguments)
    assert (result.code, result.out) == (2, "")
    assert f"Xem trợ giúp: baocao {arguments[0]} -h" in result.err


def test_what_is_not_there_is_no_wrong_usage(home: Path) -> None:
    for arguments in (("show", "999/BC-UBND"), ("correct", "999/BC-UBND", "number", "1/BC-UBND")):
        result = baocao(home, *arguments)
        assert (result.code, "999/BC-UBND" in result.err) == (1, True)


def test_other_settings_name_the_rebuild(home: Path) -> None:
    result = baocao(home, "list", BAOCAO_EMBEDDING__MODEL="none")
    assert result.code == 1
    assert "baocao index --rebuild" in result.err


def test_the_version_is_told(tmp_path: Path) -> None:
    result = baocao(tmp_path, "--version")
    assert result.code == 0 and re.fullmatch(r"baocao \d+\.\d+\.\d+\n", result.out)
