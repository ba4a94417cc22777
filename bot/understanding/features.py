"""Messages as numbers: characters, words and lemmas, each weighted by how telling it is (TF-IDF)."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import simplemma
from scipy.sparse import csr_matrix

from bot.core.language import LANGUAGES, Language
from bot.core.text import fold, normalise, words
from bot.understanding.tfidf import CharacterGrams, Row, Tfidf, WordGrams, matrix, side_by_side


@dataclass(frozen=True)
class Reading:
    """One message as the models see it."""

    text: str
    """Normalised text (`bot.core.text.normalise`)."""
    tokens: tuple[str, ...]
    """Its words, lower case, spelling help applied where a word was not known."""
    language: Language


def read(text: str, language: Language, *, tokens: Sequence[str] | None = None) -> Reading:
    """`text` read in `language`; `tokens` where a tokenizer or the spelling help has already found them."""
    normalised = normalise(text)
    return Reading(normalised, tuple(tokens if tokens is not None else words(normalised)), language)


def warm_up() -> None:
    """Load the dictionaries of the base forms now (seconds), so that the first customer does not wait for them."""
    for language in LANGUAGES:
        simplemma.lemmatize("a", lang=language)


def lemmas(reading: Reading) -> list[str]:
    """The base forms of the words, in the message's language, without dots and rings."""
    return [fold(simplemma.lemmatize(token, lang=reading.language).casefold()) for token in reading.tokens]


@dataclass
class MessageFeatures:
    """Three views of a message side by side: characters 2–6, words 1–3, lemmas 1–2.

    The character view is folded (ä → a), so a phone without dots reads the same; the word view keeps them.
    """

    _characters: Tfidf = field(default_factory=lambda: Tfidf(CharacterGrams(2, 6), at_least=3))
    _words: Tfidf = field(default_factory=lambda: Tfidf(WordGrams(3), at_least=2))
    _lemmas: Tfidf = field(default_factory=lambda: Tfidf(WordGrams(2), at_least=2))

    @property
    def width(self) -> int:
        """How many features there are."""
        return sum(view.width for view in self._views)

    def fit(self, readings: Sequence[Reading]) -> "MessageFeatures":
        """Learn the vocabulary and the weights from `readings`."""
        for view, texts in zip(self._views, zip(*map(_texts, readings), strict=True), strict=True):
            view.fit(texts)
        return self

    def row(self, reading: Reading) -> Row:
        """The features of one message; empty for an empty text."""
        rows = [view.row(text) for view, text in zip(self._views, _texts(reading), strict=True)]
        return side_by_side(self._views, rows)

    def transform(self, readings: Sequence[Reading]) -> csr_matrix:
        """Features of shape (messages, `width`), float32, sparse; an empty text is a row of zeros."""
        return matrix([self.row(reading) for reading in readings], self.width)

    @property
    def _views(self) -> tuple[Tfidf, Tfidf, Tfidf]:
        return self._characters, self._words, self._lemmas


def _texts(reading: Reading) -> tuple[str, str, str]:
    return fold(reading.text), " ".join(reading.tokens), " ".join(lemmas(reading))
