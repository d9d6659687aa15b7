"""A figure of a run is not that of one name in it."""

from __future__ import annotations

import pytest

from qa.extraction.belonging import belongs, names_of
from qa.language.figures import find_figures

SUM = "Huyện chi 12 tỷ đồng tu bổ một số di tích, cụ thể: Đền Nà Khoang, Miếu Tà Lèng, Chùa Hang Én, Đình Pú Luông."
RUN = "Nậm Vai 23 cơ sở, Tà Sủng 02 cơ sở, Bản Mòng 01 cơ sở, trong đó có 14 hộ nuôi bể xây, 12 hộ nuôi bể bạt."


@pytest.mark.parametrize(
    ("name", "text", "value", "own"),
    [
        ("ta leng", SUM, "12", False),
        ("nam vai", RUN, "23", True),
        ("ta sung", RUN, "2", True),
        ("ta sung", RUN, "12", False),
        ("ta sung", RUN, "23", False),
        ("ta sung", "Xã Tà Sủng có 52 bể, sản lượng 20 tấn.", "20", True),
        ("ta sung", "Hợp tác xã Hương Rừng, bản Nà Lốc, xã Tà Sủng nuôi 52 bể.", "52", True),
        ("hua nam", RUN, "12", True),
    ],
)
def test_figures_belong_to_their_names(name: str, text: str, value: str, own: bool) -> None:
    figure = next(figure for figure in find_figures(text) if figure.value == value)
    assert belongs((name,), text, figure) is own


def test_names_of_the_chosen_document_are_no_names_to_look_for() -> None:
    text = "Xã Tà Sủng của huyện Sơn Khê có mấy hộ?"
    assert names_of(text, frozenset(("son", "khe"))) == ("ta sung",)
