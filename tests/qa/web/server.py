"""Starts a real workplace, and a real browser that may only talk to it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, Page, Request, Route, sync_playwright

from tests.conftest import ROOT

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


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running_workplace(home: Path, documents: Path | None, **environment: str) -> Iterator[str]:
    """The address of a workplace over a folder of documents, or over what the home holds already."""
    command = [sys.executable, "-m", "qa.cli", "--home", str(home)]
    if documents is not None:
        subprocess.run([*command, "index", str(documents)], cwd=ROOT, check=False, capture_output=True, timeout=240)
    port = _free_port()
    log = home / f"server-{port}.log"
    with log.open("wb") as stream:
        server = subprocess.Popen(
            [*command, "chat", "--port", str(port)],
            cwd=ROOT,
            stdout=stream,
            stderr=stream,
            env={**os.environ, **environment},
        )
        url = f"http://127.0.0.1:{port}/"
        try:
            _wait(url, server, log)
            yield url
        finally:
            server.terminate()
            server.wait(20)


def _wait(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(START_SECONDS * 5):
        if server.poll() is not None:
            break
        try:
            with urllib.request.urlopen(url, timeout=5) as reply:  # noqa: S310  # our own server
                if reply.status == 200:
                    return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError("the page did not open:\n" + log.read_text(encoding="utf-8", errors="replace"))


@contextmanager
def running_browser() -> Iterator[Browser]:
    """The system's Chromium."""
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=CHROMIUM_FLAGS)
        yield launched
        launched.close()


@dataclass
class Witness:
    """What a page did that nobody asked for."""

    outside: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


def open_page(browser: Browser, url: str, *, width: int = 1366, height: int = 768) -> tuple[Page, Witness]:
    """A page with its witness; requests to other machines are recorded and refused."""
    context = browser.new_context(
        viewport={"width": width, "height": height}, locale="vi-VN", permissions=["clipboard-read", "clipboard-write"]
    )
    page = context.new_page()
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
