"""A workplace over the samples and a browser for all tests of this folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.conftest import need
from tests.qa.web.server import Witness, open_page, running_browser, running_workplace

# A busy machine takes seconds over what is done in milliseconds otherwise.
expect.set_options(timeout=20_000)


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="session")
def workplace_url(home: Path, samples: Path) -> Iterator[str]:
    need("chromium")
    with running_workplace(home, samples) as url:
        yield url


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    need("chromium")
    with running_browser() as launched:
        yield launched


@pytest.fixture
def opened(browser: Browser, workplace_url: str) -> Iterator[tuple[Page, Witness]]:
    page, witness = open_page(browser, workplace_url)
    yield page, witness
    page.context.close()
