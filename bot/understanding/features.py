"""Messages as numbers: characters, words and lemmas, each weighted by how telling it is (TF-IDF)."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import simplemma
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer

from bot.core.language import LANGUAGES, Language
from bot.core.text import fold, normalise, words


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


def forget_dropped(vectorizer: TfidfVectorizer) -> None:
    """Drop scikit-learn's list of the features that were too rare: hundreds of megabytes that nothing reads."""
    vectorizer.stop_words_ = None


def _characters() -> TfidfVectorizer:
    return TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 6), min_df=3, sublinear_tf=True, lowercase=False)


def _word_runs(longest: int) -> TfidfVectorizer:
    return TfidfVectorizer(token_pattern=r"\S+", ngram_range=(1, longest), min_df=2, sublinear_tf=True, lowercase=False)


@dataclass
class MessageFeatures:
    """Three views of a message side by side: characters 2–6, words 1–3, lemmas 1–2.

    The character view is folded (ä → a), so a phone without dots reads the same; the word view keeps them.
    """

    _characters: TfidfVectorizer = field(default_factory=_characters)
    _words: TfidfVectorizer = field(default_factory=lambda: _word_runs(3))
    _lemmas: TfidfVectorizer = field(default_factory=lambda: _word_runs(2))

    def fit(self, readings: Sequence[Reading]) -> "MessageFeatures":
        """Learn the vocabulary and the weights from `readings`."""
        self._characters.fit([fold(r.text) for r in readings])
        self._words.fit([" ".join(r.tokens) for r in readings])
        self._lemmas.fit([" ".join(lemmas(r)) for r in readings])
        for view in (self._characters, self._words, self._lemmas):
            forget_dropped(view)
        return self

    def transform(self, readings: Sequence[Reading]) -> csr_matrix:
        """Features of shape (messages, features), float32, sparse; an empty text is a row of zeros."""
        views = hstack(
            [
                self._characters.transform([fold(r.text) for r in readings]),
                self._words.transform([" ".join(r.tokens) for r in readings]),
                self._lemmas.transform([" ".join(lemmas(r)) for r in readings]),
            ],
            format="csr",
        )
        return csr_matrix(views, dtype=np.float32)
