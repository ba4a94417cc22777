"""The folder of an encoder of our own: weights, what unseen messages scored, a card, and a checksum of them all."""

import hashlib
import json
from pathlib import Path
from typing import Any, Final

import numpy as np

from bot.core.errors import ModelError
from bot.encoder.names import DESCRIPTION
from bot.encoder.small import SmallEncoder, Weights

CARD: Final = "README.md"
_WEIGHTS: Final = "weights.npz"
_UNSEEN: Final = "unseen.npz"
_FORMAT: Final = 1
_REMEDY: Final = (
    "restore the folder as it was committed (git checkout models/encoder), train it anew "
    "(python -m bot encoder train), or do without it (ENCODER_MODEL=none)"
)


def save(encoder: SmallEncoder, folder: Path) -> str:
    """Write `encoder` into `folder`, but for the card; returns its checksum. The same encoder gives the same bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    np.savez(folder / _WEIGHTS, **vars(encoder.weights))
    keys = sorted(encoder.unseen)
    scores = [encoder.unseen[key] for key in keys] or [np.zeros(len(encoder.answer_ids), np.float32)][:0]
    unseen = np.array(scores, np.float16).reshape(len(keys), len(encoder.answer_ids))
    np.savez(folder / _UNSEEN, keys=np.array([int(key, 16) for key in keys], np.uint64), scores=unseen)
    description = {
        "format": _FORMAT,
        "answer_ids": list(encoder.answer_ids),
        "sha256": {name: _hash(folder / name) for name in (_WEIGHTS, _UNSEEN)},
    }
    (folder / DESCRIPTION).write_text(json.dumps(description, indent=2) + "\n", encoding="utf-8")
    return _checksum(description)


def load(folder: Path, name: str) -> SmallEncoder:
    """The encoder in `folder`, held against its checksums; raises `ModelError` that names the file and the remedy."""
    try:
        description: dict[str, Any] = json.loads((folder / DESCRIPTION).read_text(encoding="utf-8"))
        if description["format"] != _FORMAT:
            raise ModelError(f"{folder / DESCRIPTION}: format {description['format']}, not {_FORMAT}; {_REMEDY}")
        for file, written in description["sha256"].items():
            if _hash(folder / file) != written:
                raise ModelError(f"{folder / file}: not what {DESCRIPTION} says (checksum); {_REMEDY}")
        with np.load(folder / _WEIGHTS) as stored:
            weights = Weights(**{array: stored[array] for array in stored.files})
        with np.load(folder / _UNSEEN) as stored:
            keys, scores = stored["keys"], stored["scores"].astype(np.float32)
        ids = tuple(description["answer_ids"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(f"{folder}: the encoder can't be read ({error!r}); {_REMEDY}") from error
    unseen = {f"{key:016x}": row for key, row in zip(keys.tolist(), scores, strict=True)}
    return SmallEncoder(ids, weights, unseen, name, _checksum(description))


def _checksum(description: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(description, sort_keys=True).encode()).hexdigest()


def _hash(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()
