"""An argument parser that speaks Vietnamese, for both command lines."""

from __future__ import annotations

import argparse
import sys
from typing import NoReturn

_WORDS = {
    "usage: ": "cách dùng: ",
    "positional arguments": "đối số",
    "options": "tùy chọn",
    "show this help message and exit": "hiện trợ giúp này rồi thoát",
    "argument %(argument_name)s: %(message)s": "%(argument_name)s: %(message)s",
    "the following arguments are required: %s": "thiếu đối số: %s",
    "one of the arguments %s is required": "cần một trong các đối số: %s",
    "unrecognized arguments: %s": "không hiểu đối số: %s",
    "invalid choice: %(value)r (choose from %(choices)s)": "%(value)r không hợp lệ (chọn: %(choices)s)",
    "unknown parser %(parser_name)r (choices: %(choices)s)": "%(parser_name)r không hợp lệ (chọn: %(choices)s)",
    "invalid %(type)s value: %(value)r": "%(value)r không hợp lệ (cần %(type)s)",
    "expected one argument": "cần một giá trị đứng sau",
    "expected at most one argument": "chỉ nhận một giá trị",
    "expected at least one argument": "cần ít nhất một giá trị đứng sau",
    "ignored explicit argument %r": "không nhận giá trị (ở đây là %r)",
    "not allowed with argument %s": "không dùng cùng %s",
    "ambiguous option: %(option)s could match %(matches)s": "%(option)s chưa rõ nghĩa; có thể là %(matches)s",
}


class VietnameseParser(argparse.ArgumentParser):
    """An argument parser whose messages are Vietnamese; wrong usage exits with 2."""

    def error(self, message: str) -> NoReturn:
        """Print the reason and where the help is, then exit with 2."""
        self.exit(2, f"{self.prog}: lỗi: {message}\nXem trợ giúp: {self.prog} -h\n")


def use_vietnamese_messages() -> None:
    """Make argparse speak Vietnamese: it offers no hook but the translation function that its module looks up."""
    vars(argparse)["_"] = lambda message: _WORDS.get(message, message)


def whole_number(text: str, *, least: int = 1, most: int = sys.maxsize) -> int:
    """An argument that is a whole number within limits.

    Raises:
        argparse.ArgumentTypeError: it is none; the message names it and the limits.
    """
    limits = f"từ {least} trở lên" if most == sys.maxsize else f"từ {least} đến {most}"
    try:
        value = int(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} không hợp lệ, cần một số nguyên {limits}") from None
    if not least <= value <= most:
        raise argparse.ArgumentTypeError(f"{value} không hợp lệ, cần một số nguyên {limits}")
    return value


def port(text: str) -> int:
    """A port to listen on, 1 to 65535."""
    return whole_number(text, most=65_535)


def year(text: str) -> int:
    """A year in which a document can have been issued."""
    return whole_number(text, least=1900, most=2100)
