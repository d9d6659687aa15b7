from __future__ import annotations

import io
from pathlib import Path

import pytest
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, TextStringObject

from corpus.document import Signature
from corpus.pdf_signatures import read_signatures


def signed(tmp_path: Path, *values: dict[str, str]) -> Path:
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    fields = ArrayObject()
    for value in values:
        told = DictionaryObject({NameObject(key): TextStringObject(text) for key, text in value.items()})
        field = DictionaryObject({NameObject("/FT"): NameObject("/Sig"), NameObject("/V"): writer._add_object(told)})
        fields.append(writer._add_object(field))
    writer._root_object[NameObject("/AcroForm")] = DictionaryObject({NameObject("/Fields"): fields})
    buffer = io.BytesIO()
    writer.write(buffer)
    path = tmp_path / "signed.pdf"
    path.write_bytes(buffer.getvalue())
    return path


def test_each_signer_stands_once_in_the_order_of_signing(tmp_path: Path) -> None:
    path = signed(
        tmp_path,
        {"/Name": "Văn thư", "/M": "D:20240305101500+07'00'"},
        {"/Name": "Lò Thị Mai", "/M": "D:20240305090000+07'00'"},
        {"/Name": "VĂN THƯ", "/M": "D:20240305111500+07'00'"},
    )
    assert read_signatures(path) == (
        Signature("Lò Thị Mai", "2024-03-05T09:00"),
        Signature("Văn thư", "2024-03-05T10:15"),
    )


def test_a_reason_names_the_signer_where_nothing_else_does(tmp_path: Path) -> None:
    path = signed(tmp_path, {"/Reason": "Sở Nội vụ<snv@example.vn> đã ký", "/M": "hôm qua"})
    assert read_signatures(path) == (Signature("Sở Nội vụ", None),)


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7 broken", bytes(range(256)) * 20])
def test_damage_is_no_signature(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "x.pdf"
    path.write_bytes(data)
    assert read_signatures(path) == ()


def test_names_come_from_real_certificates(shared: Path) -> None:
    (path,) = (shared / "documents" / "text_pdf").glob("*779qdubDLQUY*")
    assert read_signatures(path) == (
        Signature("Nguyễn Minh", "2022-03-23T16:25"),
        Signature("Ủy ban Nhân dân tỉnh Bình Thuận", "2022-03-23T16:26"),
    )
