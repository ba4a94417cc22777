"""What an encoder is named by, and how to tell another one without loading it."""

import hashlib
from pathlib import Path
from typing import Final

OWN_ENCODER: Final = "models/encoder"
"""The folder of the encoder that ships, below the root."""
NO_ENCODER: Final = "none"
DESCRIPTION: Final = "encoder.json"
"""The file in the folder of an encoder of our own that names its answer ids and checksums."""
_TAIL: Final = 1 << 20


def is_own(folder: Path) -> bool:
    """Whether `folder` holds an encoder of our own."""
    return (folder / DESCRIPTION).is_file()


def encoder_fingerprint(name: str, root: Path) -> str:
    """A text that differs where `name` means another encoder.

    Of one of our own its checksums; of another folder the names, sizes and last megabytes of its files, which a
    trained model changes; of a name without a folder the name alone.
    """
    folder = root / name
    if is_own(folder):
        return f"{name} {(folder / DESCRIPTION).read_text(encoding='utf-8')}"
    digest = hashlib.sha256()
    for file in sorted(f for f in folder.rglob("*") if f.is_file()) if folder.is_dir() else ():
        digest.update(f"{file.relative_to(folder)} {file.stat().st_size} ".encode())
        with file.open("rb") as opened:
            opened.seek(max(file.stat().st_size - _TAIL, 0))
            digest.update(opened.read())
    return f"{name} {digest.hexdigest()}" if folder.is_dir() else name
