"""The honest score on the training messages: each is judged by models that have not seen it."""

import time
from collections.abc import Callable, Sequence
from typing import Final

import numpy as np
from sklearn.model_selection import StratifiedKFold

from bot.content.training_messages import TrainingMessage
from bot.core.language import as_language
from bot.core.text import words
from bot.encoder.loading import Encoder
from bot.evaluation.messages import Asked
from bot.evaluation.scores import Judged
from bot.model.understand import Understood
from bot.understanding.answer_model import AnswerModel
from bot.understanding.decision import EMERGENCY, Thresholds, decide, decide_danger
from bot.understanding.emergency_model import EmergencyModel
from bot.understanding.features import MessageFeatures, read
from bot.understanding.spelling import SpellingHelp

_SEED: Final = 20261120
Ranking = list[tuple[str, float]]


def rankings(
    messages: Sequence[TrainingMessage], folds: int, say: Callable[[str], None], encoder: Encoder | None = None
) -> list[tuple[float, Ranking]]:
    """For each message: the probability of danger and the ranked answer ids, by models trained without its fold.

    Of the `encoder` it reads what was said of each message by one that had not seen it.
    Messages in other languages are the language identifier's: leave them out.
    """
    labels = np.array([m.answer for m in messages])
    found: list[tuple[float, Ranking]] = [(0.0, [])] * len(messages)
    columns = None if encoder is None else encoder.training_columns([m.text for m in messages])
    splitter = StratifiedKFold(folds, shuffle=True, random_state=_SEED)
    for number, (seen, unseen) in enumerate(splitter.split(labels, labels), 1):
        started = time.monotonic()
        readings = [read(messages[i].text, as_language(messages[i].language)) for i in seen]
        spelling = SpellingHelp.from_words(token for r in readings for token in r.tokens)
        features = MessageFeatures().fit(readings)
        rows = features.transform(readings)
        answers = AnswerModel.fit(rows, list(labels[seen]), None if columns is None else columns[seen])
        guard = EmergencyModel.fit(rows, [bool(labels[i] == EMERGENCY) for i in seen])
        asked = [read(messages[i].text, as_language(messages[i].language)) for i in unseen]
        asked = [read(r.text, r.language, tokens=spelling.correct_all(r.tokens)) for r in asked]
        rows = features.transform(asked)
        chances = answers.probabilities(rows, None if columns is None else columns[unseen])
        for i, danger, row in zip(unseen, guard.probabilities(rows), chances, strict=True):
            ranked = sorted(zip(answers.answer_ids, map(float, row), strict=True), key=lambda pair: -pair[1])
            found[i] = (float(danger), ranked)
        say(f"Fold {number} of {folds}: {time.monotonic() - started:.0f} s")
    return found


def judge(
    messages: Sequence[TrainingMessage],
    ranked: Sequence[tuple[float, Ranking]],
    thresholds: Thresholds = Thresholds(),  # noqa: B008 - frozen
) -> list[Judged]:
    """What the decision makes of the rankings, as in the answer classifier but for the language."""
    judged = []
    for message, (danger, ranking) in zip(messages, ranked, strict=True):
        made = decide_danger(danger, ranking, thresholds, words=len(words(message.text))) or decide(ranking, thresholds)
        asked = Asked(message.text, message.answer, as_language(message.language), message.persona)
        found = Understood(asked.language, made.answer, made.confidence, made.options, (made.answer,), 0.0, ranking)
        judged.append(Judged(asked, found, whole=False))
    return judged
