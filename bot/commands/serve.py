"""`python -m bot serve`: everything a customer needs, in the foreground."""

import asyncio


def serve() -> None:
    """Train where needed, start Rasa and the chat service, and print the address of a page with the widget."""
    from bot.clock import today
    from bot.content import read_content
    from bot.logs import configure_logs
    from bot.model.train import train
    from bot.settings import ROOT, read_settings
    from bot.supervisor.assistant import run_assistant
    from bot.supervisor.ports import require_free

    settings = read_settings()
    configure_logs(settings.log_level)
    require_free(settings.host, settings.port, "PORT")
    require_free("127.0.0.1", settings.rasa_port, "RASA_PORT")
    content = read_content(ROOT, today=today())
    model = train(ROOT, settings.model_folder)

    def announce() -> None:
        pages = f"{settings.origin}/fi (suomeksi) or {settings.origin}/sv (på svenska)"
        print(f"Ready. Open {pages}. Stop with Ctrl+C.", flush=True)

    print(f"Starting with {model.name} …", flush=True)
    asyncio.run(run_assistant(ROOT, settings, content, model, on_ready=announce))
