"""Rasa component: what the sentence encoder says of a message, as dense features."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any, Dict, List, Optional

import numpy as np
from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot import settings
from bot.components.fitted import FittedComponent
from bot.core import text
from bot.core.errors import ModelError
from bot.encoder import loading, pieces, small
from bot.encoder.loading import Encoder, load_encoder
from bot.encoder.names import encoder_fingerprint
from bot.encoder.small import Floats


@dataclass(frozen=True)
class Encoded:
    """Which encoder a model was trained with: it is not kept in the model, but loaded by its name."""

    name: str
    checksum: str


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class EncoderFeaturizer(FittedComponent[Encoded]):
    """Adds one dense sentence feature vector, read by the answer classifier's second stage; none without an encoder.

    The option `encoder` names it; left out, the setting ENCODER_MODEL does. A training message gets what an encoder
    said that had not seen it.
    """

    built_on = (small, pieces, loading, text)
    _loaded: Optional[Encoder] = None

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        """No encoder of its own: the setting decides."""
        return {"encoder": None}

    @classmethod
    def load(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> EncoderFeaturizer:
        """The component with the encoder it was trained with; raises `ModelError` where that is another one now."""
        component = super().load(config, model_storage, resource, execution_context, **kwargs)
        now = component._load()
        if now != component.fitted:
            raise ModelError(
                f"The model was trained with the encoder {component.fitted.name!r}, and now there is {now.name!r}"
                f"{' of another checksum' if now.name == component.fitted.name else ''} (setting ENCODER_MODEL). "
                "Train anew: python -m bot train"
            )
        return component

    @classmethod
    def fingerprint_addon(cls, config: Dict[str, Any]) -> Optional[str]:
        """A hash of the code and of the encoder: a change there trains anew."""
        digest = hashlib.sha256(str(super().fingerprint_addon(config)).encode())
        digest.update(encoder_fingerprint(_name(config), settings.ROOT).encode())
        return digest.hexdigest()

    def train(self, training_data: TrainingData) -> Resource:
        """Nothing is learnt here: note which encoder it is."""
        return self._keep(self._load())

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Add to every example what an encoder says that has not seen it."""
        if self._loaded is not None:
            examples = [m for m in training_data.training_examples if m.get(TEXT)]
            self._add(examples, self._loaded.training_columns([m.get(TEXT) for m in examples]))
        return training_data

    def process(self, messages: List[Message]) -> List[Message]:
        """Add to each message that has a text what the encoder says of it."""
        assert self.fitted
        if self._loaded is not None:
            with_text = [m for m in messages if m.get(TEXT)]
            self._add(with_text, self._loaded.columns([m.get(TEXT) for m in with_text]))
        return messages

    def _add(self, messages: List[Message], rows: Floats) -> None:
        for message, row in zip(messages, rows, strict=True):
            message.features = [f for f in message.features if f.origin != type(self).__name__]
            message.add_features(Features(row[None], FEATURE_TYPE_SENTENCE, TEXT, type(self).__name__))

    def _load(self) -> Encoded:
        name = _name(self._config)
        self._loaded = load_encoder(name, settings.ROOT)
        return Encoded(name, "" if self._loaded is None else self._loaded.checksum)


def encoder_columns(message: Message) -> Optional[Floats]:
    """The row that the encoder gave `message`, shape (1, columns); None without encoder or text."""
    _, sentence = message.get_dense_features(TEXT, [])
    return None if sentence is None else np.asarray(sentence.features, np.float32)


def _name(config: Dict[str, Any]) -> str:
    return str(config.get("encoder") or settings.encoder_model())
