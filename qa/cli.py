"""The command line: parses arguments, calls one command, and turns our errors into one line and an exit code.

Exit codes: 0 done, 1 an error with a one-line reason and remedy, 2 wrong usage.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

MODES = ("hybrid", "lexical", "dense")
LEVELS = ("trung ương", "tỉnh", "huyện", "xã")

_ARGPARSE_VI = {
    "usage: ": "cách dùng: ",
    "positional arguments": "đối số",
    "options": "tùy chọn",
    "show this help message and exit": "hiện trợ giúp này rồi thoát",
    "the following arguments are required: %s": "thiếu đối số: %s",
    "unrecognized arguments: %s": "không hiểu đối số: %s",
    "invalid choice: %(value)r (choose from %(choices)s)": "%(value)r không hợp lệ (chọn: %(choices)s)",
    "invalid %(type)s value: %(value)r": "giá trị %(value)r không hợp lệ (cần kiểu %(type)s)",
    "expected one argument": "cần một giá trị",
    "expected at least one argument": "cần ít nhất một giá trị",
    "%(prog)s: error: %(message)s\n": "%(prog)s: lỗi: %(message)s\n",
}


class VietnameseParser(argparse.ArgumentParser):
    """An argument parser whose messages are Vietnamese; wrong usage exits with 2."""

    def error(self, message: str) -> NoReturn:
        """Print usage and the reason, then exit with 2."""
        self.print_usage(sys.stderr)
        self.exit(2, f"{self.prog}: lỗi: {message}\nXem trợ giúp: {self.prog} -h\n")


def use_vietnamese_messages() -> None:
    """Make argparse speak Vietnamese: it offers no hook but the translation function that its module looks up."""
    vars(argparse)["_"] = lambda message: _ARGPARSE_VI.get(message, message)


def build_parser() -> argparse.ArgumentParser:
    """The parser of every command."""
    use_vietnamese_messages()
    common = VietnameseParser(add_help=False)
    common.add_argument(
        "--home", type=Path, default=argparse.SUPPRESS, help="thư mục chứa kho (mặc định: $BAOCAO_HOME, ~/.baocao)"
    )
    parser = VietnameseParser(
        prog="baocao", description="Hỏi đáp có trích dẫn trên kho văn bản hành chính.", parents=[common]
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="LỆNH", parser_class=VietnameseParser)
    _add_library_commands(commands, common)
    _add_question_commands(commands, common)
    return parser


def _add_library_commands(commands: argparse._SubParsersAction[VietnameseParser], common: VietnameseParser) -> None:
    index = commands.add_parser("index", parents=[common], help="thêm hoặc cập nhật tệp và thư mục vào kho")
    index.add_argument("paths", nargs="*", type=Path, metavar="ĐƯỜNG_DẪN")
    index.add_argument("--rebuild", action="store_true", help="dựng lại toàn bộ chỉ mục theo cài đặt hiện tại")
    index.add_argument("--no-ocr", action="store_true", help="không nhận dạng chữ trên bản quét")
    _json_flag(index)
    remove = commands.add_parser("remove", parents=[common], help="bỏ văn bản khỏi kho (theo số, mã hoặc đường dẫn)")
    remove.add_argument("documents", nargs="+", metavar="VĂN_BẢN")
    _json_flag(remove)
    _json_flag(commands.add_parser("list", parents=[common], help="liệt kê văn bản trong kho"))
    show = commands.add_parser("show", parents=[common], help="xem một văn bản đã phân tích (không cần lập chỉ mục)")
    show.add_argument("document", metavar="VĂN_BẢN_HOẶC_TỆP")
    show.add_argument("--no-ocr", action="store_true", help="không nhận dạng chữ trên bản quét")
    _json_flag(show)
    correct = commands.add_parser("correct", parents=[common], help="sửa tay số, ngày, cơ quan … của một văn bản")
    correct.add_argument("document", metavar="VĂN_BẢN")
    correct.add_argument("field", choices=("number", "issued_on", "issuer", "kind", "subject", "place", "signer"))
    correct.add_argument("value", metavar="GIÁ_TRỊ")


def _add_question_commands(commands: argparse._SubParsersAction[VietnameseParser], common: VietnameseParser) -> None:
    search = commands.add_parser("search", parents=[common], help="tìm đoạn văn, câu mẫu đã dùng")
    search.add_argument("query", metavar="CÂU_TÌM")
    search.add_argument("-k", type=_positive, default=10, help="số kết quả (mặc định 10)")
    search.add_argument("--mode", choices=MODES, default=None, help="cách tìm (mặc định hybrid)")
    search.add_argument("--precedents", action="store_true", help="câu mẫu: gom các câu cùng cách viết, mới nhất trước")
    _filter_flags(search)
    _json_flag(search)
    ask = commands.add_parser("ask", parents=[common], help="hỏi một câu, hoặc cả tệp câu hỏi với --batch")
    ask.add_argument("question", nargs="?", metavar="CÂU_HỎI")
    ask.add_argument(
        "--batch", type=Path, metavar="TỆP.jsonl", help="mỗi dòng một đối tượng {id, question}; '-' là đầu vào chuẩn"
    )
    _filter_flags(ask)
    _json_flag(ask)
    for name, text in (("chat", "mở trang hỏi đáp"), ("start", "lập chỉ mục nếu kho còn trống, rồi mở trang hỏi đáp")):
        face = commands.add_parser(name, parents=[common], help=text)
        if name == "start":
            face.add_argument(
                "reports", nargs="*", type=Path, metavar="THƯ_MỤC", help="văn bản của cơ quan; bỏ trống thì dùng bộ mẫu"
            )
        face.add_argument("--host", default=None, help="địa chỉ lắng nghe (mặc định 127.0.0.1)")
        face.add_argument("--port", type=_port, default=None, help="cổng (mặc định 7860)")


def _filter_flags(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--kind", action="append", default=[], help="loại văn bản, ví dụ 'Báo cáo'")
    parser.add_argument("--issuer", action="append", default=[], help="cơ quan ban hành")
    parser.add_argument("--year", action="append", type=int, default=[], help="năm ban hành")
    parser.add_argument("--section", default="", help="phần văn bản, ví dụ 'kiến nghị'")
    parser.add_argument("--number", action="append", default=[], help="số văn bản")
    parser.add_argument("--level", action="append", default=[], choices=LEVELS, help="cấp của cơ quan ban hành")
    parser.add_argument("--place", action="append", default=[], help="nơi ban hành, ví dụ 'Lai Châu'")
    parser.add_argument("--period", action="append", default=[], help="kỳ báo cáo, ví dụ 'quý I', '6 tháng'")


def _json_flag(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="in một giá trị JSON ra đầu ra chuẩn")


def _positive(text: str) -> int:
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError(f"cần một số từ 1 trở lên, không phải {value}")
    return value


def _port(text: str) -> int:
    value = int(text)
    if not 1 <= value <= 65_535:
        raise argparse.ArgumentTypeError(f"cần một cổng từ 1 đến 65535, không phải {value}")
    return value


# What argparse calls a value that is no number.
_positive.__name__ = _port.__name__ = "số nguyên"


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return the exit code."""
    arguments = build_parser().parse_args(argv)
    if not hasattr(arguments, "home"):
        arguments.home = None
    from qa import commands  # only now: `baocao -h` needs none of it

    try:
        return commands.run(arguments)
    except commands.UsageProblem as error:
        print(f"baocao: {error}\nXem trợ giúp: baocao {arguments.command} -h", file=sys.stderr)
        return 2
    except commands.USER_ERRORS as error:
        print(f"baocao: {_told(error)}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("baocao: đã dừng theo yêu cầu; những gì đã lập chỉ mục vẫn được giữ.", file=sys.stderr)
        return 1
    except BrokenPipeError:
        # The reader of our output (head, less) has gone; point stdout at nothing so that the exit is silent.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _told(error: Exception) -> str:
    """An error as one Vietnamese sentence; what the system says of a path comes in English."""
    if isinstance(error, OSError) and error.filename:
        return f"không dùng được {error.filename} ({error.strerror}); hãy kiểm tra đường dẫn và quyền đọc, ghi"
    return str(error)


if __name__ == "__main__":
    sys.exit(main())
