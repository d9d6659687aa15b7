"""Colours and fonts of the workplace; system fonts only, so that no page asks the network for one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import gradio as gr

CSS_PATH = Path(__file__).with_name("style.css")
SCRIPT_PATH = Path(__file__).with_name("page.js")
FONTS = ("Segoe UI", "Noto Sans", "Liberation Sans", "DejaVu Sans", "system-ui", "sans-serif")
MONO = ("Consolas", "DejaVu Sans Mono", "monospace")


def build_theme() -> gr.themes.Base:
    """The theme: teal on slate."""
    import gradio as gr

    theme = gr.themes.Base(primary_hue="teal", secondary_hue="teal", neutral_hue="slate", font=FONTS, font_mono=MONO)
    return theme.set(
        button_primary_background_fill="*primary_700",
        button_primary_background_fill_hover="*primary_800",
        button_primary_background_fill_dark="*primary_700",
        button_primary_text_color="white",
        # The defaults of these miss the contrast of 4.5 : 1 that WCAG AA asks for.
        body_text_color_subdued="*neutral_600",
        body_text_color_subdued_dark="*neutral_300",
        color_accent="*primary_700",
        color_accent_soft_dark="*neutral_800",
        input_placeholder_color="*neutral_600",
        input_placeholder_color_dark="*neutral_300",
        block_label_text_color="*neutral_700",
        block_title_text_color="*neutral_700",
        link_text_color="*primary_700",
        link_text_color_dark="*primary_300",
    )
