"""Settings from file and environment."""

from __future__ import annotations

from pathlib import Path

import pytest

from qa.settings import Settings, SettingsError, load_settings


def test_environment_wins_over_file(tmp_path: Path) -> None:
    (tmp_path / "baocao.toml").write_text('[retrieval]\nk = 7\n[generation]\nmodel = "a"\n', "utf-8")
    settings = load_settings(tmp_path, {"BAOCAO_GENERATION__MODEL": "b", "BAOCAO_SERVER__PORT": "8000"})
    assert (settings.retrieval.k, settings.generation.model, settings.server.port) == (7, "b", 8000)
    assert settings.home == tmp_path


def test_home_is_taken_from_the_environment(tmp_path: Path) -> None:
    assert load_settings(None, {"BAOCAO_HOME": str(tmp_path)}).home == tmp_path


@pytest.mark.parametrize(
    "text", ["[generation]\nmodle = 'x'\n", "[nowhere]\nk = 1\n", "[retrieval.weights]\nlexcal = 1\n"]
)
def test_an_unknown_key_is_an_error_at_every_level(tmp_path: Path, text: str) -> None:
    (tmp_path / "baocao.toml").write_text(text, "utf-8")
    with pytest.raises(SettingsError, match="cài đặt không có"):
        load_settings(tmp_path, {})


@pytest.mark.parametrize(
    ("name", "value", "wanted"),
    [
        ("SERVER__PORT", "99999", "không được quá 65535"),
        ("SERVER__PORT", "tám", "cần một số nguyên"),
        ("RETRIEVAL__K", "0", "phải từ 1 trở lên"),
        ("RETRIEVAL__MODE", "fast", "cần 'hybrid', 'lexical' hoặc 'dense'"),
        ("EMBEDDING__ONLINE", "maybe", "cần true hoặc false"),
        ("RETRIEVAL__WEIGHTS", "0.5", "cần một nhóm cài đặt"),
    ],
)
def test_a_wrong_value_is_named_with_what_is_wanted(tmp_path: Path, name: str, value: str, wanted: str) -> None:
    setting = name.lower().replace("__", ".")
    with pytest.raises(SettingsError, match=rf"'{setting}' có giá trị '{value}' không dùng được: {wanted}.*; .*{name}"):
        load_settings(tmp_path, {f"BAOCAO_{name}": value})


def test_every_limit_has_its_words(tmp_path: Path) -> None:
    wrong = {"int": "x", "float": "x", "bool": "x"}
    for part, section in Settings.model_fields.items():
        for name, entry in getattr(section.annotation, "model_fields", {}).items():
            value = wrong.get(getattr(entry.annotation, "__name__", ""))
            if value is None:
                continue
            with pytest.raises(SettingsError, match=r"không dùng được: cần (một số|true)"):
                load_settings(tmp_path, {f"BAOCAO_{part}__{name}".upper(): value})


def test_a_misspelt_setting_is_told_what_it_may_mean(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"'embedding\.modle' \(gần giống: 'embedding\.model'\)"):
        load_settings(tmp_path, {"BAOCAO_EMBEDDING__MODLE": "x"})


@pytest.mark.parametrize(
    ("data", "why"), [(b"[generation\n", "dòng 1, cột 12"), (b"\xff\xfe\x00", "UTF-8"), (b"x = ", "cú pháp TOML")]
)
def test_a_broken_file_is_named_with_the_place(tmp_path: Path, data: bytes, why: str) -> None:
    (tmp_path / "baocao.toml").write_bytes(data)
    with pytest.raises(SettingsError, match=rf"không đọc được tệp cài đặt .*baocao\.toml: .*{why}"):
        load_settings(tmp_path, {})


def test_a_file_is_no_home(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(SettingsError, match="không phải một thư mục"):
        load_settings(tmp_path / "file", {})


def test_every_field_says_what_it_is() -> None:
    for section in Settings.model_fields.values():
        fields = getattr(section.annotation, "model_fields", {"": section})
        undescribed = [name for name, entry in fields.items() if name and not entry.description]
        assert undescribed == []
