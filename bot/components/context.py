"""What a component may know besides the text: the page's language, the language so far, a pressed button."""

from typing import Any

from rasa.shared.core.events import UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import METADATA
from rasa.shared.nlu.training_data.message import Message

from bot.core.language import Language, MessageLanguage, as_language

LANGUAGE = "language"
"""Message property: the language to answer in."""


def turn_metadata(message: Message) -> dict[str, Any]:
    """The metadata that the turn channel sent along; empty in Rasa's own shell and tests."""
    metadata = message.get(METADATA)
    return metadata if isinstance(metadata, dict) else {}


def example_language(message: Message) -> MessageLanguage:
    """A training example's language, from its `metadata: {language: …}` or its intent's; else Finnish."""
    for part in ("example", "intent"):
        given = (turn_metadata(message).get(part) or {}).get(LANGUAGE)
        if given in ("fi", "sv", "en", "other"):
            language: MessageLanguage = given
            return language
    return "fi"


def expected_language(message: Message, tracker: DialogueStateTracker | None) -> Language:
    """The conversation's language so far; before the first message the page's; Finnish where neither is known."""
    for event in reversed(tracker.events if tracker is not None else []):
        if isinstance(event, UserUttered) and event.parse_data is not None:
            said = event.parse_data.get(LANGUAGE)
            if said in ("fi", "sv"):
                return as_language(said)
    return as_language(turn_metadata(message).get("page_language"))


def answer_language(message: Message) -> Language:
    """The language found by the language identifier, Finnish where it is none that the assistant speaks."""
    return as_language(message.get(LANGUAGE))
