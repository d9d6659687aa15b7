"""Plain HTTP beside Gradio: the original file of a document, and pictures of PDF pages with the quote marked."""

from __future__ import annotations

import io
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from fastapi import APIRouter, HTTPException
from fastapi.responses import FileResponse, Response

if TYPE_CHECKING:
    from index.library import Library

MARK = (255, 214, 0, 110)
SCALE = 1.6  # 115 dots an inch: a page is read without zooming and weighs about 150 KB
# PDFium is not thread-safe: one page at a time.
_pdfium = Lock()


def build_routes(library: Library) -> APIRouter:
    """Routes below /van-ban; a document is named by its id, never by a path."""
    router = APIRouter(prefix="/van-ban")

    def find(document_id: str) -> Path:
        record = next((r for r in library.documents() if r.id == document_id), None)
        paths = [Path(path) for path in record.paths] if record else []
        existing = next((path for path in paths if path.is_file()), None)
        if existing is None:
            raise HTTPException(404, "Không còn tệp gốc của văn bản này.")
        return existing

    @router.get("/{document_id}/tep")
    def original(document_id: str) -> FileResponse:
        path = find(document_id)
        return FileResponse(path, filename=path.name, content_disposition_type="attachment")

    @router.get("/{document_id}/trang/{page}.png")
    def picture(document_id: str, page: int, doan: str = "") -> Response:
        data = render_page(find(document_id), page, doan[:2000])
        return Response(data, media_type="image/png", headers={"Cache-Control": "private, max-age=3600"})

    return router


def render_page(path: Path, page: int, quote: str) -> bytes:
    """A PDF page (1-based) as PNG, with the lines of `quote` marked where its words are found on the page."""
    import pypdfium2 as pdfium
    from PIL import Image, ImageDraw

    with _pdfium:
        try:
            with pdfium.PdfDocument(path) as pdf:
                if not 1 <= page <= len(pdf):
                    raise HTTPException(404, f"Văn bản không có trang {page}.")
                leaf = pdf[page - 1]
                image = leaf.render(scale=SCALE).to_pil().convert("RGBA")
                boxes = _quote_boxes(leaf, quote)
        except pdfium.PdfiumError as error:
            raise HTTPException(415, "Không dựng được ảnh trang của tệp này.") from error
    layer = Image.new("RGBA", image.size, (0, 0, 0, 0))
    draw = ImageDraw.Draw(layer)
    for box in boxes:
        draw.rectangle([value * SCALE for value in box], fill=MARK)
    buffer = io.BytesIO()
    Image.alpha_composite(image, layer).convert("RGB").save(buffer, "PNG", optimize=False)
    return buffer.getvalue()


def _quote_boxes(page: object, quote: str) -> list[tuple[float, float, float, float]]:
    """Boxes (left, top, right, bottom in points from the top left) of the quote's words on the page."""
    words = quote.split()
    text_page = page.get_textpage()  # type: ignore[attr-defined]
    height = page.get_height()  # type: ignore[attr-defined]
    boxes: list[tuple[float, float, float, float]] = []
    # A quote runs over several lines, and PDFium finds no match across them: short runs of words are looked up.
    for start in range(0, len(words), 4):
        found = text_page.search(" ".join(words[start : start + 4])).get_next()
        if found is None:
            continue
        for n in range(text_page.count_rects(*found)):
            left, bottom, right, top = text_page.get_rect(n)
            boxes.append((left, height - top, right, height - bottom))
    return boxes
