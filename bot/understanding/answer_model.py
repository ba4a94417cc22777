"""One calibrated decision over all answer ids: linear scores, and a second stage that turns them into probabilities."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.special import softmax
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from sklearn.svm import LinearSVC

from bot.understanding.second_opinion import Columns, SecondOpinion

_FOLDS: Final = 5
_SEED: Final = 20261120
_REGULARISATION: Final = 0.5
"""LinearSVC's C: by cross-validation on the training messages; 0.2 and 1 are within half a point."""

_SHRINKAGE: Final = 0.1
"""LogisticRegression's C of the second stage: stronger shrinkage keeps more out of scope, weaker answers more."""

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class AnswerModel:
    """Two stages: linear scores for each answer id, then a logistic regression that reads all scores together.

    The second stage is fitted on scores of messages that the first had not seen, so it learns how far scores can be
    trusted, which ids are taken for each other, and what the scores of a question outside the FAQ look like. The
    opinion of a sentence encoder, where there is one, is weighed in last (`SecondOpinion`).
    """

    answer_ids: tuple[str, ...]
    _weights: NDArray[np.float32]
    """Shape (features, answer ids)."""
    _bias: NDArray[np.float32]
    _calibration: Floats
    """Shape (answer ids, answer ids): scores → log odds."""
    _offset: Floats
    """Shape (answer ids,)."""
    _opinion: SecondOpinion | None = None

    @classmethod
    def fit(cls, features: csr_matrix, answer_ids: Sequence[str], columns: Columns | None = None) -> "AnswerModel":
        """Train on `features` (messages × features), one answer id a message; needs three ids, each twice or more.

        `columns` (messages × columns): what an encoder says of each message that had not seen it.
        """
        labels = np.asarray(answer_ids)
        names, counts = np.unique(labels, return_counts=True)
        scores = out_of_fold_scores(features, labels, min(_FOLDS, int(counts.min())))
        mean, spread = scores.mean(axis=0), scores.std(axis=0)
        second = LogisticRegression(C=_SHRINKAGE, max_iter=500).fit((scores - mean) / spread, labels)
        calibration = (second.coef_ / spread).T
        offset = second.intercept_ - mean @ calibration
        first = _classifier().fit(features, labels)
        return cls(
            answer_ids=tuple(str(name) for name in names),
            _weights=np.ascontiguousarray(first.coef_.T, np.float32),
            _bias=first.intercept_.astype(np.float32),
            _calibration=calibration,
            _offset=offset,
            _opinion=None if columns is None else SecondOpinion.fit(scores @ calibration + offset, columns, labels),
        )

    def probabilities(self, features: csr_matrix, columns: Columns | None = None) -> Floats:
        """Shape (messages, answer ids), rows sum to 1; the order is `answer_ids`.

        `columns` (messages × columns): what the encoder says; left out where it says nothing of them.
        """
        scores = features @ self._weights + self._bias
        odds: Floats = scores @ self._calibration + self._offset
        if self._opinion is not None and columns is not None:
            odds = self._opinion.weigh(odds, columns)
        chances: Floats = softmax(odds, axis=1)
        return chances


def out_of_fold_scores(features: csr_matrix, labels: NDArray[np.str_], folds: int = _FOLDS) -> Floats:
    """Scores of each message by a model that did not see it; shape (messages, answer ids in sorted order)."""
    splitter = StratifiedKFold(folds, shuffle=True, random_state=_SEED)
    scores: Floats = cross_val_predict(_classifier(), features, labels, cv=splitter, method="decision_function")
    return scores


def _classifier() -> LinearSVC:
    return LinearSVC(C=_REGULARISATION, random_state=_SEED)
