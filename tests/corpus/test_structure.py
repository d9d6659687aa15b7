from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.chunking import chunk_document
from corpus.document import Document, RawDocument, RawLine
from corpus.labels import citation_label
from corpus.readers import read_document
from corpus.structure import build_document
from tests.conftest import ROOT, need
from tests.corpus.helpers import document_of, document_of_lines, paths, section
from tests.corpus.invariants import check_invariants, check_nothing_lost

GOLDEN = json.loads((ROOT / "tests" / "data" / "outlines.json").read_text(encoding="utf-8"))


@lru_cache(maxsize=4)
def _read(path: Path) -> Document:
    return read_document(path, ocr=False)


@pytest.mark.parametrize("name", GOLDEN)
def test_outline_of_real_documents(shared: Path, name: str) -> None:
    """Labels, first and last words of titles, notes and tables, as a person read them off the page.

    "shallow": what stands below an article was not labelled; "unjudged": nor what stands below these paths.
    """
    golden = GOLDEN[name]
    if name.endswith(".doc"):
        need("soffice")
    document = _read(shared / name)
    expected = [entry.partition(" =") for entry in golden["sections"]]
    found = [s for s in document.walk() if _is_judged(s.path, golden)]
    assert ["/".join(s.path) for s in found] == [path for path, _, _ in expected]
    for judged, (path, told, title) in zip(found, expected, strict=True):
        words = judged.title.split()
        assert not told or title.strip() == (f"{words[0]}~{words[-1]}" if words else ""), path
    assert [[note.marker, "/".join(note.section)] for note in document.footnotes] == golden["footnotes"]
    tables = [["/".join(table.section), len(table.rows)] for table in document.tables]
    assert golden["tables"] is None or tables == golden["tables"]
    assert (document.closing is not None) == golden["closing"]
    check_invariants(document)


def _is_judged(path: tuple[str, ...], golden: dict[str, Any]) -> bool:
    if golden.get("shallow") and any(label.startswith("Điều") for label in path[:-1]):
        return False
    return not any("/".join(path).startswith(f"{above}/") for above in golden.get("unjudged", ()))


def test_levels_are_told_by_labels_not_markup(shared: Path) -> None:
    found = paths(_read(shared / "reports/bao-cao-tuy-phuoc-2022.txt"))
    assert "II/1/1.2/1.2.2" in found
    assert "III" in found


def test_paragraphs_broken_by_pages_and_notes_are_whole(shared: Path) -> None:
    document = _read(shared / "reports/bao-cao-tam-duong-2022.txt")
    blocks = [document.slice(block.span) for block in document.blocks]
    for broken in ("“Chè Tam Đường”", "ứng dụng khoa học kỹ thuật", "với 41 cá nhân", "doanh nghiệp, cá nhân tham gia"):
        assert any(broken in block for block in blocks), broken


def test_double_spaced_lines_are_joined(shared: Path) -> None:
    document = _read(shared / "reports/ke-hoach-thong-bao-730.txt")
    assert section(document, "II/6").span.end - section(document, "II/6").span.start > 400
    assert document.slice(document.closing or document.preamble).endswith("Phạm Văn Sâm")


def test_false_headings_are_refused() -> None:
    document = document_of(
        """
        I. TÌNH HÌNH
        1. Kết quả
        1.947 ha chè được trồng.
        26 cơ sở chăn nuôi.
        2022. Năm ấy có 3 lớp.
        7. Không có mục nào từ 2 đến 6.
        Điều 5 của Luật này không áp dụng.
        2. Hạn chế
        """
    )
    assert paths(document) == ["I", "I/1", "I/2"]


def test_bullets_stay_below_the_section() -> None:
    document = document_of(
        """
        1. Kết quả
        * Lĩnh vực nông nghiệp
        - Trồng trọt: đạt.
        + Chè đạt 20 ha.
        (1) Việc thứ nhất.
        Một là, làm sớm.
        """
    )
    assert paths(document) == ["1"]
    assert [block.kind for block in document.blocks] == ["heading", *["item"] * 5]


