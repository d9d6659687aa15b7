"""Minima and maxima that a run must keep: the exit code of a nightly run."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from eval.questions import SetError
from eval.summary import point

DEFAULT_GATES = Path(__file__).resolve().parent / "gates.toml"


def load_gates(path: Path, set_name: str) -> dict[str, dict[str, float]]:
    """The gates of a set: {"min": {figure: value}, "max": {…}}.

    Raises:
        SetError: the file cannot be read, or holds anything else than numbers under min and max.
    """
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise SetError(f"không đọc được tệp ngưỡng {path}: {error}") from error
    chosen = table.get(set_name, table.get("default", {}))
    for side, limits in chosen.items():
        if side not in ("min", "max") or not all(isinstance(value, int | float) for value in limits.values()):
            raise SetError(f"{path}: [{set_name}.{side}] phải là các số dưới min hoặc max")
    return {side: {name: float(value) for name, value in limits.items()} for side, limits in chosen.items()}


def failed_gates(part: Mapping[str, Any], gates: Mapping[str, Mapping[str, float]]) -> list[str]:
    """Vietnamese sentences for each gate that is missed; an undefined figure misses no gate.

    Raises:
        SetError: a gate names no figure.
    """
    failures = []
    for side, limits in gates.items():
        for name, limit in limits.items():
            if name not in part:
                raise SetError(f"ngưỡng {name!r} không phải tên một chỉ số; các chỉ số: {', '.join(part)}")
            value = point(part, name)
            if value is not None and (value < limit if side == "min" else value > limit):
                word = "thấp hơn" if side == "min" else "cao hơn"
                failures.append(f"{name} = {value:.4g} {word} ngưỡng {limit:.4g}")
    return failures
