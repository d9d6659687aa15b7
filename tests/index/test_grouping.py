from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from corpus.document import Chunk, Metadata, Span
from index.grouping import group_alike, shared
from index.library import Library
from index.types import DocumentRecord, Hit
from tests.index.support import HashingEmbedder

WORDS = (
    "Tổng diện tích chè toàn huyện đến cuối năm đạt {} ha, trong đó chè kinh doanh chiếm phần lớn diện tích; sản lượng"
    " chè búp tươi tăng so với cùng kỳ năm trước, giá thu mua ổn định, người trồng chè yên tâm đầu tư thâm canh."
)


def hit(document: str, issued_on: str | None, text: str, score: float = 1.0) -> Hit:
    chunk = Chunk(f"{document}-{len(text)}", document, ("I",), Span(1, 0, len(text)), text)
    return Hit(chunk, DocumentRecord(document, (), Metadata(issued_on=issued_on), 1, "txt"), score)


def shown(hits: list[Hit]) -> list[tuple[str, list[str]]]:
    return [(found.document.id, [other.document.id for other in found.alike]) for found in hits]


def test_the_newest_stands_for_all_that_are_alike() -> None:
    other = hit("d", "2022-01-01", "Công tác tuyên truyền được đẩy mạnh trên địa bàn các xã vùng cao của huyện.")
    hits = [
        hit("a", "2020-04", WORDS.format("1.947"), 5.0),
        other,
        hit("b", "2022-04-15", WORDS.format("2.010"), 3.0),
        hit("c", None, WORDS.format("1.947"), 2.0),
    ]
    assert shown(group_alike(hits)) == [("b", ["a", "c"]), ("d", [])]
    assert group_alike(hits)[1] is other


def test_two_places_of_one_document_are_two_results() -> None:
    hits = [hit("a", "2020", WORDS.format("1")), hit("a", "2020", WORDS.format("22"))]
    assert shown(group_alike(hits)) == [("a", []), ("a", [])]


def test_spelling_without_diacritics_does_not_part() -> None:
    hits = [hit("a", "2020", "hoà bình"), hit("b", "2021", "Hòa bình."), hit("c", "2022", "…")]
    assert shown(group_alike(hits)) == [("b", ["a"]), ("c", [])]


def test_wordings_that_share_less_stay_apart() -> None:
    half = WORDS.format("1.947").split(";")[0]
    assert shown(group_alike([hit("a", "2020", WORDS.format("1.947")), hit("b", "2021", half)])) == [
        ("a", []),
        ("b", []),
    ]
    assert group_alike([]) == []


def test_shared_is_the_jaccard_index() -> None:
    assert shared(frozenset("abc"), frozenset("bcd")) == 0.5
    assert shared(frozenset(), frozenset()) == 0.0


def test_a_search_groups_only_when_asked(tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    for year in (2019, 2020, 2021):
        text = (
            f"UBND HUYỆN SƠN HẢI\nSố: {year - 2000}/BC-UBND\nSơn Hải, ngày 05 tháng 12 năm {year}\n"
            "BÁO CÁO\nVề cây chè\n\n"
            f"I. KẾT QUẢ\n{WORDS.format('1.947')}\n\nII. KHÓ KHĂN\nMưa lũ năm {year} hỏng {year % 7} tuyến.\n"
        )
        (folder / f"{year}.txt").write_text(text, "utf-8")
    library = Library.open(tmp_path / "home", embedder=HashingEmbedder())
    library.add([folder])
    single = library.search("tổng diện tích chè toàn huyện", k=3)
    assert all(found.alike == () for found in single)
    first, second = library.search("tổng diện tích chè toàn huyện", k=2, group=True)
    assert first.document.metadata.issued_on == "2021-12-05"
    assert [other.document.metadata.issued_on for other in first.alike] == ["2020-12-05", "2019-12-05"]
    assert {replace(found, alike=()).chunk.id for found in (first, *first.alike)} == {hit.chunk.id for hit in single}
    assert second.chunk.text not in {found.chunk.text for found in single}
    library.close()
