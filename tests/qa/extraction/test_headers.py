"""Header facts are quoted from the lines that hold them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from corpus.document import Document
from corpus.readers import read_document
from index.types import DocumentRecord
from qa.citations import cite
from qa.extraction import headers
from qa.understanding.patterns import HeaderField

LAW = """QUỐC HỘI
Luật số: 99/2031/QH18
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
LUẬT
VƯỜN ƯƠM
Căn cứ Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam;
Quốc hội ban hành Luật Vườn ươm.
Điều 1. Phạm vi điều chỉnh
Luật này quy định về vườn ươm của các xã.
Điều 2. Hiệu lực thi hành
Luật này có hiệu lực từ ngày 01 tháng 01 năm 2032.
Luật này được Quốc hội khóa XVIII thông qua ngày 20 tháng 6 năm 2031.
CHỦ TỊCH QUỐC HỘI
Lò Thị Mây
"""


@pytest.fixture
def law(tmp_path: Path) -> Document:
    path = tmp_path / "luat.txt"
    path.write_text(LAW, "utf-8")
    document = read_document(path)
    metadata = replace(document.metadata, issued_on="2031-06-20", signer="Lò Thị Mây", signer_role="Chủ tịch Quốc hội")
    return replace(document, metadata=metadata)


def _record(document: Document, *corrected: str) -> DocumentRecord:
    return DocumentRecord(document.id, ("luat.txt",), document.metadata, 1, "txt", corrected=corrected)


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("issued_on", "20 tháng 6 năm 2031"),
        ("signer", "Lò Thị Mây"),
        ("number", "99/2031/QH18"),
        ("issuer", "QUỐC HỘI"),
        ("subject", "VƯỜN ƯƠM"),
    ],
)
def test_the_quote_holds_the_value(law: Document, field: HeaderField, words: str) -> None:
    pick = headers.pick_field(_record(law), law, field)
    assert pick is not None
    assert words in pick.quote
    assert pick.section == ()
    assert ("phần mở đầu" in cite(pick, 1).label) == (field not in ("issued_on", "signer"))


def test_the_lines_of_the_signature_are_called_so(law: Document) -> None:
    start = law.text.index("CHỦ TỊCH QUỐC HỘI")
    signed = replace(law, closing=law.span(start, len(law.text)))
    pick = headers.pick_field(_record(signed), signed, "signer")
    assert pick is not None
    assert "phần ký, nơi nhận" in cite(pick, 1).label
    assert "phần mở đầu" not in cite(pick, 1).label


@pytest.mark.parametrize("field", ["issued_on", "signer", "number"])
def test_a_value_that_no_line_holds_is_quoted_from_nowhere(law: Document, field: HeaderField) -> None:
    values = {"issued_on": "2031-06-21", "signer": "Lò Văn Gió", "number": "98/2031/QH18"}
    told = replace(law, metadata=replace(law.metadata, **{field: values[field]}))  # type: ignore[arg-type]
    assert headers.pick_field(_record(told), told, field) is None
    pick = headers.pick_field(_record(told, field), told, field)
    assert pick is not None
    assert pick.quote == ""
    assert "đã sửa tay" in pick.said


def test_the_whole_date_of_issue_is_marked(law: Document) -> None:
    pick = headers.pick_field(_record(law), law, "issued_on")
    assert pick is not None
    assert [law.text[slice(*span)] for span in pick.answers] == ["ngày 20 tháng 6 năm 2031"]
