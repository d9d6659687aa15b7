"""What happens to a PDF after it was printed: the clerk's stamp, or a scanner."""

from __future__ import annotations

import io
from datetime import UTC, datetime

from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

STAMP_SIZE = 11.0
SCAN_DPI = 170


def add_stamps(pdf: bytes, words: dict[str, str], places: dict[str, tuple[float, float]]) -> bytes:
    """Draw each word by the appearance stream of a signature widget, as the clerks' signing programs do."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf)))
    page = writer.pages[0]
    annotations = ArrayObject(_widget(writer, name, word, *places[name]) for name, word in words.items())
    page[NameObject("/Annots")] = annotations
    form = DictionaryObject({NameObject("/Fields"): ArrayObject(annotations), NameObject("/SigFlags"): NumberObject(3)})
    writer.root_object[NameObject("/AcroForm")] = form
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def _widget(writer: PdfWriter, name: str, word: str, x: float, y: float) -> object:
    width, height = 7.0 * len(word), STAMP_SIZE + 2
    inner = writer._add_object(_form(f"BT /F1 {STAMP_SIZE} Tf 0 2 Td ({word}) Tj ET", width, height, fonts=_fonts()))
    layers = DictionaryObject({NameObject("/XObject"): DictionaryObject({NameObject("/FRM"): inner})})
    outer = writer._add_object(_form("q 1 0 0 1 0 0 cm /FRM Do Q", width, height, fonts=layers))
    rect = ArrayObject(FloatObject(v) for v in (x - width / 2, y - 2, x + width / 2, y - 2 + height))
    widget = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject("/Widget"),
            NameObject("/FT"): NameObject("/Sig"),
            NameObject("/T"): TextStringObject(f"stamp_{name}"),
            NameObject("/F"): NumberObject(132),
            NameObject("/Rect"): rect,
            NameObject("/AP"): DictionaryObject({NameObject("/N"): outer}),
        }
    )
    return writer._add_object(widget)


def _fonts() -> DictionaryObject:
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Times-Roman"),
            NameObject("/Encoding"): NameObject("/WinAnsiEncoding"),
        }
    )
    return DictionaryObject({NameObject("/Font"): DictionaryObject({NameObject("/F1"): font})})


def _form(content: str, width: float, height: float, fonts: DictionaryObject) -> DecodedStreamObject:
    form = DecodedStreamObject()
    form.set_data(content.encode("ascii"))
    form.update(
        {
            NameObject("/Type"): NameObject("/XObject"),
            NameObject("/Subtype"): NameObject("/Form"),
            NameObject("/BBox"): ArrayObject(FloatObject(v) for v in (0, 0, width, height)),
            NameObject("/Resources"): fonts,
        }
    )
    return form


def to_scan(pdf: bytes) -> bytes:
    """The first page as a black and white image, a little askew, without any text layer."""
    import pypdfium2

    page = pypdfium2.PdfDocument(pdf)[0]
    image = page.render(scale=SCAN_DPI / 72, grayscale=True).to_pil()
    image = image.rotate(0.35, Image.Resampling.BICUBIC, fillcolor=255)
    black = image.point(lambda value: 255 if value > 150 else 0).convert("1")
    stream = io.BytesIO()
    when = datetime(2024, 1, 2, tzinfo=UTC).timetuple()
    black.save(stream, "PDF", resolution=SCAN_DPI, creationDate=when, modDate=when)
    return stream.getvalue()
