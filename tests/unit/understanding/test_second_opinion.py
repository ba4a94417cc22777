"""A second opinion counts as much as it was right on messages that it had not seen."""

import numpy as np
import pytest
from numpy.typing import NDArray

from bot.understanding.second_opinion import SecondOpinion

IDS = np.array(["a", "b", "c"])
Floats = NDArray[np.float64]


def opinions(*, skill: float, seed: int) -> tuple[NDArray[np.str_], Floats]:
    """600 labels, and log odds that point to them the better, the higher `skill`."""
    labels = np.random.default_rng(0).integers(3, size=600)
    odds = np.random.default_rng(seed).normal(size=(600, 3))
    odds[np.arange(600), labels] += skill
    return IDS[labels], odds


def share_right(odds: Floats, labels: NDArray[np.str_]) -> float:
    return float((IDS[odds.argmax(axis=1)] == labels).mean())


def test_a_good_second_opinion_mends_the_first() -> None:
    labels, first = opinions(skill=1.0, seed=1)
    _, second = opinions(skill=1.5, seed=2)
    both = SecondOpinion.fit(first, second.astype(np.float32), labels).weigh(first, second.astype(np.float32))
    assert share_right(both, labels) > share_right(first, labels) + 0.05


def test_a_second_opinion_from_chance_changes_next_to_nothing() -> None:
    labels, first = opinions(skill=2.0, seed=1)
    _, second = opinions(skill=0.0, seed=2)
    both = SecondOpinion.fit(first, second.astype(np.float32), labels).weigh(first, second.astype(np.float32))
    assert share_right(both, labels) >= share_right(first, labels) - 0.01


@pytest.mark.parametrize("columns", [1, 3, 8])
def test_it_may_have_any_number_of_columns_also_such_that_say_the_same_of_all(columns: int) -> None:
    labels, first = opinions(skill=1.0, seed=1)
    second = np.zeros((600, columns), np.float32)
    both = SecondOpinion.fit(first, second, labels).weigh(first, second)
    assert both.shape == first.shape
    assert np.isfinite(both).all()


def test_fitting_twice_gives_the_same() -> None:
    labels, first = opinions(skill=1.0, seed=1)
    second = opinions(skill=1.0, seed=2)[1].astype(np.float32)
    one, two = (SecondOpinion.fit(first, second, labels).weigh(first, second) for _ in range(2))
    assert np.array_equal(one, two)
