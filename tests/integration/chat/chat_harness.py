"""A chat service that really runs, a scripted Rasa behind it, and customers in front of it."""

import asyncio
import uuid
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import time
from pathlib import Path
from typing import Any

import httpx
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from bot.chat import ChatServer, create_app
from bot.chat.limits import Limiter
from bot.content import Content
from bot.core.answers import Answer
from bot.core.company import Company
from bot.core.opening_hours import Hours, WeeklyHours
from bot.settings import Settings
from tests.conftest import free_port

SECRET = "a long enough shared secret"
SILENCE_SECONDS = 0.4
WEEK = WeeklyHours((Hours(time(8), time(18)),) * 5 + (None, None))


def content() -> Content:
    figures = {"phone": "0207 345 000", "phone_price": "0,088 €/min", "emergency_number": "112"}
    greet = Answer(
        id="greet",
        file="replies.yml",
        title={"fi": "Tervehdys", "sv": "Hälsning"},
        text={"fi": "Hei! {service_hours}. Soittakaa {phone}.", "sv": "Hej! {service_hours}. Ring {phone}."},
        questions={"fi": (), "sv": ()},
        follow_up=("billing/where_and_how", "bonus/how_to_get"),
    )
    titles = {"billing/where_and_how": ("Laskut", "Fakturor"), "bonus/how_to_get": ("Bonus fi", "Bonus sv")}
    answers = [
        Answer(id_, "faq.yml", {"fi": fi, "sv": sv}, {"fi": fi, "sv": sv}, {"fi": (fi,), "sv": (sv,)}, source="page")
        for id_, (fi, sv) in titles.items()
    ]
    company = Company({name: {"fi": value, "sv": value} for name, value in figures.items()}, WEEK, WEEK)
    return Content(company, {answer.id: answer for answer in [greet, *answers]})


def settings(port: int, rasa_port: int, database: Path | str, *, silence_seconds: float = SILENCE_SECONDS) -> Settings:
    return Settings(
        host="127.0.0.1",
        port=port,
        public_origin="",
        allowed_origins=frozenset({"https://www.example.fi"}),
        database_url=f"sqlite:///{database}" if isinstance(database, Path) else database,
        rasa_port=rasa_port,
        rasa_shared_secret=SECRET,
        rasa_silence_seconds=silence_seconds,
        model_folder=Path("models"),
        log_level="INFO",
    )


def turn(text: str, **more: Any) -> dict[str, Any]:
    """A turn with one message."""
    message: dict[str, Any] = {"text": text, "language": "fi", "buttons": [], "card": None}
    return {"language": "fi", "answer": "bonus/how_to_get", "messages": [message | more]}


@asynccontextmanager
async def running(server: uvicorn.Server) -> AsyncIterator[None]:
    task = asyncio.create_task(server.serve())
    while not server.started:
        assert not task.done(), "the server did not start"
        await asyncio.sleep(0.01)
    try:
        yield
    finally:
        server.should_exit = True
        await task


