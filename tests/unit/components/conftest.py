"""The whole pipeline, trained on a small invented bilingual world, in a model storage of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import pytest
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import METADATA, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.components.answer_classifier import AnswerClassifier
from bot.components.answer_featurizer import AnswerFeaturizer
from bot.components.emergency_guard import EmergencyGuard
from bot.components.encoder_featurizer import EncoderFeaturizer
from bot.components.language_identifier import LanguageIdentifier
from bot.components.spelling import SpellingNormaliser
from bot.components.tokenizer import BilingualTokenizer

PIPELINE: Final[list[Any]] = [
    LanguageIdentifier,
    BilingualTokenizer,
    SpellingNormaliser,
    AnswerFeaturizer,
    EncoderFeaturizer,
    EmergencyGuard,
    AnswerClassifier,
]
"""In the order of config.yml."""

_WORLD: Final[dict[str, dict[str, list[str]]]] = {
    "keys/after_contract": {
        "fi": ["mitä avaimille tapahtuu", "palautatteko avaimet minulle", "saanko avaimeni takaisin"],
        "sv": ["vad händer med nycklarna", "får jag tillbaka mina nycklar", "returneras nycklarna till mig"],
    },
    "bonus/how_to_get": {
        "fi": ["miten saan bonusta", "kuinka bonus rekisteröidään", "haluan bonusta maksusta"],
        "sv": ["hur får jag bonus", "hur registrerar man bonus", "jag vill ha bonus på avgiften"],
    },
    "bonus/household": {
        "fi": ["kuka perheestä saa etuja", "kenelle talouden edut kuuluvat", "puolison edut taloudessa"],
        "sv": ["vem i hushållet får förmåner", "vems är hushållets förmåner", "makans förmåner i hushållet"],
    },
    "cancel_contract": {
        "fi": ["haluan irtisanoa sopimukseni", "irtisanon sopimuksen", "lopetan sopimuksen nyt"],
        "sv": ["jag vill säga upp mitt avtal", "jag säger upp avtalet", "avsluta mitt avtal nu"],
    },
    "out_of_scope": {
        "fi": ["millainen sää on huomenna", "sataako viikonloppuna", "paistaako aurinko ulkona"],
        "sv": ["hurdant väder blir det i morgon", "regnar det i helgen", "skiner solen ute"],
    },
    "emergency": {
        "fi": ["apua täällä palaa", "tulipalo talossa apua", "murtovaras on sisällä apua"],
        "sv": ["hjälp det brinner här", "hjälp huset brinner", "hjälp en tjuv är inne"],
    },
    "not_supported_language": {
        "en": ["what happens to my keys", "i want to cancel the contract", "how do i get the bonus", "please help me"],
        "other": [
            "wo sind meine schlüssel",
            "ich möchte kündigen bitte",
            "quiero cancelar el contrato",
            "ayuda por favor",
        ],
    },
}


def message(text: str, **metadata: Any) -> Message:
    """A customer's message with the metadata of its turn."""
    return Message({TEXT: text, METADATA: metadata})


def training_data() -> TrainingData:
    """The small world, as Rasa's importer would give it."""
    examples = []
    for answer, languages in _WORLD.items():
        for language, texts in languages.items():
            for text in texts:
                example = Message.build(text=text, intent=answer)
                example.set(METADATA, {"intent": {"language": language, "persona": "plain"}})
                examples.append(example)
    return TrainingData(examples)


@dataclass(frozen=True)
class Trained:
    """Every component after training, and how to load each anew."""

    components: dict[Any, Any]
    storage: LocalModelStorage
    context: ExecutionContext

    def load(self, component: Any) -> Any:
        """The component as a started server has it."""
        return component.load(config_of(component), self.storage, Resource(component.__name__), self.context)

    def before(self, component: Any, messages: list[Message]) -> list[Message]:
        """`messages` as they reach `component`."""
        for earlier in PIPELINE[: PIPELINE.index(component)]:
            messages = self.components[earlier].process(messages)
        return messages

    def understand(self, *messages: Message) -> list[Message]:
        """`messages` after the whole pipeline."""
        done: list[Message] = self.components[AnswerClassifier].process(self.before(AnswerClassifier, [*messages]))
        return done


def config_of(component: Any) -> dict[str, Any]:
    """The component's own defaults, as Rasa passes them."""
    config: dict[str, Any] = component.get_default_config()
    return config


@pytest.fixture(scope="session")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Trained:
    """Trained once: no test changes it."""
    storage = LocalModelStorage.create(tmp_path_factory.mktemp("model"))
    context = ExecutionContext(GraphSchema({}))
    data = training_data()
    components: dict[Any, Any] = {}
    for component in PIPELINE:
        made = component.create(config_of(component), storage, Resource(component.__name__), context)
        if hasattr(made, "train"):
            made.train(data)
        if hasattr(made, "process_training_data"):
            made.process_training_data(data)
        components[component] = made
    return Trained(components, storage, context)
