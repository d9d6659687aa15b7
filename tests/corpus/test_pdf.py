"""PDF pages as a clerk reads them: columns, stamps, notes, furniture; broken files are named."""

from __future__ import annotations

import re
import subprocess
import unicodedata
from collections import Counter
from functools import lru_cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import corpus.pdf_pages as pdf_pages
from corpus import ocr
from corpus.document import CorpusError, NeedsOcr, RawDocument
from corpus.pdf import read_pdf
from tests.conftest import need
from tests.corpus.pdfs import HEADER, as_scan, encrypted, make_pdf, with_picture, with_widgets

BODY = "Thực hiện chỉ đạo của huyện, phòng báo cáo kết quả trồng rừng năm qua."


def _read(tmp_path: Path, data: bytes, **options: bool) -> RawDocument:
    path = tmp_path / "tep.pdf"
    path.write_bytes(data)
    return read_pdf(path, **options)


def _texts(document: RawDocument, column: str | None = None) -> list[str]:
    return [line.text for line in document.lines if column is None or line.column == column]


def test_header_is_read_column_by_column(tmp_path: Path) -> None:
    document = _read(tmp_path, make_pdf([[*HEADER, (85, 200, BODY, 11)]]))
    assert _texts(document, "left") == ["UBND HUYỆN BÌNH LÂM", "PHÒNG KINH TẾ", "Số: /KH-UBND"]
    assert _texts(document, "right") == [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Bình Lâm, ngày tháng năm 2024",
    ]
    assert _texts(document, "") == ["KẾ HOẠCH", BODY]


def test_stamps_fill_the_blanks_of_the_header(tmp_path: Path) -> None:
    stamps = [(104, 114, "173"), (388, 116, "28"), (445, 115, "4")]
    document = _read(tmp_path, with_widgets(make_pdf([[*HEADER, (85, 200, BODY, 11)]]), stamps))
    assert "Số: 173/KH-UBND" in _texts(document, "left")
    assert "Bình Lâm, ngày 28 tháng 4 năm 2024" in _texts(document, "right")


def test_a_number_printed_as_an_image_is_read(tmp_path: Path) -> None:
    need("tesseract")
    data = with_picture(make_pdf([[*HEADER, (85, 200, BODY, 11)]]), "1735", 102, 115, 11)
    assert "Số: 1735/KH-UBND" in _texts(_read(tmp_path, data))
    assert "Số: /KH-UBND" in _texts(_read(tmp_path, data, ocr=False))


def test_a_scrawl_in_the_blank_is_no_number(tmp_path: Path) -> None:
    need("tesseract")
    data = with_picture(make_pdf([[*HEADER, (85, 200, BODY, 11)]]), "~/§", 102, 115, 11)
    assert "Số: /KH-UBND" in _texts(_read(tmp_path, data))


def test_words_of_the_seal_are_no_text(tmp_path: Path) -> None:
    stamps = [(104, 114, "173"), (300, 40, "Ky boi: Van phong\nThoi gian ky: 28.04.2024 10:11:12 +07:00")]
    document = _read(tmp_path, with_widgets(make_pdf([[*HEADER, (85, 200, BODY, 11)]]), stamps))
    assert not re.search("Ky boi|Thoi gian", "\n".join(_texts(document)))
    assert "Số: 173/KH-UBND" in _texts(document)


def test_signature_block_is_read_column_by_column(tmp_path: Path) -> None:
    items = [
        (85, 100, BODY, 11),
        (85, 160, "Nơi nhận:", 9),
        (85, 172, "- Như trên;", 9),
        (85, 184, "- Lưu: VT.", 9),
        (330, 160, "KT. CHỦ TỊCH", 11),
        (325, 174, "PHÓ CHỦ TỊCH", 11),
        (330, 240, "Trần Văn Bình", 11),
    ]
    document = _read(tmp_path, make_pdf([items]))
    assert _texts(document, "left") == ["Nơi nhận:", "- Như trên;", "- Lưu: VT."]
    assert _texts(document, "right") == ["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Trần Văn Bình"]


def test_decomposed_letters_are_composed(tmp_path: Path) -> None:
    items = [(x, y, unicodedata.normalize("NFD", text), size) for x, y, text, size in HEADER]
    items += [(85, 300, unicodedata.normalize("NFD", "Nơi nhận:"), 9), (330, 300, "CHỦ TỊCH", 11)]
    document = _read(tmp_path, make_pdf([items]))
    assert _texts(document, "left") == ["UBND HUYỆN BÌNH LÂM", "PHÒNG KINH TẾ", "Số: /KH-UBND", "Nơi nhận:"]


