"""Pictures of PDF pages with a quote marked: the reader's own letters say where its words stand."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.document import CorpusError, Document
from corpus.text import fold

if TYPE_CHECKING:
    from PIL import Image

    from corpus.pdf_pages import Glyph

Box = tuple[float, float, float, float]

MARK = (255, 214, 0, 110)
DPI = 115  # a page is read without zooming and weighs about 150 KB
# Shorter runs than this stand in too many places of a page to be the quote's.
_SURE_RUN = 12
# Beyond these the comparison of a page with a quote that is not there literally would take seconds.
_PAGE_LETTERS, _QUOTE_LETTERS = 12_000, 1_500
_OCR_DPI = 200


def quote_boxes(glyphs: Sequence[Glyph], quote: str) -> list[Box]:
    """Boxes (left, top, right, bottom in points from the page's top left) of a quote's words, one a line.

    Letters are compared without diacritics, case and spacing; a quote that runs over two pages is found in part.
    """
    letters, owners = _letters(glyph.char for glyph in glyphs)
    wanted, _ = _letters(quote)
    found = [glyphs[owners[index]] for start, end in _runs(letters, wanted) for index in range(start, end)]
    lines = groupby(found, key=lambda glyph: round(glyph.base))
    return [_around(list(line)) for _, line in lines]


def _letters(texts: Iterable[str]) -> tuple[str, list[int]]:
    """Folded letters and digits of texts, and for each the index of its text."""
    letters: list[str] = []
    owners: list[int] = []
    for index, text in enumerate(texts):
        for char in fold(text):
            if char.isalnum():
                letters.append(char)
                owners.append(index)
    return "".join(letters), owners


def _runs(letters: str, wanted: str) -> list[tuple[int, int]]:
    if not wanted:
        return []
    start = letters.find(wanted)
    if start >= 0:
        return [(start, start + len(wanted))]
    matcher = SequenceMatcher(None, letters[:_PAGE_LETTERS], wanted[:_QUOTE_LETTERS], autojunk=False)
    return [(m.a, m.a + m.size) for m in matcher.get_matching_blocks() if m.size >= _SURE_RUN]


def _around(glyphs: Sequence[Glyph]) -> Box:
    tops, bottoms = [g.base - g.size for g in glyphs], [g.base + 0.25 * g.size for g in glyphs]
    return min(g.x0 for g in glyphs), min(tops), max(g.x1 for g in glyphs), max(bottoms)


def render_page(path: Path, number: int, quote: str, scanned: bool) -> bytes:
    """A page (1-based) as PNG, the quote marked.

    Args:
        scanned: the page has no letters of its own, so OCR says where the words stand.

    Raises:
        CorpusError: there is no such page, or the file cannot be drawn.
    """
    try:
        state = path.stat()
    except OSError as error:
        raise CorpusError(f"{path.name}: không mở được tệp. Hãy kiểm tra tệp còn ở chỗ cũ.") from error
    return _render(path, (state.st_mtime_ns, state.st_size), number, quote, scanned)


@lru_cache(maxsize=32)
def _render(path: Path, state: tuple[int, int], number: int, quote: str, scanned: bool) -> bytes:
    """The picture; `state` (time and size) keeps the pages of a file that was replaced apart."""
    from PIL import Image, ImageDraw

    from corpus.pdf_pages import open_pdf  # PDFium is loaded here

    with open_pdf(path) as pdf:
        if not 1 <= number <= pdf.pages:
            raise CorpusError(f"Văn bản không có trang {number}.")
        image = pdf.image(number, DPI)
        page = pdf.page(number)
        glyphs = page.glyphs
        scan = pdf.image(number, _OCR_DPI) if scanned and quote else None
    if scan is not None:
        glyphs = _scanned_glyphs(scan)
    layer = Image.new("RGBA", image.size, (0, 0, 0, 0))
    draw = ImageDraw.Draw(layer)
    scale = image.width / page.width
    for box in quote_boxes(glyphs, quote):
        draw.rectangle([value * scale for value in box], fill=MARK)
    buffer = io.BytesIO()
    Image.alpha_composite(image.convert("RGBA"), layer).convert("RGB").save(buffer, "PNG")
    return buffer.getvalue()


def _scanned_glyphs(image: Image.Image) -> tuple[Glyph, ...]:
    from corpus.ocr import has_tesseract, read_image

    try:
        return read_image(image, dpi=_OCR_DPI).glyphs if has_tesseract() else ()
    except CorpusError:
        return ()


def height_of(document: Document, offset: int) -> float:
    """How far down its page (0..1) an offset of the text stands, roughly: by the share of text before it."""
    page = document.page_at(offset)
    starts = [start for start, number in document.page_breaks if number == page]
    ends = [start for start, number in document.page_breaks if number > page]
    first, last = (starts or [0])[0], (ends or [len(document.text)])[0]
    return min(1.0, (offset - first) / max(1, last - first))
