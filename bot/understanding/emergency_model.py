"""Danger going on now, in any wording: a model of its own that looks before everything else."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.sparse import csr_matrix
from scipy.special import expit
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from sklearn.svm import LinearSVC

from bot.understanding.tfidf import Floats

_FOLDS: Final = 5
_SEED: Final = 20261120


@dataclass(frozen=True)
class EmergencyModel:
    """The probability that somebody is in danger now: a linear score, made a probability by a logistic curve."""

    _weights: Floats
    """Shape (features,)."""
    _bias: float
    _slope: float
    _offset: float

    @classmethod
    def fit(cls, features: csr_matrix, is_emergency: Sequence[bool]) -> "EmergencyModel":
        """Learn from `features` (messages × features); what only sounds like danger (past, imagined, figurative) is
        on the other side. The curve is fitted on scores of messages that the linear model had not seen."""
        labels = np.asarray(is_emergency)
        folds = min(_FOLDS, int(labels.sum()), int((~labels).sum()))
        splitter = StratifiedKFold(folds, shuffle=True, random_state=_SEED)
        unseen = cross_val_predict(_classifier(), features, labels, cv=splitter, method="decision_function")
        curve = LogisticRegression(C=1e3).fit(unseen[:, None], labels)
        linear = _classifier().fit(features, labels)
        return cls(
            linear.coef_[0].astype(np.float32),
            float(linear.intercept_[0]),
            float(curve.coef_[0, 0]),
            float(curve.intercept_[0]),
        )

    def probabilities(self, features: csr_matrix) -> Floats:
        """How likely it is that each message tells of danger going on now, shape (messages,); 0 for an empty one."""
        scores = features @ self._weights + self._bias
        chances: Floats = expit(self._slope * scores + self._offset)
        return np.where(features.getnnz(axis=1) > 0, chances, 0.0)


def _classifier() -> LinearSVC:
    return LinearSVC(C=1.0, class_weight="balanced", random_state=_SEED)
