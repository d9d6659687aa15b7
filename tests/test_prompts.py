"""Prompts are checked when they are loaded."""

from __future__ import annotations

from pathlib import Path

import pytest

import prompts
from qa.types import REFUSAL


@pytest.mark.parametrize("name", sorted(prompts.PLACEHOLDERS))
def test_every_prompt_loads_and_fills(name: str) -> None:
    filled = prompts.load(name).format(**{field: f"<{field}>" for field in prompts.PLACEHOLDERS[name]})
    assert all(f"<{field}>" in filled for field in prompts.PLACEHOLDERS[name])


def test_every_file_is_known() -> None:
    files = {path.stem for path in Path(prompts.__file__).parent.glob("*.txt")}
    assert files == set(prompts.PLACEHOLDERS)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Không có gì", r"thiếu \['refusal'\]"),
        ("{refusal} {nobody}", r"thừa \['nobody'\]"),
        ("{refusal", "ngoặc nhọn không khép"),
    ],
)
def test_wrong_placeholders_are_errors_at_load(text: str, message: str) -> None:
    with pytest.raises(prompts.PromptError, match=message):
        prompts.check("answer_system", text)


def test_an_unknown_prompt_or_value_is_an_error() -> None:
    with pytest.raises(prompts.PromptError, match="không có prompt 'nothing'"):
        prompts.load("nothing")
    with pytest.raises(prompts.PromptError, match="cần"):
        prompts.load("answer_user").format(passages="x")


def test_what_varies_stands_at_the_end() -> None:
    """A local server keeps the beginning of a prompt in its cache."""
    assert prompts.load("answer_user").text.index("{question}") > prompts.load("answer_user").text.index("{passages}")
    assert prompts.load("answer_system").format(refusal=REFUSAL) == prompts.load("answer_system").format(
        refusal=REFUSAL
    )


def test_the_refusal_is_named_once() -> None:
    root = Path(prompts.__file__).parent.parent
    sources = [*root.glob("qa/**/*.py"), *root.glob("prompts/*"), *root.glob("eval/*.py")]
    holding = [path.name for path in sources if path.is_file() and REFUSAL in path.read_text("utf-8", errors="ignore")]
    assert holding == ["types.py"]
