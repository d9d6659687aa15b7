"""Digits in the blanks of a header: read when every view agrees, left out otherwise."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence

import numpy as np
import pypdfium2
import pytest
from PIL import Image, ImageDraw, ImageFilter

from corpus.ocr_digits import Line, read_blank
from corpus.ocr_recogniser import is_installed, read_lines
from tests.corpus.pdfs import Item, make_pdf

pytestmark = pytest.mark.skipif(not is_installed(), reason="không có gói rapidocr")
SCALE = 300 / 72


def _page(items: Sequence[Item]) -> Image.Image:
    document = pypdfium2.PdfDocument(make_pdf([items]))
    image = document[0].render(scale=SCALE).to_pil().convert("L")
    document.close()
    return image


def _line(page: Image.Image, left: float, right: float, base: float = 115) -> Line:
    return Line(page, *(round(value * SCALE) for value in (left, base - 11, right, base + 2)))


def _number(*filled: Item) -> Line:
    return _line(_page([(80, 115, "Số:", 11), (150, 115, "/QĐ-UBND", 11), *filled]), 80, 215)


@pytest.mark.parametrize(
    ("filled", "number"),
    [
        ((108, 113, "207", 15), "207"),
        ((112, 117, "8", 13), "8"),
        ((106, 114, "3561", 14), "3561"),
        ((104, 115, "12a", 13), None),
        ((104, 115, "FOF", 13), None),
        ((110, 100, "207", 6), None),  # another line's words
    ],
)
def test_a_number_between_printed_words(filled: Item, number: str | None) -> None:
    assert read_blank(_number(filled), "number", "QĐ") == number


def test_an_empty_blank_stays_empty() -> None:
    assert read_blank(_number(), "number", "QĐ") is None


def test_a_scrawl_is_no_number() -> None:
    line = _number()
    drawn = ImageDraw.Draw(line.page)
    drawn.line([(440, 480), (500, 440), (470, 470), (540, 430), (530, 480), (580, 450)], fill=0, width=6)
    assert read_blank(line, "number", "QĐ") is None


def test_another_symbol_is_another_line() -> None:
    assert read_blank(_number((108, 113, "207", 15)), "number", "BC") is None


@pytest.mark.parametrize(
    ("day", "month", "expected"),
    [("28", "4", ("28", "4")), ("05", "12", ("05", "12")), ("32", "13", (None, None)), ("", "7", (None, "7"))],
)
def test_day_and_month(day: str, month: str, expected: tuple[str | None, str | None]) -> None:
    words = [(300, 115, "ngày", 11), (370, 115, "tháng", 11), (440, 115, "năm 2024", 11)]
    page = _page([*words, *((x, 114, text, 14) for x, text in ((336, day), (412, month)) if text)])
    assert (read_blank(_line(page, 300, 405), "day"), read_blank(_line(page, 370, 465), "month")) == expected


def test_poor_scans_give_the_number_or_nothing() -> None:
    noise = np.random.default_rng(5)
    found = []
    for value in ("203", "1595"):
        line = _number((106, 114, value, 14))
        grains = np.asarray(line.page) + noise.normal(0, 60, line.page.size[::-1])
        for spoilt in (
            line.page.rotate(1, fillcolor=255),
            line.page.filter(ImageFilter.GaussianBlur(2.5)),
            Image.fromarray(grains.clip(0, 255).astype(np.uint8)),
            line.page.resize((620, 877)).resize(line.page.size),
        ):
            read = read_blank(Line(spoilt, line.left, line.top, line.right, line.bottom), "number", "QĐ")
            assert read in (None, value)
            found.append(read)
    assert sum(read is not None for read in found) > 4


def test_characters_come_with_their_places() -> None:
    line = _number((108, 113, "207", 15))
    seen = read_lines([line.page.crop((line.left - 10, line.top - 12, line.right + 10, line.bottom + 12))])[0]
    places = {one.char: one.x / SCALE for one in seen}
    assert places["2"] < places["0"] < places["7"] < places["/"]
    assert abs(places["/"] - 72) < 8


def test_the_model_is_silent_and_needs_no_network() -> None:
    code = (
        "import socket, sys\n"
        "def refuse(*_): raise AssertionError('network')\n"
        "socket.socket.connect = socket.getaddrinfo = refuse\n"
        "from PIL import Image\n"
        "from corpus.ocr_recogniser import read_lines\n"
        "assert 'onnxruntime' not in sys.modules\n"
        "read_lines([Image.new('L', (200, 48), 255)])\n"
        "assert not {'cv2', 'rapidocr', 'shapely'} & set(sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
