"""Danger now is told from danger that is over, imagined or a manner of speaking."""

import pickle
from dataclasses import dataclass

import pytest

from bot.understanding.emergency_model import EmergencyModel
from bot.understanding.features import MessageFeatures, Reading, read

_DANGER = (
    "täällä palaa apua",
    "talossa on tulipalo nyt",
    "murtovaras on sisällä",
    "joku on tunkeutunut kotiini",
    "apua minua uhataan",
    "det brinner här hjälp",
    "huset brinner just nu",
    "en inbrottstjuv är inne",
    "någon har brutit sig in hit",
    "hjälp jag blir hotad",
)
_CALM = (
    "viime vuonna meillä paloi sauna",
    "mitä teen jos joskus tulee tulipalo",
    "murto oli naapurissa keväällä",
    "palaan asiaan huomenna",
    "mistä löydän laskuni",
    "i fjol brann vår bastu",
    "vad gör jag om det någon gång börjar brinna",
    "det var inbrott hos grannen i våras",
    "var hittar jag min faktura",
    "jag återkommer i morgon",
)


@dataclass(frozen=True)
class Guard:
    """The model with the features it was trained on."""

    features: MessageFeatures
    model: EmergencyModel

    def probability(self, text: str) -> float:
        return float(self.model.probabilities(self.features.transform([_read(text)]))[0])


@pytest.fixture(scope="module")
def model() -> Guard:
    readings = [_read(text) for text in (*_DANGER, *_CALM)]
    features = MessageFeatures().fit(readings)
    labels = [True] * len(_DANGER) + [False] * len(_CALM)
    return Guard(features, EmergencyModel.fit(features.transform(readings), labels))


def _read(text: str) -> Reading:
    return read(text, "fi")


@pytest.mark.parametrize("text", ["apua täällä palaa", "HJÄLP DET BRINNER", "hjalp det brinner har", "apuaaaa palaa"])
def test_danger_is_likelier_than_in_any_calm_message(model: Guard, text: str) -> None:
    assert model.probability(text) > max(model.probability(calm) for calm in _CALM)


@pytest.mark.parametrize("text", ["", " ", "\n", "\u200b"])
def test_nothing_written_is_no_danger(model: Guard, text: str) -> None:
    assert model.probability(text) == 0.0


@pytest.mark.parametrize("text", ["?", "😀", "x" * 5_000, "palaa " * 1_000, *_DANGER, *_CALM])
def test_danger_is_a_probability(model: Guard, text: str) -> None:
    assert 0 <= model.probability(text) <= 1


@pytest.mark.parametrize(("dotted", "plain"), [("TÄÄLLÄ PALAA", "taalla palaa"), ("hjälp  nu", "hjalp nu")])
def test_lost_dots_capitals_and_blanks_hardly_matter(model: Guard, dotted: str, plain: str) -> None:
    assert model.probability(dotted) == pytest.approx(model.probability(plain), abs=0.2)


def test_the_model_says_the_same_after_it_is_stored(model: Guard) -> None:
    restored = pickle.loads(pickle.dumps(model))
    assert [restored.probability(t) for t in (*_DANGER, *_CALM)] == [model.probability(t) for t in (*_DANGER, *_CALM)]
