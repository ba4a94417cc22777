"""What the chat service refuses, and what can fail inside it."""

from bot.core.errors import AssistantError


class Refusal(AssistantError):
    """A request that is answered with an error of the protocol: `code` is one of `bot.chat.texts.ERRORS`."""

    def __init__(self, status: int, code: str, *, retry_after: int | None = None) -> None:
        super().__init__(f"{status} {code}")
        self.status = status
        self.code = code
        self.retry_after = retry_after
        """Whole seconds after which the same request may pass."""


class UnknownChoiceError(AssistantError):
    """A button was pressed that its conversation never offered."""


class NotReadableError(AssistantError):
    """The database can't be read just now."""
