"""Risk and coverage: how many messages are answered plainly, and how many of those wrongly, threshold by threshold."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from bot.evaluation.scores import Judged
from bot.model.understand import Understood
from bot.understanding.decision import EMERGENCY, Thresholds, decide


@dataclass(frozen=True)
class Point:
    """What one value of the `answer` threshold does; shares from 0 to 1."""

    threshold: float
    coverage: float
    """The share of messages that is answered plainly."""
    risk: float
    """The share of those that is wrong; 0 where there is none."""


def curve(judged: Sequence[Judged], thresholds: Thresholds) -> list[Point]:
    """A point for each threshold at which something changes, the highest threshold first; the other thresholds stay.

    Over the messages that the ranking decides on: what was taken for danger or for another language is left out, for no
    value of `answer` moves it. An out-of-scope message that is answered plainly is wrong.
    """
    decided = [j for j in judged if j.is_weighed and j.found.answer != EMERGENCY]
    # A message that is answered plainly at 0 is so up to its own probability: one pass instead of one a threshold.
    lowest = replace(thresholds, answer=0.0)
    moved = [replace(j, found=_decided_anew(j, lowest)) for j in decided]
    plain = sorted((j for j in moved if j.is_plain), key=lambda j: -j.found.confidence)
    points, answered, wrong = [], 0, 0
    for threshold, alike in groupby(plain, key=lambda j: j.found.confidence):
        for j in alike:
            answered += 1
            wrong += j.is_wrong
        points.append(Point(threshold, answered / len(decided), wrong / answered))
    return points


def working_point(points: Sequence[Point], thresholds: Thresholds) -> Point:
    """Where the curve stands at the threshold in use."""
    reached = [p for p in points if p.threshold >= thresholds.answer]
    return replace(reached[-1] if reached else Point(1.0, 0.0, 0.0), threshold=thresholds.answer)


def area(points: Sequence[Point]) -> float:
    """The area under the curve from coverage 0 to the widest it reaches, by trapezia; the smaller, the better.

    Before the first point the risk is taken to be the first point's.
    """
    total, coverage, risk = 0.0, 0.0, points[0].risk if points else 0.0
    for point in points:
        total += (point.coverage - coverage) * (point.risk + risk) / 2
        coverage, risk = point.coverage, point.risk
    return total


def _decided_anew(judged: Judged, thresholds: Thresholds) -> Understood:
    made = decide(judged.found.ranking, thresholds)
    return replace(judged.found, answer=made.answer, confidence=made.confidence, options=made.options)
