"""Which encoder a name means: none, a folder of our own, or any sentence-transformers model."""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from bot.core.errors import ModelError
from bot.encoder import files
from bot.encoder.names import NO_ENCODER, OWN_ENCODER, encoder_fingerprint, is_own
from bot.encoder.other import OtherEncoder
from bot.encoder.small import Floats


class Encoder(Protocol):
    """What turns messages into numbers for the answers' second stage."""

    @property
    def name(self) -> str:
        """What it was asked for by."""

    @property
    def checksum(self) -> str:
        """Differs where the encoder differs."""

    def encode(self, texts: Sequence[str]) -> Floats:
        """Shape (texts, dimensions), float32, each of unit length."""

    def columns(self, texts: Sequence[str]) -> Floats:
        """Shape (texts, columns): what the second stage reads of a customer's message."""

    def training_columns(self, texts: Sequence[str]) -> Floats:
        """The same of a training message, as if the encoder had never seen it."""


def load_encoder(name: str, root: Path) -> Encoder | None:
    """The encoder that `name` (the setting ENCODER_MODEL) means; None for "none".

    A folder, relative to `root` or absolute, with an encoder of our own, else anything that sentence-transformers
    knows: a folder or a name. Raises `ModelError` for a broken encoder, `SettingsError` where the package is missing
    or knows no such model; each names the remedy.
    """
    if name == NO_ENCODER:
        return None
    folder = root / name
    if is_own(folder):
        return files.load(folder, name)
    if name == OWN_ENCODER:
        raise ModelError(
            f"{folder}: no encoder here; restore it (git checkout {OWN_ENCODER}), train it (python -m bot encoder "
            f"train), or do without it (ENCODER_MODEL={NO_ENCODER})"
        )
    return OtherEncoder(name, str(folder) if folder.is_dir() else name, encoder_fingerprint(name, root))
