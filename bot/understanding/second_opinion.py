"""The sentence encoder's opinion, weighed against that of the character, word and lemma features."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import log_softmax
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_predict

_SHRINKAGE: Final = 0.01
"""LogisticRegression's C: the columns of the encoder of our own are log probabilities already. 0.1 is the same within
half a point."""
_FOLDS: Final = 3
_SEED: Final = 20261120
_START: Final = (0.8, 0.4)
_MOST: Final = 2.0
"""No opinion weighs more: a few messages that are all told apart would make any of them certain."""
_LEAST_SPREAD: Final = 1e-6
"""A column that says the same of every message says nothing."""

Floats = NDArray[np.float64]
Columns = NDArray[np.float32]
"""Shape (messages, columns): what the encoder says of each message."""


@dataclass(frozen=True)
class SecondOpinion:
    """Log odds of the encoder's columns, and how much both opinions weigh: fitted on messages unseen by either."""

    _weights: Floats
    """Shape (columns, answer ids)."""
    _bias: Floats
    _first: float
    """The weight of the features' log probabilities; about 0.9."""
    _second: float
    """The weight of the encoder's; about 0.3, and 0 where it has nothing to add."""

    @classmethod
    def fit(cls, first: Floats, columns: Columns, labels: NDArray[np.str_]) -> "SecondOpinion":
        """`first`: log odds by the features, shape (messages, answer ids in sorted order); `labels`: one each."""
        mean, spread = columns.mean(axis=0), np.maximum(columns.std(axis=0), _LEAST_SPREAD)
        level = (columns - mean) / spread
        _, numbers, counts = np.unique(labels, return_inverse=True, return_counts=True)
        splitter = StratifiedKFold(min(_FOLDS, int(counts.min())), shuffle=True, random_state=_SEED)
        second = cross_val_predict(_regression(), level, labels, cv=splitter, method="predict_log_proba")
        first, second = log_softmax(first, axis=1), np.maximum(second, np.log(_LEAST_SPREAD))
        rows = np.arange(len(numbers))

        def surprise(shares: Floats) -> float:
            together = log_softmax(shares[0] * first + shares[1] * second, axis=1)
            return -float(together[rows, numbers].mean())

        options = {"xatol": 0.01, "fatol": 1e-5}
        found = minimize(surprise, _START, method="Nelder-Mead", bounds=[(0, _MOST)] * 2, options=options).x
        fitted = _regression().fit(level, labels)
        weights = (fitted.coef_ / spread).T
        return cls(weights, fitted.intercept_ - mean @ weights, float(found[0]), float(found[1]))

    def weigh(self, first: Floats, columns: Columns) -> Floats:
        """Log odds of both opinions together, shape (messages, answer ids)."""
        second = columns @ self._weights + self._bias
        both: Floats = self._first * log_softmax(first, axis=1) + self._second * log_softmax(second, axis=1)
        return both


def _regression() -> LogisticRegression:
    return LogisticRegression(C=_SHRINKAGE, max_iter=300)
