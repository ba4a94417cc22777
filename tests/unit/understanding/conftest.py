"""A small invented world in both languages: keys, invoices and the weather, with more than one way to ask."""

from collections.abc import Sequence
from dataclasses import dataclass

import pytest
from scipy.sparse import csr_matrix

from bot.core.language import Language
from bot.understanding.features import MessageFeatures, Reading, read


@dataclass(frozen=True)
class Example:
    """One message of the small world."""

    text: str
    answer: str
    language: Language


_QUESTIONS: dict[str, dict[Language, tuple[str, ...]]] = {
    "keys/after_contract": {
        "fi": (
            "mitä avaimille tapahtuu",
            "palautatteko avaimet minulle",
            "saanko avaimeni takaisin",
            "minne avaimet menevät sopimuksen jälkeen",
        ),
        "sv": (
            "vad händer med nycklarna",
            "får jag tillbaka mina nycklar",
            "returneras nycklarna till mig",
            "vart tar nycklarna vägen efter avtalet",
        ),
    },
    "billing/where_and_how": {
        "fi": (
            "mistä löydän laskuni",
            "missä näen kaikki laskut",
            "haluan e-laskun paperilaskun sijaan",
            "miten laskutus toimii",
        ),
        "sv": (
            "var hittar jag mina fakturor",
            "var syns alla fakturor",
            "jag vill ha e-faktura i stället för papper",
            "hur fungerar faktureringen",
        ),
    },
    "out_of_scope": {
        "fi": ("millainen sää on huomenna", "sataako viikonloppuna", "onko ulkona pakkasta", "paistaako aurinko"),
        "sv": ("hurdant väder blir det i morgon", "regnar det i helgen", "är det kallt ute", "skiner solen i dag"),
    },
}


@pytest.fixture(scope="session")
def examples() -> Sequence[Example]:
    """Every message of the small world, each answer in both languages."""
    return [
        Example(text, answer, language)
        for answer, languages in _QUESTIONS.items()
        for language, texts in languages.items()
        for text in texts
    ]


@pytest.fixture(scope="session")
def readings(examples: Sequence[Example]) -> Sequence[Reading]:
    """The messages as the models read them."""
    return [read(e.text, e.language) for e in examples]


@pytest.fixture(scope="session")
def features(readings: Sequence[Reading]) -> MessageFeatures:
    """Fitted on the small world."""
    return MessageFeatures().fit(readings)


@pytest.fixture(scope="session")
def rows(features: MessageFeatures, readings: Sequence[Reading]) -> csr_matrix:
    """The messages as numbers."""
    return features.transform(readings)
