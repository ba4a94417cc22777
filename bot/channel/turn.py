"""Rasa's one channel: a turn of a conversation comes in from the chat service, the answer goes back in the response."""

import asyncio
import hmac
import inspect
import uuid
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import Any, Final

import structlog
from rasa.core.channels.channel import CollectingOutputChannel, InputChannel, UserMessage
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.core.errors import SettingsError
from bot.core.language import as_language
from bot.core.text import as_typed
from bot.settings import shared_secret

_LOG = structlog.get_logger(__name__)
_NAME: Final = "turn"
_SHORTEST_SECRET: Final = 16
_REMEMBERED_TURNS: Final = 1_000
"""So many last answers are kept for a turn that is asked again under the same message id."""


class _Collected(CollectingOutputChannel):
    """Keeps what the bot says, buttons with their answer ids."""

    @classmethod
    def name(cls) -> str:
        return _NAME

    async def send_text_message(self, recipient_id: str, text: str, **kwargs: Any) -> None:
        """One message: Rasa's own would make one of each paragraph."""
        await self._persist_message(self._message(recipient_id, text=text))

    async def send_text_with_buttons(
        self, recipient_id: str, text: str, buttons: list[dict[str, Any]], **kwargs: Any
    ) -> None:
        await self._persist_message(self._message(recipient_id, text=text, buttons=buttons))

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """One response; where it answers several questions, one message for each, marked with its answer id."""
        for part in message.get("messages") or [message]:
            answer = part.get("answer")
            await super().send_response(recipient_id, part)
            if answer:
                self.messages[-1]["answer"] = answer


class TurnChannel(InputChannel):
    """`POST /webhooks/turn/` and `GET /webhooks/turn/ready`; docs/protocol.md describes both."""

    def __init__(self, secret: str) -> None:
        self._secret = secret

    @classmethod
    def name(cls) -> str:
        """The path below /webhooks."""
        return _NAME

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> "TurnChannel":
        """The secret is given, else the setting; raises `SettingsError` where it is missing or short."""
        secret = str((credentials or {}).get("secret") or shared_secret())
        if len(secret) < _SHORTEST_SECRET or secret.startswith("$"):
            raise SettingsError(
                f"RASA_SHARED_SECRET is missing or shorter than {_SHORTEST_SECRET} characters: "
                "set it in .env (see .env.example)"
            )
        return cls(secret)

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """The routes, for Rasa's server."""
        routes = Blueprint(f"{_NAME}_channel", _NAME)
        turns: OrderedDict[tuple[str, str], asyncio.Future[dict[str, Any]]] = OrderedDict()

        @routes.get("/ready")
        async def ready(request: Request) -> HTTPResponse:
            if not self._is_allowed(request):
                return _refused()
            agent = getattr(request.app.ctx, "agent", None)
            is_ready = agent is not None and agent.is_ready()
            return response.json({"ready": is_ready}, status=200 if is_ready else 503)

        @routes.post("/")
        async def turn(request: Request) -> HTTPResponse:
            if not self._is_allowed(request):
                return _refused()
            body = request.json
            if not isinstance(body, dict) or not all(isinstance(body.get(k), str) for k in ("conversation", "text")):
                return response.json({"error": "conversation and text are needed, both texts"}, status=400)
            message_id = body.get("message_id") or uuid.uuid4().hex
            if not isinstance(message_id, str):
                return response.json({"error": "message_id is no text"}, status=400)
            turn_id = (body["conversation"], message_id)
            if turn_id not in turns:  # asked again after a crash of the chat service: the conversation hears it once
                turns[turn_id] = asyncio.ensure_future(_take_turn(request, body, on_new_message))
                while len(turns) > _REMEMBERED_TURNS:
                    turns.popitem(last=False)
            try:
                return response.json(await asyncio.shield(turns[turn_id]))
            except Exception:
                turns.pop(turn_id, None)
                raise

        return routes

    def _is_allowed(self, request: Request) -> bool:
        given = request.headers.get("authorization", "")
        return hmac.compare_digest(given.encode(), f"Bearer {self._secret}".encode())


def _refused() -> HTTPResponse:
    return response.json({"error": "unauthorized"}, status=401)


def _user_message(body: dict[str, Any], collected: _Collected) -> UserMessage:
    """The turn as Rasa's message. What is typed is a text, even where it begins with Rasa's command sign."""
    answer = body.get("answer")
    metadata = {
        "page_language": as_language(body.get("page_language")),
        "answer": answer if isinstance(answer, str) else None,
    }
    return UserMessage(
        text=as_typed(body["text"]),
        output_channel=collected,
        sender_id=body["conversation"],
        input_channel=_NAME,
        message_id=body.get("message_id"),
        metadata=metadata,
    )


async def _take_turn(
    request: Request, body: dict[str, Any], on_new_message: Callable[[UserMessage], Awaitable[Any]]
) -> dict[str, Any]:
    collected = _Collected()
    await on_new_message(_user_message(body, collected))
    return await _reply(request, body["conversation"], collected)


async def _reply(request: Request, conversation: str, collected: _Collected) -> dict[str, Any]:
    tracker = request.app.ctx.agent.tracker_store.retrieve(conversation)
    tracker = await tracker if inspect.isawaitable(tracker) else tracker
    said = tracker.latest_message.parse_data if tracker is not None and tracker.latest_message is not None else {}
    language = as_language(said.get("language"))
    answer = said.get("answer")
    _LOG.info("turn.answered", answer=answer, language=language, messages=len(collected.messages))
    return {
        "language": language,
        "answer": answer,
        "messages": [
            {
                "text": message.get("text", ""),
                "language": language,
                "answer": message.get("answer", answer),
                "buttons": [
                    {"title": button["title"], "answer": button.get("answer", "")}
                    for button in message.get("buttons", [])
                ],
                "card": None,
            }
            for message in collected.messages
        ],
    }
