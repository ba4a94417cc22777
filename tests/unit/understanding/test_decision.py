"""From probabilities to one decision: every branch, and both sides of every threshold."""

from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.decision import NOT_OFFERED, Decision, Thresholds, decide, decide_danger, must_caution

EIGHTH: Final = 0.125
T: Final = Thresholds(
    danger=0.5, cry=0.75, answer=0.5, margin=EIGHTH, offer=0.625, out_of_scope=0.25, option=EIGHTH / 2
)
"""Thresholds that floating point holds exactly, so that an edge is an edge."""
A, B, C, D = "bonus/how_to_get", "keys/after_contract", "moving/notify", "app/account"
Ranking = list[tuple[str, float]]


@pytest.mark.parametrize(
    ("ranking", "made"),
    [
        pytest.param([(A, 1.0)], Decision(A, 1.0), id="certain"),
        pytest.param([(A, 0.75), (B, 0.25)], Decision(A, 0.75), id="a clear lead"),
        pytest.param([(A, 0.5), (B, 0.375)], Decision(A, 0.5), id="just likely enough, just far enough ahead"),
        pytest.param([(A, 0.49), (B, 0.3)], Decision("clarify", 0.79, (A, B)), id="not quite likely enough"),
        pytest.param([(A, 0.5), (B, 0.376)], Decision("clarify", 0.876, (A, B)), id="not quite far enough ahead"),
        pytest.param([("greet", 0.75), (B, 0.25)], Decision("greet", 0.75), id="a courtesy"),
        pytest.param([("handover", 0.75), (B, 0.25)], Decision("handover", 0.75), id="a person is asked for"),
    ],
)
def test_the_likeliest_is_answered_where_it_is_likely_and_leads(ranking: Ranking, made: Decision) -> None:
    assert_same(decide(ranking, T), made)


@pytest.mark.parametrize(
    ("ranking", "made"),
    [
        pytest.param([("out_of_scope", 0.9), (A, 0.1)], Decision("out_of_scope", 0.9), id="likeliest"),
        pytest.param(
            [("out_of_scope", 0.2), (A, 0.1), (B, 0.1)], Decision("out_of_scope", 0.2), id="likeliest among unlikely"
        ),
        pytest.param([(A, 0.75), ("out_of_scope", 0.25)], Decision("out_of_scope", 0.25), id="at its threshold"),
        pytest.param([(A, 0.75), ("out_of_scope", 0.24)], Decision(A, 0.75), id="below its threshold"),
        pytest.param([(A, 0.5), ("out_of_scope", 0.24), (B, 0.1)], Decision(A, 0.5), id="it is no rival"),
        pytest.param(
            [(A, 0.4), ("out_of_scope", 0.24), (B, 0.2)],
            Decision("out_of_scope", 0.4),
            id="no option holds enough",
        ),
    ],
)
def test_what_is_out_of_scope_is_passed(ranking: Ranking, made: Decision) -> None:
    assert_same(decide(ranking, T), made)


@pytest.mark.parametrize(
    ("ranking", "made"),
    [
        pytest.param([(A, 0.375), (B, 0.25)], Decision("clarify", 0.625, (A, B)), id="just enough together"),
        pytest.param([(A, 0.375), (B, 0.24)], Decision("out_of_scope", 0.385), id="not quite enough together"),
        pytest.param([(A, 0.4), (B, 0.3), (C, 0.2), (D, 0.1)], Decision("clarify", 0.9, (A, B, C)), id="three at most"),
        pytest.param(
            [(A, 0.4), (B, 0.3), (C, 0.0625)], Decision("clarify", 0.7625, (A, B, C)), id="an option just likely enough"
        ),
        pytest.param([(A, 0.4), (B, 0.3), (C, 0.06)], Decision("clarify", 0.7, (A, B)), id="an option too unlikely"),
        pytest.param(
            [("greet", 0.3), (A, 0.3), ("thanks", 0.1), (B, 0.3)],
            Decision("out_of_scope", 0.4),
            id="courtesies are not offered",
        ),
        pytest.param(
            [("complaint", 0.26), (A, 0.37), (B, 0.37)], Decision("clarify", 0.74, (A, B)), id="a complaint neither"
        ),
        pytest.param([("handover", 0.45), (A, 0.4)], Decision("clarify", 0.85, ("handover", A)), id="a person is"),
        pytest.param([(A, 0.49)], Decision("out_of_scope", 0.51), id="one option is none"),
        pytest.param([("greet", 0.4)], Decision("out_of_scope", 1.0), id="no option at all"),
        pytest.param(
            [("greet", 0.5), ("thanks", 0.45)], Decision("greet", 0.5), id="likely, close, and nothing to offer"
        ),
        pytest.param([(A, 0.5), ("greet", 0.45)], Decision(A, 0.5), id="likely, close to a courtesy"),
    ],
)
def test_an_unclear_message_is_asked_about_or_passed(ranking: Ranking, made: Decision) -> None:
    assert_same(decide(ranking, T), made)


