"""Vietnamese text: normal form, folding, tone-mark placement, syllables, repair of spacing.

Only NFC, never NFKC: compatibility forms would turn "18.000 m³" into "m3" and "hội nghị¹" into "nghị1".
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from corpus.legacy import decode

__all__ = [
    "canonical_tone",
    "decode",
    "fold",
    "fold_char",
    "is_vietnamese_syllable",
    "modern_tone",
    "normalise",
    "superscript",
]

_SPACES = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\t\v\f]")
# Soft hyphen, zero-width space and joiners, bidi marks, word joiner, BOM, object replacement, variation selectors.
_INVISIBLE = re.compile("[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufffc]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_LINE_ENDS = re.compile("\r\n|[\r\x85\u2028\u2029]")
# Letters of other alphabets that some fonts of the nineties hold in the place of Ư and ư.
_LOOK_ALIKES = str.maketrans("Ƣƣ", "Ưư")
_TO_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def normalise(text: str) -> str:
    """NFC text with plain spaces and LF line ends, without invisible and control characters; idempotent."""
    text = _LINE_ENDS.sub("\n", text)
    text = _SPACES.sub(" ", text)
    text = _INVISIBLE.sub("", text)
    text = _CONTROLS.sub("", text)
    return unicodedata.normalize("NFC", text.translate(_LOOK_ALIKES))


def superscript(number: int | str) -> str:
    """Digits raised, as footnote markers stand in the text: 10 → "¹⁰"."""
    return str(number).translate(_TO_SUPERSCRIPT)


class _Folding(dict[int, str]):
    """A lazily filled table for `str.translate`: one character in, one character out."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        lower = char.lower().replace("đ", "d").replace("ð", "d")
        base = "".join(c for c in unicodedata.normalize("NFD", lower) if not unicodedata.combining(c))
        folded = base if len(base) == 1 else char
        self[code] = folded
        return folded


_FOLDING = _Folding()


def fold_char(char: str) -> str:
    """One character, lowercase and without its diacritics; always one character."""
    return _FOLDING[ord(char)]


def fold(text: str) -> str:
    """Lowercase text without diacritics ("Đường" → "duong"), as long as the NFC text that was given."""
    return text.translate(_FOLDING)


_TONES = {"\u0300": 1, "\u0301": 2, "\u0309": 3, "\u0303": 4, "\u0323": 5}
_MARKS = {number: mark for mark, number in _TONES.items()}


def split_tone(syllable: str) -> tuple[str, int]:
    """A syllable without its tone mark, and the tone: 0 none, 1 huyền, 2 sắc, 3 hỏi, 4 ngã, 5 nặng; -1 when several."""
    tone = 0
    kept = []
    for char in unicodedata.normalize("NFD", syllable):
        number = _TONES.get(char, 0)
        if not number:
            kept.append(char)
        elif tone:
            return syllable, -1
        else:
            tone = number
    return unicodedata.normalize("NFC", "".join(kept)), tone


def _add_tone(letter: str, tone: int) -> str:
    return unicodedata.normalize("NFC", letter + _MARKS.get(tone, ""))


_OPEN_PAIR = re.compile(r"(?<![qQ])([oOuU])([àáảãạèéẻẽẹỳýỷỹỵÀÁẢÃẠÈÉẺẼẸỲÝỶỸỴ])(?![^\W\d_])")
_CLOSED_PAIR = re.compile(r"([òóỏõọùúủũụÒÓỎÕỌÙÚỦŨỤ])([aeyAEY])(?=[^\W\d_])")
_QU = re.compile(r"(?<=[qQ])([ùúủũụÙÚỦŨỤ])([aeyAEY])")
_PAIRS = {"oa", "oe", "uy"}


def _to_first(match: re.Match[str]) -> str:
    first, second = match.groups()
    plain, tone = split_tone(second)
    if (first + plain).lower() not in _PAIRS:
        return match[0]
    return _add_tone(first, tone) + plain


def _to_second(match: re.Match[str]) -> str:
    plain, tone = split_tone(match[1])
    if (plain + match[2]).lower() not in _PAIRS and match.re is not _QU:
        return match[0]
    return plain + _add_tone(match[2], tone)


def canonical_tone(text: str) -> str:
    """One placement of the tone mark for words that are typed both ways: hoà → hòa, thuỷ → thủy, qúy → quý."""
    text = _QU.sub(_to_second, text)
    text = _CLOSED_PAIR.sub(_to_second, text)
    return _OPEN_PAIR.sub(_to_first, text)


modern_tone = canonical_tone

_RHYMES = frozenset(
    """
    a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et ê êch êm ên ênh êp êt êu êc êng
    i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu
    o oa oac oach oai oam oan oang oanh oao oap oat oay
    oăc oăm oăn oăng oăt oe oen oeo oet oc oi om on ong op ot ooc oong
    ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
    u ua uân uâng uât uây uc uê uêch uên uênh ui um un ung uơ up ut uy uya uych uyên uyêt uyn uynh uyp uyt uyu
    uôc uôi uôm uôn uông uôt uôp
    ư ưa ưc ưi ưm ưn ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu
    y yên yêm yêng yêt yêu ynh
    """.split()
)
_QU_RHYMES = frozenset(
    """
    a ac ach ai an ang anh ao at au ay ăc ăm ăn ăng ăp ăt ân âng ât ây âu e en eng eo et ê ên êt êch ênh
    i it in ich inh y ych yên yêt ynh yt ơ ôc
    """.split()
)
_ONSETS = ("ngh", "ng", "nh", "gh", "gi", "kh", "ch", "ph", "th", "tr", "qu", *"bcdđghklmnpqrstvx")
_FRONT = frozenset("ieêy")
_Y_ALONE = frozenset(("", "h", "k", "l", "m", "t", "s", "v", "qu"))


def _splits(plain: str) -> list[tuple[str, str]]:
    found = [(onset, plain[len(onset) :]) for onset in _ONSETS if plain.startswith(onset)]
    return [*found, ("", plain)]


def _fits(onset: str, rhyme: str) -> bool:
    if onset == "qu":
        return rhyme in _QU_RHYMES
    if rhyme not in _RHYMES or onset == "q":
        return False
    front = rhyme[0] in _FRONT
    if onset in ("k", "gh", "ngh"):
        return front
    if onset in ("c", "ng") or (onset == "g" and not rhyme.startswith("i")):
        return not front
    if rhyme[0] == "y":
        return onset in _Y_ALONE and (rhyme == "y" or onset == "")
    return True


@lru_cache(maxsize=50_000)
def is_vietnamese_syllable(word: str) -> bool:
    """Whether the letters can be one Vietnamese syllable, by the rules of onset, rhyme and tone; case is ignored."""
    plain, tone = split_tone(canonical_tone(word.lower()))
    if tone < 0 or not plain:
        return False
    if plain.endswith(("c", "ch", "p", "t")) and tone not in (2, 5):
        return False
    return any(_fits(onset, rhyme) for onset, rhyme in _splits(plain) if rhyme)
