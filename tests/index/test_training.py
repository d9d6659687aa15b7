"""The training, end to end on a few made-up texts, and the rules that make its queries."""

# ruff: noqa: S311 - nothing secret

from __future__ import annotations

import json
import lzma
import random
from pathlib import Path

import numpy as np
import pytest

from index.embedding import load_embedder
from index.training import pairs
from index.training.__main__ import main
from index.training.corpus import (
    Article,
    Passage,
    benchmark_shingles,
    legal_article,
    news_article,
    pack,
    read_articles,
    sentences,
    wiki_article,
    without,
)
from index.training.tokenizer import Counts, Sizes, build, count, modern, normalise, twins
from index.types import Embedder

SUBJECTS = ["diện tích chè", "thu ngân sách", "hộ nghèo", "trường học", "đường liên thôn", "rừng phòng hộ"]
PLACES = ["xã Bản Mây", "xã Nậm Sao", "thị trấn Suối Đá", "xã Hoà Thuỷ", "bản Pa Kha"]


def story(number: int) -> str:
    rng = random.Random(number)
    subject, place = rng.choice(SUBJECTS), rng.choice(PLACES)
    return " ".join(
        f"Năm {2000 + number % 20}, {subject} của {place} đạt {rng.randint(10, 99)} đơn vị, tăng so với năm trước."
        f" Ủy ban nhân dân (UBND) {place} tiếp tục theo dõi {rng.choice(SUBJECTS)}."
        for _ in range(4)
    )


def write(path: Path, lines: list[str]) -> None:
    path.write_bytes(lzma.compress("\n".join(lines).encode(), preset=0))


