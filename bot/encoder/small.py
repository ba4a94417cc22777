"""The encoder of our own: hashed pieces of words, two small convolutions, attention. Served with NumPy alone."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import ThreadpoolController

from bot.encoder.pieces import Rows, read, split, starts

Floats = NDArray[np.float32]
_STEPS: Final = 127
"""A byte holds -127 to 127 steps of a row's own size."""


@dataclass(frozen=True)
class Weights:
    """What was learnt. Shapes: w = width of a word, c = channels of a convolution, h = heads, d = dimensions."""

    table: NDArray[np.int8]
    """Shape (pieces, w): one row a piece, in steps."""
    step: NDArray[np.float16]
    """Shape (pieces,): how large a step of each row is."""
    near: Floats
    """Shape (3 w, c): the word before, the word, the word behind."""
    near_bias: Floats
    wide: Floats
    """Shape (3 c, c): the same again, added to what the first found."""
    wide_bias: Floats
    heads: Floats
    """Shape (c, h): which words each head looks at."""
    heads_bias: Floats
    join: Floats
    """Shape ((h + 1) c, d): what the heads and the strongest of each channel say, as one vector."""
    join_bias: Floats
    answers: Floats
    """Shape (d, answer ids): the direction of each id, times how sharply the directions are told apart."""
    answers_bias: Floats

    @classmethod
    def of(cls, table: Floats, rest: Mapping[str, Floats]) -> "Weights":
        """The weights with `table` rounded to bytes: a quarter of the size."""
        step = np.maximum(np.abs(table).max(axis=1), 1e-6).astype(np.float32) / _STEPS
        step = step.astype(np.float16)
        whole = np.rint(table / np.maximum(step.astype(np.float32), 1e-8)[:, None]).clip(-_STEPS, _STEPS)
        return cls(whole.astype(np.int8), step, **{name: value.astype(np.float32) for name, value in rest.items()})


@dataclass(frozen=True)
class SmallEncoder:
    """A message as a vector of unit length, and how likely each answer id is by it.

    `unseen` holds, for each message that it was trained on, what an encoder that had not seen that message said: what
    reads the scores while training must not read those of a message known by heart.
    """

    answer_ids: tuple[str, ...]
    weights: Weights
    unseen: Mapping[str, Floats] = field(default_factory=dict, repr=False)
    """`key` of a training message → shape (answer ids,)."""
    name: str = "models/encoder"
    checksum: str = ""

    @property
    def dimensions(self) -> int:
        """How long a vector is."""
        return int(self.weights.join.shape[1])

    def encode(self, texts: Sequence[str]) -> Floats:
        """Shape (texts, dimensions), each of unit length, also for a text without words."""
        with _threads().limit(limits=1, user_api="blas"):  # products so small only wait for a second thread
            rows = [self._vector(read(text)) for text in texts]
        return np.stack(rows) if rows else np.zeros((0, self.dimensions), np.float32)

    def scores(self, texts: Sequence[str]) -> Floats:
        """Shape (texts, answer ids): log probabilities, the higher the likelier."""
        said = [
            vector @ self.weights.answers for vector in self.encode(texts)
        ]  # one by one: the same to the last digit
        rows = np.stack(said) if said else np.zeros((0, len(self.answer_ids)), np.float32)
        return log_softmax(rows + self.weights.answers_bias)

    def columns(self, texts: Sequence[str]) -> Floats:
        """What the answers' second stage reads of a customer's message: the scores."""
        return self.scores(texts)

    def training_columns(self, texts: Sequence[str]) -> Floats:
        """The same of a training message: by an encoder that had not seen it."""
        found = [self.unseen.get(key(text)) for text in texts]
        known = [row if row is not None else self.scores([text])[0] for row, text in zip(found, texts, strict=True)]
        return np.stack(known) if known else np.zeros((0, len(self.answer_ids)), np.float32)

    def _vector(self, words: Sequence[Rows]) -> Floats:
        weights = self.weights
        rows = np.concatenate(words)
        lengths = np.fromiter(map(len, words), np.int64, len(words))
        found = weights.table[rows].astype(np.float32) * weights.step[rows].astype(np.float32)[:, None]
        said = (np.add.reduceat(found, starts(lengths), axis=0) / lengths[:, None]).astype(np.float32)
        seen = np.maximum(_neighbours(said) @ weights.near + weights.near_bias, 0)
        seen = seen + np.maximum(_neighbours(seen) @ weights.wide + weights.wide_bias, 0)
        looked = _softmax(seen @ weights.heads + weights.heads_bias).T @ seen
        vector = np.concatenate([looked.ravel(), seen.max(axis=0)]) @ weights.join + weights.join_bias
        unit: Floats = (vector / np.sqrt(vector @ vector)).astype(np.float32)
        return unit


@cache
def _threads() -> ThreadpoolController:
    """What knows the libraries behind NumPy: looked up once, which takes milliseconds."""
    return ThreadpoolController()


def key(text: str) -> str:
    """What a training message is found by: a hash of its words, so that no message stands in the encoder's files."""
    return hashlib.blake2b(" ".join(split(text)).encode(), digest_size=8).hexdigest()


def log_softmax(scores: Floats) -> Floats:
    """Log probabilities along the last axis."""
    lower = scores - scores.max(axis=-1, keepdims=True)
    found: Floats = lower - np.log(np.exp(lower).sum(axis=-1, keepdims=True))
    return found


def _neighbours(rows: Floats) -> Floats:
    """Each row with the one before and the one behind it; zeros beyond the ends."""
    nothing = np.zeros((1, rows.shape[1]), np.float32)
    before, behind = np.concatenate([nothing, rows[:-1]]), np.concatenate([rows[1:], nothing])
    return np.concatenate([before, rows, behind], axis=1)


def _softmax(scores: Floats) -> Floats:
    """Shares that sum to 1 down each column."""
    powers = np.exp(scores - scores.max(axis=0))
    found: Floats = powers / powers.sum(axis=0)
    return found


def of_unseen(texts: Iterable[str], scores: Floats) -> dict[str, Floats]:
    """`scores` (texts × answer ids) by the key of each text."""
    return {key(text): row for text, row in zip(texts, scores, strict=True)}
