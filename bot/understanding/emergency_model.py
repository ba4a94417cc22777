"""Danger going on now, in any wording: a model of its own that looks before everything else."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from sklearn.calibration import CalibratedClassifierCV
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.pipeline import FeatureUnion, Pipeline
from sklearn.svm import LinearSVC

from bot.core.text import fold, normalise
from bot.understanding.features import forget_dropped

_SEED: Final = 20261120


@dataclass(frozen=True)
class EmergencyModel:
    """The probability that somebody is in danger now."""

    _classifier: Pipeline

    @classmethod
    def fit(cls, texts: Sequence[str], is_emergency: Sequence[bool]) -> "EmergencyModel":
        """Learn from `texts`; what only sounds like danger (past, imagined, figurative) is on the other side."""
        characters = TfidfVectorizer(
            analyzer="char_wb", ngram_range=(2, 5), min_df=2, sublinear_tf=True, lowercase=False
        )
        word_runs = TfidfVectorizer(token_pattern=r"\w+", ngram_range=(1, 2), sublinear_tf=True, lowercase=False)
        folds = min(5, sum(is_emergency), len(is_emergency) - sum(is_emergency))
        linear = LinearSVC(C=1.0, class_weight="balanced", random_state=_SEED)
        classifier = Pipeline(
            [
                ("features", FeatureUnion([("characters", characters), ("words", word_runs)])),
                ("classifier", CalibratedClassifierCV(linear, cv=folds, ensemble=False)),
            ]
        )
        classifier.fit([_seen(t) for t in texts], np.asarray(is_emergency))
        for view in (characters, word_runs):
            forget_dropped(view)
        return cls(classifier)

    def probability(self, text: str) -> float:
        """How likely it is that `text` tells of danger going on now; 0 for an empty text."""
        seen = _seen(text)
        return float(self._classifier.predict_proba([seen])[0, 1]) if seen else 0.0


def _seen(text: str) -> str:
    return fold(normalise(text))
