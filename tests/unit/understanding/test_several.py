"""A message asks several things only where each of its parts is sure of another answer."""

from typing import Final

import pytest

from bot.understanding.decision import Thresholds
from bot.understanding.several import several_questions

A, B, C = "bonus/how_to_get", "keys/after_contract", "billing/customer_number"
SURE: Final = 0.9
WHOLE: Final = [(A, 0.5), (B, 0.3), (C, 0.01), ("handover", 0.01), ("greet", 0.01), ("thanks", 0.01)]
Chances = dict[tuple[int, int], tuple[str, float]]


def asked(count: int, chances: Chances) -> tuple[str, ...]:
    rankings = {run: [pair, ("out_of_scope", 1 - pair[1])] for run, pair in chances.items()}
    return several_questions(rankings, count, WHOLE, Thresholds(several=SURE, hint=0.01))


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        pytest.param((A, 0.95), (B, 0.95), (A, B), id="in the order asked"),
        pytest.param((B, 0.95), (A, 0.95), (B, A), id="the other way round"),
        pytest.param((A, SURE), (B, SURE), (A, B), id="just sure enough"),
        pytest.param((A, 0.99), (B, 0.89), (), id="one not sure enough"),
        pytest.param((A, 0.99), (A, 0.99), (), id="the same twice is one question"),
        pytest.param((A, 0.99), ("thanks", 0.99), (), id="thanks are no question"),
        pytest.param(("greet", 0.99), (B, 0.99), (), id="a greeting neither"),
        pytest.param((A, 0.99), ("out_of_scope", 0.99), (), id="what is not known neither"),
        pytest.param((A, 0.99), ("app/account", 0.99), (), id="what the whole does not hint at neither"),
        pytest.param((A, 0.99), ("handover", 0.99), (A, "handover"), id="a person is one"),
    ],
)
def test_two_parts(first: tuple[str, float], second: tuple[str, float], expected: tuple[str, ...]) -> None:
    assert asked(2, {(0, 1): first, (1, 2): second}) == expected


def test_three_questions_go_before_two() -> None:
    chances = {(0, 1): (A, 0.91), (1, 2): (B, 0.91), (2, 3): (C, 0.91), (0, 2): (A, 0.99), (1, 3): (C, 0.99)}
    assert asked(3, chances) == (A, B, C)


def test_the_surer_cut_is_taken() -> None:
    chances = {(0, 1): (A, 0.95), (1, 3): (B, 0.95), (0, 2): (A, 0.92), (2, 3): (C, 0.92), (1, 2): ("greet", 0.9)}
    assert asked(3, chances) == (A, B)


@pytest.mark.parametrize("count", [0, 1])
def test_what_cannot_be_cut_asks_one_thing(count: int) -> None:
    assert asked(count, {}) == ()
