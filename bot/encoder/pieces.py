"""Words as numbers: each word is the pieces that it is made of, hashed into a fixed number of rows."""

import zlib
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bot.core.text import fold, normalise, words

BUCKETS: Final = 1 << 16
"""So many rows the table of pieces has; two pieces may share one."""
_MOST_WORDS: Final = 64
"""What follows is not read: a question of more words has said what it is about."""
_LONGEST_WORD: Final = 40
"""The rest of a longer word is not read."""
_SHORTEST_PIECE: Final = 3
_LONGEST_PIECE: Final = 6
_REMEMBERED_WORDS: Final = 50_000

Rows = NDArray[np.int64]


def split(text: str) -> list[str]:
    """The words of `text` as the encoder reads them, 64 at most; one empty word where there is none."""
    return [word[:_LONGEST_WORD] for word in words(normalise(text))[:_MOST_WORDS]] or [""]


@lru_cache(_REMEMBERED_WORDS)
def pieces(word: str) -> Rows:
    """The rows of `word`: the whole of it and its runs of 3 to 6 characters, without dots and rings; never none."""
    letters = f"<{fold(word)}>".encode()
    rows = {zlib.crc32(b"word " + letters) % BUCKETS}
    for length in range(_SHORTEST_PIECE, _LONGEST_PIECE + 1):
        rows.update(zlib.crc32(letters[i : i + length]) % BUCKETS for i in range(len(letters) - length + 1))
    return np.array(sorted(rows), np.int64)


def starts(lengths: NDArray[np.int64]) -> NDArray[np.int64]:
    """Where each of several runs begins that stand one behind the other, by their lengths."""
    return np.concatenate([[0], np.cumsum(lengths)[:-1]])


def read(text: str) -> list[Rows]:
    """The rows of each word of `text`, in order; at least one word."""
    return [pieces(word) for word in split(text)]
