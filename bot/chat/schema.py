"""The shapes of docs/protocol.md: requests read and checked, messages written. Unknown keys are dropped."""

import json
import re
from collections.abc import Mapping
from datetime import timezone
from typing import Any, Final

from bot.chat.conversation import Message, Post
from bot.chat.errors import Refusal
from bot.core.language import LANGUAGES, Language, as_language
from bot.core.text import MAX_MESSAGE_CHARACTERS, clean, has_words

_UUID: Final = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE | re.ASCII)
_CHOICE: Final = re.compile(r"[A-Za-z0-9_-]{1,64}", re.ASCII)
_NUMBER: Final = re.compile(r"[0-9]{1,9}", re.ASCII)


def read_json(body: bytes) -> Mapping[str, Any]:
    """The object in `body`. Raises `Refusal` 400 for anything else, however deep or broken."""
    try:
        value = json.loads(body.decode("utf-8"))
    except (ValueError, RecursionError):
        raise Refusal(400, "bad_request") from None
    if not isinstance(value, dict):
        raise Refusal(400, "bad_request")
    return value


def read_page_language(value: Mapping[str, Any]) -> Language:
    """The key `page_language`. Raises `Refusal` 400 where it is missing or no language of ours."""
    if value.get("page_language") not in LANGUAGES:
        raise Refusal(400, "bad_request")
    return as_language(value["page_language"])


def read_post(value: Mapping[str, Any]) -> Post:
    """The message in `value`, its text cleaned.

    Raises `Refusal`: 400 for another shape, 413 for a text over the limit, 422 for one without a word or a figure.
    """
    page_language = read_page_language(value)
    client_id = value.get("client_id")
    if not isinstance(client_id, str) or not _UUID.fullmatch(client_id) or ("text" in value) == ("choice" in value):
        raise Refusal(400, "bad_request")
    if "choice" in value:
        return Post(client_id.lower(), page_language, choice=_read_choice(value["choice"]))
    return Post(client_id.lower(), page_language, text=_read_text(value["text"]))


def read_number(text: str | None) -> int | None:
    """A message's number as it stands in an address or a header; None where it is none."""
    return int(text) if text is not None and _NUMBER.fullmatch(text) else None


def _read_choice(value: object) -> str:
    if not isinstance(value, str):
        raise Refusal(400, "bad_request")
    if not _CHOICE.fullmatch(value):
        raise Refusal(409, "unknown_choice")
    return value


def _read_text(value: object) -> str:
    if not isinstance(value, str):
        raise Refusal(400, "bad_request")
    text = clean(value)
    if len(text) > MAX_MESSAGE_CHARACTERS:
        raise Refusal(413, "too_long")
    if not has_words(text):
        raise Refusal(422, "empty")
    return text


def message_as_json(message: Message) -> dict[str, Any]:
    """`message` as the protocol writes it."""
    return {
        "seq": message.seq,
        "from": message.sender,
        "text": message.text,
        "language": message.language,
        "answer": message.answer,
        "buttons": [{"id": b.id, "title": b.title, "chosen": b.chosen} for b in message.buttons],
        "card": message.card,
        "time": message.time.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "client_id": message.client_id,
    }