@dataclass
class FakeRasa:
    """Answers "Vastaus: <text>" after `delay` seconds, or what `script` holds for the text; notes every turn."""

    port: int = field(default_factory=free_port)
    script: dict[str, Response | dict[str, Any]] = field(default_factory=dict)
    hang_on: set[str] = field(default_factory=set)
    delay: float = 0.0
    is_ready: bool = True
    turns: list[dict[str, Any]] = field(default_factory=list)
    at_once: int = 0
    most_at_once: int = 0
    release: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def texts(self) -> list[str]:
        return [turn["text"] for turn in self.turns]

    def forget(self) -> None:
        """As new, for the next test."""
        self.release.set()
        fresh = FakeRasa(port=self.port)
        for name in ("script", "hang_on", "delay", "is_ready", "turns", "most_at_once", "release"):
            setattr(self, name, getattr(fresh, name))

    async def heard(self, text: str) -> None:
        """Waits until `text` has come."""
        for _ in range(500):
            if text in self.texts:
                return
            await asyncio.sleep(0.01)
        raise AssertionError(f"{text!r} never came")

    @asynccontextmanager
    async def serving(self) -> AsyncIterator["FakeRasa"]:
        app = Starlette(
            routes=[
                Route("/webhooks/turn/", self._turn, methods=["POST"]),
                Route("/webhooks/turn/ready", self._ready),
            ]
        )
        config = uvicorn.Config(
            app, port=self.port, log_config=None, lifespan="off", ws="none", timeout_graceful_shutdown=1
        )
        async with running(uvicorn.Server(config)):
            try:
                yield self
            finally:
                self.release.set()

    async def _ready(self, _request: Request) -> Response:
        return JSONResponse({"ready": self.is_ready}, 200 if self.is_ready else 503)

    async def _turn(self, request: Request) -> Response:
        if request.headers.get("authorization") != f"Bearer {SECRET}":
            return Response(status_code=401)
        body = await request.json()
        self.turns.append(body)
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            if body["text"] in self.hang_on:
                await self.release.wait()
            await asyncio.sleep(self.delay)
        finally:
            self.at_once -= 1
        scripted = self.script.get(body["text"], turn(f"Vastaus: {body['text']}"))
        return scripted if isinstance(scripted, Response) else JSONResponse(scripted)


def server_error() -> Response:
    return PlainTextResponse("Traceback (most recent call last): secret", 500)


@dataclass
class ChatService:
    """Where a running service is, and its database."""

    base_url: str
    database: Path

    @asynccontextmanager
    async def customer(self, **headers: str) -> AsyncIterator["Customer"]:
        async with httpx.AsyncClient(
            base_url=self.base_url, headers={"Origin": self.base_url} | headers, timeout=20
        ) as client:
            yield Customer(client)


@asynccontextmanager
async def chatting(
    database: Path, rasa_port: int, *, limiter: Limiter | None = None, **more: Any
) -> AsyncIterator[ChatService]:
    """A chat service on a free port; without a speed limit unless `limiter` is given."""
    port = free_port()
    unlimited = Limiter(per_second=1e6, burst=1_000_000)
    app = create_app(settings(port, rasa_port, database, **more), content(), limiter=limiter or unlimited)
    async with running(ChatServer(app, host="127.0.0.1", port=port)):
        yield ChatService(f"http://127.0.0.1:{port}", database)


@dataclass
class Customer:
    """A browser with its cookies."""

    client: httpx.AsyncClient
    language: str = "fi"

    async def open(self) -> list[dict[str, Any]]:
        response = await self.client.post("/chat/v1/conversation", json={"page_language": self.language})
        assert response.status_code == 200, response.text
        messages: list[dict[str, Any]] = response.json()["messages"]
        return messages

    async def send(self, text: str | None = None, **more: Any) -> httpx.Response:
        body: dict[str, Any] = {"client_id": str(uuid.uuid4()), "page_language": self.language}
        if text is not None:
            body["text"] = text
        return await self.client.post("/chat/v1/messages", json=body | more)

    async def say(self, text: str) -> int:
        response = await self.send(text)
        assert response.status_code == 202, response.text
        seq: int = response.json()["seq"]
        return seq

    async def messages(self, after: int = 0) -> list[dict[str, Any]]:
        return list((await self.page(after))["messages"])

    async def page(self, after: int = 0) -> Mapping[str, Any]:
        response = await self.client.get("/chat/v1/messages", params={"after": after})
        assert response.status_code == 200, response.text
        page: Mapping[str, Any] = response.json()
        return page

    async def settled(self, seconds: float = 8) -> list[dict[str, Any]]:
        """All messages, once nothing waits for an answer."""
        deadline = asyncio.get_running_loop().time() + seconds
        while (page := await self.page())["typing"]:
            assert asyncio.get_running_loop().time() < deadline, "still waiting for an answer"
            await asyncio.sleep(0.02)
        return list(page["messages"])

    async def texts(self) -> list[str]:
        """What was said after the greeting, once nothing waits for an answer."""
        return [message["text"] for message in (await self.settled())[1:]]
