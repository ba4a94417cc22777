"""From probabilities to what the assistant does: answer, ask which was meant, or say that it doesn't know. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import prod, sqrt
from typing import Final, Literal

EMERGENCY: Final = "emergency"
OUT_OF_SCOPE: Final = "out_of_scope"
CLARIFY: Final = "clarify"
STRICT: Final = frozenset({"cancel_contract", "contract_end_date"})
"""Taken up by mistake, these would begin to end a contract or name a wrong day."""
_CRY_WORDS: Final = 2
_SMALLEST: Final = 1e-4
NOT_OFFERED: Final = frozenset({OUT_OF_SCOPE, EMERGENCY, "greet", "thanks", "goodbye", "bot_challenge", "complaint"})
"""What "did you mean" never offers: it offers questions, not courtesies."""

Caution = Literal["never", "unanswered", "always"]
"""Whether a line about 112 goes before what is said: never, where there is no answer, or always."""


@dataclass(frozen=True)
class Thresholds:
    """When to answer, to ask and to pass: probabilities from 0 to 1, chosen in docs/evaluation.md."""

    danger: float = 0.5
    """From this probability of danger on, 112 goes before everything else. Lower: more caught, more false alarms."""
    cry: float = 0.7
    """The same for a message of one or two words: "apua" is above 0.9, "mies" and "ja", which stand in many tales of
    danger, are below."""
    caution: float = 0.10
    """From this probability of danger on, a message that gets no answer gets a line about 112 before "I don't know".
    In cross-validation that reaches 63 % of the emergencies that are missed, and 1.7 % of all other messages."""
    danger_in_part: float = 0.80
    """From this probability of danger on in a part of a message, the line about 112 goes before any answer ("where are
    my invoices, wait, the kitchen is on fire"): of 1,544 messages of the evaluation sets, 17 calm ones see it."""
    answer: float = 0.40
    """From here on the likeliest answer is given; below it the assistant asks or passes."""
    margin: float = 0.10
    """The likeliest must lead the second by this much; a closer pair is asked about."""
    strict: float = 0.55
    """The same for what a customer acts on (`STRICT`): below it the assistant asks or passes. At 0.40 one "I give
    notice" in seven was something else in cross-validation, at 0.55 one in eight; higher, many are missed."""
    offer: float = 0.70
    """The options of "did you mean" must hold this much together; below it the assistant says it doesn't know. In
    cross-validation they held the answer 88 times in a hundred; from 0.60 on it was 81."""
    out_of_scope: float = 0.45
    """From here on "out of scope" wins even where one answer is likelier: a wrong answer costs more than none."""
    option: float = 0.05
    """An option less likely than this is not offered."""
    several: float = 0.90
    """So sure must each part of a message be of its own answer for the message to ask several things."""
    hint: float = 0.0005
    """So likely must each of those answers be for the message as a whole. With both, 67 % of 72 double questions got
    every answer in order, and one in two hundred messages that ask one thing was taken for two (docs/evaluation.md)."""


@dataclass(frozen=True)
class Decision:
    """What to do with a message."""

    answer: str
    """An answer id, `out_of_scope` or `clarify`."""
    confidence: float
    """How likely the decision is right, 0 to 1."""
    options: tuple[str, ...] = ()
    """With `clarify`: two or three answer ids, likeliest first."""
    answers: tuple[str, ...] = ()
    """Where the message asks several things: every answer id in the order asked, `answer` among them."""


def decide_danger(
    danger: float, ranking: Sequence[tuple[str, float]], thresholds: Thresholds, *, words: int
) -> Decision | None:
    """An emergency, where the guard and the ranking together say so; None where they don't.

    Their odds are multiplied and the root is taken: each alone gives more false alarms for as many caught.
    `words` is the message's length: one or two words must be surer.
    """
    chance = chance_of_danger(danger, ranking)
    return (
        Decision(EMERGENCY, chance)
        if chance >= (thresholds.cry if words <= _CRY_WORDS else thresholds.danger)
        else None
    )


def chance_of_danger(danger: float, ranking: Sequence[tuple[str, float]]) -> float:
    """The probability whose odds are the geometric mean of the guard's and the ranking's."""
    chances = [min(max(p, _SMALLEST), 1 - _SMALLEST) for p in (danger, dict(ranking).get(EMERGENCY, 0.0))]
    root = sqrt(prod(chance / (1 - chance) for chance in chances))
    return root / (1 + root)


def must_caution(whole: float, parts: Sequence[float], thresholds: Thresholds) -> Caution:
    """Where the line about 112 goes first, by the probability of danger in the message as a whole and in its parts."""
    if any(part >= thresholds.danger_in_part for part in parts):
        return "always"
    return "unanswered" if whole >= thresholds.caution else "never"


def decide(ranking: Sequence[tuple[str, float]], thresholds: Thresholds) -> Decision:
    """The decision for `ranking`: (answer id, probability), likeliest first, not empty. Never an emergency."""
    ranking = [pair for pair in ranking if pair[0] != EMERGENCY]
    chance: Mapping[str, float] = dict(ranking)
    unknown = chance.get(OUT_OF_SCOPE, 0.0)
    first, likely = ranking[0]
    second = next((p for id_, p in ranking[1:] if id_ != OUT_OF_SCOPE), 0.0)
    if first == OUT_OF_SCOPE or unknown >= thresholds.out_of_scope:
        return Decision(OUT_OF_SCOPE, unknown)
    least = thresholds.strict if first in STRICT else thresholds.answer
    if likely >= least and likely - second >= thresholds.margin:
        return Decision(first, likely)
    options = tuple(id_ for id_, p in ranking if id_ not in NOT_OFFERED and p >= thresholds.option)[:3]
    together = sum(chance[id_] for id_ in options)
    if len(options) > 1 and together >= thresholds.offer:
        return Decision(CLARIFY, together, options)
    if likely >= least:
        return Decision(first, likely)
    return Decision(OUT_OF_SCOPE, max(unknown, 1.0 - together))