def test_articles_that_a_law_quotes_are_not_its_own() -> None:
    document = document_of(
        """
        LUẬT
        Điều 1. Sửa đổi, bổ sung một số điều của Luật Mẫu
        1. Sửa đổi Điều 5 như sau:
        “Điều 5. Tên cũ
        1. Khoản được trích.
        2. Khoản được trích nữa.”.
        2. Bãi bỏ Điều 6.
        Điều 2. Hiệu lực
        """
    )
    assert paths(document) == ["Điều 1", "Điều 1/1", "Điều 1/2", "Điều 2"]


def test_specimen_of_a_signature_does_not_end_the_text() -> None:
    document = document_of(
        """
        1. Chữ ký
        1.1. Thể thức
        T/M BAN THƯỜNG VỤ
        BÍ THƯ
        1.2. Kỹ thuật
        Nơi nhận:
        - Như trên.
        KT. CHỦ TỊCH
        PHÓ CHỦ TỊCH
        Lê Thị Mẫu
        """
    )
    assert paths(document) == ["1", "1/1.1", "1/1.2"]
    assert document.closing is not None
    assert document.slice(document.closing).startswith("Nơi nhận")


def test_contents_pages_are_no_headings() -> None:
    document = document_of(
        """
        MỤC LỤC
        CHƯƠNG I. MỞ ĐẦU ........ 3
        1. Mục đích ........ 4
        CHƯƠNG I. MỞ ĐẦU
        1. Mục đích
        """
    )
    assert paths(document) == ["CHƯƠNG I", "CHƯƠNG I/1"]


def test_attached_document_and_annex_follow_the_closing() -> None:
    document = document_of(
        """
        QUYẾT ĐỊNH
        Ban hành Quy chế mẫu
        Điều 1. Ban hành Quy chế.
        Nơi nhận:
        - Như trên.
        QUY CHẾ
        Tiếp công dân
        (Ban hành kèm theo Quyết định số 5/QĐ-UBND)
        Chương I
        QUY ĐỊNH CHUNG
        Điều 1. Phạm vi
        PHỤ LỤC II
        Danh sách các xã
        I. VÙNG CAO
        """
    )
    assert paths(document) == ["Điều 1", "Chương I", "Chương I/Điều 1", "PHỤ LỤC II", "PHỤ LỤC II/I"]
    assert section(document, "Chương I").title == "QUY ĐỊNH CHUNG"
    assert section(document, "PHỤ LỤC II").title == "Danh sách các xã"
    (attached,) = document.attachments
    assert document.slice(attached.span).startswith("QUY CHẾ\nTiếp công dân")
    assert document.slice(attached.span).endswith("I. VÙNG CAO")
    own, other = section(document, "Điều 1"), section(document, "Chương I/Điều 1")
    assert [document.attachment_at(s.span.start) for s in (own, other)] == [None, attached]
    label = citation_label(document.metadata, other.path, (1, 1), paged=False, attachment=attached)
    assert label == "Quyết định “Ban hành Quy chế mẫu”, Quy chế “Tiếp công dân” (kèm theo), Điều 1"
    chunk = next(chunk for chunk in chunk_document(document) if "Phạm vi" in chunk.text)
    assert "Quy chế “Tiếp công dân” (kèm theo)" in chunk.prefix


def test_a_specimen_list_inside_an_annex_is_no_annex() -> None:
    document = document_of(
        """
        PHỤ LỤC V
        LẬP HỒ SƠ
        I. DANH MỤC
        II. MẪU DANH MỤC
        DANH MỤC HỒ SƠ
        (Kèm theo Quyết định số …)
        I. TÊN ĐỀ MỤC LỚN
        III. MẪU MỤC LỤC
        """
    )
    assert paths(document) == ["PHỤ LỤC V", "PHỤ LỤC V/I", "PHỤ LỤC V/II", "PHỤ LỤC V/III"]


