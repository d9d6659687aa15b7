"""Headers and closing blocks: invented documents in the forms of Decree 30/2020 and Guidance 36-HD/VPTW."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.document import Column, Metadata, RawDocument, RawLine
from corpus.facets import level_of
from corpus.metadata import extract_metadata


def raw(text: str, *, ocr: bool = False) -> RawDocument:
    """Lines as readers give them; "<" and ">" put one into the left or right column."""
    sides: dict[str, Column] = {"<": "left", ">": "right"}
    lines = [RawLine(line.lstrip("<>"), column=sides.get(line[:1], "")) for line in text.strip("\n").splitlines()]
    return RawDocument("pdf", tuple(lines), ocr_pages=(1,) if ocr else ())


REPORT = """
<UBND HUYỆN NÚI XANH
<PHÒNG KINH TẾ VÀ HẠ TẦNG
>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
>Độc lập - Tự do - Hạnh phúc
<Số: 154/BC-KTHT
>Núi Xanh, ngày 05 tháng 7 năm 2023
BÁO CÁO
Kết quả công tác 6 tháng đầu năm 2023
và nhiệm vụ 6 tháng cuối năm
Thực hiện Công văn số 12/UBND-VX ngày 01/6/2023 của UBND huyện, Phòng báo cáo như sau:
I. KẾT QUẢ
Đã trồng 10 ha rừng./.
<Nơi nhận:
<- UBND huyện (b/c);
<- Lưu: VT.
>KT. TRƯỞNG PHÒNG
>PHÓ TRƯỞNG PHÒNG
>Lò Thị Hoa
"""


def test_two_columns() -> None:
    found = extract_metadata(raw(REPORT))
    assert found == Metadata(
        kind="Báo cáo",
        number="154/BC-KTHT",
        issuer="Phòng Kinh tế và Hạ tầng",
        place="Núi Xanh",
        issued_on="2023-07-05",
        subject="Kết quả công tác 6 tháng đầu năm 2023 và nhiệm vụ 6 tháng cuối năm",
        signer="Lò Thị Hoa",
        signer_role="Phó Trưởng phòng",
        signing_for="KT. Trưởng phòng",
        recipients=("UBND huyện (b/c)", "Lưu: VT"),
        level="huyện",
        period="6 tháng đầu năm 2023",
    )


@pytest.mark.parametrize("gap", [" ", "        ", "\t\t"])
def test_merged_columns(gap: str) -> None:
    text = (
        f"ỦY BAN NHÂN DÂN{gap}CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
        f"HUYỆN NÚI XANH{gap}Độc lập - Tự do - Hạnh phúc\n"
        f"Số: 154/KH-UBND{gap}Núi Xanh, ngày 28 tháng 4 năm 2021\n"
        "KẾ HOẠCH\nChuyển đổi số giai đoạn 2021-2025\nCăn cứ Luật;\n"
        f"Nơi nhận:{gap}TM. ỦY BAN NHÂN DÂN\n- Như trên;{gap}KT. CHỦ TỊCH\n- Lưu: VT.{gap}PHÓ CHỦ TỊCH\nGiàng A Sáu\n"
    )
    found = extract_metadata(raw(text))
    assert (found.kind, found.number, found.issued_on) == ("Kế hoạch", "154/KH-UBND", "2021-04-28")
    assert (found.issuer, found.place) == ("Ủy ban nhân dân huyện Núi Xanh", "Núi Xanh")
    assert (found.signer, found.signer_role) == ("Giàng A Sáu", "Phó Chủ tịch")
    assert found.signing_for == "TM. Ủy ban nhân dân, KT. Chủ tịch"
    assert found.period == "giai đoạn 2021-2025"


def test_party_document() -> None:
    text = """
<ĐẢNG BỘ TỈNH SƠN HẢI
<HUYỆN ỦY NÚI XANH
<*
<Số 24-NQ/HU
>ĐẢNG CỘNG SẢN VIỆT NAM
>Núi Xanh, ngày 03 tháng 02 năm 2020
NGHỊ QUYẾT
về phát triển du lịch
-----
- Căn cứ Điều lệ Đảng;
<Nơi nhận:
<- Tỉnh ủy (b/c),
<- Lưu Văn phòng.
>T/M HUYỆN ỦY
>BÍ THƯ
>Vàng Văn Thắng
"""
    found = extract_metadata(raw(text))
    assert (found.number, found.issuer, found.subject) == ("24-NQ/HU", "Huyện ủy Núi Xanh", "về phát triển du lịch")
    assert (found.signer, found.signer_role, found.signing_for) == ("Vàng Văn Thắng", "Bí thư", "T/M Huyện ủy")
    assert found.level == "huyện"


def test_letter_has_no_kind_line() -> None:
    text = """
