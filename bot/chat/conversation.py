"""What a conversation is made of: its messages, their buttons, and what is said next."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal

from bot.core.language import Language

Sender = Literal["user", "bot", "agent", "system"]
"""Who says a message."""

SpokenLanguage = Literal["fi", "sv", "en"]
"""The language of a message's text."""

SPOKEN_LANGUAGES: Final[tuple[SpokenLanguage, ...]] = ("fi", "sv", "en")

Card = Mapping[str, Any]
"""Something that the widget draws besides the text; the service passes it on as it is."""


@dataclass(frozen=True)
class Conversation:
    """One conversation, as far as the routes need it."""

    id: str


@dataclass(frozen=True)
class Button:
    """A button as its conversation sees it: the answer behind it stays in the store."""

    id: str
    title: str
    chosen: bool


@dataclass(frozen=True)
class Message:
    """One stored message. `seq` counts up from 1 within its conversation and never changes."""

    seq: int
    sender: Sender
    text: str
    language: SpokenLanguage
    answer: str | None
    buttons: tuple[Button, ...]
    card: Card | None
    time: datetime
    client_id: str | None


@dataclass(frozen=True)
class Page:
    """The messages after a number, in order, and whether an answer to some message is still to come.

    Where `typing` is false, every answer to what the customer has said is in the store before the page was read.
    """

    messages: tuple[Message, ...]
    last: int
    typing: bool


@dataclass(frozen=True)
class Offer:
    """A button to be: its title, and the answer id that it leads to."""

    title: str
    answer: str


@dataclass(frozen=True)
class Utterance:
    """A message to be, from the assistant's side."""

    text: str
    language: SpokenLanguage
    answer: str | None = None
    offers: tuple[Offer, ...] = ()
    card: Card | None = None


@dataclass(frozen=True)
class Post:
    """What a customer sends: cleaned words, or the id of a pressed button; exactly one of `text` and `choice`."""

    client_id: str
    page_language: Language
    text: str | None = None
    choice: str | None = None


@dataclass(frozen=True)
class Receipt:
    """Where a post is stored; `is_new` is false where the same client id was stored before."""

    seq: int
    is_new: bool


@dataclass(frozen=True)
class Waiting:
    """A stored message of the customer that nobody has answered yet."""

    id: str
    conversation_id: str
    text: str
    chosen_answer: str | None
    """The answer id of the pressed button, where it was one."""
    page_language: Language
    conversation_language: Language
    """What the conversation has been in so far: the language of an apology."""


@dataclass(frozen=True)
class Turn:
    """What Rasa makes of one message."""

    language: str
    answer: str | None
    utterances: tuple[Utterance, ...]
