"""Ten people ask in the workplace while documents are indexed by it: how long each waits for the answer.

    python -m eval.bench_web [--people 10] [--seconds 30] [--pause 1.0] [--copies 6]

It starts a workplace of its own over the sample documents in a temporary home, uploads altered copies of them through
the page as a user would, and asks through the page's own interface on the loopback address.
"""

from __future__ import annotations

import argparse
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx

SAMPLES = Path(__file__).resolve().parents[1] / "corpus" / "samples"
QUESTIONS = Path(__file__).resolve().parent / "sets" / "samples.jsonl"
TEXTS = {".txt", ".md", ".html"}
_START_SECONDS = 120
_PATIENCE = httpx.Timeout(120)


class Page:
    """One open page: a session of Gradio's queue."""

    def __init__(self, address: str) -> None:
        self.client = httpx.Client(base_url=address, timeout=_PATIENCE, headers={"origin": address.rstrip("/")})
        self.functions = {d["api_name"]: d for d in self.client.get("config").json()["dependencies"] if d["api_name"]}

    def call(self, name: str, data: list[Any]) -> float:
        """Seconds from pressing a button to the end of what it does."""
        session = uuid4().hex[:10]
        job = {"data": data, "fn_index": self.functions[name]["id"], "session_hash": session}
        started = time.perf_counter()
        self.client.post("gradio_api/queue/join", json=job).raise_for_status()
        with self.client.stream("GET", "gradio_api/queue/data", params={"session_hash": session}) as stream:
            for line in stream.iter_lines():
                if line.startswith("data:"):
                    message = json.loads(line[5:])
                    if message["msg"] == "process_completed":
                        if not message["success"]:
                            raise RuntimeError(f"{name}: {message['output']}")
                        return time.perf_counter() - started
        raise RuntimeError(f"{name}: the stream ended early")

    def ask(self, question: str) -> float:
        """Seconds until an answer stands complete on the page."""
        empty = len(self.functions["respond"]["inputs"]) - 2
        return self.call("respond", [question, [], *([[]] * empty)])

    def upload(self, files: list[Path]) -> float:
        """Seconds until all files are in the library."""
        sent = [("files", (file.name, file.read_bytes())) for file in files]
        places = self.client.post("gradio_api/upload", files=sent).raise_for_status().json()
        given = [{"path": place, "meta": {"_type": "gradio.FileData"}} for place in places]
        return self.call("add", [given, ""])


@contextmanager
def workplace(home: Path) -> Iterator[str]:
    """The address of a workplace over the samples."""
    command = [sys.executable, "-m", "qa.cli", "--home", str(home)]
    subprocess.run([*command, "index", str(SAMPLES)], check=True, capture_output=True)  # noqa: S603  # our own module
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen([*command, "chat", "--port", str(port)], stdout=subprocess.DEVNULL)  # noqa: S603
    address = f"http://127.0.0.1:{port}/"
    try:
        for _ in range(_START_SECONDS * 2):
            try:
                httpx.get(address, timeout=5).raise_for_status()
                break
            except httpx.HTTPError:
                time.sleep(0.5)
        yield address
    finally:
        server.terminate()
        server.wait(30)


def altered(folder: Path, copies: int) -> list[Path]:
    """Copies of the text samples with other numbers, so that each is a new document."""
    made: list[Path] = []
    for copy in range(1, copies + 1):
        for source in sorted(path for path in SAMPLES.iterdir() if path.suffix in TEXTS):
            target = folder / f"{copy:02}-{source.name}"
            target.write_text(
                source.read_text(encoding="utf-8").replace("Sơn Khê", f"Sơn Khê {copy}"), encoding="utf-8"
            )
            made.append(target)
    return made


def measure(address: str, people: int, seconds: float, pause: float, uploads: list[Path]) -> dict[str, Any]:
    """Ask for some seconds, or until the upload is in if that takes longer; times in milliseconds."""
    questions = [json.loads(line)["question"] for line in QUESTIONS.read_text(encoding="utf-8").splitlines()]
    waited: list[float] = []
    until = time.monotonic() + seconds
    indexed: list[float] = []
    uploading = threading.Thread(target=lambda: indexed.append(Page(address).upload(uploads)) if uploads else None)

    def person(number: int) -> None:
        page, turn = Page(address), number
        time.sleep(pause * number / people)
        while time.monotonic() < until or uploading.is_alive():
            waited.append(page.ask(questions[turn % len(questions)]))
            turn += people
            time.sleep(pause)

    askers = [threading.Thread(target=person, args=(number,)) for number in range(people)]
    uploading.start()
    for asker in askers:
        asker.start()
    for thread in (uploading, *askers):
        thread.join()
    ordered = sorted(1000 * value for value in waited)
    return {
        "people": people,
        "answers": len(ordered),
        "indexed": len(uploads),
        "index_seconds": round(indexed[0], 1) if indexed else 0.0,
        "p50_ms": round(statistics.median(ordered)),
        "p95_ms": round(ordered[max(0, int(0.95 * len(ordered)) - 1)]),
        "worst_ms": round(ordered[-1]),
        "load": os.getloadavg()[0],
    }


def main() -> None:
    """Print one line of JSON without and one with indexing."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=10)
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--pause", type=float, default=1.0)
    parser.add_argument("--copies", type=int, default=6)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home, files = Path(folder) / "home", Path(folder) / "files"
        files.mkdir()
        with workplace(home) as address:
            Page(address).ask("Ai ký báo cáo?")
            for uploads in ([], altered(files, given.copies)):
                figures = measure(address, given.people, given.seconds, given.pause, uploads)
                sys.stdout.write(json.dumps(figures) + "\n")
                sys.stdout.flush()


if __name__ == "__main__":
    main()
