"""Words in which the keys of Telex typing were left as letters: "naof" was meant to be "nào"."""

from __future__ import annotations

import unicodedata

TONES = "\u0301\u0300\u0309\u0303\u0323"
_TONE_KEYS = dict(zip("sfrxj", TONES, strict=True))
_CIRCUMFLEX, _HORN, _BREVE = "\u0302", "\u031b", "\u0306"
_VOWELS = "aeiouy"


def toneless(word: str) -> tuple[str, str]:
    """A lower-case syllable without its tone, and the tone ("" for the level one)."""
    letters = unicodedata.normalize("NFD", word)
    tone = "".join(char for char in letters if char in TONES)
    return unicodedata.normalize("NFC", "".join(char for char in letters if char not in TONES)), tone


def decoded(typed: str) -> tuple[str, str]:
    """What the keys of a lower-case word stand for, as in `toneless`; itself where none of its letters is a key."""
    bare, tone = toneless(typed)
    letters: list[str] = []
    for char in unicodedata.normalize("NFD", bare):
        voiced = any(letter[0] in _VOWELS for letter in letters)
        if char in _TONE_KEYS and voiced:
            tone = _TONE_KEYS[char]
        elif char == "w" and voiced:
            letters = [_hooked(letter) for letter in letters]
        elif char == "d" and letters[:1] == ["d"]:
            letters[0] = "đ"
        elif char in "aeo" and char in letters[-2:]:
            letters[len(letters) - 1 - letters[::-1].index(char)] = char + _CIRCUMFLEX
        elif unicodedata.combining(char) and letters:
            letters[-1] += char
        else:
            letters.append(char)
    return unicodedata.normalize("NFC", "".join(letters)), tone


def _hooked(letter: str) -> str:
    return letter + {"a": _BREVE, "o": _HORN, "u": _HORN}.get(letter, "")
