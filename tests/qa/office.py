"""An assistant over documents that a test writes itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path

from qa.assemble import build_assistant
from qa.assistant import Assistant
from qa.settings import load_settings


@contextmanager
def office_over(folder: Path, texts: Mapping[str, str]) -> Iterator[Assistant]:
    """An assistant over these texts, by the names of their files; its library and they lie below `folder`."""
    documents = folder / "documents"
    documents.mkdir()
    for name, text in texts.items():
        (documents / name).write_text(text, encoding="utf-8")
    with closing(build_assistant(load_settings(folder / "home", {}))) as made:
        made.library.add([documents])
        yield made
