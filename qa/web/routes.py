"""Plain HTTP beside Gradio: the original file of a document, and pictures of PDF pages with the quote marked."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from fastapi import APIRouter, HTTPException, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import FileResponse, PlainTextResponse, Response
from fastapi.routing import APIRoute

from corpus.archive import member_file
from corpus.document import CorpusError, Document
from index.types import DocumentRecord, LibraryError
from qa.web.pages import render_page

if TYPE_CHECKING:
    from index.library import Library

_MARKED_CHARS = 3000
# Only these are shown inside the browser; a page of a document's own HTML would run as ours.
_SHOWN = {".pdf": "application/pdf", ".txt": "text/plain; charset=utf-8"}
_GONE = (
    "Không còn tệp gốc của văn bản này ở chỗ cũ. Nếu tệp đã được chuyển đi, hãy lập chỉ mục thư mục mới "
    "(baocao index THƯ_MỤC), hoặc thêm lại tệp ở thẻ Kho văn bản."
)


class _ReadableErrors(APIRoute):
    """A route whose errors are a sentence, since a person reads them in a tab of their own."""

    def get_route_handler(self) -> Callable[[Request], Awaitable[Response]]:  # type: ignore[override]
        """The handler that answers errors in words."""
        handle = super().get_route_handler()

        async def handle_readably(request: Request) -> Response:
            try:
                return await handle(request)
            except HTTPException as error:
                return PlainTextResponse(str(error.detail), error.status_code)
            except RequestValidationError:
                return PlainTextResponse("Địa chỉ này không đúng; hãy mở lại văn bản từ trang chính.", 404)

        return handle_readably


def build_routes(library: Library) -> APIRouter:
    """Routes below /van-ban; a document is named by its id and a place by offsets, never by a path or by words."""
    router = APIRouter(prefix="/van-ban", route_class=_ReadableErrors)

    @router.get("/{document_id}/tep")
    def original(document_id: str) -> Response:
        with _original(_record(library, document_id)) as (file, path):
            return _given(file, path)

    @router.get("/{document_id}/trang/{page}.png")
    def picture(document_id: str, page: int, tu: int = 0, den: int = 0) -> Response:
        record = _record(library, document_id)
        document = _document(library, document_id)
        words = document.text[max(0, tu) : min(den, max(0, tu) + _MARKED_CHARS)]
        with _original(record) as (file, path):
            if document.format != "pdf" or path.suffix.lower() != ".pdf":
                raise HTTPException(404, "Văn bản này không có ảnh trang.")
            try:
                data = render_page(file, page, words, page in document.ocr_pages)
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


@contextmanager
def _original(record: DocumentRecord) -> Iterator[tuple[Path, Path]]:
    """The file of a document, and where the library knows it; a member of an archive is unpacked for the context."""
    with ExitStack() as stack:
        for path in map(Path, record.paths):
            try:
                file = stack.enter_context(member_file(path))
            except (CorpusError, OSError):
                continue  # the same bytes may stand at another path
            if file.is_file():
                yield file, path
                return
    raise HTTPException(404, _GONE)


def _given(file: Path, path: Path) -> Response:
    """A file for the browser: read at once where it is a member of an archive, which is gone a moment later."""
    shown = _SHOWN.get(path.suffix.lower())
    headers = {"Content-Disposition": f"{'inline' if shown else 'attachment'}; filename*=UTF-8''{quote(path.name)}"}
    kind = shown or "application/octet-stream"
    if file == path:
        return FileResponse(file, media_type=kind, headers=headers)
    return Response(file.read_bytes(), media_type=kind, headers=headers)
