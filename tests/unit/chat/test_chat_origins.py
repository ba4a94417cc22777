"""Who may send: this site and the sites that the settings name."""

from dataclasses import replace
from pathlib import Path

from bot.chat.security import own_origins
from bot.settings import Settings

SETTINGS = Settings(
    host="127.0.0.1",
    port=8000,
    public_origin="",
    allowed_origins=frozenset(),
    database_url="sqlite:///var/chat.db",
    rasa_port=5005,
    rasa_shared_secret="secret",
    rasa_silence_seconds=5.0,
    model_folder=Path("models"),
    log_level="INFO",
)


def test_on_loopback_both_names_are_this_site() -> None:
    assert own_origins(SETTINGS) == {"http://127.0.0.1:8000", "http://localhost:8000"}


def test_in_public_only_the_public_origin_and_the_allowed_ones_are() -> None:
    settings = replace(SETTINGS, public_origin="https://chat.example.fi", allowed_origins=frozenset({"https://a.fi"}))
    assert own_origins(settings) == {"https://chat.example.fi", "https://a.fi"}
