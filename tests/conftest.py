"""Fixtures that every package's tests share."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real documents and benchmarks that stands beside a checkout; skips where it is absent."""
    if not SHARED.is_dir():
        pytest.skip("không có thư mục ../shared bên cạnh mã nguồn")
    return SHARED


@pytest.fixture(scope="session")
def samples() -> Path:
    """The bundled documents of the invented district."""
    return ROOT / "corpus" / "samples"


def need(program: str) -> None:
    """Skip where a system program is missing; fail instead where BAOCAO_REQUIRE_SYSTEM is set, as CI does."""
    if shutil.which(program):
        return
    if os.environ.get("BAOCAO_REQUIRE_SYSTEM"):
        pytest.fail(f"thiếu chương trình hệ thống: {program}")
    pytest.skip(f"thiếu chương trình hệ thống: {program}")
