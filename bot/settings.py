"""Every setting, read once from the environment and `.env` (python-dotenv). `.env.example` documents each."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from dotenv import dotenv_values

from bot.core.errors import SettingsError

ROOT: Final = Path(__file__).resolve().parent.parent
"""The folder that holds data/, models/ and the configuration files."""

DEFAULTS: Final[Mapping[str, str]] = {
    "HOST": "127.0.0.1",
    "PORT": "8000",
    "PUBLIC_ORIGIN": "",
    "ALLOWED_ORIGINS": "",
    "DATABASE_URL": "sqlite:///var/chat.db",
    "RASA_PORT": "5005",
    "RASA_SHARED_SECRET": "",
    "RASA_SILENCE_SECONDS": "5",
    "MODEL_FOLDER": "models",
    "ENCODER_MODEL": "models/encoder",
    "LOG_LEVEL": "INFO",
}
"""Name and default; an empty RASA_SHARED_SECRET has no default and must be set."""


@dataclass(frozen=True)
class Settings:
    """The settings of one running assistant."""

    host: str
    port: int
    public_origin: str
    """Where browsers reach the chat service, without a slash at the end; empty: http://HOST:PORT."""
    allowed_origins: frozenset[str]
    """Further sites whose pages may carry the widget."""
    database_url: str
    rasa_port: int
    rasa_shared_secret: str
    rasa_silence_seconds: float
    """After this long without an answer the customer gets an apology."""
    model_folder: Path
    log_level: str

    @property
    def origin(self) -> str:
        """The chat service's own origin."""
        return self.public_origin or f"http://{self.host}:{self.port}"

    @property
    def rasa_url(self) -> str:
        """Rasa's private address: always loopback."""
        return f"http://127.0.0.1:{self.rasa_port}"


def read_settings(root: Path = ROOT, environment: Mapping[str, str] | None = None) -> Settings:
    """The settings: the environment wins over `root/.env`, which wins over the defaults.

    Raises `SettingsError` that names the setting and the remedy.
    """
    values = _values(root, environment)
    if not values["RASA_SHARED_SECRET"]:
        raise SettingsError(
            "RASA_SHARED_SECRET is missing. Copy .env.example to .env (make run does it) and set it to a long random "
            'text, for example: python3 -c "import secrets; print(secrets.token_urlsafe(32))"'
        )
    return Settings(
        host=values["HOST"],
        port=_port("PORT", values["PORT"]),
        public_origin=values["PUBLIC_ORIGIN"].rstrip("/"),
        allowed_origins=frozenset(o.strip().rstrip("/") for o in values["ALLOWED_ORIGINS"].split(",") if o.strip()),
        database_url=_database(values["DATABASE_URL"], root),
        rasa_port=_port("RASA_PORT", values["RASA_PORT"]),
        rasa_shared_secret=values["RASA_SHARED_SECRET"],
        rasa_silence_seconds=_seconds("RASA_SILENCE_SECONDS", values["RASA_SILENCE_SECONDS"]),
        model_folder=root / values["MODEL_FOLDER"],
        log_level=values["LOG_LEVEL"].upper(),
    )


def model_folder(root: Path = ROOT, environment: Mapping[str, str] | None = None) -> Path:
    """The folder of the trained models alone: training and parsing need no other setting."""
    return root / _values(root, environment)["MODEL_FOLDER"]


def encoder_model(root: Path = ROOT, environment: Mapping[str, str] | None = None) -> str:
    """ENCODER_MODEL alone: which sentence encoder the answers are trained with, or "none". Empty: the default."""
    return _values(root, environment)["ENCODER_MODEL"].strip() or DEFAULTS["ENCODER_MODEL"]


def shared_secret(root: Path = ROOT, environment: Mapping[str, str] | None = None) -> str:
    """RASA_SHARED_SECRET alone; empty where it is not set."""
    return _values(root, environment)["RASA_SHARED_SECRET"]


def _values(root: Path, environment: Mapping[str, str] | None) -> dict[str, str]:
    values = dict(DEFAULTS)
    values |= {n: value for n, value in dotenv_values(root / ".env").items() if n in DEFAULTS and value is not None}
    given = os.environ if environment is None else environment
    return values | {name: given[name] for name in DEFAULTS if name in given}


def _port(name: str, value: str) -> int:
    if not (value.isascii() and value.isdigit()) or not 0 < int(value) < 65536:
        raise SettingsError(f"{name} is {value!r}, which is no port; set a number from 1 to 65535")
    return int(value)


def _seconds(name: str, value: str) -> float:
    try:
        seconds = float(value)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds <= 60:
        raise SettingsError(f"{name} is {value!r}; set a number of seconds, more than 0 and at most 60")
    return seconds


def _database(url: str, root: Path) -> str:
    """`url` with a relative SQLite path put below `root`."""
    prefix = "sqlite:///"
    if url.startswith(prefix) and not url.startswith(prefix + "/") and ":memory:" not in url:
        return prefix + str(root / url.removeprefix(prefix))
    if not url.startswith(("sqlite://", "postgresql://")):
        raise SettingsError(f"DATABASE_URL begins with {url.split(':')[0]!r}; set sqlite:///… or postgresql://…")
    return url