def test_raised_digits_become_superscripts(tmp_path: Path) -> None:
    items = [
        (85, 100, "Toàn huyện mở 214 hội nghị", 12),
        (85 + 187, 95, "12", 7),
        (300, 100, "và lớp học.", 12),
        (85, 760, "12", 6),
        (95, 764, "Trong đó có 30 hội nghị ở xã.", 9),
    ]
    texts = _texts(_read(tmp_path, make_pdf([items])))
    assert "nghị¹²" in texts[0].replace(" ¹", "¹")
    assert texts[1].startswith("¹²")


def test_page_numbers_and_running_heads_leave_the_flow(tmp_path: Path) -> None:
    pages = [
        [(290, 40, str(number), 11), (85, 60, "Sổ tay của huyện Bình Lâm", 9), (85, 100, f"{BODY} Lần {number}", 11)]
        for number in range(1, 6)
    ]
    document = _read(tmp_path, make_pdf(pages))
    assert _texts(document) == [f"{BODY} Lần {number}" for number in range(1, 6)]
    assert [line.page for line in document.lines] == [1, 2, 3, 4, 5]


def test_a_number_in_the_text_is_no_page_number(tmp_path: Path) -> None:
    document = _read(tmp_path, make_pdf([[(85, 100, BODY, 11), (85, 400, "2024", 11), (85, 500, BODY, 11)]]))
    assert "2024" in _texts(document)


RULES = (
    *((80.0, y, 500.0, y) for y in (120.0, 150.0, 210.0)),
    (150.0, 180.0, 500.0, 180.0),  # the first column's lower cells are one
    *((x, 120.0, x, 210.0) for x in (80.0, 150.0, 320.0, 500.0)),
)
TABLE = [
    (90, 138, "Xã", 11),
    (160, 138, "Cây trồng", 11),
    (330, 138, "Diện tích (ha)", 11),
    (85, 183, "Tân Phú", 11),
    (160, 168, "Chè", 11),
    (330, 168, "1.947", 11),
    (160, 198, "Lúa", 11),
    (330, 198, "820,5", 11),
]


def test_ruled_tables_are_rows_of_cells(tmp_path: Path) -> None:
    data = make_pdf([[(85, 100, BODY, 11), *TABLE, (85, 300, BODY, 11)]], RULES)
    document = _read(tmp_path, data)
    assert [line.cells for line in document.lines] == [
        None,
        ("Xã", "Cây trồng", "Diện tích (ha)"),
        ("Tân Phú", "Chè", "1.947"),
        ("", "Lúa", "820,5"),
        None,
    ]
    assert {line.table for line in document.lines if line.cells} == {1}
    assert [line.merged for line in document.lines if line.cells] == [("",) * 3, ("",) * 3, ("up", "", "")]


def test_a_table_goes_on_over_the_page(tmp_path: Path) -> None:
    document = _read(tmp_path, make_pdf([[(85, 100, BODY, 11), *TABLE], TABLE, [(85, 100, BODY, 11), *TABLE]], RULES))
    assert [(line.page, line.table) for line in document.lines if line.cells][::3] == [(1, 1), (2, 1), (3, 2)]


def test_an_underline_is_no_table(tmp_path: Path) -> None:
    rules = [(330.0, 90.0, 440.0, 90.0), (90.0, 90.0, 150.0, 90.0)]
    document = _read(tmp_path, make_pdf([[*HEADER]], rules))
    assert not any(line.cells for line in document.lines)
    assert len(_texts(document, "left")) == 3


def test_lines_tell_where_they_stand(tmp_path: Path) -> None:
    line = _read(tmp_path, make_pdf([[(85, 100, BODY, 11)]])).lines[0]
    assert (line.x, line.y, line.size, line.page) == (pytest.approx(85, abs=1), pytest.approx(100, abs=1), 11.0, 1)


def test_aes_with_an_empty_password_opens(tmp_path: Path) -> None:
    assert _texts(_read(tmp_path, encrypted(make_pdf([[(85, 100, BODY, 11)]]), ""))) == [BODY]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "rỗng"),
        (b"khong phai pdf", "hỏng"),
        (b"%PDF-1.7\n1 0 obj\n<<", "hỏng"),
        (make_pdf([[(85, 100, BODY, 11)]])[:900], "hỏng"),
        (encrypted(make_pdf([[(85, 100, BODY, 11)]]), "bí mật"), "mật khẩu"),
        (make_pdf([[]]), "không có chữ"),
    ],
)
def test_unreadable_files_are_named(tmp_path: Path, data: bytes, reason: str) -> None:
    with pytest.raises(CorpusError, match=reason):
        _read(tmp_path, data)


