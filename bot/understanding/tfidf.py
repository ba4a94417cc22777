"""How telling each piece of a text is (TF-IDF): a message at a time, without scikit-learn's cost of a call."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

Floats = NDArray[np.float32]
Indices = NDArray[np.int32]
Grams = Callable[[str], Iterable[str]]
_REMEMBERED_WORDS: Final = 50_000


@dataclass(frozen=True)
class Row:
    """One text as a sparse vector: `values` at `indices`."""

    indices: Indices
    values: Floats


@dataclass(frozen=True)
class CharacterGrams:
    """Runs of `shortest` to `longest` characters inside each word, its edges marked by blanks."""

    shortest: int
    longest: int

    def __call__(self, text: str) -> Iterable[str]:
        """Every run of every word, in order, repeated where it repeats."""
        return [run for word in text.split() for run in _runs(word, self.shortest, self.longest)]


@dataclass(frozen=True)
class WordGrams:
    """Single words and runs of up to `longest` of them."""

    longest: int

    def __call__(self, text: str) -> Iterable[str]:
        """Every run, repeated where it repeats."""
        said = text.split()
        return [" ".join(said[i : i + n]) for n in range(1, self.longest + 1) for i in range(len(said) - n + 1)]


@lru_cache(_REMEMBERED_WORDS)
def _runs(word: str, shortest: int, longest: int) -> tuple[str, ...]:
    padded = f" {word} "
    if len(padded) <= shortest:
        return (padded,)
    return tuple(
        padded[i : i + n] for n in range(shortest, min(longest, len(padded)) + 1) for i in range(len(padded) - n + 1)
    )


@dataclass
class Tfidf:
    """One view of a text: its grams, each weighted by 1 + log of how often and by how rare it is; length 1.

    The weighting is scikit-learn's (`TfidfVectorizer` with sublinear_tf, smoothed idf and norm l2).
    """

    grams: Grams
    at_least: int = 1
    """A gram that stands in fewer training texts is forgotten."""
    _index: dict[str, int] = field(default_factory=dict, repr=False)
    _rarity: Floats = field(default_factory=lambda: np.zeros(0, np.float32), repr=False)

    def fit(self, texts: Sequence[str]) -> "Tfidf":
        """Learn which grams there are and how rare they are."""
        found = Counter(gram for text in texts for gram in set(self.grams(text)))
        kept = sorted(gram for gram, count in found.items() if count >= self.at_least)
        self._index = {gram: number for number, gram in enumerate(kept)}
        stands_in = np.array([found[gram] for gram in kept], float)
        self._rarity = (np.log((1 + len(texts)) / (1 + stands_in)) + 1).astype(np.float32)
        return self

    @property
    def width(self) -> int:
        """How many grams it knows."""
        return len(self._index)

    def row(self, text: str) -> Row:
        """`text` as one vector of length 1; empty where it has no known gram."""
        index = self._index
        counts = Counter(number for gram in self.grams(text) if (number := index.get(gram)) is not None)
        indices = np.fromiter(counts.keys(), np.int32, len(counts))
        values = (1 + np.log(np.fromiter(counts.values(), np.float32, len(counts)))) * self._rarity[indices]
        length = float(np.sqrt(values @ values))
        return Row(indices, values / length if length else values)


def side_by_side(views: Sequence[Tfidf], rows: Sequence[Row]) -> Row:
    """One row of several views' rows, each view's columns behind those of the one before."""
    starts = np.cumsum([0, *(view.width for view in views[:-1])])
    indices = [row.indices + np.int32(start) for row, start in zip(rows, starts, strict=True)]
    return Row(np.concatenate(indices), np.concatenate([row.values for row in rows]))


def matrix(rows: Sequence[Row], width: int) -> csr_matrix:
    """`rows` as a sparse matrix of shape (rows, `width`), float32."""
    ends = np.cumsum([0, *(len(row.indices) for row in rows)])
    values = np.concatenate([row.values for row in rows]) if rows else np.zeros(0, np.float32)
    indices = np.concatenate([row.indices for row in rows]) if rows else np.zeros(0, np.int32)
    return csr_matrix((values, indices, ends), shape=(len(rows), width))
