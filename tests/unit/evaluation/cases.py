"""Judged messages in one line each."""

from bot.core.language import Language
from bot.evaluation.messages import Asked
from bot.evaluation.scores import Judged
from bot.model.understand import Understood

A, B = "bonus/how_to_get", "keys/after_contract"


def judged(
    expect: str,
    answer: str,
    *,
    confidence: float = 0.9,
    options: tuple[str, ...] = (),
    ranking: tuple[tuple[str, float], ...] = ((A, 1.0),),
    trap: bool = False,
    ms: float = 0.0,
    whole: bool = True,
    language: Language = "fi",
    text: str = "Hei",
) -> Judged:
    """A message that expected `expect` and got `answer`."""
    asked = Asked(text, expect, language, "plain", trap=trap)
    return Judged(asked, Understood(language, answer, confidence, options, (answer,), ms, ranking), whole=whole)


def ranked(expect: str, *ranking: tuple[str, float]) -> Judged:
    """A message with this ranking; what was made of it does not matter."""
    return judged(expect, ranking[0][0], confidence=ranking[0][1], ranking=ranking)
