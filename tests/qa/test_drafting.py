from __future__ import annotations

import io
import zipfile

import docx
from docx.shared import Mm

from qa.drafting import Draft, Passage, write_conversation, write_draft

DRAFT = Draft(
    passages=(Passage("Diện tích rừng trồng mới đạt 120 ha.", "Báo cáo số 12-BC/HU, mục I.2"), Passage("Câu hai.")),
    kind="Báo cáo",
    subject="Kết quả công tác năm",
    issuer="UBND huyện Sơn Khê",
    recipients=("UBND tỉnh;",),
    signer_role="Chủ tịch",
)


def parts(data: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name).decode("utf-8", "replace") for name in archive.namelist()}


def test_a_draft_has_the_form_of_the_decree() -> None:
    document = docx.Document(io.BytesIO(write_draft(DRAFT)))
    section = document.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert Mm(30) <= section.left_margin <= Mm(35)
    assert Mm(15) <= section.right_margin <= Mm(20)
    assert document.styles["Normal"].font.name == "Times New Roman"
    header = [cell.text for cell in document.tables[0]._cells]
    widths = [cell.width.mm for cell in document.tables[0].rows[0].cells]
    assert sum(widths) <= 210 - section.left_margin.mm - section.right_margin.mm + 0.1
    assert "UBND HUYỆN SƠN KHÊ" in header[0]
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in header[1]
    assert "BÁO CÁO" in [paragraph.text for paragraph in document.paragraphs]
    assert "- UBND tỉnh;" in document.tables[1]._cells[0].text


def test_sources_are_real_footnotes_in_order() -> None:
    files = parts(write_draft(DRAFT))
    assert "Báo cáo số 12-BC/HU, mục I.2" in files["word/footnotes.xml"]
    assert 'w:footnoteReference w:id="1"' in files["word/document.xml"]
    assert 'w:footnoteReference w:id="2"' not in files["word/document.xml"]
    assert "footnotes.xml" in files["word/_rels/document.xml.rels"]
    assert "footnotes+xml" in files["[Content_Types].xml"]


def test_markup_in_a_source_stays_text() -> None:
    files = parts(write_conversation([("Hỏi <b>?", "Đáp & giải", ["<script>nguồn</script>"])]))
    assert "&lt;script&gt;" in files["word/footnotes.xml"]
    assert "Đáp &amp; giải" in files["word/document.xml"]
