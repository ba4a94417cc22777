"""`python -m bot serve`: everything a customer needs, in the foreground."""

import asyncio
import contextlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.chat import ChatServer


def serve() -> None:
    """Train where needed, start Rasa and the chat service, and print the address of a page with the widget."""
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_serve())


async def _serve() -> None:
    from rich.console import Console

    from bot.chat import ChatServer, create_app
    from bot.clock import now
    from bot.content import read_content
    from bot.core.opening_hours import HELSINKI
    from bot.logs import configure_logs
    from bot.model.train import train
    from bot.settings import ROOT, read_settings
    from bot.supervisor.ports import require_free
    from bot.supervisor.rasa_process import RasaProcess

    console = Console(stderr=True)
    settings = read_settings()
    configure_logs(settings.log_level)
    require_free(settings.host, settings.port, "PORT")
    require_free("127.0.0.1", settings.rasa_port, "RASA_PORT")
    content = read_content(ROOT, today=now().astimezone(HELSINKI).date())
    model = train(ROOT, settings.model_folder, console=console)

    rasa = RasaProcess(ROOT, settings, model, ROOT / "var" / "rasa.log")
    with console.status("Loading the model") if console.is_terminal else contextlib.nullcontext():
        await rasa.start()
    watching = asyncio.create_task(rasa.keep_running())
    server = ChatServer(create_app(settings, content), host=settings.host, port=settings.port)
    announcing = asyncio.create_task(_announce(server, settings.origin))
    try:
        await server.serve()
    finally:
        for task in (announcing, watching):
            task.cancel()
        await rasa.stop()


async def _announce(server: "ChatServer", origin: str) -> None:
    while not server.started:  # noqa: ASYNC110 - uvicorn offers no event
        await asyncio.sleep(0.05)
    print(f"Ready. Open {origin}/fi (suomeksi) or {origin}/sv (på svenska). Stop with Ctrl+C.", flush=True)
