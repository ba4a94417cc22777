"""Calibration: whether a decision made with confidence 0.8 is right eight times in ten. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.evaluation.scores import Judged

_BINS: Final = 10
_FEWEST_IN_A_BIN: Final = 20
FEWEST: Final = 100
"""Below so many messages the calibration error is mostly chance: none is given."""


@dataclass(frozen=True)
class Bin:
    """Messages whose decisions were about equally confident."""

    lowest: float
    highest: float
    confidence: float
    """The mean."""
    right: float
    """The share that was right."""
    messages: int


def decisions(judged: Sequence[Judged]) -> list[tuple[float, bool]]:
    """For each message that probabilities decided on: the decision's confidence, and whether it was right.

    "Did you mean" is right where its options hold the expected answer, "I don't know" where no answer was expected.
    """
    return [(j.found.confidence, j.is_right or j.is_offered) for j in judged if j.is_weighed]


def bins(made: Sequence[tuple[float, bool]]) -> list[Bin]:
    """At most ten bins of about equally many decisions, at least twenty in each, the least confident first.

    Equal confidences are never parted: whoever sorts them would decide what the bins say.
    """
    ordered = sorted(made)
    wanted = max(1, min(_BINS, len(ordered) // _FEWEST_IN_A_BIN))
    found, start = [], 0
    for number in range(1, wanted + 1):
        end = round(number * len(ordered) / wanted)
        while 0 < end < len(ordered) and ordered[end][0] == ordered[end - 1][0]:
            end += 1
        if end > start:
            found.append(_bin(ordered[start:end]))
            start = end
    return found


def calibration_error(of: Sequence[Bin]) -> float:
    """The expected calibration error (ECE): the distance of confidence and share right, a message weighing the same
    in whatever bin; 0 is perfect, 1 is always certain and never right."""
    messages = sum(b.messages for b in of)
    return sum(b.messages * abs(b.confidence - b.right) for b in of) / messages if messages else 0.0


def expected_calibration_error(judged: Sequence[Judged]) -> float | None:
    """The ECE of `judged`; None where there are fewer than `FEWEST` messages."""
    made = decisions(judged)
    return calibration_error(bins(made)) if len(made) >= FEWEST else None


def _bin(made: Sequence[tuple[float, bool]]) -> Bin:
    confidences = [confidence for confidence, _ in made]
    return Bin(
        lowest=confidences[0],
        highest=confidences[-1],
        confidence=sum(confidences) / len(made),
        right=sum(is_right for _, is_right in made) / len(made),
        messages=len(made),
    )
