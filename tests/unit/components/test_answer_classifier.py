"""What goes first: a pressed button, danger, a foreign language, then the model; and all of it in Rasa's shape."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from rasa.core.actions.action import ActionRetrieveResponse
from rasa.shared.core.events import UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.training_data.message import Message
from scipy.sparse import csr_matrix

from bot.components.answer_classifier import AnswerClassifier
from bot.components.answer_featurizer import PARTS, Parts
from bot.understanding.decision import Thresholds
from tests.unit.components.conftest import Trained, config_of, message

GET, HOUSEHOLD, KEYS = "bonus/how_to_get", "bonus/household", "keys/after_contract"


class FixedChances:
    """An answer model that thinks the same of every message."""

    def __init__(self, chances: dict[str, float]) -> None:
        self.answer_ids = tuple(chances)
        self._chances = list(chances.values())

    def probabilities(self, features: object, columns: object = None) -> NDArray[np.float64]:
        return np.asarray([self._chances])


def decided(chances: dict[str, float], *, metadata: dict[str, Any] | None = None, **properties: Any) -> Message:
    """A message after a classifier whose model gives `chances`."""
    asked = message("kirjoitan ihan mitä vain", **(metadata or {}))
    for name, value in properties.items():
        asked.set(name, value)
    model: Any = FixedChances(chances)
    classifier = AnswerClassifier(config_of(AnswerClassifier), model, None, None)
    done: Message = classifier.process([asked])[0]
    return done


SURE = {GET: 0.9, HOUSEHOLD: 0.05, KEYS: 0.05}
ALARMING = {GET: 0.7, "emergency": 0.3}
TORN = {GET: 0.4, HOUSEHOLD: 0.35, KEYS: 0.25}


@pytest.mark.parametrize(
    ("chances", "properties", "answer"),
    [
        pytest.param(SURE, {}, GET, id="the likeliest"),
        pytest.param(ALARMING, {"danger": 0.99}, "emergency", id="danger goes before a sure answer"),
        pytest.param(
            {GET: 0.5, "emergency": 0.5}, {"danger": Thresholds().danger}, "emergency", id="danger at its threshold"
        ),
        pytest.param({GET: 0.5, "emergency": 0.5}, {"danger": Thresholds().danger - 0.01}, GET, id="danger below it"),
        pytest.param(SURE, {"danger": 0.99}, GET, id="danger that the answer model does not see at all"),
        pytest.param(ALARMING, {"danger": 0.99, "language": "en"}, "emergency", id="danger in English is danger"),
        pytest.param({**TORN, "emergency": 0.1}, {"danger": 0.99}, "emergency", id="danger goes before asking back"),
        pytest.param(SURE, {"language": "en"}, "not_supported_language", id="English"),
        pytest.param(SURE, {"language": "other"}, "not_supported_language", id="another language"),
        pytest.param(SURE, {"language": "sv"}, GET, id="Swedish"),
        pytest.param(TORN, {}, "clarify", id="unclear"),
        pytest.param({"out_of_scope": 0.8, GET: 0.2}, {}, "out_of_scope", id="out of scope"),
    ],
)
def test_what_goes_first(chances: dict[str, float], properties: dict[str, Any], answer: str) -> None:
    assert decided(chances, **properties).get("answer") == answer


@pytest.mark.parametrize(
    ("danger", "caution"), [(0.0, "never"), (0.05, "never"), (0.2, "unanswered"), (0.9, "unanswered")]
)
def test_a_message_says_whether_danger_cannot_be_ruled_out(danger: float, caution: str) -> None:
    assert decided({"out_of_scope": 0.9, "emergency": 0.1}, danger=danger).get("caution") == caution


def test_danger_in_one_part_is_told_beside_the_answer(trained: Trained) -> None:
    done = trained.understand(message("saanko avaimet takaisin, apua tulipalo palaa"))[0]
    assert done.get("answer") == "emergency" or done.get("caution") == "always"


def test_a_pressed_button_is_never_cautioned(trained: Trained) -> None:
    assert trained.understand(message("apua tulipalo, apua palaa talo", answer=GET))[0].get("caution") == "never"


@pytest.mark.parametrize("properties", [{}, {"language": "en"}, {"language": "sv"}])
@pytest.mark.parametrize("chances", [SURE, TORN, {**SURE, "emergency": 0.95}])
def test_a_pressed_button_is_what_was_pressed(chances: dict[str, float], properties: dict[str, Any]) -> None:
    done = decided(chances, metadata={"answer": "cancel_contract"}, **properties)
    assert done.get("answer") == "cancel_contract"
    assert done.get("intent") == {"name": "cancel_contract", "confidence": 1.0}


@pytest.mark.parametrize("pressed", [None, ""])
def test_no_button_is_no_button(pressed: str | None) -> None:
    assert decided(SURE, metadata={"answer": pressed}).get("answer") == GET


def test_a_clear_answer_has_its_topic_as_intent() -> None:
    done = decided(SURE)
    assert done.get("intent") == {"name": "bonus", "confidence": pytest.approx(0.9)}
    assert done.get("answers") == [GET]
    assert done.get("options") == []


def test_an_unclear_message_is_rasas_fallback_with_options() -> None:
    done = decided(TORN)
    assert done.get("intent")["name"] == "nlu_fallback"
    assert done.get("answer") == "clarify"
    assert done.get("options") == [GET, HOUSEHOLD, KEYS]
    assert 0 < done.get("intent")["confidence"] <= 1


def test_a_message_that_asks_several_things_has_all_their_answers_and_the_likeliest_as_intent() -> None:
    class PartByPart(FixedChances):
        def probabilities(self, features: object, columns: object = None) -> NDArray[np.float64]:
            parts = [[0.95, 0.03, 0.02], [0.03, 0.02, 0.95]]
            return np.asarray([[0.5, 0.1, 0.4]] if features is None else parts)

    asked = message("miten saan bonusta ja mitä avaimille tapahtuu")
    asked.set(PARTS, Parts(2, ((0, 1), (1, 2)), csr_matrix((2, 1))))
    model: Any = PartByPart({GET: 0.0, HOUSEHOLD: 0.0, KEYS: 0.0})
    classifier = AnswerClassifier(config_of(AnswerClassifier), model, None, None)
    done = classifier.process([asked])[0]
    assert done.get("answers") == [GET, KEYS]
    assert done.get("answer") == GET
    assert done.get("intent")["name"] == "bonus"


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        pytest.param("entä sitten?", HOUSEHOLD, id="a short message goes on with the topic"),
        pytest.param("en kysy siitä enää vaan ihan muusta asiasta joka on pitkä", KEYS, id="a long one does not"),
        pytest.param("och på svenska?", GET, id="the same in another language"),
    ],
)
def test_after_an_answer_the_conversation_counts(text: str, answer: str) -> None:
    said = {"answers": [GET], "language": "fi"}
    tracker = DialogueStateTracker.from_events("customer", [UserUttered("miten saan bonusta", parse_data=said)])
    model: Any = FixedChances({KEYS: 0.6, HOUSEHOLD: 0.4})
    classifier = AnswerClassifier(config_of(AnswerClassifier), model, None, None)
    assert classifier.process([message(text)], tracker)[0].get("answer") == answer


def test_a_wish_for_another_language_at_first_is_greeted() -> None:
    model: Any = FixedChances({KEYS: 0.6, HOUSEHOLD: 0.4})
    classifier = AnswerClassifier(config_of(AnswerClassifier), model, None, None)
    assert classifier.process([message("på svenska tack")])[0].get("answer") == "greet"


def test_the_ranking_is_likeliest_first_and_at_most_ten() -> None:
    chances = {f"topic{n}/answer": (n + 1) / 78 for n in range(12)}
    ranking = decided(chances).get("intent_ranking")
    assert len(ranking) == 10
    assert [r["confidence"] for r in ranking] == sorted((r["confidence"] for r in ranking), reverse=True)
    assert ranking[0]["name"] == "topic11"


def test_what_a_server_shows_of_a_message_has_every_result() -> None:
    shown = decided(SURE).as_dict(only_output_properties=True)
    assert {"answer", "answers", "options", "intent", "intent_ranking", "response_selector"} <= set(shown)


@pytest.mark.parametrize(
    ("chances", "metadata", "topic", "response"),
    [
        pytest.param(SURE, {}, "bonus", f"utter_{GET}", id="the answer"),
        pytest.param(SURE, {}, "keys", f"utter_{KEYS}", id="the best of another topic"),
        pytest.param({GET: 0.1, HOUSEHOLD: 0.9}, {}, "bonus", f"utter_{HOUSEHOLD}", id="another answer of the topic"),
        pytest.param(SURE, {"answer": HOUSEHOLD}, "bonus", f"utter_{HOUSEHOLD}", id="a pressed button"),
    ],
)
def test_rasas_own_action_finds_the_response(
    chances: dict[str, float], metadata: dict[str, Any], topic: str, response: str
) -> None:
    said = decided(chances, metadata=metadata).as_dict(only_output_properties=True)
    tracker = DialogueStateTracker.from_events("customer", [UserUttered("mitä vain", parse_data=said)])
    assert ActionRetrieveResponse(f"utter_{topic}").get_full_retrieval_name(tracker) == response


def test_only_topics_with_keys_are_retrieval_intents() -> None:
    selector = decided({**SURE, "cancel_contract": 0.0, "greet": 0.0}).get("response_selector")
    assert selector["all_retrieval_intents"] == ["bonus", "keys"]
    assert set(selector) == {"all_retrieval_intents", "bonus", "keys"}
    assert [r["intent_response_key"] for r in selector["bonus"]["ranking"]] == [GET, HOUSEHOLD]


@pytest.mark.parametrize(
    ("text", "answer", "language"),
    [
        ("saanko avaimet takaisin", KEYS, "fi"),
        ("får jag tillbaka nycklarna", KEYS, "sv"),
        ("i want to cancel the contract please", "not_supported_language", "en"),
        ("apua tulipalo palaa", "emergency", "fi"),
        ("hjälp det brinner i huset", "emergency", "sv"),
        ("sataako huomenna", "out_of_scope", "fi"),
    ],
)
def test_the_trained_pipeline_understands_its_small_world(
    trained: Trained, text: str, answer: str, language: str
) -> None:
    done = trained.understand(message(text))[0]
    offered = [done.get("answer"), *done.get("options")]
    assert answer in offered
    assert done.get("language") == language


def test_the_guard_takes_no_button_for_danger(trained: Trained) -> None:
    typed, pressed = trained.understand(message("apua täällä palaa"), message("apua täällä palaa", answer=GET))
    assert typed.get("danger") > 0
    assert pressed.get("danger") == 0.0