@pytest.mark.parametrize(
    ("danger", "ranked", "words", "is_danger"),
    [
        pytest.param(0.5, 0.5, 3, True, id="both at the threshold"),
        pytest.param(0.49, 0.5, 3, False, id="one just below it"),
        pytest.param(0.9, 0.1, 3, True, id="one as sure as the other is unsure"),
        pytest.param(0.9, 0.09, 3, False, id="one less sure than the other is unsure"),
        pytest.param(0.1, 0.9, 3, True, id="either way round"),
        pytest.param(0.99, 0.0, 3, False, id="one alone is overruled"),
        pytest.param(0.0, 0.0, 3, False, id="no sign of danger"),
        pytest.param(1.0, 1.0, 3, True, id="certain"),
        pytest.param(0.75, 0.75, 2, True, id="two words, sure"),
        pytest.param(0.74, 0.75, 2, False, id="two words, not quite sure"),
        pytest.param(0.74, 0.75, 3, True, id="three words, as sure"),
    ],
)
def test_danger_is_heeded_where_both_models_together_see_it(
    danger: float, ranked: float, words: int, is_danger: bool
) -> None:
    made = decide_danger(danger, [(A, 1.0 - ranked), ("emergency", ranked)], T, words=words)
    assert (made is not None) == is_danger
    assert made is None or made.answer == "emergency"


def test_the_confidence_of_danger_lies_between_both_models() -> None:
    made = decide_danger(0.9, [("emergency", 0.6), (A, 0.4)], T, words=3)
    assert made is not None
    assert 0.6 < made.confidence < 0.9


def test_without_danger_an_emergency_is_neither_answered_nor_offered() -> None:
    assert_same(decide([("emergency", 0.24), (A, 0.6), (B, 0.16)], T), Decision(A, 0.6))
    assert_same(decide([("emergency", 0.2), (A, 0.4), (B, 0.4)], T), Decision("clarify", 0.8, (A, B)))


IDS: Final = [A, B, C, D, "out_of_scope", "emergency", "greet", "handover"]


@st.composite
def rankings(draw: st.DrawFn) -> Ranking:
    """Probabilities over a few ids, likeliest first, sum 1."""
    ids = draw(st.permutations(IDS))
    weights = draw(st.lists(st.integers(1, 100), min_size=len(ids), max_size=len(ids)))
    return sorted(((i, w / sum(weights)) for i, w in zip(ids, weights, strict=True)), key=lambda pair: -pair[1])


@given(rankings())
def test_every_decision_is_well_formed(ranking: Ranking) -> None:
    made = decide(ranking, Thresholds())
    assert 0 <= made.confidence <= 1 + 1e-9
    assert made.answer != "emergency"
    assert (made.answer == "clarify") == bool(made.options)
    assert len(made.options) in (0, 2, 3)
    assert not NOT_OFFERED & set(made.options)
    chance = dict(ranking)
    assert [chance[i] for i in made.options] == sorted((chance[i] for i in made.options), reverse=True)


@pytest.mark.parametrize("name", Thresholds.__dataclass_fields__)
def test_every_threshold_is_a_probability(name: str) -> None:
    assert 0 < getattr(Thresholds(), name) < 1


def assert_same(made: Decision, expected: Decision) -> None:
    assert (made.answer, made.options) == (expected.answer, expected.options)
    assert made.confidence == pytest.approx(expected.confidence)


@pytest.mark.parametrize(
    ("whole", "parts", "caution"),
    [
        pytest.param(0.0, [], "never", id="no danger"),
        pytest.param(0.125, [], "unanswered", id="a little, at its threshold"),
        pytest.param(0.12, [0.74], "never", id="below both thresholds"),
        pytest.param(0.0, [0.1, 0.75], "always", id="one part in danger"),
        pytest.param(0.9, [0.75], "always", id="the whole and a part"),
    ],
)
def test_112_goes_first_where_danger_cannot_be_ruled_out(whole: float, parts: list[float], caution: str) -> None:
    assert must_caution(whole, parts, Thresholds(caution=EIGHTH, danger_in_part=0.75)) == caution
