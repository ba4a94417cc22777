"""The memory of the chat service, as the rest of it sees it."""

from collections.abc import Sequence
from typing import Literal, Protocol

from bot.chat.conversation import Conversation, Page, Post, Receipt, Utterance, Waiting
from bot.core.language import Language

Outcome = Literal["answered", "apologised"]
"""How a customer's message was settled."""


class Store(Protocol):
    """Keeps conversations. What a method has returned from survives a crash.

    Where the database is away, writing raises `NotStoredError` and has written nothing; reading raises
    `NotReadableError`.
    """

    async def open(self, token_hash: str, page_language: Language, greeting: Utterance) -> Conversation:
        """A new conversation with `greeting` as its first message."""

    async def find(self, token_hash: str) -> Conversation | None:
        """The conversation of a session; None where there is none."""

    async def post(self, conversation_id: str, post: Post) -> Receipt:
        """Stores what the customer sends; the same client id again, in parallel too, gives the first one's number.

        Raises `UnknownChoiceError` for a button that this conversation never offered.
        """

    async def page(self, conversation_id: str, after: int) -> Page:
        """The messages after number `after`, in order."""

    async def oldest_waiting(self, conversation_id: str) -> Waiting | None:
        """The customer's first message that is neither answered nor apologised for."""

    async def conversations_waiting(self) -> Sequence[str]:
        """The conversations that have such a message, the longest waiting first."""

    async def settle(
        self, waiting: Waiting, utterances: Sequence[Utterance], outcome: Outcome, language: str | None = None
    ) -> bool:
        """Stores the answers to `waiting` and marks it, in one transaction.

        `language` is what the message was recognised as. False, with nothing stored, where it was settled before.
        """

    async def is_reachable(self) -> bool:
        """Whether the database answers now."""
