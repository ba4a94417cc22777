"""What is counted, over which messages."""

from collections.abc import Sequence

import pytest

from bot.evaluation.scores import Judged, percentile, score
from tests.unit.evaluation.cases import A, B, judged

OUT = "out_of_scope"
LANGUAGE = "not_supported_language"


def test_right_offered_wrong_and_missed_are_over_what_is_in_scope() -> None:
    inside = [judged(A, A), judged(A, "clarify", options=(A, B)), judged(A, B), judged(A, OUT)]
    s = score([*inside, judged(OUT, OUT), judged(OUT, A)])
    assert (s.messages, s.right, s.offered, s.wrong, s.missed, s.kept_out) == (6, 0.25, 0.25, 0.25, 0.25, 0.5)


@pytest.mark.parametrize(
    ("some", "kept", "traps"),
    [
        pytest.param([judged(OUT, OUT), judged(OUT, A)], 0.5, None, id="no trap"),
        pytest.param([judged(OUT, OUT), judged(OUT, A, trap=True)], 0.5, 0.0, id="one fell"),
        pytest.param([judged(OUT, A), judged(OUT, OUT, trap=True)], 0.5, 1.0, id="one held"),
        pytest.param([judged(OUT, "clarify", trap=True)], 0.0, 0.0, id="asking back does not count"),
        pytest.param([judged(A, A, trap=True)], None, None, id="a trap is out of scope, or it is none"),
    ],
)
def test_traps_are_a_part_of_what_is_kept_out(some: Sequence[Judged], kept: float | None, traps: float | None) -> None:
    assert (score(some).kept_out, score(some).traps_kept_out) == (kept, traps)


def test_did_you_mean_is_measured_over_all_that_was_asked_back_and_over_what_is_in_scope() -> None:
    held, other = judged(A, "clarify", options=(A, B)), judged("greet", "clarify", options=(A, B))
    outside = judged(OUT, "clarify", options=(A, B))
    s = score([held, held, other, outside, judged(A, A)])
    assert (s.asked_back, s.meant, s.meant_inside) == (4, 2 / 4, 2 / 3)
    assert (score([outside]).meant, score([outside]).meant_inside) == (0.0, None)
    assert (score([judged(A, A)]).asked_back, score([judged(A, A)]).meant) == (0, None)


def test_emergencies_are_caught_and_false_alarms_counted() -> None:
    s = score([judged("emergency", "emergency"), judged("emergency", A), judged(A, "emergency")])
    assert (s.caught, s.false_alarms) == (0.5, 1)


def test_cross_validation_has_neither_language_nor_time() -> None:
    s = score([judged(A, A, whole=False)])
    assert (s.language, s.p50_ms, s.p95_ms) == (None, None, None)
    s = score([judged(A, A, ms=5.0), judged(A, A, ms=7.0), judged(LANGUAGE, LANGUAGE, ms=9.0)])
    assert (s.language, s.p50_ms, s.p95_ms) == (1.0, 7.0, 9.0)


@pytest.mark.parametrize(
    ("values", "share", "found"),
    [
        ([], 0.5, None),
        ([3.0], 0.95, 3.0),
        ([4.0, 1.0, 3.0, 2.0], 0.5, 2.0),
        ([float(n) for n in range(1, 101)], 0.95, 95.0),
        ([float(n) for n in range(1, 21)], 0.95, 19.0),
        ([1.0, 2.0], 0.0, 1.0),
    ],
)
def test_a_percentile_is_one_of_the_values(values: list[float], share: float, found: float | None) -> None:
    assert percentile(values, share) == found
