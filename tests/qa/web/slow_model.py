"""A language model server that says one word after another, slowly, in the form of the OpenAI interface."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

WORDS = 400
PAUSE = 0.2


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("content-length", 0)))
        self.send_response(200)
        self.send_header("content-type", "text/event-stream")
        self.end_headers()
        try:
            for number in range(WORDS):
                piece = {"index": 0, "delta": {"role": "assistant", "content": f"từ{number} "}, "finish_reason": None}
                data = {"id": "x", "object": "chat.completion.chunk", "created": 0, "model": "m", "choices": [piece]}
                self.wfile.write(f"data: {json.dumps(data)}\n\n".encode())
                self.wfile.flush()
                time.sleep(PAUSE)
            self.wfile.write(b"data: [DONE]\n\n")
        except OSError:
            return  # whoever listened has gone

    def log_message(self, *values: object) -> None:
        """Say nothing."""


@contextmanager
def slow_model() -> Iterator[str]:
    """The address of such a server."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1"
    finally:
        server.shutdown()
        server.server_close()