<ỦY BAN NHÂN DÂN
<TỈNH SƠN HẢI
<Số: 72/UBND-VX
<V/v rà soát thiết bị
<dạy học
>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
>Độc lập - Tự do - Hạnh phúc
>Sơn Hải, ngày 9 tháng 12 năm 2024
Kính gửi: Sở Giáo dục và Đào tạo
Xét đề nghị tại Tờ trình số 33/TTr-SGDĐT ngày 01/12/2024.
"""
    found = extract_metadata(raw(text))
    assert (found.kind, found.number, found.subject) == ("Công văn", "72/UBND-VX", "rà soát thiết bị dạy học")
    assert found.issued_on == "2024-12-09"


@pytest.mark.parametrize(
    ("line", "blank"),
    [
        ("Số:      /BC-UBND", True),
        ("Số: ……/QĐ-UBND", True),
        ("Số   -QĐ/TU", True),
        ("Số: .../2024/QĐ-UBND", True),
        ("Số:", True),
        ("V/v báo cáo", False),
    ],
)
def test_blank_number_is_not_invented(line: str, blank: bool) -> None:
    text = (
        f"<UBND XÃ ĐỒI THÔNG\n<{line}\n>Đồi Thông, ngày    tháng 4 năm 2022\nBÁO CÁO\nvề Nghị quyết số 20-NQ/TW\nCăn cứ"
    )
    found = extract_metadata(raw(text))
    assert (found.number, found.number_blank, found.issued_on) == (None, blank, "2022-04")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Só: 15/QĐ-UBND", "15/QĐ-UBND"),
        ("56: 15/QĐ-UBND", "15/QĐ-UBND"),
        ("SỐ: 15 / QÐ - UBND", "15/QĐ-UBND"),
        ("Số: 1257 + 1258/QĐ-UBND", "1257+1258/QĐ-UBND"),
        ("Luật số: 17/2023/QH15", "17/2023/QH15"),
        ("Số:173        /KH-UBND", "173/KH-UBND"),
        ("Số: 09/CT-UB", "09/CT-UB"),
        ("Số: 56/2025/TT-BXD", "56/2025/TT-BXD"),
        ("Số: 66.7/2025/NQ-CP", "66.7/2025/NQ-CP"),
    ],
)
def test_spellings_of_the_number_line(written: str, expected: str) -> None:
    assert extract_metadata(raw(f"<UBND HUYỆN NÚI XANH\n<{written}\nQUYẾT ĐỊNH\nVề việc thử")).number == expected


@pytest.mark.parametrize(
    "foreign",
    [
        "<ĐẾN\n<Số: 4707\n<Ngày: 13/03/2025",
        "CÔNG BÁO/Số 1583 + 1584/Ngày 17-11-2025",
        "BM01/VPUB-QT",
        "<Số: 31/SY-VP\n>Sơn Hải, 12/3/2020",
        "<SAO Y",
    ],
)
def test_numbers_of_others_are_passed_over(foreign: str) -> None:
    header = "<UBND TỈNH SƠN HẢI\n<SỞ Y TẾ\n<Số: 88/TB-SYT\n>Sơn Hải, ngày 2 tháng 3 năm 2025\nTHÔNG BÁO\nNghỉ lễ"
    found = extract_metadata(raw(f"{foreign}\n{header}"))
    assert (found.number, found.issued_on, found.issuer) == ("88/TB-SYT", "2025-03-02", "Sở Y tế")


def test_cited_and_attached_numbers_are_not_its_own() -> None:
    attached = "(Kèm theo Nghị định số 30/2020/NĐ-CP\nngày 05 tháng 3 năm 2020 của Chính phủ)"
    found = extract_metadata(raw(f"Phụ lục II\nVIẾT HOA\n{attached}\nI. QUY TẮC"))
    assert (found.kind, found.number, found.number_blank, found.issued_on) == ("Phụ lục", None, False, None)


def test_first_of_two_letters() -> None:
    second = REPORT.replace("154", "999").replace("Lò Thị Hoa", "Cầm Văn Bình")
    found = extract_metadata(raw(REPORT.strip("\n") + second))
    assert (found.number, found.signer) == ("154/BC-KTHT", "Lò Thị Hoa")


def test_unsigned_copy_has_no_signer() -> None:
    unsigned = REPORT.replace(">Lò Thị Hoa\n", "")
    annex = "PHỤ LỤC\n>NGƯỜI LẬP\n>TRƯỞNG BAN\n>Cầm Văn Bình\n"
    found = extract_metadata(raw(unsigned + annex))
    assert (found.signer, found.signer_role) == (None, "Phó Trưởng phòng")


@pytest.mark.parametrize(
    ("block", "signer", "role", "signing_for"),
    [
        (">TL. CHỦ TỊCH\n>CHÁNH VĂN PHÒNG\n>(Đã ký)\n>Hà Văn Nam", "Hà Văn Nam", "Chánh văn phòng", "TL. Chủ tịch"),
        (">TUQ. GIÁM ĐỐC\n>TRƯỞNG PHÒNG\n>TS. Đỗ Thị Mai", "Đỗ Thị Mai", "Trưởng phòng", "TUQ. Giám đốc"),
        (">Q. CHỦ TỊCH\n>NGUYỄN VĂN AN", "Nguyễn Văn An", None, "Q. Chủ tịch"),
        (">CHỦ TỊCH QUỐC HỘI\n>Đã ký: Lê Văn Ba", "Lê Văn Ba", "Chủ tịch Quốc hội", None),
        (">PHÓ TRƯỞNG PHÒNG\n>¡sẻ\n>Trung tá Ngô Văn Bốn", "Ngô Văn Bốn", "Phó Trưởng phòng", None),
        (">K/T TRƯỞNG BAN\n>PHÓ TRƯỞNG BAN\n>Ksor H'Lan", None, "Phó Trưởng ban", "K/T Trưởng ban"),
    ],
)
def test_signature_blocks(block: str, signer: str | None, role: str | None, signing_for: str | None) -> None:
    found = extract_metadata(
        raw(f"<SỞ Y TẾ\n<Số: 1/TB-SYT\nTHÔNG BÁO\nNghỉ lễ\nNghỉ./.\n<Nơi nhận:\n<- Lưu: VT.\n{block}\n")
    )
    assert (found.signer_role, found.signing_for) == (role, signing_for)
    if signer is not None:
        assert found.signer == signer


def test_law_is_dated_by_its_closing_clause() -> None:
    text = """
