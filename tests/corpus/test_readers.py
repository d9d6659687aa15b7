"""The table of readers: content over names, limits, errors with their remedy, folders."""

from __future__ import annotations

import hashlib
import time
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus import readers
from corpus.document import CorpusError
from corpus.readers import SUFFIXES, document_id, expand, read_document, read_raw
from tests.corpus.wordfile import p, write

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
LETTER = "Thực hiện Công văn số 830-CV/TU của Ban Thường vụ Tỉnh ủy về việc tổng kết."


def test_a_mislabelled_file_is_read_as_what_it_is(tmp_path: Path) -> None:
    word = write(tmp_path / "a.docx", p(LETTER))
    for name in ("a.pdf", "a.doc", "a.xlsx"):
        path = word.rename(tmp_path / name)
        raw = read_raw(path)
        assert (raw.format, raw.lines[0].text) == ("docx", LETTER)
        assert raw.warnings == (f"Tệp có đuôi {path.suffix} nhưng nội dung là DOCX; đã đọc theo nội dung.",)
        word = path
    page = tmp_path / "trang.doc"
    page.write_text(f"<html><body><p>{LETTER}</p></body></html>", encoding="utf-8")
    assert read_raw(page).format == "html"
    text = tmp_path / "chu.docx"
    text.write_text(LETTER, encoding="utf-8")
    assert read_raw(text).format == "txt"


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("rong.txt", b"", r"rong\.txt: tệp rỗng"),
        ("rac.txt", bytes(range(256)) * 8, r"rac\.txt: nội dung không phải là \.txt"),
        ("khoa.docx", OLE + "EncryptedPackage".encode("utf-16-le"), r"khoa\.docx: tệp đặt mật khẩu.*bỏ mật khẩu"),
        ("cut.doc", OLE, r"cut\.doc: tệp hỏng hoặc chưa tải hết"),
        ("cut.docx", b"PK\x03\x04" + bytes(40), r"cut\.docx: tệp hỏng hoặc chưa tải hết"),
        ("anh.pdf", b"\x89PNG\r\n\x1a\n" + bytes(40), r"anh\.pdf: nội dung là ảnh.*PDF"),
        ("la.xyz", b"abc", r"la\.xyz: không đọc được loại tệp “\.xyz”.*\.pdf"),
        ("khong.pdf", b"not a pdf", r"khong\.pdf: nội dung không phải là \.pdf"),
        ("trang.html", b"<html><script>1</script></html>", r"trang\.html: trang không có chữ"),
    ],
)
def test_every_failure_names_file_reason_and_remedy(tmp_path: Path, name: str, data: bytes, reason: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(CorpusError, match=reason):
        read_raw(path)


def test_a_missing_file_and_a_file_over_the_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(CorpusError, match=r"khong_co\.txt: không mở được tệp"):
        read_raw(tmp_path / "khong_co.txt")
    path = tmp_path / "to.txt"
    path.write_text(LETTER, encoding="utf-8")
    monkeypatch.setattr(readers, "MAX_BYTES", 10)
    with pytest.raises(CorpusError, match=r"to\.txt: tệp .*vượt giới hạn"):
        read_raw(path)


def test_an_unforeseen_exception_becomes_an_error_of_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    path.write_text(LETTER, encoding="utf-8")

    def fail(path: Path, suffix: str, ocr: bool) -> None:
        raise KeyError("x")

    monkeypatch.setitem(readers._READERS, ".txt", fail)  # type: ignore[arg-type]
    with pytest.raises(CorpusError, match=r"a\.txt: tệp hỏng hoặc sai định dạng \(KeyError\)"):
        read_raw(path)


MAGIC = st.sampled_from([b"", b"PK\x03\x04", b"\xff\xfe", b"\xef\xbb\xbf", b"<html>", b"\x89PNG", OLE[:8], b"# "])


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(head=MAGIC, data=st.binary(max_size=3000), suffix=st.sampled_from([s for s in SUFFIXES if s != ".pdf"]))
def test_any_bytes_under_any_name_end_in_lines_or_our_error(
    tmp_path: Path, head: bytes, data: bytes, suffix: str
) -> None:
    path = tmp_path / f"x{suffix}"
    path.write_bytes(head + data)
    started = time.monotonic()
    try:
        assert read_raw(path, ocr=False).lines
    except CorpusError as error:
        assert str(error).startswith("x")
    assert time.monotonic() - started < 10


def test_expand_walks_folders_sorted_and_skips_what_is_not_ours(tmp_path: Path) -> None:
    for name in ("b/2.txt", "b/~$2.docx", "b/.an.txt", ".git/x.txt", "a.docx", "anh.png", "B/c.PDF"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("x")
    assert [str(path.relative_to(tmp_path)) for path in expand([tmp_path])] == ["B/c.PDF", "a.docx", "b/2.txt"]
    direct = tmp_path / "anh.png"
    assert expand([direct, direct]) == [direct]


def test_identity_is_content(tmp_path: Path) -> None:
    first, second = tmp_path / "a.txt", tmp_path / "b.txt"
    first.write_bytes(b"x")
    second.write_bytes(b"x")
    assert document_id(first) == document_id(second) == hashlib.sha256(b"x").hexdigest()[:16]


def test_members_of_an_archive_are_files_of_their_own(tmp_path: Path) -> None:
    word = write(tmp_path / "trong.docx", p(LETTER))
    pack = tmp_path / "tep.zip"
    with zipfile.ZipFile(pack, "w") as file:
        file.write(word, "bên/trong.docx")
        file.writestr("a.xyz", "x")
        file.writestr("hai.zip", "x")
    found = expand([pack])
    assert found == expand([tmp_path])[:1] == [tmp_path / "tep.zip!" / "bên/trong.docx"]
    assert document_id(found[0]) == document_id(word)
    assert read_raw(found[0]).lines[0].text == LETTER
    assert read_document(found[0]).path == str(found[0])
    with pytest.raises(CorpusError, match=r"không có tệp “mất\.docx”"):
        read_raw(tmp_path / "tep.zip!" / "mất.docx")


def test_a_report_becomes_a_document(shared: Path) -> None:
    document = read_document(shared / "reports/bao-cao-tam-duong-2022.txt")
    assert document.metadata.number == "24-BC/HU"
    assert len(document.id) == 16


def test_a_pdf_under_the_name_of_a_word_file_is_read(shared: Path, tmp_path: Path) -> None:
    source = min((shared / "documents/text_pdf").glob("*.pdf"), key=lambda path: path.stat().st_size)
    path = tmp_path / "a.docx"
    path.write_bytes(source.read_bytes())
    raw = read_raw(path, ocr=False)
    assert raw.format == "pdf"
    assert "nội dung là PDF" in raw.warnings[0]
