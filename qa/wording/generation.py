"""The talk with a language model: excerpts and a question go in, words come out; LangChain is imported here alone."""

from __future__ import annotations

import logging
import os
import re
import time
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import prompts
from corpus.text import fold
from qa.settings import GenerationSettings
from qa.types import REFUSAL, Turn
from qa.wording.excerpts import Source, sanitise, without_tags

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

_log = logging.getLogger(__name__)

_OUTPUT_JUNK = re.compile(r"!?\[[^\]]*\]\([^)]*\)|https?://\S+|</?[a-zA-Z!][^>\n]{0,200}>|```[a-z]*|data:\w+/\S+")
_ROLE_TAIL = re.compile(r"(?:\n\s*(?:Câu hỏi|Question|User|Người dùng)\s*:.*)$", re.DOTALL | re.IGNORECASE)
_PREFIX = re.compile(r"^\s*(?:Trả lời|Answer|Đáp án)\s*:\s*", re.IGNORECASE)
_TWICE = re.compile(r"%\s+phần trăm")
_REFUSING = re.compile(
    r"(?:khong|chua) (?:tim thay|co thong tin|co cau tra loi|duoc de cap|de cap|du thong tin|co trong)"
    r"|khong the (?:tra loi|xac dinh)"
)
_MOST_TURNS = 3
_STOP = ["\nCâu hỏi", "<doan>"]


class GenerationError(Exception):
    """The model could not be reached, was too slow, or said nothing."""


def user_message(sources: Sequence[Source], question: str) -> str:
    """The message with excerpts and question."""
    framed = [f"[{source.marker}] {source.title}\n<doan>\n{source.text}\n</doan>" for source in sources]
    return prompts.load("answer_user").format(passages="\n".join(framed), question=without_tags(question))


def clean_output(text: str) -> str:
    """What a model said, without links, tags, code fences and talk that it went on with by itself."""
    text = _ROLE_TAIL.sub("", text)
    text = _OUTPUT_JUNK.sub("", text)
    return _TWICE.sub("%", _PREFIX.sub("", text)).strip()


def refuses(text: str) -> bool:
    """Whether a model says that it does not know."""
    return not text.strip() or fold(REFUSAL)[:20] in fold(text) or bool(_REFUSING.search(fold(text[:160])))


def refuses_already(text: str) -> bool:
    """Whether the beginning of a reply is a refusal, so that the rest need not be waited for."""
    return fold(text).lstrip().startswith(fold(REFUSAL)[:20])


class Generator:
    """A chat model behind LangChain.

    Args:
        model: in place of the one that the settings name; for tests and for other providers.
    """

    def __init__(self, settings: GenerationSettings, model: BaseChatModel | None = None) -> None:
        self.settings = settings
        self._model = model

    @property
    def model(self) -> BaseChatModel:
        """The chat model, made at its first use.

        Raises:
            GenerationError: the settings do not make one.
        """
        if self._model is None:
            self._model = _connect(self.settings)
        return self._model

    def stream(self, sources: Sequence[Source], question: str) -> Iterator[str]:
        """The answer piece by piece.

        Raises:
            GenerationError: the server is down, too slow, or breaks off.
        """
        yield from self._stream(user_message(sources, question))

    def rewrite(self, question: str, history: Sequence[Turn]) -> str:
        """A follow-up question made to stand alone.

        Raises:
            GenerationError: as in `stream`.
        """
        told = "\n".join(f"Hỏi: {turn.question}\nĐáp: {turn.answer[:300]}" for turn in history[-_MOST_TURNS:])
        message = prompts.load("rewrite").format(history=sanitise(told), question=question)
        lines = "".join(self._stream(message)).strip().splitlines()
        return lines[0].strip(' "“”') if lines else question

    def _stream(self, message: str) -> Iterator[str]:
        """The reply to a message behind the one beginning that a server keeps in its cache."""
        deadline = time.monotonic() + self.settings.timeout
        system = prompts.load("answer_system").format(refusal=REFUSAL)
        try:
            for chunk in self.model.stream([("system", system), ("human", message)], stop=_STOP):
                if time.monotonic() > deadline:
                    raise GenerationError(f"mô hình ngôn ngữ trả lời quá {self.settings.timeout:g} giây")
                if piece := _text(chunk.content):
                    yield piece
        except GenerationError:
            raise
        except Exception as error:  # every provider has errors of its own; all mean that there is no answer
            _log.warning("generation failed: %s: %s", type(error).__name__, str(error)[:200])
            raise GenerationError(f"không gọi được mô hình ngôn ngữ ({type(error).__name__})") from error


def _text(content: Any) -> str:  # noqa: ANN401  # LangChain: a string, or a list of blocks
    if isinstance(content, str):
        return content
    return "".join(block.get("text", "") if isinstance(block, dict) else str(block) for block in content)


def _connect(settings: GenerationSettings) -> BaseChatModel:
    from langchain.chat_models import init_chat_model

    arguments: dict[str, Any] = {
        "temperature": settings.temperature,
        "max_tokens": settings.max_tokens,
        "timeout": settings.timeout,
        "max_retries": 0,
    }
    if settings.base_url:
        arguments["base_url"] = settings.base_url
    if settings.provider == "openai":
        # A local server asks for no key, but the client insists on one.
        arguments["api_key"] = os.environ.get(settings.api_key_env) or "none"
    try:
        model: BaseChatModel = init_chat_model(settings.model, model_provider=settings.provider, **arguments)
    except Exception as error:
        raise GenerationError(f"không tạo được mô hình {settings.model!r}: {error}") from error
    return model
