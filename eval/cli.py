"""`baocao-eval`: run, compare and check question sets; measure retrieval, headers and OCR.

Exit codes: 0 done, 1 an error or a missed gate, 2 wrong usage.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from eval.gates import DEFAULT_GATES
from eval.questions import SetError
from qa.cli import MODES
from qa.terminal.parsing import VietnameseParser, use_vietnamese_messages

Command = Callable[[argparse.Namespace], int]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code."""
    from corpus.document import CorpusError
    from index.types import LibraryError
    from qa.settings import SettingsError

    parsed = build_parser().parse_args(arguments)
    command: Command = parsed.run
    try:
        return command(parsed)
    except (SetError, CorpusError, LibraryError, SettingsError, OSError) as error:
        sys.stderr.write(f"Lỗi: {error}\n")
        return 1
    except KeyboardInterrupt:
        sys.stderr.write("Đã dừng.\n")
        return 1


def build_parser() -> argparse.ArgumentParser:
    """The parser of every command."""
    use_vietnamese_messages()
    parser = VietnameseParser(prog="baocao-eval", description="Đo độ đúng của câu trả lời, trích dẫn và tìm kiếm.")
    commands = parser.add_subparsers(required=True, metavar="LỆNH", parser_class=VietnameseParser)
    _add_run(commands)
    _add_sets(commands)
    _add_measures(commands)
    return parser


def _add_run(commands: argparse._SubParsersAction[VietnameseParser]) -> None:
    run = commands.add_parser("run", help="hỏi cả bộ câu hỏi và chấm điểm")
    run.set_defaults(run=_run)
    run.add_argument("set", type=Path, metavar="BỘ.jsonl", help="bộ câu hỏi, hoặc tên một bộ có sẵn (samples, reports)")
    run.add_argument("--out", type=Path, help="thư mục ghi kết quả và báo cáo")
    run.add_argument("--documents", type=Path, help="tệp hay thư mục văn bản; lập chỉ mục vào kho tạm")
    run.add_argument("--home", type=Path, help="thư mục của cài đặt và kho (mặc định: $BAOCAO_HOME, ~/.baocao)")
    run.add_argument("--ask-json", type=Path, help="chấm các dòng mà `baocao ask --batch` đã ghi thay vì hỏi")
    run.add_argument("--gates", type=Path, default=DEFAULT_GATES, help="tệp TOML các ngưỡng")
    run.add_argument("--no-gates", action="store_true", help="không xét ngưỡng")
    run.add_argument("--kind", action="append", help="chỉ hỏi loại này (nhắc lại được)")
    run.add_argument("--no-held-out", action="store_true", help="bỏ các câu giữ lại (dùng khi đang chỉnh)")
    run.add_argument("--judge", action="store_true", help="thêm phán xét của mô hình ngôn ngữ trong cài đặt")
    run.add_argument("--json", action="store_true", help="in các chỉ số ở dạng JSON")
    compare = commands.add_parser("compare", help="so hai lượt, từng câu một")
    compare.set_defaults(run=_compare)
    compare.add_argument("first", type=Path, metavar="LƯỢT_A")
    compare.add_argument("second", type=Path, metavar="LƯỢT_B")
    compare.add_argument("--json", action="store_true", help="in ở dạng JSON")
    compare.add_argument("--gates", type=Path, default=DEFAULT_GATES, help="tệp TOML các ngưỡng xét trên lượt B")
    compare.add_argument("--no-gates", action="store_true", help="không xét ngưỡng")


def _add_sets(commands: argparse._SubParsersAction[VietnameseParser]) -> None:
    check = commands.add_parser("check", help="đối chiếu nhãn của bộ câu hỏi với văn bản")
    check.set_defaults(run=_check)
    check.add_argument("set", type=Path, metavar="BỘ.jsonl")
    check.add_argument("--documents", type=Path, help="thư mục văn bản")
    check.add_argument("--relocate", action="store_true", help="tính lại các khoảng ký tự rồi ghi đè bộ câu hỏi")
    feedback = commands.add_parser("from-feedback", help="biến phản hồi của người dùng thành dòng của bộ câu hỏi")
    feedback.set_defaults(run=_feedback)
    feedback.add_argument("file", type=Path, metavar="PHẢN_HỒI.jsonl")


