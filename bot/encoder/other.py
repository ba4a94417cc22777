"""Any sentence-transformers model as the encoder: needs that package, and PyTorch, in the environment."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from bot.core.errors import SettingsError
from bot.encoder.small import Floats


class OtherEncoder:
    """A sentence-transformers model that was not trained on our messages: its vectors are the columns."""

    def __init__(self, name: str, source: str, checksum: str) -> None:
        """Load it; raises `SettingsError` where the package is missing or can't load `source`."""
        self.name = name
        self.checksum = checksum
        self._model = _load(name, source)

    def encode(self, texts: Sequence[str]) -> Floats:
        """Shape (texts, dimensions), each of unit length."""
        if not texts:
            return np.zeros((0, int(self._model.get_sentence_embedding_dimension() or 0)), np.float32)
        found: Floats = np.asarray(
            self._model.encode(list(texts), normalize_embeddings=True, show_progress_bar=len(texts) > 1000), np.float32
        )
        return found

    def columns(self, texts: Sequence[str]) -> Floats:
        """The vectors: the second opinion brings every column to the same spread, and weighs the whole."""
        return self.encode(texts)

    def training_columns(self, texts: Sequence[str]) -> Floats:
        """The same: it has never seen our messages."""
        return self.columns(texts)


def _load(name: str, source: str) -> Any:
    try:
        from sentence_transformers import SentenceTransformer
    except ImportError as error:
        raise SettingsError(
            f"ENCODER_MODEL is {name!r}, a sentence-transformers model (models/encoder is the one without), and that "
            "package is missing here. Install it beside the rest (uv pip install --python .venv/bin/python "
            "sentence-transformers), or set ENCODER_MODEL=models/encoder or ENCODER_MODEL=none"
        ) from error
    try:
        return SentenceTransformer(source, device="cpu")
    except Exception as error:  # it raises whatever its many parts raise
        raise SettingsError(
            f"ENCODER_MODEL is {name!r}: sentence-transformers can't load it ({error}). Name one of its models, "
            "the folder of one, models/encoder or none"
        ) from error
