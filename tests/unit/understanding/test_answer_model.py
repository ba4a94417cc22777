"""One honest probability for each answer id."""

import pickle
from collections.abc import Sequence

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from bot.core.language import Language
from bot.understanding.answer_model import AnswerModel, out_of_fold_scores
from bot.understanding.features import MessageFeatures, read
from tests.unit.understanding.conftest import Example


@pytest.fixture(scope="module")
def model(rows: csr_matrix, examples: Sequence[Example]) -> AnswerModel:
    return AnswerModel.fit(rows, [e.answer for e in examples])


def test_the_answer_ids_are_those_it_was_trained_on_in_order(model: AnswerModel, examples: Sequence[Example]) -> None:
    assert model.answer_ids == tuple(sorted({e.answer for e in examples}))


def test_the_probabilities_of_a_message_sum_to_one(model: AnswerModel, rows: csr_matrix) -> None:
    chances = model.probabilities(rows)
    assert chances.shape == (rows.shape[0], len(model.answer_ids))
    assert np.allclose(chances.sum(axis=1), 1)
    assert (chances >= 0).all()


def test_nothing_written_has_probabilities_too(model: AnswerModel, features: MessageFeatures) -> None:
    chances = model.probabilities(features.transform([read("", "fi")]))
    assert np.isfinite(chances).all()
    assert np.allclose(chances.sum(), 1)


@pytest.mark.parametrize(
    ("text", "language", "answer"),
    [
        ("saanko avaimet takaisin", "fi", "keys/after_contract"),
        ("får jag mina nycklar", "sv", "keys/after_contract"),
        ("missä laskut ovat", "fi", "billing/where_and_how"),
        ("var är fakturorna", "sv", "billing/where_and_how"),
        ("sataako huomenna", "fi", "out_of_scope"),
        ("regnar det i morgon", "sv", "out_of_scope"),
    ],
)
def test_a_message_it_has_not_seen_is_likeliest_what_it_asks(
    model: AnswerModel, features: MessageFeatures, text: str, language: Language, answer: str
) -> None:
    chances = model.probabilities(features.transform([read(text, language)]))[0]
    assert model.answer_ids[int(chances.argmax())] == answer


def test_the_calibration_keeps_what_the_scores_say(model: AnswerModel, rows: csr_matrix) -> None:
    """Higher scores of an id make it likelier: the second stage is no noise."""
    chances = model.probabilities(rows)
    assert chances.max(axis=1).mean() > 1 / len(model.answer_ids)


def test_the_probabilities_are_the_same_after_the_model_is_stored(model: AnswerModel, rows: csr_matrix) -> None:
    restored = pickle.loads(pickle.dumps(model))
    assert restored.answer_ids == model.answer_ids
    assert np.array_equal(restored.probabilities(rows), model.probabilities(rows))


def test_training_twice_gives_the_same_model(model: AnswerModel, rows: csr_matrix, examples: Sequence[Example]) -> None:
    again = AnswerModel.fit(rows, [e.answer for e in examples])
    assert np.allclose(again.probabilities(rows), model.probabilities(rows), atol=1e-6)


def test_each_message_is_scored_by_a_model_that_did_not_see_it(rows: csr_matrix, examples: Sequence[Example]) -> None:
    """Labels that mean nothing can't be guessed by a model that has not seen them."""
    labels = np.asarray([e.answer for e in examples])
    shuffled = np.random.default_rng(3).permutation(labels)
    scores = out_of_fold_scores(rows, shuffled, folds=4)
    names = np.unique(labels)
    assert scores.shape == (len(labels), len(names))
    assert (names[scores.argmax(axis=1)] == shuffled).mean() < 0.7


def test_a_second_opinion_is_heard_where_it_is_given(rows: csr_matrix, examples: Sequence[Example]) -> None:
    """An encoder that always knows makes the right id likelier; without its columns the features speak alone."""
    answers = [e.answer for e in examples]
    names = sorted(set(answers))
    columns = np.array([[0.0 if name == answer else -5.0 for name in names] for answer in answers], np.float32)
    alone, both = AnswerModel.fit(rows, answers), AnswerModel.fit(rows, answers, columns)
    right = [names.index(answer) for answer in answers]
    places = np.arange(len(right))
    assert both.probabilities(rows, columns)[places, right].mean() > alone.probabilities(rows)[places, right].mean()
    assert np.allclose(both.probabilities(rows), alone.probabilities(rows))
