"""Rasa component: the message's words in lower case, slips of the domain's words mended."""

from __future__ import annotations

from typing import List

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.nlu.constants import TOKENS_NAMES
from rasa.nlu.tokenizers.tokenizer import Token
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.components.fitted import FittedComponent
from bot.core import text
from bot.core.text import normalise
from bot.understanding import spelling
from bot.understanding.spelling import SpellingHelp

SPELLED = "spelled"
"""Message property: the words as the word and lemma features read them."""
SPELLED_AT = "spelled_at"
"""Message property: where each of them begins in the text."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class SpellingNormaliser(FittedComponent[SpellingHelp]):
    """Sets `spelled`: the tokens without punctuation, normalised, with rapidfuzz's help for unknown words."""

    built_on = (spelling, text)

    @staticmethod
    def required_packages() -> List[str]:
        """What Rasa checks for before it loads the component."""
        return ["rapidfuzz"]

    def train(self, training_data: TrainingData) -> Resource:
        """Learn the domain's words."""
        words = (word for message in training_data.training_examples for word in _words(message))
        return self._keep(SpellingHelp.from_words(words))

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Every word of the training data is known: they stay as written."""
        self.process(training_data.training_examples)
        return training_data

    def process(self, messages: List[Message]) -> List[Message]:
        """Set `spelled` on each message."""
        for message in messages:
            message.set(SPELLED, self.fitted.correct_all(_words(message)))
            message.set(SPELLED_AT, [token.start for token in _tokens(message)])
        return messages


def _words(message: Message) -> list[str]:
    return [normalise(token.text) for token in _tokens(message)]


def _tokens(message: Message) -> list[Token]:
    return [token for token in message.get(TOKENS_NAMES[TEXT]) or [] if any(c.isalnum() for c in token.text)]
