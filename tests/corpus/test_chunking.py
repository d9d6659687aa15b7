from __future__ import annotations

from pathlib import Path

import pytest

from corpus.chunking import ChunkSettings, chunk_document
from corpus.document import Document, RawLine
from corpus.readers import read_document
from corpus.sentences import split_sentences
from tests.corpus.helpers import document_of, document_of_lines


@pytest.fixture(scope="module")
def report(shared: Path) -> Document:
    return read_document(shared / "reports/bao-cao-tam-duong-2022.txt")


def test_chunks_are_words_of_one_section(report: Document) -> None:
    for chunk in chunk_document(report):
        assert chunk.text == report.slice(chunk.span)
        if chunk.kind != "table":
            blocks = [b for b in report.blocks if chunk.span.start <= b.span.start < chunk.span.end]
            assert {report.section_at(block.span.start) for block in blocks} <= {chunk.section}


def test_every_block_but_headings_is_in_a_chunk(report: Document) -> None:
    chunks = chunk_document(report)
    for block in report.blocks:
        if block.kind in ("heading", "footnote") or report.slice(block.span) == " | ".join(report.tables[0].header):
            continue
        held = [c for c in chunks if c.span.start <= block.span.start and block.span.end <= c.span.end]
        assert len(held) == 1, report.slice(block.span)


def test_sentences_are_never_cut(report: Document) -> None:
    settings = ChunkSettings(max_chars=250)
    bounds = {block.span.start + edge for block in report.blocks for pair in _sentences(report, block) for edge in pair}
    for chunk in chunk_document(report, settings):
        assert {chunk.span.start, chunk.span.end} <= bounds


def _sentences(report: Document, block: object) -> list[tuple[int, int]]:
    span = block.span  # type: ignore[attr-defined]
    text = report.slice(span)
    return [(0, len(text)), *split_sentences(text)]


def test_notes_go_with_their_sentence(report: Document) -> None:
    chunks = chunk_document(report)
    assert sum(len(chunk.notes) for chunk in chunks) == 11
    held = next(chunk for chunk in chunks if "trâu, bò tập trung" in chunk.text)
    assert any(note.startswith("Sơn Bình 04") for note in held.notes)


def test_table_chunks_repeat_header_and_merged_cells(report: Document) -> None:
    tables = [chunk for chunk in chunk_document(report) if chunk.kind == "table"]
    assert [chunk.section for chunk in tables][-1] == ("DANH MỤC", "II")
    for chunk in tables:
        assert "Số, ký hiệu" in chunk.prefix
    last = next(chunk for chunk in tables if chunk.text.startswith(" |  | 148-BC/HU"))
    assert "3 | Báo cáo" in last.prefix


def test_one_header_chunk_tells_what_is_known(report: Document) -> None:
    headers = [chunk for chunk in chunk_document(report) if chunk.kind == "header"]
    assert len(headers) == 1
    assert "24-BC/HU" in headers[0].prefix
    assert "Cao Trang Trọng" in headers[0].prefix


def test_prefix_is_bounded_and_names_document_and_headings(report: Document) -> None:
    chunk = next(chunk for chunk in chunk_document(report) if "1.947 ha" in chunk.text)
    assert chunk.prefix.startswith("Báo cáo số 24-BC/HU – Huyện ủy Tam Đường – 2022 › B. ")
    assert chunk.prefix.endswith("* Lĩnh vực nông nghiệp\n- Lĩnh vực trồng trọt")
    assert all(len(c.prefix) < 1300 for c in chunk_document(report))


def test_a_subheading_stays_with_what_follows() -> None:
    filler = "Đã làm được việc này ở các xã. " * 6
    document = document_of(f"1. Kết quả\n- Điều thứ nhất: {filler}\n* Nguyên nhân\n- Do thiếu vốn.\n- Do thiếu người.")
    chunks = chunk_document(document, ChunkSettings(max_chars=260, min_chars=100))
    assert any(chunk.text.startswith("* Nguyên nhân\n- Do thiếu vốn.") for chunk in chunks)
    assert not any(chunk.text.endswith("* Nguyên nhân") for chunk in chunks)


def test_list_keeps_its_lead_in_when_divided() -> None:
    items = "\n".join(f"- Nhiệm vụ số {n} giao cho phòng ban chuyên môn của huyện;" for n in range(12))
    document = document_of(f"1. Nhiệm vụ\nHuyện giao các việc sau:\n{items}")
    chunks = chunk_document(document, ChunkSettings(max_chars=300))
    assert len(chunks) > 2
    assert all("Huyện giao các việc sau:" in chunk.indexed_text for chunk in chunks)


def test_note_without_marker_is_a_chunk_of_its_own() -> None:
    document = document_of_lines(RawLine("1. Kết quả", whole=True), RawLine("Chú thích lạc.", whole=True, note="3"))
    chunks = chunk_document(document)
    assert any(chunk.text == "Chú thích lạc." and chunk.section == ("1",) for chunk in chunks)


def test_ids_depend_on_document_span_and_settings(report: Document) -> None:
    first, again = chunk_document(report), chunk_document(report)
    other = chunk_document(report, ChunkSettings(max_chars=1100))
    assert [chunk.id for chunk in first] == [chunk.id for chunk in again]
    assert len({chunk.id for chunk in first}) == len(first)
    assert not {chunk.id for chunk in first} & {chunk.id for chunk in other}
