"""Errors as people here read them: every handler of a page tells in Vietnamese what went wrong and what to do."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from functools import wraps
from inspect import isgeneratorfunction
from typing import Any

import gradio as gr

from qa.terminal.access import USER_ERRORS
from qa.terminal.access import told as in_words

_log = logging.getLogger(__name__)
_UNEXPECTED = "Lỗi ngoài dự kiến: {}. Hãy thử lại; nếu vẫn lỗi, gửi dòng này cho người quản trị."


def told(title: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """A decorator that shows the errors of a handler under `title`; works on generators too."""

    def decorate(handler: Callable[..., Any]) -> Callable[..., Any]:
        if isgeneratorfunction(handler):

            @wraps(handler)
            def generate(*values: Any, **named: Any) -> Iterator[Any]:  # noqa: ANN401
                try:
                    yield from handler(*values, **named)
                except Exception as error:
                    raise _shown(error, title) from error

            return generate

        @wraps(handler)
        def call(*values: Any, **named: Any) -> Any:  # noqa: ANN401
            try:
                return handler(*values, **named)
            except Exception as error:
                raise _shown(error, title) from error

        return call

    return decorate


def _shown(error: Exception, title: str) -> gr.Error:
    if isinstance(error, gr.Error):
        return error
    if isinstance(error, USER_ERRORS):
        return gr.Error(in_words(error), title=title, print_exception=False)
    _log.exception("unexpected error in the workplace")
    return gr.Error(_UNEXPECTED.format(f"{type(error).__name__}: {error}"), title=title, print_exception=False)
