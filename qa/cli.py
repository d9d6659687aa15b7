"""The command line: parses arguments, calls one command, and turns our errors into one line and an exit code.

Exit codes: 0 done, 1 an error with a one-line reason and remedy, 2 wrong usage.
"""

from __future__ import annotations

import argparse
import logging
import os
import sys
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from qa.terminal.fields import FIELDS
from qa.terminal.parsing import VietnameseParser, port, use_vietnamese_messages, whole_number, year

MODES = ("hybrid", "lexical", "dense")
LEVELS = ("trung ương", "tỉnh", "huyện", "xã")


def build_parser() -> argparse.ArgumentParser:
    """The parser of every command."""
    use_vietnamese_messages()
    common = VietnameseParser(add_help=False)
    common.add_argument(
        "--home",
        type=Path,
        metavar="THƯ_MỤC",
        default=argparse.SUPPRESS,
        help="thư mục chứa kho (mặc định: $BAOCAO_HOME, ~/.baocao)",
    )
    parser = VietnameseParser(
        prog="baocao", description="Hỏi đáp có trích dẫn trên kho văn bản hành chính.", parents=[common]
    )
    parser.add_argument("--version", action="version", version=_version(), help="hiện số phiên bản rồi thoát")
    commands = parser.add_subparsers(dest="command", required=True, metavar="LỆNH", parser_class=VietnameseParser)
    _add_library_commands(commands, common)
    _add_question_commands(commands, common)
    return parser


def _version() -> str:
    try:
        return f"baocao {version('baocao')}"
    except PackageNotFoundError:  # run from a folder that was never installed
        return "baocao (chưa cài đặt)"


def _add_library_commands(commands: argparse._SubParsersAction[VietnameseParser], common: VietnameseParser) -> None:
    index = commands.add_parser("index", parents=[common], help="thêm hoặc cập nhật tệp và thư mục vào kho")
    index.add_argument("paths", nargs="*", type=Path, metavar="ĐƯỜNG_DẪN", help="tệp hoặc thư mục văn bản")
    index.add_argument("--rebuild", action="store_true", help="dựng lại toàn bộ chỉ mục theo cài đặt hiện tại")
    index.add_argument("--no-ocr", action="store_true", help="không nhận dạng chữ trên bản quét")
    _json_flag(index)
    remove = commands.add_parser("remove", parents=[common], help="bỏ văn bản khỏi kho (theo số, mã hoặc đường dẫn)")
    remove.add_argument("documents", nargs="+", metavar="VĂN_BẢN", help="số, mã hoặc đường dẫn của văn bản")
    _json_flag(remove)
    _json_flag(commands.add_parser("list", parents=[common], help="liệt kê văn bản trong kho"))
    show = commands.add_parser("show", parents=[common], help="xem một văn bản đã phân tích (không cần lập chỉ mục)")
    show.add_argument("document", metavar="VĂN_BẢN_HOẶC_TỆP", help="một tệp, hoặc số, mã của văn bản trong kho")
    show.add_argument("--no-ocr", action="store_true", help="không nhận dạng chữ trên bản quét")
    _json_flag(show)
    correct = commands.add_parser("correct", parents=[common], help="sửa tay số, ngày, cơ quan … của một văn bản")
    correct.add_argument("document", metavar="VĂN_BẢN", help="số, mã hoặc đường dẫn của văn bản")
    fields = "; ".join(f"{name}: {words.lower()}" for name, words in FIELDS.items())
    correct.add_argument("field", nargs="?", choices=FIELDS, metavar="MỤC", help=fields)
    correct.add_argument("value", nargs="?", metavar="GIÁ_TRỊ", help="giá trị đúng; '' là không rõ")
    correct.add_argument("--undo", action="store_true", help="bỏ nội dung đã sửa của MỤC, hoặc của mọi mục")


def _add_question_commands(commands: argparse._SubParsersAction[VietnameseParser], common: VietnameseParser) -> None:
    search = commands.add_parser("search", parents=[common], help="tìm đoạn văn, câu mẫu đã dùng")
    search.add_argument("query", nargs="+", metavar="CÂU_TÌM", help="ý hoặc câu cần tìm")
    search.add_argument("-k", type=whole_number, default=10, metavar="SỐ", help="số kết quả (mặc định 10)")
    search.add_argument(
        "--mode", choices=MODES, help="cách tìm: hybrid (từ và nghĩa, mặc định), lexical (từ), dense (nghĩa)"
    )
    search.add_argument("--precedents", action="store_true", help="câu mẫu: gom các câu cùng cách viết, mới nhất trước")
    _filter_flags(search)
    _json_flag(search)
    ask = commands.add_parser("ask", parents=[common], help="hỏi một câu, hoặc cả tệp câu hỏi với --batch")
    ask.add_argument("question", nargs="*", metavar="CÂU_HỎI", help="câu hỏi, nên đặt trong dấu ngoặc kép")
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
        face.add_argument("--host", metavar="ĐỊA_CHỈ", help="địa chỉ lắng nghe (mặc định 127.0.0.1)")
        face.add_argument("--port", type=port, metavar="CỔNG", help="cổng (mặc định 7860)")


def _filter_flags(parser: argparse.ArgumentParser) -> None:
    for flag, name, words in (
        ("--kind", "LOẠI", "loại văn bản, ví dụ 'Báo cáo'"),
        ("--issuer", "CƠ_QUAN", "cơ quan ban hành"),
        ("--number", "SỐ", "số văn bản"),
        ("--place", "NƠI", "nơi ban hành, ví dụ 'Lai Châu'"),
        ("--period", "KỲ", "kỳ báo cáo, ví dụ 'quý I', '6 tháng'"),
    ):
        parser.add_argument(flag, action="append", default=[], metavar=name, help=words)
    parser.add_argument("--year", action="append", type=year, default=[], metavar="NĂM", help="năm ban hành")
    parser.add_argument("--section", default="", metavar="PHẦN", help="phần văn bản, ví dụ 'kiến nghị'")
    parser.add_argument("--level", action="append", default=[], choices=LEVELS, help="cấp của cơ quan ban hành")


def _json_flag(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="in một giá trị JSON ra đầu ra chuẩn")


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return the exit code."""
    arguments = build_parser().parse_args(argv)
    if not hasattr(arguments, "home"):
        arguments.home = None
    # Warnings are for those who run a server; an answer says in Vietnamese what went wrong with it.
    logging.basicConfig(level=logging.ERROR, format="%(asctime)s %(name)s: %(message)s")
    from qa.terminal import access, commands  # only now: `baocao -h` needs none of it

    try:
        return commands.run(arguments)
    except BrokenPipeError:
        # The reader of our output (head, less) has gone; point stdout at nothing so that the exit is silent.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except access.UsageProblem as error:
        return _tell(2, f"{error}\nXem trợ giúp: baocao {arguments.command} -h")
    except access.USER_ERRORS as error:
        return _tell(1, access.told(error))
    except KeyboardInterrupt:
        return _tell(1, "đã dừng theo yêu cầu; những gì đã lập chỉ mục vẫn được giữ.")
    except Exception as error:
        if os.environ.get("BAOCAO_TRACEBACK"):
            raise
        told = f"lỗi ngoài dự kiến ({type(error).__name__}: {error}); hãy thử lại"
        return _tell(1, f"{told}, nếu vẫn lỗi thì gửi kết quả khi đặt BAOCAO_TRACEBACK=1 cho người quản trị.")


def _tell(code: int, message: str) -> int:
    print(f"baocao: {message}", file=sys.stderr)
    return code


if __name__ == "__main__":
    sys.exit(main())
