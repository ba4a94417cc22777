"""Spelling help: an unknown word becomes the nearest word of the domain, or stays as it is."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.core.text import fold

_SHORTEST: Final = 5
"""Shorter words have too many neighbours: they stay as written."""
_LONG: Final = 9
"""From this length on two slips are forgiven, below it one. Chosen by cross-validation on the training messages."""


@dataclass
class SpellingHelp:
    """Knows the domain's words. Compares without dots and rings, so "sahkoposti" finds "sähköposti"."""

    known: frozenset[str] = frozenset()
    _by_fold: dict[str, str] = field(default_factory=dict, repr=False)
    _offered: list[str] = field(default_factory=list, repr=False)
    """The keys of `_by_fold`, as rapidfuzz reads them fastest."""

    @classmethod
    def from_words(cls, words: Iterable[str], *, at_least: int = 3) -> "SpellingHelp":
        """Help that knows every word of `words`, and offers those that stand there `at_least` times."""
        counts = Counter(words)
        offered: dict[str, str] = {}
        for word, count in sorted(counts.items(), key=lambda item: item[1]):
            if count >= at_least and len(word) >= _SHORTEST and word.isalpha():
                offered[fold(word)] = word
        return cls(frozenset(counts), offered, list(offered))

    def correct(self, word: str) -> str:
        """The domain's word that `word` is a slip of; `word` itself where it is known, short or unlike any."""
        if word in self.known or len(word) < _SHORTEST or not word.isalpha():
            return word
        folded = fold(word)
        if folded in self._by_fold:
            return self._by_fold[folded]
        slips = 1 if len(word) < _LONG else 2
        found = process.extractOne(folded, self._offered, scorer=OSA.distance, score_cutoff=slips)
        return word if found is None else self._by_fold[found[0]]

    def correct_all(self, words: Sequence[str]) -> list[str]:
        """Each of `words`, corrected."""
        return [self.correct(word) for word in words]
