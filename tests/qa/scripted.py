"""A chat model that says what a test tells it to say."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessageChunk, BaseMessage
from langchain_core.outputs import ChatGenerationChunk, ChatResult

from qa.assistant import Assistant
from qa.settings import GenerationSettings
from qa.wording import generation


class ScriptedModel(BaseChatModel):
    """Says one thing, piece by piece, and keeps what it was asked."""

    reply: str = ""
    seen: list[Any] = []  # noqa: RUF012  # a pydantic field
    error: str = ""
    pause: float = 0.0

    @property
    def _llm_type(self) -> str:
        return "scripted"

    def _generate(self, messages: list[BaseMessage], *args: Any, **kwargs: Any) -> ChatResult:
        raise NotImplementedError

    def _stream(self, messages: list[BaseMessage], *args: Any, **kwargs: Any) -> Iterator[ChatGenerationChunk]:
        self.seen.append("\n".join(str(message.content) for message in messages))
        if self.error:
            raise ConnectionError(self.error)
        for piece in self.reply.split(" "):
            time.sleep(self.pause)
            yield ChatGenerationChunk(message=AIMessageChunk(content=piece + " "))


def worded(assistant: Assistant, **script: Any) -> tuple[Assistant, ScriptedModel]:
    """The assistant with a scripted model."""
    model = ScriptedModel(seen=[], **script)
    settings = GenerationSettings(model="scripted", timeout=script.pop("timeout", 5.0))
    return Assistant(assistant.library, assistant.settings, generation.Generator(settings, model)), model
