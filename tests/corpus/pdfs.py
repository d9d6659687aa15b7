"""Small PDFs made for the tests."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import matplotlib
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, FloatObject, NameObject, NumberObject
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

FONTS = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
WIDTH, HEIGHT = 595.0, 842.0

# (x, y from the top, text, size)
Item = tuple[float, float, str, float]

HEADER: tuple[Item, ...] = (
    (80, 70, "UBND HUYỆN BÌNH LÂM", 11),
    (85, 85, "PHÒNG KINH TẾ", 11),
    (290, 70, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 11),
    (330, 85, "Độc lập - Tự do - Hạnh phúc", 11),
    (80, 115, "Số:", 11),
    (135, 115, "/KH-UBND", 11),
    (300, 115, "Bình Lâm, ngày", 11),
    (405, 115, "tháng", 11),
    (462, 115, "năm 2024", 11),
    (260, 150, "KẾ HOẠCH", 12),
)


def make_pdf(pages: Sequence[Sequence[Item]], rules: Sequence[tuple[float, float, float, float]] = ()) -> bytes:
    """Pages of text in DejaVu Serif; rules (x0, y0, x1, y1 from the top) are drawn on each."""
    pdfmetrics.registerFont(TTFont("Serif", str(FONTS / "DejaVuSerif.ttf")))
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(WIDTH, HEIGHT), invariant=True)
    for page in pages:
        for x, y, text, size in page:
            canvas.setFont("Serif", size)
            canvas.drawString(x, HEIGHT - y, text)
        for x0, y0, x1, y1 in rules:
            canvas.setLineWidth(0.5)
            canvas.line(x0, HEIGHT - y0, x1, HEIGHT - y1)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def with_picture(data: bytes, text: str, x: float, y: float, size: float) -> bytes:
    """The first page with `text` printed as an image, its baseline at (x, y from the top)."""
    import pypdfium2
    from reportlab.lib.utils import ImageReader

    document = pypdfium2.PdfDocument(make_pdf([[(x, y, text, size)]]))
    picture = document[0].render(scale=300 / 72).to_pil().convert("RGB")
    document.close()
    width = 0.64 * size * len(text)
    box = [round(value * 300 / 72) for value in (x, y - size, x + width, y + 0.25 * size)]
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(WIDTH, HEIGHT))
    canvas.drawImage(ImageReader(picture.crop(tuple(box))), x, HEIGHT - y - 0.25 * size, width, 1.25 * size)
    canvas.save()
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    writer.pages[0].merge_page(PdfReader(io.BytesIO(buffer.getvalue())).pages[0])
    result = io.BytesIO()
    writer.write(result)
    return result.getvalue()


def with_widgets(data: bytes, stamps: Sequence[tuple[float, float, str]]) -> bytes:
    """The first page with signature widgets that draw text (x, y from the top) by a nested form, as e-signing does."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    page = writer.pages[0]
    widgets = ArrayObject(writer._add_object(_widget(writer, *stamp)) for stamp in stamps)
    page[NameObject("/Annots")] = widgets
    result = io.BytesIO()
    writer.write(result)
    return result.getvalue()


def _widget(writer: PdfWriter, x: float, y: float, text: str) -> DictionaryObject:
    width, height = 7.0 * len(text) + 4, 16.0
    lines = text.split("\n")
    show = " T* ".join(f"({line}) Tj" for line in lines)
    font = DictionaryObject(
        {NameObject("/Type"): NameObject("/Font"), NameObject("/Subtype"): NameObject("/Type1"),
         NameObject("/BaseFont"): NameObject("/Helvetica")}
    )  # fmt: skip
    fonts = DictionaryObject({NameObject("/Font"): DictionaryObject({NameObject("/F1"): font})})
    inner = writer._add_object(_form(f"BT /F1 11 Tf 12 TL 2 4 Td {show} ET", width, height, fonts))
    forms = DictionaryObject({NameObject("/XObject"): DictionaryObject({NameObject("/FRM"): inner})})
    outer = writer._add_object(_form("q 1 0 0 1 0 0 cm /FRM Do Q", width, height, forms))
    base = HEIGHT - y - 4
    return DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject("/Widget"),
            NameObject("/FT"): NameObject("/Sig"),
            NameObject("/F"): NumberObject(4),
            NameObject("/Rect"): ArrayObject(FloatObject(value) for value in (x, base, x + width, base + height)),
            NameObject("/AP"): DictionaryObject({NameObject("/N"): outer}),
        }
    )


def _form(content: str, width: float, height: float, resources: DictionaryObject) -> DecodedStreamObject:
    form = DecodedStreamObject()
    form.set_data(content.encode("latin-1"))
    form.update(
        {
            NameObject("/Type"): NameObject("/XObject"),
            NameObject("/Subtype"): NameObject("/Form"),
            NameObject("/BBox"): ArrayObject(FloatObject(value) for value in (0, 0, width, height)),
            NameObject("/Resources"): resources,
        }
    )
    return form


def encrypted(data: bytes, password: str) -> bytes:
    """AES-256, to be opened with `password`."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    writer.encrypt(user_password=password, owner_password="chủ", algorithm="AES-256")  # noqa: S106
    result = io.BytesIO()
    writer.write(result)
    return result.getvalue()


def as_scan(data: bytes, dpi: int = 300) -> bytes:
    """The same pages as images only."""
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    images = [document[index].render(scale=dpi / 72).to_pil().convert("RGB") for index in range(len(document))]
    document.close()
    result = io.BytesIO()
    images[0].save(result, "PDF", save_all=True, append_images=images[1:], resolution=dpi)
    return result.getvalue()