def _add_measures(commands: argparse._SubParsersAction[VietnameseParser]) -> None:
    beir = commands.add_parser("beir", help="đo tìm kiếm trên một thư mục BEIR")
    beir.set_defaults(run=_beir)
    beir.add_argument("folder", type=Path, metavar="THƯ_MỤC")
    beir.add_argument("--mode", choices=MODES, default="hybrid", help="cách tìm")
    beir.add_argument("--fold", action="store_true", help="bỏ dấu của câu hỏi")
    beir.add_argument("--json", action="store_true", help="in ở dạng JSON")
    headers = commands.add_parser("headers", help="đo số, ngày, cơ quan, trích yếu đọc được từ thể thức")
    headers.set_defaults(run=_headers)
    headers.add_argument("labels", type=Path, metavar="NHÃN.json", help="nhãn làm tay của từng tệp")
    headers.add_argument("folder", type=Path, metavar="THƯ_MỤC", help="thư mục mà tên tệp trong nhãn tính từ đó")
    headers.add_argument("--only", default="", help="chỉ các tệp có chữ này trong tên")
    headers.add_argument("--json", action="store_true", help="in ở dạng JSON")
    ocr = commands.add_parser("ocr", help="đo tỷ lệ ký tự sai của OCR")
    ocr.set_defaults(run=_ocr)
    ocr.add_argument("folder", type=Path, metavar="THƯ_MỤC", help="ảnh quét và bản gõ đúng của chúng")
    ocr.add_argument("--json", action="store_true", help="in ở dạng JSON")


def _run(arguments: argparse.Namespace) -> int:
    from eval.commands import run_set

    return run_set(arguments)


def _compare(arguments: argparse.Namespace) -> int:
    from eval.commands import compare_folders

    return compare_folders(arguments)


def _check(arguments: argparse.Namespace) -> int:
    from eval.check_sets import check_set, relocate
    from eval.commands import places_of, set_path
    from eval.documents import read_places
    from eval.questions import load_questions, save_questions

    path = set_path(arguments.set)
    places = places_of(path, arguments.documents)
    if not places:
        raise SetError(f"không biết văn bản của {path} ở đâu; dùng --documents THƯ_MỤC")
    questions = load_questions(path)
    if arguments.relocate:
        questions = [relocate(question, read_places(places)) for question in questions]
        save_questions(questions, path)
    faults = check_set(questions, places)
    for fault in faults:
        print(fault)
    sys.stderr.write(f"{len(questions)} câu hỏi, {len(faults)} lỗi\n")
    return 1 if faults else 0


def _feedback(arguments: argparse.Namespace) -> int:
    from eval.feedback import from_feedback

    for line in from_feedback(arguments.file):
        print(json.dumps(line, ensure_ascii=False))
    return 0


def _beir(arguments: argparse.Namespace) -> int:
    from eval.retrieval import run_beir

    return _print(run_beir(arguments.folder, mode=arguments.mode, fold=arguments.fold), arguments.json)


def _headers(arguments: argparse.Namespace) -> int:
    from eval.headers import score_headers

    return _print(score_headers(arguments.labels, arguments.folder, only=arguments.only), arguments.json)


def _ocr(arguments: argparse.Namespace) -> int:
    from eval.ocr import score_folder

    return _print(score_folder(arguments.folder), arguments.json)


def _print(value: Any, as_json: bool) -> int:  # noqa: ANN401  # a mapping or a dataclass of figures
    from eval.commands import print_figures

    figures = value if isinstance(value, dict) else asdict(value)
    if as_json:
        print(json.dumps(figures, ensure_ascii=False))
    else:
        print_figures(figures)
    return 0


if __name__ == "__main__":
    sys.exit(main())