<QUỐC HỘI
<Luật số: 99/2031/QH17
>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
LUẬT
HỢP TÁC XÃ
Căn cứ Hiến pháp;
“Luật này được Quốc hội thông qua ngày 01 tháng 01 năm 1999.”
Luật này được Quốc hội nước Cộng hòa xã hội chủ nghĩa Việt Nam khóa XVII thông qua ngày 20 tháng 6 năm 2031.
CHỦ TỊCH QUỐC HỘI
Trần Văn An
"""
    found = extract_metadata(raw(text))
    assert (found.kind, found.issued_on, found.issuer, found.level) == ("Luật", "2031-06-20", "Quốc hội", "trung ương")
    assert found.signer == "Trần Văn An"


def test_issuer_is_read_from_the_text_where_the_header_is_missing() -> None:
    text = """
Núi Xanh, ngày 15 tháng 4 năm 2022
Số 24-BC/HU
BÁO CÁO
Tổng kết 10 năm thực hiện Nghị quyết số 20-NQ/TW
Thực hiện Công văn số 8-CV/TU của Ban Thường vụ Tỉnh ủy, Ban Thường vụ Huyện ủy Núi Xanh báo cáo kết quả như sau:
"""
    found = extract_metadata(raw(text))
    assert (found.issuer, found.number, found.period) == ("Huyện ủy Núi Xanh", "24-BC/HU", "10 năm")


def test_scan_is_not_guessed() -> None:
    """Marks for a handwritten day are no digit, and a number that OCR lost is not called blank."""
    head = "<BỘ NỘI VỤ\n<Số: {number}\n>Hà Nội, ngày{day}tháng 4 năm 2021\nQUYẾT ĐỊNH\nVề việc thử"
    lost = extract_metadata(raw(head.format(number="/QĐ-BNV", day=" f6 "), ocr=True))
    assert (lost.number, lost.number_blank, lost.number_unsure) == (None, False, True)
    assert lost.issued_on == "2021-04"
    typed = extract_metadata(raw(head.format(number="/QĐ-BNV", day="   ")))
    assert (typed.number_blank, typed.number_unsure, typed.issued_on) == (True, False, "2021-04")
    written = extract_metadata(raw(head.format(number="46 /QĐ-BNV", day=" 16 "), ocr=True))
    assert (written.number, written.number_unsure) == ("46/QĐ-BNV", True)
    printed = extract_metadata(raw(head.format(number="46/QĐ-BNV", day=" 16 "), ocr=True))
    assert not printed.number_unsure


def test_table_rows_of_the_header() -> None:
    rows = (
        RawLine(
            "", cells=("UBND TỈNH SƠN HẢI\nSỞ NỘI VỤ\nSố: 12/TTr-SNV", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), table=1
        ),
        RawLine("", cells=("", "Sơn Hải, ngày 01 tháng 02 năm 2025"), table=1),
        RawLine("TỜ TRÌNH", whole=True),
        RawLine("Về việc công nhận kết quả đại hội", whole=True),
        RawLine("Kính gửi: Chủ tịch UBND tỉnh", whole=True),
    )
    found = extract_metadata(RawDocument("docx", rows))
    assert (found.kind, found.number, found.issuer) == ("Tờ trình", "12/TTr-SNV", "Sở Nội vụ")
    assert (found.issued_on, found.subject) == ("2025-02-01", "Về việc công nhận kết quả đại hội")


def test_name_broken_beside_the_motto() -> None:
    """Only the second line of the body's name was merged with the right column."""
    text = "BỘ KHOA HỌC VÀ\nCÔNG NGHỆ | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM |\nSố: 57/2025/TT-BKHCN\nTHÔNG TƯ\nHướng dẫn"
    assert extract_metadata(raw(text)).issuer == "Bộ Khoa học và Công nghệ"


