"""Which language a message is in: a small classifier on the training messages themselves."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import FeatureUnion, Pipeline

from bot.core.language import Language, MessageLanguage
from bot.core.text import normalise, words
from bot.understanding.features import forget_dropped

_PRIOR: Final = 2.5
"""Log odds that the conversation's (else the page's) language gets before a word is read: about 12 to 1, which one
Finnish or Swedish word outweighs, and a bare name, number or "ok" does not."""
_FOREIGN_FROM: Final = 0.85
"""A message counts as English or another foreign language only above this probability; below it, the likelier of
Finnish and Swedish is answered. A wrong "I only speak …" is worse than a try."""


@dataclass(frozen=True)
class LanguageModel:
    """Tells Finnish, Swedish, English and others apart."""

    _classifier: Pipeline

    @classmethod
    def fit(cls, texts: Sequence[str], languages: Sequence[MessageLanguage]) -> "LanguageModel":
        """Learn from `texts`, one language each."""
        characters = TfidfVectorizer(
            analyzer="char_wb", ngram_range=(1, 4), min_df=2, sublinear_tf=True, lowercase=False
        )
        whole_words = TfidfVectorizer(token_pattern=r"\S+", sublinear_tf=True, lowercase=False)
        classifier = Pipeline(
            [
                ("features", FeatureUnion([("characters", characters), ("words", whole_words)])),
                ("classifier", LogisticRegression(C=30, max_iter=300, class_weight="balanced")),
            ]
        )
        classifier.fit([_letters(t) for t in texts], list(languages))
        for view in (characters, whole_words):
            forget_dropped(view)
        return cls(classifier)

    def probabilities(self, text: str) -> dict[MessageLanguage, float]:
        """How likely each language is, by the words of `text` alone."""
        row = self._classifier.predict_proba([_letters(text)])[0]
        return {name: float(p) for name, p in zip(self._classifier.classes_, row, strict=True)}

    def identify(self, text: str, *, expected: Language) -> MessageLanguage:
        """The language to answer `text` in; `expected` is the conversation's so far, else the page's.

        A text without a letter, and one that could be either, is `expected`. One foreign word never flips it.
        """
        letters = _letters(text)
        if not letters:
            return expected
        if _is_foreign_script(letters):
            return "other"
        found = self.probabilities(text)
        if len(words(letters)) > 1:
            for foreign in ("en", "other"):
                if found.get(foreign, 0.0) > _FOREIGN_FROM:
                    return "en" if foreign == "en" else "other"
        odds = np.log(found.get("fi", 0.0) + 1e-9) - np.log(found.get("sv", 0.0) + 1e-9)
        odds += _PRIOR if expected == "fi" else -_PRIOR
        return "fi" if odds > 0 else "sv"


def _letters(text: str) -> str:
    """The words of `text` without numbers and addresses."""
    return " ".join(w for w in words(normalise(text)) if not w.isdigit())


def _is_foreign_script(letters: str) -> bool:
    """Whether most letters are of another script than the Latin one."""
    alphabetic = [c for c in letters if c.isalpha()]
    return sum(ord(c) > 0x24F for c in alphabetic) * 2 > len(alphabetic)
