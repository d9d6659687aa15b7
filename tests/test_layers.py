"""Imports run one way: eval → qa → index → corpus; `prompts` imports nothing of ours; a heavy library has one home."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ALLOWED = {
    "corpus": {"corpus"},
    "index": {"index", "corpus"},
    "prompts": {"prompts"},
    "qa": {"qa", "index", "corpus", "prompts"},
    "eval": {"eval", "qa", "index", "corpus", "prompts"},
}
# Which folder or modules may import a heavy library, anywhere in the file.
HOMES = {
    "faiss": ("index/vectors", "eval/bench"),
    "tantivy": ("index/lexical",),
    "gradio": ("qa/web/",),
    "sentence_transformers": ("index/embedding", "index/reranking", "index/training/", "eval/"),
    "pypdf": ("corpus/pdf_signatures",),
    "pypdfium2": ("corpus/pdf_pages", "qa/web/routes"),
    "pytesseract": ("corpus/ocr",),
    "onnxruntime": ("corpus/ocr_recogniser",),
    "rapidocr": (),  # only its model file is used; the package itself loads OpenCV and logs
    "lightgbm": ("index/training/", "index/ordering"),
}
FILES = sorted(path for package in ALLOWED for path in (ROOT / package).rglob("*.py"))


def imports(path: Path) -> Iterator[tuple[str, bool]]:
    """Top-level names of the modules that a file imports, and whether the import runs when the file is loaded."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    at_load = {id(node) for node in ast.walk(tree) if isinstance(node, (ast.Import, ast.ImportFrom))}
    for outer in ast.walk(tree):
        lazy = isinstance(outer, (ast.FunctionDef, ast.AsyncFunctionDef)) or (
            isinstance(outer, ast.If) and "TYPE_CHECKING" in ast.unparse(outer.test)
        )
        if lazy:
            at_load -= {id(node) for node in ast.walk(outer)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name.split(".")[0], id(node) in at_load) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative imports hide the layer"
            yield (node.module or "").split(".")[0], id(node) in at_load


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_run_one_way(path: Path) -> None:
    package = path.relative_to(ROOT).parts[0]
    ours = {name for name, _ in imports(path) if name in ALLOWED}
    assert ours <= ALLOWED[package]


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_heavy_libraries_stay_at_home(path: Path) -> None:
    place = path.relative_to(ROOT).as_posix()
    for name, _ in imports(path):
        if name in HOMES:
            assert place.startswith(HOMES[name]), f"{place} imports {name}"


def test_torch_is_never_imported_at_load_outside_training() -> None:
    for path in FILES:
        place = path.relative_to(ROOT).as_posix()
        if not place.startswith("index/training/"):
            assert ("torch", True) not in set(imports(path)), place
            assert ("sentence_transformers", True) not in set(imports(path)), place


def test_no_unsafe_builtins() -> None:
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                assert node.func.id not in {"eval", "exec"}, path
        assert "pickle" not in {name for name, _ in imports(path)}, path
