"""Scans: straightened, cleaned, read, mended; what is handwriting stays blank."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw

from corpus.document import CorpusError, NeedsOcr
from corpus.lexicon import is_syllable, log_pair, plausibility
from corpus.ocr import has_tesseract, read_image
from corpus.ocr_header import check_header
from corpus.ocr_image import prepared, skew
from corpus.ocr_spelling import mended
from corpus.ocr_words import Box, Word, without_damaged, without_specks
from corpus.pdf import read_pdf
from tests.conftest import need
from tests.corpus.pdfs import HEADER, as_scan, make_pdf

PAGE = (
    *HEADER[:5],
    (105, 115, "24/KH-UBND", 11),
    (300, 115, "Bình Lâm, ngày 15 tháng 4 năm 2024", 11),
    (260, 150, "KẾ HOẠCH", 12),
    *(
        (85, 200 + 20 * row, "Phòng báo cáo kết quả trồng rừng, chăm sóc vườn ươm và phòng cháy.", 12)
        for row in range(6)
    ),
)


def _words(text: str, confidence: float, top: int = 300) -> list[Word]:
    return [
        Word(part, 100 + 90 * place, top, 80, 30, confidence, (1, 1, top)) for place, part in enumerate(text.split())
    ]


def test_a_scan_reads_like_its_text(tmp_path: Path) -> None:
    need("tesseract")
    path = tmp_path / "scan.pdf"
    path.write_bytes(as_scan(make_pdf([PAGE])))
    document = read_pdf(path)
    texts = [line.text for line in document.lines]
    assert document.ocr_pages == (1,)
    assert document.quality is not None and document.quality > 0.85
    assert texts.count("Phòng báo cáo kết quả trồng rừng, chăm sóc vườn ươm và phòng cháy.") >= 5
    assert [line.text for line in document.lines if line.column == "left"] == [
        "UBND HUYỆN BÌNH LÂM",
        "PHÒNG KINH TẾ",
        "Số: 24/KH-UBND",
    ]
    assert "Bình Lâm, ngày 15 tháng 4 năm 2024" in texts


def test_a_scan_that_is_not_read_names_the_reason(tmp_path: Path) -> None:
    path = tmp_path / "scan.pdf"
    path.write_bytes(as_scan(make_pdf([PAGE])))
    with pytest.raises(NeedsOcr, match="--no-ocr" if has_tesseract() else "tesseract-ocr-vie"):
        read_pdf(path, ocr=False)


def test_red_seals_and_slant_do_not_hide_words(tmp_path: Path) -> None:
    need("tesseract")
    import pypdfium2

    document = pypdfium2.PdfDocument(make_pdf([PAGE]))
    image = document[0].render(scale=300 / 72).to_pil().convert("RGB")
    document.close()
    drawn = ImageDraw.Draw(image)
    drawn.ellipse((700, 750, 1150, 1200), outline=(220, 40, 50), width=14)
    drawn.line((300, 860, 1900, 1080), fill=(225, 30, 40), width=9)
    turned = image.rotate(1.5, Image.Resampling.BICUBIC, fillcolor=(255, 255, 255))
    read = "".join(glyph.char for glyph in read_image(turned).glyphs)
    assert read.count("chămsócvườnươm") >= 5


def test_the_angle_of_a_page_is_found() -> None:
    page = Image.new("L", (1600, 2200), 255)
    drawn = ImageDraw.Draw(page)
    for y in range(200, 2000, 40):
        drawn.rectangle((200, y, 1400, y + 12), fill=0)
    for degrees in (-2.0, 0.0, 1.3):
        turned = page.rotate(degrees, Image.Resampling.BILINEAR, fillcolor=255)
        assert skew(np.asarray(turned)) == pytest.approx(-degrees, abs=0.15)


def test_boxed_stamps_vanish_and_letters_stay() -> None:
    page = Image.new("RGB", (2480, 3508), "white")
    drawn = ImageDraw.Draw(page)
    for x in range(300, 2200, 40):
        drawn.rectangle((x, 1200, x + 22, 1232), fill="black")
    drawn.rectangle((1500, 300, 2100, 520), outline="black", width=6)
    drawn.rectangle((1560, 380, 1590, 410), fill="black")
    clean = np.asarray(prepared(page).clean)
    assert clean[280:540, 1480:2120].min() == 255
    assert clean[1216, 310] == 0


def test_a_page_that_takes_too_long_is_an_error() -> None:
    need("tesseract")
    page = Image.fromarray(np.random.default_rng(7).integers(0, 255, (3000, 2000), dtype=np.uint8))
    with pytest.raises(CorpusError, match="tesseract"):
        read_image(page, seconds=0.01)


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("tổ chức chính quyên địa phương", "tổ chức chính quyền địa phương"),
        ("MỘT SÓ ĐIÊU CỦA", "MỘT SỐ ĐIỀU CỦA"),
        ("sửa đổi, bồ sung một số điễu", "sửa đổi, bổ sung một số điều"),
        ("Thành phô Hà Nội", "Thành phố Hà Nội"),
    ],
)
def test_marks_are_mended_by_neighbours(read: str, meant: str) -> None:
    words = read.split()
    assert " ".join(mended(words, [95.0] * len(words))) == meant


def test_names_are_mended_by_the_page_itself() -> None:
    words = "HUYỆN SƠN KHẾ Sơn Khê, ngày 9 huyện Sơn Khê thông báo, thị trấn Sơn Khê.".split()
    sure = [96.0] * len(words)
    doubtful = [88.0 if word == "KHẾ" else 96.0 for word in words]
    assert mended(words, doubtful)[2] == "KHÊ"
    assert mended(words[:5], doubtful[:5])[2] == "KHẾ"  # read once, it proves nothing
    both = [*words, *"xã Sơn Khế và xã Sơn Khế".split()]
    assert mended(both, [*sure, *[96.0] * 7])[-1] == "Khế"


@pytest.mark.parametrize(
    "text",
    [
        "ông Lê Minh Hưng",
        "thuỷ lợi và thủy sản",
        "số 1.947 ha, tăng 8,5%",
        "24-BC/HU ngày 15/4/2022",
        "ủy viên hoà giải",
    ],
)
def test_right_words_and_numbers_stay(text: str) -> None:
    words = text.split()
    assert mended(words, [96.0] * len(words)) == words


def _same(text: str) -> object:
    def reread(box: Box) -> str:
        assert box[0] < box[2] and box[1] < box[3]
        return text

    return reread


@pytest.mark.parametrize(
    ("read", "confidence", "again", "kept"),
    [
        ("Số: 3722/VPCP-CN", 92, "3722/VPCP-CN", "Số: 3722/VPCP-CN"),
        ("Số: 445 /NQ-CP", 92, "445", "Số: /NQ-CP"),  # handwriting, read wrongly and surely
        ("Số: 173 /KH-UBND", 96, "173", "Số: 173 /KH-UBND"),
        ("Số: 173 /KH-UBND", 96, "178", "Số: /KH-UBND"),
        ("Số 24-BC/HU", 96, "24-BC/HU", "Số 24-BC/HU"),
        ("Số: 3ƒ _ /2026/TT-BCA", 96, "", "Số: /2026/TT-BCA"),
        ("Hà Nội, ngày 82 tháng 4 năm 2026", 96, "", "Hà Nội, ngày tháng 4 năm 2026"),
        ("Hà Nội, ngày 28 tháng 4 năm 2026", 96, "", "Hà Nội, ngày 28 tháng 4 năm 2026"),
        ("Hà Nội, ngày 28 tháng 4 năm 2026", 80, "", "Hà Nội, ngày tháng năm 2026"),
        ("Thực hiện Nghị quyết ngày 21 tháng 4 năm 2026 của Tỉnh ủy", 80, "", "the same"),
    ],
)
def test_handwritten_numbers_and_dates_are_left_blank(read: str, confidence: float, again: str, kept: str) -> None:
    header = check_header(_words(read, confidence), 3508, _same(again), _nothing)  # type: ignore[arg-type]
    expected = read if kept == "the same" else kept
    assert " ".join(word.text for word in header.words) == expected
    assert header.emptied == (expected != read) and not header.filled


def _nothing(name: str, box: Box, symbol: str) -> None:
    assert box[0] < box[2] and box[1] < box[3]


@pytest.mark.parametrize(
    ("read", "values", "kept"),
    [
        ("Số: 2Ø#/QĐ-STC Gia Lai, ngày @tháng 4 năm 2026", ("203", "28", "4"), "28"),
        ("Số: /2026/TT-BCA Hà Nội, ngày tháng năm 2026", ("37", "24", "4"), "24"),
        ("Số: 3ƒ _ /2026/TT-BCA Hà Nội, ngày.9{ tháng ({ năm 2026", ("37", None, "4"), None),
        ("Số: 3ƒ /2026/TT-BCA", (None,), None),
    ],
)
def test_blanks_are_filled_by_the_second_reader(read: str, values: tuple[str | None, ...], kept: str | None) -> None:
    asked: list[tuple[str, str]] = []

    def fill(name: str, box: Box, symbol: str) -> str | None:
        asked.append((name, symbol))
        return values[len(asked) - 1]

    header = check_header(_words(read, 80), 3508, _same(""), fill)  # type: ignore[arg-type]
    text = " ".join(word.text for word in header.words)
    number, day, month = (*values, None, None)[:3]
    assert [name for name, _ in asked] == ["number", "day", "month"][: len(values)]
    assert text.startswith(f"Số: {number} /" if number else "Số: /")
    assert f"ngày {day} tháng {month} năm 2026" in text or not month or not day
    assert kept is None or f"ngày {kept} " in text
    assert header.filled == any(values)
    assert header.emptied == (None in values)
    places = [(word.left, word.left + word.width) for word in header.words]
    assert places == sorted(places)


def test_a_sure_reading_is_not_contradicted() -> None:
    header = check_header(_words("Số: 445 /NQ-CP", 92), 3508, _same(""), lambda *_: "115")  # type: ignore[arg-type]
    assert [word.text for word in header.words] == ["Số:", "/NQ-CP"]


def test_numbers_below_the_header_are_not_touched() -> None:
    words = _words("Số: 445 /NQ-CP", 92, top=3000)
    assert check_header(words, 3508, _same(""), _nothing).words == tuple(words)  # type: ignore[arg-type]


def test_specks_and_seals_are_no_words() -> None:
    words = [*_words("Ủy ban nhân dân ~ ;", 90), *_words("%oP &(", 20, top=400), *_words("ngày l7 tháng", 60, top=500)]
    assert " ".join(word.text for word in without_specks(words)) == "Ủy ban nhân dân ngày l7 tháng"


def test_half_a_name_under_a_seal_is_no_name() -> None:
    seal = (1000, 2000, 1400, 2400)
    name = [Word(text, 1390 + 110 * place, 2380, 100, 40, 96, (1, 1, 1)) for place, text in enumerate(("ạnh", "Cường"))]
    other = [Word("Nơi", 200, 2380, 60, 40, 96, (1, 1, 1))]
    title = [Word(text, 1200 + 250 * place, 2010, 200, 40, 95, (1, 1, 2)) for place, text in enumerate(("PHÓ", "CHỦ"))]
    assert without_damaged([*other, *name, *title], [seal]) == [*other, *title]


def test_the_lexicon_tells_text_from_junk() -> None:
    good = "Ủy ban nhân dân huyện báo cáo kết quả thực hiện nhiệm vụ quý I năm 2022"
    junk = "CQNG HoAxA H()I CHiJ NGHiA vrer NAM DQcIq p TVdo H~nh phuc Gian tlrjhoj"
    assert plausibility(good) > 0.95 > 0.6 > plausibility(junk)
    assert plausibility("12 / 45 — 7") == 0.0
    assert is_syllable("Nghị") and is_syllable("nghiê\u0323m") and not is_syllable("CQNG")
    assert log_pair("chính", "quyền") > log_pair("chính", "quyên") + 5


def test_transcribed_scans(shared: Path) -> None:
    need("tesseract")
    from eval.ocr import score_folder

    report = score_folder(shared / "documents" / "scan_with_groundtruth")
    assert len(report.files) == 5
    assert report.mean_cer <= 0.10
