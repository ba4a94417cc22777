"""Which language a message is in: a small classifier on the training messages themselves."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.special import softmax
from sklearn.linear_model import LogisticRegression

from bot.core.language import Language, MessageLanguage
from bot.core.text import normalise, words
from bot.understanding.tfidf import CharacterGrams, Floats, Row, Tfidf, WordGrams, matrix, side_by_side

_PRIOR: Final = 2.5
"""Log odds that the conversation's (else the page's) language gets before a word is read: about 12 to 1, which one
Finnish or Swedish word outweighs, and a bare name, number or "ok" does not."""
_FEWEST_LETTERS: Final = 3
"""Fewer letters never change the language: "jo", "va" and "mm" are said in both."""
_SHORT: Final = 3
"""A message of so few words is read by its well-known words alone: characters of names and addresses mislead."""
_SHORT_PRIOR: Final = 1.5
"""The same for such a message: one word that is five times likelier in the other language outweighs it."""
_UNKNOWN_PRIOR: Final = 4.5
"""The same for a short message without a well-known word: a name stays, a long word of the other language does not."""
_WELL_KNOWN: Final = 8
"""A word is well known from so many training messages on."""
_FOREIGN_FROM: Final = 0.85
"""A message counts as English or another foreign language only above this probability; below it, the likelier of
Finnish and Swedish is answered. A wrong "I only speak …" is worse than a try."""


@dataclass(frozen=True)
class LanguageModel:
    """Tells Finnish, Swedish, English and others apart."""

    languages: tuple[MessageLanguage, ...]
    _views: tuple[Tfidf, Tfidf]
    """Characters 1–4 and words."""
    _weights: Floats
    """Shape (features, languages)."""
    _bias: Floats
    _leaning: Mapping[str, float]
    """For each well-known word, how much likelier it is in Finnish than in Swedish: log odds, at most 4 either way."""

    @classmethod
    def fit(cls, texts: Sequence[str], languages: Sequence[MessageLanguage]) -> "LanguageModel":
        """Learn from `texts`, one language each."""
        read = [_letters(text) for text in texts]
        views = Tfidf(CharacterGrams(1, 4), at_least=2).fit(read), Tfidf(WordGrams(1)).fit(read)
        features = matrix([_row(views, text) for text in read], sum(view.width for view in views))
        classifier = LogisticRegression(C=30, max_iter=300, class_weight="balanced").fit(features, list(languages))
        return cls(
            languages=tuple(classifier.classes_),
            _views=views,
            _weights=np.ascontiguousarray(classifier.coef_.T, np.float32),
            _bias=classifier.intercept_.astype(np.float32),
            _leaning=_leaning(texts, languages),
        )

    def probabilities(self, text: str) -> dict[MessageLanguage, float]:
        """How likely each language is, by the words of `text` alone."""
        row = _row(self._views, _letters(text))
        chances = softmax(row.values @ self._weights[row.indices] + self._bias)
        return {name: float(p) for name, p in zip(self.languages, chances, strict=True)}

    def identify(self, text: str, *, expected: Language) -> MessageLanguage:
        """The language to answer `text` in; `expected` is the conversation's so far, else the page's.

        A text with hardly a letter, and one that could be either, is `expected`. One foreign word never flips it.
        """
        letters = _letters(text)
        if len(letters) < _FEWEST_LETTERS:
            return expected
        if _is_foreign_script(letters):
            return "other"
        found = self.probabilities(text)
        said = letters.split()
        if len(said) > 1:
            for foreign in ("en", "other"):
                if found.get(foreign, 0.0) > _FOREIGN_FROM:
                    return "en" if foreign == "en" else "other"
        odds = float(np.log(found.get("fi", 0.0) + 1e-9) - np.log(found.get("sv", 0.0) + 1e-9))
        if len(said) <= _SHORT:
            known = [self._leaning[word] for word in said if word in self._leaning]
            if known:
                return _lean(sum(known), expected, _SHORT_PRIOR)
            return _lean(odds, expected, _UNKNOWN_PRIOR)
        return _lean(odds, expected, _PRIOR)


def _row(views: tuple[Tfidf, Tfidf], letters: str) -> Row:
    return side_by_side(views, [view.row(letters) for view in views])


def _lean(odds: float, expected: Language, prior: float) -> Language:
    return "fi" if odds + (prior if expected == "fi" else -prior) > 0 else "sv"


def _leaning(texts: Sequence[str], languages: Sequence[MessageLanguage]) -> dict[str, float]:
    counts: dict[MessageLanguage, Counter[str]] = {"fi": Counter(), "sv": Counter()}
    for text, language in zip(texts, languages, strict=True):
        if language in counts:
            counts[language].update(set(_letters(text).split()))
    finnish, swedish = counts["fi"], counts["sv"]
    return {
        word: float(np.clip(np.log((finnish[word] + 0.5) / (swedish[word] + 0.5)), -4, 4))
        for word in finnish.keys() | swedish.keys()
        if finnish[word] + swedish[word] >= _WELL_KNOWN
    }


def _letters(text: str) -> str:
    """The words of `text` without numbers and addresses."""
    return " ".join(w for w in words(normalise(text)) if not w.isdigit())


def _is_foreign_script(letters: str) -> bool:
    """Whether most letters are of another script than the Latin one."""
    alphabetic = [c for c in letters if c.isalpha()]
    return sum(ord(c) > 0x24F for c in alphabetic) * 2 > len(alphabetic)
