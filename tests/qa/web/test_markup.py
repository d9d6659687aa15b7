from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.document import Document, Metadata, Signature, Span
from index.types import DocumentRecord, Filters
from qa.types import INVITATION
from qa.web import markup
from qa.web.library_markup import document_html, uploads_html
from qa.web.precedents import arranged, board_html, pasted
from qa.web.uploads import Upload

EVIL = "<script>alert(1)</script>\"'&"


class Reader(HTMLParser):
    """Collects tags, text and whether every opened tag was closed in order."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.open: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag not in {"br", "img", "input", "path"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag != "path":
            assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def read(html: str) -> Reader:
    reader = Reader()
    reader.feed(html)
    reader.close()
    assert not reader.open
    return reader


def view(**told: Any) -> dict[str, Any]:
    document = {"id": "ab", "number": EVIL, "kind": EVIL, "subject": EVIL, "path": EVIL}
    citation = {"marker": 1, "document": document, "label": EVIL, "quote": f"lời {EVIL}", "answer_spans": [[0, 3]]}
    passage = {"document": document, "section": [EVIL], "text": EVIL, "span": [0, 3]}
    base = {"question": EVIL, "answer": f"{EVIL} [1] [9]", "refused": False, "note": EVIL}
    return {**base, "citations": [citation], "passages": [passage], **told}


@pytest.mark.parametrize("told", [{}, {"citations": []}, {"rated": EVIL}])
def test_words_of_documents_and_users_stay_text(told: dict[str, Any]) -> None:
    asked = view(**told)
    html = markup.answer_html(asked, 0) + markup.turns_html([asked], [["<p>&lt;</p>"] * len(asked["citations"])])
    assert "script" not in read(html).tags


def test_only_known_markers_become_chips() -> None:
    html = markup.answer_html(view(answer="Có [1] và [9]"), 3)
    assert 'href="#nguon-3-1"' in html
    assert "[9]" in html
    assert "nguon-3-9" not in html


def test_every_turn_keeps_its_cards_and_the_last_is_open() -> None:
    html = markup.turns_html([view(), view(), view()], [[""]])
    assert [f'id="nguon-{turn}-1"' in html for turn in range(3)] == [True, True, True]
    assert html.index("nguon-2-1") < html.index("nguon-0-1")
    assert html.count('<details class="turn" open>') == 1


def test_a_greeting_has_no_card_and_nothing_to_judge() -> None:
    greeted = view(answer=INVITATION, citations=[], passages=[], refused=True)
    assert markup.turns_html([view(), greeted], [[""], []]) == markup.turns_html([view(), greeted][:1], [[""]]).replace(
        '<details class="turn" open>', '<details class="turn">'
    )


@given(st.text(max_size=40), st.lists(st.tuples(st.integers(-5, 50), st.integers(-5, 50)), max_size=5))
def test_marking_changes_no_letter(text: str, marks: list[tuple[int, int]]) -> None:
    html = markup.marked(text, marks)
    plain = html.replace("<mark>", "").replace("</mark>", "")
    assert plain == markup.marked(text, ())


def test_marks_surround_their_words() -> None:
    assert markup.marked("a<b c", [(0, 3), (2, 3)]) == "<mark>a&lt;b</mark> c"


def test_the_copied_answer_names_its_sources() -> None:
    told = markup.citable({"answer": "12 ha [1]", "citations": [{"marker": 1, "label": "Báo cáo số 1"}]})
    assert told == "12 ha [1]\n[1] Báo cáo số 1"


def test_active_filters_are_told() -> None:
    assert markup.filters_html(Filters()) == ""
    html = markup.filters_html(Filters(kinds=("Báo cáo",), years=(2022,), section="kết quả"), ["<b>"])
    assert read(html).text == "Đang lọc: Báo cáo · 2022 · <b> · kết quả"


def test_collected_passages_are_moved_dropped_and_pasted() -> None:
    clips = [{"text": name, "source": f"nguồn {name}"} for name in "abc"]
    assert [clip["text"] for clip in arranged(clips, "up", 2)] == ["a", "c", "b"]
    assert [clip["text"] for clip in arranged(clips, "down", 0)] == ["b", "a", "c"]
    assert [clip["text"] for clip in arranged(clips, "drop", 1)] == ["a", "c"]
    assert arranged(clips, "drop", 7) == clips
    assert arranged(clips, "clear", 0) == []
    assert pasted(clips[:1]) == "a\n(nguồn a)"
    assert "script" not in read(board_html([{"text": EVIL, "source": EVIL}])).tags


def _signed(*signatures: Signature) -> tuple[str, str]:
    """What the source view and the library show of a signed document."""
    meta = Metadata(number="1/BC-UBND")
    document = Document("ab", "a.pdf", "pdf", "Lời", 1, ((0, 1),), meta, Span(1, 0, 3), (), (), signatures=signatures)
    record = DocumentRecord("ab", ("a.pdf",), meta, 1, "pdf")
    place = markup.Place(0, 0, "./tep", "", 0)
    return markup.source_html(document, place), document_html(document, record, lambda number: None, ())


def test_digital_signatures_stand_in_both_headers_and_stay_text() -> None:
    for html in _signed(Signature("Lò Thị Mai", "2024-03-05T09:00"), Signature(EVIL)):
        reader = read(html)
        assert "script" not in reader.tags
        assert f"Chữ ký số: Lò Thị Mai, 09:00 05/03/2024; {EVIL}" in reader.text
    assert not any("Chữ ký số" in html for html in _signed())


def test_names_of_uploads_stay_text() -> None:
    reader = read(uploads_html([Upload(EVIL, "failed", EVIL), Upload("b.pdf")]))
    assert "script" not in reader.tags
    assert "1/2 tệp" in reader.text
