"""Bins and the calibration error, computed by hand."""

import random
from dataclasses import astuple
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.evaluation.calibration import bins, calibration_error, decisions, expected_calibration_error
from bot.evaluation.scores import Judged
from tests.unit.evaluation.cases import A, B, judged

Made = list[tuple[float, bool]]


def made(confidence: float, right: int, of: int) -> Made:
    return [(confidence, number < right) for number in range(of)]


def test_who_is_right_as_often_as_confident_has_no_calibration_error() -> None:
    perfect = made(0.25, 10, 40) + made(0.5, 20, 40) + made(1.0, 40, 40)
    assert calibration_error(bins(perfect)) == pytest.approx(0.0)


def test_who_is_always_certain_and_never_right_has_the_calibration_error_1() -> None:
    assert calibration_error(bins(made(1.0, 0, 200))) == 1.0


@pytest.mark.parametrize(
    ("some", "error"),
    [
        pytest.param(made(0.9, 50, 100), 0.4, id="too sure"),
        pytest.param(made(0.5, 90, 100), 0.4, id="not sure enough"),
        pytest.param(made(0.9, 10, 20) + made(0.6, 36, 60), 0.4 / 4, id="a bin weighs by its messages"),
        pytest.param(made(0.2, 20, 40) + made(0.8, 20, 40), 0.3, id="too sure and not sure enough do not cancel out"),
        pytest.param([], 0.0, id="nothing"),
    ],
)
def test_the_calibration_error_is_the_mean_distance_of_confidence_and_share_right(some: Made, error: float) -> None:
    assert calibration_error(bins(some)) == pytest.approx(error)


def test_bins_hold_about_equally_many_the_least_confident_first() -> None:
    found = bins([(number / 100, number >= 50) for number in range(100)])
    assert [b.messages for b in found] == [20] * 5
    assert astuple(found[0]) == pytest.approx((0.0, 0.19, 0.095, 0.0, 20))
    assert [b.right for b in found] == [0.0, 0.0, 0.5, 1.0, 1.0]


@pytest.mark.parametrize(("messages", "wanted"), [(1, 1), (39, 1), (40, 2), (199, 9), (200, 10), (5000, 10)])
def test_there_are_ten_bins_or_as_many_as_twenty_messages_each_allow(messages: int, wanted: int) -> None:
    assert len(bins([(number / messages, True) for number in range(messages)])) == wanted


def test_equal_confidences_stay_in_one_bin() -> None:
    found = bins([*made(0.1, 0, 10), *made(0.5, 30, 60), *made(0.9, 9, 10)])
    assert [(b.lowest, b.highest, b.messages) for b in found] == [(0.1, 0.5, 70), (0.9, 0.9, 10)]


@given(st.lists(st.tuples(st.sampled_from([0.0, 0.1, 0.5, 0.9, 1.0]), st.booleans()), max_size=300), st.randoms())
def test_bins_hold_every_decision_once_whatever_the_order(some: Made, chance: random.Random) -> None:
    found = bins(some)
    assert sum(b.messages for b in found) == len(some)
    assert all(before.highest < after.lowest for before, after in pairwise(found))
    assert 0.0 <= calibration_error(found) <= 1.0
    chance.shuffle(some)
    assert bins(some) == found


@pytest.mark.parametrize(
    ("one", "is_right"),
    [
        (judged(A, A), True),
        (judged(A, B), False),
        (judged(A, "clarify", options=(B, A)), True),
        (judged(A, "clarify", options=(B, "moving/notify")), False),
        (judged("out_of_scope", "out_of_scope"), True),
        (judged(A, "out_of_scope"), False),
        (judged("out_of_scope", "clarify", options=(A, B)), False),
    ],
)
def test_a_decision_is_right_where_it_gave_or_offered_the_expected_answer(one: Judged, is_right: bool) -> None:
    assert decisions([one]) == [(0.9, is_right)]


def test_what_no_probability_decided_is_not_counted() -> None:
    language = judged("not_supported_language", "not_supported_language", confidence=1.0)
    no_word = judged("out_of_scope", "out_of_scope", confidence=1.0, ranking=())
    assert decisions([language, no_word]) == []


def test_of_fewer_than_a_hundred_messages_no_calibration_error_is_given() -> None:
    assert expected_calibration_error([judged(A, A)] * 99) is None
    assert expected_calibration_error([judged(A, A)] * 100) == pytest.approx(0.1)
