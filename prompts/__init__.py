"""Prompts, one .txt each; placeholders are checked when a prompt is loaded, not when a question fails.

A prompt is `{name}`-formatted text. What varies stands at its end, so that a server can keep the
beginning in its cache.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from string import Formatter

PLACEHOLDERS: dict[str, frozenset[str]] = {
    "answer_system": frozenset({"refusal"}),
    "answer_user": frozenset({"passages", "question"}),
    "rewrite": frozenset({"history", "question"}),
    "judge": frozenset({"question", "facts", "answer"}),
}
"""Every prompt with the placeholders that it has to hold, no more and no fewer."""


class PromptError(Exception):
    """A prompt that is missing, or whose placeholders are not the expected ones."""


@dataclass(frozen=True, slots=True)
class Prompt:
    """A checked prompt."""

    name: str
    text: str

    def format(self, **values: str) -> str:
        """The prompt with its placeholders filled.

        Raises:
            PromptError: a value is missing or has no placeholder.
        """
        expected = PLACEHOLDERS[self.name]
        if set(values) != expected:
            raise PromptError(f"prompt {self.name!r} cần {sorted(expected)}, nhận {sorted(values)}")
        return self.text.format(**values)


@lru_cache(maxsize=16)
def load(name: str) -> Prompt:
    """A prompt by name.

    Raises:
        PromptError: it is unknown, missing, or a placeholder is missing, unknown or not closed.
    """
    if name not in PLACEHOLDERS:
        raise PromptError(f"không có prompt {name!r}; có: {', '.join(sorted(PLACEHOLDERS))}")
    try:
        text = (files("prompts") / f"{name}.txt").read_text("utf-8").strip()
    except OSError as error:
        raise PromptError(f"thiếu tệp prompts/{name}.txt; hãy cài lại chương trình") from error
    check(name, text)
    return Prompt(name, text)


def check(name: str, text: str) -> None:
    """Compare the placeholders of a text with the expected ones.

    Raises:
        PromptError: they differ.
    """
    try:
        found = {field for _, field, _, _ in Formatter().parse(text) if field is not None}
    except ValueError as error:
        raise PromptError(f"prompt {name!r} có ngoặc nhọn không khép: {error}") from error
    missing, unknown = PLACEHOLDERS[name] - found, found - PLACEHOLDERS[name]
    if missing or unknown:
        raise PromptError(f"prompt {name!r}: thiếu {sorted(missing)}, thừa {sorted(unknown)}")
