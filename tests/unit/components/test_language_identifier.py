"""The language of a message: the conversation so far, else the page, unless its own words say otherwise."""

from __future__ import annotations

from typing import Any

import pytest
from rasa.shared.core.events import ActionExecuted, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import METADATA
from rasa.shared.nlu.training_data.message import Message

from bot.components.context import example_language, expected_language
from bot.components.language_identifier import LanguageIdentifier
from tests.unit.components.conftest import Trained, message


def conversation(*languages: str | None) -> DialogueStateTracker:
    """A conversation whose messages were understood in `languages`."""
    understood: list[dict[str, Any]] = [{"language": said} if said else {"intent": {}} for said in languages]
    events: list[Any] = [ActionExecuted("action_session_start")]
    events += [UserUttered("hei", parse_data=parse_data) for parse_data in understood]
    return DialogueStateTracker.from_events("customer", events)


@pytest.mark.parametrize(
    ("languages", "page", "expected"),
    [
        pytest.param([], "sv", "sv", id="the first message: the page's"),
        pytest.param([], "fi", "fi", id="the first message: the page's, Finnish"),
        pytest.param([], None, "fi", id="nothing known"),
        pytest.param([], "de", "fi", id="a page in another language"),
        pytest.param(["sv"], "fi", "sv", id="the conversation's goes before the page's"),
        pytest.param(["sv", "fi"], "sv", "fi", id="the last message's"),
        pytest.param(["sv", "en"], "fi", "sv", id="a message in English changes nothing"),
        pytest.param(["other"], "sv", "sv", id="only foreign ones: the page's"),
        pytest.param(["sv", None], "fi", "sv", id="one without a language changes nothing"),
    ],
)
def test_the_expected_language(languages: list[str | None], page: str | None, expected: str) -> None:
    assert expected_language(message("ok", page_language=page), conversation(*languages)) == expected


@pytest.mark.parametrize("tracker", [None, conversation()])
def test_without_a_conversation_the_page_decides(tracker: Any) -> None:
    assert expected_language(message("ok", page_language="sv"), tracker) == "sv"


@pytest.mark.parametrize("text", ["ok", "112", "Lindström"])
@pytest.mark.parametrize("language", ["fi", "sv"])
def test_a_short_word_stays_in_the_language_of_the_conversation(trained: Trained, text: str, language: str) -> None:
    page = "sv" if language == "fi" else "fi"
    asked = [message(text, page_language=page)]
    trained.components[LanguageIdentifier].process(asked, conversation(language))
    assert asked[0].get("language") == language


def test_a_sentence_switches_the_language_in_the_middle(trained: Trained) -> None:
    asked = [message("vad händer med nycklarna", page_language="fi")]
    trained.components[LanguageIdentifier].process(asked, conversation("fi"))
    assert asked[0].get("language") == "sv"


@pytest.mark.parametrize(
    ("metadata", "language"),
    [
        ({"example": {"language": "sv"}}, "sv"),
        ({"intent": {"language": "en"}}, "en"),
        ({"example": {"language": "sv"}, "intent": {"language": "fi"}}, "sv"),
        ({"example": {"language": "klingon"}, "intent": {"language": "other"}}, "other"),
        ({"example": None, "intent": None}, "fi"),
        ({}, "fi"),
        (None, "fi"),
    ],
)
def test_a_training_example_says_its_language_itself_or_by_its_intent(metadata: Any, language: str) -> None:
    assert example_language(Message({METADATA: metadata})) == language
