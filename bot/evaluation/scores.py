"""The scores: right, offered, wrong, missed; kept out; caught. Pure."""

import math
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
    whole: bool = True
    """Whether the whole pipeline ran; cross-validation judges the decision alone, without language and time."""

    @property
    def is_right(self) -> bool:
        """The expected answer, stated; where several are expected, or none but one, just these in order."""
        if self.asked.expects:
            return tuple(self.found.answers) == self.asked.expects
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
    def is_plain(self) -> bool:
        """An answer, stated."""
        return self.found.answer not in _NOT_ANSWERED

    @property
    def is_wrong(self) -> bool:
        """Another answer, stated plainly."""
        return not self.is_right and self.is_plain

    @property
    def is_weighed(self) -> bool:
        """Whether the models' probabilities decided: not where it was taken for another language or held no word."""
        return bool(self.found.ranking) and self.found.answer != "not_supported_language"

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
    traps_kept_out: float | None
    """Of the near-domain traps: our own words, and none of our answers."""
    asked_back: int
    """How often it asked "did you mean"."""
    meant: float | None
    """How often the options held the answer, over all that was asked back."""
    meant_inside: float | None
    """The same without what is out of scope, where no option can be right."""
    caught: float | None
    false_alarms: int
    language: float | None
    p50_ms: float | None
    p95_ms: float | None


def score(judged: Sequence[Judged]) -> Scores:
    """The scores of `judged`. Right, offered, wrong and missed are over everything but out of scope."""
    inside = [j for j in judged if not j.is_outside]
    outside = [j for j in judged if j.is_outside]
    traps = [j for j in outside if j.asked.trap]
    asked_back = [j for j in judged if j.found.answer == "clarify"]
    emergencies = [j for j in judged if j.asked.expect == "emergency"]
    spoken = [j for j in judged if j.whole and j.asked.expect != "not_supported_language"]
    times = [j.found.milliseconds for j in judged if j.whole]
    return Scores(
        messages=len(judged),
        right=_share(sum(j.is_right for j in inside), len(inside)),
        offered=_share(sum(j.is_offered for j in inside), len(inside)),
        wrong=_share(sum(j.is_wrong for j in inside), len(inside)),
        missed=_share(sum(j.is_missed for j in inside), len(inside)),
        kept_out=_share(sum(j.found.answer == "out_of_scope" for j in outside), len(outside)),
        traps_kept_out=_share(sum(j.found.answer == "out_of_scope" for j in traps), len(traps)),
        asked_back=len(asked_back),
        meant=_share(sum(j.is_offered for j in asked_back), len(asked_back)),
        meant_inside=_share(sum(j.is_offered for j in asked_back), sum(not j.is_outside for j in asked_back)),
        caught=_share(sum(j.found.answer == "emergency" for j in emergencies), len(emergencies)),
        false_alarms=sum(j.found.answer == "emergency" and j.asked.expect != "emergency" for j in judged),
        language=_share(sum(j.found.language == j.asked.language for j in spoken), len(spoken)),
        p50_ms=percentile(times, 0.50),
        p95_ms=percentile(times, 0.95),
    )


def percentile(values: Sequence[float], share: float) -> float | None:
    """The least of `values` that `share` of them do not exceed; None where there is no value."""
    return sorted(values)[max(0, math.ceil(share * len(values)) - 1)] if values else None


def topics(judged: Sequence[Judged]) -> list[str]:
    """Every answer id that was expected or given, FAQ first, in the order of the facts sheet."""
    seen = {j.asked.expect for j in judged} | {j.found.answer for j in judged}
    return [i for i in FAQ_IDS if i in seen] + sorted(seen - set(FAQ_IDS))


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
