"""Citations between the documents of a library."""

from __future__ import annotations

from pathlib import Path

from corpus.document import Document
from corpus.numbers import number_key
from corpus.readers import read_document
from index.types import DocumentRecord
from qa.links import cited, citing, shown


def _record(document: Document) -> DocumentRecord:
    return DocumentRecord(document.id, (document.path,), document.metadata, document.pages, document.format)


def test_a_decision_that_replaces_another_is_linked_to_it_both_ways(samples: Path) -> None:
    new = read_document(samples / "quyet-dinh-1190-quy-che-van-ban-dien-tu.html")
    old = read_document(samples / "quyet-dinh-640-quy-che-van-ban-2019.txt")
    records = {number_key(document.metadata.number or ""): (_record(document),) for document in (new, old)}
    links = cited(new, lambda number: records.get(number_key(number), ()))
    assert [(link.number, link.relations, bool(link.documents)) for link in links] == [
        ("30/2020/NĐ-CP", ("căn cứ",), False),
        ("77/TTr-VP", (), False),
        ("640/QĐ-UBND", ("thay thế",), True),
    ]
    (back,) = citing("640/QĐ-UBND", [_record(new)], {new.id: new}.__getitem__)
    assert (back.number, back.relations) == ("1190/QĐ-UBND", ("thay thế",))
    assert shown(back) == "1190/QĐ-UBND – thay thế – trong kho: Quyết định số 1190/QĐ-UBND"
    assert shown(links[0]) == "30/2020/NĐ-CP – căn cứ"
