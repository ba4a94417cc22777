"""Rasa component: looks for danger before everything else."""

from __future__ import annotations

from typing import List

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy.sparse import vstack

from bot.components.answer_featurizer import PARTS, sentence_features
from bot.components.context import turn_metadata
from bot.components.fitted import FittedComponent
from bot.understanding import emergency_model
from bot.understanding.decision import EMERGENCY
from bot.understanding.emergency_model import EmergencyModel

DANGER = "danger"
"""Message property: the probability that somebody is in danger now."""
DANGER_IN_PARTS = "danger_in_parts"
"""Message property: the same for each run of the message's parts; empty where it can't be cut."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class EmergencyGuard(FittedComponent[EmergencyModel]):
    """Sets `danger`, the probability that a message tells of danger going on now; the answer classifier heeds it first.

    A pressed button is never an emergency: its text is ours.
    """

    built_on = (emergency_model,)

    def train(self, training_data: TrainingData) -> Resource:
        """Learn emergencies against everything else."""
        examples = [m for m in training_data.intent_examples if m.get(TEXT)]
        rows = vstack([sentence_features(m) for m in examples], format="csr")
        return self._keep(EmergencyModel.fit(rows, [m.get(INTENT) == EMERGENCY for m in examples]))

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Nothing of it is needed in training."""
        return training_data

    def process(self, messages: List[Message]) -> List[Message]:
        """Set `danger` and `danger_in_parts` on each message."""
        for message in messages:
            pressed = turn_metadata(message).get("answer")
            features = None if pressed else sentence_features(message)
            danger = 0.0 if features is None else float(self.fitted.probabilities(features)[0])
            message.set(DANGER, danger, add_to_output=True)
            parts = None if pressed else message.get(PARTS)
            message.set(DANGER_IN_PARTS, [] if parts is None else self.fitted.probabilities(parts.features).tolist())
        return messages
