"""What stands before the whole workplace: it answers its own page alone, and lets the page reach nothing else.

A page of another site can make a browser send requests to 127.0.0.1, and can point a name of its own there (DNS
rebinding). So the name in `Host` must be this machine's, and a request that changes something must come from our page.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
_READING = frozenset({"GET", "HEAD", "OPTIONS"})
# Gradio offers to fetch an address for the page ("file=https://…", "file/https://…"); nothing here is on the network.
_FETCHED = re.compile(r"/proxy=|/(?:file|proxy)[=/]+\s*https?:", re.IGNORECASE)
# Gradio's own start script and styles are inline; everything else must come from this server.
_POLICY = (
    "default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob:; object-src 'none'; base-uri 'self'; "
    "frame-ancestors 'self'; form-action 'self'"
)
HEADERS = (
    (b"content-security-policy", _POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
)


class Guard:
    """ASGI middleware; `local` is True where the server listens on this machine alone."""

    def __init__(self, app: App, *, local: bool = True) -> None:
        self.app = app
        self.local = local

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it with 403."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
        if not permitted(scope["method"], scope["path"], headers, local=self.local):
            await _refuse(send)
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                given = {name.lower() for name, _ in message.get("headers", ())}
                extra = [header for header in HEADERS if header[0] not in given]
                message = {**message, "headers": [*message.get("headers", ()), *extra]}
            await send(message)

        await self.app(scope, receive, send_guarded)


def permitted(method: str, path: str, headers: MutableMapping[str, str], *, local: bool) -> bool:
    """Whether a request may be answered; `headers` have lower-case names."""
    host = headers.get("host", "")
    if local and _name(host) not in LOOPBACK:
        return False
    if _FETCHED.search(unquote(path)):
        return False
    origin = headers.get("origin")
    if method in _READING or origin is None:
        return headers.get("sec-fetch-site", "none") != "cross-site" or method in _READING
    return _parts(origin).netloc.lower() == host.lower()


def _name(host: str) -> str:
    return _parts(f"//{host}").hostname or ""


def _parts(url: str) -> SplitResult:
    """The parts of an address; a malformed one ("[::1") has none."""
    try:
        return urlsplit(url)
    except ValueError:
        return SplitResult("", "", "", "", "")


async def _refuse(send: Send) -> None:
    body = "Yêu cầu này không đến từ trang của chương trình; hãy mở lại địa chỉ mà chương trình đã in ra.".encode()
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 403, "headers": headers})
    await send({"type": "http.response.body", "body": body})