def test_too_many_pages_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_pages, "MAX_PAGES", 2)
    with pytest.raises(CorpusError, match="3 trang"):
        _read(tmp_path, make_pdf([[(85, 100, BODY, 11)]] * 3))


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_damaged_bytes_end_in_a_document_or_a_named_error(tmp_path: Path, data: st.DataObject) -> None:
    whole = bytearray(with_widgets(make_pdf([[*HEADER]]), [(104, 114, "173")]))
    for place in data.draw(st.lists(st.integers(0, len(whole) - 1), max_size=40)):
        whole[place] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(len(whole) // 2, len(whole)))
    try:
        _read(tmp_path, bytes(whole[:cut]), ocr=False)
    except CorpusError as error:
        assert str(error)


def test_a_scan_without_tesseract_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "has_tesseract", lambda: False)
    with pytest.raises(NeedsOcr, match="apt-get install tesseract-ocr tesseract-ocr-vie"):
        _read(tmp_path, as_scan(make_pdf([[*HEADER]]), 100))


def test_scanned_pages_of_a_text_pdf_are_a_warning(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from pypdf import PdfReader, PdfWriter

    monkeypatch.setattr(ocr, "has_tesseract", lambda: False)
    path = tmp_path / "scan.pdf"
    path.write_bytes(as_scan(make_pdf([[*HEADER]]), 100))
    (tmp_path / "text.pdf").write_bytes(make_pdf([[(85, 100, BODY, 11)]]))
    writer = PdfWriter()
    for part in (tmp_path / "text.pdf", path):
        writer.append(PdfReader(part))
    writer.write(tmp_path / "both.pdf")
    document = read_pdf(tmp_path / "both.pdf")
    assert _texts(document) == [BODY]
    assert "Trang 2" in document.warnings[0]


# Real files.


@lru_cache(maxsize=64)
def _real(path: Path) -> RawDocument:
    """Read once for all tests: 330 pages take ten seconds."""
    return read_pdf(path, ocr=False)


def _pdftotext(path: Path) -> str:
    command = ["pdftotext", "-layout", "-enc", "UTF-8", str(path), "-"]
    return subprocess.run(command, capture_output=True, check=True, text=True).stdout


def _text_pdfs(shared: Path) -> list[Path]:
    scans = ("full_cv", "full_qd", "full_tt")
    found = [*(shared / "documents/text_pdf").glob("*.pdf"), *(shared / "documents").glob("scan_with*/full_*.pdf")]
    return sorted(path for path in found if not path.name.startswith(scans))


def test_numbers_and_dates_are_what_poppler_shows(shared: Path) -> None:
    need("pdftotext")
    number = re.compile(r"Số:?\s*(\d+)\s*/\s*([\d/]*[A-ZĐ]+-?[\w-]+)")
    date = re.compile(r"ngày\s*(\d+)\s*tháng\s*(\d+)\s*năm\s*(20\d\d)")
    paths = _text_pdfs(shared)
    assert len(paths) >= 15
    for path in paths:
        top = _pdftotext(path)[:2500]
        document = _real(path)
        ours = "\n".join(line.text for line in document.lines if line.page == 1)
        for pattern in (number, date):
            if expected := pattern.search(top):
                found = pattern.search(ours)
                assert found, f"{path.name}: {expected.group()}"
                assert found.groups() == expected.groups(), path.name


def test_no_words_are_lost_against_poppler(shared: Path) -> None:
    need("pdftotext")
    for path in _text_pdfs(shared):
        expected = Counter(re.findall(r"[^\W\d_]{2,}", _pdftotext(path)))
        document = _real(path)
        ours = Counter(re.findall(r"[^\W\d_]{2,}", "\n".join(line.text for line in document.lines)))
        missing = expected - ours
        assert sum(missing.values()) <= 0.015 * sum(expected.values()), (path.name, missing.most_common(8))


def test_every_pdf_is_read_or_named(shared: Path) -> None:
    for path in sorted((shared / "documents").rglob("*.pdf")):
        try:
            document = _real(path)
        except NeedsOcr:
            continue
        assert document.lines


def test_words_that_a_substituted_font_tore_apart_are_whole(tmp_path: Path) -> None:
    torn = [
        (70, "Về th", 0),
        (99, "ẩ", 0),
        (110, "m quy", 0),
        (147, "ề", 0),
        (158, "n ký ban hành văn bản của huyện", 0),
    ]
    path = tmp_path / "a.pdf"
    path.write_bytes(make_pdf([[(x, 100, text, 11) for x, text, _ in torn]]))
    (line,) = read_pdf(path, ocr=False).lines
    assert line.text == "Về thẩm quyền ký ban hành văn bản của huyện"
