"""One `Settings`: what can be chosen, from a file (`baocao.toml` in the home folder) and the environment.

`BAOCAO_SECTION__KEY` in the environment wins over the file: BAOCAO_GENERATION__BASE_URL=http://127.0.0.1:8080/v1.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from corpus.system_errors import system_reason
from index.settings import Weights
from index.types import Mode

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

FILE_NAME = "baocao.toml"
_PREFIX = "BAOCAO_"
_VALUE_SHOWN = 80
_TUNED = Weights()
_TOML_PLACE = re.compile(r"at line (\d+), column (\d+)")
# What pydantic says in English, by its names of errors.
_WANTED = {
    "greater_than": "phải lớn hơn {gt:g}",
    "greater_than_equal": "phải từ {ge:g} trở lên",
    "less_than": "phải nhỏ hơn {lt:g}",
    "less_than_equal": "không được quá {le:g}",
    "int_parsing": "cần một số nguyên",
    "int_type": "cần một số nguyên",
    "int_from_float": "cần một số nguyên",
    "float_parsing": "cần một số, viết như 0.5",
    "float_type": "cần một số, viết như 0.5",
    "finite_number": "cần một số hữu hạn",
    "bool_parsing": "cần true hoặc false",
    "bool_type": "cần true hoặc false",
    "string_type": "cần một chuỗi trong dấu nháy",
    "literal_error": "cần {expected}",
    "model_type": "cần một nhóm cài đặt, viết [tên nhóm] trên một dòng riêng",
}


class SettingsError(Exception):
    """A setting that is unknown or has a wrong value; the message is Vietnamese and names it."""


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class EmbeddingSettings(_Part):
    """What turns texts into vectors."""

    model: str = Field(
        default="bundled", description='"bundled", "none", a folder, or a model name of the Hugging Face Hub'
    )
    backend: str = Field(default="torch", description="torch, onnx or openvino; for models other than the bundled one")
    query_prefix: str | None = Field(
        default=None, description="words put before a question; empty takes the model's own"
    )
    passage_prefix: str | None = Field(
        default=None, description="words put before a passage; empty takes the model's own"
    )
    online: bool = Field(default=False, description="whether a model may be fetched from the network")


class WeightSettings(_Part):
    """How much each side of the search counts."""

    lexical: float = Field(default=_TUNED.lexical, ge=0, description="share of the words' score")
    dense: float = Field(default=_TUNED.dense, ge=0, description="share of the vectors' score")


class RetrievalSettings(_Part):
    """How passages are found."""

    k: int = Field(default=24, ge=1, le=200, description="passages read for an answer")
    mode: Mode = Field(default="hybrid", description="hybrid, lexical or dense")
    candidates: int = Field(default=200, ge=1, le=5000, description="chunks that each source proposes before fusion")
    weights: WeightSettings = Field(default=WeightSettings(), description="shares of the sources")


class AnswerSettings(_Part):
    """How long an answer may be and when there is none."""

    factual_chars: int = Field(default=400, ge=80, description="longest factual answer, in characters")
    long_chars: int = Field(default=1200, ge=200, description="longest list, comparison or reason, in characters")
    refuse_below: float = Field(
        default=0.52, ge=0, le=1, description="share of the question that must be found; more refuses more"
    )
    passages: int = Field(default=5, ge=1, le=50, description="passages shown with an answer")


class GenerationSettings(_Part):
    """A language model that words the answers; none by default."""

    base_url: str = Field(
        default="", description="address of an OpenAI-compatible server, e.g. http://127.0.0.1:11434/v1"
    )
    model: str = Field(
        default="", description="name of the model on that server; empty answers without a language model"
    )
    provider: str = Field(default="openai", description="LangChain's name of the provider")
    api_key_env: str = Field(
        default="OPENAI_API_KEY", description="name of the environment variable that holds the key"
    )
    timeout: float = Field(
        default=120.0, gt=0, description="seconds after which the extractive answer is given instead"
    )
    temperature: float = Field(default=0.0, ge=0, le=2, description="randomness of the wording")
    max_tokens: int = Field(default=160, ge=16, description="longest generated answer, in tokens")
    passages: int = Field(
        default=3, ge=1, le=20, description="places put before the model where none of them seems to answer"
    )


class RerankerSettings(_Part):
    """A cross-encoder that orders the first passages again."""

    model: str = Field(default="", description="name or folder of a cross-encoder; empty for none")


class ServerSettings(_Part):
    """Where the chat listens."""

    host: str = Field(default="127.0.0.1", description="address; 0.0.0.0 opens it to the network")
    port: int = Field(default=7860, ge=1, le=65535, description="port")


class LimitSettings(_Part):
    """What is too much."""

    question_chars: int = Field(default=2000, ge=10, description="longest question, in characters")
    upload_mb: int = Field(default=100, ge=1, description="largest uploaded file, in megabytes")


class Settings(_Part):
    """Everything that can be chosen."""

    home: Path = Field(default=Path("~/.baocao"), description="folder that holds the library")
    embedding: EmbeddingSettings = Field(default_factory=lambda: EmbeddingSettings())
    retrieval: RetrievalSettings = Field(default_factory=lambda: RetrievalSettings())
    reranker: RerankerSettings = Field(default_factory=lambda: RerankerSettings())
    answers: AnswerSettings = Field(default_factory=lambda: AnswerSettings())
    generation: GenerationSettings = Field(default_factory=lambda: GenerationSettings())
    server: ServerSettings = Field(default_factory=lambda: ServerSettings())
    limits: LimitSettings = Field(default_factory=lambda: LimitSettings())


def load_settings(home: Path | None = None, environment: Mapping[str, str] | None = None) -> Settings:
    """Settings of a home folder.

    Args:
        home: wins over BAOCAO_HOME, which wins over ~/.baocao.
        environment: taken from the process where None.

    Raises:
        SettingsError: a key is unknown, a value is wrong, or the file cannot be read.
    """
    env = os.environ if environment is None else environment
    folder = (home or Path(env.get("BAOCAO_HOME") or "~/.baocao")).expanduser()
    values = _read_file(folder / FILE_NAME)
    values.pop("home", None)
    _overlay(values, env)
    try:
        return Settings.model_validate({**values, "home": folder})
    except ValidationError as error:
        raise SettingsError(_explain(error, folder / FILE_NAME)) from error


def _read_file(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8-sig"))
    except FileNotFoundError:
        return {}
    except NotADirectoryError as error:
        raise SettingsError(f"{path.parent} không phải một thư mục; hãy chỉ thư mục của kho bằng --home") from error
    except OSError as error:
        why = system_reason(error)
    except UnicodeDecodeError:
        why = "không phải UTF-8"
    except tomllib.TOMLDecodeError as error:
        place = _TOML_PLACE.search(str(error))
        why = f"sai cú pháp TOML ở dòng {place[1]}, cột {place[2]}" if place else "sai cú pháp TOML ở cuối tệp"
    raise SettingsError(f"không đọc được tệp cài đặt {path}: {why}; sửa tệp hoặc xóa nó để dùng mặc định")


def _overlay(values: dict[str, Any], env: Mapping[str, str]) -> None:
    """Put BAOCAO_A__B=value into values["a"]["b"]; names without a double underscore are not settings."""
    for name in sorted(env):
        if not name.startswith(_PREFIX) or "__" not in name:
            continue
        *parents, leaf = name.removeprefix(_PREFIX).lower().split("__")
        place = values
        for parent in parents:
            inner = place.setdefault(parent, {})
            if not isinstance(inner, dict):
                raise SettingsError(f"biến môi trường {name}: {parent!r} không phải một nhóm cài đặt")
            place = inner
        place[leaf] = env[name]


def _explain(error: ValidationError, path: Path) -> str:
    first = error.errors()[0]
    name = ".".join(str(part) for part in first["loc"])
    where = f"kiểm tra {path} và biến môi trường {_PREFIX}{name.upper().replace('.', '__')}"
    if first["type"] == "extra_forbidden":
        alike = get_close_matches(name, _names(), 1)
        meant = f" (gần giống: {alike[0]!r})" if alike else ""
        return f"cài đặt không có: {name!r}{meant}; {where}"
    value = str(first.get("input"))[:_VALUE_SHOWN]
    return f"cài đặt {name!r} có giá trị {value!r} không dùng được: {_wanted(first)}; {where}"


def _wanted(error: ErrorDetails) -> str:
    """What a value should have been."""
    limits = {**error.get("ctx", {})}
    if "expected" in limits:
        limits["expected"] = str(limits["expected"]).replace(" or ", " hoặc ")
    words = _WANTED.get(error["type"])
    return words.format(**limits) if words else "không đúng kiểu"


def _names() -> list[str]:
    """All settings as they are written: "embedding.model"."""
    parts = {name: field.annotation for name, field in Settings.model_fields.items()}
    return [
        f"{part}.{name}"
        for part, kind in parts.items()
        if isinstance(kind, type) and issubclass(kind, _Part)
        for name in kind.model_fields
    ]
