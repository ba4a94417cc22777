"""Rasa component: character, word and lemma features of a message."""

from __future__ import annotations

from dataclasses import dataclass
from typing import List, Optional, Tuple

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy.sparse import csr_matrix

from bot.components.context import answer_language
from bot.components.fitted import FittedComponent
from bot.components.spelling import SPELLED, SPELLED_AT
from bot.core import text
from bot.understanding import features, tfidf
from bot.understanding.features import MessageFeatures, Reading, read, warm_up
from bot.understanding.parts import parts, runs

PARTS = "parts"
"""Message property: `Parts`, or None where the message can't be cut."""


@dataclass(frozen=True, eq=False)
class Parts:
    """The features of every run of a message's parts."""

    count: int
    runs: Tuple[Tuple[int, int], ...]
    features: csr_matrix
    """Shape (runs, features)."""


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
        for message in training_data.training_examples:
            self._add(message)
        return training_data

    def process(self, messages: List[Message]) -> List[Message]:
        """Add features to each message that has a text, and to every run of its parts where it has more than one."""
        for message in messages:
            self._add(message)
            message.set(PARTS, self._parts(message))
        return messages

    def _add(self, message: Message) -> None:
        if message.get(TEXT):
            row = self.fitted.transform([_reading(message)])
            message.features = [f for f in message.features if f.origin != type(self).__name__]
            message.add_features(Features(row, FEATURE_TYPE_SENTENCE, TEXT, type(self).__name__))

    def _parts(self, message: Message) -> Optional[Parts]:
        found = parts(message.get(TEXT) or "")
        if len(found) < 2:
            return None
        cuts = runs(len(found))
        readings = [_reading(message, found[first][0], found[behind - 1][1]) for first, behind in cuts]
        return Parts(len(found), tuple(cuts), self.fitted.transform(readings))


def sentence_features(message: Message) -> Optional[csr_matrix]:
    """The row that the featurizer gave `message`; None where it has no text."""
    _, sentence = message.get_sparse_features(TEXT, [])
    return None if sentence is None else sentence.features


def _reading(message: Message, begin: int = 0, end: Optional[int] = None) -> Reading:
    """What stands in the message's text from `begin` to `end`."""
    text, end = message.get(TEXT), len(message.get(TEXT)) if end is None else end
    places = zip(message.get(SPELLED) or [], message.get(SPELLED_AT) or [], strict=True)
    return read(text[begin:end], answer_language(message), tokens=[word for word, at in places if begin <= at < end])
