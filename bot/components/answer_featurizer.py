"""Rasa component: character, word and lemma features of a message."""

from __future__ import annotations

from typing import List, Optional

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy.sparse import csr_matrix

from bot.components.context import answer_language
from bot.components.fitted import FittedComponent
from bot.components.spelling import SPELLED
from bot.core import text
from bot.understanding import features, tfidf
from bot.understanding.features import MessageFeatures, Reading, read, warm_up


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class AnswerFeaturizer(FittedComponent[MessageFeatures]):
    """Adds one sparse sentence feature vector: TF-IDF of characters, words and lemmas."""

    built_on = (features, tfidf, text)

    @staticmethod
    def required_packages() -> List[str]:
        """What Rasa checks for before it loads the component."""
        return ["sklearn", "simplemma"]

    @classmethod
    def prepare(cls) -> None:
        """Load the dictionaries of the base forms."""
        warm_up()

    def train(self, training_data: TrainingData) -> Resource:
        """Learn the vocabulary and its weights."""
        return self._keep(MessageFeatures().fit([_reading(m) for m in training_data.training_examples if m.get(TEXT)]))

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Add features to every example."""
        self.process(training_data.training_examples)
        return training_data

    def process(self, messages: List[Message]) -> List[Message]:
        """Add features to each message that has a text."""
        with_text = [m for m in messages if m.get(TEXT)]
        if with_text:
            rows = self.fitted.transform([_reading(m) for m in with_text])
            for number, message in enumerate(with_text):
                message.features = [f for f in message.features if f.origin != type(self).__name__]
                message.add_features(Features(rows[number], FEATURE_TYPE_SENTENCE, TEXT, type(self).__name__))
        return messages


def sentence_features(message: Message) -> Optional[csr_matrix]:
    """The row that the featurizer gave `message`; None where it has no text."""
    _, sentence = message.get_sparse_features(TEXT, [])
    return None if sentence is None else sentence.features


def _reading(message: Message) -> Reading:
    return read(message.get(TEXT), answer_language(message), tokens=message.get(SPELLED) or [])
