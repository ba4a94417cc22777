"""Which trained model is in use, and whether it was trained from the files as they are now."""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from bot.core.errors import ModelError
from bot.encoder.names import encoder_fingerprint
from bot.settings import encoder_model

_STAMP: Final = ".sha256"
_SOURCES: Final = (
    "config.yml",
    "domain.yml",
    "data/**/*.yml",
    "bot/core/*.py",
    "bot/content/*.py",
    "bot/components/*.py",
    "bot/understanding/*.py",
    "bot/training/*.py",
    "bot/encoder/*.py",
    "requirements.lock",
)


def newest_model(folder: Path) -> Path:
    """The newest model archive in `folder`; raises `ModelError` where there is none."""
    models = sorted(folder.glob("*.tar.gz"), key=lambda file: file.stat().st_mtime)
    if not models:
        raise ModelError(f"{folder}: no trained model here. Train one: python -m bot train")
    return models[-1]


def fingerprint(root: Path) -> str:
    """A hash of every file that shapes the model, and of the sentence encoder that the setting ENCODER_MODEL names."""
    digest = hashlib.sha256()
    for file in _sources(root):
        digest.update(str(file.relative_to(root)).encode() + b"\0" + file.read_bytes() + b"\0")
    digest.update(encoder_fingerprint(encoder_model(root), root).encode())
    return digest.hexdigest()


def is_fresh(root: Path, folder: Path) -> bool:
    """Whether the newest model was trained from the files as they are now."""
    try:
        stamp = _stamp(newest_model(folder))
    except ModelError:
        return False
    return stamp.is_file() and stamp.read_text().strip() == fingerprint(root)


def mark_trained(model: Path, trained_from: str) -> None:
    """Note beside `model` the fingerprint that it was trained from."""
    _stamp(model).write_text(trained_from + "\n")


def _stamp(model: Path) -> Path:
    return model.with_name(model.name + _STAMP)


def _sources(root: Path) -> Iterator[Path]:
    for pattern in _SOURCES:
        yield from sorted(root.glob(pattern))
