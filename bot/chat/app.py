"""The one place that wires the chat service together."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import Final

import structlog
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware

from bot.chat.conversation import Utterance
from bot.chat.database import create_engine, migrate
from bot.chat.errors import Refusal
from bot.chat.greeting import greeting
from bot.chat.health import health_routes
from bot.chat.hub import Hub
from bot.chat.ids import NewId, random_id
from bot.chat.limits import Limiter
from bot.chat.pages import page_routes
from bot.chat.rasa_client import Rasa, RasaClient
from bot.chat.replies import LastNet, on_http_error, on_refusal
from bot.chat.routes import ChatRoutes
from bot.chat.security import OriginCheck, SecurityHeaders, own_origins
from bot.chat.sql_store import SqlStore
from bot.chat.texts import apology
from bot.chat.turns import Turns
from bot.clock import is_finnish_holiday
from bot.clock import now as now_by_the_clock
from bot.content import Content
from bot.core.language import Language
from bot.core.opening_hours import IsHoliday
from bot.settings import Settings

_log = structlog.get_logger(__name__)
_BOT: Final = Path(__file__).resolve().parent.parent
_PREFLIGHT_SECONDS: Final = 600


def create_app(
    settings: Settings,
    content: Content,
    *,
    rasa: Rasa | None = None,
    limiter: Limiter | None = None,
    now: Callable[[], datetime] = now_by_the_clock,
    is_holiday: IsHoliday = is_finnish_holiday,
    new_id: NewId = random_id,
    widget: Path = _BOT / "widget" / "dist",
    demo: Path = _BOT / "demo",
) -> Starlette:
    """The chat service, ready to be served by `ChatServer`; the database is opened and migrated when it starts.

    `rasa` defaults to the private server of `settings`, `limiter` to the protocol's pace; `now` gives aware times;
    `widget` and `demo` are the folders of the static files.
    """
    engine = create_engine(settings.database_url)
    store = SqlStore(engine, clock=now, new_id=new_id)
    if rasa is None:
        silence = settings.rasa_silence_seconds
        rasa = RasaClient(settings.rasa_url, settings.rasa_shared_secret, silence_seconds=silence)
    hub = Hub()

    def greet(language: Language) -> Utterance:
        return greeting(content, language, now(), is_holiday)

    def apologise(language: Language) -> Utterance:
        return Utterance(apology(content.company, language), language)

    turns = Turns(store, rasa, hub, apologise=apologise)
    secure = settings.origin.startswith("https://")
    chat = ChatRoutes(store, hub, turns, limiter or Limiter(), greet, secure)

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        try:
            await migrate(engine)
            turns.start()
            _log.info("chat.started", origin=settings.origin)
            yield
            await turns.stop()
            _log.info("chat.stopped")
        finally:
            await rasa.close()
            await engine.dispose()

    app = Starlette(
        routes=[*chat.routes(), *health_routes(store, rasa), *page_routes(widget, demo)],
        middleware=_middleware(settings),
        exception_handlers={Refusal: on_refusal, HTTPException: on_http_error},
        lifespan=lifespan,
    )
    app.state.hub = hub
    return app


def _middleware(settings: Settings) -> list[Middleware]:
    """From the outside in."""
    allowed = sorted(settings.allowed_origins)
    cross_origin = Middleware(
        CORSMiddleware,
        allow_origins=allowed,
        allow_credentials=True,
        allow_methods=["GET", "POST"],
        allow_headers=["Content-Type", "Last-Event-ID"],
        expose_headers=["Retry-After"],
        max_age=_PREFLIGHT_SECONDS,
    )
    return [
        Middleware(SecurityHeaders),
        *([cross_origin] if allowed else []),
        Middleware(LastNet),
        Middleware(OriginCheck, allowed=own_origins(settings)),
    ]
