"""Each response comes in the language of the message, filled with what holds now; "did you mean" gets its buttons."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.channel import responses
from bot.channel.responses import BilingualResponses
from bot.core.opening_hours import HELSINKI

CALL: Final = "Jos joku on vaarassa juuri nyt, soittakaa heti hätänumeroon 112."
RING: Final = "Om någon är i fara just nu, ring genast nödnumret 112."
_TITLES: Final = {"bonus/how_to_get": ("Bonus", "Bonusen"), "keys/after_contract": ("Avaimet", "Nycklarna")}


def twin(finnish: str, swedish: str, titles: tuple[str, str] = ("Otsikko", "Rubrik"), **more: Any) -> list[Any]:
    """A response as the importer writes it: one variation a language."""
    return [
        {"text": text, "metadata": {"language": language, "title": title}, **more}
        for text, language, title in zip((finnish, swedish), ("fi", "sv"), titles, strict=True)
    ]


@pytest.fixture
def generator(monkeypatch: pytest.MonkeyPatch) -> BilingualResponses:
    """On a Friday at 14.00."""
    moment = datetime(2026, 11, 20, 14, 0, tzinfo=HELSINKI)
    monkeypatch.setattr(responses, "now", lambda: moment)
    domain = Domain.from_dict(
        {
            "responses": {
                "utter_greet": twin("Hei!", "Hej!"),
                "utter_service/hours": twin("Avoinna. {service_now}", "Öppet. {service_now}"),
                "utter_clarify": twin("Tarkoititteko?", "Menade ni?"),
                "utter_out_of_scope": twin("En tiedä.", "Jag vet inte."),
                "utter_with_button": twin(
                    "Valitkaa.", "Välj.", buttons=[{"title": "A", "payload": "A", "answer": "a"}]
                ),
                **{f"utter_{id_}": twin("x", "y", titles) for id_, titles in _TITLES.items()},
            }
        }
    )
    return BilingualResponses(None, domain)


def conversation(**said: Any) -> DialogueStateTracker:
    """A conversation whose last message was understood so."""
    return DialogueStateTracker.from_events("customer", [UserUttered("hei", parse_data={"intent": {}, **said})])


@pytest.mark.parametrize(
    ("said", "text"),
    [
        pytest.param({"language": "fi"}, "Hei!", id="Finnish"),
        pytest.param({"language": "sv"}, "Hej!", id="Swedish"),
        pytest.param({"language": "en"}, "Hei!", id="English"),
        pytest.param({}, "Hei!", id="no language"),
    ],
)
async def test_the_response_is_the_twin_in_the_language_of_the_message(
    generator: BilingualResponses, said: dict[str, Any], text: str
) -> None:
    response = await generator.generate("utter_greet", conversation(**said), "turn")
    assert response is not None
    assert response["text"] == text


async def test_before_the_first_message_it_is_finnish(generator: BilingualResponses) -> None:
    response = await generator.generate("utter_greet", DialogueStateTracker.from_events("customer", []), "turn")
    assert response is not None
    assert response["text"] == "Hei!"


@pytest.mark.parametrize(
    ("action", "language", "words"),
    [
        ("utter_service/hours", "fi", "tänään klo 18 asti"),
        ("utter_service/hours", "sv", "i dag till kl. 18"),
    ],
)
async def test_what_holds_now_is_filled_in(
    generator: BilingualResponses, action: str, language: str, words: str
) -> None:
    response = await generator.generate(action, conversation(language=language), "turn")
    assert response is not None
    assert words in response["text"]
    assert "{" not in response["text"]


async def test_what_holds_now_is_computed_anew_each_time(
    generator: BilingualResponses, monkeypatch: pytest.MonkeyPatch
) -> None:
    await generator.generate("utter_service/hours", conversation(language="fi"), "turn")
    monkeypatch.setattr(responses, "now", lambda: datetime(2026, 11, 21, 12, 0, tzinfo=HELSINKI))
    response = await generator.generate("utter_service/hours", conversation(language="fi"), "turn")
    assert response is not None
    assert "maanantaina klo 8" in response["text"]


@pytest.mark.parametrize(("language", "titles"), [("fi", ("Bonus", "Avaimet")), ("sv", ("Bonusen", "Nycklarna"))])
async def test_did_you_mean_has_a_button_for_each_option(
    generator: BilingualResponses, language: str, titles: tuple[str, str]
) -> None:
    said = conversation(language=language, options=list(_TITLES))
    response = await generator.generate("utter_clarify", said, "turn")
    assert response is not None
    assert response["buttons"] == [
        {"title": title, "payload": title, "answer": id_} for title, id_ in zip(titles, _TITLES, strict=True)
    ]


async def test_an_option_without_a_response_is_named_by_its_id(generator: BilingualResponses) -> None:
    response = await generator.generate("utter_clarify", conversation(language="fi", options=["x/y"]), "turn")
    assert response is not None
    assert response["buttons"] == [{"title": "x/y", "payload": "x/y", "answer": "x/y"}]


@pytest.mark.parametrize("language", ["fi", "sv"])
async def test_other_buttons_stay_as_they_were_written(generator: BilingualResponses, language: str) -> None:
    said = conversation(language=language, options=list(_TITLES))
    response = await generator.generate("utter_with_button", said, "turn")
    assert response is not None
    assert [button["answer"] for button in response["buttons"]] == ["a"]


async def test_a_response_that_does_not_exist_is_none(generator: BilingualResponses) -> None:
    assert await generator.generate("utter_nothing", conversation(language="fi"), "turn") is None


async def test_the_domain_is_left_as_it_was(generator: BilingualResponses) -> None:
    """A filled response is a copy: the next customer gets the next moment."""
    for action in ("utter_service/hours", "utter_clarify"):
        before = str(generator.responses[action])
        await generator.generate(action, conversation(language="sv", options=list(_TITLES)), "turn")
        assert str(generator.responses[action]) == before


async def test_several_questions_get_one_message_each_in_order(generator: BilingualResponses) -> None:
    said = conversation(language="sv", answer="greet", answers=["keys/after_contract", "greet"])
    response = await generator.generate("utter_greet", said, "turn")
    assert response is not None
    assert [(m["answer"], m["text"]) for m in response["messages"]] == [("keys/after_contract", "y"), ("greet", "Hej!")]


async def test_of_several_answers_none_offers_what_another_one_says(generator: BilingualResponses) -> None:
    said = conversation(language="fi", answer="with_button", answers=["with_button", "a"])
    response = await generator.generate("utter_with_button", said, "turn")
    assert response is not None
    assert [m["buttons"] for m in response["messages"]] == [[]]


@pytest.mark.parametrize(
    ("action", "said", "text"),
    [
        pytest.param(
            "utter_out_of_scope", {"caution": "unanswered", "language": "fi"}, f"{CALL}\n\nEn tiedä.", id="fi"
        ),
        pytest.param(
            "utter_out_of_scope", {"caution": "unanswered", "language": "sv"}, f"{RING}\n\nJag vet inte.", id="sv"
        ),
        pytest.param("utter_clarify", {"caution": "unanswered"}, f"{CALL}\n\nTarkoititteko?", id="asked back"),
        pytest.param("utter_out_of_scope", {"caution": "never"}, "En tiedä.", id="no danger"),
        pytest.param("utter_out_of_scope", {}, "En tiedä.", id="not said"),
        pytest.param("utter_greet", {"caution": "unanswered"}, "Hei!", id="an answer stays as it is"),
        pytest.param(
            "utter_greet", {"caution": "always"}, f"{CALL}\n\nHei!", id="danger in a part goes before any answer"
        ),
    ],
)
async def test_where_danger_cannot_be_ruled_out_no_answer_comes_without_112(
    generator: BilingualResponses, action: str, said: dict[str, Any], text: str
) -> None:
    response = await generator.generate(action, conversation(**said), "turn")
    assert response is not None
    assert response["text"] == text


async def test_danger_in_a_part_goes_before_the_first_of_several_answers(generator: BilingualResponses) -> None:
    said = conversation(language="fi", answer="greet", answers=["greet", "keys/after_contract"], caution="always")
    response = await generator.generate("utter_greet", said, "turn")
    assert response is not None
    assert [m["text"].startswith(CALL) for m in response["messages"]] == [True, False]
