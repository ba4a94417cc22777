"""The risk-coverage curve, computed by hand and against the decision itself."""

from dataclasses import astuple, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.evaluation.risk import Point, area, curve, working_point
from bot.evaluation.scores import Judged
from bot.understanding.decision import Thresholds, decide
from tests.unit.evaluation.cases import A, B, judged, ranked

T = Thresholds(answer=0.5, margin=0.125, offer=0.75, out_of_scope=0.5)
FIVE = [
    ranked(A, (A, 0.9), (B, 0.1)),
    ranked(A, (A, 0.8), (B, 0.2)),
    ranked(A, (B, 0.6), (A, 0.2)),
    ranked("out_of_scope", (A, 0.4), (B, 0.2)),
    ranked(A, ("out_of_scope", 0.6), (A, 0.4)),
]
"""Right, right, wrong, wrong from below the threshold in use, and one that is out of scope at every threshold."""


def test_each_threshold_shows_how_many_are_answered_and_how_many_of_those_wrongly() -> None:
    found = curve(FIVE, T)
    assert [p.threshold for p in found] == [0.9, 0.8, 0.6, 0.4]
    assert [p.coverage for p in found] == pytest.approx([0.2, 0.4, 0.6, 0.8])
    assert [p.risk for p in found] == pytest.approx([0, 0, 1 / 3, 2 / 4])


def test_the_working_point_is_the_curve_at_the_threshold_in_use() -> None:
    found = working_point(curve(FIVE, T), T)
    assert astuple(found) == pytest.approx((0.5, 0.6, 1 / 3))
    assert working_point(curve(FIVE, T), replace(T, answer=0.95)) == Point(0.95, 0.0, 0.0)


def test_the_area_lies_under_the_straight_lines_between_the_points() -> None:
    assert area(curve(FIVE, T)) == pytest.approx(0.2 * (1 / 3) / 2 + 0.2 * (1 / 3 + 1 / 2) / 2)


@pytest.mark.parametrize(
    ("points", "under"),
    [
        pytest.param([], 0.0, id="nothing is answered"),
        pytest.param([Point(0.9, 1.0, 0.25)], 0.25, id="one point, from coverage 0 on"),
        pytest.param([Point(0.9, 0.5, 0.0), Point(0.4, 1.0, 0.0)], 0.0, id="nothing is wrong"),
        pytest.param([Point(0.9, 0.5, 1.0), Point(0.4, 1.0, 1.0)], 1.0, id="everything is wrong"),
    ],
)
def test_the_area(points: list[Point], under: float) -> None:
    assert area(points) == pytest.approx(under)


def test_equally_likely_answers_make_one_point_whatever_their_order() -> None:
    wrong, right = ranked(A, (B, 0.8)), ranked(A, (A, 0.8))
    assert curve([wrong, right], T) == curve([right, wrong], T) == [Point(0.8, 1.0, 0.5)]


def test_what_was_taken_for_danger_or_another_language_is_left_out() -> None:
    before = [judged(A, "emergency"), judged(A, "not_supported_language"), judged(A, "out_of_scope", ranking=())]
    assert curve(FIVE + before, T) == curve(FIVE, T)
    assert curve(before, T) == []


IDS = [A, B, "moving/notify", "app/account", "out_of_scope", "greet"]


@st.composite
def messages(draw: st.DrawFn) -> list[Judged]:
    """Up to ten messages, each with a ranking that sums to 1."""
    found = []
    for _ in range(draw(st.integers(1, 10))):
        weights = draw(st.lists(st.integers(1, 30), min_size=len(IDS), max_size=len(IDS)))
        ranking = sorted(((i, w / sum(weights)) for i, w in zip(IDS, weights, strict=True)), key=lambda p: -p[1])
        found.append(ranked(draw(st.sampled_from(IDS)), *ranking))
    return found


@given(messages(), st.floats(0, 1))
def test_the_curve_agrees_with_the_decision_at_every_threshold(some: list[Judged], threshold: float) -> None:
    """Whoever changes `decide` so that a higher threshold answers more must change the curve."""
    thresholds = replace(T, answer=threshold)
    made = [decide(j.found.ranking, thresholds).answer for j in some]
    plain = [(j, answer) for j, answer in zip(some, made, strict=True) if answer not in ("out_of_scope", "clarify")]
    at = working_point(curve(some, T), thresholds)
    assert at.coverage == pytest.approx(len(plain) / len(some))
    assert at.risk == pytest.approx(sum(j.asked.expect != a for j, a in plain) / len(plain) if plain else 0)
