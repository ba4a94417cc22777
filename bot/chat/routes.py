"""The chat protocol's requests (docs/protocol.md)."""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import structlog
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.chat import sessions
from bot.chat.body import read_body
from bot.chat.conversation import Conversation, Page, Utterance
from bot.chat.errors import NotReadableError, Refusal, UnknownChoiceError
from bot.chat.events import EventStream
from bot.chat.hub import Hub
from bot.chat.limits import Limiter
from bot.chat.schema import message_as_json, read_json, read_number, read_page_language, read_post
from bot.chat.store import Store
from bot.chat.turns import Turns
from bot.core.errors import NotStoredError
from bot.core.language import Language

_log = structlog.get_logger(__name__)
_PREFIX: Final = "/chat/v1"


@dataclass(frozen=True)
class ChatRoutes:
    """The four requests on what they need."""

    store: Store
    hub: Hub
    turns: Turns
    limiter: Limiter
    greet: Callable[[Language], Utterance]
    secure_cookie: bool

    def routes(self) -> list[Route]:
        """Where they stand."""
        return [
            Route(f"{_PREFIX}/conversation", self.open, methods=["POST"]),
            Route(f"{_PREFIX}/messages", self.post, methods=["POST"]),
            Route(f"{_PREFIX}/messages", self.messages, methods=["GET"]),
            Route(f"{_PREFIX}/events", self.events, methods=["GET"]),
        ]

    async def open(self, request: Request) -> Response:
        """Opens a conversation, or goes on with the one in the cookie."""
        page_language = read_page_language(read_json(await read_body(request)))
        conversation, token = await self._find_or_open(request, page_language)
        page = await self._page(conversation.id, 0)
        return self._with_cookie(JSONResponse({"messages": _as_json(page), "last": page.last}), token)

    async def post(self, request: Request) -> Response:
        """Stores a message; it is acknowledged once it is safe."""
        post = read_post(read_json(await read_body(request)))
        conversation = await self._find(request)
        self._slow_down(f"conversation {conversation.id}" if conversation else f"address {_address(request)}")
        token = None
        if conversation is None:
            conversation, token = await self._open(post.page_language)
        try:
            receipt = await self.store.post(conversation.id, post)
        except UnknownChoiceError:
            raise Refusal(409, "unknown_choice") from None
        except NotStoredError as error:
            raise _not_stored(error) from error
        if receipt.is_new:
            _log.info("chat.message_stored", conversation=conversation.id, seq=receipt.seq)
            self.hub.wake(conversation.id)
        self.turns.wake(conversation.id)
        return self._with_cookie(JSONResponse({"seq": receipt.seq}, 202), token)

    async def messages(self, request: Request) -> Response:
        """The messages after a number."""
        after = _after(request)
        page = await self._page((await self._require(request)).id, after)
        return JSONResponse({"messages": _as_json(page), "last": page.last, "typing": page.typing})

    async def events(self, request: Request) -> Response:
        """The same as a stream."""
        resumed = read_number(request.headers.get("last-event-id"))
        after = _after(request) if resumed is None else resumed
        conversation = await self._require(request)
        return EventStream(conversation.id, after, hub=self.hub, read=self.store.page)

    async def _find(self, request: Request) -> Conversation | None:
        token_hash = sessions.hash_in(request.cookies)
        if token_hash is None:
            return None
        try:
            return await self.store.find(token_hash)
        except NotReadableError as error:
            _log.warning("chat.database_unavailable", reason=str(error))
            raise Refusal(503, "not_stored" if request.method == "POST" else "unavailable", retry_after=1) from error

    async def _require(self, request: Request) -> Conversation:
        conversation = await self._find(request)
        if conversation is None:
            raise Refusal(404, "no_conversation")
        return conversation

    async def _find_or_open(self, request: Request, page_language: Language) -> tuple[Conversation, str | None]:
        conversation = await self._find(request)
        return (conversation, None) if conversation else await self._open(page_language)

    async def _open(self, page_language: Language) -> tuple[Conversation, str]:
        token = sessions.new_token()
        try:
            conversation = await self.store.open(sessions.hash_of(token), page_language, self.greet(page_language))
        except NotStoredError as error:
            raise _not_stored(error) from error
        _log.info("chat.conversation_opened", conversation=conversation.id, page_language=page_language)
        return conversation, token

    async def _page(self, conversation_id: str, after: int) -> Page:
        try:
            return await self.store.page(conversation_id, after)
        except NotReadableError as error:
            _log.warning("chat.database_unavailable", reason=str(error))
            raise Refusal(503, "unavailable", retry_after=1) from error

    def _slow_down(self, client: str) -> None:
        wait = self.limiter.wait_for(client, time.monotonic())
        if wait > 0:
            raise Refusal(429, "too_fast", retry_after=math.ceil(wait))

    def _with_cookie(self, response: Response, token: str | None) -> Response:
        if token is not None:
            sessions.give(response, token, secure=self.secure_cookie)
        return response


def _after(request: Request) -> int:
    text = request.query_params.get("after", "0")
    after = read_number(text)
    if after is None:
        raise Refusal(400, "bad_request")
    return after


def _address(request: Request) -> str:
    return request.client.host if request.client else ""


def _not_stored(error: NotStoredError) -> Refusal:
    _log.warning("chat.database_unavailable", reason=str(error))
    return Refusal(503, "not_stored", retry_after=1)


def _as_json(page: Page) -> list[dict[str, object]]:
    return [message_as_json(message) for message in page.messages]
