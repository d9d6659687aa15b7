"""What is read of a chunk when it is stored: a search with it finds what one finds that reads all texts again."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.document import Chunk, Document, Metadata, Span
from index.embedding import StaticEmbedder, load_embedder
from index.library import Library
from index.readings import Parts, Reading, holding, numbers_of, pack, places, read, unpack
from index.settings import IndexSettings
from index.splitting import first_sentence
from index.tokens import words
from index.types import Hit, LibraryMismatch, Mode, PieceEmbedder
from index.windows import Windows
from tests.index.support import HashingEmbedder, write_reports

QUESTIONS = (
    "Tổng diện tích chè toàn huyện là bao nhiêu?",
    "tong dien tich che toan huyen la bao nhieu",
    "Ai ký báo cáo?",
    "KH&CN ứng dụng vào sản xuất",
    "nghị quyết số 20-NQ/TW",
    "Tỷ lệ hộ nghèo năm 2021",
    "chỉ tiêu du lịch",
    "hạn chế và nguyên nhân",
    "giao thông nông thôn",
    "xyz",
)


def same(left: Reading, right: Reading) -> bool:
    counts = ("head", "opening")
    names = ("exact", "folded", "joined")
    if any(getattr(left, name) != getattr(right, name) for name in counts) or not _equal(left, right, names):
        return False
    if left.parts is None or right.parts is None:
        return left.parts is right.parts
    return _equal(left.parts, right.parts, ("pieces", "lengths", "norms"))


def _equal(left: object, right: object, names: Sequence[str]) -> bool:
    return all(np.array_equal(getattr(left, name), getattr(right, name)) for name in names)


def chunk(text: str, prefix: str = "") -> Chunk:
    return Chunk("c", "d", (), Span(1, 0, len(text)), text, prefix=prefix)


TEXT = st.text() | st.text("aăÂđ ĐKH&CN-.,012 \n⁵")


@settings(max_examples=50, deadline=None)
@given(TEXT, TEXT)
def test_words_come_back_as_they_were_stored(text: str, prefix: str) -> None:
    assert same(unpack(*pack(read(chunk(text, prefix)))), read(chunk(text, prefix)))


@pytest.mark.parametrize("pieces", [[], [3], [1, 65_535], [2, 65_536]])
def test_pieces_come_back_as_they_were_stored(pieces: list[int]) -> None:
    parts = Parts(np.array(pieces, np.uint32), np.array([len(pieces), 0], np.uint32), np.ones(3, np.float32))
    reading = read(chunk("chè"), parts)
    assert same(unpack(*pack(reading)), reading)


@settings(max_examples=50, deadline=None)
@given(TEXT, TEXT)
def test_head_and_opening_are_counted_in_the_words_of_the_whole(text: str, prefix: str) -> None:
    reading = read(chunk(text, prefix))
    opening = words(first_sentence(text)).folded
    assert reading.folded[: reading.head].tolist() == numbers_of(words(prefix).folded).tolist()
    assert reading.folded[reading.head :][: reading.opening].tolist() == numbers_of(opening).tolist()


@settings(max_examples=50, deadline=None)
@given(st.lists(st.lists(st.sampled_from("abcdefgh")), max_size=5), st.lists(st.sampled_from("abcdxyz"), unique=True))
def test_texts_hold_what_they_hold_word_by_word(texts: list[list[str]], asked: list[str]) -> None:
    table = {word: place for place, word in enumerate(asked)}
    held = holding([numbers_of(text) for text in texts], table, len(asked))
    assert held.tolist() == [[word in text for word in asked] for text in texts]
    for text in texts:
        assert places(numbers_of(text), table).tolist() == [table.get(word, -1) for word in text]


def read_again(library: Library, chunk: Chunk) -> Reading:
    embedder = library.embedder
    return read(chunk, Windows(embedder).read([chunk.indexed_text])[0] if isinstance(embedder, PieceEmbedder) else None)


def found(library: Library, mode: Mode = "hybrid") -> list[list[Hit]]:
    return [library.search(question, mode=mode) for question in QUESTIONS]


def rows(home: Path, query: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(home / "catalog.sqlite", isolation_level=None)) as catalog:
        return catalog.execute(query).fetchall()


@pytest.fixture(scope="module")
def model() -> StaticEmbedder:
    loaded = load_embedder("bundled")
    assert isinstance(loaded, StaticEmbedder)
    return loaded


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory, samples: Path, model: StaticEmbedder) -> Path:
    home = tmp_path_factory.mktemp("readings") / "home"
    with closing(Library.open(home, IndexSettings(), model)) as library:
        library.add(path for path in samples.iterdir() if path.suffix in {".txt", ".md", ".html", ".docx"})
    return home


@pytest.fixture
def library(tmp_path: Path, filled: Path, model: StaticEmbedder) -> Iterator[Library]:
    home = shutil.copytree(filled, tmp_path / "home")
    with closing(Library.open(home, IndexSettings(), model)) as opened:
        yield opened


def test_what_is_stored_is_what_the_text_gives(library: Library) -> None:
    stored = {chunk.id: chunk for record in library.documents() for chunk in library.chunks(record.id)}
    told = rows(library.home, "SELECT c.id, r.words, r.parts FROM chunks c LEFT JOIN readings r ON r.row = c.row")
    assert len(told) == len(stored) > 20
    for name, packed, parts in told:
        assert same(unpack(packed, parts), read_again(library, stored[name]))


@pytest.mark.parametrize("mode", ["hybrid", "dense", "lexical"])
def test_a_search_without_readings_finds_the_same(library: Library, mode: Mode) -> None:
    before = found(library, mode)
    assert any(before)
    rows(library.home, "DELETE FROM readings")
    after = found(library, mode)
    assert [[(hit.chunk.id, hit.score, hit.parts) for hit in hits] for hits in after] == [
        [(hit.chunk.id, hit.score, hit.parts) for hit in hits] for hits in before
    ]


@pytest.mark.parametrize("schema", [1, 2])
def test_a_library_of_a_version_before_opens_and_grows(library: Library, tmp_path: Path, schema: int) -> None:
    before = found(library)
    rows(library.home, "DROP TABLE readings")
    if schema == 2:
        rows(library.home, "CREATE TABLE readings (row INTEGER PRIMARY KEY, words TEXT NOT NULL, parts BLOB)")
        rows(library.home, "INSERT INTO readings SELECT row, 'chè' || char(10), NULL FROM chunks")
    rows(library.home, f"UPDATE meta SET value='{schema}' WHERE key='schema'")  # noqa: S608 - a number of ours
    with closing(Library.open(library.home, IndexSettings(), library.embedder)) as opened:
        assert [[hit.chunk.id for hit in hits] for hits in found(opened)] == [[h.chunk.id for h in b] for b in before]
        chunks = opened.size
        opened.add(write_reports(tmp_path / "reports", 1))
        assert rows(opened.home, "SELECT count(*) FROM readings") == [(opened.size - chunks,)]


def test_a_library_that_has_to_be_rebuilt_stays_as_an_older_program_left_it(library: Library) -> None:
    rows(library.home, "UPDATE meta SET value='2' WHERE key='schema'")
    told = json.loads(rows(library.home, "SELECT value FROM meta WHERE key='manifest'")[0][0])
    changed = json.dumps({**told, "tokeniser": "1"})
    rows(library.home, f"UPDATE meta SET value='{changed}' WHERE key='manifest'")  # noqa: S608 - JSON of ours
    with pytest.raises(LibraryMismatch, match="--rebuild"):
        Library.open(library.home, IndexSettings(), library.embedder)
    assert rows(library.home, "SELECT value FROM meta WHERE key='schema'") == [("2",)]
    with closing(Library.open(library.home, IndexSettings(), library.embedder, rebuild=True)) as opened:
        assert opened.size == library.size


def test_the_vector_of_a_long_chunk_is_that_of_its_whole_text(tmp_path: Path, model: StaticEmbedder) -> None:
    text = "Diện tích chè tăng. " * 400 + "Bệnh viện được xây mới. " * 400
    document = Document("d", "/d", "txt", text, 1, ((0, 1),), Metadata(), Span(1, 0, len(text)), (), ())
    with closing(Library.open(tmp_path / "home", IndexSettings(), model)) as library, library.batch():
        library.store(document, [Chunk("c", "d", (), Span(1, 0, len(text)), text)])
        ((vector,),) = rows(library.home, "SELECT vector FROM embeddings")
    assert np.frombuffer(vector, np.float16) == pytest.approx(model.encode_passages([text])[0], abs=1e-3)


def test_readings_leave_with_their_document(tmp_path: Path) -> None:
    with closing(Library.open(tmp_path / "home", IndexSettings(), HashingEmbedder())) as library:
        library.add(write_reports(tmp_path / "reports", 2))
        library.remove("10-BC/HU")
        kept = "SELECT count(*) FROM readings r JOIN chunks c ON c.row = r.row"
        assert rows(library.home, kept) == rows(library.home, "SELECT count(*) FROM readings") == [(library.size,)]