def test_a_second_letter_in_the_same_file_has_its_own_header_and_sections() -> None:
    first = (
        "TỈNH ỦY A|ĐẢNG CỘNG SẢN VIỆT NAM|Số -QĐ/TU|QUY ĐỊNH|về đánh giá|Điều 1. Hiệu lực|1. Từ ngày ký.|2. Thay thế."
    )
    closing = "Nơi nhận:|- Như điều 1,|T/M BAN THƯỜNG VỤ"
    second = "TỈNH ỦY A|ĐẢNG CỘNG SẢN VIỆT NAM|Số 5-KH/TU|KẾ HOẠCH|Đổi mới|I. MỤC TIÊU|1. Gốc|2. Đích|2.1. Đích chung"
    pages = [*first.split("|"), *closing.split("|")], second.split("|")
    lines = [RawLine(text, page=at, whole=True) for at, page in enumerate(pages, start=1) for text in page]
    document = document_of_lines(*lines)
    assert paths(document) == ["Điều 1", "Điều 1/1", "Điều 1/2", "I", "I/1", "I/2", "I/2/2.1"]
    (attached,) = document.attachments
    assert (attached.metadata.kind, attached.metadata.number, attached.span.page) == ("Kế hoạch", "5-KH/TU", 2)
    assert document.closing is not None and document.slice(document.closing).startswith("Nơi nhận:")


def test_lines_of_a_page_are_joined_by_their_places() -> None:
    lines = [
        RawLine("1. Nhiệm vụ", x=100, width=80),
        RawLine("Huyện đã trồng được nhiều chè và đạt sản lượng", x=100, width=400),
        RawLine("26 tấn, tăng so với năm trước.", x=70, width=180),
        RawLine("Đến nay các xã đều có đường ô tô tới trung tâm, phát triển kinh tế", x=100, width=400),
        RawLine("- xã hội nhanh.", page=2, x=70, width=90),
    ]
    document = document_of_lines(*lines)
    texts = [document.slice(block.span) for block in document.blocks]
    assert [text.split()[0] for text in texts] == ["1.", "Huyện", "Đến"]
    assert document.page_at(document.text.index("- xã hội")) == 2
    assert document.page_at(document.text.index("Đến nay")) == 1


def test_a_law_of_many_pages_takes_seconds() -> None:
    articles = "\n".join(
        f"Điều {n}. Tên điều\n1. Nội dung thứ nhất.\na) Điểm a;\nb) Điểm b.\n2. Nội dung." for n in range(1, 3000)
    )
    document = document_of(articles)
    assert len(document.walk()) == 2999 * 5


_TYPICAL = (
    "A. ĐẦU|I. MỘT|1. Hai|1.1. Ba|a) Bốn|Điều 1. Năm|Chương I|PHỤ LỤC I|Nơi nhận:||¹ ghi chú|câu có dấu¹ ở giữa|"
    "T/M ỦY BAN|BÁO CÁO|QUY CHẾ|2. Tiếp|“Điều 2. Trích”.|MỤC LỤC"
).split("|")
_LINES = st.lists(
    st.one_of(
        st.text(alphabet="aĐ 1.²)(“”-*\u00ad", max_size=12),
        st.sampled_from(_TYPICAL),
    ),
    max_size=25,
)


