"""A file that is made when its button is pressed, and downloaded at once."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import gradio as gr

from qa.web.errors import told

# The link appears a moment after the server has answered.
_PRESS = "() => {{ setTimeout(() => document.querySelector('#{name} a, #{name}')?.click(), 300); }}"


def download_on_click(button: gr.Button, make: Callable[..., tuple[str, bytes]], inputs: Sequence[Any]) -> None:
    """Let `button` download what `make(*inputs)` returns as (file name, bytes)."""
    hidden = gr.DownloadButton("Tải về", elem_id=f"tai-{button._id}", elem_classes="hidden-download")

    @told("Chưa tải được")
    def write(*values: Any) -> str:  # noqa: ANN401
        name, data = make(*values)
        path = Path(tempfile.mkdtemp(prefix="baocao-")) / name
        path.write_bytes(data)
        return str(path)

    button.click(write, list(inputs), hidden, show_progress="minimal").success(
        None, None, None, js=_PRESS.format(name=f"tai-{button._id}")
    )
