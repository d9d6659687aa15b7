"""Bytes and fonts from before Unicode: TCVN3 (ABC), VNI and Windows-1258 become NFC text."""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import replace

from corpus.document import RawLine, check_length

_TCVN3_CODES = (
    "µà¸á¶ả·ã¹ạ¨ă»ằ¾ắ¼ẳ½ẵÆặ©âÇầÊấÈẩÉẫËậ®đÌèÐéÎẻÏẽÑẹªêÒềÕếÓểÔễÖệ×ìÝíØỉÜĩÞịßòãóáỏâõäọ«ôåồèốæổçỗéộ¬ơêờíớëởìỡîợ"
    "ïùóúñủòũôụ\u00adưõừøứöử÷ữùựúỳýýûỷüỹþỵ¡Ă¢Â£Ê¤Ô¥Ơ¦Ư§Đ"
)
TCVN3 = {ord(old): new for old, new in zip(_TCVN3_CODES[::2], _TCVN3_CODES[1::2], strict=True)}

_VNI_TONES = {"ø": "\u0300", "ù": "\u0301", "û": "\u0309", "õ": "\u0303", "ï": "\u0323"}
_VNI_CIRCUMFLEX = {"â": "", "à": "\u0300", "á": "\u0301", "å": "\u0309", "ã": "\u0303", "ä": "\u0323"}
_VNI_BREVE = {"ê": "", "è": "\u0300", "é": "\u0301", "ú": "\u0309", "ü": "\u0303", "ë": "\u0323"}
_VNI_SINGLE = {"ñ": "đ", "ì": "ì", "í": "í", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "ô": "ơ", "ö": "ư", "î": "ỵ"}


def _vni_table() -> dict[str, str]:
    table = dict(_VNI_SINGLE)
    for base, letter in (("a", "a"), ("e", "e"), ("o", "o"), ("u", "u"), ("y", "y"), ("ô", "ơ"), ("ö", "ư")):
        table |= {base + code: letter + mark for code, mark in _VNI_TONES.items()}
    for base in "aeo":
        table |= {base + code: base + "\u0302" + mark for code, mark in _VNI_CIRCUMFLEX.items()}
    table |= {"a" + code: "a\u0306" + mark for code, mark in _VNI_BREVE.items()}
    table = {code: unicodedata.normalize("NFC", text) for code, text in table.items()}
    upper = {code.upper(): text.upper() for code, text in table.items()}
    capital = {code[0].upper() + code[1:]: text.capitalize() for code, text in table.items()}
    return upper | capital | table


_VNI = _vni_table()
_UNICODE_ONLY = frozenset("ăĂđĐĩĨũŨơƠưƯ")
# Letters that old code tables use for Vietnamese ones.
_STRANGE = re.compile("[\u00a1-\u00ff]")
_MIN_STRANGE = 3
_SAMPLE = 20_000
_WORD = re.compile(r"[^\W\d_]+")
_VNI_PATTERN = re.compile("|".join(sorted(map(re.escape, _VNI), key=len, reverse=True)))


def from_tcvn3(text: str, *, upper: bool = False) -> str:
    """TCVN3 codes that were read as Latin-1, as Unicode; `upper` for the capital fonts (".VnTimeH")."""
    text = text.translate(TCVN3)
    return text.upper() if upper else text


def from_vni(text: str) -> str:
    """VNI codes that were read as Windows-1252, as Unicode."""
    return _VNI_PATTERN.sub(lambda match: _VNI[match[0]], text)


def font_codec(font: str, *, capitals: bool = False) -> str:
    """The code table behind a font's name: "tcvn3", "tcvn3-upper" (".VnTimeH"), "vni", or "" for Unicode fonts."""
    name = font.partition(";")[0].strip().lower()
    if name.startswith((".vn", "vntime", "vnarial")):
        return "tcvn3-upper" if capitals or name.endswith("h") else "tcvn3"
    return "vni" if name.startswith("vni-") else ""


def from_font(text: str, codec: str) -> str:
    """Text in a font from before Unicode, as Unicode; text that already is Unicode is left alone."""
    if not codec or (text.isascii() and codec != "tcvn3-upper"):
        return text
    if any(char in _UNICODE_ONLY or "\u1ea0" <= char <= "\u1ef9" for char in text):
        return text
    converted = from_vni(text) if codec == "vni" else from_tcvn3(text, upper=codec == "tcvn3-upper")
    # "bình" typed in Unicode under such a font has no letter that gives it away, but its reading as TCVN3 is no word.
    return text if plausibility(converted) < plausibility(text) else converted


