"""A chat service without Rasa: speaks docs/protocol.md, answers from a script, and fails or stalls when told to.

It also serves the demonstration pages and the widget as the real service does, under the same content security policy.
"""

from __future__ import annotations

import asyncio
import json
import threading
import time
import uuid
from collections import deque
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Route

REPOSITORY = Path(__file__).resolve().parents[2]
POLICY = (
    "default-src 'self'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "require-trusted-types-for 'script'"
)
COOKIE = "kk_session"
GREETING = {"fi": "Hei! Olen Sector Alarmin chatbot.", "sv": "Hej! Jag är Sector Alarms chattbot."}
_TICK_S = 0.02

Message = dict[str, Any]


@dataclass(frozen=True)
class Failure:
    """What a post gets instead of being stored. With `stores_first` the message is kept and only the answer is lost."""

    status: int
    code: str = "not_stored"
    fi: str = "Viestiä ei voitu tallentaa."
    sv: str = "Meddelandet kunde inte sparas."
    headers: Mapping[str, str] = field(default_factory=dict)
    stores_first: bool = False

    def response(self) -> JSONResponse:
        body = {"error": {"code": self.code, "fi": self.fi, "sv": self.sv}}
        return JSONResponse(body, self.status, dict(self.headers))


@dataclass
class Conversation:
    messages: list[Message] = field(default_factory=list)
    typing: bool = False

    def add(self, sender: str, text: str, language: str, **more: Any) -> int:
        message = {
            "seq": len(self.messages) + 1,
            "from": sender,
            "text": text,
            "language": language,
            "answer": None,
            "buttons": [],
            "card": None,
            "time": datetime.now(timezone.utc).isoformat(timespec="seconds").replace("+00:00", "Z"),
            "client_id": None,
        }
        self.messages.append({**message, **more})
        return len(self.messages)

    def after(self, seq: int) -> list[Message]:
        return self.messages[seq:]


