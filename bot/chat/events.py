"""A conversation as server-sent events: read from the store after the last number sent, whenever the hub wakes it."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Final

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from bot.chat.conversation import Page
from bot.chat.errors import NotReadableError
from bot.chat.hub import Hub, Listener
from bot.chat.schema import message_as_json

HEARTBEAT_SECONDS: Final = 15.0
"""After so long without an event a comment keeps proxies from closing the connection."""
_RETRY_MS: Final = 1_000

ReadPage = Callable[[str, int], Awaitable[Page]]
"""Conversation id and number → the messages after it."""


class EventStream(Response):
    """Sends the messages after `after` and every later one, until the client goes or the hub closes.

    After messages, and whenever it changes, comes whether an answer is still to come. Nothing is kept for a client that
    does not read: the next page is read from the store once the last one is through.
    """

    media_type = "text/event-stream"

    def __init__(
        self,
        conversation_id: str,
        after: int,
        *,
        hub: Hub,
        read: ReadPage,
        heartbeat_seconds: float = HEARTBEAT_SECONDS,
    ) -> None:
        super().__init__(headers={"X-Accel-Buffering": "no"})
        del self.headers["content-length"]
        self._conversation_id = conversation_id
        self._after = after
        self._hub = hub
        self._read = read
        self._heartbeat_seconds = heartbeat_seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        with self._hub.listen(self._conversation_id) as listener:
            watcher = asyncio.create_task(_close_when_gone(receive, listener))
            try:
                start = {"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers}
                await send(start)
                await _send(send, f"retry: {_RETRY_MS}\n\n")
                await self._follow(listener, send)
                await send({"type": "http.response.body", "body": b"", "more_body": False})
            finally:
                watcher.cancel()

    async def _follow(self, listener: Listener, send: Send) -> None:
        typing = False
        has_news = True
        while listener.is_open:
            if has_news:
                try:
                    page = await self._read(self._conversation_id, self._after)
                except NotReadableError:
                    return  # the client opens the stream again
                self._after = page.last
                text = "".join(_event("message", message_as_json(m), id_=m.seq) for m in page.messages)
                if page.messages or page.typing != typing:
                    text += _event("typing", {"on": page.typing})
                typing = page.typing
                if text:
                    await _send(send, text)
            has_news = await listener.wait(self._heartbeat_seconds)
            if not has_news:
                await _send(send, ":\n\n")


async def _close_when_gone(receive: Receive, listener: Listener) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    listener.close()


async def _send(send: Send, text: str) -> None:
    await send({"type": "http.response.body", "body": text.encode("utf-8"), "more_body": True})


def _event(name: str, data: object, *, id_: int | None = None) -> str:
    number = "" if id_ is None else f"id: {id_}\n"
    return f"event: {name}\n{number}data: {json.dumps(data, ensure_ascii=False, separators=(',', ':'))}\n\n"
