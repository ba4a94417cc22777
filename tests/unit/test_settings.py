"""Every setting is documented, checked, and named where it is wrong."""

import re
from pathlib import Path
from typing import Final

import pytest
from dotenv import dotenv_values

from bot.core.errors import SettingsError
from bot.settings import DEFAULTS, ROOT, encoder_model, model_folder, read_settings

SECRET: Final = {"RASA_SHARED_SECRET": "a-long-random-text"}
EXAMPLE: Final = ROOT / ".env.example"


def test_every_setting_is_documented_and_every_documented_one_exists() -> None:
    assert set(dotenv_values(EXAMPLE)) == set(DEFAULTS)


def test_the_documented_values_are_the_defaults() -> None:
    assert dotenv_values(EXAMPLE) == dict(DEFAULTS)


def test_every_setting_stands_under_a_comment_that_explains_it() -> None:
    for paragraph in EXAMPLE.read_text(encoding="utf-8").split("\n\n"):
        lines = paragraph.strip().splitlines()
        assert lines[0].startswith("# "), f".env.example: explain {lines[0]!r}"
        assert all(re.match(r"# |[A-Z_]+=", line) for line in lines)


def test_the_defaults_and_a_secret_are_enough(tmp_path: Path) -> None:
    settings = read_settings(tmp_path, SECRET)
    assert (settings.host, settings.port, settings.rasa_port) == ("127.0.0.1", 8000, 5005)
    assert settings.origin == "http://127.0.0.1:8000"
    assert settings.rasa_url == "http://127.0.0.1:5005"
    assert settings.rasa_silence_seconds == 5
    assert settings.allowed_origins == frozenset()
    assert settings.model_folder == tmp_path / "models"
    assert settings.log_level == "INFO"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "0"),
        ("PORT", "65536"),
        ("PORT", "-1"),
        ("PORT", "eighty"),
        ("PORT", ""),
        ("PORT", "8000.5"),
        ("PORT", "²"),
        ("RASA_PORT", "70000"),
        ("RASA_PORT", " "),
        ("RASA_SILENCE_SECONDS", "0"),
        ("RASA_SILENCE_SECONDS", "-5"),
        ("RASA_SILENCE_SECONDS", "61"),
        ("RASA_SILENCE_SECONDS", "soon"),
        ("RASA_SILENCE_SECONDS", "nan"),
        ("RASA_SILENCE_SECONDS", "inf"),
        ("RASA_SILENCE_SECONDS", ""),
        ("DATABASE_URL", "mysql://localhost/chat"),
        ("DATABASE_URL", "var/chat.db"),
        ("DATABASE_URL", ""),
        ("RASA_SHARED_SECRET", ""),
    ],
)
def test_a_wrong_value_is_refused_by_the_name_of_its_setting(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=name) as raised:
        read_settings(tmp_path, SECRET | {name: value})
    assert re.search(r"\bset\b", str(raised.value))


def test_a_wrong_database_url_does_not_show_its_password(tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as raised:
        read_settings(tmp_path, SECRET | {"DATABASE_URL": "mysql://chat:hunter2@localhost/chat"})
    assert "hunter2" not in str(raised.value)


@pytest.mark.parametrize(
    ("name", "value", "field", "read"),
    [
        ("PORT", "65535", "port", 65535),
        ("PORT", "1", "port", 1),
        ("RASA_SILENCE_SECONDS", "0.5", "rasa_silence_seconds", 0.5),
        ("RASA_SILENCE_SECONDS", "60", "rasa_silence_seconds", 60.0),
        ("LOG_LEVEL", "debug", "log_level", "DEBUG"),
        ("PUBLIC_ORIGIN", "https://chat.example.fi/", "origin", "https://chat.example.fi"),
        (
            "ALLOWED_ORIGINS",
            "https://a.example.fi/, https://b.example.fi,,",
            "allowed_origins",
            frozenset({"https://a.example.fi", "https://b.example.fi"}),
        ),
        ("DATABASE_URL", "postgresql://u:p@db/chat", "database_url", "postgresql://u:p@db/chat"),
        ("DATABASE_URL", "sqlite:////srv/chat.db", "database_url", "sqlite:////srv/chat.db"),
        ("DATABASE_URL", "sqlite:///:memory:", "database_url", "sqlite:///:memory:"),
    ],
)
def test_a_value_is_read_as_it_is_meant(tmp_path: Path, name: str, value: str, field: str, read: object) -> None:
    assert getattr(read_settings(tmp_path, SECRET | {name: value}), field) == read


def test_a_relative_sqlite_path_lies_below_the_root(tmp_path: Path) -> None:
    assert read_settings(tmp_path, SECRET).database_url == f"sqlite:///{tmp_path}/var/chat.db"


@pytest.mark.parametrize(
    ("in_file", "in_environment", "port"),
    [
        ("", {}, 8000),
        ("PORT=8100", {}, 8100),
        ("PORT=8100", {"PORT": "8200"}, 8200),
        ("", {"PORT": "8200"}, 8200),
    ],
)
def test_the_environment_wins_over_the_file_which_wins_over_the_defaults(
    tmp_path: Path, in_file: str, in_environment: dict[str, str], port: int
) -> None:
    (tmp_path / ".env").write_text(f"{in_file}\n", encoding="utf-8")
    assert read_settings(tmp_path, SECRET | in_environment).port == port


def test_what_is_no_setting_of_ours_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("SOMETHING_ELSE=1\nPORT\n", encoding="utf-8")
    assert read_settings(tmp_path, SECRET | {"PATH": "/bin"}).port == 8000


def test_a_missing_secret_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="token_urlsafe"):
        read_settings(tmp_path, {})


def test_the_model_folder_needs_no_secret(tmp_path: Path) -> None:
    assert model_folder(tmp_path, {}) == tmp_path / "models"
    assert model_folder(tmp_path, {"MODEL_FOLDER": "/srv/models"}) == Path("/srv/models")


@pytest.mark.parametrize(
    ("written", "read"), [("", "models/encoder"), (" none ", "none"), ("some/model", "some/model")]
)
def test_the_encoder_needs_no_secret_and_has_a_default(tmp_path: Path, written: str, read: str) -> None:
    assert encoder_model(tmp_path, {}) == "models/encoder"
    assert encoder_model(tmp_path, {"ENCODER_MODEL": written}) == read


def test_the_process_environment_is_read_where_none_is_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MODEL_FOLDER", "trained")
    assert model_folder(tmp_path) == tmp_path / "trained"
