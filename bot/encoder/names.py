"""What an encoder is named by, and how to tell another one without loading it."""

from pathlib import Path
from typing import Final

OWN_ENCODER: Final = "models/encoder"
"""The folder of the encoder that ships, below the root."""
NO_ENCODER: Final = "none"
DESCRIPTION: Final = "encoder.json"
"""The file in the folder of an encoder of our own that names its answer ids and checksums."""


def is_own(folder: Path) -> bool:
    """Whether `folder` holds an encoder of our own."""
    return (folder / DESCRIPTION).is_file()


def encoder_fingerprint(name: str, root: Path) -> str:
    """A text that differs where `name` means another encoder: the checksums of one of our own, else the name alone."""
    folder = root / name
    return f"{name} {(folder / DESCRIPTION).read_text(encoding='utf-8')}" if is_own(folder) else name
