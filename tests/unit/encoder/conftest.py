"""A small encoder of our own with weights from chance: its rules hold whatever it has learnt."""

from typing import Final

import numpy as np
import pytest

from bot.encoder.pieces import BUCKETS
from bot.encoder.small import SmallEncoder, Weights, of_unseen

ANSWERS: Final = ("bonus/how_to_get", "keys/after_contract", "out_of_scope")
SEEN: Final = "palautatteko avaimet minulle"
"""The one message that it was trained on."""
_WIDTH, _CHANNELS, _HEADS, _DIMENSIONS = 8, 12, 2, 10


def small_encoder(seed: int = 1) -> SmallEncoder:
    """An encoder with weights drawn from `seed`."""
    chance = np.random.default_rng(seed)

    def drawn(*shape: int) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
        return chance.normal(size=shape).astype(np.float32) * np.float32(0.3)

    rest = {
        "near": drawn(3 * _WIDTH, _CHANNELS),
        "near_bias": drawn(_CHANNELS),
        "wide": drawn(3 * _CHANNELS, _CHANNELS),
        "wide_bias": drawn(_CHANNELS),
        "heads": drawn(_CHANNELS, _HEADS),
        "heads_bias": drawn(_HEADS),
        "join": drawn((_HEADS + 1) * _CHANNELS, _DIMENSIONS),
        "join_bias": drawn(_DIMENSIONS),
        "answers": drawn(_DIMENSIONS, len(ANSWERS)),
        "answers_bias": drawn(len(ANSWERS)),
    }
    unseen = of_unseen([SEEN], np.array([[-1.0, -2.0, -0.5]], np.float32))
    return SmallEncoder(ANSWERS, Weights.of(drawn(BUCKETS, _WIDTH), rest), unseen)


@pytest.fixture(scope="session")
def encoder() -> SmallEncoder:
    return small_encoder()
