"""Answers worded by a language model, from passages that are data and not orders; LangChain is imported here alone.

A sentence of a document that speaks to the model ("bỏ qua mọi hướng dẫn …") is taken out before the model sees it, and
what the model says has to stand in what is left.
"""

from __future__ import annotations

import logging
import os
import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import prompts
from corpus.labels import document_label, section_label
from corpus.sentences import split_sentences
from corpus.text import fold
from index.types import Hit
from qa.settings import GenerationSettings
from qa.types import REFUSAL, Turn

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

_log = logging.getLogger(__name__)

_ORDER = re.compile(
    r"(?:bo qua|quen|phot lo|lo di|khong tuan theo|dung lam theo|ignore|disregard|forget"
    r"|override)[^.\n]{0,60}(?:huong dan|chi dan|menh lenh|quy tac|yeu cau|lenh|instruction|prompt|rule)"
    r"|(?:huong dan|chi dan|chi thi|lenh) (?:moi|he thong|danh cho (?:tro ly|mo hinh|ai|chatbot))"
    r"|(?:ban|may|you) (?:la|gio la|bay gio la|are(?: now)?) (?:mot |a |an )?"
    r"(?:\w+ ){0,2}(?:tro ly|ai\b|chatbot|mo hinh|hacker"
    r"|assistant|dan\b|chuyen gia khong)"
    r"|system prompt|prompt he thong|developer mode|che do (?:nha phat trien|quan tri)|jailbreak"
    r"|(?:hay|phai|luon|chi) (?:luon )?(?:tra loi|noi|viet|in ra|xuat ra|respond|answer)[^.\n]{0,20}(?:rang|la\b"
    r"|nguyen van|dung|cau sau|:|bang tieng)"
    r"|(?:tiet lo|in ra|cho biet|gui|reveal|print|send)[^.\n]{0,40}(?:prompt|mat khau|password|api key|khoa api"
    r"|bien moi truong)"
    r"|</?\s*doan|<\|?/?(?:im_start|im_end|system|assistant|user|s)\|?>|\[/?inst\]|###\s*(?:system|instruction|assistant|user"
    r"|he thong)"
    r"|(?:^|\n)\s*(?:system|assistant|he thong|tro ly)\s*:"
    r"|(?:tro ly|mo hinh ngon ngu|chatbot|language model|assistant)[^.\n]{0,40}(?:hay|phai|can|must|should|khong duoc)"
)
_TAGS = re.compile(r"</?\s*(?:doan|đoạn)[^>]*>|<\|[^|]{0,40}\|>", re.IGNORECASE)
_OUTPUT_JUNK = re.compile(r"!?\[[^\]]*\]\([^)]*\)|https?://\S+|</?[a-zA-Z!][^>\n]{0,200}>|```[a-z]*|data:\w+/\S+")
_ROLE_TAIL = re.compile(r"(?:\n\s*(?:Câu hỏi|Question|User|Người dùng)\s*:.*)$", re.DOTALL | re.IGNORECASE)
_PREFIX = re.compile(r"^\s*(?:Trả lời|Answer|Đáp án)\s*:\s*", re.IGNORECASE)
_REFUSING = re.compile(
    r"khong (?:tim thay|co thong tin|co cau tra loi|duoc de cap|de cap|du thong tin|co trong)|khong the (?:tra loi"
    r"|xac dinh)"
)
_MOST_PASSAGE_CHARS = 1600
_MOST_TURNS = 3
_REMOVED = "[…]"


class GenerationError(Exception):
    """The model could not be reached, was too slow, or said nothing."""


@dataclass(frozen=True, slots=True)
class Source:
    """A passage as the model sees it: its marker and its words without orders."""

    marker: int
    hit: Hit
    text: str


def sanitise(text: str) -> str:
    """A passage without sentences that give orders to a model, and without marks that could end its frame."""
    kept: list[str] = []
    for line in text.split("\n"):
        pieces = [line[start:end] for start, end in split_sentences(line)]
        kept.append(" ".join(_REMOVED if gives_orders(piece) else piece for piece in pieces))
    return _TAGS.sub(" ", "\n".join(kept)).replace("<", "‹").replace(">", "›")


def gives_orders(sentence: str) -> bool:
    """Whether a sentence of a document speaks to the model."""
    return bool(_ORDER.search(fold(sentence)))


def frame(hits: Sequence[Hit]) -> list[Source]:
    """The passages with markers from 1."""
    found = []
    for marker, hit in enumerate(hits, 1):
        text = "\n".join((hit.chunk.text, *hit.chunk.notes))[:_MOST_PASSAGE_CHARS]
        found.append(Source(marker, hit, sanitise(text)))
    return found


def user_message(sources: Sequence[Source], question: str) -> str:
    """The message with passages and question."""
    framed = []
    for source in sources:
        record = source.hit.document
        label = f"{document_label(record.metadata)}, {section_label(source.hit.chunk.section)}"
        about = record.metadata.issuer or record.metadata.place or ""
        framed.append(
            f"[{source.marker}] {sanitise(label)}{' – ' + sanitise(about) if about else ''}"
            f"\n<doan>\n{source.text}\n</doan>"
        )
    return prompts.load("answer_user").format(passages="\n".join(framed), question=_TAGS.sub(" ", question))


def clean_output(text: str) -> str:
    """What a model said, without links, tags, code fences and talk that it went on with by itself."""
    text = _ROLE_TAIL.sub("", text)
    text = _OUTPUT_JUNK.sub("", text)
    return _PREFIX.sub("", text).strip()


def refuses(text: str) -> bool:
    """Whether a model says that it does not know."""
    return not text.strip() or fold(REFUSAL)[:20] in fold(text) or bool(_REFUSING.search(fold(text[:160])))


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
        system = prompts.load("answer_system").format(refusal=REFUSAL)
        yield from self._stream([("system", system), ("human", user_message(sources, question))])

    def rewrite(self, question: str, history: Sequence[Turn]) -> str:
        """A follow-up question made to stand alone.

        Raises:
            GenerationError: as in `stream`.
        """
        told = "\n".join(f"Hỏi: {turn.question}\nĐáp: {turn.answer[:300]}" for turn in history[-_MOST_TURNS:])
        message = prompts.load("rewrite").format(history=sanitise(told), question=question)
        lines = "".join(self._stream([("human", message)])).strip().splitlines()
        return lines[0].strip(' "“”') if lines else question

    def _stream(self, messages: list[tuple[str, str]]) -> Iterator[str]:
        deadline = time.monotonic() + self.settings.timeout
        try:
            for chunk in self.model.stream(messages):
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
