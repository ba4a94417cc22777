"""Rasa component: splits a message into words with spaCy's rules for its language."""

from __future__ import annotations

from functools import cache
from typing import Any, Dict, List

import spacy
from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.tokenizers.tokenizer import Token, Tokenizer
from rasa.shared.nlu.training_data.message import Message
from spacy.language import Language as SpacyLanguage

from bot.components.context import answer_language
from bot.core.language import LANGUAGES


@cache
def _spacy(language: str) -> SpacyLanguage:
    return spacy.blank(language)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class BilingualTokenizer(Tokenizer):
    """spaCy's tokenizer for Finnish or Swedish, by the message's language; needs no spaCy model."""

    @staticmethod
    def required_packages() -> List[str]:
        """What Rasa checks for before it loads the component."""
        return ["spacy"]

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        """Rasa's own options of a tokenizer; intents are never split."""
        return {"intent_tokenization_flag": False, "intent_split_symbol": "_", "token_pattern": None}

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> BilingualTokenizer:
        """A tokenizer; nothing of it is trained, and its rules are loaded before the first message."""
        for language in LANGUAGES:
            _spacy(language)
        return cls(config)

    def tokenize(self, message: Message, attribute: str) -> List[Token]:
        """The tokens of `attribute`, at least one."""
        text = message.get(attribute) or ""
        document = _spacy(answer_language(message)).make_doc(text)
        tokens = [Token(token.text, token.idx) for token in document if not token.is_space]
        return self._apply_token_pattern(tokens) or [Token(text, 0)]