@settings(max_examples=150, deadline=None)
@given(_LINES, st.booleans(), st.integers(1, 3))
def test_no_text_is_lost_and_spans_nest(texts: list[str], whole: bool, split: int) -> None:
    lines = tuple(RawLine(text, page=1 + i // (8 * split), whole=whole) for i, text in enumerate(texts))
    raw = RawDocument("txt", lines, pages=9)
    document = build_document(raw, id="0" * 16, path="x.txt")
    check_invariants(document)
    check_nothing_lost(raw, document)


def test_a_line_parted_at_a_space_is_no_pair_of_columns() -> None:
    document = document_of_lines(
        RawLine("ỦY BAN NHÂN DÂN", column="left", x=60, y=40, width=120),
        RawLine("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", column="right", x=260, y=40, width=240),
        RawLine("1. Phạm vi", x=60, y=90, width=80),
        RawLine("Công dân ngoài lãnh thổ nước", column="left", x=60, y=110, width=180),
        RawLine("theo luật.", column="left", x=60, y=130, width=60),
        RawLine("Cộng hòa xã hội chủ nghĩa Việt Nam bị xử phạt", column="right", x=244, y=110, width=280),
    )
    assert "nước Cộng hòa xã hội chủ nghĩa Việt Nam bị xử phạt theo luật." in document.text
    assert [block.kind for block in document.blocks[:2]] == ["header", "header"]


def test_the_farewell_of_a_letter_belongs_to_no_section() -> None:
    document = document_of(
        """
        1. Phòng Tài chính
        Bố trí 350 triệu đồng.
        2. Đội Quản lý thị trường
        Kiểm tra tại chợ.
        Yêu cầu các đơn vị nghiêm túc thực hiện./.
        Nơi nhận:
        - Như trên.
        """
    )
    assert document.closing is not None
    assert document.slice(document.closing).startswith("Yêu cầu các đơn vị")
    assert document.slice(section(document, "2").span).endswith("Kiểm tra tại chợ.")


def test_the_last_words_of_an_article_are_its_own() -> None:
    document = document_of("Điều 1. Hiệu lực\nTrong quá trình thực hiện, các xã báo cáo vướng mắc./.\nNơi nhận:")
    assert document.slice(section(document, "Điều 1").body).strip().startswith("Trong quá trình")


def test_words_put_into_another_text_keep_their_labels_below_the_amendment() -> None:
    document = document_of(
        """
        THÔNG TƯ
        Sửa đổi một số quy định
        Điều 1. Sửa đổi, bổ sung một số điều của Thông tư mẫu như sau:
        1. Sửa đổi khoản 7 Mục II như sau:
        7. Hồ sơ gồm có:
        a) Đơn;
        b) Bản sao.
        2. Bổ sung Phần 3a vào sau Phần 3 như sau:
        Phần 3a: XỬ LÝ VI PHẠM
        I. Nộp chậm
        1. Nhắc nhở người nộp chậm.
        2. Phạt người nộp rất chậm.
        3. Bãi bỏ Mục IV.
        Điều 2. Hiệu lực
        """
    )
    put_in = ["1/1/7", "1/1/7/a", "1/1/7/b", "1/2/Phần 3a", "1/2/Phần 3a/I", "1/2/Phần 3a/I/1", "1/2/Phần 3a/I/2"]
    assert set(paths(document)) >= {f"Điều {path}" for path in put_in}
    assert paths(document)[-2:] == ["Điều 1/3", "Điều 2"]


def test_an_article_put_in_ends_where_the_outer_articles_go_on() -> None:
    document = document_of(
        """
        NGHỊ ĐỊNH
        Sửa đổi Nghị định mẫu
        Điều 1. Sửa đổi Điều 2 như sau:
        Điều 2. Tên mới
        1. Khoản mới.
        Điều 2. Hiệu lực thi hành
        """
    )
    assert paths(document) == ["Điều 1", "Điều 1/Điều 2", "Điều 1/Điều 2/1", "Điều 2"]


def test_a_count_that_begins_anew_under_a_number_is_seen_by_its_points() -> None:
    document = document_of(
        """
        1. Vấn đề trình
        2. Ý kiến các ngành
        a) Căn cứ thứ nhất.
        b) Căn cứ thứ hai.
        1. Kết quả và đề xuất
        a) Kết quả
        - Đã xong hai việc.
        b) Đề xuất
        3. Ý kiến của chuyên viên
        """
    )
    assert paths(document) == ["1", "2", "2/a", "2/b", "2/1", "2/1/a", "2/1/b", "3"]


def test_points_under_a_dash_end_at_the_next_dash() -> None:
    document = document_of(
        """
        1. Ý kiến
        - Căn cứ pháp lý:
        a) Khoản 1 nói về việc này:
        - một là
        b) Khoản 2.
        - Đề nghị của Hội: cho hoãn.
        Sở đồng ý.
        2. Kết luận
        """
    )
    assert paths(document) == ["1", "1/a", "1/b", "2"]
    for words in ("cho hoãn", "Sở đồng ý"):
        assert next(c.section for c in chunk_document(document) if words in c.text) == ("1",)
    check_invariants(document)
