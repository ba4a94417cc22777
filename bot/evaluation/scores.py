"""The scores: right, offered, wrong, missed; kept out; caught. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.core.answers import FAQ_IDS
from bot.evaluation.messages import Asked
from bot.model.understand import Understood

OUTSIDE: Final = frozenset({"out_of_scope"})
_NOT_ANSWERED: Final = frozenset({"out_of_scope", "clarify", "not_supported_language"})


@dataclass(frozen=True)
class Judged:
    """A message and what the assistant made of it."""

    asked: Asked
    found: Understood

    @property
    def is_right(self) -> bool:
        """The expected answer, stated."""
        return self.found.answer == self.asked.expect

    @property
    def is_offered(self) -> bool:
        """ "Did you mean" with the expected answer among its options."""
        return self.found.answer == "clarify" and self.asked.expect in self.found.options

    @property
    def is_missed(self) -> bool:
        """A question of the FAQ, taken for out of scope."""
        return not self.is_outside and self.found.answer == "out_of_scope"

    @property
    def is_wrong(self) -> bool:
        """Another answer, stated plainly."""
        return not self.is_right and self.found.answer not in _NOT_ANSWERED

    @property
    def is_outside(self) -> bool:
        """Whether the FAQ has no answer to it."""
        return self.asked.expect in OUTSIDE


@dataclass(frozen=True)
class Scores:
    """Shares from 0 to 1; None where there is no such message."""

    messages: int
    right: float | None
    offered: float | None
    wrong: float | None
    missed: float | None
    kept_out: float | None
    caught: float | None
    false_alarms: int
    language: float | None
    milliseconds: float


def score(judged: Sequence[Judged]) -> Scores:
    """The scores of `judged`. Right, offered, wrong and missed are over everything but out of scope."""
    inside = [j for j in judged if not j.is_outside]
    outside = [j for j in judged if j.is_outside]
    emergencies = [j for j in judged if j.asked.expect == "emergency"]
    spoken = [j for j in judged if j.asked.expect != "not_supported_language"]
    times = sorted(j.found.milliseconds for j in judged)
    return Scores(
        messages=len(judged),
        right=_share(sum(j.is_right for j in inside), len(inside)),
        offered=_share(sum(j.is_offered for j in inside), len(inside)),
        wrong=_share(sum(j.is_wrong for j in inside), len(inside)),
        missed=_share(sum(j.is_missed for j in inside), len(inside)),
        kept_out=_share(sum(j.found.answer == "out_of_scope" for j in outside), len(outside)),
        caught=_share(sum(j.found.answer == "emergency" for j in emergencies), len(emergencies)),
        false_alarms=sum(j.found.answer == "emergency" and j.asked.expect != "emergency" for j in judged),
        language=_share(sum(j.found.language == j.asked.language for j in spoken), len(spoken)),
        milliseconds=times[len(times) // 2] if times else 0.0,
    )


def topics(judged: Sequence[Judged]) -> list[str]:
    """Every answer id that was expected or given, FAQ first, in the order of the facts sheet."""
    seen = {j.asked.expect for j in judged} | {j.found.answer for j in judged}
    return [i for i in FAQ_IDS if i in seen] + sorted(seen - set(FAQ_IDS))


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
