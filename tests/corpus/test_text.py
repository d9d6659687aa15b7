"""Normal form, folding, tone marks, syllables, old encodings, spacing."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.legacy import TCVN3, font_codec, from_font, from_tcvn3, from_vni
from corpus.spacing import repair_spacing
from corpus.text import (
    canonical_tone,
    decode,
    fold,
    fold_char,
    is_vietnamese_syllable,
    normalise,
    split_tone,
    superscript,
)

VIETNAMESE = "aăâbcdđeêghiklmnoôơpqrstuưvxyàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ"
SENTENCE = "Ủy ban nhân dân huyện Lệ Thủy ban hành Kế hoạch số 15/KH-UBND về nhiệm vụ chuyển đổi số trong năm 2024"


@given(st.text())
def test_normalise_is_idempotent_and_composed(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once
    assert unicodedata.is_normalized("NFC", once)


def test_normalise_drops_what_nobody_sees_and_keeps_what_carries_meaning() -> None:
    assert normalise("Số\u00a015\u200b/KH\u00ad-UBND\ufeff") == "Số 15/KH-UBND"
    assert normalise("18.000 m³, hội nghị¹") == "18.000 m³, hội nghị¹"
    assert normalise("hu\u0302\u0323ye\u0323\u0302n") == "h\u1ee5\u0302yện"
    assert normalise("một\r\nhai\u2028ba") == "một\nhai\nba"


@given(st.text())
def test_fold_keeps_the_length_so_that_positions_map(text: str) -> None:
    composed = normalise(text)
    folded = fold(composed)
    assert len(folded) == len(composed)
    assert folded == "".join(map(fold_char, composed))
    assert fold(folded) == folded


@given(st.text(VIETNAMESE + VIETNAMESE.upper() + " "))
def test_fold_leaves_only_ascii_of_vietnamese(text: str) -> None:
    assert fold(text).isascii()
    assert fold(text) == fold(text).lower()


def test_fold_takes_every_spelling_of_d_with_stroke() -> None:
    assert fold("Đường ĐƯỜNG Ðường 18 m³") == "duong duong duong 18 m³"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("hoà", "hòa"),
        ("thuỷ sản", "thủy sản"),
        ("UỶ BAN", "ỦY BAN"),
        ("hòan thành", "hoàn thành"),
        ("qúy", "quý"),
        ("quỹ", "quỹ"),
        ("quả", "quả"),
        ("khoẻ", "khỏe"),
        ("nghiệm thu", "nghiệm thu"),
        ("chùa, của", "chùa, của"),
    ],
)
def test_canonical_tone(typed: str, kept: str) -> None:
    assert canonical_tone(typed) == kept
    assert canonical_tone(kept) == kept


def test_split_tone() -> None:
    assert split_tone("nghiệm") == ("nghiêm", 5)
    assert split_tone("ban") == ("ban", 0)


def test_syllables_of_real_reports_are_valid(shared: Path) -> None:
    text = (shared / "reports/bao-cao-tuy-phuoc-2022.txt").read_text("utf-8")
    words = [word for word in re.findall(r"[^\W\d_]+", text) if word.islower() and not word.isascii()]
    wrong = {word for word in words if not is_vietnamese_syllable(word)}
    assert len(words) > 2000
    assert wrong <= {"đ"}


@pytest.mark.parametrize("word", ["ngiệp", "kàng", "cê", "hoạtđ", "bca", "tọac̣", "điề", "nhuyẽp", "gh", ""])
def test_impossible_syllables(word: str) -> None:
    assert not is_vietnamese_syllable(word)


def _encode(text: str, table: dict[int, str]) -> bytes:
    back = {char: code for code, char in table.items()}
    return bytes(back[char] if char in back else ord(char) for char in text.lower())


def test_decode_recognises_tcvn3() -> None:
    text, encoding, warnings = decode(_encode(SENTENCE, TCVN3))
    assert (text, encoding) == (SENTENCE.lower(), "tcvn3")
    assert "TCVN3" in warnings[0]


def test_decode_recognises_tcvn3_that_was_saved_as_unicode() -> None:
    text, encoding, _ = decode("huyÖn lÖ thuû".encode())
    assert (text, encoding) == ("huyện lệ thuỷ", "tcvn3")


def test_decode_recognises_vni() -> None:
    text, encoding, _ = decode(
        "UÛy ban nhaân daân huyeän Leä Thuûy ban haønh Keá hoaïch chuyeån ñoåi soá".encode("cp1252")
    )
    assert (text, encoding) == ("Ủy ban nhân dân huyện Lệ Thủy ban hành Kế hoạch chuyển đổi số", "vni")


def test_decode_recognises_windows_1258() -> None:
    decomposed = "".join(
        char if char in "âêôơưăđÂÊÔƠƯĂĐ" else unicodedata.normalize("NFD", char)
        for char in "".join(plain + mark for plain, mark in map(_apart, SENTENCE))
    )
    text, encoding, _ = decode(decomposed.encode("cp1258"))
    assert (text, encoding) == (SENTENCE, "cp1258")


def _apart(char: str) -> tuple[str, str]:
    plain, tone = split_tone(char)
    return plain, {0: "", 1: "\u0300", 2: "\u0301", 3: "\u0309", 4: "\u0303", 5: "\u0323"}[tone]


@pytest.mark.parametrize("name", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_decode_unicode(name: str) -> None:
    text, _, warnings = decode(SENTENCE.encode(name))
    assert text.removeprefix("\ufeff") == SENTENCE
    assert warnings == ()


def test_decode_leaves_other_languages_alone() -> None:
    french = "Le président a décidé de créer une école à l'étranger où l'élève étudiera."
    assert decode(french.encode())[0] == french


@given(st.binary(max_size=2000))
def test_decode_never_fails(data: bytes) -> None:
    text, encoding, _ = decode(data)
    assert isinstance(text, str)
    assert encoding


@given(st.text(VIETNAMESE + " .,0123456789/-", min_size=1))
def test_utf8_is_never_taken_for_an_old_encoding(text: str) -> None:
    assert decode(text.encode())[0] == unicodedata.normalize("NFC", text)


def test_fonts_from_before_unicode() -> None:
    assert font_codec(".VnTime") == "tcvn3"
    assert font_codec(".VnTimeH;Times New Roman") == "tcvn3-upper"
    assert font_codec("VNI-Times") == "vni"
    assert font_codec("Times New Roman") == font_codec("UVnTime") == ""
    assert from_font("ñy ban nh©n d©n", "tcvn3-upper") == "ỦY BAN NHÂN DÂN"
    assert from_font("hội đồng", "tcvn3") == "hội đồng", "typed in Unicode after the font was set"
    assert from_tcvn3("h\u00adíng") == "hướng"
    assert from_vni("ÑÖÔØNG SOÁ") == "ĐƯỜNG SỐ"


@pytest.mark.parametrize(
    ("torn", "whole"),
    [
        ("ĐIỀ U KHO ẢN THI HÀNH", "ĐIỀU KHOẢN THI HÀNH"),
        ("ỦY BANNHÂNDÂN HUYỆN", "ỦY BAN NHÂN DÂN HUYỆN"),
        ("TH Ự C HI Ệ N", "THỰC HIỆN"),
        ("Đi ều 5. Trách nhi ệm của ngh ị quy ết", "Điều 5. Trách nhiệm của nghị quyết"),
        ("thựchiện nhiệmvụ", "thực hiện nhiệm vụ"),
    ],
)
def test_repair_spacing(torn: str, whole: str) -> None:
    assert repair_spacing(torn) == whole


@pytest.mark.parametrize(
    "line",
    [
        "nhóm B ăn uống, loại C ưu tiên",
        "các điểm i, k, l và m khoản 2 Điều 5",
        "sâu 2.500 m ở vùng biển",
        "đường bêtông nhựa dài 2 km",
        "trạm BTS tại xã Đắk Rông, thôn A Ho",
    ],
)
def test_repair_spacing_keeps_what_is_right(line: str) -> None:
    assert repair_spacing(line) == line


def test_repair_spacing_changes_no_line_of_the_reports(shared: Path) -> None:
    for path in sorted((shared / "reports").glob("*.txt")):
        for line in path.read_text("utf-8").splitlines():
            assert repair_spacing(line) == line


def test_superscript() -> None:
    assert superscript(10) == "¹⁰"


def test_a_unicode_word_under_an_old_font_is_kept() -> None:
    assert from_font("bình", "tcvn3") == "bình"
    assert from_font("th«ng tin", "tcvn3") == "thông tin"


def test_letters_that_old_fonts_put_for_u_horn_are_mended() -> None:
    assert normalise("Chƣơng I. NHỮNG QUY ĐỊNH CHUNG, ƢU TIÊN") == "Chương I. NHỮNG QUY ĐỊNH CHUNG, ƯU TIÊN"
