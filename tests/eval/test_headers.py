"""The scorer of header extraction, and the scores themselves on the files that need no OCR."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from corpus.document import CorpusError, Metadata
from eval.headers import FIELDS, format_scores, matches, score_headers

LABELS = Path(__file__).resolve().parents[1] / "data" / "headers.json"


@pytest.mark.parametrize(
    ("field", "expected", "found", "right"),
    [
        ("number", "05-NQ/HU", "5-NQ/HU", True),
        ("number", "50-KL/TW", "50-CV/BTG", False),
        ("number", None, "5-NQ/HU", False),
        ("issuer", "Tỉnh ủy Đồng Tháp", "TỈNH UỶ  ĐỒNG THÁP", True),
        ("issuer", "Sở Nội vụ", "Sở Nội vụ tỉnh", False),
        ("subject", "gia hạn thời gian", "Về việc gia hạn thời gian tổ chức", True),
        ("subject", "gia hạn", None, False),
        ("signer", ["Lê Văn An", "Lê Văn Bình"], "Lê Văn Bình", True),
        ("signer", None, None, True),
        ("issued_on", "2022-04", "2022-04-01", False),
        ("number_blank", True, True, True),
    ],
)
def test_matches(field: str, expected: object, found: object, right: bool) -> None:
    assert matches(field, expected, found) is right


def test_scores(tmp_path: Path) -> None:
    base = {"kind": "Báo cáo", "number_blank": False, "issuer": "X", "subject": "*", "signer": None}
    labels = [
        {"file": "a", "number": "1/BC-X", "issued_on": "2022-04-15", **base},
        {"file": "b", "number": None, "issued_on": "2022-04", **base},
        {"file": "c", "number": None, "issued_on": None, **base},
    ]
    (tmp_path / "labels.json").write_text(json.dumps(labels), encoding="utf-8")
    found = {
        "a": Metadata(kind="Báo cáo", number="1/BC-X", issued_on="2022-04-15", issuer="x"),
        "b": Metadata(kind="Báo cáo", number="9/BC-X", issued_on="2022-04-30", issuer="Y"),
    }

    def read(path: Path) -> Metadata:
        if path.name not in found:
            raise CorpusError("tệp hỏng")
        return found[path.name]

    scores = score_headers(tmp_path / "labels.json", tmp_path, read=read)
    assert scores.files == 2
    assert scores.accuracy["kind"] == pytest.approx(2 / 3)
    assert scores.accuracy["number"] == pytest.approx(1 / 3)
    assert {(item.file, item.field) for item in scores.invented} == {("b", "number"), ("b", "issued_on")}
    assert scores.unread == (("c", "tệp hỏng"),)
    assert "Bịa số hoặc ngày: 2" in format_scores(scores)


def test_every_label_has_every_field() -> None:
    for label in json.loads(LABELS.read_text(encoding="utf-8")):
        assert set(label) == {"file", *FIELDS}, label["file"]
        assert not (label["number"] and label["number_blank"]), label["file"]


def test_text_files_are_read_without_a_fault_in_number_or_date(shared: Path) -> None:
    for part in ("reports/", "docx/"):
        scores = score_headers(LABELS, shared, only=part)
        assert scores.invented == ()
        assert scores.unread == ()
        assert min(scores.accuracy[field] for field in ("number", "number_blank", "issued_on", "kind")) >= 0.97
        assert min(scores.accuracy[field] for field in ("issuer", "signer")) >= 0.93
