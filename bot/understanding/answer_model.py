"""One calibrated decision over all answer ids: a linear model whose scores are turned into honest probabilities."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar
from scipy.sparse import csr_matrix
from scipy.special import logsumexp
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from sklearn.svm import LinearSVC

_FOLDS: Final = 5
_SEED: Final = 20261120
_REGULARISATION: Final = 0.5
"""LinearSVC's C: by cross-validation on the training messages; 0.2 and 1 are within half a point."""

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class AnswerModel:
    """Linear scores for each answer id and the temperature that turns them into probabilities."""

    answer_ids: tuple[str, ...]
    _weights: NDArray[np.float32]
    """Shape (features, answer ids)."""
    _bias: NDArray[np.float32]
    _sharpness: float
    """Scores are multiplied by this before the softmax: fitted on messages that the scores were not trained on."""

    @classmethod
    def fit(cls, features: csr_matrix, answer_ids: Sequence[str]) -> "AnswerModel":
        """Train on `features` (messages × features), one answer id a message; needs two ids or more."""
        labels = np.asarray(answer_ids)
        names, counts = np.unique(labels, return_counts=True)
        classifier = _classifier().fit(features, labels)
        weights, bias = classifier.coef_, classifier.intercept_
        if len(names) == 2:  # scikit-learn keeps one column for two classes
            weights, bias = np.vstack([-weights[0], weights[0]]), np.array([-bias[0], bias[0]])
        folds = min(_FOLDS, int(counts.min()))
        sharpness = _fit_sharpness(out_of_fold_scores(features, labels, folds), labels, names) if folds > 1 else 1.0
        return cls(
            tuple(str(n) for n in names),
            np.ascontiguousarray(weights.T, np.float32),
            bias.astype(np.float32),
            sharpness,
        )

    def probabilities(self, features: csr_matrix) -> Floats:
        """Shape (messages, answer ids), rows sum to 1; the order is `answer_ids`."""
        return _softmax(self._sharpness * (features @ self._weights + self._bias))


def out_of_fold_scores(features: csr_matrix, labels: NDArray[np.str_], folds: int = _FOLDS) -> Floats:
    """Scores of each message by a model that did not see it; shape (messages, answer ids in sorted order)."""
    splitter = StratifiedKFold(folds, shuffle=True, random_state=_SEED)
    scores: Floats = cross_val_predict(_classifier(), features, labels, cv=splitter, method="decision_function")
    return scores if scores.ndim == 2 else np.stack([-scores, scores], axis=1)


def _classifier() -> LinearSVC:
    return LinearSVC(C=_REGULARISATION, random_state=_SEED)


def _softmax(scores: Floats) -> Floats:
    result: Floats = np.exp(scores - logsumexp(scores, axis=1, keepdims=True))
    return result


def _fit_sharpness(scores: Floats, labels: NDArray[np.str_], names: NDArray[np.str_]) -> float:
    """The factor under which the true ids are likeliest (temperature scaling, Guo et al. 2017)."""
    true = np.searchsorted(names, labels)
    rows = np.arange(len(labels))

    def surprise(log_factor: float) -> float:
        scaled = np.exp(log_factor) * scores
        return float(np.mean(logsumexp(scaled, axis=1) - scaled[rows, true]))

    return float(np.exp(minimize_scalar(surprise, bounds=(-2.0, 4.0), method="bounded").x))
