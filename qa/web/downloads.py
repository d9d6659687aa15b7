"""A file that is made when its button is pressed, and downloaded at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import gradio as gr
from gradio.processing_utils import save_bytes_to_cache

from qa.web.errors import told

# The link appears a moment after the server has answered.
_PRESS = "() => {{ setTimeout(() => document.querySelector('#{name} a, #{name}')?.click(), 300); }}"


def download_on_click(button: gr.Button, make: Callable[..., tuple[str, bytes]], inputs: Sequence[Any]) -> None:
    """Let `button` download what `make(*inputs)` returns as (file name, bytes)."""
    hidden = gr.DownloadButton("Tải về", elem_id=f"tai-{button._id}", elem_classes="hidden-download")

    @told("Chưa tải được")
    def write(*values: Any) -> str:  # noqa: ANN401
        name, data = make(*values)
        # Below the cache of the button the file stays private and is swept with the rest (delete_cache).
        path: str = save_bytes_to_cache(data, name, hidden.GRADIO_CACHE)
        return path

    button.click(write, list(inputs), hidden, show_progress="minimal").success(
        None, None, None, js=_PRESS.format(name=f"tai-{button._id}")
    )
