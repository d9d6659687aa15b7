"""Plain HTTP beside Gradio: the original file of a document, and pictures of PDF pages with the quote marked."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from fastapi import APIRouter, HTTPException
from fastapi.responses import FileResponse, Response

from corpus.archive import split_member
from corpus.document import CorpusError, Document
from index.types import DocumentRecord, LibraryError
from qa.web.pages import render_page

if TYPE_CHECKING:
    from index.library import Library

_MARKED_CHARS = 3000
# Only these are shown inside the browser; a page of a document's own HTML would run as ours.
_SHOWN = {".pdf": "application/pdf", ".txt": "text/plain; charset=utf-8"}


def build_routes(library: Library) -> APIRouter:
    """Routes below /van-ban; a document is named by its id and a place by offsets, never by a path or by words."""
    router = APIRouter(prefix="/van-ban")

    @router.get("/{document_id}/tep")
    def original(document_id: str) -> FileResponse:
        path = _file(_record(library, document_id))
        shown = _SHOWN.get(path.suffix.lower())
        disposition = "inline" if shown else "attachment"
        kind = shown or "application/octet-stream"
        return FileResponse(path, media_type=kind, filename=path.name, content_disposition_type=disposition)

    @router.get("/{document_id}/trang/{page}.png")
    def picture(document_id: str, page: int, tu: int = 0, den: int = 0) -> Response:
        record = _record(library, document_id)
        document = _document(library, document_id)
        quote = document.text[max(0, tu) : min(den, max(0, tu) + _MARKED_CHARS)]
        path = _file(record)
        if document.format != "pdf" or path.suffix.lower() != ".pdf":
            raise HTTPException(404, "Văn bản này không có ảnh trang.")
        try:
            data = render_page(path, page, quote, page in document.ocr_pages)
        except CorpusError as error:
            raise HTTPException(404, str(error)) from error
        return Response(data, media_type="image/png", headers={"Cache-Control": "private, max-age=3600"})

    return router


def _record(library: Library, document_id: str) -> DocumentRecord:
    record = next((record for record in library.documents() if record.id == document_id), None)
    if record is None:
        raise HTTPException(404, "Không có văn bản này trong kho.")
    return record


def _document(library: Library, document_id: str) -> Document:
    try:
        return library.document(document_id)
    except LibraryError as error:
        raise HTTPException(404, str(error)) from error


def _file(record: DocumentRecord) -> Path:
    """The file of a document; for a member of an archive the archive."""
    for path in map(Path, record.paths):
        member = split_member(path)
        place = member[0] if member else path
        if place.is_file():
            return place
    raise HTTPException(404, "Không còn tệp gốc của văn bản này ở chỗ cũ.")