def test_preface_of_the_gazette_is_no_issuer() -> None:
    header = "<CHÍNH PHỦ\n>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n<Số: 1/2025/NĐ-CP\nNGHỊ ĐỊNH"
    assert extract_metadata(raw(f"VĂN BẢN QUY PHẠM PHÁP LUẬT\nCHÍNH PHỦ\n{header}")).issuer == "Chính phủ"


def test_nothing_is_known_of_nothing() -> None:
    assert extract_metadata(RawDocument("txt", ())) == Metadata()
    assert extract_metadata(raw("\n\nMột dòng văn xuôi, không có gì khác.\n")).number is None


def test_real_reports(shared: Path) -> None:
    from corpus.readers import read_raw

    tam_duong, tuy_phuoc, plan = (
        extract_metadata(read_raw(shared / "reports" / name))
        for name in ("bao-cao-tam-duong-2022.txt", "bao-cao-tuy-phuoc-2022.txt", "ke-hoach-thong-bao-730.txt")
    )
    assert (tam_duong.number, tam_duong.issued_on, tam_duong.place) == ("24-BC/HU", "2022-04-15", "Tam Đường")
    assert (tam_duong.signer_role, tam_duong.signing_for) == ("Phó Bí thư", "T/M Ban Thường vụ")
    assert (tuy_phuoc.number, tuy_phuoc.number_blank, tuy_phuoc.issued_on) == (None, True, "2022-04")
    assert (tuy_phuoc.issuer, tuy_phuoc.signing_for) == ("UBND huyện Tuy Phước", "KT. Chủ tịch")
    assert (plan.kind, plan.number, plan.number_blank, plan.signer) == ("Kế hoạch", None, False, "Phạm Văn Sâm")


@pytest.mark.parametrize(
    ("issuer", "level"),
    [
        ("Bộ Nội vụ", "trung ương"),
        ("Thanh tra Bộ Y tế", "trung ương"),
        ("Phòng An ninh chính trị nội bộ", None),
        ("Ban Tổ chức cán bộ", None),
        ("Ban Chấp hành Đảng bộ huyện Tam Đường", "huyện"),
        ("Bộ Chỉ huy quân sự tỉnh Lai Châu", "tỉnh"),
    ],
)
def test_level_of_the_issuing_body(issuer: str, level: str | None) -> None:
    assert level_of(issuer, None) == level


def test_a_receiver_of_two_lines_keeps_its_comma() -> None:
    words = ("UBND HUYỆN SƠN KHÊ", "QUYẾT ĐỊNH", "Điều 1. Giao việc cho các phòng.")
    left = ("Nơi nhận:", "- VPCP: BTCN,", "các Vụ, Cục;", "- Lưu: VT.")
    lines = (
        *(RawLine(text, whole=True) for text in words),
        *(RawLine(text, column="left", whole=True) for text in left),
        *(RawLine(text, column="right", whole=True) for text in ("CHỦ TỊCH", "Lò Văn Thảo")),
    )
    assert extract_metadata(RawDocument("docx", lines)).recipients == ("VPCP: BTCN, các Vụ, Cục", "Lưu: VT")
