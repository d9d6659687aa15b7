"""A real workplace over the samples, and a real browser that may only talk to it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Request, Route, sync_playwright

from tests.conftest import ROOT, need

CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
START_SECONDS = 60


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def workplace_url(tmp_path_factory: pytest.TempPathFactory, samples: Path) -> Iterator[str]:
    """The address of a workplace over the sample documents."""
    need("chromium")
    home = tmp_path_factory.mktemp("home")
    command = [sys.executable, "-m", "qa.cli", "--home", str(home)]
    subprocess.run([*command, "index", str(samples)], cwd=ROOT, check=False, capture_output=True, timeout=240)
    port = free_port()
    log = (home / "server.log").open("wb")
    server = subprocess.Popen([*command, "chat", "--port", str(port)], cwd=ROOT, stdout=log, stderr=log, env=os.environ)
    url = f"http://127.0.0.1:{port}/"
    try:
        _wait(url, server, home / "server.log")
        yield url
    finally:
        server.terminate()
        server.wait(20)
        log.close()


def _wait(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(START_SECONDS * 5):
        assert server.poll() is None, log.read_text(encoding="utf-8", errors="replace")
        try:
            with urllib.request.urlopen(url, timeout=5) as reply:  # noqa: S310  # our own server
                if reply.status == 200:
                    return
        except OSError:
            time.sleep(0.2)
    pytest.fail("trang không mở được:\n" + log.read_text(encoding="utf-8", errors="replace"))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    need("chromium")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=CHROMIUM_FLAGS)
        yield launched
        launched.close()


@dataclass
class Witness:
    """What a page did that nobody asked for."""

    outside: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


def open_page(browser: Browser, url: str, *, width: int = 1366, height: int = 768) -> tuple[Page, Witness]:
    """A page with its witness; requests to other machines are recorded and refused."""
    page = browser.new_page(viewport={"width": width, "height": height}, locale="vi-VN")
    page.set_default_timeout(20_000)
    witness = Witness()
    page.on("console", lambda message: message.type == "error" and witness.errors.append(message.text))
    page.on("pageerror", lambda error: witness.errors.append(str(error)))

    home = url.split("?")[0]

    def check(route: Route, request: Request) -> None:
        if request.url.startswith((home, "data:", "blob:")):
            route.continue_()
        else:
            witness.outside.append(request.url)
            route.abort()

    page.route("**/*", check)
    page.goto(url)
    page.get_by_role("tab", name="Hỏi đáp").wait_for()
    return page, witness


@pytest.fixture
def opened(browser: Browser, workplace_url: str) -> Iterator[tuple[Page, Witness]]:
    page, witness = open_page(browser, workplace_url)
    yield page, witness
    page.close()
