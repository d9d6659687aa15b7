from __future__ import annotations

from pathlib import Path

import pytest

from corpus.parts import PARTS, Part, parts_at
from index.library import Library
from index.settings import IndexSettings
from index.types import Filters
from qa.precedents import find_precedents, variable_ranges


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory, samples: Path) -> Library:
    opened = Library.open(tmp_path_factory.mktemp("home"), IndexSettings(model="none"))
    opened.add([path for path in samples.iterdir() if path.suffix in {".txt", ".docx", ".html", ".md"}])
    return opened


def test_wordings_are_verbatim_and_grouped(library: Library) -> None:
    precedents = find_precedents(library, "tăng cường kiểm tra việc thực hiện")
    assert precedents
    for precedent in precedents:
        for use in precedent.uses:
            assert library.document(use.document.id).slice(use.span) == use.text
        days = [use.document.metadata.issued_on or "" for use in precedent.uses]
        assert days == sorted(days, reverse=True)


def test_an_idea_finds_several_wordings_and_each_holds_a_phrase_of_it(library: Library) -> None:
    texts = [
        found.text.casefold() for found in find_precedents(library, "tăng cường kiểm tra, giám sát việc thực hiện")
    ]
    assert len(texts) >= 3
    assert sum("kiểm tra" in text and "giám sát" in text for text in texts) >= 3
    assert all("kiểm tra" in text or "giám sát" in text for text in texts)


def test_the_same_wording_of_several_years_is_one_group(library: Library) -> None:
    precedents = find_precedents(
        library, "Thực hiện Công văn của Ban Thường vụ Tỉnh ủy, Ban Thường vụ Huyện ủy báo cáo"
    )
    assert max(len(precedent.uses) for precedent in precedents) >= 2


@pytest.mark.parametrize("part", [part for part in PARTS if part not in {"mục đích, yêu cầu", "bài học kinh nghiệm"}])
def test_a_part_narrows(library: Library, part: Part) -> None:
    precedents = find_precedents(library, "", filters=Filters(section=part))
    assert precedents
    for precedent in precedents:
        for use in precedent.uses:
            assert part in parts_at(library.document(use.document.id), use.span.start, use.span.end)


def test_recipients_are_found_whole(library: Library) -> None:
    first = find_precedents(library, "UBND tỉnh", filters=Filters(section="nơi nhận", kinds=("Báo cáo",)))[0]
    assert first.text.startswith("Nơi nhận:")
    assert first.text.count("\n") >= 2


def test_issuer_and_year_narrow(library: Library) -> None:
    narrowed = Filters(section="căn cứ", years=(2022,))
    for precedent in find_precedents(library, "", filters=narrowed):
        assert {(use.document.metadata.issued_on or "")[:4] for use in precedent.uses} == {"2022"}


def test_what_changes_is_marked() -> None:
    text = "Năm 2023, huyện trồng mới 120 ha rừng."
    marked = [text[start:end] for start, end in variable_ranges(text, ["Năm 2022, xã trồng mới 80 ha rừng."])]
    assert "2023" in marked
    assert "huyện" in marked
    assert "120" in marked
    assert not any("trồng mới" in part for part in marked)


def test_headings_are_no_wording(library: Library) -> None:
    for precedent in find_precedents(library, "công tác kiểm tra, giám sát, kỷ luật Đảng"):
        document = library.document(precedent.uses[0].document.id)
        titles = {section.title for section in document.walk()}
        assert not any(precedent.text.endswith(title) for title in titles if title)