@pytest.fixture(scope="module")
def material(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("training")
    news = [
        {"id": str(i), "title": f"Tin về {story(i)[:40]}", "abstract": story(i)[:90], "body": story(i)}
        for i in range(80)
    ]
    wiki = [{"title": f"Mục {i}", "text": f"{story(i)}\n\n== Lịch sử ==\n{story(i + 1)}"} for i in range(40)]
    law = "LUẬT\nVỀ CHÈ\nĐiều 1. Phạm vi điều chỉnh\n{}\nĐiều 2. Tổ chức thực hiện\n1. {}\n2. {}"
    legal = [
        {"id": str(i), "kind": "luat", "number": "", "text": law.format(*map(story, (i, i + 1, i + 2)))}
        for i in range(20)
    ]
    for name, rows in (("news", news), ("wiki", wiki), ("legal", legal)):
        write(folder / f"{name}.jsonl.xz", [json.dumps(row, ensure_ascii=False) for row in rows])
    write(
        folder / "parallel_en_vi.tsv.xz", [f"The area of tea in village {i} grew .\t{story(i)[:60]}" for i in range(40)]
    )
    return folder


@pytest.mark.filterwarnings("ignore")
def test_training_makes_a_model_that_finds(material: Path, tmp_path: Path) -> None:
    def trained(name: str) -> Embedder:
        sizes = "--dimension 64 --epochs 5 --mined-epochs 1 --batch 32 --least 5 --parallel-batches 1 --threads 1"
        main(["model", "--data", str(material), "--out", str(tmp_path / name), *sizes.split()])
        return load_embedder(str(tmp_path / name))

    model = trained("one")
    assert model.dimension == 64
    passages = [f"Năm 2004, {subject} của bản Pa Kha tăng so với năm trước." for subject in SUBJECTS]
    asked = [f"{subject} của bản Pa Kha" for subject in SUBJECTS]
    similar = model.encode_queries(asked) @ model.encode_passages(passages).T
    assert np.mean(similar.argmax(axis=1) == np.arange(len(SUBJECTS))) >= 0.8
    assert trained("two").fingerprint == model.fingerprint


def test_articles_of_all_sources_are_read(material: Path) -> None:
    articles = list(read_articles(material))
    assert {article.source for article in articles} == {"news", "wiki", "legal"}
    legal = next(article for article in articles if article.source == "legal")
    assert legal.title == "Luật về chè"
    assert [passage.heading for passage in legal.passages] == ["Phạm vi điều chỉnh", "Tổ chức thực hiện"]


def test_sentences_end_where_they_end() -> None:
    assert sentences("Diện tích là 1.947 ha. Đạt 97,8% kế hoạch.") == ["Diện tích là 1.947 ha.", "Đạt 97,8% kế hoạch."]
    assert sentences("1. Ban hành quy chế") == ["1. Ban hành quy chế"]
    assert list(pack(["một hai ba"] * 5, 2, 6)) == [("một hai ba",) * 2, ("một hai ba",) * 2, ("một hai ba",)]


def test_wiki_leaves_references_out() -> None:
    text = (
        "Một đoạn mở đầu đủ dài để được giữ lại trong tập huấn luyện. " * 3 + "\n== Tham khảo ==\n" + "Sách cũ. " * 40
    )
    article = wiki_article({"title": "X", "text": text})
    assert {passage.heading for passage in article.passages} == {""}


def test_benchmark_text_is_kept_out(tmp_path: Path) -> None:
    (tmp_path / "set").mkdir()
    known = "Câu này nằm trong bộ đánh giá nên không được dùng để huấn luyện mô hình nhúng"
    (tmp_path / "set" / "corpus.jsonl").write_text(json.dumps({"_id": "1", "text": known}), "utf-8")
    article = Article(
        "wiki", "t", "", (Passage("", (known,)), Passage("", ("Câu khác hẳn, được giữ lại nguyên vẹn.",)))
    )
    kept = without(article, benchmark_shingles(tmp_path)).passages
    assert kept == (article.passages[1],)


def test_text_without_articles_gives_nothing() -> None:
    assert legal_article({"text": "Không có điều nào"}).passages == ()
    assert news_article({"title": "a", "abstract": "", "body": ""}).passages == ()


# --- vocabulary


@pytest.fixture(scope="module")
def counts() -> Counts:
    return count([story(i) for i in range(200)], least=20)


def test_phrases_are_words_and_never_cross_punctuation(counts: Counts) -> None:
    assert "ủy ban nhân dân" in counts.phrases
    assert "diện tích" in counts.phrases
    assert not any("đơn vị tăng" in phrase for phrase in counts.phrases)


def test_piece_spans_syllables_folded_or_not(counts: Counts) -> None:
    tokenizer = build(counts, Sizes(words=400, phrases=200, folded_words=200, folded_phrases=100, fragments=50))
    assert "▁diện▁tích" in tokenizer.encode("Diện tích rừng").tokens
    assert "▁dien▁tich" in tokenizer.encode("dien tich rung").tokens
    vocabulary = tokenizer.get_vocab()
    for new, old in twins(tokenizer).items():
        pieces = {number: piece for piece, number in vocabulary.items()}
        assert normalise(pieces[new].replace("▁", " ")) == pieces[old].replace("▁", " ")


@pytest.mark.parametrize(("one", "other"), [("hoà", "hòa"), ("thuỷ lợi", "thủy lợi"), ("quý", "quý"), ("hoàn", "hoàn")])
def test_tone_placements(one: str, other: str) -> None:
    assert normalise(one) == other
    assert modern(other) == one


# --- queries


ARTICLE = Article(
    "legal",
    "Luật về chè",
    "",
    (
        Passage(
            "Phạm vi điều chỉnh",
            ("Luật này quy định về trồng chè tại 12 huyện của tỉnh Lai Châu.", "Câu hai.", "Câu ba."),
        ),
    ),
)


def test_queries_differ_but_repeat_with_the_seed() -> None:
    def made(seed: int) -> list[str]:
        rng = random.Random(seed)
        return [pairs.make_pair(ARTICLE, ARTICLE.passages[0], pairs.Mix(), {}, rng).query for _ in range(40)]

    assert made(1) == made(1) != made(2)
    assert len(set(made(1))) > 20
    assert any(query.isascii() for query in made(1))


def test_number_or_name_becomes_a_question_word() -> None:
    asked = {" ".join(pairs.ask("trồng chè tại 12 huyện".split(), random.Random(i))[0]) for i in range(20)}
    assert "trồng chè tại bao nhiêu huyện" in asked
    names = {" ".join(pairs.ask("tỉnh Lai Châu trồng chè".split(), random.Random(i))[0]) for i in range(40)}
    assert "tỉnh đâu trồng chè" in names


def test_acronyms_are_found_with_their_long_forms_and_swapped() -> None:
    found: dict[tuple[str, str], int] = {}
    pairs.find_acronyms("Ủy ban Mặt trận Tổ quốc (MTTQ) và Ủy ban nhân dân (UBND), mục (ABC)", found)
    assert found == {("MTTQ", "mặt trận tổ quốc"): 1, ("UBND", "ủy ban nhân dân"): 1}
    table = pairs.acronym_table(found, least=1)
    always = pairs.Mix(acronym=1.0)
    assert pairs.swap_acronym("UBND xã", table, always, random.Random(1)) == "ủy ban nhân dân xã"
    assert pairs.swap_acronym("Mặt trận Tổ quốc xã", table, always, random.Random(1)) == "MTTQ xã"


def test_misspelling_changes_a_word_a_little() -> None:
    for seed in range(20):
        assert abs(len(pairs.misspell("nghị", random.Random(seed))) - 4) <= 1
