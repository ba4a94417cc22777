"""Rasa component: the one decision over all answer ids, in the shape of Rasa's intent and response selector."""

from __future__ import annotations

from dataclasses import fields
from typing import Any, Dict, List, Optional

import numpy as np
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, INTENT_RESPONSE_KEY, RESPONSE_SELECTOR, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy.sparse import vstack

from bot.components.answer_featurizer import PARTS, Parts, sentence_features
from bot.components.context import LANGUAGE, last_answer, turn_metadata
from bot.components.emergency_guard import DANGER, DANGER_IN_PARTS
from bot.components.encoder_featurizer import encoder_columns
from bot.components.fitted import FittedComponent
from bot.core.text import words
from bot.understanding import answer_model, decision, second_opinion
from bot.understanding.answer_model import AnswerModel
from bot.understanding.decision import (
    CLARIFY,
    Caution,
    Decision,
    Thresholds,
    chance_of_danger,
    decide,
    decide_danger,
    must_caution,
)
from bot.understanding.follow_up import after, requested_language
from bot.understanding.second_opinion import Columns
from bot.understanding.several import Ranking, several_questions

FALLBACK_INTENT = "nlu_fallback"
"""Rasa's own name for "not sure": here it leads to "did you mean"."""
NOT_SUPPORTED_LANGUAGE = "not_supported_language"
GREET = "greet"
_RANKED = 10


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class AnswerClassifier(FittedComponent[AnswerModel]):
    """Sets `answer`, `options`, `answers` and, for Rasa, `intent`, its ranking and the response selector's choice.

    `caution` says whether a line about 112 goes first, because danger can't be ruled out.

    In this order: a pressed button, danger, a language the assistant doesn't speak, then the model's decision.
    `bonus/how_to_get` is the intent `bonus` and the response key `how_to_get`, as in Rasa's retrieval intents.
    """

    built_on = (answer_model, second_opinion, decision)

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        """The thresholds of `bot.understanding.decision.Thresholds`."""
        return {f.name: f.default for f in fields(Thresholds)}

    @staticmethod
    def required_packages() -> List[str]:
        """What Rasa checks for before it loads the component."""
        return ["sklearn"]

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from every example but those in other languages, which are the language identifier's."""
        examples = [m for m in training_data.intent_examples if m.get(TEXT)]
        examples = [m for m in examples if m.get(INTENT) != NOT_SUPPORTED_LANGUAGE]
        rows = vstack([sentence_features(m) for m in examples], format="csr")
        columns = [row for m in examples if (row := encoder_columns(m)) is not None]
        answers = [_answer_id(m) for m in examples]
        return self._keep(AnswerModel.fit(rows, answers, np.vstack(columns) if columns else None))

    def process(self, messages: List[Message], tracker: Optional[DialogueStateTracker] = None) -> List[Message]:
        """Decide on each message that has a text; `tracker` holds the conversation before it."""
        for message in messages:
            if message.get(TEXT):
                self._decide(message, last_answer(tracker))
        return messages

    def _decide(self, message: Message, answered: Optional[str]) -> None:
        thresholds = Thresholds(**{f.name: float(self._config[f.name]) for f in fields(Thresholds)})
        alone = self._rankings(sentence_features(message), encoder_columns(message))[0]
        parts: Optional[Parts] = message.get(PARTS)
        by_part = self._rankings(parts.features) if parts else []
        made = (
            _first_rules(message, alone, thresholds)
            or _language_rule(message, answered)
            or (_several(parts, by_part, alone, thresholds) if parts else None)
            or decide(after(alone, answered, message.get(TEXT)), thresholds)
        )
        message.set("answer", made.answer, add_to_output=True)
        message.set("caution", _caution(message, alone, by_part, thresholds), add_to_output=True)
        message.set("answers", list(made.answers or [made.answer]), add_to_output=True)
        message.set("options", list(made.options), add_to_output=True)
        ranked = [{"name": id_.partition("/")[0], "confidence": chance} for id_, chance in alone[:_RANKED]]
        message.set(INTENT, {"name": _intent(made), "confidence": made.confidence}, add_to_output=True)
        message.set(INTENT_RANKING_KEY, ranked, add_to_output=True)
        message.set(RESPONSE_SELECTOR, _response_selector(made, alone), add_to_output=True)

    def _rankings(self, features: Any, columns: Optional[Columns] = None) -> List[Ranking]:
        """For each row of `features` the answer ids with their probabilities, likeliest first.

        `columns`: what the encoder says, of whole messages; parts are judged by their features alone.
        """
        ids = self.fitted.answer_ids
        rows = self.fitted.probabilities(features, columns)
        return [[(ids[i], float(row[i])) for i in (-row).argsort(kind="stable")] for row in rows]


def _first_rules(message: Message, ranking: Ranking, thresholds: Thresholds) -> Optional[Decision]:
    """What goes before the model's decision; None where nothing does."""
    pressed = turn_metadata(message).get("answer")
    if pressed:
        return Decision(str(pressed), 1.0)
    emergency = decide_danger(message.get(DANGER) or 0.0, ranking, thresholds, words=len(words(message.get(TEXT))))
    if emergency:
        return emergency
    if message.get(LANGUAGE) in ("en", "other"):
        return Decision(NOT_SUPPORTED_LANGUAGE, 1.0)
    return None


def _several(parts: Parts, by_part: List[Ranking], alone: Ranking, thresholds: Thresholds) -> Optional[Decision]:
    """The answers to a message that asks several things; None where it asks one."""
    found = several_questions(dict(zip(parts.runs, by_part, strict=True)), parts.count, alone, thresholds)
    if not found:
        return None
    return Decision(alone[0][0] if alone[0][0] in found else found[0], thresholds.several, answers=found)


def _caution(message: Message, alone: Ranking, by_part: List[Ranking], thresholds: Thresholds) -> Caution:
    """Whether a line about 112 goes first; a pressed button is no danger."""
    if turn_metadata(message).get("answer"):
        return "never"
    whole = chance_of_danger(message.get(DANGER) or 0.0, alone)
    in_parts = [chance_of_danger(d, r) for d, r in zip(message.get(DANGER_IN_PARTS) or [], by_part, strict=False)]
    return must_caution(whole, in_parts, thresholds)


def _language_rule(message: Message, answered: Optional[str]) -> Optional[Decision]:
    """Where only another language is asked for: the last answer again, or the greeting, in that language."""
    if requested_language(message.get(TEXT)) is None:
        return None
    return Decision(answered or GREET, 1.0)


def _intent(made: Decision) -> str:
    return FALLBACK_INTENT if made.answer == CLARIFY else made.answer.partition("/")[0]


def _answer_id(message: Message) -> str:
    key = message.get(INTENT_RESPONSE_KEY)
    return str(key or message.get(INTENT))


def _response_selector(made: Decision, ranking: Ranking) -> dict[str, Any]:
    """Rasa's shape: for each retrieval intent the chosen response key, and how the keys rank."""
    intents = sorted({id_.partition("/")[0] for id_, _ in ranking if "/" in id_})
    chosen: dict[str, Any] = {"all_retrieval_intents": intents}
    for intent in intents:
        keys = [(id_, chance) for id_, chance in ranking if id_.partition("/")[0] == intent]
        best, chance = (made.answer, made.confidence) if made.answer.startswith(intent + "/") else keys[0]
        chosen[intent] = {
            "response": {
                "responses": [],
                "confidence": chance,
                "intent_response_key": best,
                "utter_action": f"utter_{best}",
            },
            "ranking": [{"intent_response_key": id_, "confidence": p} for id_, p in keys],
        }
    return chosen
