"""What a component may know besides the text: the page's language, the language so far, a pressed button."""

from itertools import islice
from typing import Any

from rasa.shared.core.events import UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import METADATA
from rasa.shared.nlu.training_data.message import Message

from bot.core.answers import FAQ_IDS
from bot.core.language import Language, MessageLanguage, as_language

_REMEMBERED_TURNS = 3
"""After so many other turns nobody means that answer any more."""

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


def last_answer(tracker: DialogueStateTracker | None) -> str | None:
    """The answer id of the FAQ that was given last, where it was one of the customer's last three turns."""
    turns = (e for e in reversed(tracker.events if tracker is not None else []) if isinstance(e, UserUttered))
    for turn in islice(turns, _REMEMBERED_TURNS):
        said = turn.parse_data.get("answers") if turn.parse_data is not None else None
        for answer in reversed(said or []):
            if answer in FAQ_IDS:
                return str(answer)
    return None


def answer_language(message: Message) -> Language:
    """The language found by the language identifier, Finnish where it is none that the assistant speaks."""
    return as_language(message.get(LANGUAGE))