def decode(data: bytes) -> tuple[str, str, tuple[str, ...]]:
    """Bytes as text.

    Returns:
        NFC text, the name of the encoding that was recognised, Vietnamese warnings.

    Raises:
        CorpusError: the text is too long.
    """
    text, encoding = _decode_unicode(data)
    if text is None:
        text, encoding = _decode_legacy(data)
    else:
        legacy = _legacy_name(text)
        text, encoding = (_CONVERTERS[legacy](text), legacy) if legacy else (text, encoding)
    check_length(len(text))
    warnings: tuple[str, ...] = ()
    if encoding in ("tcvn3", "vni", "cp1258", "cp1252"):
        warnings = (f"Văn bản dùng bảng mã cũ ({encoding.upper()}), đã được chuyển sang Unicode.",)
    return unicodedata.normalize("NFC", text), encoding, warnings


_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def _decode_unicode(data: bytes) -> tuple[str | None, str]:
    for bom, name in _BOMS:
        if data.startswith(bom):
            return data.decode(name, errors="replace"), name
    head = data[:4096]
    if head.count(0) > len(head) // 5:
        name = "utf-16-le" if head[1::2].count(0) > head[::2].count(0) else "utf-16-be"
        return data.decode(name, errors="replace"), name
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return None, ""


def plausibility(text: str) -> float:
    """How Vietnamese a text is: the share of letters in words that hold one outside ASCII and are real syllables."""
    from corpus.lexicon import is_syllable

    words = [word for word in _WORD.findall(text[:_SAMPLE]) if not word.isascii()]
    total = sum(map(len, words))
    return sum(len(word) for word in words if is_syllable(word) and _well_cased(word)) / total if total else 0.0


def _well_cased(word: str) -> bool:
    """Small, Capitalised or ALL CAPITALS; text that was decoded wrongly mixes them."""
    return word.islower() or word.isupper() or word[1:].islower()


def _read_latin(data: bytes) -> str:
    return data.decode("latin-1")


def _read_windows_1258(data: bytes) -> str:
    return unicodedata.normalize("NFC", data.decode("cp1258", errors="replace"))


_CONVERTERS: dict[str, Callable[[str], str]] = {"tcvn3": from_tcvn3, "vni": from_vni}


def _likeliest(sample: str) -> tuple[float, str]:
    """How plausible Latin-1 text is as TCVN3 or VNI, and as which of them."""
    return max((plausibility(convert(sample)), name) for name, convert in _CONVERTERS.items())


def _decode_legacy(data: bytes) -> tuple[str, str]:
    """Only the beginning is read in each of the ways; all of it in the one that fits."""
    sample = data[:_SAMPLE]
    score, name = max(_likeliest(_read_latin(sample)), (plausibility(_read_windows_1258(sample)), "cp1258"))
    if score <= 0.5:
        return data.decode("cp1252", errors="replace"), "cp1252"
    return (_read_windows_1258(data) if name == "cp1258" else _CONVERTERS[name](_read_latin(data))), name


def _legacy_name(text: str) -> str:
    """The code table of Unicode text whose letters are really TCVN3 or VNI codes; "" where they are not."""
    sample = unicodedata.normalize("NFC", text[:_SAMPLE])
    strange = len(_STRANGE.findall(sample))
    real = sum(char in _UNICODE_ONLY or "\u1ea0" <= char <= "\u1ef9" for char in sample)
    if strange < _MIN_STRANGE or real > strange // 10:
        return ""
    score, name = _likeliest(sample)
    return name if score > 0.8 and score > plausibility(sample) + 0.3 else ""


def repair_lines(lines: Sequence[RawLine]) -> tuple[list[RawLine], tuple[str, ...]]:
    """Lines in which TCVN3 or VNI codes were kept as letters, as they were meant; usually nothing changes."""
    name = _legacy_name("\n".join(line.text for line in lines))
    if not name:
        return list(lines), ()
    convert = _CONVERTERS[name]
    repaired = [
        replace(line, text=convert(line.text), cells=line.cells and tuple(map(convert, line.cells))) for line in lines
    ]
    return repaired, (f"Văn bản dùng bảng mã cũ ({name.upper()}), đã được chuyển sang Unicode.",)
