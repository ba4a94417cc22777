"""Rasa and the chat service side by side, until a signal says stop."""

import asyncio
import contextlib
import signal
from collections.abc import AsyncIterator, Callable, Coroutine
from pathlib import Path
from typing import Final

from bot.chat import ChatServer, create_app
from bot.content import Content
from bot.settings import Settings
from bot.supervisor.rasa_process import RasaProcess

_SIGNALS: Final = (signal.SIGINT, signal.SIGTERM)
_POLL_SECONDS: Final = 0.05


async def run_assistant(
    root: Path, settings: Settings, content: Content, model: Path, *, on_ready: Callable[[], None]
) -> None:
    """Start both, call `on_ready` when customers can write, and stop both on SIGINT or SIGTERM.

    Raises `ModelError` where Rasa does not start with `model`, `SettingsError` where the database can't be used.
    """
    loop, this = asyncio.get_running_loop(), asyncio.current_task()
    assert this is not None
    for number in _SIGNALS:
        loop.add_signal_handler(number, this.cancel)
    rasa = RasaProcess(root, settings, model, root / "var" / "rasa.log")
    try:
        await rasa.start()
        server = ChatServer(create_app(settings, content), host=settings.host, port=settings.port)
        async with _running(rasa.keep_running()), _running(_call_when_started(server, on_ready)):
            for number in _SIGNALS:  # from here on uvicorn ends on a signal, and raises it again when it has ended
                loop.add_signal_handler(number, lambda: None)
            await server.serve()
    except asyncio.CancelledError:
        pass  # told to stop before customers could write
    finally:
        await rasa.stop()


@contextlib.asynccontextmanager
async def _running(work: Coroutine[None, None, None]) -> AsyncIterator[None]:
    """`work` beside what stands below, ended with it."""
    task = asyncio.create_task(work)
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


async def _call_when_started(server: ChatServer, on_ready: Callable[[], None]) -> None:
    while not server.started:  # noqa: ASYNC110 - uvicorn offers no event
        await asyncio.sleep(_POLL_SECONDS)
    on_ready()
