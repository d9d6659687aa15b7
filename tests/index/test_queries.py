from __future__ import annotations

import pytest

from corpus.document import Chunk, Span
from index.abbreviations import Abbreviations, explained, listed
from index.queries import Dictionary, Question, analyse, nearest, section_names
from index.readings import read
from index.settings import Weights

VOCABULARY = {"dien": 40, "tich": 35, "che": 9, "huyen": 50, "khoa": 7, "hoc": 6, "cong": 5, "nghe": 5, "va": 60}


def ask(text: str) -> Question:
    dictionary = Dictionary(Abbreviations(listed()), lambda token: VOCABULARY.get(token, 0), lambda: VOCABULARY, 100)
    return analyse(text, dictionary, Weights())


def held(question: Question, text: str) -> set[str]:
    """The content words that a text holds."""
    (row,) = question.held([read(Chunk("c", "d", (), Span(1, 0, len(text)), text))])
    return {word for word, there in zip(question.content, row, strict=True) if there}


def tokens(question: Question, field: str) -> set[str]:
    return {term.token for term in question.terms if term.field == field}


def test_a_question_without_diacritics_asks_the_folded_fields_alone() -> None:
    question = ask("dien tich che")
    assert tokens(question, "syllables") == set()
    assert tokens(question, "folded_pairs") == {"dien_tich", "tich_che"}


def test_a_question_with_diacritics_asks_both() -> None:
    question = ask("diện tích chè")
    assert tokens(question, "pairs") == {"diện_tích", "tích_chè"}
    assert tokens(question, "folded") == {"dien", "tich", "che"}


@pytest.mark.parametrize("typed", ["KHCN", "KH&CN", "KH-CN", "khcn"])
def test_an_acronym_also_asks_for_its_long_form(typed: str) -> None:
    question = ask(f"ứng dụng {typed}")
    assert "công_nghệ" in tokens(question, "pairs")
    assert held(question, "khoa học và công nghệ") >= set(question.alternatives)


def test_a_long_form_also_asks_for_its_acronym() -> None:
    assert "khcn" in tokens(ask("khoa học và công nghệ"), "syllables")
    assert "khcn" in tokens(ask("khoa hoc va cong nghe"), "folded")


def test_an_unknown_word_is_mended_and_counts_as_held() -> None:
    question = ask("diện tichh chè")
    assert "tich" in tokens(question, "folded")
    assert "dien_tich" in tokens(question, "folded_pairs")
    assert "tichh" in held(question, "tích")


def test_known_words_and_numerals_are_not_mended() -> None:
    assert nearest("xyzzy", VOCABULARY) is None
    assert nearest("huyne", VOCABULARY) == "huyen"
    assert "1947" in tokens(ask("1.947"), "folded")


@pytest.mark.parametrize("typed", ["24-BC/HU", "24 - bc/hu", "báo cáo 24 bc hu"])
def test_a_document_number_is_one_token(typed: str) -> None:
    assert tokens(ask(typed), "numbers") == {"24-bc-hu"}


def test_question_words_are_not_content() -> None:
    assert set(ask("Diện tích chè là bao nhiêu?").content) == {"dien", "tich", "che"}


def test_a_very_long_question_is_cut() -> None:
    assert len(ask("diện tích " * 50_000).terms) < 1000


def test_kinds_of_sections_have_several_names() -> None:
    assert ("ton", "tai") in (section_names("hạn chế") or ())
    assert section_names("trồng trọt") == (("trong", "trot"),)
    assert section_names(" ") is None


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        ("Ủy ban Mặt trận Tổ quốc (MTTQ) các cấp", ("MTTQ", "Mặt trận Tổ quốc")),
        ("phát triển khoa học và công nghệ (KH&CN)", ("KH&CN", "khoa học và công nghệ")),
        ("Đề án sản phẩm nông nghiệp (sau đây gọi tắt là SPNN)", ("SPNN", "sản phẩm nông nghiệp")),
    ],
)
def test_acronyms_are_learnt_from_the_text(text: str, pair: tuple[str, str]) -> None:
    assert explained(text) == [pair]


def test_other_brackets_teach_nothing() -> None:
    assert explained("tại xã Bản Bo (USD) và (PH8), đạt 5% (GRDP)") == []


def test_the_list_is_well_formed() -> None:
    for short, long in listed():
        assert short.isupper()
        assert long == long.lower()
        assert " " in long
