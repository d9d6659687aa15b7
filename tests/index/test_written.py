"""The questions that people wrote on the training text point at passages of it, in words of their own."""

from __future__ import annotations

import json
import lzma
from pathlib import Path

import pytest

from index.training.corpus import READERS, news_article
from index.training.written import WRITTEN, digest, written_sets

BODY = "Huyện mở thêm hai lớp học ở bản xa. Học sinh không còn phải đi bộ nhiều giờ. " * 4
SHARED = Path(__file__).resolve().parents[3] / "shared" / "training"


def runs(text: str, length: int) -> set[str]:
    words = text.lower().split()
    return {" ".join(words[at : at + length]) for at in range(len(words) - length + 1)}


def write(path: Path, rows: list[dict[str, object]]) -> Path:
    path.write_bytes(lzma.compress("\n".join(json.dumps(row) for row in rows).encode(), preset=0))
    return path


@pytest.fixture
def data(tmp_path: Path) -> Path:
    for source in READERS:
        write(tmp_path / f"{source}.jsonl.xz", [{"title": "Tin", "abstract": "", "body": BODY, "text": BODY}] * 2)
    return tmp_path


def test_a_question_finds_its_passage(data: Path, tmp_path: Path) -> None:
    passage = news_article({"title": "Tin", "abstract": "", "body": BODY}).passages[0]
    line = {"source": "news", "record": 1, "place": 0, "digest": digest(passage), "question": "Lớp mở ở đâu?"}
    (tmp_path / "asked.jsonl").write_text(json.dumps(line), "utf-8")
    news = next(found for found in written_sets(data, tmp_path / "asked.jsonl") if found.name == "news")
    (query,) = news.questions
    (relevant,) = news.relevant[query]
    assert news.passages[relevant] == ("", passage.text)


def test_other_text_than_was_asked_about_is_refused(data: Path, tmp_path: Path) -> None:
    line = {"source": "news", "record": 1, "place": 0, "digest": "00000000", "question": "Lớp mở ở đâu?"}
    (tmp_path / "asked.jsonl").write_text(json.dumps(line), "utf-8")
    with pytest.raises(ValueError, match="1 of 1 passages are others"):
        list(written_sets(data, tmp_path / "asked.jsonl"))


def test_no_question_is_a_copy_of_its_passage() -> None:
    if not SHARED.is_dir():
        pytest.skip("../shared/training không có ở đây")
    asked = [json.loads(line) for line in WRITTEN.read_text("utf-8").splitlines()]
    found = list(written_sets(SHARED))
    assert sum(len(one.questions) for one in found) == len(asked) > 900
    for one in found:
        for query, question in one.questions.items():
            (relevant,) = one.relevant[query]
            assert not runs(question, 10) & runs(one.passages[relevant][1], 10), question
