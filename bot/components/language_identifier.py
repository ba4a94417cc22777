"""Rasa component: finds the language each message is to be answered in."""

from __future__ import annotations

from typing import List, Optional

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.components.context import LANGUAGE, example_language, expected_language
from bot.components.fitted import FittedComponent
from bot.core import text
from bot.understanding import language_model, tfidf
from bot.understanding.follow_up import requested_language
from bot.understanding.language_model import LanguageModel


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class LanguageIdentifier(FittedComponent[LanguageModel]):
    """Sets `language` to fi, sv, en or other, by the message's words, the conversation so far and the page."""

    built_on = (language_model, tfidf, text)

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from every example that has a text."""
        examples = [m for m in training_data.training_examples if m.get(TEXT)]
        return self._keep(LanguageModel.fit([m.get(TEXT) for m in examples], [example_language(m) for m in examples]))

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Training examples carry their language in their metadata."""
        for message in training_data.training_examples:
            message.set(LANGUAGE, example_language(message), add_to_output=True)
        return training_data

    def process(self, messages: List[Message], tracker: Optional[DialogueStateTracker] = None) -> List[Message]:
        """Set `language` on each message."""
        for message in messages:
            said = message.get(TEXT) or ""
            found = requested_language(said) or self.fitted.identify(said, expected=expected_language(message, tracker))
            message.set(LANGUAGE, found, add_to_output=True)
        return messages