class StubService:
    """Runs in a thread on a free port. The test reads `requests` and turns the knobs below; all are off at first."""

    def __init__(self) -> None:
        self.script: dict[str, Sequence[str | Message]] = {}
        """What the bot says to a text or a button's title. Anything else is answered with "Vastaus: <text>"."""
        self.failures: deque[Failure] = deque()
        """Each is spent on one post of a message."""
        self.delay_s = 0.0
        """How long a post of a message takes."""
        self.open_delay_s = 0.0
        """How long the opening of a conversation takes."""
        self.events_refused = False
        self.events_silent = False
        """A stream opens but brings nothing, as behind a proxy that holds it back."""
        self.replayed = 0
        """So many messages before the one asked for are sent again when a stream opens."""
        self.requests: list[tuple[str, str, Any]] = []
        self.conversations: dict[str, Conversation] = {}
        self._streams_generation = 0
        self._server = uvicorn.Server(
            uvicorn.Config(
                self._app(), host="127.0.0.1", port=0, ws="none", log_level="warning", timeout_graceful_shutdown=1
            )
        )
        self._thread = threading.Thread(target=self._server.run, daemon=True)

    # What a test does with it

    def start(self) -> None:
        self._thread.start()
        deadline = time.monotonic() + 10
        while not self._server.started:
            if time.monotonic() > deadline:
                raise TimeoutError("the stub chat service did not start within 10 s")
            time.sleep(_TICK_S)

    def stop(self) -> None:
        self._streams_generation += 1
        self._server.should_exit = True
        self._thread.join(timeout=10)

    @property
    def url(self) -> str:
        host, port = self._server.servers[0].sockets[0].getsockname()[:2]
        return f"http://{host}:{port}"

    @property
    def conversation(self) -> Conversation:
        """The one conversation of the test."""
        (only,) = self.conversations.values()
        return only

    def say(self, text: str, *, sender: str = "bot", language: str = "fi", titles: Sequence[str] = ()) -> int:
        buttons = [{"id": f"b-{uuid.uuid4().hex[:8]}", "title": title, "chosen": False} for title in titles]
        return self.conversation.add(sender, text, language, buttons=buttons)

    def end_streams(self) -> None:
        self._streams_generation += 1

    def posted(self) -> list[dict[str, Any]]:
        """The bodies of the posts of messages, as they came."""
        return [body for method, path, body in self.requests if (method, path) == ("POST", "/chat/v1/messages")]

    def count(self, method: str, path: str) -> int:
        return sum((method, path) == (one, other) for one, other, _ in self.requests)

    # The protocol

    def _app(self) -> Starlette:
        routes = [
            Route("/chat/v1/conversation", self._open, methods=["POST"]),
            Route("/chat/v1/messages", self._post, methods=["POST"]),
            Route("/chat/v1/messages", self._poll, methods=["GET"]),
            Route("/chat/v1/events", self._events, methods=["GET"]),
            _file("/fi", "bot/demo/fi.html"),
            _file("/sv", "bot/demo/sv.html"),
            _file("/demo/demo.css", "bot/demo/demo.css"),
            _file("/widget/widget.js", "bot/widget/dist/widget.js"),
        ]
        return Starlette(routes=routes)

    async def _open(self, request: Request) -> Response:
        body = await self._note(request)
        await asyncio.sleep(self.open_delay_s)
        cookie, conversation = self._find_or_open(request, body["page_language"])
        response = JSONResponse({"messages": conversation.messages, "last": len(conversation.messages)})
        response.set_cookie(COOKIE, cookie, httponly=True, samesite="lax")
        return response

    async def _post(self, request: Request) -> Response:
        body = await self._note(request)
        await asyncio.sleep(self.delay_s)
        failure = self.failures.popleft() if self.failures else None
        if failure and not failure.stores_first:
            return failure.response()
        cookie, conversation = self._find_or_open(request, body["page_language"])
        seq = self._store(conversation, body)
        if failure:
            return failure.response()
        response = JSONResponse({"seq": seq}, 202)
        response.set_cookie(COOKIE, cookie, httponly=True, samesite="lax")
        return response

    async def _poll(self, request: Request) -> Response:
        await self._note(request)
        conversation = self.conversations.get(request.cookies.get(COOKIE, ""))
        if conversation is None:
            return _NO_CONVERSATION.response()
        messages = conversation.after(int(request.query_params["after"]))
        return JSONResponse({"messages": messages, "last": len(conversation.messages), "typing": conversation.typing})

    async def _events(self, request: Request) -> Response:
        await self._note(request)
        conversation = self.conversations.get(request.cookies.get(COOKIE, ""))
        if conversation is None:
            return _NO_CONVERSATION.response()
        if self.events_refused:
            return Failure(503).response()
        after = int(request.headers.get("Last-Event-ID") or request.query_params["after"])
        stream = self._stream(conversation, max(0, after - self.replayed))
        return StreamingResponse(stream, media_type="text/event-stream", headers={"Cache-Control": "no-store"})

    async def _stream(self, conversation: Conversation, after: int) -> AsyncIterator[str]:
        generation = self._streams_generation
        typing = False
        yield ": open\n\n"
        while generation == self._streams_generation:
            if not self.events_silent:
                for message in conversation.after(after):
                    after = message["seq"]
                    yield f"id: {after}\nevent: message\ndata: {json.dumps(message)}\n\n"
                if typing != conversation.typing:
                    typing = conversation.typing
                    yield f"event: typing\ndata: {json.dumps({'on': typing})}\n\n"
            await asyncio.sleep(_TICK_S)

    async def _note(self, request: Request) -> Any:
        body = await request.json() if request.method == "POST" else None
        self.requests.append((request.method, request.url.path, body))
        return body

    def _find_or_open(self, request: Request, language: str) -> tuple[str, Conversation]:
        cookie = request.cookies.get(COOKIE, "")
        if cookie not in self.conversations:
            cookie = uuid.uuid4().hex
            self.conversations[cookie] = Conversation()
            self.conversations[cookie].add("bot", GREETING[language], language)
        return cookie, self.conversations[cookie]

    def _store(self, conversation: Conversation, body: Mapping[str, Any]) -> int:
        for message in conversation.messages:
            if message["client_id"] == body["client_id"]:
                return int(message["seq"])
        text = body["text"] if "text" in body else self._choose(conversation, body["choice"])
        language = body["page_language"]
        seq = conversation.add("user", text, language, client_id=body["client_id"])
        for answer in self.script.get(text, [f"Vastaus: {text}"]):
            more = {"text": answer} if isinstance(answer, str) else answer
            conversation.add(**{"sender": "bot", "language": language, **more})
        return seq

    def _choose(self, conversation: Conversation, choice: str) -> str:
        for message in conversation.messages:
            for button in message["buttons"]:
                if button["id"] == choice:
                    button["chosen"] = True
                    return str(button["title"])
        raise LookupError(f"no button {choice} was offered")


_NO_CONVERSATION = Failure(404, "no_conversation", "Keskustelua ei ole.", "Det finns ingen chatt.")


def _file(path: str, source: str) -> Route:
    async def serve(_: Request) -> Response:
        headers = {"Content-Security-Policy": POLICY, "X-Content-Type-Options": "nosniff"}
        return FileResponse(REPOSITORY / source, headers=headers)

    return Route(path, serve)
