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


def test_a_wrong_value_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"'server\.port' có giá trị '99999'"):
        load_settings(tmp_path, {"BAOCAO_SERVER__PORT": "99999"})


def test_a_broken_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "baocao.toml").write_text("[generation\n", "utf-8")
    with pytest.raises(SettingsError, match=r"không đọc được tệp cài đặt .*baocao\.toml"):
        load_settings(tmp_path, {})


def test_every_field_says_what_it_is() -> None:
    for section in Settings.model_fields.values():
        fields = getattr(section.annotation, "model_fields", {"": section})
        undescribed = [name for name, entry in fields.items() if name and not entry.description]
        assert undescribed == []
