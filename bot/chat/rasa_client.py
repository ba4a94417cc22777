"""Asks Rasa over the private turn: one message in, its answers out."""

import asyncio
import json
from collections.abc import Mapping
from typing import Any, Final, Protocol

import httpx

from bot.chat.conversation import SPOKEN_LANGUAGES, Card, Offer, Turn, Utterance, Waiting
from bot.core.errors import RasaUnavailableError
from bot.core.text import clean

_KNOCK_SECONDS: Final = 0.5
"""So quickly a healthy Rasa says that it is ready; beyond it counts as away."""
_KEEP_CONNECTION_SECONDS: Final = 2.0
"""Below the five seconds after which Rasa's server closes idle connections, so that none is used as it closes."""
_MAX_ANSWER_ID: Final = 100
_MAX_MESSAGES: Final = 20
_MAX_BUTTONS: Final = 20


class Rasa(Protocol):
    """Whoever answers a customer's message."""

    async def ask(self, waiting: Waiting) -> Turn:
        """The answers to `waiting`. Raises `RasaUnavailableError` where they don't come in time or make no sense."""

    async def is_ready(self) -> bool:
        """Whether it can answer now."""

    async def close(self) -> None:
        """Lets go of its connections."""


class RasaClient:
    """Rasa behind `url`. `silence_seconds`: after so long it counts as silent, and a late answer is dropped."""

    def __init__(self, url: str, secret: str, *, silence_seconds: float) -> None:
        self._silence_seconds = silence_seconds
        self._client = httpx.AsyncClient(
            base_url=url,
            headers={"Authorization": f"Bearer {secret}"},
            timeout=silence_seconds,
            trust_env=False,
            limits=httpx.Limits(max_connections=None, keepalive_expiry=_KEEP_CONNECTION_SECONDS),
        )
        self._failed_last = False

    async def ask(self, waiting: Waiting) -> Turn:
        """After a failure Rasa is first asked whether it is there: those who wait behind don't wait as long again."""
        if self._failed_last and not await self.is_ready():
            raise RasaUnavailableError("Rasa is still away")
        self._failed_last = True
        turn = await self._ask(waiting)
        self._failed_last = False
        return turn

    async def is_ready(self) -> bool:
        try:
            response = await asyncio.wait_for(self._client.get("/webhooks/turn/ready"), _KNOCK_SECONDS)
        except (httpx.HTTPError, asyncio.TimeoutError):
            return False
        return response.status_code == 200

    async def close(self) -> None:
        await self._client.aclose()

    async def _ask(self, waiting: Waiting) -> Turn:
        body = {
            "conversation": waiting.conversation_id,
            "message_id": waiting.id,
            "text": waiting.text,
            "answer": waiting.chosen_answer,
            "page_language": waiting.page_language,
        }
        try:
            response = await asyncio.wait_for(
                self._client.post("/webhooks/turn/", json=body), timeout=self._silence_seconds
            )
        except (httpx.TimeoutException, asyncio.TimeoutError) as error:
            raise RasaUnavailableError("Rasa is silent") from error
        except httpx.HTTPError as error:
            raise RasaUnavailableError(f"Rasa can't be reached ({type(error).__name__})") from error
        if response.status_code != 200:
            raise RasaUnavailableError(f"Rasa answered with status {response.status_code}")
        try:
            return read_turn(response.json())
        except (ValueError, RecursionError) as error:
            raise RasaUnavailableError("Rasa answered something else than a turn") from error


def read_turn(value: object) -> Turn:
    """The turn in `value` (decoded JSON). Raises `ValueError` where it has another shape or says nothing."""
    turn = _object(value)
    listed = turn.get("messages")
    if not isinstance(listed, list) or not 0 < len(listed) <= _MAX_MESSAGES:
        raise ValueError("messages")
    answer = turn.get("answer")
    answer = None if answer is None else _answer_id(answer)
    return Turn(_text(turn.get("language")), answer, tuple(_utterance(m, answer) for m in listed))


def _utterance(value: object, answer: str | None) -> Utterance:
    message = _object(value)
    own = message.get("answer")
    answer = answer if own is None else _answer_id(own)
    language = next((known for known in SPOKEN_LANGUAGES if known == message.get("language")), None)
    listed = message.get("buttons") or []
    if language is None or not isinstance(listed, list) or len(listed) > _MAX_BUTTONS:
        raise ValueError("language or buttons")
    buttons = [_object(button) for button in listed]
    offers = tuple(Offer(_text(button.get("title")), _answer_id(button.get("answer"))) for button in buttons)
    return Utterance(_text(message.get("text")), language, answer, offers, _card(message.get("card")))


def _card(value: object) -> Card | None:
    if value is None:
        return None
    json.dumps(value, ensure_ascii=False).encode("utf-8")  # a lone surrogate could not be sent on: ValueError
    return _object(value)


def _answer_id(value: object) -> str:
    text = _text(value)
    if len(text) > _MAX_ANSWER_ID:
        raise ValueError("answer id")
    return text


def _text(value: object) -> str:
    text = clean(value) if isinstance(value, str) else ""
    if not text:
        raise ValueError("text")
    return text


def _object(value: object) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise ValueError("object")
    return value
