"""A small library that the tests of this package share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from qa.assemble import build_assistant
from qa.assistant import Assistant
from qa.settings import load_settings

FILES = (
    "bao-cao-402-ubnd-thanh-lung-2023.pdf",
    "bao-cao-512-ubnd-2021.txt",
    "bao-cao-571-ubnd-2023.pdf",
    "bao-cao-96-huyen-uy-2021.html",
    "bao-cao-538-ubnd-2022.docx",
    "bao-cao-xa-ban-mong-2023.docx",
    "cong-van-218-phong-chong-dich.txt",
    "huong-dan-12-ban-tuyen-giao.md",
    "nghi-quyet-05-huyen-uy-2022.docx",
    "quyet-dinh-1190-quy-che-van-ban-dien-tu.html",
    "quyet-dinh-640-quy-che-van-ban-2019.txt",
    "thong-bao-33-cai-cach-hanh-chinh.docx",
)


@pytest.fixture(scope="session")
def assistant(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """An assistant without a language model over twelve of the bundled documents."""
    home = tmp_path_factory.mktemp("qa-home")
    made = build_assistant(load_settings(home, {}))
    made.library.add([samples / name for name in FILES])
    yield made
    made.close()


@pytest.fixture(scope="session")
def reporter(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """An assistant over the three real reports."""
    made = build_assistant(load_settings(tmp_path_factory.mktemp("qa-reports"), {}))
    made.library.add([shared / "reports"])
    yield made
    made.close()
